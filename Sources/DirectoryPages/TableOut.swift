import CSV
import Directory
import Finding
import HTML
import Kernel
import OpenReferral
import Store
import Web

/// `/directory/list.csv`: what a search finds, or everything, as a table that can be brought in again. What is nowhere, such as a secret address,
/// is not in it.
struct TableOut: Sendable {
    /// So many places one entry may have here: those that the form for an entry takes.
    private static let mostPlaces = 20
    // Rows are written in pieces of some 100 KB.
    private static let piece = 200

    let numbers: [Int]
    let places: Int
    let needs: [Need]
    let sources: [ImportID: String]
    let base: String

    static func answer(_ visit: Visit, _ indexes: DirectoryIndexes, _ tx: Transaction) throws -> OpenData {
        let index = try indexes.current(tx)
        let asked = try AskedFor(visit, index, tx)
        guard asked.problems.isEmpty else { throw BadQuestion(asked.problems) }
        let table = try TableOut(asked, index, visit, tx)
        return .pieces(
            type: "text/csv; charset=utf-8; header=present",
            headers: ["Content-Disposition": "attachment; filename=\"places-that-can-help.csv\""]
        ) { number, tx in try table.piece(number, tx) }
    }

    private init(_ asked: AskedFor, _ index: FindingIndex, _ visit: Visit, _ tx: Transaction) throws {
        numbers = index.numbers(answering: asked.question)
        let most = try tx.count(
            """
            SELECT COALESCE(MAX(places), 1) FROM (SELECT COUNT(*) AS places FROM directory_places GROUP BY entry) AS counted
            """
        )
        places = min(max(1, most), Self.mostPlaces)
        needs = try NeedStore.all(tx)
        let rows = try tx.all("SELECT id, name, licence FROM directory_sources") { row in
            (id: try row.next() as ImportID, name: try row.next() as String, licence: try row.next() as String)
        }
        sources = Dictionary(rows.map { ($0.id, [$0.name, $0.licence].filter { !$0.isEmpty }.joined(separator: ". ")) }) { $1 }
        base = visit.site.base.description
    }

    private func piece(_ number: Int, _ tx: Transaction) throws -> [UInt8]? {
        let start = number * Self.piece
        guard number == 0 || start < numbers.count else { return nil }
        let entries = try EntryStore.shown(Array(numbers[start..<min(start + Self.piece, numbers.count)]), tx)
        let names = try ProviderStore.names(entries.compactMap(\.provider), tx)
        let rows = entries.flatMap { entry in CSVWriter.row(cells(entry, provider: entry.provider.flatMap { names[$0] } ?? "")) }
        return (number == 0 ? CSVWriter.mark + CSVWriter.row(header) : []) + rows
    }

    /// Headings by which `ImportColumn.guess` knows each column again.
    private var header: [String] {
        let spots = (1...places).flatMap { number in ["address", "town", "postcode"].map { number == 1 ? $0 : "\($0) \(number)" } }
        return ["name", "organisation", "description"] + spots + [
            "getting there", "phone", "text number", "chat", "email", "website", "when", "cost", "wait", "languages", "minimum age",
            "maximum age", "helps with", "good to know",
            "from", "checked", "page",
        ]
    }

    private func cells(_ entry: Entry, provider: String) -> [String] {
        let draft = EntryDraft(entry, provider: provider)
        let spots = (0..<places).flatMap { place -> [String] in
            guard place < draft.addresses.count else { return ["", "", ""] }
            let one = draft.addresses[place]
            return [one.line, one.town, one.postcode]
        }
        let traits = Trait.allCases.filter(draft.traits.contains).map(\.label)
        let about = needs.filter { draft.needs.contains($0.id) }.map(\.name)
        return [draft.name, draft.provider, draft.description] + spots + [
            draft.gettingThere, draft.phone, draft.text, draft.chat, draft.email, draft.url, draft.when, cost(draft), draft.wait,
            draft.languages.joined(separator: "; "),
            draft.minimumAge.map { "\($0)" } ?? "", draft.maximumAge.map { "\($0)" } ?? "", about.joined(separator: "; "),
            traits.joined(separator: "; "), entry.source.flatMap { sources[$0] } ?? "",
            entry.assuredAt.map { String($0.iso.prefix(10)) } ?? "", base + entry.url.description,
        ]
    }

    private func cost(_ draft: EntryDraft) -> String {
        switch draft.cost {
        case .unknown: ""
        case .free:
            draft.costWords.isEmpty ? "free" : Prose.cost(draft.costWords)?.pounds == 0 ? draft.costWords : "free: " + draft.costWords
        case .paid:
            // Words without a sum are read as they are; only words that say "free" have to be told apart.
            draft.costWords.isEmpty ? "paid" : Prose.cost(draft.costWords)?.pounds == 0 ? "paid: " + draft.costWords : draft.costWords
        }
    }
}
