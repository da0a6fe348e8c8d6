import HTML
import Kernel
import QR
import Services
import Store
import Web
import Words

/// `/passed/:code`: a list for whoever has its link. No account, and nothing of theirs is written down.
struct PassedPage: Page {
    let heading: String
    let places: [PlaceLine]
    let until: String
    /// Set right after the link was made: to hand over.
    let address: String?
    private let code: String
    private let send: [Link]
    /// Whose words stand beside the places: anybody can make a list, and its link leads to us.
    let lead: String?
    let surroundings = Surroundings(breadcrumbs: [], isPrivate: true)

    private enum CodingKeys: String, CodingKey { case places, until, address }

    init(_ visit: Visit, _ tx: Transaction) throws {
        code = try visit.part("code")
        let (list, ends) = try Self.list(visit, tx)
        heading = list.title
        places = try PlaceLine.all(of: list.id, at: visit.at, visit.site.dates, tx)
        lead = try list.service.map { W.passedLeadStaff(service: try ServiceStore.find($0, tx).name) } ?? W.passedLead
        until = W.passedUntil(day: visit.site.dates.day(ends))
        let whole = SafeURL.path("/passed", code).absolute(on: visit.site.base).description
        address = visit.query["made"] == nil ? nil : whole
        let words = W.messageFromMe(link: whole)
        send = [
            Link(W.sendMyText, to: .sms(words: words)),
            Link(W.sendMyEmail, to: .mailto(subject: W.messageSubject, words: words)),
        ]
    }

    static func list(_ visit: Visit, _ tx: Transaction) throws -> (list: Shortlist, until: Moment) {
        do { return try ListLink.list(of: visit.part("code"), at: visit.at, tx) } catch let dead as Refusal {
            try visit.site.limits.count("list-code", visit, most: 60, minutes: 10)
            throw dead
        }
    }

    var html: HTML {
        HTML {
            if let address { handOver(address) }
            for place in places { card(place.name, to: place.url) { place.html() } }
            PlaceLine.sources(of: places)
            p { a(W.printIt, to: .path("/passed", code, "print")) }
            p(until, class: "hint")
        }
    }

    private func handOver(_ address: String) -> HTML {
        nextSteps(W.handOver) {
            p(W.handOverWords)
            p(class: "address") { strong(address) }
            buttons { copyButton(W.copyLink, copies: address) }
            ul { for link in send { li { a(link.label, to: link.url) } } }
        }
    }
}

/// `/passed/:code/print`: the same on paper, in large letters, with a square for the telephone's camera.
struct PrintPage: Page {
    let heading: String
    let places: [PlaceLine]
    let printed: String
    let address: String
    private let code: String
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case places, printed, address }

    init(_ visit: Visit, _ tx: Transaction) throws {
        code = try visit.part("code")
        let (list, ends) = try PassedPage.list(visit, tx)
        heading = list.title
        let dates = visit.site.dates
        places = try PlaceLine.all(of: list.id, at: visit.at, dates, tx)
        printed = W.printed(day: dates.day(visit.at), until: dates.day(ends))
        address = SafeURL.path("/passed", code).absolute(on: visit.site.base).description
        surroundings = Surroundings(breadcrumbs: [Link(list.title, to: .path("/passed", code))], isPrivate: true).wearing(.leaflets)
    }

    var html: HTML {
        HTML {
            printButton(W.printButton)
            div(class: "leaflet large-print list-sheet") {
                for place in places { section(place.name) { place.html(isPrinted: true) } }
                section(W.newestHeading, class: "newest") {
                    if let square = QRCode(address) { square.html(title: W.qrTitle, description: W.qrWords) }
                    p(printed)
                    p(class: "address") { address }
                    PlaceLine.sources(of: places)
                }
            }
        }
    }
}
