import HTML

/// The steps as stairs: the lowest is the widest, since most people need it. Fits on a telephone.
enum StairsDrawing {
    static let width = 360.0
    private static let height = 72.0
    private static let gap = 8.0
    /// As many letters as stand in a line of the top stair.
    private static let letters = 24

    static func height(of steps: [Step]) -> Double { Double(steps.count) * (height + gap) }

    static func make(_ steps: [Step]) -> Drawing {
        let indent = min(34, 110 / Double(max(1, steps.count - 1)))
        return Drawing(
            steps.enumerated().map { place, step in
                stair(step, x: Double(place) * indent, y: Double(steps.count - 1 - place) * (height + gap))
            }
        )
    }

    private static func stair(_ step: Step, x: Double, y: Double) -> Drawing {
        let lines = lines(step.name)
        let first = y + height / 2 + 6 - Double(lines.count - 1) * 11
        let name = lines.enumerated().map { Drawing.words($0.element, x: x + 58, y: first + Double($0.offset) * 22, class: "step-name") }
        return .group(
            [
                .rectangle(x: x + 1, y: y + 1, width: width - x - 2, height: height - 2, radius: 8, class: "step-box"),
                .circle(x: x + 30, y: y + height / 2, radius: 18, class: "step-circle"),
                .words("\(step.number)", x: x + 30, y: y + height / 2 + 7, anchor: .middle, class: "step-number"),
            ] + name
        )
    }

    /// At most three lines of whole words.
    private static func lines(_ name: String) -> [String] {
        var lines: [String] = []
        for word in name.split(separator: " ") {
            if let last = lines.last, last.count + word.count < letters || lines.count == 3 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
