import Finding
import Kernel
import NIOConcurrencyHelpers
import Store

/// What is searched, kept in memory by each process: every look reads only what changed since the last one.
///
/// It may be a moment newer than the transaction that asks; what it finds is read through that transaction, which shows nothing that is not
/// shown to everybody. What is read of an entry is one line of text, so that a hundred thousand take a few
/// seconds when a process starts. Only for reading transactions: what a writer has not saved yet must not get in here.
public final class DirectoryIndexes: Sendable {
    private struct Inside {
        var index = FindingIndex(terms: [])
        var seq = -1
        var needs = -1
    }

    private let inside = NIOLockedValueBox(Inside())

    public init() {}

    /// The index as this transaction sees it, or newer.
    public func current(_ tx: Transaction) throws -> FindingIndex {
        let head = try tx.first("SELECT seq, needs_seq FROM directory_head WHERE id = 1") { row in
            (seq: try row.next() as Int, needs: try row.next() as Int)
        }
        guard let head else { return FindingIndex(terms: []) }
        return try inside.withLockedValue { inside in
            guard head.seq > inside.seq || head.needs > inside.needs else { return inside.index }
            if head.needs > inside.needs || inside.index.isWorn {
                inside.index = FindingIndex(terms: try Self.terms(tx))
                inside.seq = -1
                inside.needs = head.needs
            }
            try Self.read(into: &inside.index, since: inside.seq, tx)
            inside.seq = head.seq
            return inside.index
        }
    }

    private static func terms(_ tx: Transaction) throws -> [FindingTerm] {
        let needs = try NeedStore.all(tx).map { need in
            let always = Needs.urgent[need.id.text]
            return FindingTerm(
                id: need.id.text,
                name: need.name,
                said: need.said + (always ?? []).filter { !need.said.contains($0) },
                isUrgent: always != nil
            )
        }
        // A need that editors took out lists nothing any more; whoever says it is told what helps at once all the same.
        let gone = Needs.urgent.filter { id, _ in !needs.contains { $0.id == id } }.sorted { $0.key < $1.key }
        return needs + gone.map { FindingTerm(id: $0.key, name: "", said: $0.value, isUrgent: true) }
            + Trait.allCases.map { FindingTerm(id: $0.id, name: $0.label, said: []) }
    }

    /// A thousand at a time, so that memory stays steady.
    private static func read(into index: inout FindingIndex, since seq: Int, _ tx: Transaction) throws {
        var last = 0
        while true {
            let rows = try tx.all(
                """
                SELECT number, id, state, provider, finding, changed_at, review_due FROM directory_entries
                WHERE seq > \(seq) AND number > \(last) ORDER BY number LIMIT 1000
                """
            ) { row in
                (
                    number: try row.next() as Int, id: try row.next() as String, state: try row.next() as Entry.State,
                    provider: try row.next() as String?, finding: try row.next() as String, changed: try row.next() as Moment,
                    due: try row.next() as Moment
                )
            }
            for row in rows {
                guard row.state == .shown, let item = FindingItem(text: row.finding) else {
                    index.remove(row.number)
                    continue
                }
                index.put(
                    item,
                    number: row.number,
                    id: row.id,
                    organization: row.provider,
                    modified: row.changed.milliseconds,
                    reviewDue: row.due.milliseconds
                )
            }
            guard let end = rows.last, rows.count == 1_000 else { break }
            last = end.number
        }
        index.settle()
    }
}
