import Foundation
import HTML
import Kernel
import Opinion

extension OpinionReport {
    /// The report as one page that needs nothing else: pictures, tables that say the same, and no script. Whatever people wrote is escaped
    /// byte by byte, and the page forbids scripts besides.
    ///
    /// - Parameter isRoom: for those who know each other's answers anyway: everything is shown. For anybody else only what
    ///   `EqualVoice.Disclosure` lets be told in public.
    public func html(isRoom: Bool = false) -> [UInt8] {
        let head = Array(ReportStyle.head.utf8) + HTML(ReportWords.title).bytes(in: Writer.Context()) + Array(ReportStyle.afterTitle.utf8)
        let heading = Array("<h1>".utf8) + HTML(ReportWords.title).bytes(in: Writer.Context()) + Array("</h1>\n".utf8)
        let page = ReportPage(self, isRoom: isRoom).html.bytes(in: Writer.Context())
        return head + heading + page + Array(ReportStyle.end.utf8)
    }

    func text(_ id: UInt64) -> String {
        let found = place(id).flatMap { statements[$0].text }.map(PlainText.clean) ?? ""
        return found.isEmpty ? "Statement \(id)" : found
    }

    /// `statements` are in order of their ids.
    func place(_ id: UInt64) -> Int? {
        var (low, high) = (0, statements.count)
        while low < high {
            let middle = (low + high) / 2
            if statements[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < statements.count && statements[low].id == id ? low : nil
    }
}

/// The report's page, for the room or for everybody.
struct ReportPage {
    let report: OpinionReport
    let told: ReportTold

    init(_ report: OpinionReport, isRoom: Bool) {
        self.report = report
        told = ReportTold(report, isRoom: isRoom)
    }

    var html: HTML {
        HTML {
            if report.statements.isEmpty {
                p(ReportWords.lead(report), class: "lead")
                p(ReportWords.nothing)
                methodPart
            } else if !told.isAnything {
                p(ReportWords.tooFew(ReportTold.least), class: "lead")
            } else {
                p(ReportWords.lead(report), class: "lead")
                if told.isRoom { inset { p(ReportWords.forTheRoom) } }
                shortPart
                ReportMap(report, told).html
                groupsPart
                agreementPart
                differencePart
                perspectivesPart
                allPart
                methodPart
            }
        }
    }

    private var shortPart: HTML {
        section(ReportWords.inShort) {
            p(report.groups.isEmpty ? ReportWords.noGroups : ReportWords.found(report))
            if told.groups.count < report.groups.count { p(ReportWords.smallGroups(ReportTold.least)) }
            if let stability = report.stability { p(ReportWords.stability(stability)) }
            if !told.notices.isEmpty { inset { ul { for notice in told.notices { li(notice) } } } }
        }
    }

    private var groupsPart: HTML {
        guard !told.groups.isEmpty else { return .nothing }
        return section(ReportWords.groups) {
            for group in told.groups {
                let said = told.representative(group)
                section("\(ReportWords.group(group.name)): \(told.people(of: group))") {
                    if said.isEmpty {
                        p(ReportWords.nothingSpecial)
                    } else {
                        ul(class: "plain") { for one in said { li { telling(one) } } }
                    }
                }
            }
        }
    }

    private func telling(_ one: OpinionReport.Representative) -> HTML {
        // The ratio is the group's share over that of all others, so theirs is the share over the ratio.
        let words = ReportWords.told(one.count, one.answered, one.direction, elsewhere: min(one.share / one.ratio, 1))
        return HTML {
            tag(one.direction == .agree ? "agree" : "disagree", one.direction == .agree ? .good : .stop)
            quote(report.text(one.statement), by: told.isRoom ? words : ReportWords.mostOf(one.direction))
        }
    }

    private var agreementPart: HTML {
        let kept = report.statements.filter { $0.state == .kept }
        let together = ids(kept.sorted { $0.groupAwareAgree > $1.groupAwareAgree }.map(\.id)).prefix(5)
        let (agree, disagree) = (ids(report.consensus.agree), ids(report.consensus.disagree))
        return section(ReportWords.agreement) {
            if agree.isEmpty && disagree.isEmpty {
                p(ReportWords.noConsensus)
            } else {
                p(ReportWords.agreementLead)
                statementTable("Most agree", agree)
                statementTable("Most disagree", disagree)
            }
            if told.groups.count > 1 {
                p(ReportWords.groupAwareLead)
                groupTable("Every group agrees", Array(together))
            }
        }
    }

    private var differencePart: HTML {
        guard told.groups.count > 1 else { return .nothing }
        return section(ReportWords.difference) {
            p(told.isRoom ? ReportWords.differenceLead : ReportWords.differenceLeadPublic)
            groupTable("Where groups differ most", Array(ids(report.divisive).prefix(5)))
        }
    }

    /// Those of which anything may be said.
    private func ids(_ ids: [UInt64]) -> [UInt64] { ids.filter { report.place($0).map(told.isTold) ?? false } }
}
