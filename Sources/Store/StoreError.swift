/// What can go wrong between us and the database, in the same words for both engines.
///
/// No case holds a value that was to be stored, and none holds a password.
public enum StoreError: Error, Equatable, Sendable {
    /// The database cannot be reached or cannot be used just now. Nothing was saved; trying again later may work.
    case unavailable(String)
    /// The connection broke while saving: nobody knows whether it was saved. Look before trying again.
    case uncertain(String)
    /// The disk is full. Nothing was saved.
    case full
    /// Others kept the database busy for longer than we wait. Nothing was saved.
    case busy
    /// The database was closed, or the transaction is over.
    case closed
    /// A rule of the schema was broken.
    case constraint(Constraint)
    /// This value cannot be stored on either engine: text with a NUL in it, or a number that is not finite.
    case invalid(String)
    /// A column holds something else than the code expects.
    case column(name: String, expected: String, found: String)
    /// The statement itself is wrong: a mistake in the code. The engine's code and its words.
    case statement(code: String, String)
    /// The schema is not the one this version of the software knows.
    case schema(SchemaState)
    /// The address of the database makes no sense.
    case address(String)
}

/// A rule of the schema that was broken.
public struct Constraint: Equatable, Sendable {
    public enum Kind: String, Sendable { case unique, foreignKey, check, notNull }

    public let kind: Kind
    /// Nil where the engine does not say: SQLite names no table for foreign keys and checks.
    public let table: String?
    /// Which columns must be unique or filled; empty where the engine does not say.
    public let columns: [String]
    /// The constraint's name, where it has one and the engine says it.
    public let name: String?

    public init(_ kind: Kind, table: String? = nil, columns: [String] = [], name: String? = nil) {
        self.kind = kind
        self.table = table
        self.columns = columns
        self.name = name
    }
}

extension StoreError {
    /// True where two rows of `table` would have had the same value in these columns: the one clash that use cases look for.
    public func isDuplicate(in table: String, _ columns: String...) -> Bool {
        guard case .constraint(let constraint) = self else { return false }
        return constraint.kind == .unique && constraint.table == table && (columns.isEmpty || constraint.columns == columns)
    }
}

/// An engine's refusal, with what it means for the transaction around it. Never leaves the room: `Transaction` throws its `error`.
struct EngineFailure: Error {
    enum Meaning {
        /// This statement failed; roll its savepoint back and go on.
        case statement
        /// Nothing wrong with it: run the whole transaction again.
        case again
        /// The connection is of no more use.
        case lost
        /// The whole transaction is spoilt: a full disk.
        case fatal
    }

    let error: StoreError
    let meaning: Meaning

    init(_ error: StoreError, _ meaning: Meaning = .statement) {
        self.error = error
        self.meaning = meaning
    }
}

extension StoreError {
    /// True where the database is away, full or busy: nobody's mistake, and gone by itself.
    public var isPassing: Bool {
        switch self {
        case .unavailable, .uncertain, .full, .busy, .closed, .schema: true
        case .constraint, .invalid, .column, .statement, .address: false
        }
    }

    /// One word for logs and metrics, without any text of the engine's.
    public var kind: String {
        switch self {
        case .unavailable: "unavailable"
        case .uncertain: "uncertain"
        case .full: "full"
        case .busy: "busy"
        case .closed: "closed"
        case .constraint(let constraint): "constraint-\(constraint.kind.rawValue)"
        case .invalid: "invalid"
        case .column(let name, _, _): "column-\(name)"
        case .statement(let code, _): "statement-\(code)"
        case .schema: "schema"
        case .address: "address"
        }
    }
}
