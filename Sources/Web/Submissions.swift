import HTML
import Kernel
import Store

/// The same form sent twice, by an impatient thumb or a bad connection, is done once and answered the same.
///
/// Every form carries a token of its own, put in by the form component. The table `submissions` remembers for a day where each led, with
/// a digest of all that was typed: who goes back, changes the words and sends again has sent something new.
enum Submissions {
    static func once(_ visit: Visit, _ tx: Transaction, _ send: () throws -> Answer) throws -> Answer {
        let token = visit.form["submission"]
        guard token.utf8.count >= 20, token.utf8.count <= 64 else { return try send() }
        let mine = SignInCookie.digest(visit.form.fingerprint + (visit.signIn?.digest ?? "") + visit.path)
        if let location: String = try tx.value("SELECT location FROM submissions WHERE token = \(mine)"), let url = SafeURL(local: location)
        {
            return .see(url)
        }
        let answer = try send()
        if case .see(let url) = answer.content, answer.cookie == nil {
            try tx.run("INSERT INTO submissions (token, location, at) VALUES (\(mine), \(url.description), \(visit.at))")
        }
        return answer
    }
}
