import EqualVoice
import HTML

/// The tables of the report.
extension OpinionReport {
    /// Votes of everybody on some statements.
    func statementTable(_ caption: String, _ ids: [UInt64]) -> HTML {
        guard !ids.isEmpty else { return .nothing }
        return table(
            caption: caption,
            columns: ["Statement", .number("Agree"), .number("Disagree"), .number("Pass")],
            rows: ids.compactMap(place).map { TableRow(words(text(statements[$0].id)), votes(statements[$0].votes)) }
        )
    }

    /// The share who agree, group by group.
    func groupTable(_ caption: String, _ ids: [UInt64]) -> HTML {
        table(
            caption: caption,
            columns: ["Statement"] + groups.map { .number(ReportWords.group($0.name)) },
            rows: ids.compactMap(place).map { place in
                TableRow(words(text(statements[place].id)), groups.map { HTML(ReportWords.percent($0.figures[place].votes.agreeShare)) })
            }
        )
    }

    /// Both figures side by side, those that differ most first.
    var perspectivesPart: HTML {
        guard let perspectives else { return .nothing }
        let kept = statements.indices.filter { statements[$0].state == .kept }
        let order = kept.sorted { abs(difference($0)) > abs(difference($1)) }
        return section(ReportWords.perspectives) {
            p(ReportWords.perspectivesLead)
            table(
                caption: "Who answered",
                columns: ["Perspective", .number("Declared"), .number("Answered")],
                rows: perspectives.map { TableRow($0.name, [HTML(String($0.invited)), HTML(String($0.answered))]) }
            )
            figuresTable("The ten statements where the two figures differ most", Array(order.prefix(10)))
            if order.count > 10 { details("The other statements") { figuresTable("Both figures", Array(order.dropFirst(10))) } }
        }
    }

    private func figuresTable(_ caption: String, _ places: [Int]) -> HTML {
        table(
            caption: caption,
            columns: ["Statement", .number("Each person the same"), .number("Each perspective the same"), .number("Difference")],
            rows: places.map { place in
                let cells = [statements[place].byPerson ?? 0, statements[place].byPerspective ?? 0].map { HTML(ReportWords.percent($0)) }
                let difference = String((difference(place) * 1000).rounded() / 10)
                return TableRow(words(text(statements[place].id)), cells + [HTML(difference.replacing("-", with: "−"))])
            }
        )
    }

    private func difference(_ place: Int) -> Double { (statements[place].byPerspective ?? 0) - (statements[place].byPerson ?? 0) }

    var allPart: HTML {
        section(ReportWords.all) {
            details(ReportWords.statements(statements.count)) {
                table(
                    caption: "Votes of everybody",
                    columns: ["Statement", .number("Agree"), .number("Disagree"), .number("Pass"), "Kept"],
                    rows: statements.map { statement in
                        TableRow(words(text(statement.id)), votes(statement.votes) + [HTML(kept(statement.state))])
                    }
                )
            }
        }
    }

    var methodPart: HTML {
        section(ReportWords.method) {
            p(ReportWords.mode(mode))
            table(
                caption: "What was read, and what it took",
                columns: ["What", .number("How much")],
                rows: (counts + costs).map { TableRow($0.0, [HTML($0.1)]) }
            )
            if !badRows.isEmpty {
                p("Rows that were left out, the first of them:")
                ul { for row in badRows { li("\(row.file), line \(row.line): \(row.problem)") } }
            }
        }
    }

    private var counts: [(String, String)] {
        [
            ("Rows read", ReportWords.grouped(answers.read)), ("Answers changed later", ReportWords.grouped(answers.changed)),
            ("Rows left out", ReportWords.grouped(answers.skipped)), ("Answers counted", ReportWords.grouped(answers.counted)),
        ]
    }

    private var costs: [(String, String)] {
        let parts: [(String, Double)] = [
            ("Reading the files", timings.read), ("Sorting the answers", timings.matrix), ("Axes and places", timings.pca),
            ("Groups", timings.clusters), ("Figures", timings.statistics), ("Twenty halves", timings.stability),
        ]
        let memory = peakMemory.map { [("Most memory in use", "\($0 / 1_048_576) MiB")] } ?? []
        return parts.map { ($0.0, ReportWords.number($0.1) + " ms") } + memory
    }

    private func votes(_ votes: Votes) -> [HTML] {
        [votes.agrees, votes.disagrees, votes.passes].map { HTML(ReportWords.grouped($0)) }
    }

    private func kept(_ state: Statement.State) -> String {
        switch state {
        case .kept: "yes"
        case .rejected: "no: rejected"
        case .meta: "no: about the conversation"
        }
    }
}
