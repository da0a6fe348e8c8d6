import HTML
import HTTPTypes
import Kernel

/// What somebody typed into a form that could not be taken just then: the error page gives it back to them, so that nothing is lost.
///
/// It stands in that one answer (`no-store`) and nowhere else: it is kept in no table and no log. Not for what holds a secret, and only where
/// the browser says that the form stood on a page of ours: or any site could have somebody press our button with its own words behind it.
struct Typed: Sendable {
    let action: SafeURL
    /// Every field as it was sent. The form's own mark is among them: what was done after all is not done twice.
    private let fields: [(name: String, value: String)]
    /// What is worth reading again: what has more than one word.
    let words: [String]
    /// It had a file with it, which stands on their machine and not in a page of ours: only they can send it again.
    let hadFile: Bool

    /// Fields that are never written back into a page.
    static let secrets: Set<String> = ["password", "current", "code", "key"]
    private static let ours: Set<String> = ["csrf", "submission", "version", "from"]

    init?(_ incoming: Incoming) {
        let visit = incoming.visit
        guard visit.method == .post, !visit.wantsJSON, CSRF.isSurelyFromHere(incoming), let action = SafeURL(local: visit.address) else {
            return nil
        }
        let sent = visit.form.sent
        guard !sent.contains(where: { Self.secrets.contains($0.name) }) else { return nil }
        self.action = action
        fields = sent
        hadFile = !visit.form.files.isEmpty
        words = sent.filter { !Self.ours.contains($0.name) }.map { PlainText.clean($0.value) }.filter { $0.contains(" ") }
    }

    /// The words, and a button that sends the form again; without the button where that would be refused again.
    ///
    /// - Parameter csrf: the proof for whoever is signed in now; nil where nobody can tell, and the form's own is sent again.
    func html(_ heading: String, button label: String?, csrf: String?) -> HTML {
        HTML {
            if !words.isEmpty { section(heading) { for one in words { quote(one) } } }
            if let label {
                form(sendingAgain: action, fields: fields.map { ($0.name, $0.name == "csrf" ? csrf ?? $0.value : $0.value) }) {
                    button(label)
                }
            }
        }
    }
}
