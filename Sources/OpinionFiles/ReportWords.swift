import EqualVoice
import Foundation
import Opinion

/// Every sentence of the report, in one place.
enum ReportWords {
    static let title = "What people think"
    static let inShort = "In short"
    static let map = "The map"
    static let groups = "The groups, in people’s words"
    static let agreement = "Where everybody agrees"
    static let difference = "Where groups differ"
    static let perspectives = "Each person the same, each perspective the same"
    static let all = "All statements"
    static let method = "How this was worked out"

    static let noPerspectives = "No perspectives were given, so every person weighs the same."
    static let smallPerspectives =
        "A perspective has fewer than five people. Show these figures only to people who know each other’s answers anyway."
    static let forTheRoom =
        "This page is for the room only: it shows small groups too. Made without --room, it shows what everybody may see."
    static let smallNumbers =
        "“Not shown” stands where a number would tell what single people said: fewer than ten of them, or what is left when others are subtracted."
    static let notShown = "not shown"
    static let withoutPerspective = "no perspective"
    static let nothingSpecial = "Nothing that tells them from the others."
    static let differenceLeadPublic = "In some groups most people agree with these, and in others they do not."
    static let nothing = "Nobody has answered yet."
    static let noGroups = "There are too few answers to find groups."
    static let noConsensus = "There is no statement that most people surely agree or disagree with."

    static let mapLead =
        "People who answered alike stand near each other. Each area is a group; it is drawn around all its people, and no corner of it is a person."
    static let agreementLead = "Most of everybody agree, or disagree, and it is no accident of who answered."
    static let groupAwareLead = "These are the statements that every group, however small, agrees with most."
    static let differenceLead = "The share who agree in the group that agrees most, less that in the group that agrees least."
    static let perspectivesLead =
        "On the left every person weighs the same; on the right every perspective does, however many people speak from it. Where the two differ, a large perspective drowns a small one."

    static func letter(_ number: Int) -> String {
        number < 26 ? String(UnicodeScalar(UInt8(65 + number))) : String(number + 1)
    }

    static func group(_ name: String) -> String { "Group \(name)" }

    static func people(_ count: Int) -> String { count == 1 ? "1 person" : "\(grouped(count)) people" }
    static func statements(_ count: Int) -> String { count == 1 ? "1 statement" : "\(grouped(count)) statements" }
    static func answers(_ count: Int) -> String { count == 1 ? "1 answer" : "\(grouped(count)) answers" }

    static func tooFew(_ least: Int) -> String {
        "Fewer than \(least) people answered, so nothing is told here: it would show what single people said. Made with --room, this page shows everything to those who know each other’s answers anyway."
    }

    static func smallGroups(_ least: Int) -> String {
        "Groups of fewer than \(least) people are left out, so that nobody can be picked out."
    }

    static func atLeast(_ count: Int) -> String { "\(grouped(count)) people or more" }
    static func mostOf(_ direction: RepresentativeStatement.Direction) -> String {
        "Most of them \(direction == .agree ? "agree" : "disagree")"
    }

    static func leaning(_ votes: OpinionReport.Votes) -> String {
        if 2 * votes.agrees > votes.answers { return "most agree" }
        return 2 * votes.disagrees > votes.answers ? "most disagree" : "divided"
    }

    static func told(_ number: Disclosure.Number) -> String {
        switch number {
        case .exactly(let number): grouped(number)
        case .atMost(let most): "\(most) or fewer"
        case .atLeast(let least): "\(grouped(least)) or more"
        case .withheld: notShown
        }
    }

    static func lead(_ report: OpinionReport) -> String {
        "\(people(report.people.answered)) gave \(answers(report.answers.counted)) to \(statements(report.statements.count))."
    }

    static func found(_ report: OpinionReport) -> String {
        let groups = report.groups.count == 1 ? "1 group" : "\(report.groups.count) groups"
        return "\(people(report.people.inGroups)) answered enough to be placed in \(groups)."
    }

    static func stability(_ score: Double) -> String {
        let words = score >= 0.9 ? "very stable" : score >= 0.7 ? "fairly stable" : score >= 0.4 ? "not very stable" : "not stable"
        return
            "The groups are \(words): when only half of the people are asked, they come out alike by \(number(score)) on a scale where 1 is exactly alike and 0 is chance. Twenty such halves were tried."
    }

    static func told(_ count: Int, _ answered: Int, _ direction: RepresentativeStatement.Direction, elsewhere: Double) -> String {
        let said = "\(count) of \(answered) who answered \(direction == .agree ? "agree" : "disagree")"
        // The rules also choose what only few in the group say, where fewer say it elsewhere.
        return 2 * count < answered ? "\(said): few, but elsewhere it is \(percent(elsewhere))" : "\(said); elsewhere \(percent(elsewhere))"
    }

    static func mode(_ mode: OpinionMap.Mode) -> String {
        switch mode {
        case .compat: "As pol.is computes it when it starts from nothing (mode compat). The order in which people came plays a part."
        case .stable: "In mode stable: the same whatever the order of people and statements."
        case .parity: "In mode parity: each perspective weighs the same, however many people speak from it."
        }
    }

    /// 0.845 → "84.5 %"
    static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
    static func number(_ value: Double) -> String { String(format: "%.2f", value) }

    /// 14283 → "14,283"
    static func grouped(_ count: Int) -> String {
        let digits = Array(String(count).reversed())
        let groups = stride(from: 0, to: digits.count, by: 3).map { String(digits[$0..<min($0 + 3, digits.count)]) }
        return String(groups.joined(separator: ",").reversed())
    }
}
