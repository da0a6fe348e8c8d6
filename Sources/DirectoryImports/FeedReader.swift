import Foundation
import Kernel
import OpenReferral

/// Why a feed could not be read to its end, in sentences. What was read before stays.
public enum FeedProblem: Error, Equatable, CustomStringConvertible {
    /// The address and what it answered: a status, or nothing.
    case noAnswer(String, status: Int?)
    case notJSON(String)
    case tooLarge(String, limit: Int)
    /// Pages that bring nothing new: it would never end.
    case loops(page: Int)

    public var description: String {
        switch self {
        case .noAnswer(let url, let status):
            "\(url) answered \(status.map { "with status \($0)" } ?? "nothing"). What came before is saved; run it again to go on."
        case .notJSON(let what): "\(what) is not what Open Referral UK 3.0 calls a page of services. Is it the right address or file?"
        case .tooLarge(let what, let limit): "\(what) is larger than \(limit / 1_000_000) MB. Nothing of it was read."
        case .loops(let page): "Page \(page) brings only what was there before: the feed goes round in circles. What came before is saved."
        }
    }
}

/// Reads a feed page by page. It believes nothing that the feed says about its own length: pages are read until one is empty, says that it is the
/// last and is believed only then, or brings nothing new.
public struct FeedReader: Sendable {
    /// Answers a status and at most `FeedReader.largestPage` bytes. Throws where nothing answers.
    public typealias Fetch = @Sendable (_ url: String) async throws -> (status: Int, body: [UInt8])

    /// 20 MB: a page of a thousand whole services is some 3 MB.
    public static let largestPage = 20_000_000
    static let perPage = 100
    static let tries = 3

    let base: String
    let fetch: Fetch
    /// Waits before asking again; tests do not wait.
    let pause: @Sendable (_ seconds: Int) async throws -> Void

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
        _ take: ([Item]) async throws -> Void
    ) async throws {
        var seen: Set<Int> = []
        var page = 1
        while true {
            let answer = try await answer(path, query, page, as: type)
            let fresh = answer.contents.filter { seen.insert(key($0).hashValue).inserted }
            if answer.contents.isEmpty { return }
            guard !fresh.isEmpty else {
                // A feed that knows no pages gives the same one for ever; one that counts wrongly is told apart by what it says of itself.
                if answer.isLast { return }
                throw FeedProblem.loops(page: page)
            }
            try await take(fresh)
            if answer.isLast { return }
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
            if let answer = try? await fetch(url) {
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

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~"))) ?? ""
    }

    /// A page of a list. Items that are no services are left out rather than spoiling the page they stand on.
    struct Page<Item: Decodable>: Decodable {
        let contents: [Item]
        let isLast: Bool

        private enum CodingKeys: String, CodingKey {
            case contents
            case last = "last_page"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            contents = try container.decode([Lenient<Item>].self, forKey: .contents).compactMap(\.item)
            isLast = (try? container.decode(Bool.self, forKey: .last)) ?? false
        }
    }

    struct Lenient<Item: Decodable>: Decodable {
        let item: Item?
        init(from decoder: any Decoder) throws { item = try? Item(from: decoder) }
    }
}
