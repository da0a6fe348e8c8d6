import Kernel
import NIOConcurrencyHelpers
import Opinion
import Store

/// What a round's answers come to, kept in memory by each process: every look reads only what is new since the last one.
///
/// Answers carry the trail's number of their change, which only grows, so that "new" is one question of an index. The map is drawn again at
/// most once a second, starting from the last one.
public final class RoundStates: Sendable {
    private let rounds = NIOLockedValueBox<[Int: RoundState]>([:])

    public init() {}

    /// The counts as this transaction sees them, or newer.
    public func tally(_ round: Round, _ tx: Transaction) throws -> RoundTally { try state(of: round).tally(tx) }

    /// The map of all answers, at most a second old while answers come in; nil while nobody has answered.
    public func map(of round: Round, at now: Moment, _ tx: Transaction) throws -> RoundMap? { try state(of: round).map(at: now, tx) }

    private func state(of round: Round) -> RoundState {
        rounds.withLockedValue { rounds in
            if let known = rounds[round.number], known.perspectives == round.perspectives { return known }
            // 64 rounds of a thousand people are some 20 MB; who has more open at once reads a few of them anew.
            if rounds.count >= 64 { rounds.removeAll() }
            let new = RoundState(round.number, round.perspectives)
            rounds[round.number] = new
            return new
        }
    }
}

/// How many answered what, by statement and perspective.
public struct RoundTally: Sendable, Equatable {
    /// By the statement's number: for each perspective of the round how many agree, disagree, and pass.
    public var statements: [Int: [[Int]]] = [:]
    /// For each perspective, how many people have answered anything.
    public var people: [Int]
    /// How many answers there are.
    public var answers = 0
    /// The number of the newest change in it.
    public var seq = 0

    public init(perspectives: Int) { people = [Int](repeating: 0, count: perspectives) }

    public func counts(of statement: Int) -> [[Int]] { statements[statement] ?? people.map { _ in [0, 0, 0] } }
}

/// The map, and which of its points is whose: for the one who looks, and nobody else.
public struct RoundMap: Sendable {
    public let map: OpinionMap
    public let matrix: OpinionMatrix
    public let seq: Int
}

final class RoundState: Sendable {
    struct Inside {
        var tally: RoundTally
        /// By responder: whose point of view, and what they answered to which statement.
        var people: [Int: (place: Int, answers: [Int: Response])] = [:]
        var log = AnswerLog()
        var map: RoundMap?
        var drawnAt = Moment(milliseconds: 0)
        var isDrawing = false
    }

    let perspectives: [Round.Asked]
    private let number: Int
    private let inside: NIOLockedValueBox<Inside>

    init(_ number: Int, _ perspectives: [Round.Asked]) {
        self.number = number
        self.perspectives = perspectives
        inside = NIOLockedValueBox(Inside(tally: RoundTally(perspectives: perspectives.count)))
    }

    func tally(_ tx: Transaction) throws -> RoundTally {
        try inside.withLockedValue { inside in
            try read(&inside, tx)
            return inside.tally
        }
    }

    func map(at now: Moment, _ tx: Transaction) throws -> RoundMap? {
        let work: (log: AnswerLog, people: [(Int, Int)], near: OpinionMap?, seq: Int)? = try inside.withLockedValue { inside in
            try read(&inside, tx)
            let isFresh = inside.map?.seq == inside.tally.seq || inside.isDrawing && inside.map != nil
            let isSoon = inside.map != nil && now.milliseconds - inside.drawnAt.milliseconds < 1_000
            guard !isFresh, !isSoon, inside.tally.answers > 0 else { return nil }
            inside.isDrawing = true
            return (inside.log, inside.people.map { ($0.key, $0.value.place) }, inside.map?.map, inside.tally.seq)
        }
        guard let work else { return inside.withLockedValue { $0.tally.answers > 0 ? $0.map : nil } }
        // Outside the lock: answers are counted while the map is drawn.
        let drawn = draw(work.log, work.people, near: work.near, seq: work.seq)
        return inside.withLockedValue { inside in
            inside.isDrawing = false
            inside.map = drawn
            inside.drawnAt = now
            return drawn
        }
    }

    private func draw(_ log: AnswerLog, _ people: [(Int, Int)], near: OpinionMap?, seq: Int) -> RoundMap {
        let matrix = OpinionMatrix(log)
        var declared = Opinion.Perspectives()
        for (person, place) in people { declared.add(person: UInt64(person), perspectives[place].key) }
        let map = OpinionMap(matrix, mode: .parity, perspectives: declared, near: near)
        return RoundMap(map: map, matrix: matrix, seq: seq)
    }

    private func read(_ inside: inout Inside, _ tx: Transaction) throws {
        let rows = try tx.all(
            """
            SELECT responses.responder, responders.perspective, responses.statement, responses.answer, responses.seq
            FROM responses JOIN responders ON responders.number = responses.responder
            WHERE responses.round = \(number) AND responses.seq > \(inside.tally.seq)
            ORDER BY responses.seq, responses.responder, responses.statement
            """
        ) { row in
            (
                responder: try row.next(Int.self), perspective: try row.next(String.self), statement: try row.next(Int.self),
                answer: try row.next(Response?.self), seq: try row.next(Int.self)
            )
        }
        var isTakenBack = false
        for row in rows {
            inside.tally.seq = row.seq
            guard let place = perspectives.firstIndex(where: { $0.key == row.perspective }) else { continue }
            isTakenBack = inside.note(row.answer, row.responder, place, row.statement) || isTakenBack
        }
        // The log only grows. Taking back is rare, and then nothing may be left.
        if isTakenBack { inside.startAnew() }
    }
}

extension RoundState.Inside {
    /// True where an answer that was there is no more.
    fileprivate mutating func note(_ answer: Response?, _ responder: Int, _ place: Int, _ statement: Int) -> Bool {
        var person = people[responder] ?? (place, [:])
        let before = person.answers[statement]
        guard before != answer else { return false }
        person.answers[statement] = answer
        if people[responder]?.answers.isEmpty ?? true, !person.answers.isEmpty { tally.people[place] += 1 }
        if person.answers.isEmpty { tally.people[place] -= 1 }
        people[responder] = person.answers.isEmpty ? nil : person
        count(before, statement, place, by: -1)
        count(answer, statement, place, by: 1)
        guard let answer else { return true }
        log.add(person: UInt64(responder), statement: UInt64(statement), Self.spoken(answer), at: Int64(tally.seq))
        return false
    }

    private mutating func count(_ answer: Response?, _ statement: Int, _ place: Int, by step: Int) {
        guard let answer else { return }
        var counts = tally.counts(of: statement)
        counts[place][answer.column] += step
        tally.statements[statement] = counts
        tally.answers += step
    }

    fileprivate mutating func startAnew() {
        log = AnswerLog()
        map = nil
        for (responder, person) in people.sorted(by: { $0.key < $1.key }) {
            for (statement, answer) in person.answers.sorted(by: { $0.key < $1.key }) {
                log.add(person: UInt64(responder), statement: UInt64(statement), Self.spoken(answer))
            }
        }
    }

    private static func spoken(_ answer: Response) -> Opinion.Answer {
        switch answer {
        case .agree: .agree
        case .disagree: .disagree
        case .pass: .pass
        }
    }
}

extension Response {
    /// Where it stands in counts: agree, disagree, pass.
    public var column: Int {
        switch self {
        case .agree: 0
        case .disagree: 1
        case .pass: 2
        }
    }
}
