import HTML
import Kernel
import Services
import Store
import Web
import Words

struct MeRoutes: Sendable {
    let db: Database
    let passwords: Passwords
    let said: SaidBy

    func add(to site: Site) {
        site.page("/me") { visit, tx in try mePage(visit, tx) }
        site.page("/me/name") { visit, tx in try Self.namePage(visit, tx) }
        site.post("/me/name", again: { visit, tx in try Self.namePage(visit, tx) }) { visit, tx in
            var form = visit.form
            let name = form.line("name", limit: ChangeMe.longestName)
            try form.check()
            try ChangeMe.name(name.isEmpty ? nil : name, version: Int(form["version"]) ?? 0, by: visit.deed, tx)
            return .see(.path("/me", query: ["done": "name"]))
        }
        site.page("/me/key") { visit, tx in try Self.keyPage(visit, tx) }
        site.slowPost("/me/key", again: { visit, tx in try Self.keyPage(visit, tx) }) { visit in try await newKey(visit) }
        site.page("/me/key/fresh") { visit, tx in try Self.freshKeyPage(visit, tx) }
        site.post("/me/key/kept") { visit, tx in
            _ = try visit.someone()
            try FreshKey.forget(visit, tx)
            return .see(visit.then ?? .path("/me"))
        }
        site.page("/me/password") { visit, tx in try Self.passwordPage(visit, tx) }
        site.slowPost("/me/password", again: { visit, tx in try Self.passwordPage(visit, tx) }) { visit in try await changePassword(visit) }
        addTwoSteps(to: site)
        site.page("/me/close") { visit, _ in
            _ = try visit.someone()
            return ClosePage(problems: visit.form.problems)
        }
        site.post("/me/close", again: { visit, _ in ClosePage(problems: visit.form.problems) }) { visit, tx in
            _ = try visit.someone()
            guard visit.form["sure"] == "yes" else { throw Problems("sure", W.closeTick) }
            try ChangeMe.close(by: visit.deed, tx)
            var answer = Answer.page(ClosedPage())
            answer.cookie = .forget
            answer.arrival = (.stranger, nil)
            return answer
        }
    }

    private func addTwoSteps(to site: Site) {
        site.page("/me/two-steps") { visit, tx in try Self.twoStepsPage(visit, tx) }
        site.post("/me/two-steps/begin") { visit, tx in
            try ChangeMe.beginTwoSteps(by: visit.deed, tx)
            return .see(.path("/me/two-steps"))
        }
        site.slowPost("/me/two-steps", again: { visit, tx in try Self.twoStepsPage(visit, tx) }) { visit in
            let code = try await Self.triedCode(visit, db)
            return try await db.write { tx in
                .page(RecoveryCodesPage(codes: try ChangeMe.confirmTwoSteps(code: code, form: visit.filling, by: visit.deed, tx)))
            }
        }
        site.slowPost("/me/two-steps/codes", again: { visit, tx in try Self.twoStepsPage(visit, tx) }) { visit in
            let code = try await Self.triedCode(visit, db)
            return try await db.write { tx in
                .page(RecoveryCodesPage(codes: try ChangeMe.newRecoveryCodes(code: code, form: visit.filling, by: visit.deed, tx)))
            }
        }
        site.slowPost("/me/two-steps/end", again: { visit, tx in try Self.twoStepsPage(visit, tx) }) { visit in
            try await checkPassword(visit)
            return try await db.write { tx in
                try ChangeMe.endTwoSteps(of: try visit.someone().id, by: visit.deed, tx)
                return .see(.path("/me", query: ["done": "two-steps-off"]))
            }
        }
    }

    // MARK: Pages

    private func mePage(_ visit: Visit, _ tx: Transaction) throws -> MePage {
        let someone = try visit.someone()
        let person = try PeopleStore.find(someone.id, tx)
        let reaches = someone.grants.isEmpty ? nil : try Reaches(tx)
        let duties = someone.grants.sorted { ($0.duty.rawValue, $0.reach.field) < ($1.duty.rawValue, $1.reach.field) }
        let browsers = try SignIns.all(of: person.id, at: visit.at, tx)
        let dates = visit.site.dates
        return MePage(
            name: person.name,
            email: person.email,
            said: try said(someone.id, visit, tx),
            groups: try Self.groups(of: someone, tx),
            duties: duties.map { .init(duty: $0.duty.label, reach: reaches?.label($0.reach) ?? "") },
            hasKey: person.hasKey,
            hasPassword: person.hasPassword,
            hasTwoSteps: person.hasTwoSteps,
            codesLeft: try TwoSteps.codesLeft(person.id, tx),
            browsers: browsers.map {
                .init(
                    isThisOne: $0.digest == visit.signIn?.digest,
                    signedIn: dates.dayAndTime($0.madeAt),
                    lastUsed: dates.dayAndTime($0.seenAt)
                )
            },
            isAdministrator: visit.actor.carries(.administrator, at: .organisation),
            news: Self.news[visit.query["done"] ?? ""].map { $0() }
        )
    }

    private static let news: [String: @Sendable () -> String] = [
        "name": { W.doneName }, "password": { W.donePassword }, "two-steps-off": { W.doneTwoStepsOff }, "joined": { W.doneJoined },
    ]

