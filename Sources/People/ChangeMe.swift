import Kernel
import Store
import Trail

/// What people change about themselves.
enum ChangeMe {
    static let longestName = 60

    /// - Parameter version: what the form was filled in from; another one throws `Refusal.stale`.
    static func name(_ name: String?, version: Int, by deed: Deed, _ tx: Transaction) throws {
        let person = try PeopleStore.find(try deed.someone().id, tx)
        if name == nil, person.email != nil { throw Problems("name", W.staffNeedNames) }
        if person.name == name { return }
        guard person.version == version else {
            let field = StaleEdit.Field(label: W.nameLabel, theirs: person.name ?? "", yours: name ?? "")
            throw Refusal.stale(StaleEdit(fields: [field], again: "/me/name"))
        }
        try tx.run("UPDATE people SET name = \(name), version = version + 1 WHERE id = \(person.id)")
        try Trail.record("name.changed", TrailSubject("person", person.id), at: .organisation, by: deed, in: tx)
    }

    /// Other browsers are signed out: whoever had the old password is out.
    static func password(_ digest: String, keeping signIn: String?, by deed: Deed, _ tx: Transaction) throws {
        let person = try deed.someone().id
        try tx.run("UPDATE people SET password = \(digest), version = version + 1 WHERE id = \(person) AND password IS NOT NULL")
        try SignIns.endAll(of: person, but: signIn, tx)
        try Trail.record("password.changed", TrailSubject("person", person), at: .organisation, by: deed, in: tx)
    }

    /// The old key stops working at once; browsers that are signed in stay so.
    static func key(_ digest: String, by deed: Deed, _ tx: Transaction) throws {
        let person = try deed.someone().id
        guard
            try tx.run("UPDATE people SET key_digest = \(digest) WHERE id = \(person) AND (key_digest IS NULL OR key_digest <> \(digest))")
                == 1
        else { return }
        try Trail.record("key.changed", TrailSubject("person", person), at: .organisation, by: deed, in: tx)
    }

    /// A secret for the telephone. Nothing changes about signing in until a code has shown that it arrived.
    static func beginTwoSteps(by deed: Deed, _ tx: Transaction) throws {
        let person = try PeopleStore.find(try deed.someone().id, tx)
        guard person.hasPassword else { throw Refusal.notAllowed(because: W.twoStepsNeedPassword) }
        guard !person.hasTwoSteps, try TwoSteps.held(by: person.id, tx).secret == nil else { return }
        try tx.run("UPDATE people SET totp = \(Base32.text(of: deed.chance.bytes(20))) WHERE id = \(person.id)")
    }

    /// Switches the second step on with its first code. Returns the ten recovery codes.
    ///
    /// - Parameter form: which filling-in this is; the same again gives the same codes.
    static func confirmTwoSteps(code: String, form: String, by deed: Deed, _ tx: Transaction) throws -> [String] {
        let person = try PeopleStore.find(try deed.someone().id, tx)
        let installation = try Installation.settled(deed.chance, tx)
        let codes = TwoSteps.recoveryCodes(for: person.id, form, installation)
        if person.hasTwoSteps {
            guard try isKept(codes, person.id, installation, tx) else { throw Problems("code", W.twoStepsOnAlready) }
            return codes
        }
        guard try TwoSteps.use(code, of: person.id, installation, at: deed.at, tx) else { throw Problems("code", W.codeWrong) }
        try tx.run("UPDATE people SET totp_on = 1, version = version + 1 WHERE id = \(person.id)")
        try TwoSteps.keep(codes, of: person.id, installation, tx)
        try Trail.record("two-steps.begun", TrailSubject("person", person.id), at: .organisation, by: deed, in: tx)
        return codes
    }

    /// Ten new codes; the old ones stop working. The current code shows that it is still them.
    static func newRecoveryCodes(code: String, form: String, by deed: Deed, _ tx: Transaction) throws -> [String] {
        let person = try PeopleStore.find(try deed.someone().id, tx)
        guard person.hasTwoSteps else { throw Refusal.notFound }
        let installation = try Installation.settled(deed.chance, tx)
        let codes = TwoSteps.recoveryCodes(for: person.id, form, installation)
        if try isKept(codes, person.id, installation, tx) { return codes }
        guard try TwoSteps.use(code, of: person.id, installation, at: deed.at, tx) else { throw Problems("code", W.codeWrong) }
        try TwoSteps.keep(codes, of: person.id, installation, tx)
        try Trail.record("recovery-codes.made", TrailSubject("person", person.id), at: .organisation, by: deed, in: tx)
        return codes
    }

    /// By the person with their password, or by an administrator for somebody who lost telephone and codes.
    static func endTwoSteps(of person: PersonID, by deed: Deed, _ tx: Transaction) throws {
        if deed.actor.personID != person { try PeoplePolicy.manageStaff(by: deed.actor) }
        let wasOn = try tx.run(
            "UPDATE people SET totp = NULL, totp_on = 0, totp_last = 0, version = version + 1 WHERE id = \(person) AND totp IS NOT NULL"
        )
        try tx.run("DELETE FROM recovery_codes WHERE person = \(person)")
        guard wasOn > 0 else { return }
        try Trail.record("two-steps.ended", TrailSubject("person", person), at: .organisation, by: deed, in: tx)
    }

    /// Name, email, password and key go; what was said stays where it was said, without a name.
    static func close(by deed: Deed, _ tx: Transaction) throws {
        let person = try deed.someone().id
        try PeoplePolicy.close(person, administrators: PeopleStore.administrators(tx))
        try SignIns.endAll(of: person, tx)
        try tx.run("DELETE FROM recovery_codes WHERE person = \(person)")
        try tx.run("DELETE FROM duties WHERE person = \(person)")
        try tx.run("UPDATE members SET left_at = \(deed.at) WHERE person = \(person) AND left_at IS NULL")
        try tx.run("UPDATE invitations SET revoked_at = \(deed.at) WHERE person = \(person) AND revoked_at IS NULL")
        try tx.run(
            """
            UPDATE people SET name = NULL, email = NULL, password = NULL, key_digest = NULL, form_digest = NULL, totp = NULL, totp_on = 0,
                demo = NULL, closed_at = \(deed.at), version = version + 1
            WHERE id = \(person)
            """
        )
        try Trail.record("account.closed", TrailSubject("person", person), at: .organisation, by: deed, in: tx)
    }

    private static func isKept(_ codes: [String], _ person: PersonID, _ installation: Installation, _ tx: Transaction) throws -> Bool {
        let digests = codes.map { TwoSteps.digest(ofRecoveryCode: $0, person, installation) }
        return try tx.count("SELECT COUNT(*) FROM recovery_codes WHERE person = \(person) AND digest IN \(list: digests)") == codes.count
    }
}
