import Crypto
import Foundation
import Kernel
import Store

/// One line of the trail.
public struct TrailEntry: Sendable, Codable {
    public let seq: Int
    public let at: Moment
    public let actor: String
    public let what: String
    public let subject: TrailSubject
    public let service: ServiceID?
    public let project: ProjectID?
    /// JSON object with sorted keys, so that the same facts always have the same digest.
    public let facts: String
    public let before: String

    /// SHA-256 over every column, each with its length before it, so that no two entries read alike.
    public var hash: String { hash(at: seq) }

    /// The digest it would have as another entry.
    func hash(at seq: Int) -> String {
        var digest = SHA256()
        for column in [
            String(seq), String(at.milliseconds), actor, what, subject.kind, subject.id, service?.text ?? "", project?.text ?? "", facts,
            before,
        ] {
            digest.update(data: Array("\(column.utf8.count):".utf8))
            digest.update(data: Array(column.utf8))
        }
        return Hex.text(of: digest.finalize())
    }

    static let columns: SQL = "seq, at, actor, what, subject_kind, subject, service, project, facts, before"

    init(
        seq: Int,
        at: Moment,
        actor: String,
        what: String,
        subject: TrailSubject,
        service: ServiceID?,
        project: ProjectID?,
        facts: String,
        before: String
    ) {
        self.seq = seq
        self.at = at
        self.actor = actor
        self.what = what
        self.subject = subject
        self.service = service
        self.project = project
        self.facts = facts
        self.before = before
    }

    init(_ row: inout Row) throws {
        seq = try row.next()
        at = try row.next()
        actor = try row.next()
        what = try row.next()
        subject = TrailSubject(kind: try row.next(), id: try row.next())
        service = try row.next()
        project = try row.next()
        facts = try row.next()
        before = try row.next()
    }
}

extension TrailSubject {
    init(kind: String, id: String) {
        self.kind = kind
        self.id = id
    }
}

enum TrailFacts {
    static func text(_ facts: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard !facts.isEmpty, let bytes = try? encoder.encode(facts) else { return "{}" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
