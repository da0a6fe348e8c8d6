import DemoCase
import Foundation
import Kernel
import Store
import Yams

/// A file that tells a story for the demo, and where in it everything stands.
public struct DemoFile: Sendable {
    public let name: String
    public let story: DemoStory
    private let text: String

    /// The case of Barnet CAMHS, which Heard brings along.
    public static func barnet() throws -> DemoFile {
        try DemoFile(name: BarnetCase.name, text: BarnetCase.text)
    }

    /// Throws `DemoProblem`, which says the line, for anything that does not fit.
    public init(name: String, text: String) throws {
        self.name = name
        self.text = text
        do {
            story = try YAMLDecoder().decode(DemoStory.self, from: text)
        } catch DecodingError.dataCorrupted(let context) where context.underlyingError is YamlError {
            throw DemoProblem(name, nil, "\(context.underlyingError ?? DemoProblem(name, nil, ""))")
        } catch let error as DecodingError {
            let (path, sentence) = Self.explained(error)
            throw DemoProblem(name, Self.line(of: path, in: text), sentence)
        }
        try checkKeys()
    }

    /// The same, from a file of yours.
    public init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else { throw DemoProblem(path, nil, "There is no such file.") }
        try self.init(name: path, text: String(decoding: data, as: UTF8.self))
    }

    /// The problem at this place of the file.
    func problem(at path: [DemoStep], _ sentence: String) -> DemoProblem { DemoProblem(name, Self.line(of: path, in: text), sentence) }

    /// A misspelt key would be a sentence of the case that is missing, and nobody would notice: each must come back when the story is written out.
    private func checkKeys() throws {
        let written = try Yams.compose(yaml: YAMLEncoder().encode(story))
        guard let root = try Yams.compose(yaml: text), let written else { return }
        try checkKeys(root, written)
    }

    private func checkKeys(_ node: Node, _ written: Node) throws {
        if let mapping = node.mapping {
            for (key, value) in mapping {
                guard let name = key.string, let same = written.mapping?[name] else {
                    throw DemoProblem(self.name, key.mark?.line, "Nothing is known of '\(key.string ?? "")' here.")
                }
                try checkKeys(value, same)
            }
        }
        if let list = node.sequence, let same = written.sequence {
            for (value, other) in zip(list, same) { try checkKeys(value, other) }
        }
    }

    private static func explained(_ error: DecodingError) -> ([DemoStep], String) {
        switch error {
        case .keyNotFound(let key, let context): (steps(context.codingPath), "'\(key.stringValue)' is missing.")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            (steps(context.codingPath), context.debugDescription)
        @unknown default: ([], "\(error)")
        }
    }

    private static func steps(_ path: [any CodingKey]) -> [DemoStep] {
        path.map { key in key.intValue.map { .index($0) } ?? .key(key.stringValue) }
    }

    /// The line of the innermost thing on the path that is there.
    private static func line(of path: [DemoStep], in text: String) -> Int? {
        guard var node = try? Yams.compose(yaml: text) else { return nil }
        var line = node.mark?.line
        for step in path {
            let next: Node? =
                switch step {
                case .key(let name): node.mapping?[name]
                case .index(let index): node.sequence.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                }
            guard let next else { break }
            node = next
            line = node.mark?.line ?? line
        }
        return line
    }
}

/// One step into a file: by name, or by place in a list.
enum DemoStep: Sendable {
    case key(String)
    case index(Int)
}

/// What is wrong with a demo file, and in which line.
public struct DemoProblem: Error, Sendable, CustomStringConvertible {
    public let file: String
    public let line: Int?
    public let sentence: String

    init(_ file: String, _ line: Int?, _ sentence: String) {
        self.file = file
        self.line = line
        self.sentence = sentence
    }

    public var description: String { line.map { "\(file), line \($0): \(sentence)" } ?? "\(file): \(sentence)" }
}
