import HTML
import Kernel
import Services
import Store
import Web
import Words

/// `/lists/:list/sending`: asks the team to send a list to a family.
struct AskSendingPage: Page {
    let heading = W.sendHeading
    let caption: String?
    var lead: String? { W.sendLead }
    /// What they will get: nothing of the list itself, since others may see a telephone's screen.
    let message: String
    private let list: Shortlist
    let form: Form
    var problems: Problems { form.problems }
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case message }

    init(_ visit: Visit, _ tx: Transaction) throws {
        list = try ListStore.find(visit.id("list"), for: ListHolder(visit), tx)
        try ListPolicy.work(at: list.service, of: Workplaces.of(visit.actor, tx), by: visit.actor)
        caption = list.title
        message = W.message(service: try list.service.map { try ServiceStore.find($0, tx).name } ?? "", link: "…")
        form = visit.form
        surroundings = Surroundings(breadcrumbs: [Link(list.title, to: list.url)], isPrivate: true)
    }

    var html: HTML {
        HTML {
            HTML::form(post: .path("/lists", list.id, "sending")) {
                textField("who", label: W.whoLabel, value: form["who"], hint: W.whoHint, problems: problems, autocomplete: .off)
                radios(
                    "channel",
                    legend: W.channelLegend,
                    options: [
                        Choice("text", W.byText) {
                            telField("number", label: W.numberLabel, value: form["number"], problems: problems, autocomplete: .off)
                        },
                        Choice("email", W.byEmail) {
                            emailField("email", label: W.emailLabel, value: form["email"], problems: problems, autocomplete: .off)
                        },
                    ],
                    value: form["channel"],
                    problems: problems
                )
                checkbox("agreed", label: W.agreedLabel, isChecked: form.has("agreed"), hint: W.agreedHint, problems: problems)
                section(W.messageHeading) { inset { words(message) } }
                button(W.askToSend)
            }
        }
    }

    /// What was typed, checked.
    static func read(_ form: inout Form) throws -> (who: String, channel: Sending.Channel, contact: String) {
        let who = form.line("who", limit: 40, empty: W.whoEmpty)
        let channel: Sending.Channel? = form.choice("channel", missing: W.channelMissing)
        let contact = channel.map { readContact($0, &form) } ?? ""
        if !form.has("agreed") { form.problems.add("agreed", W.agreedMissing) }
        try form.check()
        guard let channel else { throw form.problems }
        return (who, channel, contact)
    }

    private static func readContact(_ channel: Sending.Channel, _ form: inout Form) -> String {
        switch channel {
        case .text:
            let number = form.line("number", limit: 40, empty: W.numberEmpty)
            if !number.isEmpty, number.filter(\.isNumber).count < 6 { form.problems.add("number", W.numberWrong) }
            return number
        case .email:
            let email = form.line("email", limit: 200, empty: W.emailEmpty)
            let sides = email.split(separator: "@", omittingEmptySubsequences: false)
            let isRight = sides.count == 2 && !sides.contains(where: \.isEmpty) && !email.contains(" ")
            if !email.isEmpty, !isRight { form.problems.add("email", W.emailWrong) }
            return email
        }
    }
}

/// `/sendings`: lists that a person is to send, the most urgent first.
struct SendingsPage: Page {
    struct Line: Sendable, Encodable {
        let who: String
        let how: String
        let due: String
        let isLate: Bool
        let url: SafeURL
    }

    let heading = W.sendingsHeading
    var lead: String? { lines.isEmpty ? nil : W.sendingsLead }
    let lines: [Line]
    let news: String?
    let surroundings = Surroundings(breadcrumbs: [Link(W.desk, to: .path("/desk"))], isPrivate: true)

    private enum CodingKeys: String, CodingKey { case lines, news }

    static let most = 50

    init(_ visit: Visit, _ tx: Transaction) throws {
        _ = try visit.someone()
        // Whoever has nothing to send and works nowhere has no such page.
        let found = try SendingStore.waiting(for: visit.actor, limit: Self.most, tx)
        let works = try !Workplaces.of(visit.actor, tx).isEmpty
        guard !found.isEmpty || works else { throw Refusal.notFound }
        lines = found.map { sending in
            Line(
                who: W.sendingTo(who: sending.who, service: sending.serviceName),
                how: sending.channel == .text ? W.byText : W.byEmail,
                due: visit.site.dates.weekday(sending.due),
                isLate: sending.due < visit.at,
                url: .path("/sendings", sending.id)
            )
        }
        news = visit.query["done"].flatMap { Sending.Outcome(rawValue: $0) }.map { $0 == .noAnswer ? W.newsStays : W.newsSent }
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if lines.isEmpty { emptyState(W.nothingToSend, next: Link(W.desk, to: .path("/desk"))) }
            for line in lines {
                card(line.who, to: line.url) {
                    p {
                        tag(line.isLate ? W.late(day: line.due) : W.by(day: line.due), line.isLate ? .attention : .waiting)
                        " " + line.how
                    }
                }
            }
        }
    }
}

/// `/sendings/:sending`: one list to send: to whom, and what. The link is made when it is sent, and shown once.
struct SendingPage: Page {
    let heading: String
    let how: String
    let contact: String?
    let message: String?
    private let ready: Link?
    private let sending: Sending
    let form: Form
    var problems: Problems { form.problems }
    let surroundings = Surroundings(
        breadcrumbs: [Link(W.desk, to: .path("/desk")), Link(W.sendingsHeading, to: .path("/sendings"))],
        isPrivate: true
    )

    private enum CodingKeys: String, CodingKey { case how, contact, message }

    init(_ visit: Visit, link: String? = nil, _ tx: Transaction) throws {
        let sending = try SendingStore.find(visit.id("sending"), for: visit.actor, tx)
        self.sending = sending
        heading = sending.endedAt == nil ? W.sendTo(who: sending.who) : W.sentHeading
        how = sending.channel == .text ? W.byText : W.byEmail
        contact = sending.contact
        let words = link.map { W.message(service: sending.serviceName, link: $0) }
        message = words
        ready = words.flatMap { words in
            sending.contact.map { contact in
                sending.channel == .text
                    ? Link(W.openText, to: .sms(contact, words: words))
                    : Link(W.openEmail, to: .mailto(contact, subject: W.messageSubject, words: words))
            }
        }
        form = visit.form
    }

    var html: HTML {
        HTML {
            if sending.endedAt != nil {
                p(W.sentAlready)
            } else {
                summaryList([SummaryRow(how, contact)])
                if let message { writing(message) } else { postButton(W.makeMessage, to: below("link"), kind: .primary) }
                outcome
            }
        }
    }

    private func writing(_ message: String) -> HTML {
        section(W.messageHeading) {
            p(W.messageOnce)
            inset { words(message) }
            copyButton(W.copyMessage, copies: message)
            if let ready { p { a(ready.label, to: ready.url) } }
        }
    }

    private var outcome: HTML {
        HTML::form(post: below("tries")) {
            radios(
                "outcome",
                legend: W.outcomeLegend,
                options: [
                    Choice("sent", W.outcomeSent), Choice("no-answer", W.outcomeLater), Choice("wrong-contact", W.outcomeWrong),
                    Choice("rather-not", W.outcomeRatherNot),
                ],
                value: form["outcome"],
                problems: problems
            )
            button(W.saveOutcome)
        }
    }

    private func below(_ name: String) -> SafeURL { .path("/sendings", sending.id, name) }
}
