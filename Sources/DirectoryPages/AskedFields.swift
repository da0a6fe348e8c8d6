import Finding
import HTML
import Kernel
import Web

/// The fields of a search as they stand in the address of the page.
struct AskedFields: Sendable, Encodable {
    var words: String
    var place: String
    var age: String
    var need: String
    var miles: String
    var language: String
    var ticked: [String]
    /// What places may say nothing of, such as `cost-too`.
    var unsaid: [String]
    /// Whether the words are looked for as they are, without lifting a place or an age out of them.
    var isPlain: Bool

    private enum CodingKeys: String, CodingKey { case words, place, age, need, miles, language }

    init(_ visit: Visit) {
        func typed(_ name: String, _ limit: Int) -> String { String(PlainText.line(visit.query[name] ?? "").prefix(limit)) }
        func chosen(_ names: [String]) -> [String] { names.filter { visit.query[$0] == "yes" } }
        // 300 letters hold more than anybody types into a box; what comes after is not looked for.
        words = typed("q", 300)
        place = typed("place", 40)
        age = typed("age", 10)
        need = typed("need", 40)
        miles = typed("miles", 4)
        language = typed("language", 40)
        ticked = chosen(AskedFor.traits.map(\.name) + ["open"])
        unsaid = chosen(Unsaid.all.map(\.name))
        isPlain = visit.query["plain"] == "yes"
    }

    /// What was asked for, under another address.
    func of(_ path: StaticString) -> SafeURL {
        let asked = [("q", words), ("place", place), ("miles", miles), ("age", age), ("need", need), ("language", language)]
        let chosen = ticked + unsaid + (isPlain ? ["plain"] : [])
        return (asked.filter { !$0.1.isEmpty } + chosen.map { ($0, "yes") }).reduce(SafeURL.path(path)) { $0.adding($1.0, $1.1) }
    }

    /// The same with something changed.
    func with(_ change: (inout Self) -> Void) -> Self {
        var other = self
        change(&other)
        return other
    }
}

/// Something that places may say nothing of, its name in the address, and the sentence that offers to show them too.
struct Unsaid: Sendable {
    let name: String
    let what: FindingQuestion.Unsaid
    let sentence: @Sendable (Int) -> String

    static let all = [
        Unsaid(name: "cost-too", what: .cost) { W.unsaidCost(n: $0) }, Unsaid(name: "space-too", what: .space) { W.unsaidSpace(n: $0) },
        Unsaid(name: "ways-too", what: .ways) { W.unsaidWays(n: $0) }, Unsaid(name: "access-too", what: .access) { W.unsaidAccess(n: $0) },
        Unsaid(name: "language-too", what: .language) { W.unsaidLanguage(n: $0) },
        Unsaid(name: "hours-too", what: .hours) { W.unsaidHours(n: $0) },
    ]

    /// Whether a question leaves out places because of what they do not say of this.
    func concerns(_ question: FindingQuestion) -> Bool {
        guard !question.unsaid.contains(what) else { return false }
        let access: FindingItem.Traits = [.stepFree, .signLanguage, .quiet]
        return what == .cost && question.traits.contains(.free) || what == .space && question.traits.contains(.hasSpace)
            || what == .ways && question.traits.contains(.selfReferral) || what == .access && !question.traits.isDisjoint(with: access)
            || what == .language && question.language != nil || what == .hours && question.openAt != nil
    }
}
