import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// One statement and three buttons; when there is none left, what happens with the answers.
struct AnswerPage: Page {
    struct Asked: Encodable, Sendable {
        let id: StatementID
        let words: String
        /// What this person answered before, where they did.
        let before: String?
        /// Said where it says in other words what they answered already.
        let note: String?
    }

    struct Last: Encodable, Sendable {
        let words: String
        let change: SafeURL
    }

    let heading: String
    let caption: String?
    let lead: String?
    let surroundings: Surroundings
    let standing: String?
    let asked: Asked?
    let progress: String
    let done: Int
    let of: Int
    let last: Last?
    /// The private link, for who has no account.
    let link: String?
    let isNew: Bool
    let perspective: String
    let results: SafeURL
    let mine: SafeURL
    let others: [(title: String, id: RoundID)]
    let proposed: String?
    private let base: SafeURL
    private let form: Form
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case asked, progress, done, of, last, perspective, results, mine, standing }

    init(_ door: AnsweringDoor, _ states: RoundStates, _ tx: Transaction) throws {
        let here = try door.here(tx)
        let round = door.round
        let visit = door.visit
        let answers = try door.responder.map { try ResponderStore.answers(of: $0.number, in: round, tx) } ?? [:]
        let all = try StatementStore.all(in: round.id, tx)
        let kept = all.filter { $0.state == .kept }
        let answered = kept.filter { answers[$0.number] != nil }.count
        let isOpen = round.standing(at: visit.at) == .open
        let wanted =
            (visit.form.has("statement") ? StatementID(visit.form["statement"]) : nil)
            ?? visit.query["statement"].flatMap { StatementID($0) }
        let chosen = kept.first { $0.id == wanted } ?? Self.next(kept.filter { answers[$0.number] == nil }, door, answered, states, tx)
        heading = round.title
        caption = here.project.title
        lead = round.question
        base = door.base
        surroundings = here.surroundings(isPrivate: true).wearing(.statements)
        standing = isOpen ? nil : Self.words(round.standing(at: visit.at), here.dates)
        asked = isOpen ? chosen.map { Self.asked($0, answers, all) } : nil
        done = answered
        of = kept.count
        progress = W.progress(done: String(answered), all: String(kept.count))
        last = visit.query["was"].flatMap { StatementID($0) }.flatMap { id in kept.first { $0.id == id } }.flatMap { statement in
            answers[statement.number].map {
                Last(words: W.youSaid($0, statement.words), change: door.base.adding("statement", statement.id))
            }
        }
        link = door.isByLink ? door.base.absolute(on: visit.site.base).description : nil
        isNew = visit.query["new"] != nil
        perspective = door.perspective.map { here.perspectives.one($0) } ?? ""
        results = round.url(in: here)
        mine = SafeURL(local: door.base.description + "/mine") ?? door.base
        others = door.isByLink ? try Self.others(here, besides: round, at: visit.at, tx) : []
        proposed = visit.query["added"].map { _ in round.isHeld ? W.addedHeld : W.addedKept }
        form = visit.form
    }

    private static func next(_ left: [Statement], _ door: AnsweringDoor, _ answered: Int, _ states: RoundStates, _ tx: Transaction)
        -> Statement?
    {
        guard left.count > 1 else { return left.first }
        // Without a map, as when it cannot be drawn, all are as likely.
        let map = try? states.map(of: door.round, at: door.visit.at, tx)
        let who =
            door.responder?.number ?? Int(truncatingIfNeeded: door.visit.actor.personID?.text.utf8.reduce(0) { $0 &* 31 &+ Int($1) } ?? 0)
        return NextStatement.draw(
            left,
            weights: NextStatement.weights(of: left.map(\.number), map),
            NextStatement.chance(who, answered: answered)
        )
    }

    private static func asked(_ statement: Statement, _ answers: [Int: Response], _ all: [Statement]) -> Asked {
        let older = all.first { $0.became == statement.id && $0.state == .reworded && answers[$0.number] != nil }
        return Asked(
            id: statement.id,
            words: statement.words,
            before: answers[statement.number].map { W.answerWord($0) },
            note: older.map { W.rewordedSince(words: $0.words) }
        )
    }

    private static func others(_ here: ProjectVisit, besides round: Round, at now: Moment, _ tx: Transaction) throws -> [(
        title: String, id: RoundID
    )] {
        try RoundStore.all(in: here.project, for: here.actor, tx).filter { $0.id != round.id && $0.standing(at: now) == .open }
            .map { ($0.title, $0.id) }
    }

    static func words(_ standing: Round.Standing, _ dates: Dates) -> String {
        switch standing {
        case .draft: W.standingDraft
        case .waiting(let from): W.standingWaiting(day: dates.day(from))
        case .open: W.standingOpen
        case .closed: W.standingClosed
        }
    }

    var html: HTML {
        HTML {
            if isNew { keepLink }
            if let proposed { notificationBanner(proposed, kind: .success) }
            if let standing { notificationBanner(standing) }
            if let last {
                p(class: "quiet") {
                    last.words
                    " "
                    a(W.changeIt, to: last.change)
                }
            }
            if let asked { question(asked) } else if standing == nil { allDone }
            p(class: "quiet") {
                strong(progress)
                " "
                W.stopWhenever
            }
            if asked != nil || standing == nil { another }
            p { a(W.whatIAnswered, to: mine) }
            p { a(W.toResults, to: results) }
            if link != nil { p { a(W.toMap, to: base.below("map")) } }
            if !perspective.isEmpty { p(W.youSpeakAs(who: perspective), class: "quiet") }
            if !isNew, link != nil { keepLink }
            if !others.isEmpty { otherRounds }
        }
    }

    private func question(_ asked: Asked) -> HTML {
        HTML::form(post: base.below("answers"), id: "next", class: "answering") {
            hidden("statement", asked.id)
            quote(asked.words)
            if let note = asked.note { p(note, class: "quiet") }
            if let before = asked.before { p(W.answeredBefore(answer: before), class: "quiet") }
            div(class: "answers") {
                button(W.agree, name: "answer", value: Response.agree.word)
                button(W.disagree, name: "answer", value: Response.disagree.word)
                button(W.pass, kind: .secondary, name: "answer", value: Response.pass.word)
            }
            p(W.passMeans, class: "hint")
            buttonKeys(of: "next", hint: W.keysHint, turnOff: W.keysOff, turnOn: W.keysOn)
        }
    }

    private var allDone: HTML {
        nextSteps(W.allDone) {
            p(W.allDoneWords)
            p { buttonLink(W.toResults, to: results) }
        }
    }

    private var another: HTML {
        details(W.another, isOpen: problems["words"] != nil) {
            HTML::form(post: base.below("statements"), help: .asksBeforeLeaving) {
                textArea(
                    "words",
                    label: W.anotherLabel,
                    value: form["words"],
                    hint: W.anotherHint,
                    problems: problems,
                    limit: Statement.limit,
                    rows: 3
                )
                button(W.anotherSend, kind: .secondary)
            }
        }
    }

    private var keepLink: HTML {
        inset {
            p { strong(isNew ? W.keepLinkNew : W.keepLink) }
            p(W.keepLinkWhy)
            if let link {
                p { codeWords(link) }
                copyButton(W.copyLink, copies: link)
            }
        }
    }

    private var otherRounds: HTML {
        section(W.otherRounds) {
            for other in others { postButton(W.answerOther(title: other.title), to: base.below("rounds"), hidden: ["round": other.id]) }
        }
    }
}
