/// A decision by consent: not whether everyone is for it, but whether anyone has a reason against it. Nobody is counted.
///
/// A proposal is adopted when every perspective has answered its newest version and no objection to it stands. Changing the proposal makes a
/// new version, which everyone is asked again: answers to an older one no longer count. An objection that was talked through and still
/// stands is upheld, and then this version is not adopted.
public struct ConsentRound: Sendable, Hashable {
    public enum Answer: Sendable, Hashable {
        case consent
        /// Yes, with something to watch.
        case concern(String)
        /// No, because.
        case objection(String, Objection)
        /// Neither yes nor no: leaves it to the others.
        case standAside
    }

    /// What has become of an objection.
    public enum Objection: String, Sendable, Hashable, Codable, CaseIterable {
        case open
        case upheld
    }

    /// A ballot: an answer to one version of the proposal, 1 for the first.
    public struct Ballot: Sendable, Hashable {
        public let answer: Answer
        public let version: Int

        public init(_ answer: Answer, version: Int = 1) { (self.answer, self.version) = (answer, version) }
    }

    /// Where the proposal stands. Perspectives by place.
    public enum State: Sendable, Hashable {
        case adopted
        /// Nobody objects so far, but some perspectives have not answered this version.
        case waiting(for: [Int])
        /// Objections are still to be talked through; people's reasons, in the order given.
        case objected([String])
        /// Objections were upheld: this version is not adopted.
        case upheld([String])
    }

    /// How one perspective answered the newest version.
    public struct Summary: Sendable, Hashable, Codable {
        public var consents = 0
        public var concerns = 0
        public var objections = 0
        public var standAsides = 0

        public var answered: Int { consents + concerns + objections + standAsides }
    }

    public let version: Int
    public let state: State
    /// By perspective, for those who want to see who has been asked; they decide nothing.
    public let summaries: [Summary]
    /// What people asked to watch, in the order given.
    public let concerns: [String]

    /// - Parameter version: the newest version of the proposal.
    /// - Throws: `BallotProblem.noReason(voter:)` for an objection in blank, by place within `poll`.
    public init(_ poll: Poll<Ballot>, version: Int = 1) throws {
        let all = poll.perspectives.joined().map(\.answer)
        if let place = all.firstIndex(where: Self.isBlankObjection) {
            throw BallotProblem.noReason(voter: all.distance(from: all.startIndex, to: place))
        }
        let current = poll.perspectives.map { $0.filter { $0.version == version }.map(\.answer) }
        self.version = version
        summaries = current.map(Self.summary)
        concerns = current.joined().compactMap { if case .concern(let words) = $0 { words } else { nil } }
        state = Self.state(current)
    }

    private static func isBlankObjection(_ answer: Answer) -> Bool {
        if case .objection(let reason, _) = answer { reason.allSatisfy(\.isWhitespace) } else { false }
    }

    private static func summary(_ answers: [Answer]) -> Summary {
        answers.reduce(into: Summary()) { summary, answer in
            switch answer {
            case .consent: summary.consents += 1
            case .concern: summary.concerns += 1
            case .objection: summary.objections += 1
            case .standAside: summary.standAsides += 1
            }
        }
    }

    private static func state(_ current: [[Answer]]) -> State {
        let (open, upheld) = (reasons(.open, current), reasons(.upheld, current))
        if !upheld.isEmpty { return .upheld(upheld) }
        if !open.isEmpty { return .objected(open) }
        let waiting = current.indices.filter { current[$0].isEmpty }
        return waiting.isEmpty && !current.isEmpty ? .adopted : .waiting(for: waiting)
    }

    private static func reasons(_ state: Objection, _ current: [[Answer]]) -> [String] {
        current.joined().compactMap { if case .objection(let reason, state) = $0 { reason } else { nil } }
    }
}
