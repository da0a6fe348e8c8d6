import Foundation
import Kernel
import OpenReferral
import Outside

/// Why a feed could not be read to its end, in sentences. What was read before stays.
public enum FeedProblem: Error, Equatable, CustomStringConvertible {
    /// The address and what it answered: a status, or nothing.
    case noAnswer(String, status: Int?)
    case notJSON(String)
    case tooLarge(String, limit: Int)
    /// Pages that bring nothing new: it would never end.
    case loops(page: Int)
    /// It leads to this machine or its network.
    case inside(String)
    case unknownHost(String)
    /// Somebody stopped it.
    case stopped

    public var description: String {
        switch self {
        case .noAnswer(let url, let status?): W.feedStatus(url: url, status: "\(status)")
        case .noAnswer(let url, nil): W.feedNoAnswer(url: url)
        case .notJSON(let what): W.feedNotJSON(what: what)
        case .tooLarge(let what, let limit): W.feedTooLarge(what: what, limit: "\(limit / 1_000_000)")
        case .loops(let page): W.feedLoops(page: "\(page)")
        case .inside(let host): W.feedInside(host: host)
        case .unknownHost(let host): W.feedUnknownHost(host: host)
        case .stopped: W.feedStopped
        }
    }
}

/// Something in a feed that is no service, or of which a part is left out: where it stands, what it calls itself, and what is wrong with it.
public struct FeedFault: Sendable, Equatable {
    public let page: Int
    /// From 1.
    public let place: Int
    public let name: String
    public let sentence: String
    /// It came in, without what the sentence names.
    public var isNote = false
}

/// Reads a feed page by page. It believes nothing that the feed says about its own length: pages are read until one is empty, says that it is the
/// last and is believed only then, or brings nothing new.
public struct FeedReader: Sendable {
    /// Answers a status and at most `FeedReader.largestPage` bytes. Throws where nothing answers.
    public typealias Fetch = @Sendable (_ url: String) async throws -> (status: Int, body: [UInt8])

    /// 20 MB: a page of a thousand whole services is some 3 MB.
    public static let largestPage = 20_000_000
    static let perPage = 100
    // 2,000 pages: 200,000 services, more than the whole country has. Whatever goes on after that has no end.
    static let mostPages = 2_000
    static let tries = 3

    let base: String
    let fetch: Fetch
    /// Waits before asking again; tests do not wait.
    let pause: @Sendable (_ seconds: Int) async throws -> Void

    /// Reads from an address, with what goes wrong on the way in sentences.
    public static func from(_ base: String, by outside: OutsideFetch) -> FeedReader {
        FeedReader(base: base) { url in
            do {
                let answer = try await outside.get(url)
                return (answer.status, answer.body)
            } catch let problem as OutsideProblem {
                switch problem {
                case .tooLarge(let limit): throw FeedProblem.tooLarge(url, limit: limit)
                case .inside(let host): throw FeedProblem.inside(host)
                case .unknownHost(let host): throw FeedProblem.unknownHost(host)
                case .notAnAddress: throw FeedProblem.notJSON(url)
                case .tooManyRedirects, .noAnswer: throw problem
                }
            }
        }
    }

