import Finding
import HTML
import Kernel
import OpenReferral
import Store

/// An entry of the directory: something that may help somebody, and how sure we are that it is still so.
public struct Entry: Sendable {
    public enum State: String, Sendable, Codable, CaseIterable, Column {
        /// Everybody sees it.
        case shown
        /// Editors alone see it: something about it has to be decided first.
        case held
        /// It is no more, or not for us.
        case withdrawn
        /// It was the same as another one.
        case merged
    }

    public let id: EntryID
    /// In the order in which entries came in; lists go by it.
    public let number: Int
    public var state: State
    /// Without its organisation, which is kept once for all its services.
    public var service: ORUK.Service
    public var provider: ProviderID?
    /// Its address is kept nowhere.
    public var isSecret: Bool
    /// Where it came from; nil where somebody here wrote it.
    public var source: ImportID?
    /// Set where this one became part of another.
    public var became: EntryID?
    /// When somebody last said that it is true.
    public var assuredAt: Moment?
    public var reviewDue: Moment
    public let madeAt: Moment
    public var changedAt: Moment
    public var version: Int

    public var url: SafeURL { .path("/directory/entries", id) }
    public var name: String { service.name }

    public func isOutOfDate(at now: Moment) -> Bool { reviewDue < now }

    /// How long an entry is taken to be true once somebody checked it: half a year, in which a weekly group closes, moves or fills up.
    public static let reviewDays = 183

    static let columns: SQL = """
        directory_entries.id, directory_entries.number, directory_entries.state, directory_entries.document, directory_entries.provider,
        directory_entries.secret, directory_entries.source, directory_entries.became, directory_entries.assured_at,
        directory_entries.review_due, directory_entries.made_at, directory_entries.changed_at, directory_entries.version
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        number = try row.next()
        state = try row.next()
        service = try ORUK.read(ORUK.Service.self, Array((try row.next() as String).utf8))
        provider = try row.next()
        isSecret = try row.next()
        source = try row.next()
        became = try row.next()
        assuredAt = try row.next()
        reviewDue = try row.next()
        madeAt = try row.next()
        changedAt = try row.next()
        version = try row.next()
    }

    public init(id: EntryID, number: Int, service: ORUK.Service, state: State = .shown, source: ImportID? = nil, at now: Moment) {
        self.id = id
        self.number = number
        self.state = state
        self.service = service
        provider = nil
        isSecret = false
        self.source = source
        became = nil
        assuredAt = nil
        reviewDue = now
        madeAt = now
        changedAt = now
        version = 1
    }

    /// The same with no address in it: not hidden, but gone.
    public func withoutAddress() -> Entry {
        var entry = self
        entry.isSecret = true
        entry.service = entry.service.withoutAddress
        return entry
    }
}

extension ORUK.Service {
    public var withoutAddress: ORUK.Service {
        var service = self
        service.serviceAtLocations = nil
        return service
    }

    public var phone: String? { phones.first }

    /// Numbers that somebody answers with their voice.
    public var phones: [String] { allPhones.filter { !$0.isText }.map(\.number) }

    /// A number that takes messages.
    public var textNumber: String? { allPhones.first { $0.isText }?.number }

    private var allPhones: [ORUK.Phone] { (contacts ?? []).flatMap { $0.phones ?? [] } }

    /// Where one chats or writes on a form, instead of phoning.
    public var chat: String? { additionalURLs?.first(where: \.isForWriting)?.url }

    /// How to get there: the bus, parking, which door.
    public var gettingThere: String? {
        let words = (serviceAtLocations ?? []).compactMap { $0.location?.transportation }
        return words.isEmpty ? nil : words.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }.joined(separator: "\n")
    }

    public func has(_ trait: Trait) -> Bool {
        attributes?.contains { $0.taxonomyTerm?.id == trait.id || $0.taxonomyTermID == trait.id } ?? false
    }

    /// How long one waits, in somebody's words.
    public var wait: String? { attributes?.first { $0.taxonomyTerm?.id == Trait.waiting.id }?.value }

    public var isFree: Bool { costOptions?.contains { $0.amount == 0 } ?? false }

    /// Everything about when it is on, as it was written.
    public var when: String? {
        let words = (schedules ?? []).compactMap(\.description)
        return words.isEmpty ? nil : words.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }.joined(separator: "\n")
    }

    public var termIDs: [String] { (attributes ?? []).compactMap { $0.taxonomyTerm?.id ?? $0.taxonomyTermID } }
}

extension ORUK.Phone {
    public var isText: Bool { ["text", "sms"].contains(type?.lowercased()) }
}

extension ORUK.WebAddress {
    /// Other addresses, such as a page of pictures, are not for writing to anybody.
    var isForWriting: Bool {
        let words = (label ?? "").lowercased()
        return (words.contains("chat") || words.contains("form")) && url.flatMap { SafeURL(web: $0) } != nil
    }
}
