import HTML
import Testing

@testable import Web

@Suite struct SqueezedTests {
    private let css = String(decoding: PackageResources.heard_css, as: UTF8.self)
    private let squeezed = String(decoding: Squeezed.css(PackageResources.heard_css), as: UTF8.self)

    @Test func `Comments and indentation go, rules stay`() {
        let rule = Array("/* Why. */\n.a {\n  color: red;\n  margin: 0 auto, 1px;\n}\n.b :hover { x: y; }\n".utf8)
        #expect(String(decoding: Squeezed.css(rule), as: UTF8.self) == ".a{color:red;margin:0 auto,1px}.b :hover{x:y}")
    }

    @Test func `The style sheet keeps every rule and every word in quotation marks`() {
        let written = css.replacing(/\/\*[\s\S]*?\*\//, with: "")
        #expect(squeezed.count(where: { $0 == "{" }) == written.count(where: { $0 == "{" }))
        #expect(words(squeezed) == words(written))
        #expect(squeezed.utf8.count < css.utf8.count * 9 / 10)
    }

    @Test func `The script loses only lines of comment`() {
        let script = Array("// Why.\nconst a = 1;\n\n/** What. */\nfunction b() {\n  return a; // kept\n}\n".utf8)
        #expect(String(decoding: Squeezed.js(script), as: UTF8.self) == "const a = 1;\nfunction b() {\nreturn a; // kept\n}")
    }

    @Test(arguments: Script.allCases) func `Every script is a file of its own that says what it is for`(script: Script) {
        let source = String(decoding: Assets.source(script), as: UTF8.self)
        #expect(source.hasPrefix("// ") && source.utf8.count < 8_000)
        #expect(Assets.scripts[script]?.description.hasSuffix("/\(script.rawValue).js") == true)
    }

    private func words(_ text: String) -> [String] { text.matches(of: /"[^"]*"/).map { String($0.output) } }
}
