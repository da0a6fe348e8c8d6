import CSV

/// A file of rows under named columns, in whatever order the columns stand.
struct OpinionTable {
    let file: String
    private(set) var reader: CSVReader
    private let names: [String]

    /// Reads the first line. An empty file is a table without columns and rows.
    init(path: String) throws { try self.init(ByteSource(path: path), file: path) }

    init(_ source: ByteSource, file: String) throws {
        self.file = file
        reader = try CSVReader(source)
        let hasHeader = try reader.next()
        names = hasHeader ? (0..<reader.fieldCount).map { [reader] in Self.name(reader.string($0)) } : []
    }

    var isEmpty: Bool { names.isEmpty }

    /// The place of the first of `wanted` that there is.
    /// - Throws: `OpinionFileError.missingColumn`.
    func column(_ wanted: String...) throws -> Int {
        for name in wanted { if let place = names.firstIndex(of: name) { return place } }
        throw OpinionFileError.missingColumn(file: file, wanted: wanted[0], found: names)
    }

    func optionalColumn(_ wanted: String) -> Int? { names.firstIndex(of: wanted) }

    mutating func next() throws -> Bool { try reader.next() }

    var line: Int { reader.line }

    func id(_ column: Int) -> UInt64? { reader.withBytes(column, Numbers.unsigned) }
    func number(_ column: Int) -> Int64? { reader.withBytes(column, Numbers.signed) }
    func text(_ column: Int) -> String { reader.string(column) }

    /// `Comment ID`, ` comment-id ` and `comment_id` are all `comment-id`.
    private static func name(_ raw: String) -> String {
        raw.split { $0 == " " || $0 == "_" || $0 == "-" }.joined(separator: "-").lowercased()
    }
}
