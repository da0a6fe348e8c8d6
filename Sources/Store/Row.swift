/// One line of an answer, read from left to right in the order the question lists its columns.
public struct Row {
    enum Source {
        case sqlite(SQLiteRow)
        case postgres(PostgresRow)
    }

    let source: Source
    private(set) var place: Int32 = 0

    init(_ source: Source) { self.source = source }

    /// The next column. Throws `StoreError.column` with the column's name where it holds something else, or where there is none left.
    public mutating func next<T: Column>(_ type: T.Type = T.self) throws -> T {
        defer { place += 1 }
        let value: Value
        switch source {
        case .sqlite(let row):
            guard place < row.width else { throw missing(T.self) }
            value = row.value(place)
        case .postgres(let row):
            guard place < row.width else { throw missing(T.self) }
            value = row.value(place)
        }
        do { return try T.column(value) } catch { throw wrong(value, T.self) }
    }

    private func missing<T>(_ type: T.Type) -> StoreError {
        .column(name: "number \(place + 1)", expected: "\(type)", found: "no such column")
    }

    private func wrong<T>(_ value: Value, _ type: T.Type) -> StoreError {
        let name =
            switch source {
            case .sqlite(let row): row.name(place)
            case .postgres(let row): row.name(place)
            }
        return .column(name: name, expected: "\(type)", found: value.kindName)
    }
}
