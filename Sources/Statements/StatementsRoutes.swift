import HTML
import Kernel
import Projects
import Store
import Web

public enum StatementsRoutes {
    private static let rounds = "/:service/projects/:project/rounds"
    private static let round = rounds + "/:round"

    public static func add(to site: Site, states: RoundStates) {
        site.open(rounds) { visit, tx in try RoundsPage(visit, tx) }
        running(site)
        moderating(site)
        writtenDown(site)
        AnsweringRoutes.add(to: site, states)
    }

    private static func running(_ site: Site) {
        let new: Site.Show = { visit, tx in try RoundFormPage(new: visit, tx) }
        site.page(rounds + "/new", new)
        site.post(rounds, again: new) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try RoundPolicy.run(in: here.place, by: visit.actor)
            var form = visit.form
            let draft = RoundDraft(&form, here)
            let lines = StatementLines.read(&form, "statements", isNeeded: false)
            try form.check()
            let round = try StartRound.run(draft, in: here.project, by: visit.deed, tx)
            try AddStatements.run(lines, from: ThemeID(form["theme"]), to: round.id, by: visit.deed, tx)
            return .see(round.url(in: here))
        }
        let edit: Site.Show = { visit, tx in
            let here = try RoundVisit(visit, tx)
            try RoundPolicy.run(in: here.round.place, by: visit.actor)
            return RoundFormPage(here)
        }
        site.page(round + "/edit", edit)
        site.post(round, again: edit) { visit, tx in
            let here = try RoundVisit(visit, tx)
            try RoundPolicy.run(in: here.round.place, by: visit.actor)
            var form = visit.form
            let fixed = here.round.openedAt == nil ? nil : here.round.perspectives.map(\.key)
            let draft = RoundDraft(&form, here.project, fixed: fixed)
            try form.check()
            try EditRound.run(
                here.round.id,
                draft,
                version: Int(form["version"]) ?? 0,
                again: here.url("edit"),
                by: visit.deed,
                tx
            )
            return .see(here.url())
        }
        site.post(round + "/opening") { visit, tx in
            let here = try RoundVisit(visit, tx)
            try TurnRound.open(here.round.id, by: visit.deed, tx)
            return .see(here.url())
        }
        site.post(round + "/closing") { visit, tx in
            let here = try RoundVisit(visit, tx)
            try TurnRound.close(here.round.id, by: visit.deed, tx)
            return .see(here.url())
        }
    }

    private static func moderating(_ site: Site) {
        let all: Site.Show = { visit, tx in try ModeratePage(RoundVisit(visit, tx), tx) }
        site.page(round + "/statements", all)
        site.post(round + "/statements", again: all) { visit, tx in
            let here = try RoundVisit(visit, tx)
            try RoundPolicy.moderate(in: here.round.place, by: visit.actor)
            var form = visit.form
            let lines = StatementLines.read(&form, "statements", isNeeded: true)
            try form.check()
            let theme = ThemeID(form["theme"])
            try Problems.at("statements") { _ = try AddStatements.run(lines, from: theme, to: here.round.id, by: visit.deed, tx) }
            return .see(here.url("statements"))
        }
        let one: Site.Show = { visit, tx in try StatementPage(RoundVisit(visit, tx), tx) }
        let statement = round + "/statements/:statement"
        site.page(statement, one)
        site.post(statement + "/keeping", again: one) { visit, tx in
            let here = try RoundVisit(visit, tx)
            try ModerateStatement.keep(visit.id("statement"), in: here.round, by: visit.deed, tx)
            return .see(here.url("statements"))
        }
        site.post(statement + "/merging", again: one) { visit, tx in
            let here = try RoundVisit(visit, tx)
            try ModerateStatement.merge(
                visit.id("statement"),
                into: StatementID(visit.form["into"]),
                in: here.round,
                by: visit.deed,
                tx
            )
            return .see(here.url("statements"))
        }
        site.post(statement + "/rewording", again: one) { visit, tx in
            let here = try RoundVisit(visit, tx)
            try RoundPolicy.moderate(in: here.round.place, by: visit.actor)
            var form = visit.form
            let words = form.line("words", limit: Statement.limit, empty: W.wordsEmpty)
            try form.check()
            try ModerateStatement.reword(visit.id("statement"), to: words, in: here.round, by: visit.deed, tx)
            return .see(here.url("statements"))
        }
        site.post(statement + "/rejection", again: one) { visit, tx in
            let here = try RoundVisit(visit, tx)
            try RoundPolicy.moderate(in: here.round.place, by: visit.actor)
            var form = visit.form
            let reason = form.text("reason", limit: 300, empty: W.reasonEmpty)
            try form.check()
            try ModerateStatement.reject(visit.id("statement"), because: reason, in: here.round, by: visit.deed, tx)
            return .see(here.url("statements"))
        }
    }

    /// By phone and on paper.
    private static func writtenDown(_ site: Site) {
        let phone: Site.Show = { visit, tx in try PhonePage(RoundVisit(visit, tx), tx) }
        site.page(round + "/phone", phone)
        site.post(round + "/phone", again: phone) { visit, tx in .see(try PhonePage.save(RoundVisit(visit, tx), tx)) }
        site.page("/answering/:code/slip") { visit, tx in try AnsweringSlipPage(AnsweringDoor(code: visit, tx), tx) }
        site.page(round + "/sheet") { visit, tx in try SheetPage(RoundVisit(visit, tx), tx) }
        let paper: Site.Show = { visit, tx in try PaperPage(RoundVisit(visit, tx), tx) }
        site.page(round + "/paper", paper)
        site.post(round + "/paper", again: paper) { visit, tx in
            let here = try RoundVisit(visit, tx)
            let codes = try PaperSheet.save(here, tx)
            return .see(here.url("paper", "slips").adding("codes", codes.joined(separator: ".")))
        }
        site.page(round + "/paper/slips") { visit, tx in try PaperSlipsPage(RoundVisit(visit, tx), tx) }
    }
}
