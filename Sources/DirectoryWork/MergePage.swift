import Directory
import HTML
import Kernel
import Store
import Web
import Words

/// `/directory/entries/:entry/merging`: an entry beside those that look the same, with why they do; a person decides.
struct MergePage: Page {
    let heading = W.mergeEntry
    let caption: String?
    var lead: String? { others.isEmpty ? W.mergeNone : W.mergeLead }
    let others: [Other]
    let fields: Filled
    var problems: Problems { fields.problems }
    let surroundings: Surroundings
    private let entry: Entry

    // Beside each other people compare a few; the rest stand in the list.
    private static let mostCompared = 8

    struct Other: Sendable, Encodable {
        let id: EntryID
        let label: String
        let reasons: [String]
        let sides: [Side]
    }

    struct Side: Sendable, Encodable {
        let label: String
        let this: String
        let other: String
    }

    private enum CodingKeys: String, CodingKey { case others, fields }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let entry = try EditPages.entry(visit, tx)
        self.entry = entry
        caption = entry.name
        surroundings = EditPages.around(entry)
        let needs = try NeedStore.all(tx)
        let mine = try EditPages.draft(entry, tx).sides(needs)
        others = try Duplicates.like(entry, tx).enumerated().map { place, found in
            let theirs = place < Self.mostCompared ? try EditPages.draft(EntryStore.find(found.id, tx), tx).sides(needs) : []
            let sides = zip(mine, theirs).filter { !$0.words.isEmpty || !$1.words.isEmpty }
            return Other(
                id: found.id,
                label: found.label,
                reasons: found.reasons,
                sides: sides.map { Side(label: $0.label, this: $0.words, other: $1.words) }
            )
        }
        fields = Filled(visit.form, beginning: ["into": visit.query["into"] ?? ""])
    }

    var html: HTML {
        HTML {
            for other in others where !other.sides.isEmpty {
                section(other.label) {
                    for reason in other.reasons { p(reason) }
                    table(
                        caption: W.sideBySide,
                        columns: [TableColumn(W.part), TableColumn(W.thisOne), TableColumn(W.theOther)],
                        rows: other.sides.map { TableRow($0.label, [HTML($0.this), HTML($0.other)]) },
                        isCaptionOnlySpoken: true
                    )
                }
            }
            form(post: .path("/directory/entries", entry.id, "merging")) {
                selectField(
                    "into",
                    label: W.mergeInto,
                    options: [Choice("", W.chooseEntry)] + others.map { Choice($0.id.text, $0.label) },
                    value: fields["into"],
                    problems: problems
                )
                button(W.mergeButton)
            }
            p { a(W.back, to: entry.url) }
        }
    }
}

/// Entries that look like another one.
enum Duplicates {
    struct Other: Sendable {
        let id: EntryID
        let label: String
        /// Why it looks the same, in sentences.
        let reasons: [String]
        /// More of them is more likely the same; that the same people run both says little.
        fileprivate let weight: Int
    }

    /// Those that share a name, a number, a website or whoever runs them: the likeliest first, at most 50.
    static func like(_ entry: Entry, _ tx: Transaction) throws -> [Other] {
        let reach = EntryReach.all(of: entry.service)
        let (phones, sites) = (words(reach, .phone), words(reach, .site))
        let found = try tx.all(
            """
            SELECT id, name, number, CASE WHEN folded = \(entry.folded) THEN 1 ELSE 0 END, CASE WHEN provider = \(entry.provider) THEN 1 ELSE 0 END,
                \(shared(.phone, phones)), \(shared(.site, sites))
            FROM directory_entries
            WHERE state = 'shown' AND id <> \(entry.id) AND (folded = \(entry.folded) OR provider = \(entry.provider)
                OR id IN (SELECT entry FROM directory_reach WHERE kind = 'phone' AND word IN \(list: phones))
                OR id IN (SELECT entry FROM directory_reach WHERE kind = 'site' AND word IN \(list: sites)))
            ORDER BY 4 DESC, number LIMIT 200
            """
        ) { row in try other(&row) }
        let sorted = found.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
        return sorted.prefix(50).map(\.element)
    }

    private static func words(_ reach: Set<EntryReach>, _ kind: EntryReach.Kind) -> [String] {
        reach.filter { $0.kind == kind }.map(\.key).sorted()
    }

    private static func shared(_ kind: EntryReach.Kind, _ words: [String]) -> SQL {
        """
        (SELECT MIN(word) FROM directory_reach WHERE directory_reach.entry = directory_entries.id AND kind = \(kind) AND word IN \(list: words))
        """
    }

    private static func other(_ row: inout Row) throws -> Other {
        let (id, name, number): (EntryID, String, Int) = (try row.next(), try row.next(), try row.next())
        let (isNamed, isRun): (Int, Int) = (try row.next(), try row.next())
        let (phone, site): (String?, String?) = (try row.next(), try row.next())
        let likely = [
            isNamed == 1 ? W.sameName : nil, phone.map { W.samePhone(number: $0) }, site.map { W.sameSite(site: $0) },
        ].compactMap(\.self)
        return Other(
            id: id,
            label: "\(name) (\(number))",
            reasons: likely + (isRun == 1 ? [W.sameProvider] : []),
            weight: likely.count * 2 + isRun
        )
    }

    /// Names, numbers and websites that several shown entries have. One organisation with several services that people reach in the same way is no
    /// work for anybody.
    static func groups(_ tx: Transaction) throws -> [(label: String, id: EntryID)] {
        let named = try tx.all(
            """
            SELECT MIN(name), MIN(id), COUNT(*) FROM directory_entries WHERE state = 'shown'
            GROUP BY folded HAVING COUNT(*) > 1 ORDER BY MIN(name)\(tx.dialect.byteOrder) LIMIT 50
            """
        ) { row in
            let (name, id, count): (String, EntryID, Int) = (try row.next(), try row.next(), try row.next())
            return (label: W.alike(name: name, n: "\(count)"), id: id)
        }
        let reached = try tx.all(
            """
            SELECT directory_reach.word, MIN(directory_entries.name), MIN(directory_entries.id), COUNT(*)
            FROM directory_reach JOIN directory_entries ON directory_entries.id = directory_reach.entry
            WHERE directory_entries.state = 'shown'
            GROUP BY directory_reach.kind, directory_reach.word
            HAVING COUNT(*) > 1 AND COUNT(DISTINCT COALESCE(directory_entries.provider, directory_entries.id)) > 1
                AND COUNT(DISTINCT directory_entries.folded) > 1
            ORDER BY directory_reach.word LIMIT 50
            """
        ) { row in
            let (word, _): (String, String) = (try row.next(), try row.next())
            let (id, count): (EntryID, Int) = (try row.next(), try row.next())
            return (label: W.alikeReach(n: count, word: word), id: id)
        }
        return named + reached
    }
}
