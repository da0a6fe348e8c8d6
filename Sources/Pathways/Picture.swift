import HTML

/// Plain drawings that stand beside the lines of an easy-read text.
enum Picture: String, Sendable, Codable, CaseIterable {
    case person, people, talk, phone, letter, calendar, clock, house, tick, stop, question, lock, arrow, heart

    private var name: String {
        switch self {
        case .person: W.picturePerson
        case .people: W.picturePeople
        case .talk: W.pictureTalk
        case .phone: W.picturePhone
        case .letter: W.pictureLetter
        case .calendar: W.pictureCalendar
        case .clock: W.pictureClock
        case .house: W.pictureHouse
        case .tick: W.pictureTick
        case .stop: W.pictureStop
        case .question: W.pictureQuestion
        case .lock: W.pictureLock
        case .arrow: W.pictureArrow
        case .heart: W.pictureHeart
        }
    }

    var html: HTML { svg(Drawing(shapes), title: name, description: name, width: 64, height: 64, class: "easy-picture") }

    private static func person(_ x: Double, _ size: Double = 1) -> [Drawing] {
        [
            .circle(x: x, y: 20, radius: 9 * size, class: "fill-1"),
            .outline(
                [(x - 14 * size, 56), (x - 12 * size, 36), (x, 31), (x + 12 * size, 36), (x + 14 * size, 56)],
                isClosed: true,
                class: "fill-1"
            ),
        ]
    }

    private var shapes: [Drawing] {
        switch self {
        case .person: Self.person(32)
        case .people: Self.person(19, 0.85) + Self.person(45, 0.85)
        case .talk:
            [
                .rectangle(x: 6, y: 10, width: 52, height: 32, radius: 8, class: "fill-1"),
                .outline([(18, 40), (18, 56), (34, 40)], isClosed: true, class: "fill-1"),
                .line(from: (15, 21), to: (49, 21), class: "on-fill"), .line(from: (15, 31), to: (40, 31), class: "on-fill"),
            ]
        case .phone:
            [
                .rectangle(x: 18, y: 4, width: 28, height: 56, radius: 5, class: "fill-1"),
                .rectangle(x: 22, y: 11, width: 20, height: 36, class: "paper"),
                .circle(x: 32, y: 53, radius: 3, class: "paper"),
            ]
        case .letter:
            [
                .rectangle(x: 6, y: 14, width: 52, height: 36, radius: 3, class: "fill-1"),
                .outline([(8, 17), (32, 36), (56, 17)], isClosed: false, class: "on-fill"),
            ]
        case .calendar:
            [
                .rectangle(x: 8, y: 12, width: 48, height: 44, radius: 3, class: "fill-1"),
                .rectangle(x: 12, y: 24, width: 40, height: 28, class: "paper"),
                .rectangle(x: 18, y: 6, width: 5, height: 12, class: "fill-1"),
                .rectangle(x: 41, y: 6, width: 5, height: 12, class: "fill-1"),
                .rectangle(x: 30, y: 34, width: 10, height: 10, class: "fill-2"),
            ]
        case .clock:
            [
                .circle(x: 32, y: 32, radius: 27, class: "fill-1"), .circle(x: 32, y: 32, radius: 22, class: "paper"),
                .line(from: (32, 32), to: (32, 16), class: "on-paper"), .line(from: (32, 32), to: (44, 38), class: "on-paper"),
            ]
        case .house:
            [
                .outline([(4, 32), (32, 6), (60, 32)], isClosed: true, class: "fill-1"),
                .rectangle(x: 12, y: 31, width: 40, height: 27, class: "fill-1"),
                .rectangle(x: 27, y: 39, width: 10, height: 19, class: "paper"),
            ]
        case .tick: [.outline([(10, 34), (26, 50), (56, 14)], isClosed: false, class: "stroke-1")]
        case .stop:
            [
                .outline([(12, 12), (52, 52)], isClosed: false, class: "stroke-2"),
                .outline([(52, 12), (12, 52)], isClosed: false, class: "stroke-2"),
            ]
        case .question: [.circle(x: 32, y: 32, radius: 27, class: "fill-1"), .words("?", x: 32, y: 46, anchor: .middle, class: "mark")]
        case .lock:
            [
                .circle(x: 32, y: 24, radius: 15, class: "fill-1"), .circle(x: 32, y: 24, radius: 9, class: "paper"),
                .rectangle(x: 12, y: 28, width: 40, height: 30, radius: 4, class: "fill-1"),
                .circle(x: 32, y: 41, radius: 4, class: "paper"),
            ]
        case .arrow:
            [
                .line(from: (8, 32), to: (48, 32), class: "stroke-1"),
                .outline([(38, 16), (56, 32), (38, 48)], isClosed: false, class: "stroke-1"),
            ]
        case .heart:
            [
                .circle(x: 21, y: 24, radius: 14, class: "fill-2"), .circle(x: 43, y: 24, radius: 14, class: "fill-2"),
                .outline([(9, 31), (32, 58), (55, 31), (32, 22)], isClosed: true, class: "fill-2"),
            ]
        }
    }
}
