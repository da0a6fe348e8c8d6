import Directory
import HTML
import Kernel
import Store
import Web
import Words

/// `/directory/feeds`: the directories of others that ours is filled from.
struct FeedsPage: Page {
    let heading = W.feedsHeading
    var lead: String? { W.feedsLead }
    let feeds: [Line]
    let news: String?
    var surroundings: Surroundings { ImportPages.around() }

    struct Line: Sendable, Encodable {
        let feed: Link
        let address: String
        let state: String
    }

    private enum CodingKeys: String, CodingKey { case feeds, news }

    init(_ visit: Visit, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: visit.actor)
        feeds = try KeptFeed.all(tx).map { feed in
            Line(
                feed: Link(feed.name, to: .path("/directory/feeds", feed.id)),
                address: feed.address ?? W.feedFile,
                state: FeedWords.state(feed, visit.site.dates)
            )
        }
        news = visit.query["done"] == nil ? nil : W.newsFeedRemoved
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            p { buttonLink(W.addFeed, to: .path("/directory/feeds/new")) }
            if feeds.isEmpty { emptyState(W.noFeeds) }
            cards {
                for line in feeds {
                    card(line.feed.label, to: line.feed.url) {
                        p(line.address, class: "hint")
                        p(line.state)
                    }
                }
            }
        }
    }
}

/// `/directory/feeds/:feed`: one of them: how it went the last time, and what can be done with it.
struct FeedPage: Page {
    let heading: String
    let caption: String?
    let state: String
    let facts: [FormPage.Fact]
    let problem: String?
    let faults: [Fault]
    let faultCount: Int
    let canTake: Bool
    let canStop: Bool
    let isNightly: Bool
    let news: String?
    private let id: ImportID
    var surroundings: Surroundings { FeedWords.around() }

    struct Fault: Sendable, Encodable {
        let place: String
        let name: String
        let sentence: String
    }

    private enum CodingKeys: String, CodingKey { case state, facts, problem, faults, faultCount, isNightly, news }

    init(_ visit: Visit, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: visit.actor)
        let feed = try KeptFeed.find(visit.id("feed"), tx)
        id = feed.id
        heading = feed.name
        caption = feed.address ?? W.feedFile
        state = FeedWords.state(feed, visit.site.dates)
        let shown = try KeptFeed.shown(of: feed.id, tx)
        facts =
            [
                FormPage.Fact(W.feedNew, W.placesOf(n: feed.count.new)), FormPage.Fact(W.feedChanged, W.placesOf(n: feed.count.changed)),
                FormPage.Fact(W.feedSame, W.placesOf(n: feed.count.same)), FormPage.Fact(W.feedHeld, W.placesOf(n: feed.count.held)),
                FormPage.Fact(W.feedFaults, W.placesOf(n: feed.faults)), FormPage.Fact(W.feedNotes, W.partsOf(n: feed.notes)),
                FormPage.Fact(W.feedShown, W.placesOf(n: shown)),
            ] + (feed.nextAt.map { [FormPage.Fact(W.feedNext, visit.site.dates.dayAndTime($0))] } ?? [])
            + (feed.licence.isEmpty ? [] : [FormPage.Fact(W.licence, feed.licence)])
        problem = feed.problem
        faults = try KeptFeed.faults(of: feed.id, tx).map {
            Fault(place: W.feedPlace(place: "\($0.place)", page: "\($0.page)"), name: $0.name, sentence: $0.sentence)
        }
        faultCount = feed.faults + feed.notes
        canTake = feed.address != nil && feed.state == .idle
        canStop = feed.state != .idle
        isNightly = feed.nextAt != nil
        news = FeedWords.news(visit.query["done"])
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            // Its figures move while it is taken.
            liveFigures(id: "feed") {
                p { strong(state) }
                if let problem { warningText(problem) }
                summaryList(facts.map { SummaryRow($0.label, $0.words) })
            }
            if canTake { postButton(W.takeNow, to: below("taking"), kind: .primary) }
            if canStop { postButton(W.stopFeed, to: below("stopping"), kind: .warning) }
            if canTake || isNightly {
                postButton(isNightly ? W.nightsOff : W.nightsOn, to: below("nights"), hidden: ["on": isNightly ? "no" : "yes"])
            }
            if !faults.isEmpty { section(W.feedFaultsHeading) { faultTable } }
            p { a(W.removeFeed, to: below("removal")) }
        }
    }

    private var faultTable: HTML {
        HTML {
            p(W.feedFaultsLead)
            table(
                caption: W.feedFaultsHeading,
                columns: [TableColumn(W.row), TableColumn(W.columnName), TableColumn(W.feedWrong)],
                rows: faults.map { TableRow($0.place, [HTML($0.name), HTML($0.sentence)]) },
                isCaptionOnlySpoken: true
            )
            if faultCount > faults.count { p(W.feedMoreFaults(n: faultCount - faults.count)) }
        }
    }

    private func below(_ name: StaticString) -> SafeURL { .path("/directory/feeds", id, "\(name)") }
}

