import Kernel
import OpenReferral
import Store

/// How an entry is reached, written so that the same number or website is the same text: by this two that may be the same are found.
public struct EntryReach: Sendable, Hashable {
    public enum Kind: String, Sendable, Codable, Column { case phone, site }

    public let kind: Kind
    public let key: String

    /// `+44 (0)161 496 0000` → `01614960000`; nil for what is too short to tell anybody apart.
    public static func phone(_ written: String) -> EntryReach? {
        var digits = written.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
        for prefix in ["+440", "+44", "0044"] where digits.hasPrefix(prefix) {
            digits = "0" + digits.dropFirst(prefix.count)
            break
        }
        return digits.count < 5 ? nil : EntryReach(kind: .phone, key: digits)
    }

    /// `https://www.Example.org/` → `example.org`
    public static func site(_ written: String) -> EntryReach? {
        var text = written.lowercased()[...]
        for prefix in ["https://", "http://", "www."] where text.hasPrefix(prefix) { text = text.dropFirst(prefix.count) }
        while text.hasSuffix("/") { text = text.dropLast() }
        return text.isEmpty ? nil : EntryReach(kind: .site, key: String(text))
    }

    public static func all(of service: ORUK.Service) -> Set<EntryReach> {
        let phones = (service.contacts ?? []).flatMap { $0.phones ?? [] }.compactMap { phone($0.number) }
        return Set(phones + [service.url.flatMap(site)].compactMap(\.self))
    }

    /// Many in one statement.
    static func put(_ entries: [Entry], _ tx: Transaction) throws {
        let rows = entries.flatMap { entry in
            all(of: entry.service).sorted { $0.key < $1.key }.map { one -> SQL in "(\(entry.id), \(one.kind), \(one.key))" }
        }
        guard !rows.isEmpty else { return }
        try tx.run("INSERT INTO directory_reach (entry, kind, word) VALUES \(rows.joined(separator: ", "))")
    }

    static func renew(_ entry: Entry, _ tx: Transaction) throws {
        try tx.run("DELETE FROM directory_reach WHERE entry = \(entry.id)")
        try put([entry], tx)
    }
}
