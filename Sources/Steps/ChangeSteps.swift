import Foundation
import HTML
import Kernel
import Pathways
import Services
import Store
import Trail
import Web

/// What a step says, as somebody wrote it.
public struct StepDetails: Sendable {
    public var name: String
    public var offers: String
    public var forWhom: String
    public var moving: String
    public var wait: String
    public var waitTrueOn: Moment?

    static let nameLimit = 60
    static let limit = 1_000

    public init(name: String, offers: String, forWhom: String, moving: String, wait: String = "", waitTrueOn: Moment? = nil) {
        self.name = name
        self.offers = offers
        self.forWhom = forWhom
        self.moving = moving
        self.wait = wait
        self.waitTrueOn = waitTrueOn
    }

    init(_ form: inout Form, zone: String) {
        name = form.line("name", limit: Self.nameLimit, empty: W.nameEmpty)
        offers = form.text("offers", limit: Self.limit, empty: W.offersEmpty)
        forWhom = form.text("for-whom", limit: Self.limit, empty: W.forWhomEmpty)
        moving = form.text("moving", limit: Self.limit)
        wait = form.line("wait", limit: 120)
        waitTrueOn = form.date("true-on", zone: zone, empty: wait.isEmpty ? nil : W.trueOnEmpty)
    }
}

/// Puts a step at the top of a service's steps.
public enum AddStep {
    @discardableResult
    public static func run(_ details: StepDetails, to service: Service, by deed: Deed, _ tx: Transaction) throws -> StepID {
        try Steps.allowed(service, deed, tx)
        let id: StepID = deed.newID()
        let number = (try StepStore.all(of: service.id, tx).map(\.number).max() ?? 0) + 1
        try tx.run(
            """
            INSERT INTO steps (id, service, number, name, offers, for_whom, moving, wait, wait_true_on, version)
            VALUES (\(id), \(service.id), \(number), \(details.name), \(details.offers), \(details.forWhom), \(details.moving), \(details.wait),
                    \(details.waitTrueOn), 1)
            """
        )
        try Steps.record("step.added", id, service, deed, tx)
        return id
    }
}

/// Puts a step in other words; the older ones are kept.
public enum ChangeStep {
    public static func run(
        _ step: Step,
        to details: StepDetails,
        version: Int,
        in service: Service,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try Steps.allowed(service, deed, tx)
        let fields = [
            (W.name, step.name, details.name), (W.offers, step.offers, details.offers), (W.forWhom, step.forWhom, details.forWhom),
            (W.moving, step.moving, details.moving), (W.wait, step.wait, details.wait),
        ]
        try EditCheck.newest(version, is: step.version, fields: fields, again: Steps.url(service).below(step.id, "edit"))
        try Steps.keep(step.id.text, step.version, step, deed, tx)
        try tx.run(
            """
            UPDATE steps SET name = \(details.name), offers = \(details.offers), for_whom = \(details.forWhom), moving = \(details.moving),
                wait = \(details.wait), wait_true_on = \(details.waitTrueOn), version = version + 1
            WHERE id = \(step.id)
            """
        )
        try Steps.record("step.changed", step.id, service, deed, tx)
    }
}

/// Moves a step one place towards more help; the last stays where it is.
public enum MoveStepUp {
    public static func run(_ step: Step, in service: Service, by deed: Deed, _ tx: Transaction) throws {
        try Steps.allowed(service, deed, tx)
        var order = try StepStore.all(of: service.id, tx)
        guard let place = order.firstIndex(where: { $0.id == step.id }), place + 1 < order.count else { return }
        order.swapAt(place, place + 1)
        try Steps.number(order, tx)
        try Steps.record("step.moved", step.id, service, deed, tx)
    }
}

/// Takes a step out of the model; its words are kept.
public enum RemoveStep {
    public static func run(_ step: Step, in service: Service, by deed: Deed, _ tx: Transaction) throws {
        try Steps.allowed(service, deed, tx)
        try tx.run("UPDATE steps SET removed_at = \(deed.at) WHERE id = \(step.id)")
        try Steps.number(StepStore.all(of: service.id, tx), tx)
        try Steps.record("step.removed", step.id, service, deed, tx)
    }
}

/// Says what is true of all steps: how to come back, who decides, what to do if you disagree.
public enum SayHowStepsWork {
    public static func run(_ model: StepModel, version: Int, in service: Service, by deed: Deed, _ tx: Transaction) throws {
        try Steps.allowed(service, deed, tx)
        let before = try StepStore.model(of: service.id, tx)
        let fields = [
            (W.intro, before.intro, model.intro), (W.comingBack, before.comingBack, model.comingBack),
            (W.decided, before.decided, model.decided),
            (W.disagree, before.disagree, model.disagree),
        ]
        try EditCheck.newest(version, is: before.version, fields: fields, again: Steps.url(service).below("edit"))
        if before.version > 0 { try Steps.keep(service.id.text, before.version, before, deed, tx) }
        try tx.run(
            """
            INSERT INTO step_models (service, intro, coming_back, decided, disagree, version)
            VALUES (\(service.id), \(model.intro), \(model.comingBack), \(model.decided), \(model.disagree), \(version + 1))
            ON CONFLICT (service) DO UPDATE SET intro = excluded.intro, coming_back = excluded.coming_back, decided = excluded.decided,
                disagree = excluded.disagree, version = excluded.version
            """
        )
        try Trail.record("steps.explained", TrailSubject("service", service.id), at: service.place, by: deed, in: tx)
    }
}

/// What every change of the steps has in common.
enum Steps {
    static func url(_ service: Service) -> SafeURL { .path("/", service.slug, "pathways", "steps") }

    static func allowed(_ service: Service, _ deed: Deed, _ tx: Transaction) throws {
        try LeafletPolicy.edit(in: ServicePeople(of: service, tx), by: deed.actor)
    }

    static func record(_ what: String, _ id: StepID, _ service: Service, _ deed: Deed, _ tx: Transaction) throws {
        try Trail.record(what, TrailSubject("step", id), at: service.place, by: deed, in: tx)
    }

    static func keep(_ subject: String, _ version: Int, _ before: some Encodable, _ deed: Deed, _ tx: Transaction) throws {
        let words = String(decoding: try JSONEncoder().encode(before), as: UTF8.self)
        try tx.run(
            """
            INSERT INTO step_versions (subject, version, words, at, by_whom)
            VALUES (\(subject), \(version), \(words), \(deed.at), \(deed.actor.trailName))
            """
        )
    }

    static func number(_ order: [Step], _ tx: Transaction) throws {
        for (place, step) in order.enumerated() { try tx.run("UPDATE steps SET number = \(place + 1) WHERE id = \(step.id)") }
    }
}
