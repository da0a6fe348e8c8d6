import HTML
import Kernel
import Projects
import Services
import Sessions
import Store
import Voices
import Web
import Words

/// How listened-to people felt in a project: perspective beside perspective, never mixed into one number.
struct RatingsPage: Page {
    struct Line: Encodable, Sendable {
        let who: String
        let people: String
        let average: String
    }

    struct Together: Encodable, Sendable {
        let words: String
        let quote: String?
    }

    struct Said: Encodable, Sendable {
        let words: String
        let by: String
    }

    let heading = W.ratings
    let lead: String?
    let surroundings: Surroundings
    let notice: String?
    let lines: [Line]
    let together: [Together]
    let said: [Said]
    let ways: [Link]

    init(_ here: ProjectVisit, _ tx: Transaction) throws {
        try RatingPolicy.read(in: here.place, by: here.actor)
        lead = W.ratingsLead
        surroundings = here.surroundings(isPrivate: true)
        notice = here.visit.query["thanks"] == nil ? nil : W.thanks
        let figures = try RatingStore.figures(in: here.project.id, tx)
        lines = here.perspectives.all.map { perspective in
            let found =
                figures.first { $0.perspective == perspective.key } ?? RatingFigures(perspective: perspective.key, people: 0, sum: 0)
            return Self.line(found, perspective, Self.circle(of: perspective.key, for: here))
        }
        let sessions = try SessionStore.list(of: here.project.id, tx)
        together = try RatingStore.together(in: here.project.id, tx).map { rating in
            let session = sessions.first { $0.id == rating.session }
            return Together(
                words: W.togetherLine(
                    who: here.perspectives.label(rating.perspective),
                    score: String(rating.score),
                    session: session?.title ?? "",
                    day: here.dates.day(session?.startsAt ?? rating.at)
                ),
                quote: rating.words
            )
        }
        let readsWords = RatingPolicy.readsWords(in: here.place, here.actor)
        said = try RatingStore.words(in: here.project.id, onlyPublic: !readsWords, limit: 50, tx).filter { !$0.isTogether }.map { rating in
            Said(words: rating.words ?? "", by: W.saidBy(who: here.perspectives.one(rating.perspective), score: String(rating.score)))
        }
        var ways: [Link] = []
        if here.actor.perspective(in: here.project.id) != nil { ways.append(Link(W.giveHeading, to: here.here("ratings", "mine"))) }
        if RatingPolicy.mayRecord(in: here.place, by: here.actor) {
            ways.append(Link(W.phoneHeading, to: here.here("ratings", "phone")))
            ways.append(Link(W.togetherHeading, to: here.here("ratings", "together")))
        }
        self.ways = ways
    }

    /// Those who run the project know anyway, and people know their own room; of the others a few would be recognised.
    static func circle(of perspective: String, for here: ProjectVisit) -> SmallNumbers.Circle {
        if VoicePolicy.runs(here.place, here.actor) || here.actor.perspective(in: here.project.id) == perspective { return .room }
        return .organisation
    }

    static func line(_ figures: RatingFigures, _ perspective: Perspective, _ circle: SmallNumbers.Circle) -> Line {
        let people = SmallNumbers.shown(figures.people, outside: circle)
        // An average of few is nearly somebody's own number.
        let average = people.number == nil ? W.notShown : figures.average.map { W.outOfTen(score: number($0)) } ?? W.nobody
        return Line(who: perspective.label, people: people.words, average: average)
    }

    /// "8.3", and "8" for 8.0.
    private static func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }

    var html: HTML {
        HTML {
            if let notice { notificationBanner(notice, kind: .success) }
            table(
                caption: W.tableCaption,
                columns: [TableColumn(W.perspective), .number(W.answered), .number(W.average)],
                rows: lines.map { TableRow($0.who, [HTML($0.people), HTML($0.average)]) }
            )
            if !together.isEmpty {
                section(W.togetherSection) {
                    for one in together {
                        p(one.words)
                        if let words = one.quote { quote(words) }
                    }
                }
            }
            if !said.isEmpty {
                section(W.saidSection) { for one in said { quote(one.words, by: one.by) } }
            }
            if !ways.isEmpty { ul { for way in ways { li { a(way.label, to: way.url) } } } }
        }
    }
}
