import HTML
import Kernel
import Store
import Web
import Words

enum StaffRoutes {
    static func add(to site: Site) {
        site.page("/organisation/people") { visit, tx in try staffPage(visit, tx) }
        site.page("/organisation/people/invite") { visit, tx in try invitePage(visit, tx) }
        site.post("/organisation/people/invitations", again: { visit, tx in try invitePage(visit, tx) }) { visit, tx in
            let grant = try invitedGrant(visit)
            let invitation = try InviteStaff.run(email: grant.email, name: grant.name, grant.grant, by: visit.deed, tx)
            return .see(.path("/organisation/people/invitations", invitation.id))
        }
        site.page("/organisation/people/invitations/:invitation") { visit, tx in try invitationPage(visit, tx) }
        site.post("/organisation/people/invitations/:invitation/end") { visit, tx in
            try PeoplePolicy.manageStaff(by: visit.actor)
            try RevokeInvitation.run(try visit.id("invitation"), by: visit.deed, tx)
            return .see(.path("/organisation/people", query: ["done": "revoked"]))
        }
        site.page("/organisation/people/:person") { visit, tx in try personPage(visit, tx) }
        site.post("/organisation/people/:person/duties", again: { visit, tx in try personPage(visit, tx) }) { visit, tx in
            try PeoplePolicy.manageStaff(by: visit.actor)
            let person: PersonID = try visit.id("person")
            let grant = try sentGrant(visit)
            try GiveDuty.run(grant.duty, reaching: grant.reach, to: person, by: visit.deed, tx)
            return .see(.path("/organisation/people", person, query: ["done": "given"]))
        }
        site.post("/organisation/people/:person/duties/end") { visit, tx in
            try PeoplePolicy.manageStaff(by: visit.actor)
            let person: PersonID = try visit.id("person")
            let grant = try sentGrant(visit)
            try TakeDuty.run(grant.duty, reaching: grant.reach, from: person, by: visit.deed, tx)
            // Whoever takes their own last duty of this kind may not see the page any more.
            let isStillIn = person != visit.actor.personID || grant != Grant(.administrator, .organisation)
            return .see(isStillIn ? .path("/organisation/people", person, query: ["done": "taken"]) : .path("/me"))
        }
        site.post("/organisation/people/:person/password-link") { visit, tx in
            let invitation = try InviteBack.run(try visit.id("person"), by: visit.deed, tx)
            return .see(.path("/organisation/people/invitations", invitation.id))
        }
        site.post("/organisation/people/:person/two-steps/end") { visit, tx in
            try PeoplePolicy.manageStaff(by: visit.actor)
            let person: PersonID = try visit.id("person")
            try ChangeMe.endTwoSteps(of: person, by: visit.deed, tx)
            return .see(.path("/organisation/people", person, query: ["done": "two-steps-off"]))
        }
    }

    private static let news: [String: @Sendable () -> String] = [
        "given": { W.doneGiven }, "taken": { W.doneTaken }, "revoked": { W.doneRevoked }, "two-steps-off": { W.doneTwoStepsOff },
    ]

    // MARK: Pages

    private static func staffPage(_ visit: Visit, _ tx: Transaction) throws -> StaffPage {
        try PeoplePolicy.manageStaff(by: visit.actor)
        let reaches = try Reaches(tx)
        let grants = try tx.all("SELECT person, duty, reach, reach_id FROM duties ORDER BY person, duty, reach, reach_id") { row in
            (
                person: try row.next() as PersonID, duty: try row.next() as Duty, reach: try row.next() as String,
                id: try row.next() as String
            )
        }
        let duties = Dictionary(grouping: grants, by: \.person)
        return StaffPage(
            staff: try PeopleStore.staff(tx).map { person in
                .init(
                    name: person.name ?? W.noNamePerson,
                    email: person.email,
                    duties: (duties[person.id] ?? []).map { words($0.duty, Grant.Reach($0.reach, id: $0.id), reaches) },
                    hasTwoSteps: person.hasTwoSteps,
                    url: .path("/organisation/people", person.id)
                )
            },
            invited: try InvitationStore.openForStaff(at: visit.at, tx).map { invitation in
                .init(
                    who: try who(invitation, tx),
                    what: what(invitation, reaches),
                    until: visit.site.dates.dayAndTime(invitation.endsAt),
                    url: .path("/organisation/people/invitations", invitation.id)
                )
            },
            news: news[visit.query["done"] ?? ""].map { $0() }
        )
    }

