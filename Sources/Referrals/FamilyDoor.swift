import Crypto
import HTML
import Kernel
import Shortlists
import Store
import Trail
import Web
import Words

/// How a family came to their page: by its link, or signed in to the account in which they keep it.
struct FamilyDoor {
    let list: Shortlist
    let service: ServiceID
    let code: String?
    /// Kept in somebody's account.
    let isKept: Bool
    /// The start of every address below this page.
    let base: SafeURL
    /// Acting as the family, whoever else may be signed in at this browser.
    let deed: Deed

    init(_ visit: Visit, _ tx: Transaction) throws {
        let found: (list: ShortlistID, service: ServiceID, person: PersonID?)?
        if let code = try? visit.part("code") {
            self.code = code
            base = .path("/family", code)
            deed = Deed(by: .stranger, at: visit.at, chance: visit.chance)
            found = try Self.page("digest = \(FamilyCode.digest(code))", tx)
            if found == nil {
                // 60 wrong codes in ten minutes are no typing mistakes any more.
                try visit.site.limits.count("family", visit, most: 60, minutes: 10)
                throw Refusal.deadLink(DeadLink(heading: W.deadHeading, because: W.dead, label: W.toDirectory, path: "/directory"))
            }
        } else {
            let list: ShortlistID = try visit.id("list")
            let me = try visit.someone().id
            code = nil
            base = .path("/family/kept", list)
            deed = visit.deed
            found = try Self.page("list = \(list) AND person = \(me)", tx)
        }
        guard let found else { throw Refusal.notFound }
        list = try ListStore.find(found.list, tx)
        service = found.service
        isKept = found.person != nil
    }

    private static func page(_ condition: SQL, _ tx: Transaction) throws -> (list: ShortlistID, service: ServiceID, person: PersonID?)? {
        try tx.first("SELECT list, service, person FROM family_pages WHERE \(condition)") { row in
            (list: try row.next(), service: try row.next(), person: try row.next())
        }
    }

    /// One of the referrals that are theirs.
    func referral(_ visit: Visit, _ tx: Transaction) throws -> Referral {
        let referral = try ReferralStore.find(visit.id("referral"), tx)
        guard referral.list == list.id else { throw Refusal.notFound }
        return referral
    }

    func at(_ segment: StaticString) -> SafeURL { SafeURL(local: "\(base)/\(segment)") ?? base }
    func at(_ referral: ReferralID, _ segment: StaticString) -> SafeURL {
        SafeURL(local: "\(base)/referrals/\(referral)/\(segment)") ?? base
    }
}

enum FamilyCode {
    /// `k7m2-9xqp-4hns-r8td-2f6w-zc5j-e3ya`: 140 bits, as receipts have.
    static func make(_ chance: Chance) -> String {
        let letters = Array(chance.token(28))
        return stride(from: 0, to: 28, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }

    static func digest(_ typed: String) -> String {
        let plain = typed.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return Hex.text(of: SHA256.hash(data: Array("family:\(plain)".utf8)))
    }
}

/// A new link for a family; the one before stops working, and whoever kept the page in an account, by a link that went astray perhaps, does so
/// no longer.
enum NewFamilyLink {
    static func run(for referral: Referral, by deed: Deed, _ tx: Transaction) throws -> String {
        let code = FamilyCode.make(deed.chance)
        try tx.run("UPDATE family_pages SET digest = \(FamilyCode.digest(code)), person = NULL WHERE list = \(referral.list)")
        try Trail.record("family.link-made", TrailSubject("list", referral.list), at: referral.place, by: deed, in: tx)
        return code
    }
}

/// A family takes their page into the account of whoever is signed in. By the link alone: nobody else can put it there.
public enum KeepFamilyPage {
    static func run(_ door: FamilyDoor, by deed: Deed, _ tx: Transaction) throws {
        try run(door.list.id, at: door.service, by: deed, tx)
    }

    /// By the code of its link.
    public static func run(code: String, by deed: Deed, _ tx: Transaction) throws {
        let found = try tx.first("SELECT list, service FROM family_pages WHERE digest = \(FamilyCode.digest(code))") { row in
            (list: try row.next() as ShortlistID, service: try row.next() as ServiceID)
        }
        guard let found else { throw Refusal.notFound }
        try run(found.list, at: found.service, by: deed, tx)
    }

    private static func run(_ list: ShortlistID, at service: ServiceID, by deed: Deed, _ tx: Transaction) throws {
        let me = try deed.someone().id
        let kept = try tx.run(
            "UPDATE family_pages SET person = \(me) WHERE list = \(list) AND (person IS NULL OR person = \(me))"
        )
        guard kept > 0 else { throw Refusal.notAllowed(because: W.keptElsewhere) }
        try Trail.record("family.kept", TrailSubject("list", list), at: Place(service: service), by: deed, in: tx)
    }
}

/// Takes a family's page out of the account in which they kept it. The link still opens it.
enum LetGoFamilyPage {
    static func run(_ list: ShortlistID, by deed: Deed, _ tx: Transaction) throws {
        let me = try deed.someone().id
        let service: ServiceID? = try tx.value("SELECT service FROM family_pages WHERE list = \(list) AND person = \(me)")
        guard let service else { throw Refusal.notFound }
        try tx.run("UPDATE family_pages SET person = NULL WHERE list = \(list) AND person = \(me)")
        try Trail.record("family.let-go", TrailSubject("list", list), at: Place(service: service), by: deed, in: tx)
    }
}
