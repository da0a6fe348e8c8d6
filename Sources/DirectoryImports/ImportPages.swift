import Directory
import Finding
import HTML
import Kernel
import Store
import Web
import Words

/// `/directory/imports/new`: chooses a file.
struct NewImportPage: Page {
    let heading = W.newHeading
    var lead: String? { W.newLead }
    let fields: Filled
    var problems: Problems { fields.problems }
    var surroundings: Surroundings { ImportPages.around() }

    private enum CodingKeys: String, CodingKey { case fields }

    init(_ visit: Visit, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: visit.actor)
        fields = Filled(visit.form, beginning: ["name": "", "licence": "", "note": ""])
    }

    var html: HTML {
        form(post: .path("/directory/imports"), sendsFiles: true) {
            fileField("file", label: W.file, hint: W.fileHint, problems: problems, accepts: ".csv,text/csv")
            textField("name", label: W.fileFrom, value: fields["name"], hint: W.fileFromHint, problems: problems)
            textField("licence", label: W.licence, value: fields["licence"], hint: W.licenceHint, problems: problems, isOptional: true)
            textField("note", label: W.note, value: fields["note"], hint: W.noteHint, problems: problems, isOptional: true)
            button(W.takeFile)
        }
    }
}

/// `/directory/imports/:import`: what each column is, what would happen, and what is left to decide.
struct ImportPage: Page {
    let heading: String
    let state: Import.State
    let encoding: String?
    let columns: [ColumnRow]
    let rows: [RowLine]
    let fine: Int
    let look: Int
    let inside: Int
    let out: Int
    let news: String?
    let problems: Problems
    private let id: ImportID
    var surroundings: Surroundings { ImportPages.around() }

    // So many rows to look at are work for a day; when they are decided, the next ones come.
    private static let mostLook = 100

    struct ColumnRow: Sendable, Encodable {
        let heading: String
        let value: String
        let example: String
    }

    struct RowLine: Sendable, Encodable {
        let line: Int
        let name: String
        let state: String
        let findings: [String]
        let mustLook: Bool
        let url: SafeURL
    }

    private enum CodingKeys: String, CodingKey { case encoding, columns, rows, fine, look, inside, out, news }

