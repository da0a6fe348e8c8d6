import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// "I'm worried about someone": first what to do right now, then a short form.
struct WorriedPage: Page {
    let heading = W.worriedHeading
    let rightNow = [W.danger, W.mental, W.childline, W.night]
    /// By when it is read; nil where there is nobody to read it, and nothing is taken.
    let read: String?
    let phone: String?
    let surroundings: Surroundings
    let problems: Problems
    private let services: [Choice]
    private let form: Form
    private let chosen: String
    private let from: String

    private enum CodingKeys: String, CodingKey { case rightNow, read, phone }

    static let url = SafeURL.path("/worried")
    static let limit = 4_000
    static let short = 200

    init(_ visit: Visit, _ tx: Transaction) throws {
        let all = try ServiceStore.all(tx)
        form = visit.form
        problems = visit.form.problems
        let from = Self.page(visit.form.value("from", or: visit.query["from"] ?? ""))
        self.from = from
        let here = all.first { from.hasPrefix("/\($0.slug)/") || from == "/\($0.slug)" }
        let guess = here ?? (all.count == 1 ? all.first : nil)
        chosen = visit.form.value("service", or: guess?.slug ?? "")
        services = all.map { Choice($0.slug, $0.name) } + [Choice("", W.serviceUnknown)]
        let due = RaiseWorry.clock.due(from: visit.at, zone: guess?.zone ?? "Europe/London")
        read = try Leads(tx).isSomebody ? W.readBy(day: Dates(zone: guess?.zone ?? "Europe/London").weekday(due)) : nil
        phone = guess?.phone
        let back = SafeURL(local: from).map { Link(W.backTo, to: $0) }
        surroundings = Surroundings(breadcrumbs: back.map { [$0] } ?? [], isPrivate: true, saysRightNow: false)
    }

    /// A page of ours they came from; anything else is left out, also what they were searching for.
    static func page(_ from: String) -> String {
        guard from.utf8.count <= 300, let url = SafeURL(local: String(from.prefix { $0 != "?" && $0 != "#" })) else { return "" }
        return url.description
    }

    var html: HTML {
        HTML {
            RightNow.html(phone: phone)
            if let read {
                p(read)
                p(W.whoReads)
                p(W.noSecret)
                HTML::form(post: Self.url) { fields }
            } else {
                warningText(W.cannotTake)
            }
        }
    }

    private var fields: HTML {
        HTML {
            hidden("from", from)
            textArea(
                "words",
                label: W.wordsLabel,
                value: form.value("words", or: ""),
                hint: W.wordsHint,
                problems: problems,
                limit: Self.limit,
                rows: 6
            )
            textField(
                "about",
                label: W.aboutLabel,
                value: form.value("about", or: ""),
                hint: W.aboutHint,
                problems: problems,
                isOptional: true
            )
            textField(
                "contact",
                label: W.contactLabel,
                value: form.value("contact", or: ""),
                hint: W.contactHint,
                problems: problems,
                isOptional: true
            )
            if services.count > 2 {
                selectField("service", label: W.serviceLabel, options: services, value: chosen, problems: problems)
            } else {
                hidden("service", chosen)
            }
            buttons { button(W.send) }
        }
    }
}

/// After telling: what happens next, and by when. It repeats nothing of what was told.
struct WorriedSentPage: Page {
    let heading = W.sentHeading
    let next: [String]
    let rightNow = [W.danger, W.mental, W.childline, W.night]
    let surroundings = Surroundings(breadcrumbs: [], isPrivate: true, saysRightNow: false)
    var confirmation: HTML? { HTML { p(W.sentWords) } }

    private enum CodingKeys: String, CodingKey { case next, rightNow }

    static func url(_ id: WorryID) -> SafeURL { .path("/worried/sent", id) }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let id: WorryID = try visit.id("worry")
        let found = try tx.first("SELECT due, service FROM worries WHERE id = \(id)") { row in
            (due: try row.next(Moment.self), service: try row.next(ServiceID?.self))
        }
        guard let found else { throw Refusal.notFound }
        let service = try found.service.map { try ServiceStore.find($0, tx) }
        let zone = service?.zone ?? "Europe/London"
        next =
            [
                W.nextRead(day: Dates(zone: zone).weekday(found.due)), W.nextContact, W.nextTell,
            ] + (service?.phone.map { [W.nextPhone(phone: $0)] } ?? [])
    }

    var html: HTML {
        HTML {
            nextSteps(W.nextHeading) { ul { for one in next { li(one) } } }
            RightNow.html(phone: nil)
        }
    }
}

/// Whom to turn to at once, before and beside any form.
enum RightNow {
    static func html(phone: String?) -> HTML {
        inset {
            warningText { ringable(W.danger, "999") }
            p { ringable(W.mental, "111") }
            p { ringable(W.childline, "0800 1111") }
            if let phone {
                p {
                    W.ringService
                    " "
                    a(phone, to: .tel(phone))
                    "."
                }
            }
            p(W.night)
        }
    }

    /// A sentence in which a press on the number rings it.
    private static func ringable(_ sentence: String, _ number: String) -> HTML {
        guard let at = sentence.firstRange(of: number) else { return HTML(sentence) }
        return HTML {
            String(sentence[..<at.lowerBound])
            a(number, to: .tel(number))
            String(sentence[at.upperBound...])
        }
    }
}
