/// A language that a leaflet may be translated into, as its speakers write its name.
public struct Tongue: Sendable, Encodable, Hashable {
    /// A BCP 47 tag.
    public let code: String
    public let name: String
    public let isRightToLeft: Bool
    /// That the English page has changed since, in this language; nil of English.
    let behind: String?

    private enum CodingKeys: String, CodingKey { case code, name, isRightToLeft }

    private init(_ code: String, _ name: String, rightToLeft: Bool = false, behind: String? = nil) {
        self.code = code
        self.name = name
        isRightToLeft = rightToLeft
        self.behind = behind
    }

    public static let all = [
        Tongue("en", "English"), Tongue("ar", "العربية", rightToLeft: true, behind: W.behindAr), Tongue("bn", "বাংলা", behind: W.behindBn),
        Tongue("bg", "Български", behind: W.behindBg),
        Tongue("cy", "Cymraeg", behind: W.behindCy), Tongue("es", "Español", behind: W.behindEs),
        Tongue("fa", "فارسی", rightToLeft: true, behind: W.behindFa), Tongue("fr", "Français", behind: W.behindFr),
        Tongue("gu", "ગુજરાતી", behind: W.behindGu), Tongue("he", "עברית", rightToLeft: true, behind: W.behindHe),
        Tongue("it", "Italiano", behind: W.behindIt), Tongue("lt", "Lietuvių", behind: W.behindLt),
        Tongue("pl", "Polski", behind: W.behindPl), Tongue("pt", "Português", behind: W.behindPt),
        Tongue("ro", "Română", behind: W.behindRo), Tongue("so", "Soomaali", behind: W.behindSo), Tongue("sq", "Shqip", behind: W.behindSq),
        Tongue("ta", "தமிழ்", behind: W.behindTa), Tongue("tr", "Türkçe", behind: W.behindTr), Tongue("uk", "Українська", behind: W.behindUk),
        Tongue("ur", "اردو", rightToLeft: true, behind: W.behindUr),
        Tongue("zh", "中文", behind: W.behindZh),
    ]

    public static func of(_ code: String) -> Tongue? { all.first { $0.code == code } }
}
