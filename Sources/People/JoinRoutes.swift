import HTML
import Kernel
import Services
import Store
import Web
import Words

struct JoinRoutes: Sendable {
    let db: Database
    let passwords: Passwords

    func add(to site: Site) {
        // Looking at a link uses nothing up: programs that fetch previews of links in messages look too.
        site.page("/join/:token") { visit, tx in try Self.page(visit, tx) }
        let show: Site.Show = { visit, tx in try Self.page(visit, tx) }
        // Who presses twice is signed in by the first press, and the second says that they have joined already.
        site.slowPost("/join/:token", again: show, unproven: show) { visit in try await join(visit) }
    }

    // MARK: Pages

    private static func page(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let invitation = try InvitationStore.find(link: visit, tx)
        switch invitation.kind {
        case .group: return try groupPage(invitation, visit, tx)
        case .staff, .first:
            try invitation.orGone(at: visit.at)
            return try staffPage(invitation, visit, tx)
        case .password:
            try invitation.orGone(at: visit.at)
            return NewPasswordPage(here: try invitation.link(tx), problems: visit.form.problems)
        }
    }

    private static func groupPage(_ invitation: Invitation, _ visit: Visit, _ tx: Transaction) throws -> JoinGroupPage {
        guard let group = invitation.group, let perspective = invitation.perspective else { throw Refusal.notFound }
        let facts = try GroupFacts.find(group, tx)
        let standing = try standing(of: visit.actor, invitation, facts, perspective, tx)
        // Who is in already is shown the way on, whatever has become of the link.
        if case .memberAlready = standing {
        } else {
            try invitation.orGone(at: visit.at)
            try facts.orGone()
        }
        return JoinGroupPage(
            heading: W.joinHeading(group: facts.name),
            service: facts.service.link,
            project: Link(facts.title, to: facts.projectURL),
            question: facts.question,
            about: facts.about,
            perspective: facts.perspectives.label(perspective),
            runBy: facts.runBy.isEmpty ? nil : listed(facts.runBy),
            words: try FreshKey.find(visit, tx) == nil
                ? Link(W.joinNewWords, to: .path("/me/key")) : Link(W.joinShowWords, to: FreshKey.url.adding("joined", group)),
            standing: standing,
            here: try invitation.link(tx),
            naming: visit.form.value("naming", or: "none"),
            name: visit.form["name"],
            problems: visit.form.problems
        )
    }

    private static func standing(of actor: Actor, _ invitation: Invitation, _ facts: GroupFacts, _ perspective: String, _ tx: Transaction)
        throws
        -> JoinGroupPage.Standing
    {
        guard let someone = actor.person else { return .newcomer }
        if actor.isMember(of: facts.id) { return .memberAlready }
        do {
            let isStaff = facts.perspectives[perspective]?.isStaff ?? false
            try PeoplePolicy.use(invitation, to: facts.place, isStaff: isStaff, by: actor)
            let earlier = try JoinGroup.earlierPerspective(of: someone.id, in: facts.project, tx)
            try PeoplePolicy.join(with: perspective, earlier: earlier, label: { facts.perspectives.label($0) })
        } catch Refusal.notAllowed(let sentence) {
            return .otherPerspective(sentence: sentence)
        }
        return .signedIn(name: someone.name ?? W.noNamePerson)
    }

    private static func staffPage(_ invitation: Invitation, _ visit: Visit, _ tx: Transaction) throws -> JoinStaffPage {
        let reach = try invitation.reach.map { try Reaches(tx).label($0) } ?? ""
        let isFirst = invitation.kind == .first
        return JoinStaffPage(
            heading: isFirst ? W.firstHeading : W.joinStaffHeading,
            leadWords: isFirst ? W.firstLead : W.joinStaffLead,
            duties: isFirst ? nil : invitation.duty.map { W.joinStaffDuty(duty: $0.label, reach: reach) },
            email: invitation.email,
            typedEmail: visit.form["email"],
            name: visit.form.value("name", or: invitation.name ?? ""),
            signedInAs: visit.actor.person.map { $0.name ?? W.noNamePerson },
            here: try invitation.link(tx),
            problems: visit.form.problems
        )
    }

    // MARK: Forms

