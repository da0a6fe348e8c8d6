import Foundation

/// Where a group stands on the map, as an area: an ellipse around its middle, drawn from all its people so that no corner of it is a person.
///
/// Its axes are √3.22 standard deviations long: of a normally distributed group, four in five stand within (χ² with two degrees of freedom).
public struct GroupArea: Sendable {
    public let centre: SIMD2<Double>
    /// Half axes, the longer first, at right angles.
    public let halfAxes: (SIMD2<Double>, SIMD2<Double>)

    /// - Parameter points: at least one; a group on one spot has an area of no size.
    init(_ points: [SIMD2<Double>]) {
        let count = Double(max(points.count, 1))
        let centre = points.reduce(.zero, +) / count
        var (xx, xy, yy) = (0.0, 0.0, 0.0)
        for point in points {
            let off = point - centre
            xx += off.x * off.x / count
            xy += off.x * off.y / count
            yy += off.y * off.y / count
        }
        // The two eigenpairs of a symmetric two by two matrix.
        let (half, spread) = ((xx + yy) / 2, ((xx - yy) * (xx - yy) / 4 + xy * xy).squareRoot())
        let angle = atan2(2 * xy, xx - yy) / 2
        let direction = SIMD2(cos(angle), sin(angle))
        let scale = 3.22.squareRoot()
        self.centre = centre
        halfAxes = (
            direction * scale * max(half + spread, 0).squareRoot(),
            SIMD2(-direction.y, direction.x) * scale * max(half - spread, 0).squareRoot()
        )
    }

    /// The line around it, `count` points.
    public func outline(_ count: Int = 48) -> [SIMD2<Double>] {
        (0..<count).map { step in
            let angle = 2 * Double.pi * Double(step) / Double(count)
            return centre + cos(angle) * halfAxes.0 + sin(angle) * halfAxes.1
        }
    }
}

extension OpinionMap {
    /// The area of each group.
    public func areas() -> [GroupArea] {
        var members = [[SIMD2<Double>]](repeating: [], count: groupCount)
        for (row, label) in labels.enumerated() { if let label { members[label].append(projection.people[row]) } }
        return members.map(GroupArea.init)
    }
}
