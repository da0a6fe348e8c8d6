/// People change their minds: of several answers of a person to a statement, the last by (time, place in the log) counts.
extension OpinionMatrix {
    /// Squeezes repeated answers out of rows in which they stand side by side, in the order of the log.
    static func keepLast(_ starts: inout [Int], _ cells: inout [UInt32], _ log: AnswerLog, _ rows: [UInt32], _ columns: [UInt32]) {
        guard hasRepeats(starts, cells) else { return }
        // In a log in time order the last one standing is the last one said; otherwise times are asked, of the repeated ones only.
        let last = log.isInTimeOrder ? [:] : lastAnswers(to: repeated(starts, cells), log, rows, columns)
        var kept = 0
        for row in 0..<starts.count - 1 {
            let range = starts[row]..<starts[row + 1]
            starts[row] = kept
            for place in range where !(place + 1 < range.upperBound && cells[place + 1] >> 2 == cells[place] >> 2) {
                cells[kept] = last[Place(row: row, column: Int(cells[place] >> 2))]?.cell ?? cells[place]
                kept += 1
            }
        }
        starts[starts.count - 1] = kept
        cells.removeSubrange(kept...)
    }

    private struct Place: Hashable {
        let row: Int
        let column: Int
    }

    private struct Last {
        var at: Int64
        var cell: UInt32
    }

    /// Looks at neighbours; between two rows columns usually fall, and where they don't nothing is lost but a second look.
    private static func hasRepeats(_ starts: [Int], _ cells: [UInt32]) -> Bool {
        cells.withUnsafeBufferPointer { cells in
            for row in 0..<starts.count - 1 {
                for place in (starts[row]..<starts[row + 1]).dropFirst() where cells[place] >> 2 == cells[place - 1] >> 2 { return true }
            }
            return false
        }
    }

    private static func repeated(_ starts: [Int], _ cells: [UInt32]) -> [Place: Last] {
        var found: [Place: Last] = [:]
        for row in 0..<starts.count - 1 {
            for place in (starts[row]..<starts[row + 1]).dropFirst() where cells[place] >> 2 == cells[place - 1] >> 2 {
                found[Place(row: row, column: Int(cells[place] >> 2))] = Last(at: .min, cell: cells[place])
            }
        }
        return found
    }

    private static func lastAnswers(to repeated: [Place: Last], _ log: AnswerLog, _ rows: [UInt32], _ columns: [UInt32]) -> [Place: Last] {
        var last = repeated
        var isConcerned = [Bool](repeating: false, count: rows.count)
        for place in repeated.keys { isConcerned[place.row] = true }
        log.forEach { entry, _ in
            let row = Int(rows[Int(entry.person)])
            guard isConcerned[row] else { return }
            let place = Place(row: row, column: Int(columns[entry.cell.column]))
            guard let known = last[place], entry.at >= known.at else { return }
            last[place] = Last(at: entry.at, cell: UInt32(truncatingIfNeeded: place.column << 2) | entry.cell.raw & 3)
        }
        return last
    }
}
