import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// `/…/voices`: what was said in a project, as far as the one who asks may read it.
struct VoicesPage: Page {
    let heading = W.voicesHeading
    let caption: String?
    let surroundings: Surroundings
    let voices: [Line]
    let page: Int
    let hasMore: Bool
    let filter: Filter
    let groups: [ProjectGroup]
    let address: SafeURL
    let ways: [Link]

    private enum CodingKeys: String, CodingKey { case voices, page, hasMore }

    struct Line: Encodable {
        let words: String
        let perspective: String
        let kind: String
        let on: String
        let state: String
        let isOverdue: Bool
        let isHeard: Bool
        let seenBy: String
        let url: SafeURL
    }

    struct Filter {
        let group: GroupID?
        let perspective: String?
        let isUnheard: Bool
        /// A group was asked for that there is not: nothing fits.
        let isOfNothing: Bool

        init(_ query: Query) {
            group = query["group"].flatMap { GroupID($0) }
            perspective = query["perspective"]
            isUnheard = query["show"] == "unheard"
            isOfNothing = query["group"] != nil && group == nil || query["show"] != nil && !isUnheard
        }
    }

    static let length = 50

    static func make(_ visit: Visit, _ tx: Transaction) throws -> VoicesPage {
        let here = try ProjectVisit(visit, tx)
        let actor = visit.actor
        guard actor.person != nil else { throw Refusal.signIn }
        let writes = VoicePolicy.writesDown(in: here.place, actor)
        guard VoicePolicy.mayList(in: here.place, actor) else { throw Refusal.notFound }
        let filter = Filter(visit.query)
        let page = min(visit.query.page, 200)
        let found = try VoiceStore.list(condition(filter, here), limit: length + 1, offset: (page - 1) * length, tx)
        return VoicesPage(
            caption: here.project.title,
            surroundings: here.surroundings(isPrivate: true),
            voices: found.prefix(length).map { line($0, here) },
            page: page,
            hasMore: found.count > length,
            filter: filter,
            groups: try ProjectStore.groups(of: here.project.id, tx).filter { group in
                actor.isMember(of: group.id) || VoicePolicy.runs(here.place, actor)
            },
            address: here.here("voices"),
            ways: ways(here, writes)
        )
    }

    private static func condition(_ filter: Filter, _ here: ProjectVisit) -> SQL {
        var condition: SQL = "voices.project = \(here.project.id) AND \(VoicePolicy.readable(in: here.place, by: here.actor))"
        if filter.isOfNothing { return "1 = 0" }
        if let group = filter.group { condition += " AND voices.group_id = \(group)" }
        if let perspective = filter.perspective { condition += " AND voices.perspective = \(perspective)" }
        if filter.isUnheard {
            condition += " AND voices.withdrawn_at IS NULL AND (voices.heard_at IS NULL OR \(waitsToBeRead))"
        }
        return condition
    }

    /// Its words were changed after somebody answered, and nobody has read the new ones.
    private static let waitsToBeRead: SQL = """
        (voices.passed_at IS NULL AND voices.held_because IS NULL AND (voices.consent IN ('public', 'public-named') \
        OR (voices.consent = 'project' AND voices.speaker IS NULL AND voices.channel = 'online')))
        """

    private static func ways(_ here: ProjectVisit, _ writes: Bool) -> [Link] {
        var ways: [Link] = []
        if (try? VoicePolicy.say(in: here.project, by: here.actor)) != nil {
            ways.append(Link(W.waySay, to: here.here("say")))
            if writes {
                ways.append(Link(W.wayPhone, to: here.here("voices", "phone")))
                ways.append(Link(W.wayPaper, to: here.here("voices", "paper")))
            }
        }
        return ways
    }

