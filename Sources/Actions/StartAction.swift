import Decisions
import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Trail
import Web
import Words

/// What will be done and by whom, as somebody wrote it.
public struct ActionDraft: Sendable {
    /// Who does it: somebody with an account, or a name.
    public enum Owner: Sendable { case person(PersonID), named(String) }

    public var what: String
    public var owner: Owner

    static let whatLimit = 1_000

    public init(what: String, owner: Owner) {
        self.what = what
        self.owner = owner
    }

    init(_ form: inout Form, in place: Place, _ tx: Transaction) throws {
        what = form.text("what", limit: Self.whatLimit, empty: W.whatEmpty)
        let name = form.line("owner-name", limit: 120)
        let owners = try ActionStore.owners(in: place, tx)
        if let id = PersonID(form["owner"]) {
            if !owners.contains(where: { $0.id == id }) { form.problems.add("owner", W.ownerEmpty) }
            owner = .person(id)
        } else {
            if name.isEmpty { form.problems.add("owner", W.ownerEmpty) }
            owner = .named(name)
        }
    }

    /// The owner's id, where there is one, and the name that stands on screens.
    func named(_ tx: Transaction) throws -> (id: PersonID?, name: String) {
        switch owner {
        case .named(let name): return (nil, name)
        case .person(let id):
            guard let found = try tx.first("SELECT name FROM people WHERE id = \(id)", { try $0.next() as String? }) else {
                throw Refusal.notFound
            }
            return (id, found ?? Common.someone)
        }
    }
}

/// Begins an action: what was agreed gets somebody who does it and a day by which it is done.
public enum StartAction {
    @discardableResult
    public static func run(on id: ThemeID, _ draft: ActionDraft, due: Moment, by deed: Deed, _ tx: Transaction) throws -> ActionID {
        let theme = try ThemeStore.find(id, tx)
        try ThemePolicy.read(in: theme.place, by: deed.actor)
        try ActionPolicy.start(in: theme.place, by: deed.actor)
        let decision = try DecisionStore.newest(of: id, tx)
        guard let decision, decision.outcome == .agreed || decision.outcome == .partly else {
            throw Refusal.notAllowed(because: W.decideFirst)
        }
        let action: ActionID = deed.newID()
        let owner = try draft.named(tx)
        try tx.run(
            """
            INSERT INTO actions (id, theme, decision, what, owner, owner_name, due, state, made_by, made_at, version)
            VALUES (\(action), \(id), \(decision.id), \(draft.what), \(owner.id), \(owner.name), \(due), \(Action.State.doing),
                    \(deed.actor.personID), \(deed.at), 1)
            """
        )
        let state = try ThemeStore.settle(id, at: deed.at, tx)
        try Trail.record(
            "action.started",
            TrailSubject("action", action),
            at: theme.place,
            facts: ["theme": id.text, "due": due.iso, "state": state.rawValue],
            by: deed,
            in: tx
        )
        return action
    }
}

/// Puts an action in other words, or into other hands.
public enum EditAction {
    public static func run(_ id: ActionID, _ draft: ActionDraft, version: Int, by deed: Deed, _ tx: Transaction) throws {
        let (action, theme) = try Tending.find(id, by: deed, tx)
        let owner = try draft.named(tx)
        guard action.version == version else {
            throw Refusal.stale(
                StaleEdit(
                    fields: [
                        StaleEdit.Field(label: W.what, theirs: action.what, yours: draft.what),
                        StaleEdit.Field(label: W.owner, theirs: action.ownerName, yours: owner.name),
                    ],
                    again: action.url.description + "/edit"
                )
            )
        }
        // An owner hands over by asking a facilitator: an action cannot be pushed to somebody by its owner alone.
        if action.owner != owner.id || action.ownerName != owner.name { try ActionPolicy.start(in: theme.place, by: deed.actor) }
        try tx.run(
            "UPDATE actions SET what = \(draft.what), owner = \(owner.id), owner_name = \(owner.name), version = version + 1 WHERE id = \(id)"
        )
        try Trail.record(
            "action.edited",
            TrailSubject("action", id),
            at: theme.place,
            facts: ["theme": theme.id.text, "version": "\(version + 1)"],
            by: deed,
            in: tx
        )
    }
}

/// What is asked before any change to an action: it is there, and this actor may tend it.
enum Tending {
    static func find(_ id: ActionID, by deed: Deed, _ tx: Transaction) throws -> (Action, Theme) {
        let action = try ActionStore.find(id, tx)
        let theme = try ThemeStore.find(action.theme, tx)
        if !ActionPolicy.mayTend(action, in: theme.place, by: deed.actor) { try ThemePolicy.read(in: theme.place, by: deed.actor) }
        try ActionPolicy.tend(action, in: theme.place, by: deed.actor)
        return (action, theme)
    }

    /// The same, and nobody has ended it.
    static func findOpen(_ id: ActionID, by deed: Deed, _ tx: Transaction) throws -> (Action, Theme) {
        let (action, theme) = try find(id, by: deed, tx)
        guard action.state == .doing else { throw Refusal.notAllowed(because: W.hasEnded) }
        return (action, theme)
    }
}

/// Words that show that something was done, and perhaps where on the web to see it.
public struct Evidence: Sendable {
    public var words: String
    public var link: String?

    static let limit = 2_000

    /// `link` is kept only where it is a web address.
    public init(_ words: String, link: String? = nil) {
        self.words = words
        self.link = link
    }

    init(_ form: inout Form, empty: String?) {
        words = form.text("evidence", limit: Self.limit, empty: empty)
        let typed = form.line("evidence-url", limit: 500)
        link = typed.isEmpty ? nil : typed
        if let link, webLink == nil { form.problems.add("evidence-url", W.notALink(link: String(link.prefix(60)))) }
    }

    var webLink: String? { link.flatMap { SafeURL(web: $0)?.description } }
}