    public init(
        base: String,
        pause: @escaping @Sendable (Int) async throws -> Void = { try await Task.sleep(for: .seconds($0)) },
        fetch: @escaping Fetch
    ) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.pause = pause
        self.fetch = fetch
    }

    /// Every item of a list, a page at a time.
    ///
    /// - Parameter key: by what an item is known again.
    func each<Item: Decodable & Sendable>(
        _ path: String,
        _ query: [String: String] = [:],
        as type: Item.Type,
        key: @Sendable (Item) -> String,
        faults: ([FeedFault]) async throws -> Void = { _ in },
        _ take: ([Item]) async throws -> Void
    ) async throws {
        var seen: Set<Int> = []
        var page = 1
        while true {
            let answer = try await answer(path, query, page, as: type)
            if answer.contents.isEmpty { return }
            let fresh = answer.contents.compactMap(\.item).filter { seen.insert(key($0).hashValue).inserted }
            let wrong = answer.faults(page: page).filter { seen.insert(($0.name + $0.sentence).hashValue).inserted }
            if !wrong.isEmpty { try await faults(wrong) }
            guard !fresh.isEmpty || wrong.contains(where: { !$0.isNote }) else {
                // A feed that knows no pages gives the same one for ever; one that counts wrongly is told apart by what it says of itself.
                if answer.isLast { return }
                throw FeedProblem.loops(page: page)
            }
            if !fresh.isEmpty { try await take(fresh) }
            if answer.isLast { return }
            guard page < Self.mostPages else { throw FeedProblem.loops(page: page) }
            page += 1
        }
    }

    private func answer<Item: Decodable>(_ path: String, _ query: [String: String], _ page: Int, as type: Item.Type) async throws -> Page<
        Item
    > {
        let asked = query.merging(["page": "\(page)", "per_page": "\(Self.perPage)"]) { own, _ in own }
        let questions = asked.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        let url = "\(base)/\(path)?\(questions)"
        let body = try await body(url)
        guard let read = try? ORUK.read(Page<Item>.self, body) else { throw FeedProblem.notJSON(url) }
        return read
    }

    private func body(_ url: String) async throws -> [UInt8] {
        var last: Int?
        for attempt in 1...Self.tries {
            if let answer = try await answered(url) {
                guard answer.body.count <= Self.largestPage else { throw FeedProblem.tooLarge(url, limit: Self.largestPage) }
                if answer.status == 200 { return answer.body }
                last = answer.status
                // Asking again helps where the server stumbled, not where the question was wrong.
                guard answer.status >= 500 || answer.status == 429 else { break }
            }
            if attempt < Self.tries { try await pause(attempt * attempt) }
        }
        throw FeedProblem.noAnswer(url, status: last)
    }

    /// nil where nothing answered, which may be different the next time; throws what will not be.
    private func answered(_ url: String) async throws -> (status: Int, body: [UInt8])? {
        do { return try await fetch(url) } catch let problem as FeedProblem { throw problem } catch is CancellationError {
            throw CancellationError()
        } catch { return nil }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~"))) ?? ""
    }

    /// A page of a list. Items that are no services are told apart rather than spoiling the page they stand on.
    struct Page<Item: Decodable>: Decodable {
        let contents: [Lenient<Item>]
        let isLast: Bool

        private enum CodingKeys: String, CodingKey {
            case contents
            case last = "last_page"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            contents = try container.decode([Lenient<Item>].self, forKey: .contents)
            isLast = (try? container.decode(Bool.self, forKey: .last)) ?? false
        }

        func faults(page: Int) -> [FeedFault] {
            contents.enumerated().flatMap { place, one in one.faults(page: page, place: place + 1) }
        }
    }

    struct Lenient<Item: Decodable>: Decodable {
        private(set) var item: Item?
        private(set) var fault: (name: String, sentence: String)?
        private var notes: [String] = []

        init(from decoder: any Decoder) throws {
            do {
                item = try Item(from: decoder)
                if let service = item as? ORUK.Service { notes = FeedCheck.checked(service, try? FeedCheck.Raw(from: decoder)).notes }
            } catch let error as DecodingError {
                let label = try? Label(from: decoder)
                fault = (String((label?.name ?? label?.id ?? "").prefix(120)), Self.words(error))
            }
        }

        func faults(page: Int, place: Int) -> [FeedFault] {
            if let fault { return [FeedFault(page: page, place: place, name: fault.name, sentence: fault.sentence)] }
            let name = String(((item as? ORUK.Service)?.name ?? "").unicodeScalars.prefix(120))
            return notes.map { FeedFault(page: page, place: place, name: name, sentence: $0, isNote: true) }
        }

        private struct Label: Decodable {
            let id: String?
            let name: String?
        }

        private static func words(_ error: DecodingError) -> String {
            switch error {
            case .keyNotFound(let key, _): W.faultMissing(member: key.stringValue)
            case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
                W.faultWrong(
                    member: context.codingPath.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }.dropFirst(2).joined(
                        separator: " › "
                    )
                )
            @unknown default: W.faultWrong(member: "")
            }
        }
    }
}
