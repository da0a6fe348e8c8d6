import HTML
import Kernel
import QR
import Store
import Web
import Words

/// What is said on the page of one telling, for the way in which somebody asked to be told.
struct TellingWording {
    /// Who else could see or hear it.
    let privacy: String
    let noteHint: String
    let outcomes: [Choice]

    init(_ channel: Telling.Channel) {
        let (told, notReached): (String, String?) =
            switch channel {
            case .phone: (W.outcomeToldChoice, W.outcomeNobodyAnswered)
            case .inPerson: (W.outcomeToldChoice, W.outcomeNotThere)
            case .email, .text, .letter: (W.outcomeSent, nil)
            }
        privacy =
            switch channel {
            case .phone: W.privacyOfCall
            case .email: W.privacyOfEmail
            case .text: W.privacyOfText
            case .letter: W.privacyOfLetter
            case .inPerson: W.privacyInPerson
            }
        noteHint = notReached == nil ? W.noteHintWritten : W.noteHint
        outcomes =
            [Choice("told", told)]
            + (notReached.map { [Choice("no-answer", $0, hint: W.outcomeNoAnswerHint)] } ?? [])
            + [Choice("wrong-contact", W.outcomeWrong), Choice("rather-not", W.outcomeRatherNot)]
    }
}

/// What is to be told, as a message somebody sends from their own mail or telephone: Heard sends nothing by itself.
///
/// It has the answer they asked for and where they see more. It repeats nothing they said, and its subject tells nobody anything. Making a
/// new link for them here would end the one they hold: they are reminded of theirs.
struct ReadyMessage {
    let words: String
    let link: Link?

    init(_ telling: CallBack, _ all: [CallBack], _ visit: Visit) {
        let greeting = telling.name.map { W.greetingName(name: $0) } ?? W.greeting
        let lookUp = W.lookUp(address: SafeURL.path("/receipt").absolute(on: visit.site.base).description)
        words = ([greeting, W.asAsked] + all.compactMap(\.message) + [lookUp, telling.serviceName]).joined(separator: "\n\n")
        link = telling.contact.flatMap { [words] contact in
            switch telling.channel {
            case .email: Link(W.openEmail, to: .mailto(contact, subject: W.messageSubject, words: words))
            case .text: Link(W.openText, to: .sms(contact, words: words))
            case .phone, .letter, .inPerson: nil
            }
        }
    }
}

/// `/tellings/:telling/letter`: to print, with the words and a square that opens the page for their code.
struct LetterPage: Page {
    let heading = W.letterHeading
    let letter: String
    /// Name and address, where they left one to write to.
    let to: String?
    let address: String
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case letter, to, address }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let found = try CallBackList.find(try visit.id("telling"), tx)
        try MessagePolicy.tell(at: found.place, by: visit.actor)
        guard found.endedAt == nil else { throw Refusal.notFound }
        letter = ReadyMessage(found, try CallBackList.together(with: found, tx), visit).words
        to = found.channel == .letter ? found.contact : nil
        address = SafeURL.path("/receipt").absolute(on: visit.site.base).description
        surroundings = Surroundings(
            breadcrumbs: [
                Link(W.desk, to: .path("/desk")), Link(W.listHeading, to: .path("/tellings")),
                Link(W.letterBack, to: .path("/tellings", found.id)),
            ],
            isPrivate: true
        )
    }

    var html: HTML {
        HTML {
            slip(W.letterTitle) {
                if let to { HTML::words(to) }
                HTML::words(letter)
                if let square = QRCode(address) { square.html(title: W.qrTitle, description: W.qrDescription) }
            }
            buttons { printButton(W.printLetter) }
        }
    }
}
