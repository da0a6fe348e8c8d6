import EqualVoice
import Kernel
import Projects
import Statements
import Store

/// Which figures whoever looks may see: the one place that asks.
struct Seen: Sendable {
    /// nil in the room.
    let circle: Disclosure.Circle?
    private let tally: RoundTally
    private let told: [Int: Disclosure]
    private let invited: [Int]?

    /// - Parameter states: nil in a transaction that writes.
    init(_ round: Round, of project: Project, for actor: Actor, _ states: RoundStates?, _ tx: Transaction) throws {
        switch SmallNumbers.circle(of: actor, in: project, group: nil) {
        case .room: circle = nil
        case .organisation: circle = .organisation
        case .everyone: circle = .everyone
        }
        tally =
            try circle == nil ? states?.tally(round, tx) ?? Counting.tally(round, tx) : RoundTally(perspectives: round.perspectives.count)
        told = try circle == nil ? [:] : ToldStore.all(round, tx)
        invited = try circle == nil && !project.isOpenToPublic ? RoundStore.invited(to: round, tx) : nil
    }

    func figure(of statement: Int) -> StatementFigure {
        guard let circle else { return .room(tally.counts(of: statement), invited: invited) }
        return .told(told[statement]?.table(for: circle) ?? .few(below: circle.least))
    }

    /// How many people have answered anything, by place of perspective; nil where that is too few to be told.
    var people: [(places: [Int], people: Int)]? {
        guard let circle else { return tally.people.enumerated().map { ([$0.offset], $0.element) } }
        guard let rows = told[0]?.table(for: circle).rows, !rows.isEmpty else { return nil }
        return rows.map { ($0.perspectives, $0.people) }
    }
}
