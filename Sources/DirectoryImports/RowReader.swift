import Directory
import Finding
import Kernel
import OpenReferral

/// Something that was noticed about a row of a file.
public struct RowFinding: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable {
        /// Somebody has to decide before the row comes in.
        case look
        /// It was read out of the words; to be seen, not decided.
        case note
    }

    public let kind: Kind
    public let field: String
    public let sentence: String

    public init(_ kind: Kind, _ field: String, _ sentence: String) {
        self.kind = kind
        self.field = field
        self.sentence = sentence
    }
}

/// Makes an entry of a row's cells and says what was noticed. Pure: what is there already is handed in.
public struct RowReader: Sendable {
    let columns: [ImportColumn]
    let needs: [Need]
    private let sayings: [(words: [String], need: TermID)]

    public init(columns: [ImportColumn], needs: [Need]) {
        self.columns = columns
        self.needs = needs
        sayings = needs.flatMap { need in ([need.name] + need.said).map { (Folding.words($0, limit: 8), need.id) } }.filter {
            !$0.0.isEmpty
        }
    }

    public func read(_ cells: [String]) -> (draft: EntryDraft, findings: [RowFinding]) {
        var draft = EntryDraft()
        var findings: [RowFinding] = []
        func cell(_ column: ImportColumn) -> String {
            zip(columns, cells).filter { $0.0 == column }.map(\.1).filter { !$0.isEmpty }.joined(separator: ", ")
        }
        draft.name = String(PlainText.line(cell(.name)).prefix(160))
        draft.provider = String(PlainText.line(cell(.provider)).prefix(160))
        draft.description = String(cell(.description).prefix(4_000))
        draft.phone = PlainText.line(cell(.phone))
        draft.email = PlainText.line(cell(.email))
        draft.url = PlainText.line(cell(.url))
        draft.text = PlainText.line(cell(.text))
        draft.chat = PlainText.line(cell(.chat))
        draft.gettingThere = String(cell(.gettingThere).prefix(500))
        draft.when = cell(.when)
        draft.wait = PlainText.line(cell(.wait))
        draft.languages = cell(.languages).split(whereSeparator: { $0 == "," || $0 == ";" }).map { PlainText.line(String($0)) }
        draft.addresses = addresses(cells)
        if draft.name.isEmpty { findings.append(RowFinding(.look, "name", W.rowNoName)) }
        if cells.count > columns.count { findings.append(RowFinding(.look, "cells", W.rowMoreCells(n: cells.count - columns.count))) }
        // Times that nobody can read are for a person: "Sometimes 25pm".
        if Prose.read(draft.when).hasWrongTime {
            findings.append(RowFinding(.look, "when", W.rowTimes(typed: String(draft.when.prefix(120)))))
        }
        readAges(&draft, cell(.minimumAge), cell(.maximumAge), cell(.ages), &findings)
        readProse(&draft, cell(.cost), &findings)
        readNames(&draft, cell(.needs), cell(.traits), &findings)
        for fault in draft.faults(isOnForm: true) { findings.append(RowFinding(.look, fault.field, fault.sentence)) }
        if let words = Prose.mustStaySecret("\(draft.name). \(draft.description). \(draft.provider)") {
            // Until somebody decides, the safe way.
            draft.isSecret = true
            findings.append(RowFinding(.look, "secret", W.rowSecret(words: words)))
        }
        return (draft, findings)
    }

