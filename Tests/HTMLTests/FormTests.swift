import Kernel
import Testing

@testable import HTML

@Suite struct FormTests {
    private let context = Writer.Context(csrf: "proof\"", submission: "copy")

    @Test func `Every form that changes something carries the proof that it is ours`() {
        let html = HTML {
            form(post: .path("/a")) { button("Send") }
            postButton("Sign out", to: .path("/b"))
        }.string(in: context)
        #expect(html.count(of: "<input type=\"hidden\" name=\"csrf\" value=\"proof&quot;\">") == 2)
    }

    @Test func `Two forms of one page are not taken for one sent twice`() {
        let html = HTML {
            form(post: .path("/a")) { button("Send") }
            form(post: .path("/a")) { button("Send") }
        }.string(in: context)
        #expect(html.contains("value=\"copy-1\"") && html.contains("value=\"copy-2\""))
    }

    @Test func `A form that only looks something up carries nothing secret`() {
        let html = form(get: .path("/a"), label: "Search") { button("Find") }.string(in: context)
        #expect(!html.contains("csrf") && !html.contains("copy"))
    }

    @Test func `A stranger's form has no proof to carry`() {
        #expect(!form(post: .path("/a")) { button("Send") }.string().contains("hidden"))
    }

    @Test func `Every way of typing has a label of its own`() {
        let html = Samples.fields.string()
        let labelled = Set(html.matches(of: /<label for="([^"]*)"/).map { String($0.1) })
        let controls = html.matches(of: /<(?:input|textarea|select)[^>]* id="([^"]*)"/).map { String($0.1) }
        #expect(controls.count > 20)
        for id in controls { #expect(labelled.contains(id)) }
    }

    @Test func `Every field with a problem can be reached from the summary`() {
        let html = Samples.fields.string()
        for problem in Samples.problems.list {
            #expect(html.matches(of: /<(?:input|textarea|select)[^>]* id="([^"]*)"/).contains { $0.1 == problem.field })
            #expect(html.contains("id=\"\(problem.field)-problem\""))
        }
    }

    @Test func `The limit is said before and nothing is cut`() {
        let html = textArea("words", label: "Words", limit: 4000).string()
        #expect(html.contains("You can type up to 4,000 characters."))
        #expect(html.contains("data-limit=\"4000\"") && !html.contains("maxlength"))
        #expect(html.contains("aria-describedby=\"words-limit\""))
    }

    @Test func `A line end typed first is not lost`() {
        #expect(textArea("words", label: "Words", value: "\nx").string().contains(">\n\nx</textarea>"))
    }

    @Test func `A password is never written back`() {
        #expect(!passwordField("password", label: "Password").string().contains("value="))
    }

    @Test func `What was chosen stays chosen`() {
        let options = [Choice("a", "A"), Choice("b", "B")]
        #expect(radios("r", legend: "R", options: options, value: "b").string().contains("value=\"b\" checked>"))
        #expect(checkboxes("c", legend: "C", options: options, values: ["a", "b"]).string().count(of: " checked") == 2)
        #expect(selectField("s", label: "S", options: options, value: "b").string().contains("<option value=\"b\" selected>"))
    }

    @Test func `What only some must answer is there without scripts`() {
        let options = [Choice("phone", "By phone") { telField("tel", label: "Number") }]
        let html = radios("how", legend: "How?", options: options).string()
        #expect(html.contains("id=\"how-then\"") && html.contains("name=\"tel\"") && !html.contains("hidden"))
    }

    @Test func `A day is asked in three fields and shown as it was typed`() {
        let html = dateField("met", legend: "When?", value: DateParts(day: "32", month: "x", year: "")).string()
        for name in ["met-day", "met-month", "met-year"] { #expect(html.contains("name=\"\(name)\"")) }
        #expect(html.contains("value=\"32\"") && html.contains("value=\"x\""))
    }
}
