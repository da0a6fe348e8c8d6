import CSV
import Directory
import Foundation
import Kernel
import Store
import Trail

/// Brings a table of any length in, a few rows at a time: what is fine comes in at once, what somebody has to look at waits on the page of the file.
/// Columns are guessed from its first line.
public struct BringTable: Sendable {
    public struct Count: Sendable, Equatable {
        public var inside = 0
        /// Waiting on the page until somebody decides.
        public var look = 0
        public var all: Int { inside + look }
    }

    // As for feeds: a transaction of some 50 ms, between which others write.
    private static let batch = 200

    let db: Database
    let clock: @Sendable () -> Moment
    let tell: @Sendable (Count) -> Void

    public init(
        into db: Database,
        clock: @escaping @Sendable () -> Moment = { .now() },
        tell: @escaping @Sendable (Count) -> Void = { _ in }
    ) {
        (self.db, self.clock, self.tell) = (db, clock, tell)
    }

    /// Throws `Problems` of the field `file` where its first line names no column that we know for a name, and `CSVError` where it cannot be read.
    public func run(_ source: ByteSource, name: String, licence: String) async throws -> Count {
        var reader = try CSVReader(source)
        guard try reader.next() else { throw Problems("file", W.fileEmpty) }
        let header = Self.cells(reader, reader.fieldCount).map { PlainText.line($0) }
        let columns = header.map { ImportColumn.guess($0) }
        guard columns.contains(.name) else { throw Problems("file", W.columnsNoName) }
        let id = try await begin(header, columns, name: name, licence: licence)
        var seen = try await db.read { tx in try SeenNames(tx) }
        let rows = RowReader(columns: columns, needs: try await db.read { tx in try NeedStore.all(tx) })
        var count = Count()
        var some: [Batch.Line] = []
        while try reader.next() {
            some.append(Batch.Line(line: reader.line, cells: Self.cells(reader, header.count), rows, &seen))
            guard some.count == Self.batch else { continue }
            try await put(some, id, &count)
            some = []
        }
        try await put(some, id, &count)
        let deed = deed()
        _ = try await db.write { tx in try Ending.check(id, deed, tx) }
        return count
    }

    private func deed() -> Deed { Deed(by: .system("import"), at: clock()) }

    /// Bytes that are no UTF-8 are Windows-1252: every one of those is a letter.
    private static func cells(_ reader: CSVReader, _ count: Int) -> [String] {
        (0..<max(count, reader.fieldCount)).map { field in
            let text = reader.withBytes(field) { bytes in
                String(validating: bytes, as: UTF8.self) ?? String(data: Data(bytes), encoding: .windowsCP1252) ?? ""
            }
            return PlainText.clean(CSVWriter.armed(text))
        }
    }

    private func begin(_ header: [String], _ columns: [ImportColumn], name: String, licence: String) async throws -> ImportID {
        let deed = deed()
        return try await db.write { tx in
            let id = try StartImport.begin(header, columns, .checked, "UTF-8", name: name, licence: licence, note: "", by: deed, tx)
            try Trail.record("directory.file-taken", TrailSubject("import", id), at: .organisation, by: deed, in: tx)
            return id
        }
    }

    private func put(_ lines: [Batch.Line], _ id: ImportID, _ count: inout Count) async throws {
        let deed = deed()
        count.inside += try await db.write { tx in try Batch(lines: lines).save(id, deed, tx) }
        count.look += lines.count(where: \.mustLook)
        tell(count)
    }

    /// Rows that are written together.
    private struct Batch: Sendable {
        struct Line: Sendable {
            let line: Int
            let cells: [String]
            let draft: EntryDraft
            let findings: [RowFinding]
            var mustLook: Bool { findings.contains { $0.kind == .look } }

            init(line: Int, cells: [String], _ reader: RowReader, _ seen: inout SeenNames) {
                self.line = line
                self.cells = cells
                let (draft, findings) = reader.read(cells)
                self.draft = draft
                self.findings = findings + seen.noticed(draft.name, line: line)
            }
        }

        let lines: [Line]

        /// - Returns: how many came in.
        func save(_ id: ImportID, _ deed: Deed, _ tx: Transaction) throws -> Int {
            guard !lines.isEmpty else { return 0 }
            let fine = lines.filter { !$0.mustLook }
            let entries = try AddEntry.many(fine.map { ("\($0.line)", $0.draft) }, of: id, by: deed, tx)
            let byLine = Dictionary(zip(fine.map(\.line), entries)) { first, _ in first }
            let rows = try lines.map { one -> SQL in
                let findings = String(decoding: try JSONEncoder().encode(one.findings), as: UTF8.self)
                let state: ImportRow.State = one.mustLook ? .look : .inside
                let at = one.mustLook ? nil : deed.at as Moment?
                return "(\(id), \(one.line), \(try Cells.text(one.cells)), \(state), \(findings), \(byLine[one.line]), \(at))"
            }
            try tx.run(
                """
                INSERT INTO directory_import_rows (import, line, cells, state, findings, entry, decided_at)
                VALUES \(rows.joined(separator: ", "))
                """
            )
            return entries.count
        }
    }
}
