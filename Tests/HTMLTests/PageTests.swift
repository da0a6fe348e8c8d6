import Kernel
import Testing

@testable import HTML

@Suite struct PageTests {
    private func frame(@HTMLBuilder _ body: () -> HTML) -> Frame {
        Frame(
            "Have your say",
            product: Link("Heard", to: .path("/")),
            worry: Link("I’m worried about someone", to: .path("/worried")),
            rightNow: HTML { p("If someone is in danger now, call 999.") },
            footer: [Link("Privacy", to: .path("/privacy"))],
            body
        )
    }

    @Test func `Headings follow the nesting, and the page has one top heading`() {
        let page = frame {
            section("A") {
                section("B") { card("C") { "x" } }
                section("D") { "x" }
            }
            section("E") { "x" }
        }.html.string()
        let levels = page.matches(of: /<h([1-6])>(.*?)<\/h[1-6]>/).map { "\($0.1) \($0.2)" }
        #expect(levels == ["1 Have your say", "2 A", "3 B", "4 C", "3 D", "2 E"])
    }

    @Test func `Beyond the sixth level headings stay at the sixth`() {
        let deep = (0..<8).reduce(HTML("x")) { inner, _ in section("S") { inner } }
        #expect(deep.string().contains("<h6>") && !deep.string().contains("<h7>"))
    }

    @Test func `Every page says where to turn, and can be skipped into`() {
        let page = frame { p("Hello") }.html.string()
        #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"))
        #expect(page.contains("<a href=\"#main\" class=\"skip\">"))
        #expect(page.contains("<main id=\"main\""))
        #expect(page.contains("<a href=\"/worried\" class=\"button worry\">I’m worried about someone</a>"))
        #expect(page.contains("call 999"))
        #expect(page.contains("<title>Have your say – Heard</title>"))
    }

    @Test func `Nothing on a page needs a style or a script in it`() {
        var whole = frame { Samples.everything }
        whole.account = .signedIn(you: Link("Amira", to: .path("/me")), signOut: Link("Sign out", to: .path("/out")))
        let page = whole.html.string(in: Writer.Context(scripts: scripts))
        #expect(!page.contains(" style=") && !page.contains("<style") && !page.contains("javascript:"))
        #expect(page.matches(of: /<script[^>]*>/).allSatisfy { $0.output.hasPrefix("<script type=\"module\" src=\"/assets/") })
        #expect(page.count(of: "<script") == page.count(of: "></script>"))
        #expect(page.matches(of: /\son[a-z]+=/).isEmpty)
    }

    private var scripts: [Script: SafeURL] {
        Dictionary(uniqueKeysWithValues: Script.allCases.map { ($0, SafeURL.path("/assets", "\($0).js")) })
    }

    @Test func `A page loads the scripts that something on it asks for, and no other`() {
        for (piece, wanted) in [
            (p("Hello"), []), (form(get: .path("/"), label: "Find") { button("Find") }, []),
            (postButton("Go", to: .path("/go")), [.sending]),
            (form(post: .path("/"), help: .staysOpen) { textArea("words", label: "Words", limit: 10) }, [.capture, .fields, .sending]),
            (copyButton("Copy", copies: "code"), [.tools]), (passwordField("secret", label: "Secret"), [.fields]),
            (liveFigures(id: "figures") { p("1") }, [.figures]),
        ] as [(HTML, [Script])] {
            let page = frame { piece }.html.string(in: Writer.Context(scripts: scripts))
            #expect(page.matches(of: /assets\/([a-z]+)\.js/).map { String($0.1) } == wanted.map(\.rawValue))
            guard let written = Written(piece) else { continue }
            #expect(frame { written.html }.html.string(in: Writer.Context(scripts: scripts)) == page)
        }
    }

    @Test func `No two things on a page have the same id`() {
        let page = frame { Samples.everything }.html.string()
        let ids = page.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
    }

    @Test func `Whatever points to an id on the page finds it`() {
        var whole = frame { Samples.everything }
        whole.problems = Samples.problems
        let page = whole.html.string()
        let ids = Set(page.matches(of: /\sid="([^"]*)"/).map { String($0.1) })
        for pointer in page.matches(of: /\s(?:for|aria-describedby|aria-labelledby|data-then)="([^"]*)"/) {
            for id in pointer.1.split(separator: " ") { #expect(ids.contains(String(id))) }
        }
        for pointer in page.matches(of: /href="#([^"]+)"/) { #expect(ids.contains(String(pointer.1))) }
    }

    @Test func `Problems are said first, in the title too, and each leads to its field`() {
        var whole = frame { textField("name", label: "Name", value: "typed", problems: Problems("name", "Enter a name")) }
        whole.problems = Problems("name", "Enter a name")
        let page = whole.html.string()
        #expect(page.contains("<title>Error: Have your say – Heard</title>"))
        #expect(page.contains("<a href=\"#name\">Enter a name</a>"))
        #expect(page.contains("value=\"typed\""))
        #expect(page.contains("aria-describedby=\"name-problem\" aria-invalid=\"true\""))
    }

    @Test func `A page without problems has no summary of them`() {
        #expect(!frame { p("x") }.html.string().contains("error-summary"))
    }

    @Test func `Secret pages ask search engines to stay away`() {
        var secret = frame { p("x") }
        #expect(!secret.html.string().contains("noindex"))
        secret.isNoIndex = true
        #expect(secret.html.string().contains("<meta name=\"robots\" content=\"noindex\">"))
    }

    @Test func `Language and direction are those of the request`() {
        let page = frame { p("x") }.html.string(in: Writer.Context(language: "ar", direction: .rightToLeft))
        #expect(page.contains("<html lang=\"ar\" dir=\"rtl\">"))
    }

    @Test func `Long lists show the first, the last and the neighbours`() {
        #expect(Pages.shown(page: 5, of: 10) == [1, nil, 4, 5, 6, nil, 10])
        #expect(Pages.shown(page: 1, of: 3) == [1, 2, 3])
        #expect(pagination(page: 1, of: 1) { .path("/", query: ["page": $0]) }.string() == "")
    }

    @Test func `The path says its states in words`() {
        let html = Samples.path.string()
        for word in ["Done", "Happening now", "Not yet", "Overdue", "We can’t"] { #expect(html.contains(">\(word)</span>")) }
        #expect(html.hasPrefix("<ol"))
    }

    @Test func `Tables have a caption, and every heading says what it heads`() {
        let html = table(caption: "Who came", columns: ["Perspective", .number("People")], rows: [TableRow("Parents", ["4"])]).string()
        #expect(html.contains("<caption id=\"h-1\">Who came</caption>"))
        #expect(html.count(of: "scope=\"col\"") == 2 && html.count(of: "scope=\"row\"") == 1)
        #expect(html.contains("<td class=\"number\">4</td>"))
    }

    @Test func `Words of people keep their paragraphs`() {
        #expect(quote("One\n\nTwo\nlines").string().contains("<p>One</p><p>Two\nlines</p>"))
    }
}
