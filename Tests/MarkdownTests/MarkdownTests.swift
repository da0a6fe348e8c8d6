import HTML
import Markdown
import Testing

@Suite struct MarkdownTests {
    private func shown(_ text: String) -> String { Markdown(text).html().string() }

    @Test func `Paragraphs, lists, links and emphasis come through`() {
        let html = shown("Ring *us* or **write**.\n\n- one\n- [two](/help)\n\n1. first")
        #expect(html.contains("<p>Ring <em>us</em> or <strong>write</strong>.</p>"))
        #expect(html.contains("<li>one</li>"))
        #expect(html.contains("<a href=\"/help\">two</a>"))
        #expect(html.contains("<ol><li>first</li></ol>"))
    }

    @Test func `Headings begin at the level of the page and skip none, however they were typed`() {
        let html = shown("#### Who decides\n\nWe do.\n\n###### How\n\nTogether.\n\n# After\n\nYou hear.")
        #expect(html.contains("<section id=\"part-who-decides\"><h2>Who decides</h2>"))
        #expect(html.contains("<h3>How</h3>"))
        #expect(html.contains("<h2>After</h2>"))
        #expect(!html.contains("<h1"))
    }

    @Test func `Two headings alike have places of their own`() {
        #expect(Markdown("# More\n\na\n\n# More\n\nb").parts.map(\.id) == ["part-more", "part-more-2"])
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "hello <img src=x onerror=alert(1)> you", "<div onclick=\"alert(1)\">hi</div>", "<!-- note -->",
        "<svg onload=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>", "<style>body{display:none}</style>",
    ]) func `Tags are left out and the writer is told`(_ hostile: String) {
        let text = Markdown(hostile)
        #expect(text.leftOut == [.html])
        let html = text.html().string()
        for sign in ["<script", "<img", "<div", "<!--", "<svg", "<a", "<style", "onerror=", "onclick="] { #expect(!html.contains(sign)) }
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,hello", "vbscript:x", "//evil.example", "file:///etc/passwd",
        "java&#115;cript:alert(1)", "&#x6A;avascript:alert(1)", "java%0ascript:alert(1)", "\\javascript:alert(1)", "mailto:nobody",
    ]) func `A link to anything but a page, a mailbox or a telephone stays as its words`(_ url: String) {
        let text = Markdown("[press](<\(url)>)")
        #expect(!text.html().string().contains("<a"))
        #expect(text.html().string().contains("press"))
        #expect(text.leftOut == [.link])
    }

    @Test(arguments: ["https://www.nhs.uk/", "/barnet-camhs", "#part-how", "mailto:camhs@example.org", "tel:02079460000"])
    func `Links to pages, mailboxes and telephones work`(_ url: String) {
        #expect(shown("[press](\(url))").contains("<a href=\"\(url)\">press</a>"))
    }

    @Test func `A picture leaves the words that stand for it`() {
        let text = Markdown("![A clock](https://tracker.example/x.gif)")
        #expect(text.html().string() == "<p>A clock</p>")
        #expect(text.leftOut == [.picture])
    }

    @Test func `Signs of HTML in words, code and tables are escaped`() {
        let html = shown("1 < 2 &amp; `<script>`\n\n| <b>a | b |\n|---|---|\n| `<i>` | \"x\" |\n\n    <script>\n")
        #expect(!html.contains("<script>"))
        #expect(!html.contains("<b>"))
        #expect(html.contains("1 &lt; 2 &amp; <code>&lt;script&gt;</code>"))
    }

    @Test func `A table keeps its rows and says its columns`() {
        let html = shown("| Step | For whom |\n|---|---|\n| One | You |")
        #expect(html.contains("<th scope=\"col\">For whom</th>"))
        #expect(html.contains("<th scope=\"row\">One</th><td>You</td>"))
    }

    @Test func `A huge table is cut, and the writer is told`() {
        let row = "|" + String(repeating: " x |", count: 40) + "\n"
        let text = Markdown(row + "|" + String(repeating: "---|", count: 40) + "\n" + String(repeating: row, count: 500))
        guard case .table(let columns, let rows)? = text.blocks.first else {
            Issue.record("no table")
            return
        }
        #expect(columns.count == Markdown.Limits.columns)
        #expect(rows.count == Markdown.Limits.rows)
        #expect(text.leftOut == [.table])
    }

    @Test(arguments: [
        String(repeating: "> ", count: 20_000) + "x", String(repeating: "- ", count: 10_000) + "x",
        String(repeating: "*a **b ", count: 5_000),
        String(repeating: "[", count: 50_000), String(repeating: "![", count: 20_000), String(repeating: "`a``b", count: 10_000),
        String(repeating: "_", count: 50_000), String(repeating: "| ", count: 20_000) + "\n" + String(repeating: "|-", count: 20_000),
        String(repeating: "&", count: 50_000), String(repeating: "<!", count: 20_000), String(repeating: "a**b" + "c* ", count: 10_000),
    ]) func `Deep and endless signs are read within two seconds and break nothing`(_ hostile: String) {
        let clock = ContinuousClock()
        let took = clock.measure { #expect(!Markdown(hostile).html().string().contains("<script")) }
        #expect(took < .seconds(2), "\(took)")
    }

    @Test func `Lists within lists within lists end somewhere, and the writer is told`() {
        let deep = (0..<12).map { String(repeating: "  ", count: $0) + "- level \($0)" }.joined(separator: "\n")
        let text = Markdown(deep)
        #expect(text.leftOut == [.nesting])
        #expect(text.html().string().contains("level 5"))
    }

    @Test func `A text beyond the limit is cut at a line, and the writer is told`() {
        let text = Markdown(String(repeating: "One line of words.\n\n", count: 10_000))
        #expect(text.leftOut == [.length])
        #expect(text.paragraphs.allSatisfy { $0 == "One line of words." })
    }

    @Test func `Plain text has a paragraph for each heading, item and cell`() {
        let text = Markdown("# Who\n\nWe *do*.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |")
        #expect(text.paragraphs == ["Who", "We do.", "one", "two", "a", "b", "c", "d"])
    }

    @Test func `A word of the glossary is linked where it first stands, as a whole word, and not in headings or links`() {
        let text = Markdown("# Triage\n\n[Triage](/x) is not striage. Triage is sorting. Triage again. Peer support group.")
        let html = text.linking([("triage", .path("/t")), ("group", .path("/g")), ("peer support group", .path("/p"))]).html().string()
        #expect(html.contains("<h2>Triage</h2>"))
        #expect(html.contains("not striage. <a href=\"/t\">Triage</a> is sorting. Triage again."))
        #expect(html.contains("<a href=\"/p\">Peer support group</a>"))
        #expect(!html.contains("/g"))
    }
}
