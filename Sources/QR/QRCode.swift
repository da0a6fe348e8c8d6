import CQREncode
import HTML

/// A square that a phone's camera reads as an address, for people who have it on paper.
public struct QRCode: Sendable {
    /// Row by row, true where it is dark, with the four light squares all around that cameras need.
    public let rows: [[Bool]]
    public var side: Int { rows.count }

    /// Nil for words that do not fit: more than about 2,300 bytes.
    ///
    /// Error correction M: still read with 15 % of it smudged, as happens to slips in pockets.
    public init?(_ words: String) {
        guard !words.isEmpty, let code = QRcode_encodeString8bit(words, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard let data = code.pointee.data else { return nil }
        let side = width + 2 * Self.margin
        rows = (0..<side).map { y in
            (0..<side).map { x in
                let (column, row) = (x - Self.margin, y - Self.margin)
                guard (0..<width).contains(column), (0..<width).contains(row) else { return false }
                return data[row * width + column] & 1 == 1
            }
        }
    }

    private static let margin = 4

    /// Light paper under dark squares, in dark mode too: many cameras read nothing else. As wide and high as `side`.
    public var drawing: Drawing {
        Drawing([
            .rectangle(x: 0, y: 0, width: Double(side), height: Double(side), class: "qr-paper"),
            .squares(rows, class: "qr-ink"),
        ])
    }

    /// The code on a page. Whoever cannot see it is told by `description` what to use instead, such as the address beside it.
    public func html(title: String, description: String, caption: String? = nil) -> HTML {
        svg(drawing, title: title, description: description, width: Double(side), height: Double(side), class: "qr", caption: caption)
    }
}
