import HTML
import Kernel
import People
import QR
import Services
import Store
import Web
import Words

/// An invitation that works: its link to pass on, and a poster to print and hang up.
struct InvitationPage: Page {
    let heading = W.invitationReady
    let caption: String?
    let lead: String? = W.invitationOpenLead
    let link: String
    let poster: Poster
    let surroundings: Surroundings
    private let back: Link

    struct Poster: Encodable, Sendable {
        let title: String
        let question: String
        let sentences: [String]
        let until: String
        let phone: String?
    }

    private enum CodingKeys: String, CodingKey { case link, poster }

    init(_ here: ProjectVisit, _ group: ProjectGroup, _ invitation: Invitation, _ tx: Transaction) throws {
        guard invitation.group == group.id else { throw Refusal.notFound }
        guard invitation.state(at: here.visit.at) == .open else { throw Refusal.gone(because: W.invitationGone) }
        caption = group.name
        link = try invitation.link(tx).absolute(on: here.visit.site.base).description
        poster = Poster(
            title: W.posterTitle(service: here.service.name),
            question: here.project.question,
            sentences: [
                W.posterFor(perspective: here.perspectives.label(invitation.perspective ?? "")), W.posterNoEmail, W.posterNoName,
                W.posterSeen,
            ],
            until: W.posterUntil(day: here.dates.day(invitation.endsAt)),
            phone: here.service.phone
        )
        back = Link(W.backToGroup, to: here.here("groups", group.id))
        surroundings = here.surroundings(
            Link(W.groups, to: here.here("groups")),
            Link(group.name, to: here.here("groups", group.id)),
            isPrivate: true
        )
    }

    var html: HTML {
        HTML {
            section(W.invitationLink) {
                p { code(link) }
                buttons {
                    copyButton(W.copyLink, copies: link)
                    printButton(W.printPoster)
                }
            }
            section(poster.title, class: "poster") {
                p(class: "lead") { strong(poster.question) }
                for sentence in poster.sentences { p(sentence) }
                p(W.posterScan)
                if let square = QRCode(link) { square.html(title: W.posterCode, description: W.posterCodeWords) }
                p { code(link) }
                if let phone = poster.phone { p(W.posterPhone(phone: phone)) }
                p(poster.until, class: "quiet")
            }
            p { a(back.label, to: back.url) }
        }
    }
}
