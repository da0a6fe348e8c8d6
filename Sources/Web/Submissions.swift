import Crypto
import Foundation
import HTML
import Kernel
import Store

/// The same form sent twice, by an impatient thumb or a bad connection, is done once and answered the same.
///
/// Every form carries a token of its own, put in by the form component. The table `submissions` remembers for a day where each led, with
/// a digest of all that was typed: who goes back, changes the words and sends again has sent something new.
///
/// Where it led may be a receipt's code, which opens what somebody said. So it is kept sealed, with a key made from the form's own token and
/// words: whoever has the database alone can open none of them.
enum Submissions {
    static func once(_ visit: Visit, _ tx: Transaction, _ send: () throws -> Answer) throws -> Answer {
        let token = visit.form["submission"]
        guard token.utf8.count >= 20, token.utf8.count <= 64 else { return try send() }
        let form = visit.form.fingerprint + (visit.signIn?.digest ?? "") + visit.path
        let mine = SignInCookie.digest(form)
        if let sealed: String = try tx.value("SELECT location FROM submissions WHERE token = \(mine)"), let url = open(sealed, form) {
            return .see(url)
        }
        let answer = try send()
        if case .see(let url) = answer.content, answer.cookie == nil, answer.pocket == nil {
            try tx.run("INSERT INTO submissions (token, location, at) VALUES (\(mine), \(seal(url, form)), \(visit.at))")
        }
        return answer
    }

    private static func key(_ form: String) -> SymmetricKey { SymmetricKey(data: SHA256.hash(data: Array(("location of " + form).utf8))) }

    private static func seal(_ url: SafeURL, _ form: String) throws -> String {
        let box = try AES.GCM.seal(Array(url.description.utf8), using: key(form))
        return Data(box.nonce + box.ciphertext + box.tag).base64EncodedString()
    }

    private static func open(_ sealed: String, _ form: String) -> SafeURL? {
        guard let bytes = Data(base64Encoded: sealed), let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key(form))
        else {
            return nil
        }
        return SafeURL(local: String(decoding: plain, as: UTF8.self))
    }
}
