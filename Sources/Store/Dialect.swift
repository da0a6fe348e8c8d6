/// Where the two engines speak differently: each difference has a name here, so that no room needs an `if`.
public struct Dialect: Sendable {
    let isSQLite: Bool

    static let sqlite = Dialect(isSQLite: true)
    static let postgres = Dialect(isSQLite: false)

    /// For logs and the health page.
    public var name: String { isSQLite ? "SQLite" : "PostgreSQL" }

    // MARK: Types of columns

    // Whole numbers are BIGINT in every migration; SQLite's STRICT tables know only INTEGER, which is as large there, and get that.

    public var real: SQL { isSQLite ? "REAL" : "DOUBLE PRECISION" }
    public var bytes: SQL { isSQLite ? "BLOB" : "BYTEA" }

    /// Ends `CREATE TABLE … (…)`: SQLite then refuses a value of the wrong type, as PostgreSQL always does.
    public var strict: SQL { isSQLite ? " STRICT" : "" }

    /// The same for small rows that are found by their primary key alone: SQLite keeps them in the key's own tree, once instead of twice.
    public var strictByKey: SQL { isSQLite ? " STRICT, WITHOUT ROWID" : "" }

    // MARK: Questions

    /// Orders text by its bytes, the same on both engines: `ORDER BY name\(dialect.byteOrder)`.
    public var byteOrder: SQL { isSQLite ? " COLLATE BINARY" : " COLLATE \"C\"" }

    /// Ends the SELECT that picks work out of a queue, so that two processes never pick the same. SQLite has one writer and needs no more.
    public var skipLocked: SQL { isSQLite ? "" : " FOR UPDATE SKIP LOCKED" }

    /// What stands in a JSON document at these names and numbers, one after the other, as text; NULL where nothing does.
    public func member(_ document: SQL, _ path: [String]) -> SQL {
        let written = path.reduce("$") { $0 + (Int($1) == nil ? ".\($1)" : "[\($1)]") }
        return isSQLite
            ? "json_extract(\(document), \(written))" : "(\(document)::json #>> string_to_array(\(path.joined(separator: ",")), ','))"
    }

    /// The larger of two.
    public func greatest(_ left: SQL, _ right: SQL) -> SQL { isSQLite ? "max(\(left), \(right))" : "greatest(\(left), \(right))" }

    /// True where the text matches the pattern (`%`, `_`, `\` escapes) whatever the case of its letters, É included.
    /// Plain `LIKE` heeds case on both engines.
    public func foldedLike(_ text: SQL, _ pattern: String) -> SQL {
        isSQLite ? "fold(\(text)) LIKE fold(\(pattern)) ESCAPE '\\'" : "lower(\(text)) LIKE lower(\(pattern)) ESCAPE '\\'"
    }

    /// True where the text holds `words`, whatever the case; `%` and `_` in them mean themselves.
    public func contains(_ text: SQL, _ words: String) -> SQL {
        // By scalar: `%` with an accent on it is one character to Swift and still a wildcard to the engines.
        var pattern = String.UnicodeScalarView("%".unicodeScalars)
        for scalar in words.unicodeScalars {
            if scalar == "%" || scalar == "_" || scalar == "\\" { pattern.append("\\") }
            pattern.append(scalar)
        }
        pattern.append("%")
        return foldedLike(text, String(pattern))
    }

    /// 1 where the table is there, else 0.
    func hasTable(_ name: String) -> SQL {
        isSQLite
            ? "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = \(name)"
            : "SELECT COUNT(to_regclass(\(name)))"
    }

    // MARK: Rendering

    func appendPlaceholder(_ number: Int, to bytes: inout [UInt8]) {
        if isSQLite { bytes.append(UInt8(ascii: "?")) } else { bytes.append(contentsOf: "$\(number)".utf8) }
    }

    func emptySet(of kind: Value.Kind) -> StaticString {
        if isSQLite { return "(SELECT NULL WHERE 1 = 0)" }
        return switch kind {
        case .integer: "(SELECT NULL::bigint WHERE 1 = 0)"
        case .real: "(SELECT NULL::double precision WHERE 1 = 0)"
        case .bytes: "(SELECT NULL::bytea WHERE 1 = 0)"
        case .text, .unknown: "(SELECT NULL::text WHERE 1 = 0)"
        }
    }
}
