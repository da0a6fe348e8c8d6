import Discussion
import HTML
import Kernel
import Projects
import Statements
import Store
import Web
import Words

/// The map on the page: a drawing, and a table that says the same.
struct MapPart: Encodable, Sendable {
    struct Group: Encodable, Sendable {
        let name: String
        let people: String
        let says: [String]
    }

    let words: [String]
    let groups: [Group]
    /// Which group whoever looks is nearest to; told to them alone.
    let yours: String?
    private let picture: Picture?
    private let you: Picture.Point?

    private enum CodingKeys: String, CodingKey { case words, groups, yours }

    init(_ here: RoundVisit, _ seen: Seen, _ states: RoundStates, _ statements: [Int: String], _ tx: Transaction) throws {
        let round = here.round
        let answers = try here.actor.personID.flatMap { try ResponderStore.of($0, in: round.project, tx) }.map {
            try ResponderStore.answers(of: $0.number, in: round, tx)
        }
        let found: Picture? =
            try seen.circle == nil
            // 2: in the room people know each other, and one alone is no group.
            ? states.map(of: round, at: here.visit.at, tx).flatMap { Picture($0, least: 2) }
            : ToldStore.round(round, tx).flatMap { Picture.read($0.picture) }
        self.init(found, isRoom: seen.circle == nil, answers: answers ?? [:], statements)
    }

    init(_ picture: Picture?, isRoom: Bool, answers: [Int: Response], _ statements: [Int: String]) {
        self.picture = picture
        let you = picture?.place(of: answers)
        self.you = you
        guard let picture else {
            (words, groups, yours) = ([isRoom ? W.mapNone : W.mapFew], [], nil)
            return
        }
        groups = picture.groups.enumerated().map { place, group in
            Group(
                name: W.group(letter: PictureDrawing.letter(place)),
                people: isRoom ? Common.people(n: group.people) : W.aboutPeople(number: String(group.people / 10 * 10)),
                says: group.says.compactMap { says in
                    statements[says.statement].map { says.agrees ? W.mostAgree(words: $0) : W.mostDisagree(words: $0) }
                }
            )
        }
        words = [W.mapHow(n: picture.groups.count)] + (isRoom ? [] : [W.mapLarge]) + [Self.stability(picture.stability)]
        yours = you.map { W.nearest(group: W.group(letter: PictureDrawing.letter(picture.nearest($0)))) }
    }

    private static func stability(_ score: Double?) -> String {
        guard let score else { return W.stableUnknown }
        // 0.8 and 0.5: with half of the people left out, nearly everybody stays in their group, or hardly more than half do.
        return score >= 0.8 ? W.stableHigh : score >= 0.5 ? W.stableMiddle : W.stableLow
    }

    private static var tools: MapWords {
        MapWords(label: W.mapTools, hint: W.mapPress, zoomIn: W.zoomIn, zoomOut: W.zoomOut, whole: W.mapWhole)
    }

    private static func list(_ says: [String]) -> HTML {
        says.isEmpty ? HTML(W.saysNothing) : ul(class: "plain") { for one in says { li(one) } }
    }

    var html: HTML {
        section(W.mapHeading, id: "map") {
            for sentence in words { p(sentence) }
            if let picture {
                svg(
                    PictureDrawing.make(picture, you: you),
                    title: W.mapTitle,
                    description: groups.map { "\($0.name): \($0.people)." }.joined(separator: " "),
                    width: PictureDrawing.width,
                    height: PictureDrawing.height,
                    class: "map"
                )
                mapTools(id: "map-tools", Self.tools, parts: groups.map(\.name))
                if let yours { p { strong(yours) } }
                table(
                    caption: W.mapCaption,
                    columns: [TableColumn(W.groupColumn), TableColumn(W.saysColumn)],
                    rows: groups.map { TableRow("\($0.name): \($0.people)", [Self.list($0.says)]) }
                )
            }
        }
    }
}

extension Picture {
    /// The group whose middle is nearest.
    func nearest(_ point: Point) -> Int {
        let away = groups.map {
            ($0.area.center.x - point.x) * ($0.area.center.x - point.x) + ($0.area.center.y - point.y) * ($0.area.center.y - point.y)
        }
        return away.indices.min { away[$0] < away[$1] } ?? 0
    }
}

enum ThemeReach {
    static func mayRead(_ here: RoundVisit) -> Bool { ThemePolicy.mayRead(in: here.round.place, by: here.actor) }
}
