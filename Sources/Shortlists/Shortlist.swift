import Crypto
import HTML
import Kernel
import Store

extension Subject {
    /// A list of places that may help somebody.
    public enum Shortlist {}
    /// What opens one list for whoever has it.
    public enum ListLink {}
    /// A list that a person sends to somebody.
    public enum Sending {}
}

public typealias ShortlistID = ID<Subject.Shortlist>
public typealias ListLinkID = ID<Subject.ListLink>
public typealias SendingID = ID<Subject.Sending>

/// A list of places that may help somebody, put together to be passed on or kept.
public struct Shortlist: Sendable {
    public enum Owner: Sendable, Equatable {
        case person(PersonID)
        /// Whoever has the code with this digest, in their browser or written down.
        case code(digest: String)
    }

    public let id: ShortlistID
    public let owner: Owner
    /// Where its owner works, if they made it for a family there.
    public let service: ServiceID?
    public let title: String
    /// A family sees it on a page of their own: it cannot be thrown away any more.
    public let isForFamily: Bool
    public let madeAt: Moment
    public let changedAt: Moment
    public let version: Int

    public var url: SafeURL { .path("/lists", id) }
    /// Private lists change no page that others see; the trail has them where their owner works.
    public var place: Place { Place(service: service) }

    static let columns: SQL = "id, owner, digest, service, title, for_family, made_at, changed_at, version"

    /// As much as one can look through, and a sheet of paper holds.
    public static let most = 30
    public static let longestTitle = 80
    public static let longestNote = 200

    init(_ row: inout Row) throws {
        id = try row.next()
        let (person, digest): (PersonID?, String?) = (try row.next(), try row.next())
        owner = person.map { .person($0) } ?? .code(digest: digest ?? "")
        service = try row.next()
        title = try row.next()
        isForFamily = try row.next()
        madeAt = try row.next()
        changedAt = try row.next()
        version = try row.next()
    }
}

/// A place on a list.
public struct ListedPlace: Sendable {
    public let entry: EntryID
    /// Why it is on the list, or what to ask for there.
    public let note: String
    public let addedAt: Moment
    /// When it was read out on the phone, and what was said then.
    public let readAt: Moment?
    public let said: String
}

/// Codes that open a list: its owner's where that has no account, and those of links.
enum ListCode {
    /// `k7m2-9xqp-4hns-r8td-2f6w-zc5j`: 120 bits.
    static func make(_ chance: Chance) -> String {
        let letters = Array(chance.token(24))
        return stride(from: 0, to: 24, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }

    /// However it was typed. A code for one purpose opens nothing of another.
    static func digest(_ typed: String, for purpose: Purpose) -> String {
        Hex.text(of: SHA256.hash(data: Array("\(purpose.rawValue):\(plain(typed))".utf8)))
    }

    enum Purpose: String { case owner, link }

    /// Case, spaces and dashes do not count; o is 0, i and l are 1.
    private static func plain(_ typed: String) -> String {
        String(
            typed.lowercased().compactMap { letter -> Character? in
                switch letter {
                case "o": "0"
                case "i", "l": "1"
                case _ where letter.isASCII && (letter.isLetter || letter.isNumber): letter
                default: nil
                }
            }
        )
    }
}
