import Actions
import Decisions
import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

public enum RepliesRoutes {
    public static func add(to site: Site) {
        let replies = "/:service/projects/:project/themes/:theme/replies"
        site.page(replies + "/new", form)
        site.post(replies, again: form) { visit, tx in
            let here = try ThemeVisit(visit, tx)
            try ReplyPolicy.write(in: here.theme.place, by: visit.actor)
            var form = visit.form
            let words = form.text("words", limit: WriteReply.limit, empty: W.wordsEmpty)
            try form.check()
            switch form["step"] {
            case "send":
                try WriteReply.run(to: here.theme.id, words: words, by: visit.deed, tx)
                return .see(here.url.adding("done", "replied"))
            case "change": return .page(try self.form(visit, tx))
            default: return .page(try CheckReplyPage(here, words: words, tx))
            }
        }
    }

    @Sendable private static func form(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ThemeVisit(visit, tx)
        try ReplyPolicy.write(in: here.theme.place, by: visit.actor)
        let words = Question.text("words", W.words, in: visit.form, hint: W.wordsHint, limit: WriteReply.limit, rows: 8)
        return FormPage(
            W.write,
            here.surroundings(),
            caption: here.theme.title,
            lead: W.writeLead,
            facts: try facts(here, tx),
            parts: [FormPage.Part([words])],
            sendTo: here.here("replies"),
            button: W.check,
            otherwise: here.back,
            problems: visit.form.problems
        )
    }

    /// What the answer stands beside: what was said, decided, and changed.
    static func facts(_ here: ThemeVisit, _ tx: Transaction) throws -> [FormPage.Fact] {
        var facts = [FormPage.Fact(W.theySaid, here.theme.said)]
        if let decision = try DecisionStore.newest(of: here.theme.id, tx) {
            facts.append(FormPage.Fact(decision.outcome.label, decision.words))
            if !decision.reasons.isEmpty { facts.append(FormPage.Fact(W.reasons, decision.reasons)) }
        }
        let changes = try ChangeStore.of(here.theme.id, tx)
        return facts + changes.map { FormPage.Fact(W.changed(day: here.dates.day($0.since)), $0.words) }
    }
}

/// "Check your answer before it goes to 12 people."
struct CheckReplyPage: Page {
    struct Way: Encodable, Sendable {
        let way: String
        let people: Int
    }

    let heading: String
    let caption: String?
    let surroundings: Surroundings
    let words: String
    let facts: [FormPage.Fact]
    let ways: [Way]
    /// Those whom nobody has answered yet: they would hear the end before the beginning.
    let unheard: Int
    let sendTo: SafeURL

    init(_ here: ThemeVisit, words: String, _ tx: Transaction) throws {
        let audience = try ReplyStore.audience(of: here.theme.id, tx)
        heading = W.checkHeading(n: audience.total)
        caption = here.theme.title
        surroundings = here.surroundings()
        self.words = words
        facts = try RepliesRoutes.facts(here, tx)
        ways = audience.byWay.sorted { $0.key < $1.key }.map { Way(way: Self.label($0.key), people: $0.value) }
        unheard = try ReplyStore.unheard(in: here.theme.id, tx)
        sendTo = here.here("replies")
    }

    private static func label(_ way: String) -> String {
        switch way {
        case "phone": W.byPhone
        case "email": W.byEmail
        case "text": W.byText
        case "letter": W.byLetter
        case "in-person": W.inPerson
        default: W.byReceipt
        }
    }

    var html: HTML {
        HTML {
            section(W.yourAnswer) { quote(words) }
            section(W.whoGetsIt) {
                if ways.isEmpty { p(W.nobodyYet) }
                if unheard > 0 { warningText(W.unheard(n: unheard)) }
                ul { for way in ways { li(W.wayCount(way: way.way, n: way.people)) } }
            }
            section(W.standsBeside) { summaryList(facts.map { SummaryRow($0.label, $0.words) }) }
            form(post: sendTo) {
                hidden("words", words)
                buttons {
                    button(W.send, name: "step", value: "send")
                    button(W.changeIt, kind: .secondary, name: "step", value: "change")
                }
            }
        }
    }
}
