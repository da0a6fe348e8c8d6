/// A question or an order to the database whose text was written by a programmer, never by a visitor.
///
/// The text comes only from literals in the source (`StaticString`); `\(value)` always binds, so there is no way in for an injection:
///
///     try tx.all("SELECT id, words FROM voices WHERE project = \(project) ORDER BY said_at DESC, id LIMIT \(fixed: most)") { … }
///
/// `\(sql)` splices another `SQL`, and `IN \(list: ids)` writes one placeholder for each. One statement at a time, without `?` or `$1` of your own.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    enum Piece: Sendable {
        case text(StaticString)
        case bind(Value, Value.Kind)
        case number(Int)
        /// A list without members: a set that is empty, typed for PostgreSQL.
        case nothing(Value.Kind)
    }

    var pieces: [Piece]

    init(pieces: [Piece]) { self.pieces = pieces }

    public init(stringLiteral text: StaticString) { pieces = [.text(text)] }

    public init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

    public struct StringInterpolation: StringInterpolationProtocol {
        public typealias StringLiteralType = StaticString

        var pieces: [Piece] = []

        public init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(2 * interpolationCount + 1) }

        public mutating func appendLiteral(_ text: StaticString) { pieces.append(.text(text)) }

        public mutating func appendInterpolation<C: Column>(_ value: C) { pieces.append(.bind(value.value, C.kind)) }

        /// An empty cell for nil. Without this one the compiler warns of an optional printed by mistake.
        public mutating func appendInterpolation<C: Column>(_ value: C?) { pieces.append(.bind(value.value, C.kind)) }

        public mutating func appendInterpolation(_ sql: SQL) { pieces += sql.pieces }

        /// A number that is always the same at this place, such as the size of a page: written out, so that PostgreSQL knows how few rows are
        /// wanted and keeps its plan. With a bound limit it makes a new plan for each question, which can take ten times as long as the answer.
        public mutating func appendInterpolation(fixed number: Int) { pieces.append(.number(number)) }

        /// `(?,?,?)`, and for an empty list a set without members, so that `IN` is false and `NOT IN` true.
        public mutating func appendInterpolation<C: Column>(list values: [C]) {
            guard !values.isEmpty else { return pieces.append(.nothing(C.kind)) }
            for (place, value) in values.enumerated() {
                pieces.append(.text(place == 0 ? "(" : ","))
                pieces.append(.bind(value.value, C.kind))
            }
            pieces.append(.text(")"))
        }
    }

    public static func + (left: SQL, right: SQL) -> SQL { SQL(pieces: left.pieces + right.pieces) }
    public static func += (left: inout SQL, right: SQL) { left.pieces += right.pieces }

    var binds: [(value: Value, kind: Value.Kind)] {
        pieces.compactMap { if case .bind(let value, let kind) = $0 { (value, kind) } else { nil } }
    }

    /// The text for one engine: `?` on SQLite, `$1`, `$2`, … on PostgreSQL.
    func text(for dialect: Dialect) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        var number = 0
        for piece in pieces {
            switch piece {
            case .text(let text): text.withUTF8Buffer { bytes.append(contentsOf: $0) }
            case .number(let value): bytes.append(contentsOf: String(value).utf8)
            case .bind:
                number += 1
                dialect.appendPlaceholder(number, to: &bytes)
            case .nothing(let kind): dialect.emptySet(of: kind).withUTF8Buffer { bytes.append(contentsOf: $0) }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Sequence<SQL> {
    /// One `SQL` of all, such as conditions joined by `" AND "`.
    public func joined(separator: SQL = "") -> SQL {
        var whole = SQL(pieces: [])
        for (place, part) in enumerated() {
            if place > 0 { whole += separator }
            whole += part
        }
        return whole
    }
}
