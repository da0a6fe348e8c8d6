import HTML
import Kernel
import Store
import Web

struct SignInRoutes: Sendable {
    let db: Database
    let passwords: Passwords

    func add(to site: Site) {
        site.page("/sign-in") { visit, tx in try Self.page(visit, tx) }
        site.slowPost("/sign-in", again: { visit, tx in try Self.page(visit, tx) }) { visit in try await signIn(visit) }
        site.page("/sign-in/code") { visit, tx in try Self.codePage(visit, tx) }
        // The count of tries must stay when the code is wrong, so it is written in a transaction of its own.
        site.slowPost("/sign-in/code", again: { visit, tx in try Self.codePage(visit, tx) }) { visit in try await enterCode(visit) }
        site.page("/key") { visit, _ in Self.keyPage(visit) }
        site.slowPost("/key", again: { visit, _ in Self.keyPage(visit) }) { visit in try await openWithKey(visit) }
        site.page("/sign-out") { visit, _ in
            _ = try visit.someone()
            return SignOutPage()
        }
        site.post("/sign-out") { visit, tx in try Self.signOut(visit, tx) }
        site.post("/demo/become") { visit, tx in try Self.become(visit, tx) }
    }

    // MARK: Pages

    private static func page(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        if let someone = visit.actor.person, !visit.site.isDemo { return signedInAlready(someone, visit) }
        // Only in the demo is anybody listed; elsewhere the table is not even asked.
        let people = visit.site.isDemo ? try SignInPage.DemoGroup.all(tx) : []
        return SignInPage(
            news: visit.query["done"] == "password" ? W.newPasswordDone : visit.query["done"] == "out" ? W.signedOut : nil,
            then: visit.then,
            email: visit.form["email"],
            demoPeople: people,
            problems: visit.form.problems
        )
    }

    private static func signedInAlready(_ someone: Someone, _ visit: Visit) -> SignedInAlreadyPage {
        SignedInAlreadyPage(
            name: someone.name ?? W.noNamePerson,
            goOn: Link(W.carryOn, to: Landing.after(visit.then, someone)),
            then: visit.then
        )
    }

    private static func codePage(_ visit: Visit, _ tx: Transaction) throws -> CodePage {
        guard try SignIns.awaitingCode(visit.cookieDigest, at: visit.at, tx) != nil else { throw Refusal.signIn }
        return CodePage(then: visit.then, problems: visit.form.problems)
    }

    private static func keyPage(_ visit: Visit) -> any Page {
        if let someone = visit.actor.person { return signedInAlready(someone, visit) }
        return KeyPage(then: visit.then, typed: visit.form["key"], problems: visit.form.problems)
    }

    // MARK: Forms

    /// The same answer, after the same work, whether the address or the password is wrong.
    private func signIn(_ visit: Visit) async throws -> Answer {
        var form = visit.form
        let email = Email.normal(form.line("email", limit: Email.longest, empty: W.emailEmpty))
        let password = form.raw("password")
        if password.isEmpty { form.problems.add("password", W.passwordEmpty) }
        try form.check()
        let wrong = Problems("email", W.signInWrong)
        guard password.utf8.count <= 4 * PasswordRules.longest else { throw wrong }
        let (tries, digest) = try await db.write { tx in
            let tries = Tries(
                [(.account, "\(email) \(visit.from)"), (.anywhere, email), (.address, visit.from)],
                try Installation.settled(visit.chance, tx)
            )
            try tries.begin(at: visit.at, tx)
            return (tries, try PeopleStore.withEmail(email, tx).flatMap { try PeopleStore.password(of: $0, tx) })
        }
        guard try await passwords.fits(password, digest) else { throw wrong }
        return try await db.write { tx in
            // Asked again: the password may have been changed while this one was being checked.
            guard let person = try PeopleStore.withEmail(email, tx), try PeopleStore.password(of: person, tx) == digest else { throw wrong }
            try tries.forgive(tx)
            guard try TwoSteps.held(by: person, tx).isOn else {
                return try SignInPerson.answer(
                    .see(Landing.after(visit.then, person, tx)),
                    person,
                    insteadOf: visit.cookieDigest,
                    by: visit.deed,
                    tx
                )
            }
            let (token, _) = try SignIns.begin(person, .codeWanted, insteadOf: visit.cookieDigest, by: visit.deed, tx)
            return .see(SafeURL.path("/sign-in/code").adding("then", visit.then), cookie: .set(token: token, days: 1))
        }
    }

    private func enterCode(_ visit: Visit) async throws -> Answer {
        var form = visit.form
        let code = form.line("code", limit: 100, empty: W.codeEmpty)
        try form.check()
        let (person, installation, tries) = try await db.write { tx in
            guard let person = try SignIns.awaitingCode(visit.cookieDigest, at: visit.at, tx) else { throw Refusal.signIn }
            let installation = try Installation.settled(visit.chance, tx)
            let tries = Tries([(.code, person.text), (.address, visit.from)], installation)
            try tries.begin(at: visit.at, tx)
            return (person, installation, tries)
        }
        return try await db.write { tx in
            guard try SignIns.awaitingCode(visit.cookieDigest, at: visit.at, tx) == person else { throw Refusal.signIn }
            guard try TwoSteps.use(code, of: person, installation, at: visit.at, tx) else { throw Problems("code", W.codeWrong) }
            try tries.forgive(tx)
            return try SignInPerson.answer(
                .see(Landing.after(visit.then, person, tx)),
                person,
                insteadOf: visit.cookieDigest,
                by: visit.deed,
                tx
            )
        }
    }

    private func openWithKey(_ visit: Visit) async throws -> Answer {
        let key = try FourWords.read(visit.form["key"], field: "key")
        let (tries, installation) = try await db.write { tx in
            let installation = try Installation.settled(visit.chance, tx)
            let tries = Tries([(.address, visit.from)], installation)
            try tries.begin(at: visit.at, tx)
            return (tries, installation)
        }
        let digest = try await passwords.keyDigest(of: key, installation)
        return try await db.write { tx in
            guard let person: PersonID = try tx.value("SELECT id FROM people WHERE key_digest = \(digest) AND closed_at IS NULL") else {
                throw Problems("key", W.keyWrong)
            }
            try tries.forgive(tx)
            return try SignInPerson.answer(
                .see(Landing.after(visit.then, person, tx)),
                person,
                insteadOf: visit.cookieDigest,
                by: visit.deed,
                tx
            )
        }
    }

    private static func signOut(_ visit: Visit, _ tx: Transaction) throws -> Answer {
        if visit.form.has("everywhere"), let person = visit.actor.personID { try SignIns.endAll(of: person, tx) }
        if let digest = visit.cookieDigest { try SignIns.end(digest, tx) }
        return .see(visit.then ?? SafeURL.path("/sign-in").adding("done", "out"), cookie: .forget)
    }

    /// One press and you are somebody else: in the demo, and nowhere else.
    private static func become(_ visit: Visit, _ tx: Transaction) throws -> Answer {
        guard visit.site.isDemo, let id = PersonID(visit.form["person"]), try PeopleStore.find(id, tx).demo != nil else {
            throw Refusal.notFound
        }
        return try SignInPerson.answer(.see(Landing.after(visit.then, id, tx)), id, insteadOf: visit.cookieDigest, by: visit.deed, tx)
    }
}
