import HTML
import Kernel
import QR
import Services
import Shortlists
import Store
import Web
import Words

/// `/family/:code` and `/family/kept/:list`: what was put together for a family, in one place, with dates, names and what happens next.
struct FamilyPage: Page {
    struct One: Sendable, Encodable {
        let record: ReferralRecord
        let id: ReferralID
        /// The question is due.
        let isAsked: Bool
        let isOver: Bool
        let state: Referral.State
        private enum CodingKeys: String, CodingKey { case record, id, isAsked }
    }

    let heading = W.familyHeading
    let caption: String?
    var lead: String? { W.familyLead(service: service) }
    let referrals: [One]
    let places: [PlaceLine]
    let news: String?
    /// Set right after the link was made: for whoever hands it over.
    let address: String?
    let service: String
    let canKeep: Bool
    private let slip: SafeURL?
    private let send: [Link]
    private let door: FamilyDoor
    let form: Form
    var problems: Problems { form.problems }
    let surroundings = Surroundings(breadcrumbs: [], isPrivate: true)

    private enum CodingKeys: String, CodingKey { case referrals, places, news, address }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let door = try FamilyDoor(visit, tx)
        self.door = door
        caption = door.list.title
        let service = try ServiceStore.find(door.service, tx)
        self.service = service.name
        referrals = try ReferralStore.of(door.list.id, tx).map { referral in
            One(
                record: try ReferralRecord(referral, at: visit.at, tx),
                id: referral.id,
                isAsked: referral.askedAt != nil && referral.record.map { $0.helped == nil } ?? false,
                isOver: referral.record == nil,
                state: referral.record?.state ?? .asked
            )
        }
        places = try PlaceLine.all(of: door.list.id, at: visit.at, Dates(zone: service.zone), tx)
        news = visit.query["done"].flatMap(Self.news)
        let whole = door.code.map { SafeURL.path("/family", $0).absolute(on: visit.site.base).description }
        address = visit.query["made"] == nil ? nil : whole
        let words = whole.map { W.message(service: service.name, link: $0) } ?? ""
        send = [Link(W.sendText, to: .sms(words: words)), Link(W.sendEmail, to: .mailto(subject: W.messageSubject, words: words))]
        slip = door.code.map { .path("/family", $0, "slip") }
        canKeep = door.code != nil && visit.actor.person != nil && !door.isKept
        form = visit.form
    }

    private static func news(_ done: String) -> String? {
        switch done {
        case "came": W.newsCame
        case "helped": W.newsHelped
        case "withdrawn": W.newsWithdrawn
        case "kept": W.newsKept
        default: nil
        }
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if let address { handOver(address) }
            for one in referrals { section(one.isOver ? W.recordGone : one.record.place, to: one.record.entry) { part(one) } }
            section(W.whoSees) { p(W.whoSeesWords) }
            section(W.placesHeading) {
                for place in places { card(place.name, to: place.url) { place.html() } }
                PlaceLine.sources(of: places)
            }
            if canKeep { postButton(W.keepIt, to: door.at("keeping")) }
            if door.code == nil { postButton(W.letGo, to: door.at("end")) }
            if let slip, address == nil { p { a(W.printSlip, to: slip) } }
        }
    }

    private func handOver(_ address: String) -> HTML {
        nextSteps(W.handOver) {
            p(W.handOverWords)
            p(class: "address") { strong(address) }
            buttons {
                copyButton(W.copyLink, copies: address)
                if let slip { buttonLink(W.printSlip, to: slip, kind: .secondary) }
            }
            ul { for link in send { li { a(link.label, to: link.url) } } }
        }
    }

    private func part(_ one: One) -> HTML {
        // What was typed belongs to the one form that was sent; the others show what is so now.
        let suffix = "-\(one.id)"
        let form = form["referral"] == one.id.text ? form : Form()
        return HTML {
            if one.isAsked { nextSteps(W.helpedHeading) { asking(one, form, problems) } }
            one.record.html(isFamily: true)
            if !one.isOver {
                details(W.sayCame, around: ["state\(suffix)", "came\(suffix)"], problems) {
                    HTML::form(post: door.at(one.id, "coming")) {
                        hidden("referral", one.id)
                        ReferralQuestions.came(form, now: one.state, problems, suffix: suffix)
                        button(W.send)
                    }
                }
                details(W.takeBack, around: ["sure\(suffix)"], problems) {
                    p(W.takeBackWords)
                    HTML::form(post: door.at(one.id, "withdrawal")) {
                        hidden("referral", one.id)
                        checkbox("sure\(suffix)", label: W.takeBackSure, problems: problems)
                        button(W.takeBackButton, kind: .warning)
                    }
                }
            }
        }
    }

    private func asking(_ one: One, _ form: Form, _ problems: Problems) -> HTML {
        HTML::form(post: door.at(one.id, "helping")) {
            hidden("referral", one.id)
            ReferralQuestions.helped(form, problems, suffix: "-\(one.id)")
            button(W.send)
        }
    }
}

/// `/family/:code/slip`: the link on a small sheet to take home.
struct FamilySlipPage: Page {
    let heading = W.slipHeading
    let address: String
    let service: String
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case address, service }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let door = try FamilyDoor(visit, tx)
        guard let code = door.code else { throw Refusal.notFound }
        address = SafeURL.path("/family", code).absolute(on: visit.site.base).description
        service = try ServiceStore.find(door.service, tx).name
        surroundings = Surroundings(breadcrumbs: [Link(W.familyHeading, to: door.base)], isPrivate: true)
    }

    var html: HTML {
        HTML {
            slip(W.slipTitle) {
                p(W.slipWords(service: service))
                if let square = QRCode(address) { square.html(title: W.qrTitle, description: W.qrWords) }
                p(class: "address") { strong(address) }
                p(W.slipKeep, class: "quiet")
            }
            printButton(W.printButton)
        }
    }
}
