import HTML
import Kernel
import Projects
import Statements
import Store
import Web
import Words

/// The map that everybody sees, with the place of whoever holds this link: on no page but this one.
struct MyPlacePage: Page {
    let heading = W.myPlace
    let caption: String?
    let surroundings: Surroundings
    let map: MapPart
    let back: Link

    private enum CodingKeys: String, CodingKey { case map, back }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let code = try visit.part("code")
        let (responder, round) = try ResponderStore.door(code: code, tx)
        let here = try ProjectVisit(visit, project: round.project, tx)
        let kept = try StatementStore.kept(in: round.id, tx).map { ($0.number, $0.words) }
        caption = round.title
        surroundings = here.surroundings(isPrivate: true).wearing(.statements)
        let picture = try ToldStore.round(round, tx).flatMap { Picture.read($0.picture) }
        let answers = try ResponderStore.answers(of: responder.number, in: round, tx)
        map = MapPart(picture, isRoom: false, answers: answers, Dictionary(kept) { first, _ in first })
        back = Link(W.back, to: .path("/answering", code))
    }

    var html: HTML {
        HTML {
            map.html
            p { a(back.label, to: back.url) }
        }
    }
}
