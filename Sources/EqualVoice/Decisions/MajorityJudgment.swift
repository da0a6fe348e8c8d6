/// A decision by grades: everyone gives each option 0 to 5, and the option whose middle grade is highest wins.
///
/// The middle grade is the lower weighted median; `TieBreak` says what parts options with the same one.
/// An option that a voter left ungraded gets 0 from them, so that what few people know cannot win by few grades; a ballot without any
/// grade is left out. M. Balinski and R. Laraki, A theory of measuring, electing, and ranking (2007).
public struct MajorityJudgment: Sendable, Hashable {
    /// A ballot: the grades given, by option.
    public typealias Grades = [Int: Int]

    public static let scale = 0...5

    /// What parts options with the same middle grade.
    public enum TieBreak: String, Sendable, Hashable, Codable, CaseIterable {
        /// One middle grade after the other is taken away until they part. Leaves a tie only where all grades are the same.
        case removal
        /// Only who is above the middle grade and who below: the majority gauge, which some tallies (pref_voting 1.18) stop at. Where it parts
        /// two options, removal parts them the same way; it leaves more ties.
        case gauge
    }

    /// For each option the weight of each grade, 0 first, in the weights of `Poll.weights`.
    public let histograms: [[WholeNumber]]
    /// Each option's middle grade; nil where nobody graded.
    public let medians: [Int?]
    public let outcome: Outcome

    /// - Parameter options: how many there are, oldest first.
    /// - Throws: `BallotProblem.noOptions`, `unknownOption`, or `grade` for one outside 0 to 5.
    public static func count(_ poll: Poll<Grades>, options: Int, tieBreak: TieBreak = .removal) throws -> BothTallies<MajorityJudgment> {
        guard options > 0 else { throw BallotProblem.noOptions }
        let counts = try poll.perspectives.map { try histograms($0, options) }
        return BothTallies { MajorityJudgment(counts, poll.weights($0), options, tieBreak) }
    }

    private init(_ counts: [[[Int]]], _ weights: [WholeNumber], _ options: Int, _ tieBreak: TieBreak) {
        histograms = (0..<options).map { option in
            Self.scale.map { grade in
                zip(counts, weights).reduce(WholeNumber.zero) { $0 + WholeNumber($1.0[option][grade]) * $1.1 }
            }
        }
        let judged = histograms.map(Judged.init)
        medians = judged.map(\.median)
        outcome = medians[0] == nil ? .none(of: options) : Outcome(options: options) { judged[$0].isAbove(judged[$1], tieBreak) }
    }

    /// How many of one perspective gave each option each grade.
    private static func histograms(_ ballots: [Grades], _ options: Int) throws -> [[Int]] {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: scale.count), count: options)
        for ballot in ballots where !ballot.isEmpty {
            // In order of option, so that the same ballot is always refused for the same reason.
            for (option, grade) in ballot.sorted(by: { $0.key < $1.key }) {
                guard (0..<options).contains(option) else { throw BallotProblem.unknownOption(option) }
                guard scale.contains(grade) else { throw BallotProblem.grade(grade, option: option) }
            }
            for option in 0..<options { counts[option][ballot[option] ?? 0] += 1 }
        }
        return counts
    }
}
