import HTML
import Kernel
import Pathways
import Services
import Store
import Web
import Words

public enum StepsRoutes {
    public static func add(to site: Site) {
        let steps = "/:service/pathways/steps"
        site.open(steps) { visit, tx in try StepsPage(visit, tx) }
        site.page(steps + "/new", StepForms.new)
        site.post(steps, again: StepForms.new) { visit, tx in
            let at = try ServiceVisit(visit, tx)
            try Steps.allowed(at.service, visit.deed, tx)
            var form = visit.form
            let details = StepDetails(&form, zone: at.service.zone)
            try form.check()
            try AddStep.run(details, to: at.service, by: visit.deed, tx)
            return .see(Steps.url(at.service))
        }
        site.page(steps + "/edit", StepForms.model)
        site.post(steps + "/edit", again: StepForms.model) { visit, tx in
            let at = try ServiceVisit(visit, tx)
            try Steps.allowed(at.service, visit.deed, tx)
            var form = visit.form
            let model = StepForms.model(&form)
            try form.check()
            try SayHowStepsWork.run(model, version: Int(form["version"]) ?? 0, in: at.service, by: visit.deed, tx)
            return .see(Steps.url(at.service))
        }
        site.page(steps + "/:step/edit", StepForms.edit)
        site.post(steps + "/:step", again: StepForms.edit) { visit, tx in
            let at = try ServiceVisit(visit, tx)
            try Steps.allowed(at.service, visit.deed, tx)
            let step = try StepStore.find(visit.id("step"), in: at.service.id, tx)
            var form = visit.form
            if form["remove"] == "yes" {
                try RemoveStep.run(step, in: at.service, by: visit.deed, tx)
                return .see(Steps.url(at.service))
            }
            let details = StepDetails(&form, zone: at.service.zone)
            try form.check()
            try ChangeStep.run(step, to: details, version: Int(form["version"]) ?? 0, in: at.service, by: visit.deed, tx)
            return .see(Steps.url(at.service))
        }
        site.post(steps + "/:step/up") { visit, tx in
            let at = try ServiceVisit(visit, tx)
            try Steps.allowed(at.service, visit.deed, tx)
            try MoveStepUp.run(StepStore.find(visit.id("step"), in: at.service.id, tx), in: at.service, by: visit.deed, tx)
            return .see(Steps.url(at.service))
        }
    }

    /// What stands at the head of the service's list of pages.
    public static func link(in service: Service, _ tx: Transaction) throws -> [(link: Link, summary: String)] {
        let steps = try StepStore.all(of: service.id, tx)
        guard !steps.isEmpty else { return [] }
        return [(Link(W.steps, to: Steps.url(service)), W.stepsSummary(n: steps.count))]
    }
}

enum StepForms {
    static func model(_ form: inout Form) -> StepModel {
        StepModel(
            intro: form.text("intro", limit: StepDetails.limit, empty: W.introEmpty),
            comingBack: form.text("coming-back", limit: StepDetails.limit),
            decided: form.text("decided", limit: StepDetails.limit),
            disagree: form.text("disagree", limit: StepDetails.limit)
        )
    }

    @Sendable static func new(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let at = try ServiceVisit(visit, tx)
        try Steps.allowed(at.service, visit.deed, tx)
        return page(W.addStep, at, questions(visit.form, nil, at), sendTo: Steps.url(at.service))
    }

    @Sendable static func edit(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let at = try ServiceVisit(visit, tx)
        try Steps.allowed(at.service, visit.deed, tx)
        let step = try StepStore.find(visit.id("step"), in: at.service.id, tx)
        let version = Question.carried("version", visit.form.value("version", or: "\(step.version)"))
        let remove = Question.tick("remove", W.remove, in: visit.form)
        return page(W.edit, at, questions(visit.form, step, at) + [version, remove], sendTo: Steps.url(at.service).below(step.id))
    }

    @Sendable static func model(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let at = try ServiceVisit(visit, tx)
        try Steps.allowed(at.service, visit.deed, tx)
        let (model, form) = (try StepStore.model(of: at.service.id, tx), visit.form)
        func text(_ name: String, _ label: String, _ words: String) -> Question {
            .text(name, label, in: form, or: words, limit: StepDetails.limit, rows: 4, isOptional: name != "intro")
        }
        let questions = [
            text("intro", W.intro, model.intro), text("coming-back", W.comingBack, model.comingBack),
            text("decided", W.decided, model.decided),
            text("disagree", W.disagree, model.disagree), .carried("version", form.value("version", or: "\(model.version)")),
        ]
        return page(W.explain, at, questions, sendTo: Steps.url(at.service).below("edit"))
    }

    private static func questions(_ form: Form, _ step: Step?, _ at: ServiceVisit) -> [Question] {
        [
            .line("name", W.name, in: form, or: step?.name ?? ""),
            .text("offers", W.offers, in: form, or: step?.offers ?? "", limit: StepDetails.limit, rows: 4),
            .text("for-whom", W.forWhom, in: form, or: step?.forWhom ?? "", limit: StepDetails.limit, rows: 3),
            .text(
                "moving",
                W.moving,
                in: form,
                or: step?.moving ?? "",
                hint: W.movingHint,
                limit: StepDetails.limit,
                rows: 3,
                isOptional: true
            ),
            .line("wait", W.wait, in: form, or: step?.wait ?? "", hint: W.waitHint, isOptional: true),
            .date("true-on", W.trueOn, in: form, or: step?.waitTrueOn, zone: at.service.zone, isOptional: true),
        ]
    }

    private static func page(_ heading: String, _ at: ServiceVisit, _ questions: [Question], sendTo: SafeURL) -> FormPage {
        let steps = Link(W.steps, to: Steps.url(at.service))
        return FormPage(
            heading,
            at.surroundings(Link(W.pathways, to: .path("/", at.service.slug, "pathways")), steps, isPrivate: true),
            parts: [FormPage.Part(questions)],
            sendTo: sendTo,
            button: Common.save,
            otherwise: Link(Common.back, to: steps.url),
            problems: at.visit.form.problems
        )
    }
}
