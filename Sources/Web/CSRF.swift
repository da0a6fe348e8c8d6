import HTTPTypes
import Kernel

/// Makes sure that a form was sent from a page of ours.
///
/// Two proofs. The browser says where the form stood (`Sec-Fetch-Site`, or `Origin` in browsers before 2023). And a form of
/// somebody signed in carries a token that only our pages hold. Strangers have no token: there is nothing of theirs to misuse.
enum CSRF {
    static func check(_ visit: Visit, _ incoming: Incoming) throws {
        guard isFromHere(incoming), isProven(visit, incoming) else { throw Unproven() }
    }

    /// The form may not be from our page. `Web` answers it with 403.
    struct Unproven: Error {}

    static func isProven(_ visit: Visit, _ incoming: Incoming) -> Bool {
        guard let signIn = visit.signIn else { return true }
        let sent = incoming.headers[token] ?? visit.form.raw("csrf")
        return sent.utf8.elementsEqual(signIn.csrf.utf8)
    }

    private static let token = HTTPField.Name("X-CSRF-Token") ?? .cookie
    private static let site = HTTPField.Name("Sec-Fetch-Site") ?? .cookie

    /// As `isFromHere`, and the browser said so: a program that says nothing is not believed.
    static func isSurelyFromHere(_ incoming: Incoming) -> Bool {
        if let site = incoming.headers[site] { return site == "same-origin" }
        return incoming.headers[.origin] != nil && isFromHere(incoming)
    }

    static func isFromHere(_ incoming: Incoming) -> Bool {
        if let site = incoming.headers[site] { return site == "same-origin" || site == "none" }
        // No browser, or an old one: then Origin, where there is one, must name the host that was asked.
        guard let origin = incoming.headers[.origin], let host = incoming.host else { return true }
        return origin.split(separator: "/").last.map { $0 == host[...] } ?? false
    }
}
