import Directory
import HTML
import Kernel
import Store
import Web

public enum ImportsRoutes {
    public static func add(to site: Site) {
        let new: Site.Show = { visit, tx in try NewImportPage(visit, tx) }
        site.page("/directory/imports/new", new)
        site.post("/directory/imports", again: new, takesFile: true) { visit, tx in
            try DirectoryPolicy.edit(by: visit.actor)
            var form = visit.form
            let name = form.line("name", limit: 120, empty: W.fileFromEmpty)
            let licence = form.line("licence", limit: 300)
            let note = form.line("note", limit: 300)
            let sent = form.file("file")
            if sent == nil { form.problems.add("file", W.fileNone) }
            try form.check()
            let file = try ImportFile(sent?.bytes ?? [])
            let id = try StartImport.run(file, name: name, licence: licence, note: note, by: visit.deed, tx)
            return .see(.path("/directory/imports", id))
        }
        let show: Site.Show = { visit, tx in try ImportPage(visit, tx) }
        site.page("/directory/imports/:import", show)
        site.post("/directory/imports/:import/columns", again: show) { visit, tx in
            try DirectoryPolicy.edit(by: visit.actor)
            let file = try Import.find(visit.id("import"), tx)
            let columns = file.header.indices.map { ImportColumn(rawValue: visit.form["column-\($0 + 1)"]) ?? .none }
            try NameColumns.run(file.id, columns, by: visit.deed, tx)
            return .see(.path("/directory/imports", file.id))
        }
        site.post("/directory/imports/:import/entries") { visit, tx in
            try DirectoryPolicy.edit(by: visit.actor)
            let id: ImportID = try visit.id("import")
            try BringIn.run(id, by: visit.deed, tx)
            return .see(SafeURL.path("/directory/imports", id).adding("done", "in"))
        }
        addRows(to: site)
        addPostcodes(to: site)
    }

    private static func addRows(to site: Site) {
        let path = "/directory/imports/:import/rows/:line"
        site.page(path, ImportPages.row)
        site.post(path, again: ImportPages.row) { visit, tx in
            try DirectoryPolicy.edit(by: visit.actor)
            let file = try Import.find(visit.id("import"), tx)
            var form = visit.form
            let decision = Self.decision(form["decision"])
            if decision == nil { form.problems.add("decision", W.decisionEmpty) }
            // Who leaves a row out, or gives it to another entry, need not mend it first.
            let asked = form
            let draft = EntryDraft(&form, needs: try NeedStore.all(tx))
            if decision != .add { form = asked }
            try form.check()
            guard let decision else { throw Refusal.notFound }
            try DecideRow.run(ImportPages.line(visit), of: file.id, decision, draft: draft, by: visit.deed, tx)
            return .see(SafeURL.path("/directory/imports", file.id).adding("done", "decided"))
        }
    }

    private static func decision(_ typed: String) -> DecideRow.Decision? {
        switch typed {
        case "add": .add
        case "out": .leaveOut
        default: typed.hasPrefix("join:") ? EntryID(String(typed.dropFirst(5))).map { .join($0) } : nil
        }
    }

    private static func addPostcodes(to site: Site) {
        let show: Site.Show = { visit, tx in try PostcodesPage(visit, tx) }
        site.page("/directory/postcodes", show)
        site.post("/directory/postcodes", again: show, takesFile: true) { visit, tx in
            try DirectoryPolicy.edit(by: visit.actor)
            guard let sent = visit.form.file("file") else { throw Problems("file", W.fileNone) }
            try BringPostcodes.run(PostcodeFile.points(sent.bytes), by: visit.deed, tx)
            return .see(SafeURL.path("/directory/postcodes").adding("done", "in"))
        }
    }
}
