import Kernel
import Testing

@testable import HTML

@Suite struct WrittenTests {
    private let piece = HTML {
        section("What was said") { table(caption: "Said", columns: ["Who", "What"], rows: [TableRow("Sam", ["<b>"])]) }
    }

    @Test func `A piece written once reads as if it were written there`() throws {
        let written = try #require(Written(piece))
        #expect(HTML { written.html }.string() == HTML { piece }.string())
    }

    @Test func `What comes after it gets ids of its own`() throws {
        let written = try #require(Written(piece))
        #expect(HTML { [written.html, piece] }.string() == HTML { [piece, piece] }.string())
    }

    @Test func `A piece with a form in it is for one browser alone and is not shared`() {
        #expect(Written(HTML { postButton("Sign out", to: .path("/sign-out")) }) == nil)
        #expect(Written(form(get: .path("/"), label: "Find") { button("Find") }) != nil)
    }
}
