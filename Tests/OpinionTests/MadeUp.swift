import Opinion

/// A small repeatable source of chance for made-up conversations.
struct SeededDice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var mixed = state ^ (state >> 33)
        mixed = mixed &* 0xff51_afd7_ed55_8ccd
        return mixed ^ (mixed >> 33)
    }
}

struct Said: Equatable {
    var person: UInt64
    var statement: UInt64
    var answer: Answer
    var at: Int64
}

/// Made-up conversations.
enum MadeUp {
    /// Three camps of people who answer most statements, with some noise.
    static func camps(people: Int, statements: Int, seed: UInt64, share: Double = 0.7) -> [Said] {
        var dice = SeededDice(seed)
        let leanings = (0..<3).map { _ in (0..<statements).map { _ in Double.random(in: 0...1, using: &dice) } }
        var said: [Said] = []
        for person in 0..<people {
            for statement in 0..<statements where Double.random(in: 0..<1, using: &dice) < share {
                let agrees = Double.random(in: 0..<1, using: &dice) < leanings[person % 3][statement]
                let passes = Double.random(in: 0..<1, using: &dice) < 0.1
                said.append(
                    Said(
                        person: UInt64(person),
                        statement: UInt64(statement),
                        answer: passes ? .pass : agrees ? .agree : .disagree,
                        at: Int64(said.count)
                    )
                )
            }
        }
        return said
    }

    static func log(_ said: [Said]) -> AnswerLog {
        said.reduce(into: AnswerLog()) { $0.add(person: $1.person, statement: $1.statement, $1.answer, at: $1.at) }
    }

    static func matrix(_ said: [Said]) -> OpinionMatrix { OpinionMatrix(log(said)) }

    /// `rows[i][j]` is what person i answered to statement j; nil for no answer.
    static func matrix(rows: [[Int?]]) -> OpinionMatrix {
        var log = AnswerLog()
        for (person, row) in rows.enumerated() {
            for (statement, value) in row.enumerated() {
                guard let value, let answer = Answer(rawValue: Int8(value)) else { continue }
                log.add(person: UInt64(person), statement: UInt64(statement), answer)
            }
        }
        return OpinionMatrix(log)
    }
}
