import Foundation
import Yams

/// A file of settings: `name: value` in YAML, or the same in JSON, which YAML includes.
enum SettingsFile {
    static func read(_ path: String) -> (values: [String: String], mistakes: [String]) {
        guard let bytes = FileManager.default.contents(atPath: path), let text = String(validating: bytes, as: UTF8.self) else {
            return ([:], ["The file \(path) cannot be read. Check that it is there and that Heard may read it."])
        }
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch let error as YamlError {
            return ([:], ["The file \(path) is not YAML or JSON\(line(of: error).map { ": look at line \($0)" } ?? "")."])
        } catch { return ([:], ["The file \(path) is not YAML or JSON."]) }
        guard let node else { return ([:], []) }
        guard let mapping = node.mapping else { return ([:], ["The file \(path) must hold lines of the form name: value."]) }
        return values(in: mapping, path)
    }

    private static func values(in mapping: Node.Mapping, _ path: String) -> (values: [String: String], mistakes: [String]) {
        var values: [String: String] = [:]
        var mistakes: [String] = []
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard Setting.all.contains(where: { $0.name == name }) else {
                let meant = Setting.meant(by: name).map { " Did you mean \($0)?" } ?? ""
                mistakes.append("\(name) in \(path) means nothing to Heard.\(meant)")
                continue
            }
            guard let text = value.scalar?.string else {
                mistakes.append("\(name) in \(path) must be one value, not a list of them.")
                continue
            }
            values[name] = text
        }
        return (values, mistakes)
    }

    /// The error's own text quotes the file, which may hold a password: only the number of the line is passed on.
    private static func line(of error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }
}
