import HTML
import Kernel
import OpenReferral
import Services
import Store
import Trail

/// Puts something that may help into the directory.
public enum AddEntry {
    /// - Parameters:
    ///   - state: `.held` where something about it has to be decided first.
    ///   - source: the file it came from, and its row; nil where somebody wrote it here.
    @discardableResult
    public static func run(
        _ draft: EntryDraft,
        state: Entry.State = .shown,
        source: (id: ImportID, key: String)? = nil,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> EntryID {
        try DirectoryPolicy.edit(by: deed.actor)
        let one = try made(draft, state, source, number: try EntryStore.nextNumber(tx), needs: try NeedStore.all(tx), deed, tx)
        try EntryStore.insert([one], tx)
        let id = one.entry.id
        try Trail.record("entry.added", TrailSubject("entry", id), at: .organisation, facts: ["state": state.rawValue], by: deed, in: tx)
        return id
    }

    /// Many of one file at once, with one line in the trail for all of them. Their ids come back in the same order.
    public static func many(
        _ drafts: [(key: String, draft: EntryDraft)],
        of source: ImportID,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> [EntryID] {
        try DirectoryPolicy.edit(by: deed.actor)
        guard !drafts.isEmpty else { return [] }
        let (first, needs) = (try EntryStore.nextNumber(tx), try NeedStore.all(tx))
        let all = try drafts.enumerated().map { place, one in
            try made(one.draft, .shown, (source, one.key), number: first + place, needs: needs, deed, tx)
        }
        try EntryStore.insert(all, tx)
        let facts = ["new": "\(all.count)"]
        try Trail.record("directory.rows-added", TrailSubject("import", source), at: .organisation, facts: facts, by: deed, in: tx)
        return all.map(\.entry.id)
    }

    private static func made(
        _ draft: EntryDraft,
        _ state: Entry.State,
        _ source: (id: ImportID, key: String)?,
        number: Int,
        needs: [Need],
        _ deed: Deed,
        _ tx: Transaction
    ) throws -> (entry: Entry, origin: EntryStore.Origin?) {
        let id: EntryID = source.flatMap { EntryID(StableID.of("\($0.id):\($0.key)")) } ?? deed.newID()
        let service = draft.applied(to: ORUK.Service(id: id.text, name: draft.name), needs: needs)
        var entry = Entry(id: id, number: number, service: service, state: state, source: source?.id, at: deed.at)
        entry.isSecret = draft.isSecret
        entry.provider = draft.provider.isEmpty ? nil : try ProviderStore.named(draft.provider, by: deed, tx)
        // Who writes an entry here has just checked it. A file says nothing of when its rows were.
        if source == nil {
            entry.assuredAt = deed.at
            entry.reviewDue = deed.at.adding(days: Entry.reviewDays)
        }
        let origin = try source.map { EntryStore.Origin(key: $0.key, document: draft.isSecret ? "" : try entry.document) }
        return (entry, origin)
    }
}

/// Changes what an entry says.
public enum ChangeEntry {
    /// - Parameters:
    ///   - version: of the entry when the form was opened.
    ///   - why: what was different, in somebody's words; may be empty.
    public static func run(
        _ id: EntryID,
        to draft: EntryDraft,
        version: Int,
        why: String = "",
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        let entry = try EntryStore.find(id, tx)
        try checkNewest(entry, draft, version, .path("/directory/entries", id, "edit"), tx)
        try apply(draft, to: entry, what: "changed", why: why, name: nil, by: deed, tx)
    }

    /// What changing and an owner's mending have in common: whoever writes it has checked it.
    static func apply(
        _ draft: EntryDraft,
        to before: Entry,
        what: String,
        why: String,
        name: String?,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        var entry = before
        entry.isSecret = draft.isSecret
        entry.service = draft.applied(to: before.service, needs: try NeedStore.all(tx))
        entry.provider = draft.provider.isEmpty ? nil : try ProviderStore.named(draft.provider, by: deed, tx)
        entry.assuredAt = deed.at
        entry.reviewDue = deed.at.adding(days: Entry.reviewDays)
        try EntryStore.update(&entry, what: what, why: why, name: name, by: deed, tx)
        let facts = ["version": "\(entry.version)"].merging(draft.isSecret ? ["secret": "yes"] : [:]) { first, _ in first }
        try Trail.record("entry.\(what)", TrailSubject("entry", entry.id), at: .organisation, facts: facts, by: deed, in: tx)
    }

    static func checkNewest(_ entry: Entry, _ draft: EntryDraft, _ version: Int, _ again: SafeURL, _ tx: Transaction) throws {
        let provider = try entry.provider.flatMap { try ProviderStore.names([$0], tx)[$0] } ?? ""
        let theirs = EntryDraft(entry, provider: provider)
        let needs = try NeedStore.all(tx)
        try EditCheck.newest(
            version,
            is: entry.version,
            fields: zip(theirs.sides(needs), draft.sides(needs)).map { ($0.label, $0.words, $1.words) },
            again: again
        )
    }
}

extension EntryDraft {
    /// Its parts as words, for showing two of them side by side. An address that is secret is said to be, and no more.
    public func sides(_ known: [Need]) -> [(label: String, words: String)] {
        basics + [
            (W.waysIn, labels(Trait.ways)), (W.access, labels(Trait.access)), (W.room, labels(Trait.room)), (W.wait, wait),
            (W.when, when), (W.languages, languages.joined(separator: ", ")),
            (W.helpsWith, known.filter { needs.contains($0.id) }.map(\.name).joined(separator: ", ")),
            (W.closedNow, status == .active ? W.no : W.yes),
        ]
    }

    private var basics: [(label: String, words: String)] {
        let places = addresses.map { [$0.line, $0.town, $0.postcode].filter { !$0.isEmpty }.joined(separator: ", ") }
        return [
            (W.name, name), (W.provider, provider), (W.description, description), (W.keepSecret, isSecret ? W.yes : W.no),
            (W.address, isSecret ? W.secret : places.joined(separator: "\n")), (W.gettingThere, isSecret ? "" : gettingThere),
            (W.phone, phone), (W.text, text), (W.chat, chat), (W.email, email), (W.url, url),
            (W.ages, EntryFacts.ages(minimumAge, maximumAge) ?? ""),
            (W.cost, [costLabel, costWords].filter { !$0.isEmpty }.joined(separator: ". ")),
        ]
    }

    private var costLabel: String {
        switch cost {
        case .unknown: ""
        case .free: W.free
        case .paid: W.paid
        }
    }

    private func labels(_ some: [Trait]) -> String { some.filter(traits.contains).map(\.label).joined(separator: "\n") }
}

/// Shows an entry that was held back: somebody has looked at it.
public enum ShowEntry {
    public static func run(_ id: EntryID, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        var entry = try EntryStore.find(id, tx)
        guard entry.state == .held else { throw Refusal.notAllowed(because: W.isOutAlready) }
        entry.state = .shown
        try EntryStore.update(&entry, what: "shown", why: "", by: deed, tx)
        try Trail.record("entry.shown", TrailSubject("entry", id), at: .organisation, by: deed, in: tx)
    }
}

/// Takes an entry out of the directory. It can be put back.
public enum WithdrawEntry {
    public static func run(_ id: EntryID, why: String, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        var entry = try EntryStore.find(id, tx)
        guard entry.state == .shown || entry.state == .held else { throw Refusal.notAllowed(because: W.isOutAlready) }
        guard !why.isEmpty else { throw Problems("why", W.whyEmpty) }
        entry.state = .withdrawn
        try EntryStore.update(&entry, what: "withdrawn", why: why, by: deed, tx)
        try Trail.record("entry.withdrawn", TrailSubject("entry", id), at: .organisation, by: deed, in: tx)
    }
}

/// Makes one entry of two that are the same: the first stays, the other leads to it.
public enum MergeEntries {
    public static func run(_ id: EntryID, into other: EntryID, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        guard id != other else { throw Problems("into", W.mergeSelf) }
        var (gone, kept) = (try EntryStore.find(id, tx), try EntryStore.find(other, tx))
        guard kept.state == .shown, gone.state == .shown || gone.state == .held else { throw Refusal.notAllowed(because: W.isOutAlready) }
        let places = gone.service.serviceAtLocations
        gone.state = .merged
        gone.became = other
        // Its places go along, so their ids may stand in only one of the two.
        gone.service.serviceAtLocations = nil
        // Where one of the two hides, both are that place.
        if gone.isSecret || kept.isSecret {
            (gone.isSecret, kept.isSecret) = (true, true)
            kept.service = kept.service.withoutAddress
        }
        try EntryStore.update(&gone, what: "merged", why: "", by: deed, tx)
        if let places, !kept.isSecret, !gone.isSecret {
            let known = Set((kept.service.serviceAtLocations ?? []).map(\.place))
            kept.service.serviceAtLocations = (kept.service.serviceAtLocations ?? []) + places.filter { !known.contains($0.place) }
        }
        let attributes = kept.service.attributes ?? []
        let terms = Set(kept.service.termIDs)
        let added = (gone.service.attributes ?? []).filter { !terms.contains($0.taxonomyTerm?.id ?? $0.taxonomyTermID ?? "") }
        kept.service.attributes = attributes + added
        if kept.service.contacts == nil { kept.service.contacts = gone.service.contacts }
        if kept.service.description == nil { kept.service.description = gone.service.description }
        try EntryStore.update(&kept, what: "joined", why: gone.name, by: deed, tx)
        try Trail.record("entry.merged", TrailSubject("entry", id), at: .organisation, facts: ["into": other.text], by: deed, in: tx)
    }
}

extension ORUK.ServiceAtLocation {
    /// The same place, whoever wrote it down.
    fileprivate var place: String {
        let address = location?.addresses?.first
        return "\(address?.address1.lowercased() ?? id)|\(address?.postalCode ?? "")"
    }
}
