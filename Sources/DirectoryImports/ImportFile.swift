import CSV
import Foundation
import Kernel

/// A file of comma-separated values, as text: its first line, and its rows with the lines on which they begin.
public struct ImportFile: Sendable {
    public enum Encoding: String, Sendable { case utf8 = "UTF-8", windows1252 = "Windows-1252" }

    public let header: [String]
    public let rows: [(line: Int, cells: [String])]
    public let encoding: Encoding

    // 20,000: on a page people decide about rows one by one. Larger sets come as feeds.
    public static let mostRows = 20_000
    // 100 columns: the widest list of services we know has 60. More would make a small file large.
    static let mostColumns = 100

    /// Throws `Problems` of the field `file`, in sentences that say what to do.
    public init(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { throw Problems("file", W.fileEmpty) }
        guard !bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) else { throw Problems("file", W.fileSpreadsheet) }
        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        encoding = isUTF8 ? .utf8 : .windows1252
        let text = isUTF8 ? bytes : Array(String(data: Data(bytes), encoding: .windowsCP1252)?.utf8 ?? "".utf8)
        do {
            var reader = try CSVReader(ByteSource(text))
            guard try reader.next() else { throw Problems("file", W.fileEmpty) }
            header = (0..<reader.fieldCount).map { PlainText.line(reader.string($0)) }
            guard header.count > 1 else { throw Problems("file", W.fileNoColumns) }
            guard header.count <= Self.mostColumns else { throw Problems("file", W.fileTooWide(limit: "\(Self.mostColumns)")) }
            var rows: [(line: Int, cells: [String])] = []
            while try reader.next() {
                guard rows.count < Self.mostRows else { throw Problems("file", W.fileTooLong(limit: "\(Self.mostRows)")) }
                guard reader.fieldCount <= Self.mostColumns else { throw Problems("file", W.fileTooWide(limit: "\(Self.mostColumns)")) }
                let cells = (0..<max(reader.fieldCount, header.count)).map { PlainText.clean(CSVWriter.armed(reader.string($0))) }
                rows.append((reader.line, cells))
            }
            guard !rows.isEmpty else { throw Problems("file", W.fileNoRows) }
            self.rows = rows
        } catch let error as CSVError {
            throw Problems("file", Self.words(error))
        }
    }

    private static func words(_ error: CSVError) -> String {
        switch error {
        case .unclosedQuote(let line): W.fileQuote(line: "\(line)")
        case .notUTF8, .unreadable: W.fileUTF16
        }
    }
}

/// What a column of a file holds.
public enum ImportColumn: String, Sendable, CaseIterable, Codable {
    case none, name, provider, description, address, town, postcode, phone, email, url, when, cost, wait, languages
    case minimumAge = "minimum-age"
    case maximumAge = "maximum-age"
    case ages
    case gettingThere = "getting-there"
    case text, chat
    case needs, traits

    var label: String {
        switch self {
        case .none: W.columnNone
        case .name: W.columnName
        case .provider: W.columnProvider
        case .description: W.columnDescription
        case .address: W.columnAddress
        case .town: W.columnTown
        case .postcode: W.columnPostcode
        case .phone: W.columnPhone
        case .email: W.columnEmail
        case .url: W.columnURL
        case .when: W.columnWhen
        case .cost: W.columnCost
        case .wait: W.columnWait
        case .languages: W.columnLanguages
        case .minimumAge: W.columnYoungest
        case .maximumAge: W.columnOldest
        case .ages: W.columnAges
        case .gettingThere: W.columnGettingThere
        case .text: W.columnText
        case .chat: W.columnChat
        case .needs: W.columnNeeds
        case .traits: W.columnTraits
        }
    }

    /// What a column with this heading most likely holds.
    public static func guess(_ heading: String) -> ImportColumn {
        let plain = heading.lowercased().filter { $0.isLetter }
        let words: [(ImportColumn, [String])] = [
            (.postcode, ["postcode", "postalcode", "zip"]),
            (.phone, ["phone", "telephone", "tel", "phonenumber", "contactnumber", "telephonenumber"]),
            (.email, ["email", "emailaddress"]), (.url, ["website", "url", "web", "link"]),
            (.provider, ["organisation", "organization", "provider", "runby"]), (.name, ["name", "service", "servicename", "title"]),
            (.description, ["description", "about", "details", "summary"]), (.address, ["address", "addressline", "street", "venue"]),
            (.town, ["town", "city"]), (.when, ["when", "times", "openinghours", "opening", "schedule"]),
            (.cost, ["cost", "price", "fees", "fee"]),
            (.wait, ["wait", "waitingtime"]), (.languages, ["languages", "language"]), (.minimumAge, ["minimumage", "minage", "agefrom"]),
            (.ages, ["ages", "age", "agerange", "agegroup"]),
            (.gettingThere, ["gettingthere", "howtogetthere", "directions", "transport"]),
            (.text, ["text", "textnumber", "sms"]), (.chat, ["chat", "chatlink", "webform"]),
            (.maximumAge, ["maximumage", "maxage", "ageto"]), (.needs, ["helpswith", "needs"]), (.traits, ["goodtoknow"]),
        ]
        return words.first { $0.1.contains(plain) }?.0 ?? .none
    }
}
