/// The name of one thing: a UUIDv7 in text, so that ids sort by the time they were made.
///
/// The phantom `Subject` keeps a voice's id from being handed over where a person's is asked for.
public struct ID<Subject>: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// 36 characters, lower case, such as `0192f0c1-7e2a-7b44-9a3f-1c2d3e4f5a6b`.
    public let text: String

    public var description: String { text }

    /// Takes any UUID in its 36-character form; nil for anything else, so that an id from an address is checked once.
    public init?(_ description: String) {
        // Every id of every row passes here: one walk over the bytes, and no copy of what is lower case already.
        var place = 0
        var hasCapital = false
        for byte in description.utf8 {
            switch place {
            case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return nil }
            default: guard Hex.value(of: byte) != nil else { return nil }
            }
            hasCapital = hasCapital || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "F"))
            place += 1
        }
        guard place == 36 else { return nil }
        text = hasCapital ? description.lowercased() : description
    }

    /// A new id: 48 bits of milliseconds, then 74 bits of chance (RFC 9562, version 7).
    public init(at moment: Moment, chance: Chance) {
        var bytes = chance.bytes(16)
        let milliseconds = UInt64(bitPattern: moment.milliseconds)
        for place in 0..<6 { bytes[place] = UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * place)) }
        bytes[6] = 0x70 | (bytes[6] & 0x0f)
        bytes[8] = 0x80 | (bytes[8] & 0x3f)
        let hex = Array(Hex.text(of: bytes))
        text = [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]].map { String($0) }.joined(separator: "-")
    }

    public static func < (left: ID, right: ID) -> Bool { left.text < right.text }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = try ID(container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an id")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// What an id may be the id of. One empty type a table.
public enum Subject {
    public enum Person {}
    public enum Service {}
    public enum Project {}
    public enum Activity {}
    public enum Group {}
    public enum Invitation {}
    public enum Session {}
    public enum Voice {}
    public enum Theme {}
    public enum Discussion {}
    public enum Decision {}
    public enum Action {}
    public enum Change {}
    public enum Reply {}
    public enum Telling {}
    public enum Rating {}
    public enum Worry {}
    public enum Round {}
    public enum Statement {}
    /// An entry of the directory: one service that may help somebody.
    public enum Entry {}
    /// Who runs services that stand in the directory.
    public enum Provider {}
    /// A need or another word that entries are found by.
    public enum Term {}
    /// A file or a feed that was brought into the directory.
    public enum Import {}
    public enum Job {}
}

public typealias PersonID = ID<Subject.Person>
public typealias ServiceID = ID<Subject.Service>
public typealias ProjectID = ID<Subject.Project>
public typealias ActivityID = ID<Subject.Activity>
public typealias GroupID = ID<Subject.Group>
public typealias InvitationID = ID<Subject.Invitation>
public typealias SessionID = ID<Subject.Session>
public typealias VoiceID = ID<Subject.Voice>
public typealias ThemeID = ID<Subject.Theme>
public typealias DiscussionID = ID<Subject.Discussion>
public typealias DecisionID = ID<Subject.Decision>
public typealias ActionID = ID<Subject.Action>
public typealias ChangeID = ID<Subject.Change>
public typealias ReplyID = ID<Subject.Reply>
public typealias TellingID = ID<Subject.Telling>
public typealias RatingID = ID<Subject.Rating>
public typealias WorryID = ID<Subject.Worry>
public typealias RoundID = ID<Subject.Round>
public typealias StatementID = ID<Subject.Statement>
public typealias EntryID = ID<Subject.Entry>
public typealias ProviderID = ID<Subject.Provider>
public typealias TermID = ID<Subject.Term>
public typealias ImportID = ID<Subject.Import>
public typealias JobID = ID<Subject.Job>
