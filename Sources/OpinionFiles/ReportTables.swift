import HTML
import Opinion

/// The tables of the report.
extension ReportPage {
    /// Votes of everybody on some statements.
    func statementTable(_ caption: String, _ ids: [UInt64]) -> HTML {
        guard !ids.isEmpty else { return .nothing }
        return table(
            caption: caption,
            columns: ["Statement", .number("Agree"), .number("Disagree"), .number("Pass")],
            rows: ids.compactMap(report.place).map { TableRow(text($0), votes($0)) }
        )
    }

    /// The share who agree, group by group; outside the room which way most of each group leans.
    func groupTable(_ caption: String, _ ids: [UInt64]) -> HTML {
        table(
            caption: caption,
            columns: ["Statement"] + told.groups.map { .number(ReportWords.group($0.name)) },
            rows: ids.compactMap(report.place).map { place in TableRow(text(place), told.groups.map { HTML(told.leaning($0, place)) }) }
        )
    }

    /// Both figures side by side, those that differ most first.
    var perspectivesPart: HTML {
        guard report.perspectives != nil else { return .nothing }
        let kept = report.statements.indices.filter { report.statements[$0].state == .kept }
        let order = kept.sorted { abs(difference($0)) > abs(difference($1)) }
        return section(ReportWords.perspectives) {
            p(ReportWords.perspectivesLead)
            table(
                caption: "Who answered",
                columns: ["Perspective", .number("Declared"), .number("Answered")],
                rows: told.whoAnswered.map { TableRow($0.who, [HTML(String($0.declared)), HTML($0.answered)]) }
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
                let figures = told.figures(place)
                let cells = [figures.byPerson, figures.byPerspective].map { $0.map(ReportWords.percent) ?? ReportWords.notShown }
                let words = figures.byPerspective == nil ? "" : String((difference(place) * 1000).rounded() / 10)
                return TableRow(text(place), (cells + [words.replacing("-", with: "−")]).map { HTML($0) })
            }
        )
    }

    /// 0 where it is not told: in no order that tells it.
    private func difference(_ place: Int) -> Double {
        guard case (let person?, let perspective?) = told.figures(place) else { return 0 }
        return perspective - person
    }

    private func text(_ place: Int) -> HTML { words(report.text(report.statements[place].id)) }

    var allPart: HTML {
        section(ReportWords.all) {
            details(ReportWords.statements(report.statements.count)) {
                table(
                    caption: "Votes of everybody",
                    columns: ["Statement", .number("Agree"), .number("Disagree"), .number("Pass"), "Kept"],
                    rows: report.statements.indices.map { TableRow(text($0), votes($0) + [HTML(kept(report.statements[$0].state))]) }
                )
            }
        }
    }

    var methodPart: HTML {
        section(ReportWords.method) {
            p(ReportWords.mode(report.mode))
            table(
                caption: "What was read, and what it took",
                columns: ["What", .number("How much")],
                rows: (counts + costs).map { TableRow($0.0, [HTML($0.1)]) }
            )
            if told.isRoom, !report.badRows.isEmpty {
                p("Rows that were left out, the first of them:")
                ul { for row in report.badRows { li("\(row.file), line \(row.line): \(row.problem)") } }
            }
        }
    }

    private var counts: [(String, String)] {
        let counts = [
            ("Rows read", report.answers.read), ("Answers changed later", report.answers.changed),
            ("Rows left out", report.answers.skipped),
            ("Answers counted", report.answers.counted),
        ]
        return counts.map { ($0.0, ReportWords.grouped($0.1)) }
    }

    private var costs: [(String, String)] {
        let timings = report.timings
        let parts: [(String, Double)] = [
            ("Reading the files", timings.read), ("Sorting the answers", timings.matrix), ("Axes and places", timings.pca),
            ("Groups", timings.clusters), ("Figures", timings.statistics), ("Twenty halves", timings.stability),
        ]
        let memory = report.peakMemory.map { [("Most memory in use", "\($0 / 1_048_576) MiB")] } ?? []
        return parts.map { ($0.0, ReportWords.number($0.1) + " ms") } + memory
    }

    private func votes(_ place: Int) -> [HTML] { told.votes(place).map { HTML($0) } }

    private func kept(_ state: OpinionReport.Statement.State) -> String {
        switch state {
        case .kept: "yes"
        case .rejected: "no: rejected"
        case .meta: "no: about the conversation"
        }
    }
}
