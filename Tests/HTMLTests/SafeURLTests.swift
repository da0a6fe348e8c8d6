import Kernel
import Testing

@testable import HTML

@Suite struct SafeURLTests {
    @Test func `Segments are encoded whole, so that a slash in one leads nowhere else`() {
        #expect(SafeURL.path("/projects", "a/b", "c d", "é").description == "/projects/a%2Fb/c%20d/%C3%A9")
    }

    @Test func `Ids, numbers, questions and places can be put in`() {
        let url = SafeURL.path("/voices", 7, query: ["page": 2, "theme": "a&b=c"], fragment: "reply 1")
        #expect(url.description == "/voices/7?page=2&theme=a%26b%3Dc#reply%201")
    }

    @Test(arguments: ["", ".", ".."])
    func `A segment that browsers would read as another place is left out`(segment: String) {
        #expect(SafeURL.path("/a", segment, "b").description == "/a/b")
        #expect(SafeURL.path("/", segment, "evil.com").description == "/evil.com")
    }

    @Test func `A literal that is not a plain path is made one`() {
        #expect(SafeURL.path("/").description == "/")
        #expect(SafeURL.path("//evil.com/../x").description == "/evil.com/x")
        #expect(SafeURL.path("javascript:alert(1)").description == "/javascript%3Aalert%281%29")
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:x", "data:text/html,x", "ftp://a.uk", "//evil.com", "/path", "",
        "https://", "https:///x", "https:\\\\a.uk", "https://nhs.uk@evil.com", "https://\u{0}a.uk", " https://a.uk",
        "https://a.uk/\"onload", "https://a.uk/<b>", "https://a.uk/a\nb",
    ])
    func `Only http and https addresses with a host are websites`(typed: String) {
        #expect(SafeURL(web: typed) == nil)
    }

    @Test func `Websites come through, other scripts encoded`() {
        #expect(SafeURL(web: "https://www.nhs.uk/a?b=c#d")?.description == "https://www.nhs.uk/a?b=c#d")
        #expect(SafeURL(web: "HTTP://a.uk")?.description == "HTTP://a.uk")
        #expect(SafeURL(web: "https://a.uk/é")?.description == "https://a.uk/%C3%A9")
    }

    @Test(arguments: ["//evil.com", "/\\evil.com", "\\/evil.com", "https://evil.com", "evil", "", "/a b", "/a\nb", "javascript:alert(1)"])
    func `Coming back leads only to pages of ours`(typed: String) {
        #expect(SafeURL(local: typed) == nil)
    }

    @Test func `A page of ours is come back to as it was`() {
        #expect(SafeURL(local: "/")?.description == "/")
        #expect(SafeURL(local: "/a/b?c=d#e")?.description == "/a/b?c=d#e")
    }

    @Test func `Mail and telephone addresses hold nothing else`() {
        #expect(SafeURL.mailto("a@b.uk?bcc=x@y").description == "mailto:a@b.uk%3Fbcc%3Dx@y")
        #expect(SafeURL.tel("+44 (0)20 7946").description == "tel:+440207946")
    }

    @Test func `More can be added, and the whole address made`() throws {
        let url = SafeURL.path("/a", query: ["b": 1], fragment: "x")
        let nobody: String? = nil
        #expect(url.adding("c", 2).description == "/a?b=1&c=2#x")
        #expect(url.adding("c", nobody) == url)
        #expect(url.at("y").description == "/a?b=1#y")
        #expect(url.absolute(on: try #require(SafeURL(web: "https://heard.uk/"))).description == "https://heard.uk/a?b=1#x")
    }
}
