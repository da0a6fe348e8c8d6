/// z = SᵀWS·x in one sweep over the rows: the whole cost of the axes.
///
/// For each person, y = Σ over their answers of (v − μ)·x, and then y goes back to the same statements. Written with tables by cell, both
/// halves are one look-up and one addition an answer: `share` holds (v − μ)·x for the three answers of each column, `returned` gathers the y
/// of everybody who gave that answer, and only at the end is (v − μ) multiplied in, once a cell instead of once an answer. A row's cells are
/// still in the nearest cache when they are read the second time; both tables of 1,000 statements are 64 KiB.
struct CentredSweep {
    private let votes: CentredVotes
    private let values: [Double]
    private var share: [Double]
    private var returned: [Double]

    init(_ votes: CentredVotes) {
        self.votes = votes
        values = votes.cellValues()
        share = [Double](repeating: 0, count: values.count)
        returned = share
    }

    /// - Parameter x: one number a column. Returns SᵀWS·x, one number a column.
    mutating func apply(_ x: [Double]) -> [Double] {
        for cell in values.indices {
            share[cell] = values[cell] * x[cell >> 2]
            returned[cell] = 0
        }
        sweep()
        return x.indices.map { column in
            let cell = 4 * column
            return values[cell] * returned[cell] + values[cell + 1] * returned[cell + 1] + values[cell + 2] * returned[cell + 2]
        }
    }

    private mutating func sweep() {
        let weights = votes.weights
        share.withUnsafeBufferPointer { share in
            returned.withUnsafeMutableBufferPointer { returned in
                votes.matrix.withRows { starts, cells in
                    for row in 0..<starts.count - 1 {
                        let answers = UnsafeBufferPointer(rebasing: cells[starts[row]..<starts[row + 1]])
                        var y = Self.gather(share, answers)
                        if let weights { y *= weights[row] }
                        for cell in answers { returned[Int(cell)] += y }
                    }
                }
            }
        }
    }

    /// Σ table[cell] in two chains: an addition takes four cycles, and a second one can start meanwhile.
    @inline(__always)
    private static func gather(_ table: UnsafeBufferPointer<Double>, _ cells: UnsafeBufferPointer<UInt32>) -> Double {
        var (first, second) = (0.0, 0.0)
        var place = 0
        while place + 3 < cells.count {
            first += table[Int(cells[place])] + table[Int(cells[place + 1])]
            second += table[Int(cells[place + 2])] + table[Int(cells[place + 3])]
            place += 4
        }
        while place < cells.count {
            first += table[Int(cells[place])]
            place += 1
        }
        return first + second
    }
}
