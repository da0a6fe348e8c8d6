import HTML
import Kernel

/// What a route gives back.
public struct Answer: Sendable {
    enum Content: Sendable {
        case page(any Page)
        case see(SafeURL)
        case bytes([UInt8], type: String, Surroundings)
        case cached(CachedPage)
    }

    /// What happens to the browser's sign-in cookie.
    public enum CookieChange: Sendable {
        case set(token: String, days: Int)
        case forget
    }

    /// What happens to the code that a browser carries without an account.
    public enum PocketChange: Sendable {
        case carry(String)
        case forget
    }

    let content: Content
    let status: Int
    public var cookie: CookieChange?
    public var pocket: PocketChange?
    /// Set where this very answer signed somebody in or out: the frame of its page then shows who is here now.
    public var arrival: (actor: Actor, signIn: SignIn?)?
    var retryAfter: Int?

    public static func page(_ page: any Page, status: Int = 200) -> Answer { Answer(content: .page(page), status: status) }

    /// "Done; now look here": 303, so that reloading sends nothing twice.
    public static func see(_ url: SafeURL, cookie: CookieChange? = nil) -> Answer {
        Answer(content: .see(url), status: 303, cookie: cookie)
    }

    /// Something that is no page: a feed, a picture, a file.
    public static func bytes(_ bytes: [UInt8], type: String, _ surroundings: Surroundings = Surroundings()) -> Answer {
        Answer(content: .bytes(bytes, type: type, surroundings), status: 200)
    }

    init(content: Content, status: Int, cookie: CookieChange? = nil) {
        self.content = content
        self.status = status
        self.cookie = cookie
    }
}
