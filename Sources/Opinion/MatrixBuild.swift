extension OpinionMatrix {
    /// Sorts a log into rows and keeps the last answer of each person to each statement.
    ///
    /// Two passes of counting sort, by column and then by row: linear in the answers, and the cells of each row come out in order.
    /// Takes 8 bytes an answer beside the log while it runs and 4 afterwards.
    public init(_ log: AnswerLog, order: RowOrder = .id) {
        let columns = Ranks(log.statements.ids)
        let rows = Self.rows(of: log, order, columns.rank)
        var (starts, cells) = Self.sorted(log, rows: rows.rank, columns: columns.rank)
        Self.keepLast(&starts, &cells, log, rows.rank, columns.rank)
        self.init(people: rows.sorted, statements: columns.sorted, starts: starts, cells: cells)
    }

    private static func rows(of log: AnswerLog, _ order: RowOrder, _ columns: [UInt32]) -> Ranks {
        let ids = log.people.ids
        switch order {
        case .id: return Ranks(ids)
        case .time:
            var first = [(at: Int64, place: Int)](repeating: (.max, .max), count: ids.count)
            log.forEach { entry, place in
                if (entry.at, place) < first[Int(entry.person)] { first[Int(entry.person)] = (entry.at, place) }
            }
            // The sign turned round: negative times come first as unsigned numbers too.
            return Ranks(ids, by: first.map { (UInt64(bitPattern: $0.at) ^ 1 << 63, UInt64($0.place)) })
        case .statement:
            // Somebody's first appearance by (statement, person) is at their first statement, among others who start there by id.
            var first = [UInt32](repeating: .max, count: ids.count)
            log.forEach { entry, _ in first[Int(entry.person)] = min(first[Int(entry.person)], columns[entry.cell.column]) }
            return Ranks(ids, by: zip(first, ids).map { (UInt64($0), $1) })
        }
    }

    private static func sorted(_ log: AnswerLog, rows: [UInt32], columns: [UInt32]) -> (starts: [Int], cells: [UInt32]) {
        var (rowStarts, columnStarts) = ([Int](repeating: 0, count: rows.count + 1), [Int](repeating: 0, count: columns.count + 1))
        log.forEach { entry, _ in
            rowStarts[Int(rows[Int(entry.person)]) + 1] &+= 1
            columnStarts[Int(columns[entry.cell.column]) + 1] &+= 1
        }
        accumulate(&rowStarts)
        accumulate(&columnStarts)
        let byColumn = dealt(log, rows: rows, columns: columns, columnStarts)
        return (rowStarts, dealt(byColumn, columnStarts, into: rowStarts))
    }

    /// Counts into places: [0, 2, 1] → [0, 2, 3].
    private static func accumulate(_ counts: inout [Int]) {
        for place in counts.indices.dropFirst() { counts[place] += counts[place - 1] }
    }

    /// `4 · row + answer + 1`, column by column, within a column as in the log.
    private static func dealt(_ log: AnswerLog, rows: [UInt32], columns: [UInt32], _ starts: [Int]) -> [UInt32] {
        var next = starts
        return [UInt32](unsafeUninitializedCapacity: log.count) { out, count in
            log.forEach { entry, _ in
                let column = Int(columns[entry.cell.column])
                out[next[column]] = rows[Int(entry.person)] << 2 | entry.cell.raw & 3
                next[column] &+= 1
            }
            count = log.count
        }
    }

    /// The same row by row: within a row the columns ascend, repeated answers stand side by side as in the log.
    private static func dealt(_ byColumn: [UInt32], _ columnStarts: [Int], into rowStarts: [Int]) -> [UInt32] {
        var next = rowStarts
        return [UInt32](unsafeUninitializedCapacity: byColumn.count) { out, count in
            for column in 0..<columnStarts.count - 1 {
                for place in columnStarts[column]..<columnStarts[column + 1] {
                    let row = Int(byColumn[place] >> 2)
                    out[next[row]] = UInt32(truncatingIfNeeded: column << 2) | byColumn[place] & 3
                    next[row] &+= 1
                }
            }
            count = byColumn.count
        }
    }
}

/// Numbers put in order: `sorted[rank[i]]` is the value that was at i.
private struct Ranks {
    let sorted: [UInt64]
    let rank: [UInt32]

    init(_ ids: [UInt64]) { self.init(ids, by: ids.map { ($0, 0) }) }

    init(_ ids: [UInt64], by keys: [(UInt64, UInt64)]) {
        var order = keys.enumerated().map { (key: $1, number: $0) }
        order.sort { $0.key.0 < $1.key.0 || ($0.key.0 == $1.key.0 && $0.key.1 < $1.key.1) }
        var rank = [UInt32](repeating: 0, count: ids.count)
        for (place, entry) in order.enumerated() { rank[entry.number] = UInt32(place) }
        sorted = order.map { ids[$0.number] }
        self.rank = rank
    }
}