    init(_ visit: Visit, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: visit.actor)
        let file = try Import.find(visit.id("import"), tx)
        // Among the first fifty rows there is an example for nearly every column.
        let all = try ImportRow.some(of: file.id, "line > 0", most: 50, tx)
        id = file.id
        heading = file.name
        state = file.state
        encoding = file.encoding == ImportFile.Encoding.utf8.rawValue ? nil : W.wasWindows
        problems = visit.form.problems
        columns = file.header.enumerated().map { place, heading in
            let chosen = visit.form.value("column-\(place + 1)", or: (place < file.columns.count ? file.columns[place] : .none).rawValue)
            return ColumnRow(
                heading: heading,
                value: chosen,
                example: String((all.lazy.map { place < $0.cells.count ? $0.cells[place] : "" }.first { !$0.isEmpty } ?? "").prefix(80))
            )
        }
        let nameColumn = file.columns.firstIndex(of: .name) ?? 0
        // Those to look at first; of the rest, what was noticed.
        rows =
            file.state == .columns
            ? []
            : try
                (ImportRow.some(of: file.id, "state = 'look'", most: Self.mostLook, tx)
                + ImportRow.some(of: file.id, "state <> 'look' AND findings <> '[]'", most: 100, tx)).map {
                    Self.line($0, nameColumn, file.id)
                }
        let counts = try ImportRow.counts(of: file.id, tx)
        (fine, look, inside, out) = (counts[.fine] ?? 0, counts[.look] ?? 0, counts[.inside] ?? 0, counts[.out] ?? 0)
        news = visit.query["done"].map { done in done == "in" ? W.newsIn : W.newsDecided }
    }

    private static func line(_ row: ImportRow, _ nameColumn: Int, _ id: ImportID) -> RowLine {
        RowLine(
            line: row.line,
            name: nameColumn < row.cells.count && !row.cells[nameColumn].isEmpty
                ? row.cells[nameColumn] : W.lineWithout,
            state: row.state.label,
            findings: (row.findings.filter { $0.kind == .look } + row.findings.filter { $0.kind == .note }).map(\.sentence),
            mustLook: row.state == .look,
            url: .path("/directory/imports", id, "rows", row.line)
        )
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if let encoding { inset { p(encoding) } }
            if state == .columns { columnsForm }
            if state != .columns { outcome }
            // Said once already: folded, above what came of it.
            if state == .checked { details(W.columns, isOpen: !problems.isEmpty) { columnsForm } }
            if state != .columns { rowTables }
        }
    }

    private var outcome: HTML {
        HTML {
            ul {
                li(W.countIn(n: inside))
                li(W.countFine(n: fine))
                li(W.countLook(n: look))
                li(W.countOut(n: out))
            }
            if fine > 0 { postButton(W.bringIn(n: fine), to: .path("/directory/imports", id, "entries"), kind: .primary) }
        }
    }

    private var rowTables: HTML {
        let (faults, routine) = (rows.filter(\.mustLook), rows.filter { !$0.mustLook })
        return HTML {
            if !faults.isEmpty {
                section(W.faultsFirst) {
                    Self.table(W.faultsFirst, faults)
                    if look > Self.mostLook { p(W.moreToLook(n: look - Self.mostLook)) }
                }
            }
            if !routine.isEmpty { details(W.noticed) { Self.table(W.noticed, routine) } }
        }
    }

    private static func table(_ caption: String, _ rows: [RowLine]) -> HTML {
        HTML::table(
            caption: caption,
            columns: [TableColumn(W.row), TableColumn(W.rowState), TableColumn(W.rowFindings)],
            rows: rows.map { row in
                TableRow(a("\(row.line) · \(row.name)", to: row.url), [HTML(row.state), HTML(row.findings.joined(separator: " "))])
            },
            isCaptionOnlySpoken: true
        )
    }

    private var columnsForm: HTML {
        section(W.columns) {
            p(W.columnsLead)
            form(post: .path("/directory/imports", id, "columns")) {
                for (place, column) in columns.enumerated() {
                    selectField(
                        "column-\(place + 1)",
                        label: column.heading.isEmpty ? W.columnNumber(n: "\(place + 1)") : column.heading,
                        options: ImportColumn.allCases.map { Choice($0.rawValue, $0.label) },
                        value: column.value,
                        hint: column.example.isEmpty ? nil : W.columnExample(words: column.example),
                        problems: problems
                    )
                }
                button(state == .columns ? W.check : W.checkAgain, kind: state == .columns ? .primary : .secondary)
            }
        }
    }
}

extension ImportRow.State {
    var label: String {
        switch self {
        case .fine: W.stateFine
        case .look: W.stateLook
        case .inside: W.stateIn
        case .out: W.stateOut
        }
    }
}

enum ImportPages {
    static func around(_ file: Import? = nil) -> Surroundings {
        let home = [Link(W.directory, to: .path("/directory")), Link(W.work, to: .path("/directory/work"))]
        return Surroundings(
            breadcrumbs: home + (file.map { [Link($0.name, to: .path("/directory/imports", $0.id))] } ?? []),
            isPrivate: true
        )
    }

    static func line(_ visit: Visit) throws -> Int {
        guard let line = Int(try visit.part("line")) else { throw Refusal.notFound }
        return line
    }

