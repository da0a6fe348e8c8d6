import HTML
import Kernel
import Web

/// What a group is, before somebody joins it by a link.
struct JoinGroupPage: Page {
    /// Who has opened the link.
    enum Standing: Encodable {
        case newcomer
        case signedIn(name: String)
        case memberAlready
        /// They bring another perspective to this project; the sentence says which.
        case otherPerspective(sentence: String)
    }

    let heading: String
    let service: Link
    let project: Link
    let question: String
    let about: String
    let perspective: String
    let runBy: String?
    /// The way to their four words, for who is in already.
    let words: Link
    let standing: Standing
    let here: SafeURL
    let naming: String
    let name: String
    let problems: Problems

    var caption: String? { service.label }
    var lead: String? { W.joinLead }
    var surroundings: Surroundings { Surroundings(service: service, isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case service, project, question, about, perspective, runBy, standing }

    var html: HTML {
        HTML {
            facts
            switch standing {
            case .newcomer: newcomer
            case .signedIn(let name): signedIn(name)
            case .memberAlready:
                inset { p(W.joinMemberAlready) }
                buttons {
                    buttonLink(W.joinGoOn, to: project.url)
                    buttonLink(words.label, to: words.url, kind: .secondary)
                }
                somebodyElse
            case .otherPerspective(let sentence):
                warningText(sentence)
                somebodyElse
            }
        }
    }

    private var facts: HTML {
        HTML {
            if !about.isEmpty { p(about) }
            summaryList([
                SummaryRow(W.joinProject, html: a(project.label, to: project.url)),
                SummaryRow(W.joinQuestion, question),
                SummaryRow(W.joinPerspective, perspective),
                SummaryRow(W.joinRunBy, runBy ?? W.joinRunByNobody),
            ])
        }
    }

    private var newcomer: HTML {
        HTML {
            section(W.joinNameHeading) {
                p(W.joinNameWords)
                form(post: here) {
                    radios(
                        "naming",
                        legend: W.joinNameLegend,
                        options: [
                            Choice("none", W.joinNameNone, hint: W.joinNameNoneHint),
                            Choice("name", W.joinNameGive) {
                                textField(
                                    "name",
                                    label: W.nameLabel,
                                    value: name,
                                    hint: W.joinNameHint,
                                    problems: problems,
                                    width: .short,
                                    autocomplete: .off
                                )
                            },
                        ],
                        value: naming,
                        problems: problems
                    )
                    button(W.join)
                }
            }
            p { a(W.joinHaveKey, to: SafeURL.path("/key").adding("then", here)) }
            p { a(W.joinStaff, to: SafeURL.path("/sign-in").adding("then", here)) }
        }
    }

    private func signedIn(_ name: String) -> HTML {
        HTML {
            inset { p(W.signedInAs(name: name)) }
            form(post: here) { button(W.joinAs(name: name)) }
            somebodyElse
        }
    }

    private var somebodyElse: HTML {
        HTML {
            p(W.joinShared)
            postButton(W.joinOther, to: .path("/sign-out"), hidden: ["then": here])
        }
    }
}

/// A new colleague chooses a password; on an empty installation, the first of all.
struct JoinStaffPage: Page {
    let heading: String
    let leadWords: String
    let duties: String?
    /// Fixed by the invitation; nil for the first administrator, who types it.
    let email: String?
    let typedEmail: String
    let name: String
    /// Set where this browser belongs to somebody already.
    let signedInAs: String?
    let here: SafeURL
    let problems: Problems
    var lead: String? { leadWords }
    var surroundings: Surroundings { Surroundings(isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case duties, email, name, signedInAs }

    var html: HTML {
        HTML {
            if let signedInAs {
                inset { p(W.signedInAs(name: signedInAs)) }
                p(W.joinStaffSignedIn)
                postButton(W.joinOther, to: .path("/sign-out"), kind: .primary, hidden: ["then": here])
            } else {
                if let duties { p(duties) }
                fields
            }
        }
    }

    private var fields: HTML {
        form(post: here) {
            if let email {
                summaryList([SummaryRow(W.emailLabel, email)])
            } else {
                emailField("email", label: W.emailLabel, value: typedEmail, hint: W.emailHint, problems: problems, autocomplete: .username)
            }
            textField("name", label: W.nameLabel, value: name, hint: W.staffNameHint, problems: problems, autocomplete: .name)
            passwordField("password", label: W.passwordNew, hint: W.passwordHint, problems: problems, autocomplete: .newPassword)
            button(W.joinStaffButton)
        }
    }
}

/// Somebody who lost their password sets a new one.
struct NewPasswordPage: Page {
    let heading = W.newPasswordHeading
    let here: SafeURL
    let problems: Problems
    var lead: String? { W.newPasswordLead }
    var surroundings: Surroundings { Surroundings(isPrivate: true) }

    private enum CodingKeys: CodingKey {}

    var html: HTML {
        form(post: here) {
            passwordField("password", label: W.passwordNew, hint: W.passwordHint, problems: problems, autocomplete: .newPassword)
            button(W.passwordSave)
        }
    }
}