    private static func invitePage(_ visit: Visit, _ tx: Transaction) throws -> InviteStaffPage {
        try PeoplePolicy.manageStaff(by: visit.actor)
        return InviteStaffPage(reaches: ReachChoice.all(try Reaches(tx)), form: visit.form)
    }

    private static func invitationPage(_ visit: Visit, _ tx: Transaction) throws -> StaffInvitationPage {
        try PeoplePolicy.manageStaff(by: visit.actor)
        let invitation = try InvitationStore.find(try visit.id("invitation"), tx)
        // Group invitations are shown to those who run the group, on its own page.
        guard invitation.kind == .staff || invitation.kind == .password else { throw Refusal.notFound }
        let isOpen = invitation.state(at: visit.at) == .open
        return StaffInvitationPage(
            heading: invitation.kind == .password ? W.passwordLinkHeading : W.staffLinkHeading,
            id: invitation.id,
            who: try who(invitation, tx),
            what: what(invitation, try Reaches(tx)),
            until: visit.site.dates.dayAndTime(invitation.endsAt),
            link: isOpen ? try invitation.link(tx).absolute(on: visit.site.base).description : nil
        )
    }

    private static func personPage(_ visit: Visit, _ tx: Transaction) throws -> StaffPersonPage {
        try PeoplePolicy.manageStaff(by: visit.actor)
        let person = try PeopleStore.find(try visit.id("person"), tx)
        let grants = try SignIns.grants(of: person.id, tx).sorted {
            ($0.duty.rawValue, $0.reach.field) < ($1.duty.rawValue, $1.reach.field)
        }
        // Families and young people are nobody's staff: their accounts are not to be looked into here.
        guard person.email != nil || !grants.isEmpty else { throw Refusal.notFound }
        let reaches = try Reaches(tx)
        return StaffPersonPage(
            id: person.id,
            heading: person.name ?? W.noNamePerson,
            email: person.email,
            hasTwoSteps: person.hasTwoSteps,
            duties: grants.map { .init(duty: $0.duty.rawValue, reach: $0.reach.field, words: words($0.duty, $0.reach, reaches)) },
            reaches: ReachChoice.all(reaches),
            news: news[visit.query["done"] ?? ""].map { $0() },
            form: visit.form
        )
    }

    private static func who(_ invitation: Invitation, _ tx: Transaction) throws -> String {
        if let person = invitation.person { return try PeopleStore.name(of: person, tx) ?? W.noNamePerson }
        return W.invitedNameEmail(name: invitation.name ?? "", email: invitation.email ?? "")
    }

    private static func what(_ invitation: Invitation, _ reaches: Reaches) -> String {
        invitation.duty.map { words($0, invitation.reach, reaches) } ?? W.invitedPassword
    }

    private static func words(_ duty: Duty, _ reach: Grant.Reach?, _ reaches: Reaches) -> String {
        W.dutyReaching(duty: duty.label, reach: reach.map { reaches.label($0) } ?? W.reachGone)
    }

    // MARK: Forms

    private static func sentGrant(_ visit: Visit) throws -> Grant {
        var form = visit.form
        let duty = form.choice("duty", Duty.self, missing: W.chooseDuty)
        let reach = Grant.Reach(field: form["reach"])
        if reach == nil { form.problems.add("reach", W.chooseReach) }
        try form.check()
        guard let duty, let reach else { throw Refusal.notFound }
        return Grant(duty, reach)
    }

    private static func invitedGrant(_ visit: Visit) throws -> (name: String, email: String, grant: Grant) {
        try PeoplePolicy.manageStaff(by: visit.actor)
        var form = visit.form
        let name = form.line("name", limit: ChangeMe.longestName, empty: W.theirNameEmpty)
        let email = Email.normal(form.line("email", limit: Email.longest, empty: W.emailEmpty))
        if !email.isEmpty, !Email.looksRight(email) { form.problems.add("email", W.emailWrong) }
        let duty = form.choice("duty", Duty.self, missing: W.chooseDuty)
        let reach = Grant.Reach(field: form["reach"])
        if reach == nil { form.problems.add("reach", W.chooseReach) }
        try form.check()
        guard let duty, let reach else { throw Refusal.notFound }
        return (name, email, Grant(duty, reach))
    }
}
