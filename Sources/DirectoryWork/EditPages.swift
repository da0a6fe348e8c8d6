import Directory
import HTML
import Kernel
import Services
import Store
import Web
import Words

/// The forms of editors and owners.
enum EditPages {
    static let home = Link(W.directory, to: .path("/directory"))

    static func editor(_ visit: Visit) throws { try DirectoryPolicy.edit(by: visit.actor) }

    static func around(_ entry: Entry?) -> Surroundings {
        Surroundings(breadcrumbs: [home] + (entry.map { [Link($0.name, to: $0.url)] } ?? []), isPrivate: true)
    }

    static func entry(_ visit: Visit, _ tx: Transaction) throws -> Entry {
        try editor(visit)
        return try EntryStore.find(visit.id("entry"), tx)
    }

    static func draft(_ entry: Entry, _ tx: Transaction) throws -> EntryDraft {
        EntryDraft(entry, provider: try entry.provider.flatMap { try ProviderStore.names([$0], tx)[$0] } ?? "")
    }

    @Sendable static func new(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        try editor(visit)
        return FormPage(
            W.addEntry,
            around(nil),
            lead: W.addEntryLead,
            parts: EntryForm.parts(visit.form, EntryDraft(), needs: try NeedStore.all(tx), mayHide: true),
            sendTo: .path("/directory/entries"),
            button: W.addEntryButton,
            otherwise: Link(W.back, to: home.url),
            problems: visit.form.problems
        )
    }

    @Sendable static func edit(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let entry = try entry(visit, tx)
        let why = Question.line("why", W.whyChanged, in: visit.form, isOptional: true)
        let version = Question.carried("version", visit.form.value("version", or: "\(entry.version)"))
        return FormPage(
            W.changeEntry,
            around(entry),
            caption: entry.name,
            parts: EntryForm.parts(visit.form, try draft(entry, tx), needs: try NeedStore.all(tx), mayHide: true) + [
                FormPage.Part([why, version])
            ],
            sendTo: entry.url,
            button: Common.save,
            otherwise: Link(W.back, to: entry.url),
            problems: visit.form.problems
        )
    }

    @Sendable static func withdraw(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let entry = try entry(visit, tx)
        return FormPage(
            W.withdrawEntry,
            around(entry),
            caption: entry.name,
            lead: W.withdrawLead,
            parts: [FormPage.Part([.text("why", W.why, in: visit.form, limit: 1_000, rows: 3)])],
            sendTo: .path("/directory/entries", entry.id, "withdrawal"),
            button: W.withdrawButton,
            kind: .warning,
            otherwise: Link(W.back, to: entry.url),
            problems: visit.form.problems
        )
    }

    @Sendable static func mend(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let token = try visit.part("token")
        let (entry, _) = try EntryOwner.entry(for: token, tx)
        let version = Question.carried("version", visit.form.value("version", or: "\(entry.version)"))
        return FormPage(
            W.mend,
            Surroundings(breadcrumbs: [home], isPrivate: true),
            caption: entry.name,
            parts: EntryForm.parts(visit.form, try draft(entry, tx), needs: try NeedStore.all(tx), mayHide: false) + [
                FormPage.Part([version])
            ],
            sendTo: .path("/directory/confirm", token, "mending"),
            button: Common.save,
            otherwise: Link(W.back, to: .path("/directory/confirm", token)),
            problems: visit.form.problems
        )
    }

    @Sendable static func need(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        try editor(visit)
        let need = try TermID(try visit.part("need")).map { try NeedStore.find($0, tx) }
        return needForm(visit, need)
    }

    @Sendable static func newNeed(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        try editor(visit)
        return needForm(visit, nil)
    }

    private static func needForm(_ visit: Visit, _ need: Need?) -> FormPage {
        FormPage(
            need == nil ? W.addNeed : W.changeNeed,
            Surroundings(breadcrumbs: [home, Link(W.needs, to: .path("/directory/needs"))], isPrivate: true),
            parts: [
                FormPage.Part([
                    .line("name", W.needName, in: visit.form, or: need?.name ?? ""),
                    .line("about", W.needAbout, in: visit.form, or: need?.about ?? "", isOptional: true),
                    .text(
                        "said",
                        W.needSaid,
                        in: visit.form,
                        or: need?.said.joined(separator: "\n") ?? "",
                        hint: W.needSaidHint,
                        limit: 2_000,
                        isOptional: true
                    ),
                    .carried("version", visit.form.value("version", or: "\(need?.version ?? 0)")),
                ])
            ],
            sendTo: need.map { .path("/directory/needs", $0.id) } ?? .path("/directory/needs"),
            button: Common.save,
            otherwise: Link(W.back, to: .path("/directory/needs")),
            problems: visit.form.problems
        )
    }
}
