/// One person's ballot, and the perspective they speak from.
public struct Cast<Ballot: Sendable>: Sendable {
    /// The place of the perspective among those of the project.
    public let perspective: Int
    public let ballot: Ballot

    public init(_ ballot: Ballot, from perspective: Int) { (self.perspective, self.ballot) = (perspective, ballot) }
}

/// How much each person weighs.
public enum Weighing: String, Sendable, Hashable, Codable, CaseIterable {
    /// One person, one vote.
    case person
    /// Every perspective the same, shared equally by those who answered from it.
    case parity
}

/// Both tallies, always side by side: no weighting is silent.
public struct BothTallies<Tally: Sendable>: Sendable {
    public let person: Tally
    public let parity: Tally

    public init(_ tally: (Weighing) throws -> Tally) rethrows { (person, parity) = try (tally(.person), tally(.parity)) }

    public subscript(weighing: Weighing) -> Tally { weighing == .person ? person : parity }
}

extension BothTallies: Equatable where Tally: Equatable {
    /// Whether the two ways of weighing disagree.
    public var differ: Bool { person != parity }
}

/// All ballots of a decision, sorted by perspective.
///
/// An empty ballot is an answer that prefers nothing: its voter counts among those of the perspective, and adds to no option.
public struct Poll<Ballot: Sendable>: Sendable {
    /// The ballots of each perspective, those not yet heard included.
    public let perspectives: [[Ballot]]

    /// - Throws: `BallotProblem.unknownPerspective` where a ballot names one that is not among the first `perspectives`.
    public init(_ casts: [Cast<Ballot>], perspectives: Int) throws {
        var sorted = [[Ballot]](repeating: [], count: max(0, perspectives))
        for (place, cast) in casts.enumerated() {
            guard sorted.indices.contains(cast.perspective) else { throw BallotProblem.unknownPerspective(ballot: place) }
            sorted[cast.perspective].append(cast.ballot)
        }
        self.perspectives = sorted
    }

    public var voters: Int { perspectives.reduce(0) { $0 + $1.count } }

    /// The perspectives from which nobody answered. They weigh nothing, and every tally must say so.
    public var unheard: [Int] { perspectives.indices.filter { perspectives[$0].isEmpty } }

    /// What one person of each perspective weighs: 1, or by parity LCM(sizes)/n_r, which is 1/(R·n_r) in the smallest whole numbers.
    public func weights(_ weighing: Weighing) -> [WholeNumber] {
        switch weighing {
        case .person: return perspectives.map { _ in .one }
        case .parity:
            let common = WholeNumber.leastCommonMultiple(perspectives.map(\.count))
            return perspectives.map { $0.isEmpty ? .one : common.divided(by: WholeNumber($0.count)) }
        }
    }
}

/// What is wrong with a ballot, or with what was voted on; ballots and options by their place in the list given.
public enum BallotProblem: Error, Equatable, Sendable {
    case noOptions
    case unknownPerspective(ballot: Int)
    case unknownOption(Int)
    case optionTwice(Int)
    case grade(Int, option: Int)
    /// A project to be paid for must cost something, and a budget cannot be below zero.
    case cost(option: Int)
    case budget
    /// An objection without a reason.
    case noReason(voter: Int)
}
