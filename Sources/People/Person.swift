import Kernel
import Store
import Trail

/// Anyone with an account. Names are optional for young people.
public struct Person: Sendable {
    public let id: PersonID
    public let name: String?
    /// Staff sign in with it; families and young people have none.
    public let email: String?
    public let hasPassword: Bool
    public let hasKey: Bool
    /// The second step of signing in is switched on.
    public let hasTwoSteps: Bool
    /// In the demo: who this is, such as "Facilitator – Inclusion Barnet".
    public let demo: String?
    public let madeAt: Moment
    public let version: Int

    static let columns: SQL = """
        id, name, email, CASE WHEN password IS NULL THEN 0 ELSE 1 END, CASE WHEN key_digest IS NULL THEN 0 ELSE 1 END, totp_on, demo, made_at, version
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        name = try row.next()
        email = try row.next()
        hasPassword = try row.next()
        hasKey = try row.next()
        hasTwoSteps = try row.next()
        demo = try row.next()
        madeAt = try row.next()
        version = try row.next()
    }
}

public enum PeopleStore {
    /// Adds somebody without a way in: for the demo and for tests, which sign people in by `SignInPerson.run`.
    ///
    /// - Parameters:
    ///   - email: staff only; lower case.
    ///   - demo: who this is in the demo.
    public static func add(name: String?, email: String? = nil, demo: String? = nil, by deed: Deed, _ tx: Transaction) throws -> PersonID {
        let id: PersonID = deed.newID()
        try tx.run(
            "INSERT INTO people (id, name, email, demo, made_at) VALUES (\(id), \(name), \(email.map(Email.normal)), \(demo), \(deed.at))"
        )
        try Trail.record("person.added", TrailSubject("person", id), at: .organisation, by: deed, in: tx)
        return id
    }

    /// Throws `.notFound` for accounts that were closed.
    public static func find(_ id: PersonID, _ tx: Transaction) throws -> Person {
        let found = try tx.first("SELECT \(Person.columns) FROM people WHERE id = \(id) AND closed_at IS NULL") { try Person(&$0) }
        guard let found else { throw Refusal.notFound }
        return found
    }

    /// What somebody is called, for "a named person answered"; nil for those without a name and those who left.
    public static func name(of id: PersonID, _ tx: Transaction) throws -> String? {
        try tx.first("SELECT name FROM people WHERE id = \(id)") { try $0.next() as String? } ?? nil
    }

    /// The names of several at once. Who has none is not in it.
    public static func names(of ids: some Sequence<PersonID>, _ tx: Transaction) throws -> [PersonID: String] {
        let rows = try tx.all("SELECT id, name FROM people WHERE name IS NOT NULL AND id IN \(list: Array(Set(ids)))") { row in
            (try row.next() as PersonID, try row.next() as String)
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// Somebody as an actor, with their duties and groups: what the demo and jobs act as.
    public static func someone(_ id: PersonID, _ tx: Transaction) throws -> Someone {
        let person = try find(id, tx)
        return Someone(id: id, name: person.name, grants: try SignIns.grants(of: id, tx), memberships: try SignIns.memberships(of: id, tx))
    }

    static func isOpen(_ id: PersonID, _ tx: Transaction) throws -> Bool {
        try tx.count("SELECT COUNT(*) FROM people WHERE id = \(id) AND closed_at IS NULL") > 0
    }

    static func withEmail(_ email: String, _ tx: Transaction) throws -> PersonID? {
        try tx.value("SELECT id FROM people WHERE email = \(email)")
    }

    /// Those who run the whole organisation's accounts.
    static func administrators(_ tx: Transaction) throws -> Set<PersonID> {
        Set(
            try tx.values(
                """
                SELECT duties.person FROM duties JOIN people ON people.id = duties.person
                WHERE duties.duty = \(Duty.administrator) AND duties.reach = 'organisation' AND people.closed_at IS NULL
                """
            )
        )
    }

    /// Everybody who signs in by email or carries a duty, by name.
    static func staff(_ tx: Transaction) throws -> [Person] {
        try tx.all(
            """
            SELECT \(Person.columns) FROM people
            WHERE closed_at IS NULL AND (email IS NOT NULL OR EXISTS (SELECT 1 FROM duties WHERE duties.person = people.id))
            ORDER BY name, email, id
            """
        ) { try Person(&$0) }
    }

    static func demoPeople(_ tx: Transaction) throws -> [Person] {
        try tx.all("SELECT \(Person.columns) FROM people WHERE demo IS NOT NULL AND closed_at IS NULL ORDER BY made_at, id") {
            try Person(&$0)
        }
    }

    /// Under which heading everybody of the demo stands: whose point of view they bring; in the order of the service's points of view.
    static func demoGroups(_ tx: Transaction) throws -> [(person: PersonID, label: String)] {
        try tx.all(
            """
            SELECT DISTINCT members.person, perspectives.label, perspectives.place FROM members JOIN projects ON projects.id = members.project
            JOIN perspectives ON perspectives.service = projects.service AND perspectives.key = members.perspective
            WHERE members.left_at IS NULL ORDER BY perspectives.place, perspectives.label, members.person
            """
        ) { row in (try row.next(), try row.next()) }
    }

    static func password(of id: PersonID, _ tx: Transaction) throws -> String? {
        try tx.first("SELECT password FROM people WHERE id = \(id) AND closed_at IS NULL") { try $0.next() as String? } ?? nil
    }
}

/// Addresses that staff sign in with.
enum Email {
    static let longest = 254

    /// Lower case, so that a telephone that begins with a capital letter lets nobody stand outside.
    static func normal(_ typed: String) -> String { PlainText.line(typed).lowercased() }

    /// Looks like an address. Whether it is one only a message would show, and we send none.
    static func looksRight(_ email: String) -> Bool {
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, email.utf8.count <= longest, !email.contains(where: \.isWhitespace) else { return false }
        let host = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return host.count >= 2 && host.allSatisfy { !$0.isEmpty }
            && email.unicodeScalars.allSatisfy { $0.value > 0x20 && !"<>\"'\\,;:()[]".unicodeScalars.contains($0) }
    }
}
