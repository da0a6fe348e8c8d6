import Directory
import HTML
import Kernel
import Services
import Store
import Web
import Words

/// What rooms above this one put on the page of a list, such as the way to refer somebody to a place on it.
public struct BesideLists: Sendable {
    public let forPlace: @Sendable (Shortlist, EntryID, Actor, Transaction) throws -> Link?
    public let forList: @Sendable (Shortlist, Actor, Transaction) throws -> [Link]
    /// Below somebody's lists.
    public let forPerson: @Sendable (Actor, Transaction) throws -> [Link]

    public init(
        forPlace: @escaping @Sendable (Shortlist, EntryID, Actor, Transaction) throws -> Link?,
        forList: @escaping @Sendable (Shortlist, Actor, Transaction) throws -> [Link],
        forPerson: @escaping @Sendable (Actor, Transaction) throws -> [Link]
    ) {
        self.forPlace = forPlace
        self.forList = forList
        self.forPerson = forPerson
    }
}

/// `/lists`: the lists that somebody holds.
struct ListsPage: Page {
    struct Line: Sendable, Encodable {
        let list: Link
        let about: String
    }

    let heading = W.listsHeading
    var lead: String? { W.listsLead }
    let lists: [Line]
    let more: [Link]
    let news: String?
    let surroundings = Surroundings(breadcrumbs: [Link(W.toDirectory, to: .path("/directory"))], isPrivate: true)

    private enum CodingKeys: String, CodingKey { case lists, more, news }

    init(_ visit: Visit, _ beside: BesideLists, _ tx: Transaction) throws {
        let held = try ListStore.held(by: ListHolder(visit), tx)
        lists = try held.map { list in
            let count = try ListStore.places(of: list.id, tx).count
            return Line(list: Link(list.title, to: list.url), about: W.placesOn(n: count, day: visit.site.dates.day(list.changedAt)))
        }
        more = try beside.forPerson(visit.actor, tx)
        news = visit.query["done"] == "gone" ? W.newsGone : nil
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if lists.isEmpty { emptyState(W.noLists, next: Link(W.toDirectory, to: .path("/directory"))) }
            for line in lists { card(line.list.label, to: line.list.url) { p(line.about, class: "hint") } }
            postButton(W.newList, to: .path("/lists"))
            if !more.isEmpty { section(W.forYou) { ul { for link in more { li { a(link.label, to: link.url) } } } } }
        }
    }
}

/// `/lists/:list`: one list, to change and to pass on.
struct ListPage: Page {
    struct Place: Sendable, Encodable {
        let name: String
        let url: SafeURL?
        let why: String
        let phones: [Link]
        let news: String?
        let source: String?
        let refer: Link?
        let line: PlaceLine

        private enum CodingKeys: String, CodingKey { case name, url, why, phones, news, source, refer }

        init(_ line: PlaceLine, refer: Link?) {
            (name, url, why, phones, news, source) = (line.name, line.url, line.why, line.phones, line.news, line.source)
            (self.line, self.refer) = (line, refer)
        }
    }

    struct Passed: Sendable, Encodable {
        let words: String
        let end: SafeURL
        let about: String
    }

    let heading: String
    let places: [Place]
    let links: [Passed]
    let more: [Link]
    let news: String?
    let back: SafeURL
    /// What opens it without an account.
    let address: String?
    /// In a browser's hand while somebody is signed in: theirs to take along.
    let canBeKept: Bool
    let isStaff: Bool
    let services: [Service]
    private let list: Shortlist
    let form: Form
    var problems: Problems { form.problems }
    var lead: String? { W.listLead }
    let surroundings = Surroundings(breadcrumbs: [Link(W.listsHeading, to: .path("/lists"))], isPrivate: true)

    private enum CodingKeys: String, CodingKey { case places, links, more, news, address }

    init(_ visit: Visit, _ beside: BesideLists, _ tx: Transaction) throws {
        let holder = ListHolder(visit)
        list = try ListStore.find(visit.id("list"), for: holder, tx)
        heading = list.title
        let (list, dates) = (list, visit.site.dates)
        places = try PlaceLine.all(of: list.id, at: visit.at, dates, tx).map { line in
            Place(line, refer: line.isGone ? nil : try beside.forPlace(list, line.id, visit.actor, tx))
        }
        links = try ListLink.open(list.id, at: visit.at, tx).map { link in
            let (made, until) = (dates.dayAndTime(link.madeAt), dates.day(link.endsAt))
            return Passed(
                words: W.linkMade(day: made, until: until),
                end: .path("/lists", list.id, "links", link.id, "end"),
                about: W.linkAbout(day: made)
            )
        }
        more = try beside.forList(list, visit.actor, tx)
        news = visit.query["done"].flatMap(Self.news)
        back = visit.query["back"].flatMap { SafeURL(local: $0) } ?? .path("/directory")
        let isCarried = list.owner != visit.actor.personID.map { .person($0) }
        address = isCarried ? visit.pocket.map { SafeURL.path("/lists/link", $0).absolute(on: visit.site.base).description } : nil
        canBeKept = isCarried && visit.actor.person != nil
        let workplaces = try Workplaces.of(visit.actor, tx)
        isStaff = list.service.map(workplaces.contains) ?? false
        services = workplaces.count > 1 ? try workplaces.map { try ServiceStore.find($0, tx) } : []
        form = visit.form
    }

