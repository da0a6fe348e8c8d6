import Foundation
import HTML

/// The picture as a drawing: soft areas with a letter each, and a mark for whoever looks.
enum PictureDrawing {
    static let width = 480.0
    static let height = 320.0
    // 24 corners look round and are 300 bytes.
    private static let corners = 24

    static func make(_ picture: Picture, you: Picture.Point?) -> Drawing {
        let frame = Frame(picture, you)
        let areas = picture.groups.enumerated().map { place, group in
            Drawing.outline(outline(group.area, frame), isClosed: true, class: "area area-\(place % 5 + 1)")
        }
        let letters = picture.groups.enumerated().map { place, group in
            let (x, y) = frame.at(group.area.center)
            return Drawing.words(letter(place), x: x, y: y + 7, anchor: .middle)
        }
        var mine: [Drawing] = []
        if let you {
            let (x, y) = frame.at(you)
            mine = [.circle(x: x, y: y, radius: 7), .words(W.you, x: x, y: y + 26, anchor: .middle)]
        }
        return Drawing(areas + letters + mine)
    }

    static func letter(_ place: Int) -> String { String(Unicode.Scalar(UInt8(ascii: "A") + UInt8(place % 26))) }

    private static func outline(_ area: Picture.Area, _ frame: Frame) -> [(x: Double, y: Double)] {
        (0..<corners).map { corner in
            let turn = 2 * Double.pi * Double(corner) / Double(corners)
            let (long, short) = (max(area.long, frame.least) * cos(turn), max(area.short, frame.least) * sin(turn))
            let point = Picture.Point(
                x: area.center.x + long * cos(area.angle) - short * sin(area.angle),
                y: area.center.y + long * sin(area.angle) + short * cos(area.angle)
            )
            return frame.at(point)
        }
    }

    /// From the map's own measure to the drawing's.
    struct Frame {
        let scale: Double
        let middle: Picture.Point
        /// An area of people who all answered the same is still to be seen.
        let least: Double

        init(_ picture: Picture, _ you: Picture.Point?) {
            var (left, right, top, bottom) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
            func take(_ point: Picture.Point, _ around: Double) {
                (left, right) = (min(left, point.x - around), max(right, point.x + around))
                (top, bottom) = (min(top, point.y - around), max(bottom, point.y + around))
            }
            for group in picture.groups { take(group.area.center, group.area.long) }
            if let you { take(you, 0) }
            let across = max(right - left, (bottom - top) * width / height, 0.001)
            least = across / 16
            scale = (width - 80) / (across + 2 * least)
            middle = Picture.Point(x: (left + right) / 2, y: (top + bottom) / 2)
        }

        func at(_ point: Picture.Point) -> (x: Double, y: Double) {
            (((point.x - middle.x) * scale + width / 2).rounded(), ((point.y - middle.y) * scale + height / 2).rounded())
        }
    }
}

/// A figure as a bar: how many in a hundred agree, and between what it may really be.
enum Bars {
    static let width = 300.0

    static func make(equal: StatementFigure.Share?, person: StatementFigure.Share?) -> Drawing {
        let both = [(equal, "bar-equal"), (person, "bar-person")].compactMap { share, name in share.map { ($0, name) } }
        return Drawing(both.enumerated().map { place, one in bar(one.0, y: Double(place) * 20, one.1) })
    }

    static func height(_ equal: StatementFigure.Share?, _ person: StatementFigure.Share?) -> Double {
        [equal, person].compactMap(\.self).count == 2 ? 36 : 16
    }

    private static func bar(_ share: StatementFigure.Share, y: Double, _ name: String) -> Drawing {
        let x = { (percent: Int) in Double(percent) * width / 100 }
        return Drawing([
            .rectangle(x: 0, y: y, width: width, height: 16, class: "bar-track"),
            .rectangle(x: 0, y: y, width: x(share.percent), height: 16, class: name),
            .line(from: (x(share.low), y + 8), to: (x(share.high), y + 8), class: "bar-range"),
        ])
    }
}
