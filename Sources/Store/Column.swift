import Kernel

/// What one cell of a table holds.
public enum Value: Sendable, Hashable {
    case null, integer(Int64), real(Double), text(String), bytes([UInt8])

    /// What a cell is meant to hold; PostgreSQL must know it even where the cell is empty.
    public enum Kind: Sendable { case integer, real, text, bytes, unknown }

    /// How errors name it: never with its content, which may be words somebody said.
    var kindName: String {
        switch self {
        case .null: "nothing"
        case .integer: "a whole number"
        case .real: "a fraction"
        case .text: "text"
        case .bytes: "bytes"
        }
    }
}

/// Anything that fits into one cell of a table.
///
/// An `enum` of strings needs only the name of the protocol: `enum Stage: String, Column { … }`.
public protocol Column {
    static var kind: Value.Kind { get }
    var value: Value { get }
    /// Throws `Mismatch` where the cell holds something else; `Row` turns it into an error that names the column.
    static func column(_ value: Value) throws -> Self
}

/// A cell held something else than the code expected.
public struct Mismatch: Error { public init() {} }

extension Column where Self: RawRepresentable, RawValue == String {
    public static var kind: Value.Kind { .text }
    public var value: Value { .text(rawValue) }
    public static func column(_ value: Value) throws -> Self {
        guard case .text(let text) = value, let found = Self(rawValue: text) else { throw Mismatch() }
        return found
    }
}

extension Value: Column {
    public static var kind: Kind { .unknown }
    public var value: Value { self }
    public static func column(_ value: Value) -> Value { value }
}

extension String: Column {
    public static var kind: Value.Kind { .text }
    public var value: Value { .text(self) }
    public static func column(_ value: Value) throws -> String {
        guard case .text(let text) = value else { throw Mismatch() }
        return text
    }
}

extension Int64: Column {
    public static var kind: Value.Kind { .integer }
    public var value: Value { .integer(self) }
    public static func column(_ value: Value) throws -> Int64 {
        guard case .integer(let number) = value else { throw Mismatch() }
        return number
    }
}

extension Int: Column {
    public static var kind: Value.Kind { .integer }
    public var value: Value { .integer(Int64(self)) }
    public static func column(_ value: Value) throws -> Int { try Int(Int64.column(value)) }
}

/// 0 or 1: SQLite has no truth values of its own.
extension Bool: Column {
    public static var kind: Value.Kind { .integer }
    public var value: Value { .integer(self ? 1 : 0) }
    public static func column(_ value: Value) throws -> Bool {
        guard case .integer(let number) = value, number == 0 || number == 1 else { throw Mismatch() }
        return number == 1
    }
}

/// Finite only: SQLite would quietly make NULL of "not a number".
extension Double: Column {
    public static var kind: Value.Kind { .real }
    public var value: Value { .real(self) }
    public static func column(_ value: Value) throws -> Double {
        switch value {
        case .real(let number): number
        case .integer(let number): Double(number)
        default: throw Mismatch()
        }
    }
}

extension [UInt8]: Column {
    public static var kind: Value.Kind { .bytes }
    public var value: Value { .bytes(self) }
    public static func column(_ value: Value) throws -> [UInt8] {
        guard case .bytes(let bytes) = value else { throw Mismatch() }
        return bytes
    }
}

extension Moment: Column {
    public static var kind: Value.Kind { .integer }
    public var value: Value { .integer(milliseconds) }
    public static func column(_ value: Value) throws -> Moment { try Moment(milliseconds: .column(value)) }
}

extension ID: Column {
    public static var kind: Value.Kind { .text }
    public var value: Value { .text(text) }
    public static func column(_ value: Value) throws -> ID {
        guard case .text(let text) = value, let id = ID(text) else { throw Mismatch() }
        return id
    }
}

extension Optional: Column where Wrapped: Column {
    public static var kind: Value.Kind { Wrapped.kind }
    public var value: Value { self?.value ?? .null }
    public static func column(_ value: Value) throws -> Wrapped? {
        if case .null = value { nil } else { try Wrapped.column(value) }
    }
}

extension Duty: Column {}