    private static func news(_ done: String) -> String? {
        switch done {
        case "added": W.newsAdded
        case "saved": W.newsSaved
        case "hand": W.newsHand
        case "ended": W.newsEnded
        case "asked": W.newsAsked
        case "kept": W.newsKept
        default: nil
        }
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) { p { a(W.goOnLooking, to: back) } } }
            if canBeKept { postButton(W.keepInAccount, to: below("keeping"), kind: .primary) }
            if places.isEmpty { emptyState(W.listEmpty, next: Link(W.toDirectory, to: .path("/directory"))) }
            changing
            PlaceLine.sources(of: places.map(\.line))
            if !places.isEmpty { section(W.passOn, id: "pass-on") { passing } }
            if !more.isEmpty { section(W.forStaff) { ul { for link in more { li { a(link.label, to: link.url) } } } } }
            if let address { section(W.keepHeading) { keeping(address) } }
            section(W.done) {
                p { a(W.goOnLooking, to: .path("/directory")) }
                if isStaff || address == nil { postButton(W.takeInHand, to: below("hand")) }
                details(W.throwAway) {
                    p(W.throwAwayWords)
                    postButton(W.throwAwayButton, to: below("end"), kind: .warning)
                }
            }
        }
    }

    /// One form for all of it: whichever button is pressed, nothing that was typed is lost. The first one saves, which is what Enter does.
    private var changing: HTML {
        HTML::form(post: list.url, help: .asksBeforeLeaving) {
            textField(
                "title",
                label: W.titleLabel,
                value: form.value("title", or: list.title),
                hint: W.titleHint,
                problems: problems
            )
            if !services.isEmpty {
                selectField(
                    "service",
                    label: W.serviceLabel,
                    options: services.map { Choice($0.id.text, $0.name) },
                    value: form.value("service", or: list.service?.text ?? ""),
                    problems: problems
                )
            }
            button(W.save, name: "do", value: "save")
            if !places.isEmpty {
                section(W.placesHeading) { for (number, place) in places.enumerated() { card(place, number) } }
            }
        }
    }

    private func card(_ place: Place, _ number: Int) -> HTML {
        let (line, name) = (place.line, "why-\(place.line.id)")
        return HTML::card(line.name, id: "place-\(number + 1)", to: line.url) {
            if let news = line.news { p { tag(news, .attention) } }
            if !place.phones.isEmpty {
                p {
                    W.ring; for phone in place.phones { " "; a(phone.label, to: phone.url) }
                }
            }
            textField(
                name,
                label: W.whyLabel,
                value: form.value(name, or: line.why),
                hint: number == 0 ? W.whyHint : nil,
                problems: problems,
                isOptional: true
            )
            buttons {
                button(W.save, about: W.saveAbout(name: line.name), kind: .secondary, name: "do", value: "save")
                if number > 0 { button(W.up, about: line.name, kind: .quiet, name: "do", value: "up \(line.id)") }
                if number + 1 < places.count { button(W.down, about: line.name, kind: .quiet, name: "do", value: "down \(line.id)") }
                button(W.off, about: line.name, kind: .quiet, name: "do", value: "off \(line.id)")
            }
            if let refer = place.refer { p { a(refer.label, about: line.name, to: refer.url) } }
        }
    }

    private var passing: HTML {
        HTML {
            HTML::form(post: below("links")) {
                radios(
                    "days",
                    legend: W.linkDays,
                    options: PassOn.days.map { Choice("\($0)", W.daysLong(n: $0)) },
                    value: form.value("days", or: "30"),
                    hint: W.linkHint,
                    problems: problems,
                    isInline: true
                )
                buttons {
                    button(W.makeLink, name: "then", value: "link")
                    button(W.printIt, kind: .secondary, name: "then", value: "print")
                }
            }
            if isStaff {
                ul {
                    li { a(W.sendIt, to: below("sending")) }
                    li { a(W.readItOut, to: below("phone")) }
                }
            }
            for link in links {
                p(link.words)
                postButton(W.endLink, about: link.about, to: link.end)
            }
        }
    }

    private func keeping(_ address: String) -> HTML {
        HTML {
            p(W.keepWords)
            p(class: "address") { strong(address) }
            buttons { copyButton(W.copyLink, copies: address) }
            postButton(W.forget, to: below("forgetting"))
        }
    }

    private func below(_ name: String) -> SafeURL { .path("/lists", list.id, name) }
}

/// `/lists/link/:code`: a list without an account, opened by the code its owner wrote down. It is looked at first: whoever made it sees what
/// is put on it.
struct OpenListPage: Page {
    let heading: String
    let places: [PlaceLine]
    private let code: String
    var lead: String? { W.openLead }
    let surroundings = Surroundings(breadcrumbs: [Link(W.listsHeading, to: .path("/lists"))], isPrivate: true)

    private enum CodingKeys: String, CodingKey { case places }

    static func list(_ visit: Visit, _ tx: Transaction) throws -> Shortlist {
        let digest = ListCode.digest(try visit.part("code"), for: .owner)
        let found = try tx.first("SELECT \(Shortlist.columns) FROM shortlists WHERE digest = \(digest)") { try Shortlist(&$0) }
        guard let found else {
            // 60 wrong codes in ten minutes are no typing mistakes any more.
            try visit.site.limits.count("list-code", visit, most: 60, minutes: 10)
            throw Refusal.deadLink(DeadLink(heading: W.deadHeading, because: W.deadOwn, label: W.toDirectory, path: "/directory"))
        }
        return found
    }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let list = try Self.list(visit, tx)
        heading = list.title
        code = try visit.part("code")
        places = try PlaceLine.all(of: list.id, at: visit.at, visit.site.dates, tx)
    }

    var html: HTML {
        HTML {
            postButton(W.openButton, to: .path("/lists/link", code, "opening"), kind: .primary)
            for place in places { card(place.name, to: place.url) { place.html() } }
            PlaceLine.sources(of: places)
        }
    }
}
