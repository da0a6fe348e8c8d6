import EqualVoice
import Kernel
import Statements
import Words

/// What may be known of one statement's answers by whoever looks. Pages, JSON and themes take figures from here and nowhere else.
struct StatementFigure: Sendable {
    /// A number that may be shown, from what at least to what at most, each in whole percent.
    struct Share: Sendable, Encodable, Equatable {
        let percent: Int
        let low: Int
        let high: Int
    }

    struct Row: Sendable, Equatable {
        /// Places among the round's perspectives; more than one where they are told as one.
        let perspectives: [Int]
        let people: Int
        let agree: Disclosure.Number
        let disagree: Disclosure.Number
        let pass: Disclosure.Number
    }

    let rows: [Row]
    /// Set where so few answered that nothing is told.
    let fewerThan: Int?
    /// Every perspective weighs the same; nil where that would give a small perspective away.
    let equal: Share?
    /// Every person weighs the same.
    let person: Share?
    let finding: Finding
    /// For ordering: how strongly all agree, and how far apart they are.
    let consensus: Double
    let spread: Double

    /// Whether the two figures differ because one group is large, and not only because small ones are less sure: without the one more yes
    /// and the one more no, by eight in a hundred.
    var isSwayed: Bool {
        let heard = rows.filter { $0.people > 0 }
        let agrees = heard.compactMap(\.agree.number)
        guard agrees.count == heard.count, heard.count > 1 else { return false }
        let byGroup = zip(heard, agrees).reduce(0) { $0 + Double($1.1) / Double($1.0.people) } / Double(heard.count)
        let byPerson = Double(agrees.reduce(0, +)) / Double(heard.reduce(0) { $0 + $1.people })
        return abs(byGroup - byPerson) >= 0.08
    }

    var people: Int? { fewerThan == nil ? rows.reduce(0) { $0 + $1.people } : nil }
}

extension StatementFigure {
    /// For those in the room: everything.
    ///
    /// - Parameter invited: how many of each perspective could have answered; nil where anybody can.
    static func room(_ counts: [[Int]], invited: [Int]?) -> StatementFigure {
        let rows = counts.enumerated().map { place, count in
            Row(
                perspectives: [place],
                people: count.reduce(0, +),
                agree: .exactly(count[0]),
                disagree: .exactly(count[1]),
                pass: .exactly(count[2])
            )
        }
        return StatementFigure(rows, parity(counts, invited), disagrees: counts.reduce(0) { $0 + $1[1] })
    }

    /// For those outside it: what `told` lets be known.
    static func told(_ told: Disclosure.Table) -> StatementFigure {
        if case .few(let below) = told { return StatementFigure(fewerThan: below) }
        let rows = told.rows.map { row in
            let split = row.splits.first ?? []
            return Row(
                perspectives: row.perspectives,
                people: row.people,
                agree: split.first ?? .withheld,
                disagree: split.count > 1 ? split[1] : .withheld,
                pass: split.count > 2 ? split[2] : .withheld
            )
        }
        let disagrees = rows.map(\.disagree.number)
        return StatementFigure(rows, told.parity(), disagrees: disagrees.contains(nil) ? nil : disagrees.reduce(0) { $0 + ($1 ?? 0) })
    }

    private init(fewerThan: Int) {
        rows = []
        self.fewerThan = fewerThan
        (equal, person, finding, consensus, spread) = (nil, nil, .notKnownYet, 0, 0)
    }

    private init(_ rows: [Row], _ parity: Parity?, disagrees: Int?) {
        self.rows = rows
        fewerThan = nil
        let people = rows.reduce(0) { $0 + $1.people }
        equal =
            people == 0
            ? nil
            : parity.map { parity in
                let interval = parity.census.map { Parity.Interval(low: $0.low.value, high: $0.high.value) } ?? Intervals.of(parity)
                return Share(parity.scoreValue, interval)
            }
        let agrees = rows.map(\.agree.number)
        person = agrees.contains(nil) || people == 0 ? nil : Self.person(agrees.reduce(0) { $0 + ($1 ?? 0) }, people, parity)
        let shares = rows.compactMap { row in row.agree.nearest(of: row.people).map { Finding.Share(agrees: $0, people: row.people) } }
        let isComplete = shares.count == rows.count && rows.allSatisfy { $0.people > 0 }
        finding = Finding.of(shares, isComplete: isComplete, disagrees: disagrees.map { ($0, of: people) })
        let values = shares.filter { $0.people > 0 }.map(\.value)
        consensus = parity?.consensus ?? (values.min() ?? 0)
        spread = (values.max() ?? 0) - (values.min() ?? 0)
    }

    private static func person(_ agrees: Int, _ people: Int, _ parity: Parity?) -> Share? {
        let invited = parity.flatMap { parity in parity.census.map { _ in parity.perspectives.reduce(0) { $0 + ($1.invited ?? 0) } } }
        guard let all = try? Parity([PerspectiveAnswers(agrees: agrees, disagrees: people - agrees, invited: invited)]) else { return nil }
        let interval = all.census.map { Parity.Interval(low: $0.low.value, high: $0.high.value) } ?? all.momentMatched
        return Share(all.onePersonValue, interval)
    }

    private static func parity(_ counts: [[Int]], _ invited: [Int]?) -> Parity? {
        // Where more answered than are members now, nobody knows any more how many could have.
        let known = invited.flatMap { invited in zip(counts, invited).allSatisfy { $0.reduce(0, +) <= $1 && $1 > 0 } ? invited : nil }
        let answers = counts.enumerated().compactMap { place, count in
            try? PerspectiveAnswers(agrees: count[0], disagrees: count[1], passes: count[2], invited: known?[place])
        }
        return answers.count == counts.count ? try? Parity(answers) : nil
    }
}

extension StatementFigure.Share {
    init(_ value: Double, _ interval: Parity.Interval) {
        percent = Int((value * 100).rounded())
        // The smoothed value can lie a little outside what a census makes possible.
        low = min(Int((interval.low * 100).rounded(.down)), percent)
        high = max(Int((interval.high * 100).rounded(.up)), percent)
    }
}

extension Disclosure.Number {
    /// A number near the true one, from what is told alone.
    func nearest(of people: Int) -> Int? {
        switch self {
        case .exactly(let number): number
        case .atMost(let most): most
        case .atLeast(let least): least
        case .withheld: nil
        }
    }
}