    private static func line(_ voice: Voice, _ here: ProjectVisit) -> Line {
        let isWaiting = voice.withdrawnAt == nil && voice.heardAt == nil
        let state =
            if voice.withdrawnAt != nil { W.stateWithdrawn } else if isWaiting { W.stateHearBy(day: here.dates.day(voice.hearDue)) } else {
                W.stateHeard
            }
        return Line(
            words: voice.words ?? "",
            perspective: here.perspectives.label(voice.perspective),
            kind: W.kind(voice.kind),
            on: here.dates.day(voice.saidAt),
            state: state,
            isOverdue: isWaiting && voice.hearDue < here.visit.at,
            isHeard: voice.heardAt != nil,
            seenBy: VoiceWords.seenBy(voice),
            url: .path("/voices", voice.id)
        )
    }

    var html: HTML {
        HTML {
            buttons {
                for (place, way) in ways.enumerated() { buttonLink(way.label, to: way.url, kind: place == 0 ? .primary : .secondary) }
            }
            HTML::form(get: address, label: W.filterLabel, class: "filter") {
                if groups.count > 1 {
                    selectField(
                        "group",
                        label: W.filterGroup,
                        options: [Choice("", W.filterAll)] + groups.map { Choice($0.id.text, $0.name) },
                        value: filter.group?.text
                    )
                }
                selectField(
                    "show",
                    label: W.filterShow,
                    options: [Choice("", W.filterAll), Choice("unheard", W.filterUnheard)],
                    value: filter.isUnheard ? "unheard" : ""
                )
                button(W.filterApply, kind: .secondary)
            }
            if voices.isEmpty { emptyState(W.voicesNone, next: ways.first) }
            for voice in voices { entry(voice) }
            more
        }
    }

    private func entry(_ voice: Line) -> HTML {
        div(class: "card voice") {
            if voice.words.isEmpty {
                p(W.wasWithdrawn, class: "quiet")
            } else {
                quote(voice.words, by: "\(voice.perspective), \(voice.on)")
            }
            p {
                tag(voice.kind)
                " "
                tag(voice.state, voice.isOverdue ? .attention : voice.isHeard ? .good : .waiting)
                " "
                span(voice.seenBy, class: "quiet")
            }
            p { a(W.openVoice, about: W.voiceOf(day: voice.on, who: voice.perspective), to: voice.url) }
        }
    }

    private var more: HTML {
        nav(label: W.pagesLabel, class: "pagination") {
            ul(class: "plain") {
                if page > 1 { li { a(W.newer, to: at(page - 1)) } }
                if hasMore { li { a(W.older, to: at(page + 1)) } }
            }
        }
    }

    private func at(_ page: Int) -> SafeURL {
        address.adding("page", page).adding("group", filter.group).adding("perspective", filter.perspective)
            .adding("show", filter.isUnheard ? "unheard" : nil)
    }
}

/// `/me/voices`: what I said, each with the way to its receipt.
struct MyVoicesPage: Page {
    let heading = W.mineHeading
    let surroundings = Surroundings(breadcrumbs: [Link(W.myPages, to: .path("/me"))], isPrivate: true)
    let voices: [Line]

    private enum CodingKeys: String, CodingKey { case voices }

    struct Line: Encodable {
        let words: String
        let on: String
        let state: String
        let url: SafeURL
    }

    static func make(_ visit: Visit, _ tx: Transaction) throws -> MyVoicesPage {
        let me = try visit.someone()
        return MyVoicesPage(
            voices: try VoiceStore.by(speaker: me.id, tx).map { voice in
                Line(
                    words: voice.words ?? W.wasWithdrawn,
                    on: visit.site.dates.day(voice.saidAt),
                    state: voice.withdrawnAt != nil
                        ? W.stateWithdrawn : voice.heardAt != nil ? W.stateHeard : W.stateHearBy(day: visit.site.dates.day(voice.hearDue)),
                    url: .path("/voices", voice.id, "receipt")
                )
            }
        )
    }

    var html: HTML {
        HTML {
            if voices.isEmpty { emptyState(W.mineNone) }
            for voice in voices {
                div(class: "card voice") {
                    quote(voice.words, by: voice.on)
                    p { tag(voice.state) }
                    p { a(W.toReceipt, about: W.saidOn(day: voice.on), to: voice.url) }
                }
            }
        }
    }
}
