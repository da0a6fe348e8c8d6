import Directory
import HTML
import Kernel
import Shortlists
import Store
import Web
import Words

/// `/lists/:list/places/:entry/referral`: referring the family for whom a list is to one of its places.
struct ReferPage: Page {
    let heading: String
    let caption: String?
    var lead: String? { W.referLead }
    /// As it was in the referral before, for the same family.
    private let whoBefore: String
    private let list: Shortlist
    private let entry: EntryID
    private let today: DateParts
    let form: Form
    var problems: Problems { form.problems }
    let surroundings: Surroundings

    private enum CodingKeys: CodingKey {}

    init(_ visit: Visit, _ tx: Transaction) throws {
        let list = try ListStore.find(visit.id("list"), for: ListHolder(visit), tx)
        try ReferralPolicy.refer(from: list, of: StaffServices.of(visit.actor, tx), by: visit.actor)
        let id: EntryID = try visit.id("entry")
        guard try ListStore.places(of: list.id, tx).contains(where: { $0.entry == id }) else { throw Refusal.notFound }
        let found = try EntryStore.find(id, tx)
        guard found.state == .shown else { throw Refusal.gone(because: W.entryGone) }
        (self.list, entry) = (list, id)
        heading = W.referHeading(name: found.name)
        caption = list.title
        whoBefore = try ReferralStore.of(list.id, tx).compactMap(\.record?.who).last ?? ""
        let day = CivilDay(visit.at, zone: visit.site.dates.zone)
        today = DateParts(day: "\(day.day)", month: "\(day.month)", year: "\(day.year)")
        form = visit.form
        surroundings = Surroundings(breadcrumbs: [Link(list.title, to: list.url)], isPrivate: true)
    }

    var html: HTML {
        HTML {
            warningText(W.notClinical)
            HTML::form(post: .path("/lists", list.id, "places", entry, "referral"), help: .asksBeforeLeaving) {
                textField(
                    "who",
                    label: W.whoLabel,
                    value: form.value("who", or: whoBefore),
                    hint: W.whoHint,
                    problems: problems,
                    autocomplete: .off
                )
                textArea(
                    "why",
                    label: W.whyLabel,
                    value: form["why"],
                    hint: W.whyHint,
                    problems: problems,
                    limit: Referral.longestWhy,
                    rows: 3
                )
                section(W.consentHeading) { consent }
                firstCall
                way
                button(W.referButton)
            }
        }
    }

    private var consent: HTML {
        HTML {
            p(W.consentWords)
            radios(
                "consent-by",
                legend: W.consentByLegend,
                options: Referral.Consent.By.allCases.map { Choice($0.rawValue, ReferralWords.capital(ReferralWords.by($0))) },
                value: form["consent-by"],
                problems: problems
            )
            radios(
                "consent-how",
                legend: W.consentHowLegend,
                options: Referral.Consent.How.allCases.map { Choice($0.rawValue, ReferralWords.capital(ReferralWords.how($0))) },
                value: form["consent-how"],
                problems: problems
            )
            dateField("consent", legend: W.consentDay, value: typedDay, problems: problems)
            checkbox("told", label: W.toldLabel, isChecked: form.has("told"), problems: problems)
        }
    }

    private var typedDay: DateParts {
        guard form.isSent else { return today }
        return DateParts(day: form["consent-day"], month: form["consent-month"], year: form["consent-year"])
    }

    private var firstCall: HTML {
        radios(
            "first",
            legend: W.firstLegend,
            options: [Choice("family", W.firstFamily), Choice("staff", W.firstStaff)],
            value: form["first"],
            hint: W.firstHint,
            problems: problems
        )
    }

    private var way: HTML {
        radios(
            "way",
            legend: W.wayLegend,
            options: Referral.Way.allCases.map { way in
                switch way {
                case .page: Choice(way.rawValue, ReferralWords.way(way), hint: W.wayPageHint)
                case .phone, .text:
                    Choice(way.rawValue, ReferralWords.way(way)) {
                        telField("to-\(way)", label: W.wayNumber, value: form["to-\(way)"], problems: problems, autocomplete: .off)
                    }
                case .email:
                    Choice(way.rawValue, ReferralWords.way(way)) {
                        emailField("to-email", label: W.wayAddress, value: form["to-email"], problems: problems, autocomplete: .off)
                    }
                }
            },
            value: form.value("way", or: Referral.Way.page.rawValue),
            problems: problems
        )
    }

    /// What was typed, checked. Without a whole consent there is nothing to go on with.
    static func read(_ form: inout Form, at now: Moment, zone: String) throws -> ReferralDraft {
        let who = form.line("who", limit: Referral.longestWho, empty: W.whoEmpty)
        let why = form.text("why", limit: Referral.longestWhy, empty: W.whyEmpty)
        let by: Referral.Consent.By? = form.choice("consent-by", missing: W.consentByMissing)
        let how: Referral.Consent.How? = form.choice("consent-how", missing: W.consentHowMissing)
        let at = form.date("consent", zone: zone, empty: W.consentDayEmpty)
        // Noon of today may still be to come.
        if let at, at > now.adding(days: 1) || at < now.adding(days: -92) { form.problems.add("consent", W.consentDayWrong) }
        if !form.has("told") { form.problems.add("told", W.toldMissing) }
        let first: Referral.FirstCall? = form.choice("first", missing: W.firstMissing)
        let way: Referral.Way = form.choice("way", missing: nil) ?? .page
        let contact = contact(way, &form)
        try form.check()
        guard let by, let how, let at, let first else { throw form.problems }
        let consent = Referral.Consent(by: by, how: how, at: min(at, now))
        return ReferralDraft(who: who, why: why, consent: consent, way: way, contact: contact, first: first)
    }

    private static func contact(_ way: Referral.Way, _ form: inout Form) -> String? {
        guard way != .page else { return nil }
        let typed = form.line("to-\(way)", limit: 200, empty: W.contactEmpty)
        let sides = typed.split(separator: "@", omittingEmptySubsequences: false)
        let isRight = way == .email ? sides.count == 2 && !sides.contains(where: \.isEmpty) : typed.filter(\.isNumber).count >= 6
        if !typed.isEmpty, !isRight { form.problems.add("to-\(way)", W.contactWrong) }
        return typed
    }
}
