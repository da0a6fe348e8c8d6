import Finding
import Foundation

/// How points of the earth lie on a small sheet of paper: north is up, and a mile is as long everywhere on it.
///
/// Equirectangular about the middle: over the 100 miles that somebody travels to a group, it is wrong by less than a pin is wide.
struct MapFrame: Sendable {
    static let width = 360.0
    static let height = 380.0
    // Room for pins, which reach 12 over their point, and for words beside them.
    private static let margin = 30.0
    // A sheet shows a mile and a half at least: nearer, no table of postcodes is exact.
    private static let leastMetres = 2_400.0
    private static let metresPerDegree = 111_195.0

    private let middle: (latitude: Double, longitude: Double)
    private let narrowing: Double
    /// Units of the sheet for each metre.
    let scale: Double

    /// nil where there is nothing to show.
    init?(_ points: [Point]) {
        guard let first = points.first else { return nil }
        let all = points.reduce((first.latitude, first.latitude, first.longitude, first.longitude)) {
            (min($0.0, $1.latitude), max($0.1, $1.latitude), min($0.2, $1.longitude), max($0.3, $1.longitude))
        }
        middle = ((all.0 + all.1) / 2, (all.2 + all.3) / 2)
        narrowing = max(0.05, cos(middle.latitude * .pi / 180))
        let across = max(Self.leastMetres, (all.3 - all.2) * Self.metresPerDegree * narrowing)
        let up = max(Self.leastMetres, (all.1 - all.0) * Self.metresPerDegree)
        scale = min((Self.width - 2 * Self.margin) / across, (Self.height - 2 * Self.margin) / up)
    }

    func spot(_ point: Point) -> (x: Double, y: Double) {
        let x = Self.width / 2 + (point.longitude - middle.longitude) * Self.metresPerDegree * narrowing * scale
        let y = Self.height / 2 - (point.latitude - middle.latitude) * Self.metresPerDegree * scale
        return (x, y)
    }

    static func holds(_ spot: (x: Double, y: Double), margin: Double) -> Bool {
        (margin...width - margin).contains(spot.x) && (margin...height - margin).contains(spot.y)
    }

    /// The least and greatest latitudes and longitudes on the sheet.
    var box: (latitudes: ClosedRange<Double>, longitudes: ClosedRange<Double>) {
        let up = Self.height / 2 / scale / Self.metresPerDegree
        let across = Self.width / 2 / scale / Self.metresPerDegree / narrowing
        return (
            middle.latitude - up...middle.latitude + up, middle.longitude - across...middle.longitude + across
        )
    }

    /// Miles for at most three circles around a spot, each of which can be told from the one within it.
    var rings: [Double] {
        let fitting = [0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200].filter { (28...320).contains($0 * .metresPerMile * scale) }
        return Array(fitting.prefix(3))
    }

    /// The longest round number of miles that is no longer than a third of the sheet.
    var bar: Double { [200, 100, 50, 20, 10, 5, 2, 1, 0.5].first { $0 * .metresPerMile * scale <= Self.width / 3 } ?? 0.25 }
}

/// Where pins stand: on their spot, or beside it with a line to it where another one stands there already. Every pin can be pressed.
enum PinPlaces {
    static let radius = 12.0

    /// - Returns: for each spot where its pin stands.
    static func apart(_ spots: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
        var taken: [(x: Double, y: Double)] = []
        for spot in spots {
            let free = candidates(around: spot).first { one in
                MapFrame.holds(one, margin: radius) && taken.allSatisfy { far($0, one) }
            }
            taken.append(free ?? spot)
        }
        return taken
    }

    private static func far(_ one: (x: Double, y: Double), _ other: (x: Double, y: Double)) -> Bool {
        let (x, y) = (one.x - other.x, one.y - other.y)
        return x * x + y * y >= 4 * radius * radius
    }

    /// The spot itself, then circles of eight around it, each farther out.
    private static func candidates(around spot: (x: Double, y: Double)) -> [(x: Double, y: Double)] {
        let circles = (1...12).flatMap { circle in
            (0..<8).map { part -> (x: Double, y: Double) in
                let angle = Double(part) * .pi / 4 + Double(circle) * .pi / 8
                let far = Double(circle) * radius * 1.2
                return (spot.x + far * cos(angle), spot.y + far * sin(angle))
            }
        }
        return [spot] + circles
    }
}

/// Where names may stand on the sheet without covering a pin or another name.
struct NameRoom {
    private var taken: [(x: Double, y: Double, halfWidth: Double, halfHeight: Double)] = []

    init(pins: [(x: Double, y: Double)]) {
        for pin in pins { take(pin, halfWidth: PinPlaces.radius, halfHeight: PinPlaces.radius) }
    }

    mutating func take(_ spot: (x: Double, y: Double), halfWidth: Double, halfHeight: Double) {
        taken.append((spot.x, spot.y, halfWidth, halfHeight))
    }

    /// The first of these spots at which the words have room, which is theirs from now on.
    mutating func place(_ words: String, at spots: [(x: Double, y: Double)]) -> (x: Double, y: Double)? {
        // A letter of 11 units is 7 wide and a line 12 high; 2 keep names apart.
        let (halfWidth, halfHeight) = (Double(words.count) * 3.5 + 2, 8.0)
        let free = spots.first { spot in
            (halfWidth...MapFrame.width - halfWidth).contains(spot.x) && (halfHeight...MapFrame.height - halfHeight).contains(spot.y)
                && taken.allSatisfy { abs($0.x - spot.x) >= $0.halfWidth + halfWidth || abs($0.y - spot.y) >= $0.halfHeight + halfHeight }
        }
        if let free { take(free, halfWidth: halfWidth, halfHeight: halfHeight) }
        return free
    }
}
