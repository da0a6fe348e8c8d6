/// Holds a recount against what its export claims.
enum ClaimCheck {
    static func disagreements(_ claims: TallyClaims?, _ result: TallyResult) -> [String] {
        check(claims?.person, result.person, "One person, one vote") + check(claims?.parity, result.parity, "Every perspective the same")
    }

    private static func check(_ claim: TallyClaims.Claim?, _ count: TallyResult.Count, _ weighing: String) -> [String] {
        var wrong: [String] = []
        if let winners = claim?.winners, Set(winners) != Set(count.winners) {
            wrong.append("\(weighing): the export says \(list(winners)) won, the recount \(list(count.winners)).")
        }
        if let alternatives = claim?.alternatives, Set(alternatives.map(Set.init)) != Set((count.alternatives ?? []).map(Set.init)) {
            wrong.append("\(weighing): other lists can be bought than the export says.")
        }
        if let margins = claim?.margins, margins != count.margins {
            wrong.append("\(weighing): the margins are not those of the export.")
        }
        return wrong
    }

    private static func list(_ ids: [String]) -> String { ids.isEmpty ? "nothing" : ids.map { "“\($0)”" }.joined(separator: " and ") }
}
