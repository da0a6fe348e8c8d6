import HTML
import Kernel
import Projects
import Store
import Web

/// Answering for oneself: below a private link, or signed in. The same pages and forms at both.
enum AnsweringRoutes {
    typealias Open = @Sendable (Visit, Transaction) throws -> AnsweringDoor

    static let rounds = "/:service/projects/:project/rounds/:round"

    static func add(to site: Site, _ states: RoundStates) {
        joining(site)
        answering("/answering/:code", site, states) { visit, tx in try AnsweringDoor(code: visit, tx) }
        answering(rounds + "/answering", site, states) { visit, tx in try AnsweringDoor(signedIn: visit, tx) }
        site.post("/answering/:code/rounds") { visit, tx in
            let door = try AnsweringDoor(code: visit, tx)
            guard let id = RoundID(visit.form["round"]), let responder = door.responder else { throw Refusal.notFound }
            let here = try door.here(tx)
            let other = try RoundStore.find(id, tx)
            try RoundPolicy.read(other, of: here.project, by: .stranger)
            try RoundPolicy.beOpen(other, at: visit.at)
            let code = try JoinRound.link(responder.number, to: other, by: visit.deed, tx)
            return .see(.path("/answering", code, query: ["new": "yes"]))
        }
    }

    private static func joining(_ site: Site) {
        let show: Site.Show = { visit, tx in try JoinPage(RoundVisit(visit, tx), tx) }
        site.page(rounds + "/joining", show)
        site.post(rounds + "/joining", again: show) { visit, tx in
            let here = try RoundVisit(visit, tx)
            let project = here.project.project
            let perspective = visit.form["perspective"]
            guard visit.actor.person == nil else {
                _ = try JoinRound.run(perspective, in: here.round, of: project, by: visit.deed, tx)
                return .see(here.url("answering"))
            }
            // 40 an hour: a class that answers together from one school's address.
            try visit.site.limits.count("answering", visit, most: 40, minutes: 60)
            let code = try JoinRound.stranger(perspective, in: here.round, of: project, by: visit.deed, tx)
            return .see(.path("/answering", code, query: ["new": "yes"]))
        }
    }

    private static func answering(_ path: String, _ site: Site, _ states: RoundStates, _ open: @escaping Open) {
        let show: Site.Show = { visit, tx in
            let door = try open(visit, tx)
            // Somebody signed in who is no member says first whose point of view they bring.
            guard door.perspective != nil else { return try JoinPage(RoundVisit(visit, tx), tx) }
            return try AnswerPage(door, states, tx)
        }
        let mine: Site.Show = { visit, tx in try MinePage(open(visit, tx), tx) }
        site.page(path, show)
        site.page(path + "/mine", mine)
        site.postRepeatable(path + "/answers", again: show) { visit, tx in
            let door = try open(visit, tx)
            guard let id = StatementID(visit.form["statement"]), let answer = Response(visit.form["answer"]) else {
                throw Problems("next", W.answerEmpty)
            }
            try GiveAnswers.one(answer, to: id, from: door.joined(tx), in: door.round, by: visit.deed, tx)
            return .see(door.base.adding("was", id))
        }
        site.post(path + "/statements", again: show) { visit, tx in
            let door = try open(visit, tx)
            if door.isByLink { try visit.site.limits.count("statement", visit, most: 20, minutes: 60) }
            var form = visit.form
            let words = form.line("words", limit: Statement.limit, empty: W.wordsEmpty)
            try form.check()
            try AddStatements.propose(words, by: door.joined(tx), in: door.round, visit.deed, tx)
            return .see(door.base.adding("added", "yes"))
        }
        site.post(path + "/withdrawal", again: mine) { visit, tx in
            let door = try open(visit, tx)
            guard let responder = door.responder else { throw Refusal.notFound }
            guard visit.form.has("sure") else { throw Problems("sure", W.takeBackSureEmpty) }
            try TakeBackAnswers.run(responder, in: door.round, by: visit.deed, tx)
            return .see(door.base.below("mine").adding("done", "yes"))
        }
    }
}
