import Foundation
import Opinion
import Statements

/// The map of opinion without anybody on it: each group as an area, with what most of it says. Where somebody stands is told to them alone.
struct Picture: Codable, Sendable {
    struct Point: Codable, Sendable {
        let x: Double
        let y: Double
    }

    /// An ellipse around two thirds of the group.
    struct Area: Codable, Sendable {
        let center: Point
        /// Half of its longer and of its shorter way across.
        let long: Double
        let short: Double
        /// Of the longer one, in radians.
        let angle: Double
    }

    struct Says: Codable, Sendable {
        let statement: Int
        let agrees: Bool
    }

    struct Group: Codable, Sendable {
        let people: Int
        let area: Area
        let says: [Says]
    }

    let groups: [Group]
    /// 0 to 1: how alike the groups are when half of the people are left out.
    let stability: Double?
    /// For finding the viewer's own place: the statements' numbers with their means and their weights on the two ways across.
    let statements: [Int]
    let means: [Double]
    let first: [Double]
    let second: [Double]

    /// Groups of fewer than `least` people are left out. Nil where two are not left: then a picture would tell too much, or nothing.
    init?(_ drawn: RoundMap, least: Int) {
        let map = drawn.map
        let numbers = drawn.matrix.statements.map { Int($0) }
        groups = (0..<map.groupCount).compactMap { group in
            let points = zip(map.labels, map.projection.people).filter { $0.0 == group }.map { Point(x: $0.1.x, y: $0.1.y) }
            guard points.count >= least else { return nil }
            return Group(people: points.count, area: Area(around: points), says: Self.says(map, group, numbers))
        }
        guard groups.count > 1 else { return nil }
        stability = map.stability
        statements = numbers
        (means, first, second) = (map.axes.center, map.axes.first, map.axes.second)
    }

    /// What tells the group from others, as far as most of it says so: what is only said by more of it than elsewhere would be put in its mouth.
    /// What most of every group says tells none of them from another.
    private static func says(_ map: OpinionMap, _ group: Int, _ numbers: [Int]) -> [Says] {
        func isSaid(_ one: RepresentativeStatement, by figures: GroupFigures) -> Bool {
            (one.direction == .agree ? figures.agreeShare : figures.disagreeShare)[one.column] > 0.5
        }
        let said = map.figures.representative[group].filter { one in
            isSaid(one, by: map.figures.groups[group]) && !map.figures.groups.allSatisfy { isSaid(one, by: $0) }
        }
        // 3: more would be read by nobody on a telephone.
        return said.prefix(3).map { Says(statement: numbers[$0.column], agrees: $0.direction == .agree) }
    }

    /// Where somebody with these answers stands: y = √(m/n) Σ (v − μ)·V over the n statements they answered.
    func place(of answers: [Int: Response]) -> Point? {
        var (x, y, seen) = (0.0, 0.0, 0)
        for (column, number) in statements.enumerated() {
            guard let answer = answers[number] else { continue }
            let away = Double(answer.rawValue) - means[column]
            x += away * first[column]
            y += away * second[column]
            seen += 1
        }
        guard seen > 0 else { return nil }
        let scale = (Double(statements.count) / Double(seen)).squareRoot()
        return Point(x: x * scale, y: y * scale)
    }

    var text: String { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    static func read(_ text: String) -> Picture? { try? JSONDecoder().decode(Picture.self, from: Data(text.utf8)) }
}

extension Picture.Area {
    /// From the mean and the spread of the points: no single one of them is on its edge.
    init(around points: [Picture.Point]) {
        let count = Double(max(1, points.count))
        let x = points.reduce(0) { $0 + $1.x } / count
        let y = points.reduce(0) { $0 + $1.y } / count
        let xx = points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) } / count
        let yy = points.reduce(0) { $0 + ($1.y - y) * ($1.y - y) } / count
        let xy = points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / count
        let middle = (xx + yy) / 2
        let away = ((xx - yy) * (xx - yy) / 4 + xy * xy).squareRoot()
        center = Picture.Point(x: x, y: y)
        // 1.5 standard deviations: two thirds of a cloud of points.
        long = 1.5 * max(0, middle + away).squareRoot()
        short = 1.5 * max(0, middle - away).squareRoot()
        angle = atan2(2 * xy, xx - yy) / 2
    }
}
