/// A small symmetric matrix with three diagonals, as the Lanczos method leaves it, and its largest eigenvalues.
struct Tridiagonal {
    var diagonal: [Double] = []
    /// Between neighbours; one fewer than there are rows is used.
    var beside: [Double] = []

    var count: Int { diagonal.count }

    /// The largest eigenvalues, falling: as many as there are precisions asked for, or as there are rows.
    ///
    /// By bisection on Sturm counts (Barth, Martin, Wilkinson, 1967): a division a row and halving, and it cannot miss a repeated eigenvalue.
    /// - Parameter halvings: for each eigenvalue, how often the range is halved in which it must be; 55 is all that a `Double` can tell apart.
    func largest(halvings: [Int]) -> [Double] {
        let (low, high) = bounds
        let squares = beside.map { $0 * $0 }
        return zip(0..<count, halvings).map { eigenvalue($0, low, high, squares, halvings: $1) }
    }

    /// Unit eigenvectors for `eigenvalues`, at right angles to each other even where eigenvalues repeat. By inverse iteration.
    func eigenvectors(_ eigenvalues: [Double]) -> [[Double]] {
        // Any start that is not orthogonal to what is looked for; random numbers hardly ever are.
        var chance = SplitMix(seed: 1)
        var found: [[Double]] = []
        for value in eigenvalues {
            var vector = (0..<count).map { _ in chance.unit() + 0.5 }
            // Three times: the first already brings nearly everything into the eigenvector.
            for _ in 0..<3 {
                vector = solved(shift: value, vector).unit
                for known in found { subtract(dot(vector, known), known, from: &vector) }
            }
            found.append(vector.unit)
        }
        return found
    }

    /// Every eigenvalue lies between these (Gershgorin).
    private var bounds: (low: Double, high: Double) {
        var (low, high) = (Double.infinity, -Double.infinity)
        for row in diagonal.indices {
            let reach = (row > 0 ? abs(beside[row - 1]) : 0) + (row + 1 < count ? abs(beside[row]) : 0)
            low = min(low, diagonal[row] - reach)
            high = max(high, diagonal[row] + reach)
        }
        return (low, high)
    }

    private func eigenvalue(_ place: Int, _ low: Double, _ high: Double, _ squares: [Double], halvings: Int) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<halvings {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if areMore(than: place, above: middle, squares) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// Whether more than so many eigenvalues are larger than `value`: as many as there are positive pivots.
    private func areMore(than place: Int, above value: Double, _ squares: [Double]) -> Bool {
        var above = 0
        var pivot = 1.0
        for row in diagonal.indices {
            pivot = diagonal[row] - value - (row > 0 ? squares[row - 1] / pivot : 0)
            if abs(pivot) < 1e-300 { pivot = -1e-300 }
            if pivot > 0 {
                above += 1
                if above > place { return true }
            }
        }
        return false
    }

    /// x with (T − shift)·x = right, by elimination with row exchanges; a pivot of 0 is nudged, which is what inverse iteration wants.
    private func solved(shift: Double, _ right: [Double]) -> [Double] {
        var x = right
        let least = 1e-16 * (diagonal.map(abs).max() ?? 0) + 1e-300
        let nudged = { (pivot: Double) in abs(pivot) < least ? least : pivot }
        // Three diagonals of the upper triangle: exchanges of neighbouring rows fill in one more.
        var (main, above, second) = (
            diagonal.map { $0 - shift }, Array(beside.prefix(count - 1)) + [0], [Double](repeating: 0, count: count)
        )
        for row in 0..<max(count - 1, 0) {
            var below = beside[row]
            if abs(below) > abs(main[row]) {
                (main[row], below) = (below, main[row])
                (above[row], main[row + 1]) = (main[row + 1], above[row])
                (second[row], above[row + 1]) = (above[row + 1], 0)
                (x[row], x[row + 1]) = (x[row + 1], x[row])
            }
            let factor = below / nudged(main[row])
            main[row + 1] -= factor * above[row]
            above[row + 1] -= factor * second[row]
            x[row + 1] -= factor * x[row]
        }
        for row in stride(from: count - 1, through: 0, by: -1) {
            if row + 1 < count { x[row] -= above[row] * x[row + 1] }
            if row + 2 < count { x[row] -= second[row] * x[row + 2] }
            x[row] /= nudged(main[row])
        }
        return x
    }
}

extension [Double] {
    /// The same direction with length 1; zeros stay.
    var unit: [Double] {
        let length = dot(self, self).squareRoot()
        return length > 0 ? map { $0 / length } : self
    }
}

/// vector −= factor · other
func subtract(_ factor: Double, _ other: [Double], from vector: inout [Double]) {
    vector.withUnsafeMutableBufferPointer { vector in
        other.withUnsafeBufferPointer { for place in 0..<vector.count { vector[place] -= factor * $0[place] } }
    }
}

/// Σ a·b, four products at a time.
func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { dot(a, $0) } }
}

func dot(_ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>) -> Double {
    var sums = SIMD4<Double>.zero
    var place = 0
    while place + 3 < a.count {
        let left = SIMD4<Double>(a[place], a[place + 1], a[place + 2], a[place + 3])
        let right = SIMD4<Double>(b[place], b[place + 1], b[place + 2], b[place + 3])
        sums += left * right
        place += 4
    }
    var sum = sums.sum()
    while place < a.count {
        sum += a[place] * b[place]
        place += 1
    }
    return sum
}
