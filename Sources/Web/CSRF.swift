import HTTPTypes
import Kernel

/// Makes sure that a form was sent from a page of ours.
///
/// Two proofs. The browser says where the form stood (`Sec-Fetch-Site`, or `Origin` in browsers before 2023). And a form of
/// somebody signed in carries a token that only our pages hold. Strangers have no token: there is nothing of theirs to misuse.
enum CSRF {
    static func check(_ visit: Visit, _ incoming: Incoming) throws {
        guard isFromHere(incoming), isProven(visit, incoming) else { throw Refusal.notAllowed(because: W.forged) }
    }

    static func isProven(_ visit: Visit, _ incoming: Incoming) -> Bool {
        guard let signIn = visit.signIn else { return true }
        let sent = incoming.headers[token] ?? visit.form.raw("csrf")
        return sent.utf8.elementsEqual(signIn.csrf.utf8)
    }

    private static let token = HTTPField.Name("X-CSRF-Token") ?? .cookie
    private static let site = HTTPField.Name("Sec-Fetch-Site") ?? .cookie

    static func isFromHere(_ incoming: Incoming) -> Bool {
        if let site = incoming.headers[site] { return site == "same-origin" || site == "none" }
        // No browser, or an old one: then Origin, where there is one, must name the host that was asked.
        guard let origin = incoming.headers[.origin], let host = incoming.host else { return true }
        return origin.split(separator: "/").last.map { $0 == host[...] } ?? false
    }
}
