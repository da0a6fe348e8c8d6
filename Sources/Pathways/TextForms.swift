import HTML
import Kernel
import Readability
import Services
import Store
import Web
import Words

/// The forms of a text: writing and publishing.
enum TextForms {
    static func words(_ form: Form, _ text: LeafletText?, form kind: LeafletText.Form, number: Int) -> [Question] {
        let body = kind == .easy ? W.easyBodyHint(pictures: Picture.allCases.map(\.rawValue).joined(separator: ", ")) : W.bodyHint
        return [
            .line("title", W.title, in: form, or: text?.title ?? ""),
            .text("summary", W.summary, in: form, or: text?.summary ?? "", hint: W.summaryHint, limit: TextDraft.summaryLimit, rows: 2),
            .text("body", W.body, in: form, or: text?.body ?? "", hint: body, limit: TextDraft.bodyLimit, rows: 18),
        ]
            + (number > 1
                ? [
                    .text(
                        "changed",
                        W.whatChanged,
                        in: form,
                        or: text?.changed ?? "",
                        hint: W.changedHint,
                        limit: TextDraft.changedLimit,
                        rows: 2
                    )
                ]
                : [])
    }

    /// A new version of the page, or its easy-read text (`?form=easy`), or another language (`?form=other`).
    @Sendable static func new(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let at = try LeafletVisit(visit, tx)
        try LeafletPolicy.work(in: at.here.people, by: visit.actor)
        let asked = visit.form.isSent ? visit.form["asked"] : visit.query["form"] ?? "plain"
        let kind: LeafletText.Form = asked == "easy" ? .easy : .plain
        let isOther = asked == "other"
        let all = try TextStore.all(of: at.leaflet.id, tx)
        let number = isOther ? 2 : (all.first { $0.form == kind && $0.language == LeafletText.original }?.number ?? 0) + 1
        // A mended page begins with what is there; an easy-read text and a translation begin empty, beside the page.
        let before = isOther ? nil : all.first { $0.form == kind && $0.language == LeafletText.original }
        let tongues = Tongue.all.filter { $0.code != LeafletText.original }.map { Question.Option($0.code, $0.name) }
        let language = Question.list("language", W.language, [Question.Option("", W.chooseLanguage)] + tongues, in: visit.form)
        let carried = [Question.carried("form", kind.rawValue), .carried("asked", asked)]
        var questions = words(visit.form, before?.fresh, form: kind, number: isOther ? 1 : number)
        if isOther {
            questions.insert(language, at: 0)
            questions.append(
                .text(
                    "changed",
                    W.whatChanged,
                    in: visit.form,
                    hint: W.changedOtherHint,
                    limit: TextDraft.changedLimit,
                    rows: 2,
                    isOptional: true
                )
            )
        }
        return FormPage(
            isOther ? W.translate : kind == .easy ? W.writeEasy : W.mend,
            at.surroundings(at.work),
            caption: at.leaflet.title,
            lead: isOther ? W.translateLead : kind == .easy ? W.easyLead : W.mendLead,
            parts: [FormPage.Part(questions + carried)],
            sendTo: at.url.below("texts"),
            button: W.saveDraft,
            otherwise: Link(Common.back, to: at.work.url),
            problems: visit.form.problems
        )
    }

    @Sendable static func edit(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let at = try LeafletVisit(visit, tx)
        let text = try at.text(tx)
        guard text.isOpen else { throw Refusal.notAllowed(because: W.notADraft) }
        let edition = Question.carried("edition", visit.form.value("edition", or: "\(text.edition)"))
        return FormPage(
            W.editDraft,
            at.surroundings(at.work, Link(text.title, to: at.url(of: text.id))),
            caption: W.textLine(form: text.formWords, number: "\(text.number)"),
            lead: W.mendLead,
            facts: advice(text),
            parts: [FormPage.Part(words(visit.form, text, form: text.form, number: text.number) + [edition])],
            sendTo: at.url(of: text.id),
            button: W.saveDraft,
            otherwise: Link(Common.back, to: at.url(of: text.id)),
            problems: visit.form.problems
        )
    }

    /// What is hard in it as it stands, for whoever mends it.
    private static func advice(_ text: LeafletText) -> [FormPage.Fact] {
        TextPart.all(of: text, explained: []).flatMap(\.everyParagraph).flatMap { paragraph in
            paragraph.hard.map { FormPage.Fact(W.paragraph(number: "\(paragraph.number)"), $0) }
        }
    }

    /// Whether there is something in it that whoever publishes it should have looked at: nothing is forbidden by it.
    static func isToLook(at text: LeafletText, _ said: ReadersSaid) -> Bool { said.isAnythingOpen || !advice(text).isEmpty }

    static func publication(_ visit: Visit, _ above: RoomsAbove, _ tx: Transaction) throws -> any Page {
        let at = try LeafletVisit(visit, tx)
        let text = try at.text(tx)
        try LeafletPolicy.edit(in: at.here.people, by: visit.actor)
        guard text.state == .checked else { throw Refusal.notAllowed(because: W.checkFirst) }
        let age = text.age?.years
        let reason = Question.text("reason", W.reason, in: visit.form, hint: W.reasonHint, limit: 500, rows: 3)
        let needsReason = PublishText.needsReason(text, of: at.leaflet)
        let said = try above.said(text, at, tx)
        let hard = advice(text).map { "\($0.label): \($0.words)" }.joined(separator: "\n")
        let looked = Question.tick("looked", W.haveLooked, in: visit.form)
        return FormPage(
            W.publish,
            at.surroundings(at.work, Link(text.title, to: at.url(of: text.id))),
            caption: text.title,
            lead: needsReason ? W.publishHard(age: "\(age ?? 0)") : W.publishLead,
            facts: (age.map { [FormPage.Fact(W.readingAge, "\($0)")] } ?? [])
                + [FormPage.Fact(W.hardParts, hard.isEmpty ? W.hardNone : hard)] + said.facts,
            parts: [
                FormPage.Part(
                    (needsReason ? [reason] : []) + (isToLook(at: text, said) ? [looked] : []) + [.carried("edition", text.edition)]
                )
            ],
            sendTo: at.url(of: text.id).below("publication"),
            button: W.publish,
            otherwise: Link(Common.back, to: at.url(of: text.id)),
            problems: visit.form.problems
        )
    }
}

extension LeafletText {
    /// The same words for a new version; what changed is to be said anew.
    fileprivate var fresh: LeafletText {
        var copy = self
        copy.changed = ""
        return copy
    }
}
