import HTML
import Kernel
import Web

/// Everybody who works here, what they may do, and who was invited.
struct StaffPage: Page {
    struct Row: Encodable {
        let name: String
        let email: String?
        let duties: [String]
        let hasTwoSteps: Bool
        let url: SafeURL
    }

    struct Invited: Encodable {
        let who: String
        let what: String
        let until: String
        let url: SafeURL
    }

    let heading = W.staffHeading
    let staff: [Row]
    let invited: [Invited]
    let news: String?
    var lead: String? { W.staffLead }
    var surroundings: Surroundings { Surroundings(isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case staff, invited, news }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            p { buttonLink(W.inviteStaff, to: .path("/organisation/people/invite")) }
            table(
                caption: W.staffCaption,
                columns: [TableColumn(W.nameLabel), TableColumn(W.emailLabel), TableColumn(W.meDuties), TableColumn(W.twoStepsLabel)],
                rows: staff.map { row in
                    TableRow(
                        a(row.name, to: row.url),
                        [
                            HTML(row.email ?? ""), ul(class: "plain") { for duty in row.duties { li(duty) } },
                            HTML(row.hasTwoSteps ? W.yes : W.no),
                        ]
                    )
                }
            )
            if !invited.isEmpty { invitations }
        }
    }

    private var invitations: HTML {
        section(W.invitedHeading) {
            table(
                caption: W.invitedCaption,
                columns: [TableColumn(W.invitedWho), TableColumn(W.invitedWhat), TableColumn(W.invitedUntil)],
                rows: invited.map { TableRow(a($0.who, to: $0.url), [HTML($0.what), HTML($0.until)]) }
            )
        }
    }
}

/// One choice of what a duty reaches.
struct ReachChoice: Encodable, Sendable {
    let value: String
    let label: String

    static func all(_ reaches: Reaches) -> [ReachChoice] { reaches.all.map { ReachChoice(value: $0.reach.field, label: $0.label) } }
}

private func dutyRadios(_ value: String, _ problems: Problems) -> HTML {
    radios(
        "duty",
        legend: W.dutyLegend,
        options: Duty.allCases.map { Choice($0.rawValue, $0.label, hint: $0.meaning) },
        value: value,
        problems: problems
    )
}

private func reachSelect(_ reaches: [ReachChoice], _ value: String, _ problems: Problems) -> HTML {
    selectField(
        "reach",
        label: W.reachLabel,
        options: reaches.map { Choice($0.value, $0.label) },
        value: value,
        hint: W.reachHint,
        problems: problems
    )
}

struct InviteStaffPage: Page {
    let heading = W.inviteStaff
    let reaches: [ReachChoice]
    let form: Form
    var problems: Problems { form.problems }
    var lead: String? { W.inviteStaffLead }
    var surroundings: Surroundings { Surroundings(breadcrumbs: [Link(W.staffHeading, to: .path("/organisation/people"))], isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case reaches }

    var html: HTML {
        HTML::form(post: .path("/organisation/people/invitations")) {
            textField("name", label: W.theirName, value: form["name"], problems: problems, autocomplete: .off)
            emailField("email", label: W.theirEmail, value: form["email"], problems: problems, autocomplete: .off)
            dutyRadios(form["duty"], problems)
            reachSelect(reaches, form["reach"], problems)
            button(W.inviteStaffButton)
        }
    }
}

/// A link to hand over: to a new colleague, or to one who lost their password.
struct StaffInvitationPage: Page {
    let heading: String
    let id: InvitationID
    let who: String
    let what: String
    let until: String
    /// The whole address; nil once it opens nothing any more.
    let link: String?
    var lead: String? { link == nil ? W.linkOver : W.linkHandOver }
    var surroundings: Surroundings { Surroundings(breadcrumbs: [Link(W.staffHeading, to: .path("/organisation/people"))], isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case who, what, until, link }

    var html: HTML {
        HTML {
            summaryList([SummaryRow(W.invitedWho, who), SummaryRow(W.invitedWhat, what), SummaryRow(W.invitedUntil, until)])
            if let link {
                section(W.linkHeading) {
                    p { code(link) }
                    copyButton(W.linkCopy, copies: link)
                    p(W.linkSecret)
                }
                postButton(W.linkRevoke, to: .path("/organisation/people/invitations", id, "end"), kind: .warning)
            }
        }
    }
}

/// One colleague, and what they may do.
struct StaffPersonPage: Page {
    struct Held: Encodable {
        let duty: String
        let reach: String
        let words: String
    }

    let id: PersonID
    let heading: String
    let email: String?
    let hasTwoSteps: Bool
    let duties: [Held]
    let reaches: [ReachChoice]
    let news: String?
    let form: Form
    var problems: Problems { form.problems }
    var surroundings: Surroundings { Surroundings(breadcrumbs: [Link(W.staffHeading, to: .path("/organisation/people"))], isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case id, email, hasTwoSteps, duties, reaches, news }

    private var url: SafeURL { .path("/organisation/people", id) }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            summaryList([SummaryRow(W.emailLabel, email), SummaryRow(W.twoStepsLabel, hasTwoSteps ? W.yes : W.no)])
            held
            section(W.giveDuty) {
                HTML::form(post: .path("/organisation/people", id, "duties")) {
                    dutyRadios(form["duty"], problems)
                    reachSelect(reaches, form["reach"], problems)
                    button(W.giveDutyButton)
                }
            }
            if email != nil { wayIn }
        }
    }

    private var held: HTML {
        section(W.meDuties) {
            if duties.isEmpty { p(W.noDuties) }
            ul(class: "plain") {
                for one in duties {
                    li {
                        p(one.words)
                        postButton(
                            W.takeDuty,
                            about: one.words,
                            to: .path("/organisation/people", id, "duties", "end"),
                            kind: .quiet,
                            hidden: ["duty": one.duty, "reach": one.reach]
                        )
                    }
                }
            }
        }
    }

    private var wayIn: HTML {
        section(W.wayIn) {
            p(W.wayInPassword)
            postButton(W.wayInPasswordButton, to: .path("/organisation/people", id, "password-link"))
            if hasTwoSteps {
                p(W.wayInTwoSteps)
                postButton(W.wayInTwoStepsButton, to: .path("/organisation/people", id, "two-steps", "end"))
            }
        }
    }
}
