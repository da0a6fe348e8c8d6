import Foundation
import Kernel

/// Reads a form with files in it (RFC 7578): parts between boundaries, each with a few header lines, an empty line and its bytes.
enum Multipart {
    /// What parts the parts; nil where the body is no such form.
    static func boundary(in type: String) -> [UInt8]? {
        guard type.lowercased().hasPrefix("multipart/form-data"), let start = type.range(of: "boundary=") else { return nil }
        let value = type[start.upperBound...].prefix { $0 != ";" }.trimming { $0 == " " || $0 == "\"" }
        return value.isEmpty || value.utf8.count > 70 ? nil : Array("--\(value)".utf8)
    }

    static func form(_ body: [UInt8], _ boundary: [UInt8]) throws -> Form {
        var values: [String: [String]] = [:]
        var files: [String: SentFile] = [:]
        let starts = places(of: boundary, in: body)
        guard starts.count >= 2, starts.count < 2_000 else { throw FormReader.Unreadable() }
        for (start, end) in zip(starts, starts.dropFirst()) {
            let part = body[(start + boundary.count)..<end]
            guard let split = part.firstRange(of: Array("\r\n\r\n".utf8)) else { throw FormReader.Unreadable() }
            // Two bytes of line end before the next boundary belong to it.
            let content = Array(part[split.upperBound...].dropLast(2))
            let (name, file) = try head(part[..<split.lowerBound])
            if let file {
                files[name] = SentFile(name: file, bytes: content)
            } else {
                guard let text = String(validating: content, as: UTF8.self) else { throw FormReader.Unreadable() }
                values[name, default: []].append(FormReader.withoutNUL(text))
            }
        }
        var form = Form(values, isSent: true)
        form.files = files
        return form
    }

    /// The name of the field and, for a file, the name it had.
    private static func head(_ bytes: ArraySlice<UInt8>) throws -> (name: String, file: String?) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw FormReader.Unreadable() }
        let line = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") } ?? ""
        guard let name = quoted("name", in: line) else { throw FormReader.Unreadable() }
        return (name, quoted("filename", in: line).map { PlainText.line($0) })
    }

    private static func quoted(_ key: String, in line: Substring) -> String? {
        guard let start = line.range(of: " \(key)=\"") else { return nil }
        return FormReader.withoutNUL(String(line[start.upperBound...].prefix { $0 != "\"" }))
    }

    private static func places(of boundary: [UInt8], in body: [UInt8]) -> [Int] {
        var found: [Int] = []
        var place = body.startIndex
        while let next = body[place...].firstRange(of: boundary) {
            found.append(next.lowerBound)
            place = next.upperBound
        }
        return found
    }
}

extension Substring {
    fileprivate func trimming(_ isEdge: (Character) -> Bool) -> String {
        var rest = self
        while let first = rest.first, isEdge(first) { rest.removeFirst() }
        while let last = rest.last, isEdge(last) { rest.removeLast() }
        return String(rest)
    }
}
