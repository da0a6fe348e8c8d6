import Directory
import HTML
import Kernel
import Store
import Web
import Words

/// `/directory/entries/:entry/told`: anybody says that something has changed.
enum TellPage {
    @Sendable static func show(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let entry = try EntryStore.find(visit.id("entry"), tx)
        try DirectoryPolicy.read(entry, by: visit.actor)
        return FormPage(
            W.tellChange,
            Surroundings(breadcrumbs: [Link(W.directory, to: .path("/directory")), Link(entry.name, to: entry.url)]),
            caption: entry.name,
            lead: W.tellLead,
            parts: [FormPage.Part([.text("words", W.tellWords, in: visit.form, hint: W.tellHint, limit: TellChange.limit, rows: 4)])],
            sendTo: .path("/directory/entries", entry.id, "told"),
            button: W.tellButton,
            otherwise: Link(W.back, to: entry.url),
            problems: visit.form.problems
        )
    }
}
