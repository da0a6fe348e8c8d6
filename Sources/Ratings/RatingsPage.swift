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
            return Self.line(found, perspective, isExact: VoicePolicy.runs(here.place, here.actor))
        }
        let sessions = try SessionStore.list(of: here.project.id, tx)
        let readsWords = RatingPolicy.readsWords(in: here.place, here.actor)
        together = try RatingStore.together(in: here.project.id, tx).compactMap { rating in
            let session = sessions.first { $0.id == rating.session }
            // What a group said in its own session stays with the group, unless it let it go.
            if let group = session?.group, !readsWords, !rating.isPublic, !here.actor.isMember(of: group) { return nil }
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
        said = try RatingStore.words(in: here.project.id, onlyPublic: !readsWords, limit: 50, tx).filter { !$0.isTogether }.map { rating in
            Said(words: rating.words ?? "", by: Self.who(rating, here, readsWords))
        }
        var ways: [Link] = []
        if here.actor.perspective(in: here.project.id) != nil { ways.append(Link(W.giveHeading, to: here.here("ratings", "mine"))) }
        if RatingPolicy.mayRecord(in: here.place, by: here.actor) {
            ways.append(Link(W.phoneHeading, to: here.here("ratings", "phone")))
            ways.append(Link(W.togetherHeading, to: here.here("ratings", "together")))
        }
        self.ways = ways
    }

    /// The score beside the words is for those who run the project: it is one person's.
    private static func who(_ rating: Rating, _ here: ProjectVisit, _ seesScore: Bool) -> String {
        let who = here.perspectives.one(rating.perspective)
        return seesScore ? W.saidBy(who: who, score: String(rating.score)) : W.saidByNoScore(who: who)
    }

    static func line(_ figures: RatingFigures, _ perspective: Perspective, isExact: Bool) -> Line {
        // Everybody but those who run the project reads it as the public does: counts in steps, averages in whole numbers, and none of few.
        let isTold = isExact || figures.people == 0 || figures.people >= SmallNumbers.Circle.everyone.least
        let shown = figures.average.map { W.outOfTen(score: isExact ? number($0) : String(Int($0.rounded()))) } ?? W.nobody
        return Line(
            who: perspective.label,
            people: isExact ? String(figures.people) : SmallNumbers.inSteps(figures.people),
            average: isTold ? shown : W.notShown
        )
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
