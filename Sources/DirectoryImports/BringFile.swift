import Directory
import Finding
import Foundation
import Kernel
import Store
import Trail

/// A file that is brought in, and how far it has come.
public struct Import: Sendable {
    public enum State: String, Sendable, Codable, Column { case columns, checked, done }

    public let id: ImportID
    public let name: String
    public let licence: String
    public let note: String
    public let state: State
    public let header: [String]
    public let columns: [ImportColumn]
    public let encoding: String
    public let madeAt: Moment

    public static func find(_ id: ImportID, _ tx: Transaction) throws -> Import {
        let found = try tx.first(
            """
            SELECT directory_imports.id, directory_sources.name, directory_sources.licence, directory_sources.note, directory_imports.state,
                   directory_imports.header, directory_imports.columns, directory_imports.encoding, directory_sources.made_at
            FROM directory_imports JOIN directory_sources ON directory_sources.id = directory_imports.id
            WHERE directory_imports.id = \(id)
            """
        ) { row in
            Import(
                id: try row.next(),
                name: try row.next(),
                licence: try row.next(),
                note: try row.next(),
                state: try row.next(),
                header: try Cells.read(row.next()),
                columns: try Cells.read(row.next()).map { ImportColumn(rawValue: $0) ?? .none },
                encoding: try row.next(),
                madeAt: try row.next()
            )
        }
        guard let found else { throw Refusal.notFound }
        return found
    }
}

/// A row of a file, and what became of it.
public struct ImportRow: Sendable {
    public enum State: String, Sendable, Codable, Column {
        case fine, look
        /// Brought in.
        case inside = "in"
        /// Left out, because somebody said so.
        case out
    }

    public let line: Int
    public let cells: [String]
    public let state: State
    public let findings: [RowFinding]
    public let entry: EntryID?

    static let columns: SQL = "line, cells, state, findings, entry"

    init(_ row: inout Row) throws {
        line = try row.next()
        cells = try Cells.read(row.next())
        state = try row.next()
        findings = try JSONDecoder().decode([RowFinding].self, from: Data((row.next() as String).utf8))
        entry = try row.next()
    }

    public static func all(of id: ImportID, _ tx: Transaction) throws -> [ImportRow] {
        try tx.all("SELECT \(ImportRow.columns) FROM directory_import_rows WHERE import = \(id) ORDER BY line") { try ImportRow(&$0) }
    }

    /// Those of one state, the first lines first: a page shows no more of a long file.
    static func some(of id: ImportID, _ which: SQL, most: Int, _ tx: Transaction) throws -> [ImportRow] {
        try tx.all("SELECT \(ImportRow.columns) FROM directory_import_rows WHERE import = \(id) AND \(which) ORDER BY line LIMIT \(most)") {
            try ImportRow(&$0)
        }
    }

    public static func find(_ line: Int, of id: ImportID, _ tx: Transaction) throws -> ImportRow {
        let found = try tx.first("SELECT \(ImportRow.columns) FROM directory_import_rows WHERE import = \(id) AND line = \(line)") {
            try ImportRow(&$0)
        }
        guard let found else { throw Refusal.notFound }
        return found
    }

    static func counts(of id: ImportID, _ tx: Transaction) throws -> [State: Int] {
        let rows = try tx.all("SELECT state, COUNT(*) FROM directory_import_rows WHERE import = \(id) GROUP BY state") { row in
            (try row.next() as State, try row.next() as Int)
        }
        return Dictionary(rows) { first, _ in first }
    }
}

/// Lists of words as one text.
enum Cells {
    static func text(_ cells: [String]) throws -> String { String(decoding: try JSONEncoder().encode(cells), as: UTF8.self) }
    static func read(_ text: String) throws -> [String] { try JSONDecoder().decode([String].self, from: Data(text.utf8)) }
}

