/// An address that can be put in a link without harm: ours, a website's, a mailbox or a telephone.
///
/// Escaping does not stop `javascript:`; having no way to build it does.
public struct SafeURL: Hashable, Sendable, Encodable, CustomStringConvertible {
    public let description: String

    private init(checked: String) { description = checked }

    /// A page of ours: `.path("/projects", project.slug, "voices", voice.id, query: ["page": 2])`.
    ///
    /// The start is written in the program; each later segment is percent-encoded whole, so that a slash in it stays part of it.
    /// Segments that are empty, `.` or `..` are left out, since browsers would read another place into them.
    public static func path(
        _ start: StaticString,
        _ segments: any CustomStringConvertible...,
        query: KeyValuePairs<String, any CustomStringConvertible> = [:],
        fragment: String? = nil
    ) -> SafeURL {
        var out = Percent.path(start)
        for segment in segments { Percent.append(segment: segment.description, to: &out) }
        if out.isEmpty { out = "/" }
        for (place, item) in query.enumerated() {
            out += (place == 0 ? "?" : "&") + Percent.encoded(item.key) + "=" + Percent.encoded(item.value.description)
        }
        if let fragment { out += "#" + Percent.encoded(fragment) }
        return SafeURL(checked: out)
    }

    /// A place on the same page.
    public static func anchor(_ id: String) -> SafeURL { SafeURL(checked: "#" + Percent.encoded(id)) }

    public static func mailto(_ address: String) -> SafeURL { SafeURL(checked: "mailto:" + Percent.encoded(address, keeping: "@")) }

    /// A message that stands ready to be sent; without an address its writer chooses to whom.
    public static func mailto(_ address: String = "", subject: String, words: String) -> SafeURL {
        SafeURL(checked: "\(mailto(address).description)?subject=\(Percent.encoded(subject))&body=\(Percent.encoded(words))")
    }

    /// A text message that stands ready to be sent (RFC 5724); without a number its writer chooses to whom.
    public static func sms(_ number: String = "", words: String) -> SafeURL {
        SafeURL(checked: "sms:\(tel(number).description.dropFirst(4))?body=\(Percent.encoded(words))")
    }

    /// Digits, `+`, `*` and `#` are kept; spaces and brackets go.
    public static func tel(_ number: String) -> SafeURL {
        SafeURL(checked: "tel:" + Percent.encoded(number.filter { $0.isASCII && ($0.isNumber || "+*#".contains($0)) }, keeping: "+*"))
    }

    /// A website somebody typed: http or https with a host and no user name; nil for anything else.
    public init?(web: String) {
        let bytes = Array(web.utf8)
        guard let host = Web.host(of: bytes), !host.isEmpty, !host.contains(UInt8(ascii: "@")) else { return nil }
        guard let encoded = Web.encoded(bytes) else { return nil }
        description = encoded
    }

    /// A page of ours that came back to us, such as where to go after signing in; nil when it would lead elsewhere.
    public init?(local: String) {
        let bytes = Array(local.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count == 1 || !Web.isSlash(bytes[1]) else { return nil }
        guard let encoded = Web.encoded(bytes) else { return nil }
        description = encoded
    }

    /// The same address with one more question in it; unchanged when the value is nil.
    public func adding(_ name: String, _ value: (any CustomStringConvertible)?) -> SafeURL {
        guard let value else { return self }
        let parts = description.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let joint = parts[0].contains("?") ? "&" : "?"
        let query = "\(joint)\(Percent.encoded(name))=\(Percent.encoded(value.description))"
        return SafeURL(checked: parts[0] + query + (parts.count > 1 ? "#" + parts[1] : ""))
    }

    /// A page of ours below this one; each segment is encoded whole.
    public func below(_ segments: any CustomStringConvertible...) -> SafeURL {
        var out = String(description.prefix { $0 != "#" && $0 != "?" })
        for segment in segments { Percent.append(segment: segment.description, to: &out) }
        return SafeURL(checked: out)
    }

    /// The same page at another place on it.
    public func at(_ fragment: String) -> SafeURL {
        SafeURL(checked: String(description.prefix { $0 != "#" }) + "#" + Percent.encoded(fragment))
    }

    /// A page of ours as the whole address to print, send or put in a feed.
    public func absolute(on site: SafeURL) -> SafeURL {
        guard description.first == "/" else { return self }
        return SafeURL(checked: (site.description.last == "/" ? String(site.description.dropLast()) : site.description) + description)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

enum Percent {
    /// The literal that an address begins with, without a slash at its end. Most are plain, and taken as they are.
    static func path(_ start: StaticString) -> String {
        let bytes = UnsafeBufferPointer(start: start.utf8Start, count: start.utf8CodeUnitCount)
        guard !isPlainPath(bytes) else { return String(decoding: bytes, as: UTF8.self) }
        return bytes.split(separator: slash).reduce(into: "") { append(segment: String(decoding: $1, as: UTF8.self), to: &$0) }
    }

    /// One segment and the slash before it; nothing for what browsers would read as another place.
    static func append(segment: String, to out: inout String) {
        guard segment != "", segment != ".", segment != ".." else { return }
        out += "/"
        out += encoded(segment)
    }

    private static var slash: UInt8 { UInt8(ascii: "/") }

    /// A slash, then plain segments that are neither empty nor begin with a dot.
    private static func isPlainPath(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.first == slash, bytes.last != slash else { return false }
        var isAfterSlash = false
        for byte in bytes {
            guard isPlain(byte) || byte == slash, !(isAfterSlash && (byte == slash || byte == UInt8(ascii: "."))) else { return false }
            isAfterSlash = byte == slash
        }
        return true
    }

    /// Letters, digits, `-`, `.`, `_` and `~` stay (RFC 3986's unreserved), everything else becomes `%XX` by bytes of UTF-8.
    static func encoded(_ words: String, keeping kept: StaticString = "") -> String {
        let kept = UnsafeBufferPointer(start: kept.utf8Start, count: kept.utf8CodeUnitCount)
        guard !words.utf8.allSatisfy({ isPlain($0) || kept.contains($0) }) else { return words }
        var out = ""
        for byte in words.utf8 {
            if isPlain(byte) || kept.contains(byte) { out.unicodeScalars.append(Unicode.Scalar(byte)) } else { out += escaped(byte) }
        }
        return out
    }

    static func escaped(_ byte: UInt8) -> String {
        let hex = String(byte, radix: 16, uppercase: true)
        return hex.count == 1 ? "%0" + hex : "%" + hex
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}

/// Addresses typed by people, looked at byte by byte.
private enum Web {
    /// What stands between `http://` or `https://` and the next `/`, `?` or `#`; nil for another scheme.
    static func host(of bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let lower = bytes.prefix(8).map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }
        let start = ["https://", "http://"].first { lower.starts(with: $0.utf8) }
        guard let start else { return nil }
        return bytes.dropFirst(start.utf8.count).prefix { !isSlash($0) && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    }

    /// Browsers read `\` as `/`.
    static func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }

    /// Printable ASCII stays, letters of other scripts are percent-encoded; nil for spaces, control characters and what no address may hold.
    static func encoded(_ bytes: [UInt8]) -> String? {
        let forbidden = Array("\"<>\\^`{|} ".utf8)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7f && !forbidden.contains($0) }) else { return nil }
        return bytes.reduce(into: "") { $1 < 0x80 ? $0.unicodeScalars.append(Unicode.Scalar($1)) : ($0 += Percent.escaped($1)) }
    }
}
