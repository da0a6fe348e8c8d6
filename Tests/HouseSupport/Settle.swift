import Kernel
import Store
import Trail
import Web

extension Cast {
    /// Puts everybody and everything into an empty database, by plain SQL: tests of the use cases must not stand on the use cases.
    func settle(_ kinds: [Character], _ tx: Transaction, at now: Moment) throws {
        try tx.run("INSERT INTO organisation (id, name, about) VALUES (1, 'The Trust', 'A trust in a test.')")
        try tx.run(
            """
            INSERT INTO services (id, slug, name, summary, about, phone, made_at)
            VALUES (\(service), 'barnet-camhs', 'Barnet CAMHS', 'Help for young minds.', 'About it.', '020 7946 0000', \(now))
            """
        )
        for (place, (key, label, one, isStaff)) in Self.perspectives.enumerated() {
            try tx.run(
                """
                INSERT INTO perspectives (service, key, label, one, place, staff)
                VALUES (\(service), \(key), \(label), \(one), \(place), \(isStaff))
                """
            )
        }
        try settle(project: project, slug: "stepped-model", title: "The stepped model", isOpen: false, tx, at: now)
        try settle(project: openProject, slug: "open-door", title: "The open door", isOpen: true, tx, at: now)
        for (group, name, perspective) in [
            (parents, "Parents and carers, Tuesday group", nil as String?), (young, "Young people’s group", "young-people"),
        ] {
            try tx.run(
                """
                INSERT INTO project_groups (id, project, name, about, perspective, made_at)
                VALUES (\(group), \(project), \(name), '', \(perspective), \(now))
                """
            )
        }
        try tx.run(
            """
            INSERT INTO sessions (id, project, group_id, title, starts_at, minutes, way, place, about)
            VALUES (\(session), \(project), \(young), 'Young people’s session', \(now.adding(days: -1)), 90, 'in-person', 'The library', '')
            """
        )
        if kinds.contains(.parentOfAnotherGroup) { try settleOtherGroups(tx, at: now) }
        for who in kinds where who != .stranger { try settle(who, tx, at: now) }
        try Trail.record(
            "organisation.settled",
            TrailSubject("organisation"),
            at: .organisation,
            by: Deed(by: .system("test"), at: now),
            in: tx
        )
    }

    private func settleOtherGroups(_ tx: Transaction, at now: Moment) throws {
        for (group, project, name) in [(thursday, project, "Parents and carers, Thursday group"), (openGroup, openProject, "Open group")] {
            try tx.run(
                "INSERT INTO project_groups (id, project, name, about, made_at) VALUES (\(group), \(project), \(name), '', \(now))"
            )
        }
    }

    private static let perspectives = [
        ("young-people", "Young people", "young person", false),
        ("parents-and-carers", "Parents and carers", "parent or carer", false),
        ("friends-and-family", "Friends and family", "friend or family member", false),
        ("clinicians", "Clinicians", "clinician", true),
        ("peer-staff", "Peer staff", "peer worker", true),
        ("managers", "Managers", "manager", true),
    ]

    private func settle(project: ProjectID, slug: String, title: String, isOpen: Bool, _ tx: Transaction, at now: Moment) throws {
        try tx.run(
            """
            INSERT INTO projects (id, service, slug, title, question, about, phase, state, open_to_public,
                hear_within, hear_unit, discuss_within, discuss_unit, decide_within, decide_unit, reply_within, reply_unit, made_at)
            VALUES (\(project), \(service), \(slug), \(title), 'What would make it better?', 'About it.', 'design', 'open', \(isOpen),
                7, 'days', 28, 'days', 56, 'days', 5, 'working-days', \(now))
            """
        )
    }

    private func settle(_ who: Character, _ tx: Transaction, at now: Moment) throws {
        let id = person(who)
        try tx.run(
            "INSERT INTO people (id, name, email, made_at) VALUES (\(id), \(Self.name(of: who)), \(who.rawValue + "@example.org"), \(now))"
        )
        try tx.run(
            """
            INSERT INTO sign_ins (digest, person, csrf, stage, made_at, seen_at, ends_at)
            VALUES (\(SignInCookie.digest(Self.token(of: who))), \(id), \(Self.csrf(of: who)), \(who == .halfSignedIn ? "code-wanted" : "whole"), \(now), \(now.adding(days: 700)), \(now.adding(days: 700)))
            """
        )
        if who == .closed { try tx.run("UPDATE people SET closed_at = \(now) WHERE id = \(id)") }
        if who == .halfSignedIn { try tx.run("UPDATE people SET password = 'x', totp = 'x', totp_on = 1 WHERE id = \(id)") }
        for grant in grants(of: who) {
            let (reach, reachID) =
                switch grant.reach {
                case .organisation: ("organisation", "")
                case .service(let id): ("service", id.text)
                case .project(let id): ("project", id.text)
                }
            try tx.run(
                "INSERT INTO duties (person, duty, reach, reach_id, given_at) VALUES (\(id), \(grant.duty), \(reach), \(reachID), \(now))"
            )
        }
        guard let membership = membership(of: who) else { return }
        try tx.run(
            """
            INSERT INTO members (person, group_id, project, perspective, joined_at)
            VALUES (\(id), \(membership.group), \(membership.project), \(membership.perspective), \(now))
            """
        )
    }
}
