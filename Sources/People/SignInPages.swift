import HTML
import Kernel
import QR
import Store
import Web

/// Where staff sign in, and from where families find their own way in.
struct SignInPage: Page {
    struct DemoPerson: Encodable {
        let id: PersonID
        let name: String
        let what: String
    }

    /// People of the demo who bring the same point of view.
    struct DemoGroup: Encodable {
        let label: String
        let people: [DemoPerson]

        static func all(_ tx: Transaction) throws -> [DemoGroup] {
            let groups = try PeopleStore.demoGroups(tx)
            var labels: [String] = []
            for one in groups where !labels.contains(one.label) { labels.append(one.label) }
            let people = try PeopleStore.demoPeople(tx).map { person in
                (
                    label: groups.first { $0.person == person.id }?.label ?? W.demoOthers,
                    person: DemoPerson(id: person.id, name: person.name ?? W.demoNoName, what: person.demo ?? "")
                )
            }
            return (labels + [W.demoOthers]).map { label in
                DemoGroup(label: label, people: people.filter { $0.label == label }.map(\.person))
            }
            .filter { !$0.people.isEmpty }
        }
    }

    let heading = W.signInHeading
    /// Said above the form where something was just done, such as a new password.
    let news: String?
    let then: SafeURL?
    let email: String
    let demoPeople: [DemoGroup]
    let problems: Problems
    var surroundings: Surroundings { Surroundings(isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case news, then, demoPeople }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            section(W.signInFamilies) {
                p(W.signInFamiliesWords)
                p { buttonLink(W.signInWithKey, to: SafeURL.path("/key").adding("then", then), kind: .secondary) }
                p { a(W.signInWithCode, to: .path("/receipt")) }
            }
            if !demoPeople.isEmpty { demo }
            section(W.signInStaff) { staff }
        }
    }

    private var staff: HTML {
        HTML {
            form(post: .path("/sign-in")) {
                if let then { hidden("then", then) }
                emailField("email", label: W.emailLabel, value: email, problems: problems, autocomplete: .username)
                passwordField("password", label: W.passwordLabel, problems: problems)
                button(W.signIn)
            }
            details(W.passwordLost) { p(W.passwordLostWords) }
        }
    }

    private var demo: HTML {
        section(W.demoHeading) {
            p(W.demoWords)
            for group in demoPeople {
                section(group.label) {
                    ul(class: "plain become") { for person in group.people { li { become(person) } } }
                }
            }
        }
    }

    private func become(_ person: DemoPerson) -> HTML {
        form(post: .path("/demo/become")) {
            hidden("person", person.id)
            if let then { hidden("then", then) }
            button(W.demoBecome(name: person.name), kind: .secondary)
            span(person.what, class: "quiet")
        }
    }
}

/// For somebody who opens a way in while signed in: who they are here, and how to become somebody else.
struct SignedInAlreadyPage: Page {
    let heading = W.signedInAlready
    let name: String
    let goOn: Link
    let then: SafeURL?
    var surroundings: Surroundings { Surroundings(isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case name, goOn }

    var html: HTML {
        HTML {
            p(W.signedInAs(name: name))
            p { buttonLink(goOn.label, to: goOn.url) }
            if let then {
                postButton(W.signOutOther, to: .path("/sign-out"), hidden: ["then": then])
            } else {
                postButton(W.signOutOther, to: .path("/sign-out"), hidden: ["then": SafeURL.path("/sign-in")])
            }
        }
    }
}

/// The second step: six digits from the telephone.
struct CodePage: Page {
    let heading = W.codeHeading
    let then: SafeURL?
    let problems: Problems
    var lead: String? { W.codeLead }
    var surroundings: Surroundings { Surroundings(breadcrumbs: [Link(W.signInHeading, to: .path("/sign-in"))], isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case then }

    var html: HTML {
        HTML {
            form(post: .path("/sign-in/code")) {
                if let then { hidden("then", then) }
                textField("code", label: W.codeLabel, hint: W.codeHint, problems: problems, width: .short, autocomplete: .oneTimeCode)
                button(W.signIn)
            }
            details(W.codeLost) { p(W.codeLostWords) }
        }
    }
}

/// Back in with four words.
struct KeyPage: Page {
    let heading = W.keyHeading
    let then: SafeURL?
    let typed: String
    let problems: Problems
    var lead: String? { W.keyLead }
    var surroundings: Surroundings { Surroundings(breadcrumbs: [Link(W.signInHeading, to: .path("/sign-in"))], isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case then }

    var html: HTML {
        HTML {
            form(post: .path("/key")) {
                if let then { hidden("then", then) }
                textField("key", label: W.keyLabel, value: typed, hint: W.keyHint, problems: problems, autocomplete: .off)
                button(W.keyOpen)
            }
            details(W.keyLost) { p(W.keyLostWords) }
        }
    }
}

/// A new key, shown this once.
struct FreshKeyPage: Page {
    let heading: String
    let key: FourWords
    /// Where they go on to once they have kept the words.
    let then: SafeURL
    /// How the key is used and what comes next, one sentence each.
    let steps: [String]
    let confirmationWords: String
    let keyAddress: String
    var confirmation: HTML? { HTML { p(confirmationWords) } }
    var surroundings: Surroundings { Surroundings(isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case key, then, steps, keyAddress }

    var html: HTML {
        HTML {
            warningText(W.keyOnce)
            slip(W.keyYours) {
                p { codeWords(key.text) }
                p(W.keyUse(address: keyAddress))
                // Only the address: the words are nowhere in the square.
                if let square = QRCode(keyAddress) { square.html(title: W.keySquare, description: W.keySquareWords) }
            }
            div(class: "buttons") {
                copyButton(W.keyCopy, copies: key.text)
                printButton(W.keyPrint)
            }
            section(W.keyKeeping) {
                ul {
                    li(W.keyKeepPaper)
                    li(W.keyKeepPhoto)
                    li(W.keyKeepSecret)
                    li(W.keyKeepNew)
                }
            }
            nextSteps(W.whatNext) {
                ul { for step in steps { li(step) } }
                postButton(W.keyKept, to: .path("/me/key/kept"), kind: .primary, hidden: ["then": then])
            }
        }
    }
}

/// Here, or everywhere.
struct SignOutPage: Page {
    let heading = W.signOutHeading
    var surroundings: Surroundings { Surroundings(isPrivate: true) }

    private enum CodingKeys: CodingKey {}

    var html: HTML {
        HTML {
            p(W.signOutWords)
            postButton(W.signOutHere, to: .path("/sign-out"), kind: .primary)
            postButton(W.signOutEverywhere, to: .path("/sign-out"), hidden: ["everywhere": "yes"])
        }
    }
}
