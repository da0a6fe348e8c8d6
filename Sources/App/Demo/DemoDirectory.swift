import DemoCase
import Directory
import DirectoryImports
import Kernel
import Store

// The directory: filled from a real file, the way somebody would.
extension DemoStage {
    func fill(_ directory: DemoStory.Directory) throws {
        let deed = try deed(directory.by)
        try BringPostcodes.run(PostcodeFile.points(TraffordServices.postcodes), by: deed, tx)
        let file = try ImportFile(TraffordServices.file)
        let id = try StartImport.run(file, name: directory.name, licence: directory.licence, note: directory.note, by: deed, tx)
        try NameColumns.run(id, try Import.find(id, tx).columns, by: deed, tx)
        try BringIn.run(id, by: deed, tx)
        for row in directory.rows ?? [] { try decide(row, of: id, deed) }
        if let theme = themes[directory.theme] {
            try LinkTheme.run(theme, by: deed, tx)
        } else {
            throw UnknownKey("theme", directory.theme)
        }
    }

    private func decide(_ row: DemoStory.Directory.Row, of id: ImportID, _ deed: Deed) throws {
        let needs = try NeedStore.all(tx)
        let found = try ImportRow.find(row.line, of: id, tx)
        var draft = RowReader(columns: try Import.find(id, tx).columns, needs: needs).read(found.cells).draft
        if let postcode = row.postcode { draft.addresses = draft.addresses.map { .init(line: $0.line, town: $0.town, postcode: postcode) } }
        try DecideRow.run(row.line, of: id, .add, draft: draft, by: deed, tx)
    }

    func write(_ place: DemoStory.Directory.Place) throws {
        var draft = EntryDraft()
        draft.name = place.name
        draft.description = place.about
        draft.addresses = place.address.map { [$0] } ?? []
        draft.phone = place.phone ?? ""
        (draft.minimumAge, draft.maximumAge) = (place.ages?.first, place.ages?.last)
        (draft.cost, draft.costWords) = (place.cost ?? .unknown, place.price ?? "")
        (draft.when, draft.wait) = (place.when ?? "", place.wait ?? "")
        draft.languages = place.languages ?? []
        draft.traits = Set(place.traits)
        let known = Dictionary(uniqueKeysWithValues: try NeedStore.all(tx).map { ($0.name, $0.id) })
        draft.needs = Set(
            try place.needs.map { name in
                guard let need = known[name] else { throw UnknownKey("need", name) }
                return need
            }
        )
        try AddEntry.run(draft, by: deed(place.by), tx)
    }

    func check(_ checked: DemoStory.Directory.Checked) throws {
        try ConfirmEntry.run(entry(checked.name), by: deed(checked.by), tx)
    }

    func entry(_ name: String) throws -> EntryID {
        let id: EntryID? = try tx.value("SELECT id FROM directory_entries WHERE name = \(name) AND state = 'shown' ORDER BY number")
        guard let id else { throw UnknownKey("entry of the directory", name) }
        return id
    }
}
