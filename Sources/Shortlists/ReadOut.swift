import Kernel
import Store
import Trail

/// Writes down which places of a list were read out to somebody on the phone, and what they said.
public enum ReadOut {
    /// - Parameter said: what the caller said about each, by entry, in a few words.
    public static func run(
        _ id: ShortlistID,
        read: Set<EntryID>,
        said: [EntryID: String],
        as holder: ListHolder,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        let list = try ListStore.find(id, for: holder, tx)
        try ListPolicy.work(at: list.service, of: Workplaces.of(deed.actor, tx), by: deed.actor)
        for place in try ListStore.places(of: id, tx) {
            let at = read.contains(place.entry) ? place.readAt ?? deed.at : nil
            try tx.run(
                """
                UPDATE shortlist_places SET read_at = \(at), said = \(said[place.entry] ?? place.said)
                WHERE list = \(id) AND entry = \(place.entry)
                """
            )
        }
        try ListStore.touch(id, deed, tx)
        try Trail.record("list.read-out", TrailSubject("list", id), at: list.place, facts: ["places": "\(read.count)"], by: deed, in: tx)
    }
}

/// A telephone number as people read it out: digit by digit, in groups with a pause between them.
public enum SpokenNumber {
    /// `0161 496 0000` → `["0 1 6 1", "4 9 6", "0 0 0 0"]`. Groups are those in which it was written; where it was written in one, those in which
    /// British numbers are read (Ofcom's formats: 020 and 0116 to 0191 and 03xx, 08xx have their own). Anything that is no digit or `+` ends a group.
    public static func groups(_ written: String) -> [String] {
        let parts = written.split { !($0.isASCII && ($0.isNumber || $0 == "+")) }.map { String($0) }
        let groups = parts.count > 1 ? parts : parts.first.map(grouped) ?? []
        return groups.map { $0.map { $0 == "+" ? W.plus : String($0) }.joined(separator: " ") }
    }

    private static func grouped(_ digits: String) -> [String] {
        let sizes =
            switch digits {
            case _ where digits.hasPrefix("+"): [3, 4, 3, 4]
            case _ where digits.hasPrefix("02"): [3, 4, 4]
            case _ where digits.hasPrefix("011") || digits.hasPrefix("03") || digits.hasPrefix("08"): [4, 3, 4]
            case _ where digits.hasPrefix("01") && digits.dropFirst(3).first == "1": [4, 3, 4]
            case _ where digits.count <= 6: [digits.count]
            default: [5, 3, 3]
            }
        var rest = digits[...]
        var groups: [String] = []
        for size in sizes where !rest.isEmpty {
            groups.append(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return rest.isEmpty ? groups : groups + [String(rest)]
    }
}
