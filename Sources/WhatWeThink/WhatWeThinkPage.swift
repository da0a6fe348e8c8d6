import HTML
import Kernel
import Projects
import Services
import Statements
import Store
import Web
import Words

/// What a round came to, while it is answered and afterwards.
struct WhatWeThinkPage: Page {
    struct Part: Encodable, Sendable {
        let title: String
        let words: String
        let lines: [Line]
        /// How many more there are.
        let more: String?
    }

    let heading: String
    let caption: String? = W.whatWeThink
    let lead: String?
    let surroundings: Surroundings
    let standing: String
    let people: String
    /// For those in the room: how many of them answered by phone or on paper.
    let channels: String?
    let answer: Link?
    let parts: [Part]
    let map: MapPart
    let all: Link?
    let ways: [Link]
    let turn: Link?
    let isOpen: Bool
    private let url: SafeURL

    private enum CodingKeys: String, CodingKey { case standing, people, channels, answer, parts, map, all }

    // 3 of a part: a page of twelve statements with all their figures weighs what a telephone loads over a bad line.
    private static let most = 3
    static let page = 8

    init(_ visit: Visit, _ states: RoundStates, _ tx: Transaction) throws {
        let here = try RoundVisit(visit, tx)
        let round = here.round
        let seen = try Seen(round, of: here.project.project, for: visit.actor, states, tx)
        let lines = try Lines(here, seen, tx)
        let now = round.standing(at: visit.at)
        heading = round.title
        lead = round.question
        url = here.url()
        surroundings = here.project.surroundings(Link(W.rounds, to: here.project.here("rounds"))).wearing(.statements)
        standing = RoundWords.standing(now, here.project.dates)
        people = Self.words(seen.people, lines.labels)
        channels = try seen.circle == nil ? Self.channels(round, tx) : nil
        let mayAnswer = now == .open && RoundPolicy.mayAnswer(in: here.project.project, by: visit.actor)
        answer = mayAnswer ? Link(W.answerThem, to: round.answering(for: visit.actor, in: here.project)) : nil
        parts = Self.parts(lines)
        map = try MapPart(here, seen, states, lines.statements, tx)
        all = lines.all.isEmpty ? nil : Link(W.allStatements(n: lines.all.count), to: here.url("all"))
        ways = try Self.ways(here, tx)
        isOpen = round.state == .open
        turn = RoundPolicy.mayRun(in: round.place, by: visit.actor) ? Self.turn(round, here) : nil
    }

    private static func turn(_ round: Round, _ here: RoundVisit) -> Link {
        switch round.state {
        case .draft: Link(W.open, to: here.url("opening"))
        case .open: Link(W.close, to: here.url("closing"))
        case .closed: Link(W.openAgain, to: here.url("opening"))
        }
    }

    private static func words(_ people: [(places: [Int], people: Int)]?, _ labels: [String]) -> String {
        guard let people else { return W.peopleFew }
        let all = people.reduce(0) { $0 + $1.people }
        guard all > 0 else { return W.peopleNone }
        let parts = people.map { W.answeredOf(who: Explained.together($0.places, labels), number: String($0.people)) }
        return W.peopleAnswered(n: all) + " " + parts.joined(separator: "; ") + "."
    }

    private static func channels(_ round: Round, _ tx: Transaction) throws -> String? {
        let rows = try tx.all(
            """
            SELECT channel, COUNT(*) FROM responders WHERE channel <> 'online' AND number IN (
                SELECT responder FROM responses WHERE round = \(round.number) AND answer IS NOT NULL)
            GROUP BY channel ORDER BY channel DESC
            """
        ) { row in (try row.next(Responder.Channel.self), try row.next(Int.self)) }
        let parts = rows.map { $0.0 == .phone ? W.channelPhone(n: $0.1) : W.channelPaper(n: $0.1) }
        return parts.isEmpty ? nil : W.channels(list: listed(parts))
    }

    private static func parts(_ lines: Lines) -> [Part] {
        func part(_ title: String, _ words: String, _ findings: Set<Finding>, by order: (Lines.One, Lines.One) -> Bool) -> Part? {
            let found = lines.all.filter { findings.contains($0.figure.finding) }.sorted(by: order)
            guard !found.isEmpty else { return nil }
            let more = found.count - most
            return Part(title: title, words: words, lines: found.prefix(most).map(\.line), more: more > 0 ? W.moreHere(n: more) : nil)
        }
        return [
            part(W.agreeHeading, W.agreeWords, [.everybodyAgrees]) { $0.figure.consensus > $1.figure.consensus },
            part(W.disagreeHeading, W.disagreeWords, [.everybodyDisagrees]) { $0.figure.consensus < $1.figure.consensus },
            part(W.differHeading, W.differWords, [.perspectivesDiffer]) { $0.figure.spread > $1.figure.spread },
            part(W.unknownHeading, W.unknownWords, [.notKnownYet, .mixed]) { $0.line.number < $1.line.number },
        ].compactMap(\.self)
    }