    /// Columns of addresses and as many of postcodes are as many places; else all of them are one place.
    private func addresses(_ cells: [String]) -> [EntryDraft.Address] {
        func all(_ column: ImportColumn) -> [String] { zip(columns, cells).filter { $0.0 == column }.map(\.1) }
        let (lines, towns, postcodes) = (all(.address), all(.town), all(.postcode))
        guard lines.count > 1, lines.count == postcodes.count, towns.isEmpty || towns.count == lines.count else {
            func joined(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: ", ") }
            return [address(joined(lines), joined(towns), joined(postcodes))].filter { !$0.isEmpty }
        }
        return lines.indices.map { address(lines[$0], towns.isEmpty ? "" : towns[$0], postcodes[$0]) }.filter { !$0.isEmpty }
    }

    /// `St Francis Church, Edge Lane, Stretford` with no column for the town: its last part is the town.
    private func address(_ line: String, _ town: String, _ postcode: String) -> EntryDraft.Address {
        let line = PlainText.line(line)
        let parts = line.split(separator: ",").map { PlainText.line(String($0)) }.filter { !$0.isEmpty }
        let postcode = Postcode(postcode)?.text ?? PlainText.line(postcode)
        guard town.isEmpty, parts.count > 1, let last = parts.last else {
            return EntryDraft.Address(line: line, town: PlainText.line(town), postcode: postcode)
        }
        let name = last.hasSuffix(".") ? String(last.dropLast()) : last
        return EntryDraft.Address(line: parts.dropLast().joined(separator: ", "), town: name, postcode: postcode)
    }

    /// "11-17", "16+", "13 to 25 years", "under 18" of a column of ages; else two columns; else what the description says.
    private func readAges(_ draft: inout EntryDraft, _ low: String, _ high: String, _ both: String, _ findings: inout [RowFinding]) {
        guard both.isEmpty else {
            guard let ages = Prose.agesAlone(both) else { return findings.append(RowFinding(.look, "minimum-age", W.rowAges(typed: both))) }
            (draft.minimumAge, draft.maximumAge) = (ages.minimum, ages.maximum)
            return
        }
        for (typed, field) in [(low, "minimum-age"), (high, "maximum-age")]
        where !typed.isEmpty && !(Int(typed).map { (0...120).contains($0) } ?? false) {
            findings.append(RowFinding(.look, field, W.rowAge(typed: typed)))
        }
        (draft.minimumAge, draft.maximumAge) = (Int(low), Int(high))
        guard low.isEmpty, high.isEmpty, let ages = Prose.ages(draft.description) else { return }
        (draft.minimumAge, draft.maximumAge) = (ages.minimum, ages.maximum)
        guard let words = EntryFacts.ages(ages.minimum, ages.maximum) else { return }
        findings.append(RowFinding(.note, "minimum-age", W.rowReadAges(ages: words)))
    }

    private func readProse(_ draft: inout EntryDraft, _ cost: String, _ findings: inout [RowFinding]) {
        if draft.when.isEmpty, let sentence = Prose.times(draft.description).first?.description {
            draft.when = sentence
            findings.append(RowFinding(.note, "when", W.rowReadTimes(times: sentence)))
        }
        let costs = cost.isEmpty ? draft.description : cost
        if let read = Prose.cost(costs) {
            draft.cost = read.pounds == 0 ? .free : .paid
            draft.costWords = cost.isEmpty ? read.words : PlainText.line(cost)
            findings.append(RowFinding(.note, "cost", W.rowReadCost(cost: read.words)))
        } else if !cost.isEmpty {
            (draft.cost, draft.costWords) = (.paid, PlainText.line(cost))
        }
        readPlainCost(&draft, PlainText.line(cost))
        let words = Folding.words("\(draft.name) . \(draft.description)")
        if columns.contains(.traits) {
            // Whoever has a column for it has said it all.
        } else if words.contains("referral") && words.contains("self")
            || zip(words, words.dropFirst()).contains(where: { $0 == "drop" && $1 == "in" })
        {
            draft.traits.insert(.waysSelf)
            findings.append(RowFinding(.note, "trait-ways-self", W.rowReadSelf))
        }
        guard !columns.contains(.needs) else { return }
        draft.needs = needs(in: words)
        let names = needs.filter { draft.needs.contains($0.id) }.map(\.name)
        if !names.isEmpty { findings.append(RowFinding(.note, "needs", W.rowReadNeeds(needs: names.joined(separator: ", ")))) }
    }

    /// One word that says it all, or stands before the words: how our own tables say it.
    private func readPlainCost(_ draft: inout EntryDraft, _ cost: String) {
        for (word, kind) in [("free", EntryDraft.Cost.free), ("0", .free), ("paid", .paid)] {
            if cost.lowercased() == word { (draft.cost, draft.costWords) = (kind, "") }
            if cost.hasPrefix(word + ": ") { (draft.cost, draft.costWords) = (kind, String(cost.dropFirst(word.count + 2))) }
        }
    }

    /// Names of ours, with semicolons between them.
    private func readNames(_ draft: inout EntryDraft, _ needsCell: String, _ traitsCell: String, _ findings: inout [RowFinding]) {
        func parts(_ cell: String) -> [String] { cell.split(separator: ";").map { PlainText.line(String($0)) }.filter { !$0.isEmpty } }
        for name in parts(needsCell) {
            if let need = needs.first(where: { $0.name.lowercased() == name.lowercased() }) {
                draft.needs.insert(need.id)
            } else {
                findings.append(RowFinding(.note, "needs", W.rowUnknownWords(words: name)))
            }
        }
        for label in parts(traitsCell) {
            if let trait = Trait.allCases.first(where: { $0.label.lowercased() == label.lowercased() }) {
                draft.traits.insert(trait)
            } else {
                findings.append(RowFinding(.note, "traits", W.rowUnknownWords(words: label)))
            }
        }
    }

    /// Needs whose sayings stand in the words.
    private func needs(in words: [String]) -> Set<TermID> {
        let all = Set(words)
        return Set(
            sayings.filter { saying in
                guard let first = saying.words.first, all.contains(first) else { return false }
                guard saying.words.count > 1 else { return true }
                return words.indices.contains { words[$0...].starts(with: saying.words) }
            }.map(\.need)
        )
    }
}
