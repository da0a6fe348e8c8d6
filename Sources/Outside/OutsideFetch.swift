import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Why something outside was not fetched.
public enum OutsideProblem: Error, Equatable {
    /// No whole address of the web, or one with a name and password in it.
    case notAnAddress
    case unknownHost(String)
    /// It leads to this machine or its network.
    case inside(String)
    case tooLarge(limit: Int)
    case tooManyRedirects
    case noAnswer
}

/// Fetches one address after the other, as far as that is safe.
public struct OutsideFetch: Sendable {
    public struct Answer: Sendable {
        public let status: Int
        public let body: [UInt8]
    }

    static let mostRedirects = 5

    private let mayGoInside: Bool
    private let largest: Int
    private let seconds: Int64
    private let resolve: @Sendable (String) async throws -> [Resolved]

    /// - Parameters:
    ///   - mayGoInside: for whoever runs the machine, and for tests.
    ///   - largest: bytes of an answer.
    ///   - seconds: until an answer must have wholly arrived.
    public init(mayGoInside: Bool = false, largest: Int, seconds: Int64 = 60) {
        (self.mayGoInside, self.largest, self.seconds) = (mayGoInside, largest, seconds)
        resolve = Resolved.all
    }

    /// For tests, which say themselves what a name stands for.
    init(largest: Int, resolve: @escaping @Sendable (String) async throws -> [Resolved]) {
        (mayGoInside, self.largest, seconds, self.resolve) = (false, largest, 10, resolve)
    }

    /// Throws `OutsideProblem`.
    public func get(_ address: String) async throws -> Answer {
        var address = address
        for _ in 0...Self.mostRedirects {
            switch try await step(address) {
            case .answer(let answer): return answer
            case .goOn(let next): address = next
            }
        }
        throw OutsideProblem.tooManyRedirects
    }

    private enum Step { case answer(Answer), goOn(String) }

    private func step(_ address: String) async throws -> Step {
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let named = url.host(percentEncoded: false), !named.isEmpty, url.user == nil, url.password == nil
        else { throw OutsideProblem.notAnAddress }
        let host = named.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        // The addresses that were looked at, and no others: a name may be made to stand for something else a moment later.
        for resolved in try await looked(host) {
            do { return try await ask(url, address, at: resolved, of: host) } catch is NoConnection { continue }
        }
        throw OutsideProblem.noAnswer
    }

    /// Nobody listens at this address of the host; perhaps at another, such as where a machine has no way to IPv6.
    private struct NoConnection: Error {}

    // Three of a name's addresses are tried: with more, nobody waits to the end.
    private func looked(_ host: String) async throws -> [String] {
        let all = try await resolve(host)
        guard !all.isEmpty else { throw OutsideProblem.unknownHost(host) }
        // One that is inside among many is enough: which of them is taken would be chance.
        guard mayGoInside || all.allSatisfy({ PublicAddress.isPublic($0.bytes) }) else { throw OutsideProblem.inside(host) }
        return Array(all.map(\.text).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }.prefix(3))
    }

    private func ask(_ url: URL, _ address: String, at resolved: String, of host: String) async throws -> Step {
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10), read: .seconds(30)))
        settings.dnsOverride = [host: resolved]
        settings.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        let result: Result<Step, any Error>
        do { result = .success(try await ask(client, url, address)) } catch { result = .failure(error) }
        try? await client.shutdown()
        do { return try result.get() } catch let problem as OutsideProblem { throw problem } catch is NoConnection {
            throw NoConnection()
        } catch { throw OutsideProblem.noAnswer }
    }

    private func ask(_ client: HTTPClient, _ url: URL, _ address: String) async throws -> Step {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "User-Agent", value: "Heard")
        let response = try await answered(client, request)
        if (300..<400).contains(response.status.code), let place = response.headers.first(name: "Location") {
            guard let next = URL(string: place, relativeTo: url)?.absoluteString else { throw OutsideProblem.notAnAddress }
            return .goOn(next)
        }
        var body: [UInt8] = []
        for try await piece in response.body {
            guard body.count + piece.readableBytes <= largest else { throw OutsideProblem.tooLarge(limit: largest) }
            body += piece.readableBytesView
        }
        return .answer(Answer(status: Int(response.status.code), body: body))
    }

    private func answered(_ client: HTTPClient, _ request: HTTPClientRequest) async throws -> HTTPClientResponse {
        do { return try await client.execute(request, timeout: .seconds(seconds)) } catch let error as HTTPClientError
            where error == .deadlineExceeded || error == .readTimeout
        {
            // It was reached and is slow: another of its addresses is no faster.
            throw OutsideProblem.noAnswer
        } catch { throw NoConnection() }
    }
}
