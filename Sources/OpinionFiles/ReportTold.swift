import EqualVoice
import Opinion

/// Which of the report's numbers its page may show: in the room all of them, elsewhere those that `EqualVoice.Disclosure` lets be told.
///
/// The files do not say who is staff, so that all perspectives are one family: where one is small, all are told as one. Whoever has no perspective
/// is told as one more, or subtracting would reveal them.
struct ReportTold {
    let isRoom: Bool
    private let report: OpinionReport
    private let names: [String]
    /// By statement, and of the people themselves. Of no use in the room.
    private let answers: [Disclosure.Table]
    private let people: Disclosure.Table

    /// Fewer people than this are nobody's business.
    static let least = Disclosure.Circle.everyone.least

    init(_ report: OpinionReport, isRoom: Bool) {
        self.report = report
        self.isRoom = isRoom
        let declared = report.perspectives ?? []
        let others = report.people.answered - declared.reduce(0) { $0 + $1.answered }
        names = declared.map(\.name) + (others > 0 ? [ReportWords.withoutPerspective] : [])
        people = Self.table((declared.map(\.answered) + (others > 0 ? [others] : [])).map { Disclosure.Count(people: $0) })
        answers = report.statements.indices.map { place in
            let splits = declared.map { $0.votes[place].split }
            let rest = splits.reduce(report.statements[place].votes.split) { zip($0, $1).map(-) }
            return Self.table((splits + (others > 0 ? [rest] : [])).map { Disclosure.Count(people: $0.reduce(0, +), splits: [$0]) })
        }
    }

    private static func table(_ counts: [Disclosure.Count]) -> Disclosure.Table {
        var told = Disclosure(families: counts.map { _ in .livedExperience })
        do { try told.count(counts) } catch { return .few(below: least) }
        return told.table(for: .everyone)
    }

    /// Whether anything may be told at all.
    var isAnything: Bool { isRoom || report.people.answered >= Self.least }

    /// Whether it may be said that most people agree, or disagree, with this statement.
    func isTold(_ place: Int) -> Bool { isRoom || !answers[place].rows.isEmpty }

    /// Agree, disagree, pass.
    func votes(_ place: Int) -> [String] {
        if isRoom { return report.statements[place].votes.split.map(ReportWords.grouped) }
        let rows = answers[place].rows.filter { $0.people > 0 }
        return (0..<3).map { answer in Self.sum(rows.map { $0.splits[0][answer] }) }
    }

    private static func sum(_ numbers: [Disclosure.Number]) -> String {
        guard !numbers.isEmpty else { return ReportWords.notShown }
        guard numbers.count > 1 else { return ReportWords.told(numbers[0]) }
        let exact = numbers.compactMap(\.number)
        return exact.count == numbers.count ? ReportWords.grouped(exact.reduce(0, +)) : ReportWords.notShown
    }

    /// Each person weighing the same, and each perspective; nil for what may not be told.
    func figures(_ place: Int) -> (byPerson: Double?, byPerspective: Double?) {
        let (statement, declared) = (report.statements[place], report.perspectives?.count ?? 0)
        if isRoom { return (statement.byPerson, statement.byPerspective) }
        let rows = answers[place].rows.filter { $0.perspectives.contains { $0 < declared } }
        let isPure = !rows.isEmpty && rows.allSatisfy { $0.perspectives.allSatisfy { $0 < declared } }
        let isExact = isPure && rows.allSatisfy { $0.splits[0][0].number != nil }
        return (
            isExact ? statement.byPerson : nil, isExact && rows.allSatisfy { $0.perspectives.count == 1 } ? statement.byPerspective : nil
        )
    }

    /// Who answered: names, how many declared, how many answered.
    var whoAnswered: [(who: String, declared: Int, answered: String)] {
        let declared = report.perspectives ?? []
        if isRoom { return declared.map { ($0.name, $0.invited, ReportWords.grouped($0.answered)) } }
        return people.rows.map { row in
            (
                row.perspectives.map { names[$0] }.joined(separator: ", "),
                row.perspectives.reduce(0) { $0 + ($1 < declared.count ? declared[$1].invited : 0) }, ReportWords.grouped(row.people)
            )
        }
    }

    /// Outside the room a small group is left out: its few people could be picked out.
    var groups: [OpinionReport.Group] { isRoom ? report.groups : report.groups.filter { $0.people >= Self.least } }

    /// Outside the room in tens, or what is missing from the sum would be the size of a group that is left out.
    func people(of group: OpinionReport.Group) -> String {
        isRoom ? ReportWords.people(group.people) : ReportWords.atLeast(group.people / 10 * 10)
    }

    /// What a group says to a statement: in the room its share, elsewhere which way most of it leans.
    func leaning(_ group: OpinionReport.Group, _ place: Int) -> String {
        let votes = group.figures[place].votes
        if isRoom { return ReportWords.percent(votes.agreeShare) }
        guard votes.answers >= Self.least else { return ReportWords.notShown }
        return ReportWords.leaning(votes)
    }

    /// What tells a group from others, outside the room only where most of it surely says so.
    func representative(_ group: OpinionReport.Group) -> [OpinionReport.Representative] {
        guard !isRoom else { return group.representative }
        return group.representative.filter { told in
            guard let place = report.place(told.statement), group.figures[place].votes.answers >= Self.least else { return false }
            let votes = group.figures[place].votes
            return 2 * (told.direction == .agree ? votes.agrees : votes.disagrees) > votes.answers
        }
    }

    /// What is unusual in the files; outside the room nothing that counts a few people.
    var notices: [String] {
        if isRoom { return report.notices }
        return report.notices.filter { $0 == ReportWords.noPerspectives } + [ReportWords.smallNumbers]
    }
}

extension OpinionReport.Votes {
    /// Agree, disagree, pass.
    var split: [Int] { [agrees, disagrees, passes] }
}
