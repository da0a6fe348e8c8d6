import HTML
import Opinion

/// The map as a picture, with a table beside it that says the same.
struct ReportMap {
    private let report: OpinionReport
    private let told: ReportTold
    private let size = (width: 640.0, height: 420.0)

    init(_ report: OpinionReport, _ told: ReportTold) { (self.report, self.told) = (report, told) }

    var html: HTML {
        guard !told.groups.isEmpty else { return .nothing }
        return section(ReportWords.map) {
            p(ReportWords.mapLead)
            svg(
                drawing,
                title: "Where the groups stand",
                description: description,
                width: size.width,
                height: size.height
            )
            table(
                caption: "Where the groups stand, in numbers",
                columns: ["Group", .number("People")] + (told.isRoom ? [.number("Share")] : []) + [.number("Across"), .number("Up")],
                rows: told.groups.map(row)
            )
        }
    }

    private var description: String {
        told.groups.map { group in
            "\(ReportWords.group(group.name)), \(told.people(of: group)), \(side(group.centre))."
        }.joined(separator: " ")
    }

    private func side(_ centre: [Double]) -> String {
        (centre[0] < 0 ? "left" : "right") + " and " + (centre[1] < 0 ? "below" : "above") + " the middle"
    }

    private func row(_ group: OpinionReport.Group) -> TableRow {
        let share = Double(group.people) / Double(max(report.people.inGroups, 1))
        let numbers = group.centre.map { ReportWords.number($0).replacing("-", with: "−") }
        return TableRow(
            ReportWords.group(group.name),
            ((told.isRoom ? [ReportWords.grouped(group.people), ReportWords.percent(share)] : [told.people(of: group)]) + numbers).map {
                HTML($0)
            }
        )
    }

    private var drawing: Drawing {
        let frame = Frame(told.groups.flatMap(\.outline) + [[0, 0]], size)
        let middle = frame.place([0, 0])
        let cross: [Drawing] = [
            .line(from: (0, middle.y), to: (size.width, middle.y), class: "grid"),
            .line(from: (middle.x, 0), to: (middle.x, size.height), class: "grid"),
        ]
        // The largest first, so that it lies under the others.
        let areas = told.groups.sorted { $0.people > $1.people }.map { group in
            Drawing.outline(group.outline.map(frame.place), isClosed: true, class: "area fill-\(group.number % 5 + 1)")
        }
        return Drawing([.group(cross), .group(areas), .group(told.groups.flatMap { labels($0, frame) })])
    }

    private func labels(_ group: OpinionReport.Group, _ frame: Frame) -> [Drawing] {
        let at = frame.place(group.centre)
        return [
            .words(group.name, x: at.x, y: at.y, anchor: .middle, class: "name"),
            .words(told.people(of: group), x: at.x, y: at.y + 20, anchor: .middle, class: "size"),
        ]
    }

    /// Fits places of the map into the picture, both directions to the same scale, up being up.
    private struct Frame {
        private let scale: Double
        private let low: (x: Double, y: Double)
        private let height: Double
        private let margin: (x: Double, y: Double)

        init(_ places: [[Double]], _ size: (width: Double, height: Double)) {
            let (xs, ys) = (places.map { $0[0] }, places.map { $0[1] })
            low = (xs.min() ?? 0, ys.min() ?? 0)
            let extent = (x: (xs.max() ?? 0) - low.x, y: (ys.max() ?? 0) - low.y)
            // 30 units on each side for labels of groups on one spot.
            scale = min((size.width - 60) / max(extent.x, 1e-9), (size.height - 60) / max(extent.y, 1e-9), 1e6)
            margin = ((size.width - extent.x * scale) / 2, (size.height - extent.y * scale) / 2)
            height = size.height
        }

        func place(_ point: [Double]) -> (x: Double, y: Double) {
            (margin.x + (point[0] - low.x) * scale, height - margin.y - (point[1] - low.y) * scale)
        }
    }
}
