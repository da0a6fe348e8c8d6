import Foundation

// Turns a room's Words/*.txt into Swift, so that a misspelt name or a forgotten placeholder does not compile.
//
//   words-compiler OUTPUT.swift Words/en.txt [Words/cy.txt …]
//
// A line is `name = sentence`. `{placeholder}` is text to fill in; `{n|1 voice|{n} voices}` chooses by number.
// `#` begins a comment; `#: public Common` as the first line names the generated enum and opens it to other rooms.
// Every language must have the same names and the same placeholders as English: what differs stops the build.

struct Sentence {
    enum Part: Equatable { case text(String), placeholder(String), plural(String, one: [Part], other: [Part]) }
    let name: String
    let parts: [Part]

    var placeholders: [(name: String, type: String)] { Self.placeholders(in: parts) }

    static func placeholders(in parts: [Part]) -> [(name: String, type: String)] {
        var found: [(name: String, type: String)] = []
        func add(_ name: String, _ type: String) {
            guard let index = found.firstIndex(where: { $0.name == name }) else { return found.append((name, type)) }
            if type == "Int" { found[index].type = "Int" }
        }
        for part in parts {
            switch part {
            case .text: break
            case .placeholder(let name): add(name, "String")
            case .plural(let number, let one, let other):
                add(number, "Int")
                for inner in placeholders(in: one) + placeholders(in: other) { add(inner.name, inner.type) }
            }
        }
        return found
    }
}

func stop(_ message: String) -> Never {
    FileHandle.standardError.write(Data("error: \(message)\n".utf8))
    exit(1)
}

func read(_ text: Substring, at place: String) -> [Sentence.Part] {
    var parts: [Sentence.Part] = []
    var rest = text
    while let open = rest.firstIndex(of: "{") {
        if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
        guard let close = closing(of: rest, from: open) else { stop("\(place): a { is not closed") }
        let inner = rest[rest.index(after: open)..<close]
        let choices = split(inner)
        switch choices.count {
        case 1: parts.append(.placeholder(String(inner)))
        case 3:
            parts.append(
                .plural(String(choices[0]), one: read(choices[1], at: place), other: read(choices[2], at: place))
            )
        default: stop("\(place): a plural is {number|one|other}")
        }
        rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return parts
}

func closing(of text: Substring, from open: Substring.Index) -> Substring.Index? {
    var depth = 0
    for index in text[open...].indices {
        if text[index] == "{" { depth += 1 }
        if text[index] == "}" {
            depth -= 1
            if depth == 0 { return index }
        }
    }
    return nil
}

func split(_ text: Substring) -> [Substring] {
    var pieces: [Substring] = []
    var depth = 0
    var start = text.startIndex
    for index in text.indices {
        if text[index] == "{" { depth += 1 }
        if text[index] == "}" { depth -= 1 }
        if text[index] == "|", depth == 0 {
            pieces.append(text[start..<index])
            start = text.index(after: index)
        }
    }
    return pieces + [text[start...]]
}

func read(file path: String) -> (header: String?, sentences: [Sentence]) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { stop("cannot read \(path)") }
    var header: String?
    var sentences: [Sentence] = []
    var seen: Set<String> = []
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
        let place = "\(path):\(number + 1)"
        if line.hasPrefix("#:") { header = line.dropFirst(2).trimmingCharacters(in: .whitespaces) }
        if line.hasPrefix("#") || line.trimmingCharacters(in: .whitespaces).isEmpty { continue }
        guard let equals = line.firstIndex(of: "=") else { stop("\(place): name = sentence") }
        let name = line[..<equals].trimmingCharacters(in: .whitespaces)
        guard name.range(of: "^[a-z][A-Za-z0-9]*$", options: .regularExpression) != nil else { stop("\(place): \(name) is no name") }
        guard seen.insert(name).inserted else { stop("\(place): \(name) is there twice") }
        let sentence = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        guard !sentence.isEmpty else { stop("\(place): \(name) says nothing") }
        sentences.append(Sentence(name: name, parts: read(Substring(sentence), at: place)))
    }
    return (header, sentences)
}

func swift(_ parts: [Sentence.Part]) -> String {
    let body = parts.map { part in
        switch part {
        case .text(let text): text.replacingOccurrences(of: "\\n", with: "\\##n")
        case .placeholder(let name): "\\##(\(name))"
        case .plural(let number, let one, let other): "\\##(\(number) == 1 ? \(swift(one)) : \(swift(other)))"
        }
    }
    return "##\"\(body.joined())\"##"
}

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first, arguments.count >= 2 else { stop("words-compiler OUTPUT.swift Words/en.txt …") }
let files = arguments.dropFirst().sorted { ($0.hasSuffix("en.txt") ? 0 : 1, $0) < ($1.hasSuffix("en.txt") ? 0 : 1, $1) }
let languages = files.map { (code: URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent, words: read(file: $0)) }
guard let english = languages.first, english.code == "en" else { stop("English comes first: Words/en.txt") }
for other in languages.dropFirst() {
    let theirs = Dictionary(uniqueKeysWithValues: other.words.sentences.map { ($0.name, $0) })
    for sentence in english.words.sentences {
        guard let twin = theirs[sentence.name] else { stop("\(other.code): \(sentence.name) is missing") }
        guard Set(twin.placeholders.map(\.name)) == Set(sentence.placeholders.map(\.name)) else {
            stop("\(other.code): \(sentence.name) has other placeholders than English")
        }
    }
    if let extra = theirs.keys.first(where: { name in !english.words.sentences.contains { $0.name == name } }) {
        stop("\(other.code): \(extra) is not in English")
    }
}

let access = english.words.header?.hasPrefix("public ") == true ? "public " : ""
let enumName = english.words.header?.split(separator: " ").last.map(String.init) ?? "W"
var out = "// Made by words-compiler from Words/*.txt: edit those.\n"
if languages.count > 1, access.isEmpty { out += "import Words\n" }
out += "\n/// Every sentence this room puts on a screen.\n\(access)enum \(enumName) {\n"
for sentence in english.words.sentences {
    let list = sentence.placeholders.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
    out +=
        list.isEmpty
        ? "    \(access)static var \(sentence.name): String {\n" : "    \(access)static func \(sentence.name)(\(list)) -> String {\n"
    if languages.count == 1 {
        out += "        \(swift(sentence.parts))\n"
    } else {
        out += "        switch Language.current.code {\n"
        for other in languages.dropFirst() {
            guard let twin = other.words.sentences.first(where: { $0.name == sentence.name }) else { continue }
            out += "        case \"\(other.code)\": \(swift(twin.parts))\n"
        }
        out += "        default: \(swift(sentence.parts))\n        }\n"
    }
    out += "    }\n"
}
out += "}\n"
do { try out.write(toFile: output, atomically: true, encoding: .utf8) } catch { stop("cannot write \(output): \(error)") }
