import HTML
import Kernel
import Pathways
import Services
import Store
import Web
import Words

/// `/:service/pathways/:leaflet/texts/:text`: one version with everything about it: reading ages, hard sentences, comments, sign-offs.
struct TextPage: Page {
    let heading: String
    let caption: String?
    let surroundings: Surroundings
    let problems: Problems
    let news: String?
    /// Where somebody who just said that they do not understand a part says what is not clear.
    let sayWhat: SafeURL?
    let state: String
    let tone: Tone
    let facts: [FormPage.Fact]
    let ages: [FormPage.Fact]
    let hardSentences: Int
    let longWords: String?
    let parts: [ReadPart]
    let edition: Int
    let readBy: String?
    let asked: [String]
    let ways: [Link]
    let publish: Link?
    let check: SafeURL?
    let signOff: SafeURL?
    /// Their group has not been asked yet.
    let signsOffLater: Bool
    /// What they said they do not understand.
    let notUnderstood: [String]
    let takeBack: SafeURL?
    /// Where people say what they think of it; nil for those who are in none of the rooms.
    let comments: SafeURL?
    let understanding: SafeURL?
    private let tongue: Tongue?

    private enum CodingKeys: String, CodingKey {
        case state, facts, ages, hardSentences, longWords, parts, edition, readBy, asked, notUnderstood, ways, publish
    }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let at = try LeafletVisit(visit, tx)
        let text = try at.text(tx)
        let (people, actor, dates) = (at.here.people, visit.actor, at.here.at.dates)
        let url = at.url(of: text.id)
        heading = text.title
        caption = W.textLine(form: text.formWords, number: "\(text.number)")
        surroundings = at.surroundings(at.work)
        problems = visit.form.problems
        news = visit.query["done"].flatMap(Self.news)
        sayWhat = visit.query["paragraph"].flatMap { Int($0) }.map { url.below("comments", "new").adding("paragraph", $0) }
        state = text.state.words
        tone = text.state.tone
        facts = text.history(dates)
        ages = text.measures
        tongue = Tongue.of(text.language)
        edition = text.edition
        let explained = Set(try LeafletStore.glossary(of: at.service, tx).flatMap { $0.leaflet.terms.map { $0.lowercased() } })
        let found = TextPart.all(of: text, explained: explained)
        (hardSentences, longWords) = (found.hardSentences, found.longWords)
        let said = try CommentStore.all(of: text.id, in: people, for: actor, tx)
        let understood = try UnderstandingStore.figures(of: text, for: actor, in: people, at.here.at.perspectives, tx)
        let rows = Self.rows(said, at, url)
        let own = try UnderstandingStore.own(actor.personID, of: text, tx)
        parts = found.map { ReadPart($0, rows, understood, own: own) }
        notUnderstood = found.flatMap(\.everyPart).filter { own[$0.id] == false }.map(\.said)
        readBy = try SignOffStore.count(of: text, tx).told(at.here.at.perspectives, dates)
        let groups = try AskingStore.groups(of: text.id, tx)
        asked = groups.map(\.name)
        let isCurrent = text.state != .replaced
        let isMember = people.membership(actor) != nil && isCurrent
        comments = isMember ? url.below("comments", "new") : nil
        understanding = isMember ? url.below("understanding") : nil
        let hasSigned = try SignOffStore.has(actor.personID, signed: text, tx)
        let signer = LeafletPolicy.signer(of: text, asked: groups.map(\.id), in: people, by: actor)
        signOff = isCurrent && !hasSigned && signer != nil ? url.below("sign-off") : nil
        signsOffLater = isCurrent && !hasSigned && signer == nil && LeafletPolicy.maySignOff(text, in: people, by: actor)
        takeBack = hasSigned ? url.below("sign-off", "end") : nil
        check = text.state == .draft && LeafletPolicy.mayCheck(text, in: people, by: actor) ? url.below("check") : nil
        publish = text.state == .checked && at.here.isEditor ? Link(W.publish, to: url.below("publication")) : nil
        ways =
            (text.isOpen ? [Link(W.editDraft, to: url.below("edit"))] : [])
            + (isCurrent && at.here.isEditor ? [Link(W.askRoom, to: url.below("asking"))] : [])
    }

    private static func news(_ done: String) -> String? {
        switch done {
        case "written": W.newsWritten
        case "checked": W.newsChecked
        case "published": W.newsPublished
        case "signed": W.newsSigned
        case "said": W.newsSaid
        case "not-understood": W.newsNotUnderstood
        case "not-clear": W.newsNotUnderstood + " " + W.newsTakenBack
        case "asked": W.newsAsked
        default: nil
        }
    }

    private static func rows(_ comments: [LeafletComment], _ at: LeafletVisit, _ url: SafeURL) -> [Int: [ReadPart.CommentRow]] {
        let rows = comments.filter { !$0.words.isEmpty }.map { one in
            let isMine = one.person != nil && one.person == at.visit.actor.personID
            return (
                one.paragraph,
                ReadPart.CommentRow(
                    words: one.words,
                    by: at.here.at.perspectives.one(one.perspective).capitalisedStart,
                    answer: one.answer.isEmpty ? nil : one.answer,
                    answering: at.here.isEditor && one.answer.isEmpty ? url.below("comments", one.id) : nil,
                    taking: isMine ? url.below("comments", one.id, "end") : nil
                )
            )
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    // MARK: HTML

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) { if let sayWhat { p { a(W.sayWhat, to: sayWhat) } } } }
            p { tag(state, tone) }
            summaryList(facts.map { SummaryRow($0.label, $0.words) })
            if let readBy { inset { p(readBy) } }
            if !asked.isEmpty { p(W.askedRooms(rooms: listed(asked))) }
            buttons {
                if let publish { buttonLink(publish.label, to: publish.url) }
                for way in ways { buttonLink(way.label, to: way.url, kind: .secondary) }
                if let check { postButton(W.check, to: check, hidden: ["edition": "\(edition)"]) }
            }
            measured
            section(W.theText) { for part in parts { html(of: part) } }
            signing
        }
    }

    private var measured: HTML {
        section(W.howHard) {
            if ages.isEmpty { p(W.tooShort) }
            if let age = ages.first {
                summaryList([SummaryRow(age.label, age.words)])
                details(W.fourMeasures) {
                    p(W.aboutMeasures)
                    summaryList(ages.dropFirst().map { SummaryRow($0.label, $0.words) })
                }
            }
            if hardSentences > 0 { p(W.hardFound(n: hardSentences)) } else { p(W.hardNone) }
            if let longWords { p(W.longWords(words: longWords)) }
        }
    }

    private var signing: HTML {
        HTML {
            if let signOff {
                section(W.signOff) {
                    if notUnderstood.isEmpty { p(W.signOffLead) } else { p(W.signOffStill(parts: listed(notUnderstood))) }
                    postButton(
                        notUnderstood.isEmpty ? W.signOffButton : W.signOffStillButton,
                        to: signOff,
                        hidden: ["edition": "\(edition)"]
                    )
                }
            }
            if signsOffLater { section(W.signOff) { p(W.signOffLater) } }
            if let takeBack { postButton(W.takeBackSign, to: takeBack) }
        }
    }

    private func html(of part: ReadPart) -> HTML {
        let inner = HTML {
            for paragraph in part.paragraphs { html(of: paragraph) }
            if let understanding, !part.paragraphs.isEmpty { asking(part, understanding) }
            if !part.understood.isEmpty { figures(part) }
            for below in part.parts { html(of: below) }
        }
        return part.heading.isEmpty ? inner : section(part.heading, id: part.id) { inner }
    }

    private func html(of paragraph: ReadPart.Paragraph) -> HTML {
        div(class: paragraph.hard.isEmpty ? "paragraph" : "paragraph hard", id: "paragraph-\(paragraph.number)") {
            inLanguage(tongue?.code ?? LeafletText.original, isRightToLeft: tongue?.isRightToLeft ?? false) { paragraph.html }
            if !paragraph.hard.isEmpty {
                p(W.hardHere, class: "hard-note")
                ul { for one in paragraph.hard { li(one) } }
            }
            for one in paragraph.comments { html(of: one) }
        }
    }

    private func html(of comment: ReadPart.CommentRow) -> HTML {
        HTML {
            quote(comment.words, by: comment.by)
            if let answer = comment.answer { inset { p(W.answered(answer: answer)) } }
            if let answering = comment.answering { p { a(W.answerThis, about: comment.by, to: answering) } }
            if let taking = comment.taking { postButton(W.takeBack, to: taking) }
        }
    }

    /// One line for each part, however many paragraphs it has; which of them a comment is about is asked on its form.
    private func asking(_ part: ReadPart, _ url: SafeURL) -> HTML {
        let about = part.heading.isEmpty ? W.theBeginning : part.heading
        return HTML::form(post: url, class: "understanding") {
            hidden("part", part.id)
            hidden("edition", edition)
            if let own = part.own { p(own ? W.saidUnderstand : W.saidUnderstandNot, class: "quiet") }
            buttons {
                button(W.understand, about: W.understandRest(part: about), kind: .quiet, name: "answer", value: "yes")
                button(W.understandNot, about: W.understandNotRest(part: about), kind: .quiet, name: "answer", value: "no")
                if let comments, let first = part.paragraphs.first {
                    a(W.comment, about: W.commentRest(part: about), to: comments.adding("paragraph", first.number))
                }
            }
        }
    }

    private func figures(_ part: ReadPart) -> HTML {
        table(
            caption: W.whoUnderstands,
            columns: [TableColumn(W.perspective), .number(W.understandShort), .number(W.understandNotShort)],
            rows: part.understood.map { TableRow($0.perspective, [HTML($0.yes), HTML($0.no)]) }
        )
    }
}

extension String {
    var capitalisedStart: String { prefix(1).uppercased() + dropFirst() }
}
