/// A decision by ranking the options: by Schulze's method or by ranked pairs, from the same margins.
public struct RankedChoice: Sendable, Hashable {
    public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
        case schulze
        case rankedPairs = "ranked-pairs"
    }

    public let margins: Margins
    public let outcome: Outcome
    /// False where so many margins tie that not every way of breaking them was followed: then ties were broken oldest first.
    public let isEveryTieFollowed: Bool

    /// - Parameter options: how many there are, oldest first.
    /// - Throws: `BallotProblem.noOptions` or `unknownOption`.
    public static func count(_ poll: Poll<Ranking>, options: Int, by method: Method) throws -> BothTallies<RankedChoice> {
        let margins = try Margins.count(poll, options: options)
        return BothTallies { RankedChoice(margins[$0], by: method, isEmpty: poll.voters == 0) }
    }

    private init(_ margins: Margins, by method: Method, isEmpty: Bool) {
        self.margins = margins
        switch method {
        case _ where isEmpty: (outcome, isEveryTieFollowed) = (.none(of: margins.options), true)
        case .schulze: (outcome, isEveryTieFollowed) = (Schulze.outcome(margins), true)
        case .rankedPairs: (outcome, isEveryTieFollowed) = RankedPairs.outcome(margins)
        }
    }
}

/// Schulze's method: an option beats another when its strongest chain of victories is stronger than any chain back.
/// M. Schulze, A new monotonic, clone-independent, reversal symmetric and Condorcet-consistent single-winner election method (2011).
enum Schulze {
    static func outcome(_ margins: Margins) -> Outcome {
        let strengths = strengths(margins)
        return Outcome(options: margins.options) { strengths[$0][$1] > strengths[$1][$0] }
    }

    /// A chain is as strong as its weakest victory; widest paths by Floyd and Warshall.
    private static func strengths(_ margins: Margins) -> [[WholeNumber]] {
        var best = margins.rows.map { $0.map { max($0, .zero) } }
        for via in best.indices {
            for a in best.indices where !best[a][via].isZero {
                for b in best.indices where a != b { best[a][b] = max(best[a][b], min(best[a][via], best[via][b])) }
            }
        }
        return best
    }
}
