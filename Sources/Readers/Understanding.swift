import EqualVoice
import Foundation
import Kernel
import Pathways
import Services
import Store
import Trail
import Words

/// "I understand this", or not, about one part of a text: counted by perspective, told outside only as `EqualVoice.Disclosure` allows.
public enum SayUnderstood {
    /// Whoever does not understand a part does not say any more that the whole is clear: that they said so is taken back with it.
    ///
    /// - Parameter part: a part's id.
    public static func run(
        _ understands: Bool,
        _ part: String,
        of text: LeafletText,
        edition: Int,
        in service: Service,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        let people = try ServicePeople(of: service, tx)
        let membership = try LeafletPolicy.speak(in: people, by: deed.actor)
        try Reading.current(text)
        try Reading.same(text, edition)
        let person = try deed.someone().id
        try tx.run(
            """
            INSERT INTO leaflet_understanding (text, edition, part, person, perspective, understands)
            VALUES (\(text.id), \(text.edition), \(part), \(person), \(membership.perspective), \(understands))
            ON CONFLICT (text, edition, part, person) DO UPDATE SET understands = excluded.understands
            """
        )
        try UnderstandingStore.tell(part, of: text, ServiceStore.perspectives(of: service.id, tx), tx)
        if !understands, try SignOffStore.has(person, signed: text, tx) { try SignOff.takeBack(text, in: service, by: deed, tx) }
        try Trail.record("leaflet.understood", TrailSubject("leaflet-text", text.id), at: service.place, by: deed, in: tx)
    }
}

/// How many of each perspective understand a part.
struct Understood: Sendable, Encodable {
    let perspective: String
    let yes: String
    let no: String
    /// So few have answered that nothing more is told.
    var isFew = false
    /// Somebody may not understand it.
    var isUnclear = false

    private enum CodingKeys: String, CodingKey { case perspective, yes, no }
}

enum UnderstandingStore {
    /// What this actor may know of each part: editors who run the project everything, others what may be told.
    static func figures(
        of text: LeafletText,
        for actor: Actor,
        in people: ServicePeople,
        _ perspectives: Services.Perspectives,
        _ tx: Transaction
    ) throws
        -> [String: [Understood]]
    {
        let circle: Disclosure.Circle = LeafletPolicy.mayWork(in: people, by: actor) ? .organisation : .everyone
        let told = try tx.all("SELECT part, told FROM leaflet_told WHERE text = \(text.id) AND edition = \(text.edition)") { row in
            (try row.next(String.self), try JSONDecoder().decode(Disclosure.self, from: Data(try row.next(String.self).utf8)))
        }
        return Dictionary(told.map { ($0.0, lines($0.1.table(for: circle), perspectives)) }) { first, _ in first }
    }

    /// What this person said of each part of the words as they are now.
    static func own(_ person: PersonID?, of text: LeafletText, _ tx: Transaction) throws -> [String: Bool] {
        let rows = try tx.all(
            """
            SELECT part, understands FROM leaflet_understanding
            WHERE text = \(text.id) AND edition = \(text.edition) AND person = \(person)
            """
        ) { row in (try row.next(String.self), try row.next(Bool.self)) }
        return Dictionary(rows) { first, _ in first }
    }

    /// Takes the newest counts; `Disclosure` decides what of them is told from now on.
    static func tell(_ part: String, of text: LeafletText, _ perspectives: Services.Perspectives, _ tx: Transaction) throws {
        let before: String? = try tx.value(
            "SELECT told FROM leaflet_told WHERE text = \(text.id) AND edition = \(text.edition) AND part = \(part)"
        )
        let families = perspectives.all.map { $0.isStaff ? Disclosure.Family.staff : .livedExperience }
        var told = try before.map { try JSONDecoder().decode(Disclosure.self, from: Data($0.utf8)) } ?? Disclosure(families: families)
        // A service that changed its perspectives since keeps what was told.
        guard told.families == families else { return }
        try told.count(counts(part, text, perspectives, tx))
        let words = String(decoding: try JSONEncoder().encode(told), as: UTF8.self)
        try tx.run(
            """
            INSERT INTO leaflet_told (text, edition, part, told) VALUES (\(text.id), \(text.edition), \(part), \(words))
            ON CONFLICT (text, edition, part) DO UPDATE SET told = excluded.told
            """
        )
    }

    private static func counts(_ part: String, _ text: LeafletText, _ perspectives: Services.Perspectives, _ tx: Transaction) throws
        -> [Disclosure.Count]
    {
        let rows = try tx.all(
            """
            SELECT perspective, understands, COUNT(*) FROM leaflet_understanding
            WHERE text = \(text.id) AND edition = \(text.edition) AND part = \(part) GROUP BY perspective, understands
            """
        ) { row in (key: try row.next(String.self), yes: try row.next(Bool.self), people: try row.next(Int.self)) }
        return perspectives.all.map { one in
            let own = rows.filter { $0.key == one.key }
            let (yes, no) = (own.first { $0.yes }?.people ?? 0, own.first { !$0.yes }?.people ?? 0)
            return Disclosure.Count(people: yes + no, splits: [[yes, no]])
        }
    }

    private static func lines(_ table: Disclosure.Table, _ perspectives: Services.Perspectives) -> [Understood] {
        if case .few(let least) = table {
            return [Understood(perspective: W.everyone, yes: W.fewerThan(number: "\(least)"), no: W.notTold, isFew: true)]
        }
        return table.rows.filter { $0.people > 0 }.map { row in
            let who = listed(row.perspectives.compactMap { perspectives.all.indices.contains($0) ? perspectives.all[$0].label : nil })
            let numbers = row.splits.first ?? []
            let no = numbers.dropFirst().first
            return Understood(perspective: who, yes: words(numbers.first), no: words(no), isUnclear: no != .exactly(0))
        }
    }

    private static func words(_ number: Disclosure.Number?) -> String {
        switch number {
        case .exactly(let number): "\(number)"
        case .atMost(let number): W.atMost(number: "\(number)")
        case .atLeast(let number): W.atLeast(number: "\(number)")
        case .withheld, nil: W.notTold
        }
    }
}
