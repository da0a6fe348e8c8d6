import HTML
import Kernel
import Projects
import Services
import Sessions
import Store
import Web
import Words

public enum RatingsRoutes {
    public static func add(to site: Site) {
        let ratings = "/:service/projects/:project/ratings"
        site.page(ratings) { visit, tx in try RatingsPage(ProjectVisit(visit, tx), tx) }
        site.page(ratings + "/mine", RatingForms.mine)
        site.post(ratings + "/mine", again: RatingForms.mine) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            _ = try RatingPolicy.give(in: here.project.id, by: visit.actor)
            try RatingForms.give(here, tx) { form in .own(here.project.id, session: SessionID(form["session"])) }
            return .see(here.here("ratings", query: ["thanks": "yes"]))
        }
        site.page(ratings + "/phone", RatingForms.phone)
        site.post(ratings + "/phone", again: RatingForms.phone) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try RatingPolicy.record(in: here.place, by: visit.actor)
            try RatingForms.give(here, tx) { form in
                .phoned(here.project.id, session: SessionID(form["session"]), perspective: RatingForms.perspective(&form, here))
            }
            return .see(here.here("ratings", query: ["thanks": "yes"]))
        }
        site.page(ratings + "/together", RatingForms.together)
        site.post(ratings + "/together", again: RatingForms.together) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try RatingPolicy.record(in: here.place, by: visit.actor)
            try RatingForms.give(here, tx) { form in
                let perspective = RatingForms.perspective(&form, here)
                let people = form.number("people", in: 1...100_000, wrong: W.peopleWrong)
                guard let session = SessionID(form["session"]) else { throw Problems("session", W.sessionEmpty) }
                return .together(session, perspective: perspective, people: people)
            }
            return .see(here.here("ratings", query: ["thanks": "yes"]))
        }
    }
}

enum RatingForms {
    static let wordsLimit = 1_000

    /// Reads what all three forms share, asks `about` for the rest, and keeps it.
    static func give(_ here: ProjectVisit, _ tx: Transaction, about: (inout Form) throws -> GiveRating.About) throws {
        var form = here.visit.form
        let score = form.number("score", in: 0...10, empty: W.scoreEmpty, wrong: W.scoreEmpty) ?? 0
        let words = form.text("words", limit: wordsLimit)
        let about = try about(&form)
        try form.check()
        try GiveRating.run(score, words: words, isPublic: form["public"] == "yes", about: about, by: here.deed, tx)
    }

    static func perspective(_ form: inout Form, _ here: ProjectVisit) -> String {
        let chosen = form["perspective"]
        if here.perspectives[chosen] == nil { form.problems.add("perspective", W.perspectiveEmpty) }
        return chosen
    }

    /// For oneself: about a session one could have come to, or about the project as a whole.
    @Sendable static func mine(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ProjectVisit(visit, tx)
        _ = try RatingPolicy.give(in: here.project.id, by: visit.actor)
        let session = visit.query["session"].flatMap { SessionID($0) }
        let before = try RatingStore.own(of: visit.actor, session: session, in: here.project.id, tx)
        let mine = try held(here, tx).filter { $0.group.map { visit.actor.isMember(of: $0) } ?? true }
        let about = Question.list(
            "session",
            W.about,
            [Question.Option("", W.inGeneral)] + mine.map { option($0, here) },
            in: visit.form,
            or: session?.text ?? ""
        )
        return page(here, W.giveHeading, W.giveLead, [about] + answer(visit.form, before, W.score), "mine", W.give)
    }

    /// For somebody who rang up.
    @Sendable static func phone(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ProjectVisit(visit, tx)
        try RatingPolicy.record(in: here.place, by: visit.actor)
        let about = Question.list(
            "session",
            W.about,
            [Question.Option("", W.inGeneral)] + (try held(here, tx)).map { option($0, here) },
            in: visit.form
        )
        return page(here, W.phoneHeading, W.phoneLead, [who(here), about] + answer(visit.form, nil, W.score), "phone", W.record)
    }

    /// A score a whole session gave as one.
    @Sendable static func together(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ProjectVisit(visit, tx)
        try RatingPolicy.record(in: here.place, by: visit.actor)
        let sessions = try held(here, tx).map { option($0, here) }
        let about = Question.list(
            "session",
            W.whichSession,
            [Question.Option("", W.chooseSession)] + sessions,
            in: visit.form,
            or: visit.query["session"] ?? ""
        )
        let people = Question.number("people", W.people, in: visit.form, hint: W.peopleHint, isOptional: true)
        return page(
            here,
            W.togetherHeading,
            W.togetherLead,
            [about, who(here), people] + answer(visit.form, nil, W.togetherScore),
            "together",
            W.record
        )
    }

    private static func held(_ here: ProjectVisit, _ tx: Transaction) throws -> [Session] {
        try SessionStore.list(of: here.project.id, tx).filter { $0.startsAt <= here.visit.at }
    }

    private static func option(_ session: Session, _ here: ProjectVisit) -> Question.Option {
        Question.Option(session.id.text, W.sessionOn(title: session.title, day: here.dates.day(session.startsAt)))
    }

    private static func who(_ here: ProjectVisit) -> Question {
        .choice("perspective", W.whoWasIt, here.perspectives.all.map { Question.Option($0.key, $0.label) }, in: here.visit.form)
    }

    private static func answer(_ form: Form, _ before: Rating?, _ score: String) -> [Question] {
        [
            .scale("score", score, from: W.notAtAll, to: W.completely, in: form, or: before?.score),
            .text("words", W.words, in: form, or: before?.words ?? "", hint: W.wordsHint, limit: wordsLimit, rows: 3, isOptional: true),
            .tick("public", W.publicTick, in: form, or: before?.isPublic ?? false),
        ]
    }

    private static func page(
        _ here: ProjectVisit,
        _ heading: String,
        _ lead: String,
        _ questions: [Question],
        _ below: String,
        _ button: String
    ) -> FormPage {
        let ratings = Link(W.ratings, to: here.here("ratings"))
        return FormPage(
            heading,
            here.surroundings(ratings, isPrivate: true),
            lead: lead,
            parts: [FormPage.Part(questions)],
            sendTo: here.here("ratings", below),
            button: button,
            otherwise: Link(W.back, to: ratings.url),
            problems: here.visit.form.problems
        )
    }
}
