import HTML
import Kernel
import Projects
import Statements
import Store
import Web

public enum WhatWeThinkRoutes {
    private static let round = "/:service/projects/:project/rounds/:round"

    public static func add(to site: Site, states: RoundStates) {
        site.open(round) { visit, tx in try WhatWeThinkPage(visit, states, tx) }
        site.open(round + "/all") { visit, tx in try AllStatementsPage(visit, states, tx) }
        site.page("/answering/:code/map") { visit, tx in try MyPlacePage(visit, tx) }
        let proposal = round + "/statements/:statement/proposal"
        site.page(proposal, TakeToGroup.form)
        site.post(proposal, again: TakeToGroup.form) { visit, tx in
            let here = try RoundVisit(visit, tx)
            try RoundPolicy.moderate(in: here.round.place, by: visit.actor)
            var form = visit.form
            let chosen = ThemeID(form["theme"])
            let title = form.line("title", limit: 120, empty: chosen == nil ? W.themeTitleEmpty : nil)
            try form.check()
            let theme = try TakeToGroup.run(
                here,
                visit.id("statement"),
                into: chosen,
                title: title,
                isPublic: form["public"] == "yes",
                tx
            )
            return .see(here.project.here("themes", theme))
        }
    }
}
