import CPostgres

/// What is bound to a statement, as libpq wants it: text, but bytes as they are.
struct Parameters {
    private(set) var types: [Oid] = []
    private var bytes: [UInt8] = []
    /// Where each begins in `bytes`; nil for NULL.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    var count: Int32 { Int32(types.count) }

    init(_ sql: SQL) throws {
        for case .bind(let value, let kind) in sql.pieces { try append(value, kind) }
    }

    private mutating func append(_ value: Value, _ kind: Value.Kind) throws {
        let start = bytes.count
        switch value {
        case .null: break
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .real(let number):
            guard number.isFinite else { throw EngineFailure(.invalid("a number that is not finite")) }
            bytes.append(contentsOf: number.description.utf8)
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .bytes(let raw): bytes.append(contentsOf: raw)
        }
        var isBinary = false
        if case .bytes = value { isBinary = true }
        guard isBinary || !bytes[start...].contains(0) else { throw EngineFailure(.invalid("text with a NUL character")) }
        if case .null = value { starts.append(nil) } else { starts.append(start) }
        lengths.append(Int32(bytes.count - start))
        formats.append(isBinary ? 1 : 0)
        types.append(Self.type(of: value, kind))
        bytes.append(0)
    }

    /// The declared kind first, so that an empty cell has the same type as a filled one and the statement is prepared once.
    private static func type(of value: Value, _ kind: Value.Kind) -> Oid {
        switch (kind, value) {
        case (.integer, _), (.unknown, .integer): 20
        case (.real, _), (.unknown, .real): 701
        case (.text, _), (.unknown, .text): 25
        case (.bytes, _), (.unknown, .bytes): 17
        case (.unknown, .null): 0
        }
    }

    typealias Pointers<T> = UnsafePointer<T>?

    func with<T>(_ use: (Pointers<UnsafePointer<CChar>?>, Pointers<Int32>, Pointers<Int32>) throws -> T) rethrows -> T {
        try bytes.withUnsafeBufferPointer { bytes in
            try bytes.withMemoryRebound(to: CChar.self) { chars in
                let values = starts.map { start in start.flatMap { start in chars.baseAddress.map { $0 + start } } }
                return try use(values, lengths, formats)
            }
        }
    }
}

/// Strings for C, ended by a null pointer.
struct CStrings {
    private let bytes: [CChar]
    private let starts: [Int]

    init(_ strings: [String]) {
        var bytes: [CChar] = []
        starts = strings.map { string in
            defer { bytes += string.utf8CString }
            return bytes.count
        }
        self.bytes = bytes
    }

    func with<T>(_ use: (UnsafePointer<UnsafePointer<CChar>?>) -> T) -> T {
        bytes.withUnsafeBufferPointer { bytes in
            use(starts.map { start in bytes.baseAddress.map { $0 + start } } + [nil])
        }
    }
}

/// One line of a result that libpq holds in memory.
struct PostgresRow {
    /// What is the same for every line, looked up once.
    struct Shape {
        let types: [Oid]

        init(_ result: OpaquePointer?) { types = (0..<PQnfields(result)).map { PQftype(result, $0) } }
    }

    let result: OpaquePointer?
    let line: Int32
    let shape: Shape

    var width: Int32 { Int32(shape.types.count) }

    func name(_ place: Int32) -> String { PQfname(result, place).map { String(cString: $0) } ?? "" }

    func value(_ place: Int32) -> Value {
        guard PQgetisnull(result, line, place) == 0, let start = PQgetvalue(result, line, place) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, line, place)))
        let text = { String(decoding: bytes, as: UTF8.self) }
        switch shape.types[Int(place)] {
        case 20, 21, 23, 26: return Int64(text()).map { .integer($0) } ?? .text(text())
        case 16: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case 700, 701: return Double(text()).map { .real($0) } ?? .text(text())
        // SUM of BIGINT is NUMERIC without a point, AVG has one.
        case 1700: return Int64(text()).map { .integer($0) } ?? Double(text()).map { .real($0) } ?? .text(text())
        case 17: return .bytes(Self.unhexed(bytes))
        default: return .text(text())
        }
    }

    /// `\x00ff`
    private static func unhexed(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        func digit(_ byte: UInt8) -> UInt8 { byte < 0x3a ? byte - 0x30 : byte - 0x57 }
        return stride(from: 2, to: text.count - 1, by: 2).map { digit(text[$0]) << 4 | digit(text[$0 + 1]) }
    }
}

/// What the server said, and what its SQLSTATE means for us.
struct PostgresFailure {
    private let result: OpaquePointer?

    init(_ result: OpaquePointer?) { self.result = result }

    private func field(_ name: UnicodeScalar) -> String? {
        PQresultErrorField(result, Int32(name.value)).map { String(cString: $0) }
    }

    /// Only the primary message: DETAIL quotes what people wrote.
    func failure(isReader: Bool, words: (String) -> String) -> EngineFailure {
        let state = field("C") ?? ""
        let message = words(field("M") ?? "no message")
        switch state {
        case "23505": return EngineFailure(.constraint(Constraint(.unique, table: field("t"), columns: keyColumns, name: field("n"))))
        case "23503": return EngineFailure(.constraint(Constraint(.foreignKey, table: field("t"), columns: keyColumns, name: field("n"))))
        case "23514": return EngineFailure(.constraint(Constraint(.check, table: field("t"), name: field("n"))))
        case "23502": return EngineFailure(.constraint(Constraint(.notNull, table: field("t"), columns: field("c").map { [$0] } ?? [])))
        case "53100": return EngineFailure(.full, .fatal)
        case "40001", "40P01": return EngineFailure(.busy, .again)
        // The plan is older than the schema, or the server forgot it; `again` forgets all statements.
        case "0A000" where message.contains("cached plan"), "26000": return EngineFailure(.busy, .again)
        case "55P03": return EngineFailure(.busy, .fatal)
        case "57014": return EngineFailure(.closed, .fatal)
        case "22021": return EngineFailure(.invalid("text the database cannot hold"))
        case "25006" where isReader: return EngineFailure(.statement(code: state, "a read cannot write"))
        case "25006": return EngineFailure(.unavailable("\(state): \(message)"), .lost)
        default:
            // 08 connection, 53 resources, 57P server going down, 58 system, XX internal.
            let isServer = ["08", "53", "57", "58", "XX"].contains(state.prefix(2))
            return isServer ? EngineFailure(.unavailable("\(state): \(message)"), .lost) : EngineFailure(.statement(code: state, message))
        }
    }

    /// `Key (project, number)=(…, …) already exists.` Only what stands before the values; "Key" is translated, the brackets are not.
    private var keyColumns: [String] {
        guard let detail = field("D"), let open = detail.firstIndex(of: "("), let close = detail.firstRange(of: ")=(") else { return [] }
        return detail[detail.index(after: open)..<close.lowerBound].split(separator: ", ").map { String($0).replacing("\"", with: "") }
    }
}