    private static func groups(of someone: Someone, _ tx: Transaction) throws -> [MePage.Group] {
        try someone.memberships.map { membership in
            let facts = try GroupFacts.find(membership.group, tx)
            return .init(
                name: facts.name,
                url: facts.roomURL,
                project: Link(facts.title, to: facts.projectURL),
                service: facts.service.name,
                perspective: facts.perspectives.label(membership.perspective)
            )
        }
    }

    private static func namePage(_ visit: Visit, _ tx: Transaction) throws -> NamePage {
        let person = try PeopleStore.find(try visit.someone().id, tx)
        return NamePage(
            name: visit.form.value("name", or: person.name ?? ""),
            version: visit.form.value("version", or: String(person.version)),
            isStaff: person.email != nil,
            problems: visit.form.problems
        )
    }

    private static func keyPage(_ visit: Visit, _ tx: Transaction) throws -> NewKeyPage {
        NewKeyPage(hasKey: try PeopleStore.find(try visit.someone().id, tx).hasKey, problems: visit.form.problems)
    }

    /// The new words, until they are kept; then the way to others.
    private static func freshKeyPage(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        _ = try visit.someone()
        guard let key = try FreshKey.find(visit, tx) else { return try keyPage(visit, tx) }
        let group = visit.query["joined"].flatMap { GroupID($0) }.flatMap { visit.actor.isMember(of: $0) ? $0 : nil }
        let facts = try group.map { try GroupFacts.find($0, tx) }
        return FreshKeyPage(
            heading: facts.map { W.joinedHeading(group: $0.name) } ?? W.freshKeyHeading,
            key: key,
            then: facts?.roomURL ?? .path("/me"),
            steps: facts == nil ? [W.joinedStepBack] : [W.joinedStepSay, W.joinedStepHeard, W.joinedStepBack],
            confirmationWords: facts == nil ? W.freshKeyConfirmation : W.joinedConfirmation,
            keyAddress: SafeURL.path("/key").absolute(on: visit.site.base).description
        )
    }

    private static func passwordPage(_ visit: Visit, _ tx: Transaction) throws -> PasswordPage {
        guard try PeopleStore.find(try visit.someone().id, tx).hasPassword else { throw Refusal.notFound }
        return PasswordPage(problems: visit.form.problems)
    }

    private static func twoStepsPage(_ visit: Visit, _ tx: Transaction) throws -> TwoStepsPage {
        let person = try PeopleStore.find(try visit.someone().id, tx)
        guard person.hasPassword, let email = person.email else { throw Refusal.notFound }
        let held = try TwoSteps.held(by: person.id, tx)
        let state: TwoStepsPage.State =
            if held.isOn { .on(codesLeft: try TwoSteps.codesLeft(person.id, tx)) } else if let secret = held.secret {
                .begun(secret: secret, address: OneTimeCode.address(secret: secret, email: email))
            } else { .off }
        return TwoStepsPage(state: state, problems: visit.form.problems)
    }

    // MARK: Forms

    private func newKey(_ visit: Visit) async throws -> Answer {
        let someone = try visit.someone()
        let installation = try await db.write { tx in try Installation.settled(visit.chance, tx) }
        let key = FourWords(from: installation.code("key", "\(someone.id) \(visit.filling)"))
        let digest = try await passwords.keyDigest(of: key, installation)
        return try await db.write { tx in
            try ChangeMe.key(digest, by: visit.deed, tx)
            guard let signIn = visit.signIn, let seal = visit.cookieSeal else { throw Refusal.signIn }
            try FreshKey.keep(key, sealedWith: seal, in: signIn.digest, at: visit.at, tx)
            return .see(FreshKey.url)
        }
    }

    private func changePassword(_ visit: Visit) async throws -> Answer {
        let person = try visit.someone().id
        var form = visit.form
        let email = try await db.read { tx in try PeopleStore.find(person, tx).email }
        PasswordRules.check(form.raw("password"), email: email, &form.problems)
        try form.check()
        try await checkPassword(visit)
        let digest = try await passwords.digest(of: form.raw("password"), salt: visit.chance.bytes(16))
        return try await db.write { tx in
            try ChangeMe.password(digest, keeping: visit.signIn?.digest, by: visit.deed, tx)
            return .see(.path("/me", query: ["done": "password"]))
        }
    }

    /// That it is still them, and not somebody who found their computer open. Wrong tries slow down as they do when signing in.
    private func checkPassword(_ visit: Visit) async throws {
        let person = try visit.someone().id
        let typed = visit.form.raw("current")
        if typed.isEmpty { throw Problems("current", W.passwordEmpty) }
        let wrong = Problems("current", W.passwordWrong)
        guard typed.utf8.count <= 4 * PasswordRules.longest else { throw wrong }
        let (tries, digest) = try await db.write { tx in
            let email = try PeopleStore.find(person, tx).email ?? ""
            let tries = Tries([(.account, email)], try Installation.settled(visit.chance, tx))
            try tries.begin(at: visit.at, tx)
            return (tries, try PeopleStore.password(of: person, tx))
        }
        guard try await passwords.fits(typed, digest) else { throw wrong }
        try await db.write { tx in try tries.forgive(tx) }
    }

    private static func triedCode(_ visit: Visit, _ db: Database) async throws -> String {
        let person = try visit.someone().id
        var form = visit.form
        let code = form.line("code", limit: 100, empty: W.codeEmpty)
        try form.check()
        try await db.write { tx in
            let tries = Tries([(.code, person.text)], try Installation.settled(visit.chance, tx))
            try tries.begin(at: visit.at, tx)
        }
        return code
    }
}