    private func join(_ visit: Visit) async throws -> Answer {
        // 60 in ten minutes: two classes behind one address, and too few to keep this machine busy with digests.
        try visit.site.limits.count("join", visit, most: 60, minutes: 10)
        let (invitation, installation) = try await db.write { tx in
            let (invitation, installation) = (
                try InvitationStore.find(link: visit, tx), try Installation.settled(visit.chance, tx)
            )
            // A digest of a password takes a tenth of a second of work: nobody gets one for a link that opens nothing. The same form sent
            // again is answered as before, though it was the last use of its link.
            let isAgain = try JoinGroup.earlier(Self.number(of: visit, installation), tx) != nil
            if invitation.kind != .group || (visit.actor.person == nil && !isAgain) { try invitation.orGone(at: visit.at) }
            return (invitation, installation)
        }
        switch invitation.kind {
        case .group where visit.actor.person != nil: return try await joinAsSomeone(invitation, visit)
        case .group: return try await joinAsNewcomer(invitation, installation, visit)
        case .staff, .first: return try await joinStaff(invitation, visit)
        case .password: return try await comeBack(invitation, visit)
        }
    }

    private func joinAsSomeone(_ invitation: Invitation, _ visit: Visit) async throws -> Answer {
        try await db.write { tx in
            guard let group = invitation.group else { throw Refusal.notFound }
            try JoinGroup.run(try InvitationStore.find(invitation.id, tx), as: try visit.someone(), by: visit.deed, tx)
            return .see(try GroupFacts.find(group, tx).projectURL)
        }
    }

    private func joinAsNewcomer(_ invitation: Invitation, _ installation: Installation, _ visit: Visit) async throws -> Answer {
        var form = visit.form
        let wantsName = form["naming"] == "name"
        let name = wantsName ? form.line("name", limit: ChangeMe.longestName, empty: W.joinNameEmpty) : ""
        try form.check()
        let filling = visit.filling
        // Worked out from the form, so that whoever presses twice gets one account and one key. The form's number is stored nowhere.
        let key = FourWords(from: installation.code("key", filling))
        let digest = try await passwords.keyDigest(of: key, installation)
        let newcomer = JoinGroup.Newcomer(
            name: name.isEmpty ? nil : name,
            keyDigest: digest,
            form: Self.number(of: visit, installation)
        )
        return try await db.write { tx in
            let invitation = try InvitationStore.find(invitation.id, tx)
            let person = try JoinGroup.run(invitation, newcomer: newcomer, by: visit.deed, tx)
            let (token, signIn) = try SignInPerson.run(person, insteadOf: visit.cookieDigest, by: visit.deed, tx)
            try FreshKey.keep(key, sealedWith: SignInCookie.seal(token), in: signIn.digest, at: visit.at, tx)
            // Another page, so that loading it again sends nothing again.
            return .see(FreshKey.url.adding("joined", invitation.group), cookie: .set(token: token, days: SignIns.longestDays))
        }
    }

    /// Which filling-in of the form this is.
    private static func number(of visit: Visit, _ installation: Installation) -> String {
        Hex.text(of: installation.code("form", visit.filling))
    }

    private func joinStaff(_ invitation: Invitation, _ visit: Visit) async throws -> Answer {
        try invitation.orGone(at: visit.at)
        guard visit.actor.person == nil else { throw Refusal.notAllowed(because: W.joinStaffSignedIn) }
        var form = visit.form
        var typed: String?
        if invitation.kind == .first {
            let email = Email.normal(form.line("email", limit: Email.longest, empty: W.emailEmpty))
            if !email.isEmpty, !Email.looksRight(email) { form.problems.add("email", W.emailWrong) }
            typed = email
        }
        let email = invitation.email ?? typed
        let name = form.line("name", limit: ChangeMe.longestName, empty: W.staffNeedNames)
        PasswordRules.check(form.raw("password"), email: email, &form.problems)
        try form.check()
        let digest = try await passwords.digest(of: form.raw("password"), salt: visit.chance.bytes(16))
        return try await db.write { tx in
            let invitation = try InvitationStore.find(invitation.id, tx)
            let person = try JoinStaff.run(invitation, email: email, name: name, password: digest, by: visit.deed, tx)
            return try SignInPerson.answer(
                .see(.path("/me", query: ["done": "joined"])),
                person,
                insteadOf: visit.cookieDigest,
                by: visit.deed,
                tx
            )
        }
    }

    private func comeBack(_ invitation: Invitation, _ visit: Visit) async throws -> Answer {
        try invitation.orGone(at: visit.at)
        var form = visit.form
        let email = try await db.read { tx in try invitation.person.flatMap { try PeopleStore.find($0, tx).email } }
        PasswordRules.check(form.raw("password"), email: email, &form.problems)
        try form.check()
        let digest = try await passwords.digest(of: form.raw("password"), salt: visit.chance.bytes(16))
        return try await db.write { tx in
            _ = try JoinStaff.back(try InvitationStore.find(invitation.id, tx), password: digest, by: visit.deed, tx)
            if let before = visit.cookieDigest { try SignIns.end(before, tx) }
            return .see(.path("/sign-in", query: ["done": "password"]), cookie: .forget)
        }
    }
}
