import Foundation
import Kernel
import Store

extension Trail {
    /// What happened to things of one kind, in order, for comparing the record with what stands in the tables.
    public struct Happened: Sendable {
        public let seq: Int
        public let what: String
        public let subject: String
        public let facts: [String: String]
    }

    /// Calls `each` for every entry about a `kind` of thing, the oldest first; `page` entries at a time, so that memory stays steady.
    public static func each(_ kind: String, in tx: Transaction, page: Int = 5_000, _ each: (Happened) throws -> Void) throws {
        var last = 0
        let decoder = JSONDecoder()
        while true {
            let found = try tx.all(
                "SELECT seq, what, subject, facts FROM trail WHERE seq > \(last) AND subject_kind = \(kind) ORDER BY seq LIMIT \(page)"
            ) { row in
                Happened(
                    seq: try row.next(),
                    what: try row.next(),
                    subject: try row.next(),
                    facts: (try? decoder.decode([String: String].self, from: Data((try row.next() as String).utf8))) ?? [:]
                )
            }
            for one in found { try each(one) }
            guard let end = found.last, found.count == page else { return }
            last = end.seq
        }
    }
}
