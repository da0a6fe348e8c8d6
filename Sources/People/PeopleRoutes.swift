import HTML
import Kernel
import Store
import Web

public enum PeopleRoutes {
    /// - Parameters:
    ///   - passwords: what a digest costs; tests hand in a cheap one.
    ///   - said: what somebody said, which rooms above this one know.
    public static func add(to site: Site, db: Database, passwords: Passwords = Passwords(), said: @escaping SaidBy) {
        SignInRoutes(db: db, passwords: passwords).add(to: site)
        JoinRoutes(db: db, passwords: passwords).add(to: site)
        MeRoutes(db: db, passwords: passwords, said: said).add(to: site)
        StaffRoutes.add(to: site)
    }
}

/// One thing somebody said, on their own page: with where it is now.
public struct SaidLine: Encodable, Sendable {
    let words: String
    let on: String
    let now: String
    let url: SafeURL

    public init(words: String, on: String, now: String, url: SafeURL) {
        self.words = words
        self.on = on
        self.now = now
        self.url = url
    }
}

/// The newest things that somebody said.
public typealias SaidBy = @Sendable (PersonID, Visit, Transaction) throws -> [SaidLine]

extension Visit {
    /// Where to go on to, from the form or the address; only ever a page of ours, and never a way out.
    var then: SafeURL? {
        let asked = form.isSent ? form["then"] : query["then"] ?? ""
        guard let url = SafeURL(local: asked), !asked.hasPrefix("/sign-"), asked.utf8.count < 2_000 else { return nil }
        return url
    }

    /// What is new about this filling-in of the form: the same when it is sent twice. Random where the form brought none.
    var filling: String {
        let sent = form.raw("submission")
        return (20...64).contains(sent.utf8.count) ? sent : chance.token(32)
    }

    func theirName() -> String { actor.person?.name ?? W.noNamePerson }
}

/// Where somebody lands who was on the way to nowhere in particular.
enum Landing {
    static func after(_ then: SafeURL?, _ someone: Someone) -> SafeURL {
        then ?? (someone.grants.isEmpty ? .path("/me") : .path("/desk"))
    }

    static func after(_ then: SafeURL?, _ person: PersonID, _ tx: Transaction) throws -> SafeURL {
        after(then, try PeopleStore.someone(person, tx))
    }
}
