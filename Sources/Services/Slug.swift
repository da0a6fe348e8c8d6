import Foundation
import Kernel

/// The part of an address that names a service or a project, such as `barnet-camhs`.
public enum Slug {
    /// 60: fits on one line of a poster.
    public static let limit = 60

    /// First parts of addresses that lead somewhere else. A test holds them against every route of the house.
    public static let reserved: Set<String> = [
        "sign-in", "sign-out", "sign-up", "key", "join", "me", "desk", "worried", "worries", "help", "privacy", "accessibility", "receipt",
        "organisation", "services", "projects", "assets", "healthz", "readyz", "metrics", "voices", "receipts", "tellings", "actions",
        "sessions", "groups", "themes", "decisions", "changes", "people", "start", "demo", "api", "new", "settings", "search", "answering",
        "favicon.ico", "robots.txt", "well-known", "directory", "oruk", "lists", "passed",
        "sendings", "family", "referrals",
    ]

    /// A name as a part of an address: `Barnet CAMHS` becomes `barnet-camhs`, `Café Été` becomes `cafe-ete`.
    public static func of(_ name: String) -> String {
        let plain = name.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "en_GB"))
        let words = plain.lowercased().utf8.split { !isPlain($0) }.map { String(decoding: $0, as: UTF8.self) }
        var slug = ""
        for word in words where slug.utf8.count + word.utf8.count < limit { slug += slug.isEmpty ? word : "-" + word }
        return slug
    }

    /// What is wrong with a slug that somebody typed; nil where it is fine.
    public static func problem(_ slug: String, reserved: Set<String> = reserved) -> String? {
        if slug.utf8.count > limit { return W.slugTooLong(limit: String(limit)) }
        guard slug.utf8.allSatisfy({ isPlain($0) || $0 == UInt8(ascii: "-") }), slug.utf8.contains(where: isPlain) else {
            return W.slugLetters
        }
        guard slug.utf8.first != UInt8(ascii: "-"), slug.utf8.last != UInt8(ascii: "-") else { return W.slugLetters }
        return reserved.contains(slug) ? W.slugReserved(slug: slug) : nil
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
