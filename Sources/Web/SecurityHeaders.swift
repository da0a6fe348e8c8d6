import HTTPTypes
import Hummingbird

/// What every response tells the browser not to do.
enum SecurityHeaders {
    static func add(to response: inout Response, isSecure: Bool) {
        // A page that shows pictures of others has said so already.
        for (name, value) in always where response.headers[name] == nil { response.headers[name] = value }
        if isSecure, let name = HTTPField.Name("Strict-Transport-Security") {
            response.headers[name] = "max-age=31536000; includeSubDomains"
        }
    }

    /// Pictures from one other host are let in, and nothing else of it.
    static func allowPictures(from origin: String, in headers: inout HTTPFields) {
        if let name = HTTPField.Name("Content-Security-Policy") { headers[name] = contents(pictures: " " + origin) }
    }

    private static func contents(pictures: String) -> String {
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:\(pictures); media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }

    private static let always: [(HTTPField.Name, String)] = [
        ("Content-Security-Policy", contents(pictures: "")),
        ("X-Content-Type-Options", "nosniff"),
        // A receipt's address is a secret: no other site may learn it from a link that was followed.
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
}
