import HTML
import Kernel
import Projects
import Services
import Store
import Web

/// The code by which somebody who answered by phone comes back or takes their answers back: read out, or printed.
struct AnsweringSlipPage: Page {
    let heading = W.slipHeading
    let caption: String?
    let surroundings: Surroundings
    let answers: Int
    let slip: AnsweringSlip
    let on: Link?

    private enum CodingKeys: String, CodingKey { case answers, slip, on }

    init(_ door: AnsweringDoor, _ tx: Transaction) throws {
        let here = try door.here(tx)
        caption = door.round.title
        surroundings = here.surroundings(isPrivate: true).wearing(.statements)
        answers = try door.responder.map { try ResponderStore.answers(of: $0.number, in: door.round, tx).count } ?? 0
        slip = AnsweringSlip(try door.visit.part("code"), door.visit)
        let scribes = RoundPolicy.mayScribe(in: door.round.place, by: door.visit.actor)
        on = scribes ? Link(W.phoneNext, to: here.here("rounds", door.round.id, "phone")) : nil
    }

    var html: HTML {
        HTML {
            p(W.slipSaved(n: answers))
            slip.html(W.slipTitle)
            p { printButton(W.slipPrint) }
            if let on { p { buttonLink(on.label, to: on.url, kind: .secondary) } }
        }
    }
}

/// A slip for each sheet of paper that was typed in, to print and give to whoever asks for theirs.
struct PaperSlipsPage: Page {
    let heading = W.paperSlips
    let caption: String?
    let lead: String? = W.paperSlipsLead
    let surroundings: Surroundings
    let slips: [AnsweringSlip]
    let on: Link

    private enum CodingKeys: String, CodingKey { case slips, on }

    init(_ here: RoundVisit, _ tx: Transaction) throws {
        try RoundPolicy.scribe(in: here.round.place, by: here.actor)
        let codes = (here.visit.query["codes"] ?? "").split(separator: ".").prefix(PaperPage.sheets).map { String($0) }
        for code in codes where try ResponderStore.door(code: code, tx).round.id != here.round.id { throw Refusal.notFound }
        caption = here.round.title
        surroundings = here.surroundings()
        slips = codes.map { AnsweringSlip($0, here.visit) }
        on = Link(W.paperNext, to: here.url("paper"))
    }

    var html: HTML {
        HTML {
            notificationBanner(W.paperSaved(n: slips.count), kind: .success)
            p {
                buttonLink(on.label, to: on.url)
                " "
                printButton(W.slipsPrint)
            }
            for (place, slip) in slips.enumerated() { slip.html(W.slipOfSheet(number: String(place + 1))) }
        }
    }
}

/// A private code and its address.
struct AnsweringSlip: Encodable, Sendable {
    let code: String
    let link: String

    init(_ code: String, _ visit: Visit) {
        self.code = code
        link = SafeURL.path("/answering", code).absolute(on: visit.site.base).description
    }

    func html(_ title: String) -> HTML {
        slip(title) {
            p(W.slipWords)
            p { codeWords(code) }
            p(link)
        }
    }
}
