import Directory
import HTML
import Kernel
import People
import Services
import Store
import Web
import Words

/// A referral with every word decided: the family and those of the service who may read it see the very same.
struct ReferralRecord: Sendable, Encodable {
    let place: String
    let entry: SafeURL?
    let by: String
    let who: String
    let why: String
    let consent: String
    let way: String
    let state: String
    let came: String?
    let helped: String?
    let helpedSaid: String?
    let steps: [String]
    let next: String
    /// When the yes was taken back: then nothing above has words.
    let withdrawn: String?

    init(_ referral: Referral, at now: Moment, _ tx: Transaction) throws {
        let service = try ServiceStore.find(referral.service, tx)
        let dates = Dates(zone: service.zone)
        let name = try PeopleStore.name(of: referral.by, tx) ?? Common.someone
        by = W.byLine(who: name, service: service.name, day: dates.day(referral.madeAt))
        guard let record = referral.record else {
            (place, entry, who, why, consent, way, state) = ("", nil, "", "", "", "", "")
            (came, helped, helpedSaid, steps, next) = (nil, nil, nil, [], "")
            withdrawn = referral.withdrawnAt.map { W.withdrawnOn(day: dates.day($0)) }
            return
        }
        let found = try EntryStore.find(record.entry, tx)
        place = found.name
        entry = found.state == .shown ? found.url : nil
        (who, why) = (record.who, record.why)
        consent = ReferralWords.consent(record.consent, dates)
        way = [ReferralWords.way(record.way), record.contact].compactMap(\.self).joined(separator: ", ")
        state = record.state == .asked ? Self.asked(record.first, by: name) : ReferralWords.state(record.state)
        came = record.came.map { Self.said($0, dates) }
        helped = record.helped.map(ReferralWords.helped)
        helpedSaid = record.helpedSaid.map { Self.said($0, dates) }
        steps = try ReferralStep.all(of: referral.id, tx).map { ReferralWords.step($0, dates) }
        next = Self.next(referral, record, dates, by: name)
        withdrawn = nil
    }

    /// What is so until somebody says what came of it: nothing was sent to the place from here.
    private static func asked(_ first: Referral.FirstCall?, by name: String) -> String {
        switch first {
        case .family: W.stateAskedFamily
        case .staff: W.stateAskedStaff(who: name)
        case nil: W.stateAsked
        }
    }

    private static func said(_ said: Referral.Said, _ dates: Dates) -> String {
        let who = said.isFamily ? W.saidByFamily(day: dates.day(said.at)) : W.saidByStaff(day: dates.day(said.at))
        return said.words.isEmpty ? who : "“\(said.words)” \(who)"
    }

    /// What happens next, and when.
    private static func next(_ referral: Referral, _ record: Referral.Record, _ dates: Dates, by name: String) -> String {
        if record.helped != nil { return W.nextNothing }
        if referral.askedAt != nil { return W.nextAnswer }
        switch record.state {
        case .asked:
            let day = dates.day(referral.askDue)
            return switch record.first {
            case .family: W.nextFamily(day: day)
            case .staff: W.nextStaff(who: name, day: day)
            case nil: W.nextAsked(who: name, day: day)
            }
        case .hasPlace, .waiting: return W.nextLater(day: dates.day(referral.askDue))
        case .couldNot, .notWanted: return W.nextOther(who: name)
        }
    }

    /// - Parameter isFamily: their own words for what is asked of them.
    func html(isFamily: Bool) -> HTML {
        HTML {
            if let withdrawn {
                p(withdrawn)
                p(by)
                p(isFamily ? W.withdrawnFamily : W.withdrawnStaff)
            } else {
                if let entry, !isFamily { p { a(place, to: entry) } }
                inset {
                    p { strong(W.nextHeading) }
                    p(next)
                }
                summaryList(rows)
                details(W.whatHappened) { ul { for step in steps { li(step) } } }
            }
        }
    }

    private var rows: [SummaryRow] {
        [
            SummaryRow(W.rowBy, by), SummaryRow(W.rowWho, who), SummaryRow(W.rowWhy, why), SummaryRow(W.rowConsent, consent),
            SummaryRow(W.rowWay, way), SummaryRow(W.rowState, [state, came].compactMap(\.self).joined(separator: "\n")),
        ] + (helped.map { [SummaryRow(W.rowHelped, [$0, helpedSaid].compactMap(\.self).joined(separator: "\n"))] } ?? [])
    }
}
