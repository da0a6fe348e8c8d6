import HTML
import Kernel
import Store
import Web

public enum MessagesRoutes {
    /// - Parameter also: what rooms above this one have to tell people, such as lists to be sent.
    public static func add(to site: Site, also: @escaping AlsoToTell, mayRead: @escaping MayReadVoice) {
        let show: Site.Show = { visit, tx in try CallPage.make(visit, mayRead: mayRead, tx) }
        site.page("/tellings") { visit, tx in try CallBackPage.make(visit, also: also, tx) }
        site.page("/tellings/:telling", show)
        site.page("/tellings/:telling/letter") { visit, tx in try LetterPage(visit, tx) }
        site.post("/tellings/:telling/tries", again: show) { visit, tx in
            var form = visit.form
            let outcome: Telling.Outcome? = form.choice("outcome", missing: W.outcomeMissing)
            let note = form.line("note", limit: 200)
            try form.check()
            let together = form.all("telling").compactMap { TellingID($0) }
            if let outcome, outcome != .withdrawn {
                try TickOff.run(try visit.id("telling"), with: together, outcome, note: note, by: visit.deed, tx)
            }
            return .see(SafeURL.path("/tellings").adding("done", outcome?.rawValue))
        }
    }
}
