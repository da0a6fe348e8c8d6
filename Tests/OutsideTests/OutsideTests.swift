import Hummingbird
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Outside

@Suite struct WhatIsPublic {
    @Test(
        arguments: [
            ([8, 8, 8, 8], true), ([127, 0, 0, 1], false), ([10, 1, 2, 3], false), ([172, 15, 255, 255], true), ([172, 16, 0, 0], false),
            ([172, 31, 255, 255], false), ([172, 32, 0, 0], true), ([192, 168, 1, 1], false), ([169, 254, 169, 254], false),
            ([100, 63, 255, 255], true), ([100, 64, 0, 0], false), ([0, 0, 0, 0], false), ([224, 0, 0, 1], false),
            ([255, 255, 255, 255], false),
            ([198, 19, 0, 1], false), ([1, 2, 3], false),
        ] as [([UInt8], Bool)]
    ) func `Addresses of four bytes`(bytes: [UInt8], isPublic: Bool) {
        #expect(PublicAddress.isPublic(bytes) == isPublic)
    }

    @Test(
        arguments: [
            ("2a00:1450:4009::1", [0x2a, 0x00, 0x14, 0x50, 0x40, 0x09], true), ("::1", [], false), ("fe80::1", [0xfe, 0x80], false),
            ("fd00::1", [0xfd], false), ("2001:db8::1", [0x20, 0x01, 0x0d, 0xb8], false), ("2002:7f00:1::", [0x20, 0x02, 0x7f, 0], false),
            ("64:ff9b::7f00:1", [0x00, 0x64, 0xff, 0x9b], false),
            ("::ffff:127.0.0.1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127], false),
        ] as [(String, [UInt8], Bool)]
    ) func `Addresses of sixteen bytes`(name: String, start: [UInt8], isPublic: Bool) {
        let bytes = start + [UInt8](repeating: 0, count: 15 - start.count) + [1]
        #expect(PublicAddress.isPublic(bytes) == isPublic, "\(name)")
    }
}

@Suite struct FetchingFromOutside {
    private static let sent = NIOLockedValueBox(0)

    /// Serves on a free port of this machine while the body runs.
    private func served(_ body: @Sendable @escaping (_ port: Int) async throws -> Void) async throws {
        let router = Router()
        router.get("/small") { _, _ in "Hello" }
        router.get("/endless") { _, _ in
            Response(
                status: .ok,
                body: .init { writer in
                    let piece = ByteBuffer(repeating: 32, count: 65_536)
                    // 2 GB, were anybody to read it.
                    for _ in 0..<32_768 {
                        try await writer.write(piece)
                        Self.sent.withLockedValue { $0 += piece.readableBytes }
                    }
                    try await writer.finish(nil)
                }
            )
        }
        router.get("/away/:place") { request, context in
            let place = try context.parameters.require("place")
            let goal =
                ["small": "/small", "loop": "/away/loop", "file": "file:///etc/passwd", "inside": "http://127.0.0.1:1/"][place] ?? "/"
            return Response(status: .found, headers: [.location: goal])
        }
        let (ports, told) = AsyncStream<Int>.makeStream()
        let app = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in told.yield(channel.localAddress?.port ?? 0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await app.runService(gracefulShutdownSignals: []) }
            var waiting = ports.makeAsyncIterator()
            let port = try #require(await waiting.next())
            try await body(port)
            group.cancelAll()
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/", "http://2130706433:1/", "http://0x7f.1:1/",
        "http://[::ffff:7f00:1]:1/",
        "http://0:1/", "http://169.254.169.254/latest/meta-data",
    ]) func `Nothing inside is reached, however it is written`(address: String) async {
        await #expect { try await OutsideFetch(largest: 1_000).get(address) } throws: { error in
            guard case OutsideProblem.inside = error else { return false }
            return true
        }
    }

    @Test(arguments: ["file:///etc/passwd", "gopher://example.org/", "http://", "//example.org", "http://me:secret@example.org/", ""])
    func `Only the web's own addresses are fetched`(address: String) async {
        await #expect(throws: OutsideProblem.notAnAddress) { try await OutsideFetch(largest: 1_000).get(address) }
    }

    @Test func `What is too large is refused before it is all there`() async throws {
        try await served { port in
            let fetch = OutsideFetch(mayGoInside: true, largest: 1_000_000)
            let small = try await fetch.get("http://127.0.0.1:\(port)/small")
            #expect(small.body == Array("Hello".utf8))
            await #expect(throws: OutsideProblem.tooLarge(limit: 1_000_000)) { try await fetch.get("http://127.0.0.1:\(port)/endless") }
            // What the server still writes into a line that is being cut is not read by anybody.
            #expect(Self.sent.withLockedValue { $0 } < 1_000_000_000, "of 2 GB, most was never sent")
        }
    }

    @Test func `Redirects are followed a few times, and each is looked at anew`() async throws {
        try await served { port in
            // A name that claims to be public and is served from here.
            let fetch = OutsideFetch(largest: 1_000) { host in
                // The first leads nowhere, as IPv6 does on many machines.
                host == "feed.example"
                    ? [Resolved(text: "::1", bytes: [8, 8, 8, 8]), Resolved(text: "127.0.0.1", bytes: [8, 8, 8, 8])]
                    : try await Resolved.all(host)
            }
            let base = "http://feed.example:\(port)/away"
            let small = try await fetch.get("\(base)/small")
            #expect(small.body == Array("Hello".utf8))
            await #expect(throws: OutsideProblem.tooManyRedirects) { try await fetch.get("\(base)/loop") }
            await #expect(throws: OutsideProblem.notAnAddress) { try await fetch.get("\(base)/file") }
            await #expect(throws: OutsideProblem.inside("127.0.0.1")) { try await fetch.get("\(base)/inside") }
        }
    }

    @Test func `A name that nobody knows is told apart`() async {
        let fetch = OutsideFetch(largest: 1_000) { _ in [] }
        await #expect(throws: OutsideProblem.unknownHost("nobody.example")) { try await fetch.get("http://nobody.example/") }
    }
}
