import Discussion
import Kernel
import Store

public enum ActionStore {
    public static func find(_ id: ActionID, _ tx: Transaction) throws -> Action {
        guard let found = try tx.first("SELECT \(Action.columns) FROM actions WHERE actions.id = \(id)", { try Action(&$0) }) else {
            throw Refusal.notFound
        }
        return found
    }

    /// Every action of a theme, in the order in which they were started.
    public static func of(_ theme: ThemeID, _ tx: Transaction) throws -> [Action] {
        try tx.all("SELECT \(Action.columns) FROM actions WHERE actions.theme = \(theme) ORDER BY actions.made_at, actions.id") {
            try Action(&$0)
        }
    }

    /// The earliest due date among the open actions of each theme of a project.
    public static func due(in project: ProjectID, _ tx: Transaction) throws -> [ThemeID: Moment] {
        let rows = try tx.all(
            """
            SELECT actions.theme, MIN(actions.due) FROM actions JOIN themes ON themes.id = actions.theme
            WHERE themes.project = \(project) AND actions.state = 'doing' GROUP BY actions.theme
            """
        ) { row in (try row.next() as ThemeID, try row.next() as Moment) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// What somebody has to do, the most urgent first.
    public static func open(of owner: PersonID, _ tx: Transaction) throws -> [Action] {
        try tx.all(
            "SELECT \(Action.columns) FROM actions WHERE actions.owner = \(owner) AND actions.state = 'doing' ORDER BY actions.due, actions.id"
        ) {
            try Action(&$0)
        }
    }

    /// How an action's date was moved, the first time first.
    public static func moves(of action: ActionID, _ tx: Transaction) throws -> [MovedDate] {
        try tx.all(
            """
            SELECT was, due, reason, at, (SELECT name FROM people WHERE people.id = action_dates.by_whom) FROM action_dates
            WHERE action = \(action) ORDER BY version
            """
        ) { row in MovedDate(was: try row.next(), due: try row.next(), reason: try row.next(), at: try row.next(), by: try row.next()) }
    }

    /// People who may own an action in this project: those with a duty that says so, its facilitators, and the staff among its members.
    static func owners(in place: Place, _ tx: Transaction) throws -> [(id: PersonID, name: String)] {
        try tx.all(
            """
            SELECT people.id, people.name FROM people WHERE people.closed_at IS NULL AND people.name IS NOT NULL AND (
                people.id IN (SELECT person FROM duties WHERE duties.duty IN ('action-owner', 'facilitator')
                    AND (duties.reach = 'organisation' OR duties.reach_id = \(place.service) OR duties.reach_id = \(place.project)))
                OR people.id IN (SELECT members.person FROM members
                    JOIN perspectives ON perspectives.service = \(place.service) AND perspectives.key = members.perspective
                    WHERE members.project = \(place.project) AND members.left_at IS NULL AND perspectives.staff = 1))
            ORDER BY people.name, people.id
            """
        ) { row in (id: try row.next(), name: try row.next()) }
    }
}

public enum ChangeStore {
    public static func find(_ id: ChangeID, _ tx: Transaction) throws -> Change {
        guard let found = try tx.first("SELECT \(Change.columns) FROM changes WHERE changes.id = \(id)", { try Change(&$0) }) else {
            throw Refusal.notFound
        }
        return found
    }

    /// Every change because of a theme, the oldest first.
    public static func of(_ theme: ThemeID, _ tx: Transaction) throws -> [Change] {
        try tx.all("SELECT \(Change.columns) FROM changes WHERE changes.theme = \(theme) ORDER BY changes.at, changes.id") {
            try Change(&$0)
        }
    }
}
