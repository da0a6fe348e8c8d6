import Crypto
import HTTPTypes
import Kernel

/// The cookie that says who is signed in: a token of 160 bits; the database holds only its digest.
public enum SignInCookie {
    /// `__Host-`: browsers take it only over a safe connection, for this host alone and for all its paths.
    static let name = "__Host-heard"

    public static func newToken(_ chance: Chance) -> String { chance.token(32) }

    public static func digest(_ token: String) -> String { Hex.text(of: SHA256.hash(data: Array(token.utf8))) }

    /// What only the browser with this token can have: it opens what was sealed for it, and the database cannot.
    public static func seal(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Array("seal \(token)".utf8))) }

    static func token(in headers: HTTPFields) -> String? { Cookies.value(of: name, in: headers) }

    /// Lax: sent when somebody follows a link to us, never with a form from elsewhere.
    static func header(_ change: Answer.CookieChange) -> String {
        switch change {
        case .set(let token, let days): "\(name)=\(token); Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=\(days * 86_400)"
        case .forget: "\(name)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
        }
    }
}