    /// `/directory/imports/:import/rows/:line`: a row, what was noticed about it, and what is to become of it.
    @Sendable static func row(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        try DirectoryPolicy.edit(by: visit.actor)
        let file = try Import.find(visit.id("import"), tx)
        let row = try ImportRow.find(line(visit), of: file.id, tx)
        guard row.state == .look || row.state == .fine else { return DecidedRowPage(row, file) }
        let needs = try NeedStore.all(tx)
        let draft = RowReader(columns: file.columns, needs: needs).read(row.cells).draft
        let same = try alike(draft, tx)
        let options =
            [Question.Option("add", W.decideAdd)] + same.map { Question.Option("join:\($0.id)", W.decideJoin(name: $0.label)) } + [
                Question.Option("out", W.decideOut)
            ]
        let decision = Question.choice("decision", W.decision, options, in: visit.form, or: same.isEmpty ? "add" : "")
        return FormPage(
            W.rowHeading(line: "\(row.line)"),
            around(file),
            caption: draft.name,
            lead: row.findings.filter { $0.kind == .look }.map(\.sentence).joined(separator: " "),
            facts: zip(file.header, row.cells).filter { !$0.1.isEmpty }.map { FormPage.Fact($0.0, $0.1) },
            parts: [FormPage.Part([decision])] + EntryForm.parts(visit.form, draft, needs: needs, mayHide: true),
            sendTo: .path("/directory/imports", file.id, "rows", row.line),
            button: W.decide,
            otherwise: Link(W.back, to: .path("/directory/imports", file.id)),
            problems: visit.form.problems
        )
    }

    private static func alike(_ draft: EntryDraft, _ tx: Transaction) throws -> [(id: EntryID, label: String)] {
        let folded = Folding.words(draft.name, limit: 30).joined(separator: " ")
        return try tx.all("SELECT id, name FROM directory_entries WHERE state = 'shown' AND folded = \(folded) ORDER BY number LIMIT 10") {
            row in
            (id: try row.next() as EntryID, label: try row.next() as String)
        }
    }
}

/// A row about which somebody has decided: what it said and where it is now.
struct DecidedRowPage: Page {
    let heading: String
    let state: String
    let facts: [FormPage.Fact]
    let entry: SafeURL?
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case state, facts, entry }

    init(_ row: ImportRow, _ file: Import) {
        heading = W.rowHeading(line: "\(row.line)")
        state = row.state.label
        facts = zip(file.header, row.cells).filter { !$0.1.isEmpty }.map { FormPage.Fact($0.0, $0.1) }
        entry = row.entry.map { .path("/directory/entries", $0) }
        surroundings = ImportPages.around(file)
    }

    var html: HTML {
        HTML {
            p { tag(state) }
            summaryList(facts.map { SummaryRow($0.label, $0.words) })
            if let entry { p { a(W.seeEntry, to: entry) } }
        }
    }
}

/// `/directory/postcodes`: where postcodes are, brought in as a file.
struct PostcodesPage: Page {
    let heading = W.postcodesHeading
    var lead: String? { W.postcodesLead }
    let count: Int
    let news: String?
    let problems: Problems
    var surroundings: Surroundings { ImportPages.around() }

    private enum CodingKeys: String, CodingKey { case count, news }

    init(_ visit: Visit, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: visit.actor)
        count = try PostcodeStore.count(tx)
        news = visit.query["done"] == nil ? nil : W.newsPostcodes
        problems = visit.form.problems
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            p(W.countPostcodes(n: count))
            form(post: .path("/directory/postcodes"), sendsFiles: true) {
                fileField("file", label: W.file, hint: W.postcodesHint, problems: problems, accepts: ".csv,text/csv")
                button(W.bringPostcodes)
            }
        }
    }
}

/// Rows of `postcode,latitude,longitude`.
public enum PostcodeFile {
    /// Throws `Problems` of the field `file` with the first line that is wrong.
    public static func points(_ bytes: [UInt8]) throws -> [(postcode: Postcode, point: Point)] {
        let file = try ImportFile(bytes)
        let names = file.header.map { $0.lowercased().filter(\.isLetter) }
        func place(_ wanted: [String]) -> Int? { names.firstIndex { wanted.contains($0) } }
        guard let code = place(["postcode", "outcode", "pcd", "pcds", "code"]), let lat = place(["latitude", "lat"]),
            let lon = place(["longitude", "long", "lon", "lng"])
        else { throw Problems("file", W.postcodesColumns) }
        return try file.rows.map { row in
            guard let postcode = Postcode(row.cells[code]), let latitude = Double(row.cells[lat]), let longitude = Double(row.cells[lon]),
                let point = Point(latitude: latitude, longitude: longitude)
            else { throw Problems("file", W.postcodesLine(line: "\(row.line)")) }
            return (postcode, point)
        }
    }
}