/// Takes a file in. Nothing of it is in the directory yet.
public enum StartImport {
    public static func run(
        _ file: ImportFile,
        name: String,
        licence: String,
        note: String,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> ImportID {
        try DirectoryPolicy.edit(by: deed.actor)
        let columns = file.header.map { ImportColumn.guess($0) }
        let encoding = file.encoding.rawValue
        let id = try begin(file.header, columns, .columns, encoding, name: name, licence: licence, note: note, by: deed, tx)
        for start in stride(from: 0, to: file.rows.count, by: 200) {
            let rows = try file.rows[start..<min(start + 200, file.rows.count)].map { row -> SQL in
                "(\(id), \(row.line), \(try Cells.text(row.cells)), \(ImportRow.State.look), \("[]"))"
            }
            try tx.run("INSERT INTO directory_import_rows (import, line, cells, state, findings) VALUES \(rows.joined(separator: ", "))")
        }
        try Trail.record(
            "directory.file-taken",
            TrailSubject("import", id),
            at: .organisation,
            facts: ["rows": "\(file.rows.count)"],
            by: deed,
            in: tx
        )
        return id
    }

    /// The file's own row, with none of its rows yet.
    static func begin(
        _ header: [String],
        _ columns: [ImportColumn],
        _ state: Import.State,
        _ encoding: String,
        name: String,
        licence: String,
        note: String,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> ImportID {
        let id: ImportID = deed.newID()
        try tx.run(
            """
            INSERT INTO directory_sources (id, kind, name, licence, note, made_by, made_at)
            VALUES (\(id), 'csv', \(name), \(licence), \(note), \(deed.actor.personID), \(deed.at))
            """
        )
        try tx.run(
            """
            INSERT INTO directory_imports (id, state, header, columns, encoding)
            VALUES (\(id), \(state), \(try Cells.text(header)), \(try Cells.text(columns.map(\.rawValue))), \(encoding))
            """
        )
        return id
    }
}

/// Says what each column is, and finds out what would happen: which rows are fine, and which somebody has to look at.
public enum NameColumns {
    public static func run(_ id: ImportID, _ columns: [ImportColumn], by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        let file = try Import.find(id, tx)
        guard file.state != .done else { throw Refusal.notAllowed(because: W.isDone) }
        guard columns.contains(.name) else { throw Problems("column-1", W.columnsNoName) }
        try tx.run(
            """
            UPDATE directory_imports SET columns = \(try Cells.text(columns.map(\.rawValue))), state = \(Import.State.checked) WHERE id = \(id)
            """
        )
        let reader = RowReader(columns: columns, needs: try NeedStore.all(tx))
        var seen = try SeenNames(tx)
        for row in try ImportRow.all(of: id, tx) where row.state == .fine || row.state == .look {
            let (draft, findings) = reader.read(row.cells)
            try save(row.line, of: id, findings + seen.noticed(draft.name, line: row.line), tx)
        }
        try Trail.record("directory.file-checked", TrailSubject("import", id), at: .organisation, by: deed, in: tx)
    }

    private static func save(_ line: Int, of id: ImportID, _ findings: [RowFinding], _ tx: Transaction) throws {
        let state: ImportRow.State = findings.contains { $0.kind == .look } ? .look : .fine
        let text = String(decoding: try JSONEncoder().encode(findings), as: UTF8.self)
        try tx.run("UPDATE directory_import_rows SET state = \(state), findings = \(text) WHERE import = \(id) AND line = \(line)")
    }
}

/// Which names there are: in the directory, and in the rows of the same file before.
struct SeenNames: Sendable {
    private enum Place: Sendable { case directory(String), row(Int) }

    private var places: [String: Place]

    init(_ tx: Transaction) throws {
        let rows = try tx.all("SELECT folded, name FROM directory_entries WHERE state IN ('shown', 'held')") { row in
            (try row.next() as String, Place.directory(try row.next() as String))
        }
        places = Dictionary(rows) { first, _ in first }
    }

    /// What there is to notice about one more of this name: that it is there, or which row of the file has it.
    mutating func noticed(_ name: String, line: Int) -> [RowFinding] {
        let folded = Folding.words(name, limit: 30).joined(separator: " ")
        guard !folded.isEmpty else { return [] }
        switch places[folded] {
        case .directory(let first): return [RowFinding(.look, "same", W.rowSame(name: first))]
        case .row(let first): return [RowFinding(.look, "same", W.rowSameInFile(line: "\(first)", name: name))]
        case nil:
            places[folded] = .row(line)
            return []
        }
    }
}

/// Brings in every row that is fine. The others wait for somebody to decide.
public enum BringIn {
    /// - Returns: how many came in.
    @discardableResult
    public static func run(_ id: ImportID, by deed: Deed, _ tx: Transaction) throws -> Int {
        try DirectoryPolicy.edit(by: deed.actor)
        let file = try Import.find(id, tx)
        guard file.state == .checked else { throw Refusal.notAllowed(because: W.checkFirst) }
        let reader = RowReader(columns: file.columns, needs: try NeedStore.all(tx))
        var count = 0
        for row in try ImportRow.all(of: id, tx) where row.state == .fine {
            let entry = try AddEntry.run(reader.read(row.cells).draft, source: (id, "\(row.line)"), by: deed, tx)
            try DecideRow.settle(row.line, of: id, .inside, entry, deed, tx)
            count += 1
        }
        try Ending.check(id, deed, tx)
        return count
    }
}

/// Somebody has looked at a row and says what becomes of it.
public enum DecideRow {
    public enum Decision: Sendable, Equatable {
        /// An entry of its own, as written now.
        case add
        /// The same as an entry that is there; its place is added to that one.
        case join(EntryID)
        case leaveOut
    }

    public static func run(
        _ line: Int,
        of id: ImportID,
        _ decision: Decision,
        draft: EntryDraft,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        let row = try ImportRow.find(line, of: id, tx)
        guard row.state == .look || row.state == .fine else { throw Refusal.notAllowed(because: W.rowDecided) }
        switch decision {
        case .leaveOut: try settle(line, of: id, .out, nil, deed, tx)
        case .add:
            let entry = try AddEntry.run(draft, source: (id, "\(line)"), by: deed, tx)
            try settle(line, of: id, .inside, entry, deed, tx)
        case .join(let other):
            try join(draft, other, deed, tx)
            try settle(line, of: id, .inside, other, deed, tx)
        }
        // Whoever ticks that an address is secret says so of this row too, whatever becomes of it.
        if try draft.isSecret || isSecret(decision, tx) { try forget(row, of: id, tx) }
        try Trail.record(
            "directory.row-decided",
            TrailSubject("import", id),
            at: .organisation,
            facts: ["line": "\(line)"],
            by: deed,
            in: tx
        )
        try Ending.check(id, deed, tx)
    }

    private static func join(_ draft: EntryDraft, _ other: EntryID, _ deed: Deed, _ tx: Transaction) throws {
        let entry = try EntryStore.find(other, tx)
        guard entry.state == .shown else { throw Problems("decision", W.joinGone) }
        let provider = try entry.provider.flatMap { try ProviderStore.names([$0], tx)[$0] } ?? ""
        var whole = EntryDraft(entry, provider: provider)
        if !draft.isSecret { whole.addresses += draft.addresses.filter { !whole.addresses.contains($0) } }
        try ChangeEntry.run(other, to: whole, version: entry.version, why: W.joinedFromFile, by: deed, tx)
    }

    static func settle(_ line: Int, of id: ImportID, _ state: ImportRow.State, _ entry: EntryID?, _ deed: Deed, _ tx: Transaction) throws {
        try tx.run(
            """
            UPDATE directory_import_rows SET state = \(state), entry = \(entry), decided_at = \(deed.at), decided_by = \(deed.actor.personID)
            WHERE import = \(id) AND line = \(line)
            """
        )
    }

    /// What joins a secret one must not say where that is.
    private static func isSecret(_ decision: Decision, _ tx: Transaction) throws -> Bool {
        guard case .join(let other) = decision else { return false }
        return try EntryStore.find(other, tx).isSecret
    }

    /// What tells where somebody hides leaves the row as well; a column that nobody named may hold it too, and what was noticed may quote it.
    private static func forget(_ row: ImportRow, of id: ImportID, _ tx: Transaction) throws {
        let columns = try Import.find(id, tx).columns
        let places: Set<ImportColumn> = [.address, .town, .postcode, .gettingThere, .none]
        let cells = row.cells.enumerated().map { place, cell in
            place >= columns.count || places.contains(columns[place]) ? "" : cell
        }
        try tx.run(
            """
            UPDATE directory_import_rows SET cells = \(try Cells.text(cells)), findings = '[]' WHERE import = \(id) AND line = \(row.line)
            """
        )
    }
}

/// A file is done when every row is in or out.
enum Ending {
    static func check(_ id: ImportID, _ deed: Deed, _ tx: Transaction) throws {
        let open = try tx.count("SELECT COUNT(*) FROM directory_import_rows WHERE import = \(id) AND state IN ('fine', 'look')")
        guard open == 0 else { return }
        try tx.run("UPDATE directory_imports SET state = \(Import.State.done), ended_at = \(deed.at) WHERE id = \(id)")
        try Trail.record("directory.file-done", TrailSubject("import", id), at: .organisation, by: deed, in: tx)
    }
}