enum FeedWords {
    static func around(_ feed: KeptFeed? = nil) -> Surroundings {
        let home = [
            Link(W.directory, to: .path("/directory")), Link(W.work, to: .path("/directory/work")),
            Link(W.feedsHeading, to: .path("/directory/feeds")),
        ]
        return Surroundings(
            breadcrumbs: home + (feed.map { [Link($0.name, to: .path("/directory/feeds", $0.id))] } ?? []),
            isPrivate: true
        )
    }

    static func state(_ feed: KeptFeed, _ dates: Dates) -> String {
        switch feed.state {
        case .waiting: return W.feedWaiting
        case .taking: return feed.isStopping ? W.feedStopping : W.feedTaking(n: feed.count.all)
        case .idle:
            guard let ended = feed.endedAt else { return W.feedNever }
            let when = dates.dayAndTime(ended)
            return feed.problem == nil ? W.feedTaken(when: when) : W.feedTried(when: when)
        }
    }

    static func news(_ done: String?) -> String? {
        switch done {
        case "added": W.newsFeedAdded
        case "asked": W.newsFeedAsked
        case "stopped": W.newsFeedStopped
        case "nights": W.newsFeedNights
        default: nil
        }
    }

    /// `/directory/feeds/new`
    @Sendable static func new(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        try DirectoryPolicy.edit(by: visit.actor)
        return NewFeedPage(visit)
    }

    /// `/directory/feeds/:feed/removal`
    @Sendable static func removal(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        try DirectoryPolicy.edit(by: visit.actor)
        let feed = try KeptFeed.find(visit.id("feed"), tx)
        let shown = try KeptFeed.shown(of: feed.id, tx)
        return FormPage(
            W.removeFeed,
            around(feed),
            caption: feed.name,
            lead: W.removeLead(n: shown),
            parts: [
                FormPage.Part([
                    .choice("entries", W.removeEntries, [.init("stay", W.removeStay), .init("out", W.removeOut)], in: visit.form, or: "")
                ])
            ],
            sendTo: .path("/directory/feeds", feed.id, "removal"),
            button: W.removeFeed,
            kind: .warning,
            otherwise: Link(W.back, to: .path("/directory/feeds", feed.id)),
            problems: visit.form.problems
        )
    }
}

/// `/directory/feeds/new`: where a feed is, or the feed itself as a file.
struct NewFeedPage: Page {
    let heading = W.addFeed
    var lead: String? { W.addFeedLead }
    let fields: Filled
    var problems: Problems { fields.problems }
    var surroundings: Surroundings { FeedWords.around() }

    private enum CodingKeys: String, CodingKey { case fields }

    init(_ visit: Visit) { fields = Filled(visit.form, beginning: ["address": "", "name": "", "licence": "", "note": ""]) }

    var html: HTML {
        form(post: .path("/directory/feeds"), sendsFiles: true) {
            textField(
                "address",
                label: W.feedAddress,
                value: fields["address"],
                hint: W.feedAddressHint,
                problems: problems,
                isOptional: true
            )
            fileField("file", label: W.feedOrFile, hint: W.feedFileHint, problems: problems, accepts: ".json,.ndjson,application/json")
            textField("name", label: W.feedWhose, value: fields["name"], hint: W.fileFromHint, problems: problems)
            textField("licence", label: W.licence, value: fields["licence"], hint: W.licenceHint, problems: problems, isOptional: true)
            textField("note", label: W.note, value: fields["note"], hint: W.noteHint, problems: problems, isOptional: true)
            button(W.addFeed)
        }
    }
}
