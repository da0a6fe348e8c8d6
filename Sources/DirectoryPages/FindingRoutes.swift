import Directory
import HTML
import Kernel
import Store
import Web

public enum FindingRoutes {
    public static func add(to site: Site, indexes: DirectoryIndexes, beside: BesideEntries) {
        site.open("/directory", where: { $0.isEmpty }) { visit, tx in try DirectoryPage(visit, indexes, beside, tx) }
        site.open("/directory/entries/:entry") { visit, tx in
            var entry = try EntryStore.find(visit.id("entry"), tx)
            // What became part of another leads there, as far as that may be read. Nothing becomes part of itself.
            while let became = entry.became, !DirectoryPolicy.mayEdit(visit.actor) { entry = try EntryStore.find(became, tx) }
            try DirectoryPolicy.read(entry, by: visit.actor)
            return try EntryPage(entry, visit, beside, tx)
        }
        site.data("/directory/list.csv") { visit, tx in try TableOut.answer(visit, indexes, tx) }
        addTelling(to: site)
    }

    private static func addTelling(to site: Site) {
        let path = "/directory/entries/:entry/told"
        site.page(path, TellPage.show)
        site.post(path, again: TellPage.show) { visit, tx in
            try visit.site.limits.count("told", visit, most: 10, minutes: 60)
            let entry = try EntryStore.find(visit.id("entry"), tx)
            var form = visit.form
            let words = form.text("words", limit: TellChange.limit, empty: W.tellEmpty)
            try form.check()
            try TellChange.run(entry.id, words: words, by: visit.deed, tx)
            return .see(entry.url.adding("done", "told"))
        }
    }
}
