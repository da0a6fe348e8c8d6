import HTML
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Store

/// Something long to listen to: sent whole, or the part that was asked for (RFC 9110, section 14; iPhones play nothing without it).
public struct Recording: Sendable {
    let type: String
    let length: Int
    let digest: String
    let name: String
    let read: @Sendable (Range<Int>, Transaction) throws -> [UInt8]

    /// - Parameters:
    ///   - type: such as `audio/mpeg`.
    ///   - length: in bytes.
    ///   - digest: 64 hexadecimal digits, other ones for other bytes.
    ///   - name: what it is called when it is kept; letters, digits, `-` and `.` only.
    ///   - read: exactly these bytes of it; called for 64 KB at a time, each in a transaction of its own.
    public init(
        type: String,
        length: Int,
        digest: String,
        name: String,
        read: @escaping @Sendable (Range<Int>, Transaction) throws -> [UInt8]
    ) {
        self.type = type
        self.length = length
        self.digest = digest
        self.name = name
        self.read = read
    }
}

extension Site {
    /// A recording; whoever may not have it is told so by `find`.
    public func recording(_ path: String, _ find: @escaping @Sendable (Visit, Transaction) throws -> Recording) {
        add(.get, path) { desk, request in try await desk.play(request, find) }
    }
}

/// Which bytes somebody asks for.
enum AskedRange: Equatable {
    case whole, part(Range<Int>), outside

    /// - Parameter header: such as `bytes=0-99`, `bytes=100-` or `bytes=-50`. What is written otherwise, or asks for several parts, gets the whole.
    init(_ header: String?, of length: Int) {
        self = .whole
        guard let header, header.hasPrefix("bytes="), !header.contains(",") else { return }
        let ends = header.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }) else {
            return
        }
        switch (Int(ends[0]), Int(ends[1])) {
        case (let first?, let last?) where first <= last: self = first < length ? .part(first..<min(last, length - 1) + 1) : .outside
        case (let first?, nil) where ends[1].isEmpty: self = first < length ? .part(first..<length) : .outside
        case (nil, let last?) where ends[0].isEmpty: self = last > 0 && length > 0 ? .part(max(0, length - last)..<length) : .outside
        default: return
        }
    }
}

extension FrontDesk {
    // 64 KB: some twenty seconds of speech, so that memory stays small however many listen.
    private static let piece = 65_536

    func play(_ incoming: Incoming, _ find: @escaping @Sendable (Visit, Transaction) throws -> Recording) async throws -> Response {
        let found = try await db.read { [self] tx in try find(recognised(incoming, tx), tx) }
        let etag = "\"\(found.digest)\""
        var headers: HTTPFields = [.eTag: etag, .cacheControl: "private, no-cache", .acceptRanges: "bytes"]
        if let known = incoming.headers[.ifNoneMatch], known == "*" || known.contains(etag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = found.type
        headers[.contentDisposition] = "inline; filename=\"\(found.name)\""
        // Half of one recording and half of another would be noise.
        let isSame = incoming.headers[.ifRange].map { $0 == etag } ?? true
        switch AskedRange(isSame ? incoming.headers[.range] : nil, of: found.length) {
        case .whole: return Response(status: .ok, headers: headers, body: body(of: found, 0..<found.length))
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(found.length)"
            return Response(status: .partialContent, headers: headers, body: body(of: found, range))
        case .outside:
            headers[.contentRange] = "bytes */\(found.length)"
            headers[.contentType] = nil
            headers[.contentDisposition] = nil
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
    }

    private func body(of recording: Recording, _ range: Range<Int>) -> ResponseBody {
        let db = db
        return ResponseBody(contentLength: range.count) { writer in
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.piece) {
                let piece = start..<min(start + Self.piece, range.upperBound)
                try await writer.write(ByteBuffer(bytes: try await db.read { tx in try recording.read(piece, tx) }))
            }
            try await writer.finish(nil)
        }
    }
}
