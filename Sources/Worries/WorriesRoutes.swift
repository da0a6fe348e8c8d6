import Kernel
import Services
import Store
import Web

public enum WorriesRoutes {
    public static func add(to site: Site) {
        addRaising(to: site)
        addAnswering(to: site)
    }

    /// Never kept as bytes: a form that two strangers share would be taken for the same form sent twice.
    private static func addRaising(to site: Site) {
        let show: Site.Show = { visit, tx in try WorriedPage(visit, tx) }
        site.page("/worried", show)
        site.post("/worried", again: show) { visit, tx in
            var form = visit.form
            let words = form.text("words", limit: WorriedPage.limit, empty: W.wordsEmpty)
            let about = form.line("about", limit: WorriedPage.short)
            let contact = form.line("contact", limit: WorriedPage.short)
            let slug = form.line("service", limit: 100)
            try form.check()
            // A service that is not there any more must not stop anybody from telling.
            let service = slug.isEmpty ? nil : try? ServiceStore.find(slug: slug, tx)
            let id = try RaiseWorry.run(
                words: words,
                about: about,
                contact: contact,
                page: WorriedPage.page(form["from"]),
                service: service,
                by: visit.deed,
                tx
            )
            return .see(WorriedSentPage.url(id))
        }
        site.page("/worried/sent/:worry") { visit, tx in try WorriedSentPage(visit, tx) }
    }

    private static func addAnswering(to site: Site) {
        site.page("/worries") { visit, tx in try WorriesPage(visit, tx) }
        let show: Site.Show = { visit, tx in try WorryPage(visit, tx) }
        site.page("/worries/:worry", show)
        site.post("/worries/:worry/seeing") { visit, tx in
            try WorryPolicy.list(by: visit.actor)
            let id: WorryID = try visit.id("worry")
            try AnswerWorry.see(id, by: visit.deed, tx)
            return .see(WorryPage.url(id))
        }
        site.post("/worries/:worry/answers", again: show) { visit, tx in
            let (id, words, version) = try answer(visit, tx, empty: W.didEmpty)
            try AnswerWorry.did(words, ends: visit.form["ends"] == "yes", to: id, version: version, by: visit.deed, tx)
            return .see(WorryPage.url(id))
        }
        site.post("/worries/:worry/opening", again: show) { visit, tx in
            let (id, words, version) = try answer(visit, tx, empty: W.openEmpty)
            try AnswerWorry.open(id, because: words, version: version, by: visit.deed, tx)
            return .see(WorryPage.url(id))
        }
    }

    private static func answer(_ visit: Visit, _ tx: Transaction, empty: String) throws -> (WorryID, String, Int) {
        try WorryPolicy.list(by: visit.actor)
        let id: WorryID = try visit.id("worry")
        // Before anything is said about what was typed: whoever may not know of it is told nothing.
        _ = try WorryStore.find(id, for: visit.actor, tx)
        var form = visit.form
        let words = form.text("words", limit: WorryPage.limit, empty: empty)
        let version = form.version
        try form.check()
        return (id, words, version)
    }
}
