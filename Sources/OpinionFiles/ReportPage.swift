import EqualVoice
import Foundation
import HTML
import Kernel

extension OpinionReport {
    /// The report as one page that needs nothing else: pictures, tables that say the same, and no script. Whatever people wrote is escaped
    /// byte by byte, and the page forbids scripts besides.
    public func html() -> [UInt8] {
        let head = Array(ReportStyle.head.utf8) + HTML(ReportWords.title).bytes(in: Writer.Context()) + Array(ReportStyle.afterTitle.utf8)
        let heading = Array("<h1>".utf8) + HTML(ReportWords.title).bytes(in: Writer.Context()) + Array("</h1>\n".utf8)
        return head + heading + page.bytes(in: Writer.Context()) + Array(ReportStyle.end.utf8)
    }

    private var page: HTML {
        HTML {
            p(ReportWords.lead(self), class: "lead")
            if statements.isEmpty {
                p(ReportWords.nothing)
            } else {
                shortPart
                ReportMap(self).html
                groupsPart
                agreementPart
                differencePart
                perspectivesPart
                allPart
            }
            methodPart
        }
    }

    private var shortPart: HTML {
        section(ReportWords.inShort) {
            p(groups.isEmpty ? ReportWords.noGroups : ReportWords.found(self))
            if let stability { p(ReportWords.stability(stability)) }
            if !notices.isEmpty { inset { ul { for notice in notices { li(notice) } } } }
        }
    }

    private var groupsPart: HTML {
        section(ReportWords.groups) {
            for group in groups {
                section("\(ReportWords.group(group.name)): \(ReportWords.people(group.people))") {
                    ul(class: "plain") { for told in group.representative { li { telling(told, of: group) } } }
                }
            }
        }
    }

    private func telling(_ told: Representative, of group: Group) -> HTML {
        // The ratio is the group's share over that of all others, so theirs is the share over the ratio.
        let words = ReportWords.told(told.count, told.answered, told.direction, elsewhere: min(told.share / told.ratio, 1))
        return HTML {
            tag(told.direction == .agree ? "agree" : "disagree", told.direction == .agree ? .good : .stop)
            quote(text(told.statement), by: words)
        }
    }

    private var agreementPart: HTML {
        let together = statements.filter { $0.state == .kept }.sorted { $0.groupAwareAgree > $1.groupAwareAgree }.prefix(5)
        return section(ReportWords.agreement) {
            if consensus.agree.isEmpty && consensus.disagree.isEmpty {
                p(ReportWords.noConsensus)
            } else {
                p(ReportWords.agreementLead)
                statementTable("Most agree", consensus.agree)
                statementTable("Most disagree", consensus.disagree)
            }
            if groups.count > 1 {
                p(ReportWords.groupAwareLead)
                groupTable("Every group agrees", together.map(\.id))
            }
        }
    }

    private var differencePart: HTML {
        guard groups.count > 1 else { return .nothing }
        return section(ReportWords.difference) {
            p(ReportWords.differenceLead)
            groupTable("Where groups differ most", Array(divisive.prefix(5)))
        }
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
