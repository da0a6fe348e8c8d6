import Kernel
import Testing

@testable import HTML

@Suite struct EscapingTests {
    @Test func `The five signs that mean something in HTML are replaced`() {
        #expect(p("<b>&\"'").string() == "<p>&lt;b&gt;&amp;&quot;&#39;</p>")
    }

    /// Each pair is one character in Swift, and that character is neither `"` nor `<`: a library that looked at characters let them through.
    @Test(arguments: ["\"\u{301}", "\u{600}<", "<\u{301}script>", "'\u{20d2}", "&\u{fe0f}", "\r\n<"])
    func `A sign that a combining mark clings to is still replaced`(payload: String) {
        let page = p { span(payload, class: payload) }.string()
        let inside = page.dropFirst("<p><span class=\"".count).dropLast("</span></p>".count)
        let parts = inside.utf8.split(separator: UInt8(ascii: ">"))
        #expect(parts.count == 2, "the tag ends once, at its own end")
        #expect(inside.utf8.count { $0 == UInt8(ascii: "\"") } == 1, "the value's own closing quote")
        #expect(!inside.utf8.contains(UInt8(ascii: "<")) && !inside.utf8.contains(UInt8(ascii: "'")))
    }

    @Test func `Quotes cannot end an attribute`() {
        let payload = "\" onmouseover=\"alert(1)"
        #expect(textField("a", label: "A", value: payload).string().contains("value=\"&quot; onmouseover=&quot;alert(1)\""))
        #expect(div(class: payload, id: payload) { "x" }.string().hasPrefix("<div id=\"&quot; onmouseover=&quot;alert(1)\" class=\"&quot;"))
    }

    @Test func `A script's end tag does not end anything`() {
        let page = textArea("words", label: "Words", value: "</textarea></script><script>alert(1)</script>").string()
        #expect(!page.contains("<script>"))
        #expect(page.components(between: "<textarea", and: "</textarea>").contains("&lt;/textarea&gt;"))
    }

    @Test func `NUL and other control characters show as a mark, line ends and tabs stay`() {
        #expect(p("a\0b\u{8}c\u{1b}\td\n").string() == "<p>a\u{fffd}b\u{fffd}c\u{fffd}\td\n</p>")
    }

    @Test func `Every byte but the unsafe ones comes through as it was`() {
        let all = String(String.UnicodeScalarView((0x20..<0x3000).compactMap { Unicode.Scalar($0) }))
        let unescaped = String(p(all).string().dropFirst(3).dropLast(4))
            .replacingAll([("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")])
        #expect(unescaped == all)
    }

    @Test(arguments: 0...40)
    func `Pieces of every length come out whole`(length: Int) {
        let words = String("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".prefix(length))
        #expect(p { "<\(words)&\(words)" }.string() == "<p>&lt;\(words)&amp;\(words)</p>")
    }

    @Test func `Words longer than the buffer are all written`() {
        let long = String(repeating: "Ŵyt<", count: 40_000)
        #expect(p(long).string().utf8.count == 7 + 40_000 * ("Ŵyt".utf8.count + 4))
    }

    @Test func `What is put into a sentence is escaped with it`() {
        let name = "<i>"
        let cell: HTML = "Hello \(name)"
        #expect(cell.string() == "Hello &lt;i&gt;")
    }

    @Test func `Only a sanitiser's markup stands as it is`() {
        let safe = SafeHTML(sanitised: Array("<p>Fine</p>".utf8))
        #expect(div { safe }.string() == "<div><p>Fine</p></div>")
    }

    @Test func `Components of every kind escape what they are given`() {
        let bad = "<x>\"'&"
        var problems = Problems()
        problems.add("f", bad)
        let option = Choice(bad, bad, hint: bad)
        let pieces: [HTML] = [
            a(bad, about: bad, to: .anchor(bad), class: bad), time(iso: bad, bad), tag(bad), badge(bad, bad),
            quote(bad, by: bad, language: bad), progress(bad, step: 1, of: 2, words: bad), errorSummary(problems), hidden(bad, bad),
            radios("f", legend: bad, options: [option], hint: bad, problems: problems), selectField("f", label: bad, options: [option]),
            dateField("f", legend: bad, value: DateParts(day: bad, month: bad, year: bad)),
            scale("f", legend: bad, from: (0, bad), to: (2, bad)), button(bad, about: bad, name: bad, value: bad),
            table(caption: bad, columns: [TableColumn(bad)], rows: [TableRow(bad, [HTML(bad)])]), summaryList([SummaryRow(bad, bad)]),
            path(label: bad, steps: [PathStep(bad, .done, who: bad, words: bad, stateWords: bad)]),
            svg(.words(bad, x: 0, y: 0, class: bad), title: bad, description: bad, width: 1, height: 1, caption: bad),
            copyButton(bad, copies: bad), notificationBanner(bad), section(bad, id: bad) { bad }, figure(caption: bad) { bad },
            personCard(bad, role: bad, perspective: bad),
        ]
        for piece in pieces {
            #expect(!piece.string().contains("<x>"))
            #expect(!piece.string().contains("\"'&\""))
        }
    }
}

extension String {
    func replacingAll(_ pairs: [(String, String)]) -> String { pairs.reduce(self) { $0.replacing($1.0, with: $1.1) } }

    /// What stands between the first `start` and the first `end` after it.
    func components(between start: String, and end: String) -> String {
        guard let from = firstRange(of: start), let to = self[from.upperBound...].firstRange(of: end) else { return "" }
        return String(self[from.upperBound..<to.lowerBound])
    }

    func count(of words: String) -> Int { ranges(of: words).count }
}