    /// Where those who run it and those who write down do their work.
    private static func ways(_ here: RoundVisit, _ tx: Transaction) throws -> [Link] {
        let (place, actor) = (here.round.place, here.actor)
        var ways: [Link] = []
        if RoundPolicy.mayModerate(in: place, by: actor) {
            let waiting = try tx.count("SELECT COUNT(*) FROM statements WHERE round = \(here.round.id) AND state = 'waiting'")
            ways.append(Link(W.moderate(n: waiting), to: here.url("statements")))
        }
        if RoundPolicy.mayRun(in: place, by: actor) { ways.append(Link(W.edit, to: here.url("edit"))) }
        if RoundPolicy.mayScribe(in: place, by: actor), here.round.standing(at: here.visit.at) != .closed {
            ways += [
                Link(W.byPhone, to: here.url("phone")), Link(W.sheet, to: here.url("sheet")), Link(W.paper, to: here.url("paper")),
            ]
        }
        return ways
    }

    var html: HTML {
        HTML {
            p { tag(standing, isOpen ? .good : .waiting) }
            if let answer { p { buttonLink(answer.label, to: answer.url) } }
            if !ways.isEmpty || turn != nil { running }
            liveFigures(id: "figures") {
                p { strong(people) }
                if let channels { p(channels) }
                details(W.howToRead) {
                    p(W.howGroups)
                    p(W.howPersons)
                    p(W.howRange)
                    p(W.howSmall)
                }
                for part in parts {
                    section(part.title) {
                        p(part.words)
                        for line in part.lines { line.html }
                        if let more = part.more, let all { p { a(more, to: all.url) } }
                    }
                }
                map.html
            }
            if let all { p { a(all.label, to: all.url) } }
        }
    }

    private var running: HTML {
        nav(label: W.waysLabel) {
            ul(class: "plain") { for way in ways { li { a(way.label, to: way.url) } } }
            if let turn { postButton(turn.label, to: turn.url, kind: isOpen ? .secondary : .primary) }
        }
    }
}

enum RoundWords {
    static func standing(_ standing: Round.Standing, _ dates: Dates) -> String {
        switch standing {
        case .draft: W.standingDraft
        case .waiting(let from): W.standingWaiting(day: dates.day(from))
        case .open: W.standingOpen
        case .closed: W.standingClosed
        }
    }
}

/// Every statement that is asked, with what may be known of its answers.
struct Lines {
    struct One {
        let line: Line
        let figure: StatementFigure
    }

    let all: [One]
    let labels: [String]
    /// The words of statements by their numbers.
    let statements: [Int: String]

    init(_ here: RoundVisit, _ seen: Seen, _ tx: Transaction) throws {
        let labels = here.round.perspectives.map { here.project.perspectives.label($0.key) }
        let kept = try StatementStore.kept(in: here.round.id, tx)
        let links = try Self.links(here, tx)
        let mayTake = RoundPolicy.mayModerate(in: here.round.place, by: here.actor)
        all = kept.map { statement in
            let figure = seen.figure(of: statement.number)
            let line = Line(
                statement,
                figure,
                labels: labels,
                from: links.first { $0.statement == statement.id && $0.way == .from }.map { Self.link($0, here) },
                taken: links.last { $0.statement == statement.id && $0.way == .to }.map { Self.link($0, here) },
                take: mayTake ? here.url("statements", statement.id, "proposal") : nil
            )
            return One(line: line, figure: figure)
        }
        self.labels = labels
        statements = Dictionary(kept.map { ($0.number, $0.words) }) { first, _ in first }
    }

    /// Links to themes, for those who may open them: the public ones for everybody.
    private static func links(_ here: RoundVisit, _ tx: Transaction) throws -> [StatementThemes.Link] {
        let links = try StatementThemes.of(round: here.round.id, tx)
        guard !ThemeReach.mayRead(here), !links.isEmpty else { return links }
        let open = Set(try tx.values("SELECT id FROM themes WHERE id IN \(list: links.map(\.theme)) AND public = 1", as: ThemeID.self))
        return links.filter { open.contains($0.theme) }
    }

    private static func link(_ link: StatementThemes.Link, _ here: RoundVisit) -> Link {
        let url =
            ThemeReach.mayRead(here)
            ? here.project.here("themes", link.theme) : SafeURL.path("/", here.project.service.slug, "themes", link.theme)
        return Link(link.themeTitle, to: url)
    }
}

/// All statements of a round with their figures, eight a page.
struct AllStatementsPage: Page {
    let heading: String
    let caption: String?
    let surroundings: Surroundings
    let lines: [Line]
    private let page: Int
    private let pages: Int
    private let url: SafeURL

    private enum CodingKeys: String, CodingKey { case lines }

    init(_ visit: Visit, _ states: RoundStates, _ tx: Transaction) throws {
        let here = try RoundVisit(visit, tx)
        let lines = try Lines(here, Seen(here.round, of: here.project.project, for: visit.actor, states, tx), tx).all.map(\.line)
        heading = W.everyStatement
        caption = here.round.title
        surroundings = here.project.surroundings(Link(W.rounds, to: here.project.here("rounds")), here.link).wearing(.statements)
        pages = max(1, (lines.count + WhatWeThinkPage.page - 1) / WhatWeThinkPage.page)
        page = min(visit.query.page, pages)
        self.lines = Array(lines.dropFirst((page - 1) * WhatWeThinkPage.page).prefix(WhatWeThinkPage.page))
        url = here.url("all")
    }

    var html: HTML {
        HTML {
            if lines.isEmpty { p(W.noStatements) }
            liveFigures(id: "figures") { for line in lines { line.html } }
            if pages > 1 { pagination(page: page, of: pages) { url.adding("page", $0) } }
        }
    }
}
