import HTML
import Kernel
import Projects
import Referrals
import Shortlists
import Store
import Web
import Words

/// What waits for somebody about referrals and lists: to ask whether a place helped, to read what a family wrote, to send a list.
enum DeskReferrals {
    // 20: who looks after the referrals of a service has a list of all of them besides.
    private static let most = 20

    static func lines(_ visit: Visit, _ tx: Transaction) throws -> [DeskLine] {
        let services = try StaffServices.of(visit.actor, tx)
        let readable = ReferralPolicy.readable(of: services, by: visit.actor)
        let toAsk = try read(
            .ask,
            "referrals.way <> 'page' AND referrals.asked_at IS NOT NULL AND referrals.helped IS NULL",
            readable,
            visit,
            tx
        )
        let toRead = try read(.news, "referrals.news_at IS NOT NULL", readable, visit, tx)
        let sendings = try WaitingSendings.count(for: visit.actor, tx)
        return toAsk + toRead + (sendings > 0 ? [line(.send, W.listsToSend(n: sendings), nil, .path("/sendings"), visit)] : [])
    }

    private enum Kind { case ask, news, send }

    private static func read(_ kind: Kind, _ condition: SQL, _ readable: SQL, _ visit: Visit, _ tx: Transaction) throws -> [DeskLine] {
        try tx.all(
            """
            SELECT referrals.id, referrals.who, directory_entries.name, referrals.ask_due, services.zone
            FROM referrals JOIN services ON services.id = referrals.service
            LEFT JOIN directory_entries ON directory_entries.id = referrals.entry
            WHERE \(condition) AND \(readable) ORDER BY referrals.ask_due, referrals.id LIMIT \(most)
            """
        ) { row in
            let (id, who, place): (String, String?, String?) = (try row.next(), try row.next(), try row.next())
            let (due, _): (Moment, String) = (try row.next(), try row.next())
            let title = who.map { "\($0): \(place ?? "")" } ?? W.takenBack
            // A week to ask in: the day on which it became due is no deadline yet.
            return line(kind, title, kind == .ask ? due.adding(days: 7) : nil, .path("/referrals", id), visit)
        }
    }

    private static func line(_ kind: Kind, _ title: String, _ due: Moment?, _ url: SafeURL, _ visit: Visit) -> DeskLine {
        let lateness = due.map { Lateness($0, at: visit.at, zone: visit.site.dates.zone) }
        let (task, verb) =
            switch kind {
            case .ask: (W.taskAsk, W.verbAsk)
            case .news: (W.taskNews, W.verbNews)
            case .send: (W.taskSend, W.verbSend)
            }
        return DeskLine(
            task: task,
            title: title,
            who: nil,
            verb: verb,
            project: nil,
            due: lateness?.words,
            day: due.map { visit.site.dates.day($0) },
            isLate: lateness?.isLate ?? false,
            url: url
        )
    }
}
