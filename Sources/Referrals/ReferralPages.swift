import Directory
import HTML
import Kernel
import People
import Services
import Store
import Web
import Words

/// `/referrals`: those that somebody may read, newest first.
struct ReferralsPage: Page {
    struct Line: Sendable, Encodable {
        let title: String
        let state: String
        let about: String
        let url: SafeURL
        let hasNews: Bool
    }

    let heading = W.referralsHeading
    var lead: String? { W.referralsLead }
    let lines: [Line]
    let surroundings = Surroundings(breadcrumbs: [Link(W.desk, to: .path("/desk"))], isPrivate: true)

    private enum CodingKeys: String, CodingKey { case lines }

    // 100: more than one person follows up.
    static let most = 100

    init(_ visit: Visit, _ tx: Transaction) throws {
        lines = try ReferralStore.readable(by: visit.actor, limit: Self.most, tx).map { referral in
            let record = try ReferralRecord(referral, at: visit.at, tx)
            return Line(
                title: referral.record == nil ? W.recordGone : W.referralTitle(who: record.who, place: record.place),
                state: record.withdrawn ?? record.state,
                about: record.by,
                url: referral.url,
                hasNews: referral.newsAt != nil
            )
        }
    }

    var html: HTML {
        HTML {
            if lines.isEmpty { emptyState(W.noReferrals, next: Link(W.myLists, to: .path("/lists"))) }
            for line in lines {
                card(line.title, to: line.url) {
                    p {
                        line.state
                        if line.hasNews { " "; tag(W.hasNews, .attention) }
                    }
                    p(line.about, class: "hint")
                }
            }
        }
    }
}

/// `/referrals/:referral`: one, for those of the service who may read it. It says what the family's own page says.
struct ReferralPage: Page {
    let heading: String
    let record: ReferralRecord
    let news: String?
    let hasNews: Bool
    private let referral: Referral
    let form: Form
    var problems: Problems { form.problems }
    let surroundings = Surroundings(
        breadcrumbs: [Link(W.desk, to: .path("/desk")), Link(W.referralsHeading, to: .path("/referrals"))],
        isPrivate: true
    )

    private enum CodingKeys: String, CodingKey { case record, news, hasNews }

    init(_ visit: Visit, _ tx: Transaction) throws {
        referral = try ReferralStore.find(visit.id("referral"), for: visit.actor, tx)
        record = try ReferralRecord(referral, at: visit.at, tx)
        heading = referral.record == nil ? W.recordGone : W.referralTitle(who: record.who, place: record.place)
        hasNews = referral.newsAt != nil
        news = visit.query["done"] == nil ? nil : W.newsSaved
        form = visit.form
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if hasNews {
                nextSteps(W.newsHeading) {
                    p(referral.record == nil ? W.withdrawnTell : W.newsWords)
                    postButton(W.haveRead, to: below("seeing"), kind: .primary)
                }
            }
            if isToAsk { nextSteps(W.askHeading) { asking } }
            record.html(isFamily: false)
            if referral.record != nil { changing }
        }
    }

    /// The time has come, and nobody has answered.
    private var isToAsk: Bool { referral.askedAt != nil && referral.record.map { $0.helped == nil } ?? false }

    private var asking: HTML {
        HTML {
            p(W.askWords(way: record.way))
            HTML::form(post: below("helping")) {
                ReferralQuestions.helped(form, problems)
                button(W.saveAnswer)
            }
        }
    }

    private var changing: HTML {
        HTML {
            details(W.writeCame, around: ["state", "came"], problems) {
                HTML::form(post: below("coming")) {
                    ReferralQuestions.came(form, now: referral.record?.state ?? .asked, problems)
                    button(Common.save)
                }
            }
            details(W.newLink) {
                p(W.newLinkWords)
                postButton(W.newLinkButton, to: below("links"))
            }
            details(W.takeBackForThem, around: ["sure"], problems) {
                p(W.takeBackWords)
                HTML::form(post: below("withdrawal")) {
                    checkbox("sure", label: W.takeBackSureForThem, problems: problems)
                    button(W.takeBackButton, kind: .warning)
                }
            }
        }
    }

    private func below(_ name: String) -> SafeURL { .path("/referrals", referral.id, name) }
}

/// `/directory/entries/:entry/helped`: how many said that a place helped, for those who look after the directory.
struct HelpedPage: Page {
    let heading = W.figuresHeading
    let caption: String?
    var lead: String? { W.figuresLead }
    let lines: [HelpedFigures.Line]?
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case lines }

    init(_ visit: Visit, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: visit.actor)
        let entry = try EntryStore.find(visit.id("entry"), tx)
        caption = entry.name
        lines = try HelpedFigures.told(entry.id, tx)
        surroundings = Surroundings(breadcrumbs: [Link(entry.name, to: entry.url)], isPrivate: true)
    }

    var html: HTML {
        HTML {
            if let lines {
                table(
                    caption: W.figuresCaption,
                    columns: [TableColumn(W.figuresAnswer), .number(W.figuresPeople)],
                    rows: lines.map { TableRow($0.answer, [HTML($0.people)]) }
                )
            } else {
                p(W.figuresFew(number: "\(HelpedFigures.least)"))
            }
        }
    }
}

/// `/:service/settings/referrals`: after how many days families are asked.
struct AskDaysPage: Page {
    let heading = W.daysHeading
    let days: Int
    let news: String?
    private let url: SafeURL
    let form: Form
    var problems: Problems { form.problems }
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case days, news }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let here = try ServiceVisit(visit, tx)
        try ServicePolicy.change(here.service, by: visit.actor)
        days = try ReferralStore.askDays(here.service.id, tx)
        news = visit.query["done"] == nil ? nil : W.newsSaved
        url = .path("/", here.service.slug, "settings", "referrals")
        form = visit.form
        surroundings = here.surroundings(isPrivate: true)
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            HTML::form(post: url) {
                numberField("days", label: W.daysLabel, value: form.value("days", or: "\(days)"), hint: W.daysHint, problems: problems)
                button(Common.save)
            }
        }
    }
}
