/// A language that a leaflet may be translated into, as its speakers write its name.
public struct Tongue: Sendable, Encodable, Hashable {
    /// A BCP 47 tag.
    public let code: String
    public let name: String
    public let isRightToLeft: Bool

    private init(_ code: String, _ name: String, rightToLeft: Bool = false) {
        self.code = code
        self.name = name
        isRightToLeft = rightToLeft
    }

    public static let all = [
        Tongue("en", "English"), Tongue("ar", "العربية", rightToLeft: true), Tongue("bn", "বাংলা"), Tongue("bg", "Български"),
        Tongue("cy", "Cymraeg"), Tongue("es", "Español"), Tongue("fa", "فارسی", rightToLeft: true), Tongue("fr", "Français"),
        Tongue("gu", "ગુજરાતી"), Tongue("he", "עברית", rightToLeft: true), Tongue("it", "Italiano"), Tongue("lt", "Lietuvių"),
        Tongue("pl", "Polski"), Tongue("pt", "Português"), Tongue("ro", "Română"), Tongue("so", "Soomaali"), Tongue("sq", "Shqip"),
        Tongue("ta", "தமிழ்"), Tongue("tr", "Türkçe"), Tongue("uk", "Українська"), Tongue("ur", "اردو", rightToLeft: true),
        Tongue("zh", "中文"),
    ]

    public static func of(_ code: String) -> Tongue? { all.first { $0.code == code } }
}
