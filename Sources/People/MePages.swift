import HTML
import Kernel
import QR
import Web

/// Everything somebody can see and change about themselves.
struct MePage: Page {
    struct Group: Encodable {
        let name: String
        let url: SafeURL
        let project: Link
        let service: String
        let perspective: String
    }

    struct Browser: Encodable {
        let isThisOne: Bool
        let signedIn: String
        let lastUsed: String
    }

    struct HeldDuty: Encodable {
        let duty: String
        let reach: String
    }

    let heading = W.meHeading
    let name: String?
    let email: String?
    let said: [SaidLine]
    let groups: [Group]
    let duties: [HeldDuty]
    let hasKey: Bool
    let hasPassword: Bool
    let hasTwoSteps: Bool
    let codesLeft: Int
    let browsers: [Browser]
    let isAdministrator: Bool
    /// What was just done.
    let news: String?
    var surroundings: Surroundings { Surroundings(isPrivate: true) }

    private enum CodingKeys: String, CodingKey {
        case name, email, said, groups, duties, hasKey, hasPassword, hasTwoSteps, codesLeft, browsers, news
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if !said.isEmpty || !groups.isEmpty { saidList }
            groupList
            account
            if !duties.isEmpty { dutyList }
            browserList
            section(W.closeHeading) {
                p(W.meCloseWords)
                p { a(W.closeLink, to: .path("/me/close")) }
            }
        }
    }

    private var saidList: HTML {
        section(W.meSaid) {
            if said.isEmpty { emptyState(W.meSaidNone) }
            for line in said {
                div(class: "card voice") {
                    quote(line.words, by: line.on)
                    p(line.now)
                    p { a(W.meSaidSee, about: W.meSaidAbout(day: line.on), to: line.url) }
                }
            }
            if !said.isEmpty { p { a(W.meSaidAll, to: .path("/me/voices")) } }
        }
    }

    private var account: HTML {
        section(W.meAccount) {
            summaryList(
                [SummaryRow(W.nameLabel, name ?? W.noName, change: .path("/me/name"))]
                    + (email.map { [SummaryRow(W.emailLabel, $0)] } ?? [])
                    + (hasPassword ? [SummaryRow(W.passwordLabel, W.passwordDots, change: .path("/me/password")), twoSteps] : [])
                    + [SummaryRow(W.keyLabel, hasKey ? W.keyHeld : W.keyNone, change: .path("/me/key"))]
            )
        }
    }

    private var twoSteps: SummaryRow {
        SummaryRow(W.twoStepsLabel, hasTwoSteps ? W.twoStepsOn(n: codesLeft) : W.twoStepsOff, change: .path("/me/two-steps"))
    }

    private var groupList: HTML {
        section(W.meGroups) {
            if groups.isEmpty { emptyState(W.meNoGroups) }
            for group in groups {
                card(group.name, to: group.url) {
                    p { a(group.project.label, to: group.project.url) }
                    p(W.meGroupPerspective(perspective: group.perspective, service: group.service))
                }
            }
        }
    }

    private var dutyList: HTML {
        section(W.meDuties) {
            ul { for held in duties { li(W.dutyReaching(duty: held.duty, reach: held.reach)) } }
            if isAdministrator { p { a(W.staffHeading, to: .path("/organisation/people")) } }
        }
    }

    private var browserList: HTML {
        section(W.meBrowsers) {
            p(W.meBrowsersWords)
            table(
                caption: W.meBrowsers,
                columns: [TableColumn(W.browserWhich), TableColumn(W.browserSignedIn), TableColumn(W.browserLastUsed)],
                rows: browsers.map { TableRow($0.isThisOne ? W.browserThis : W.browserOther, [HTML($0.signedIn), HTML($0.lastUsed)]) },
                isCaptionOnlySpoken: true
            )
            buttons {
                postButton(W.signOutHere, to: .path("/sign-out"))
                postButton(W.signOutEverywhere, to: .path("/sign-out"), kind: .quiet, hidden: ["everywhere": "yes"])
            }
        }
    }
}

private func below(_ problems: Problems = Problems()) -> Surroundings {
    Surroundings(breadcrumbs: [Link(W.meHeading, to: .path("/me"))], isPrivate: true)
}

/// What somebody likes to be called.
struct NamePage: Page {
    let heading = W.nameHeading
    let name: String
    let version: String
    let isStaff: Bool
    let problems: Problems
    var lead: String? { isStaff ? W.nameLeadStaff : W.nameLead }
    var surroundings: Surroundings { below() }

    private enum CodingKeys: String, CodingKey { case name, version }

    var html: HTML {
        form(post: .path("/me/name")) {
            hidden("version", version)
            textField(
                "name",
                label: W.nameLabel,
                value: name,
                hint: isStaff ? nil : W.nameEmptyHint,
                problems: problems,
                width: .short,
                autocomplete: .off,
                isOptional: !isStaff
            )
            button(W.save)
        }
    }
}

/// Before a new key is made.
struct NewKeyPage: Page {
    let heading = W.newKeyHeading
    let hasKey: Bool
    let problems: Problems
    var lead: String? { W.newKeyLead }
    var surroundings: Surroundings { below() }

    private enum CodingKeys: String, CodingKey { case hasKey }

    var html: HTML {
        HTML {
            if hasKey { warningText(W.newKeyWarning) }
            form(post: .path("/me/key")) { button(W.newKeyButton) }
        }
    }
}

struct PasswordPage: Page {
    let heading = W.passwordHeading
    let problems: Problems
    var lead: String? { W.passwordLead }
    var surroundings: Surroundings { below() }

    private enum CodingKeys: CodingKey {}

    var html: HTML {
        form(post: .path("/me/password")) {
            passwordField("current", label: W.passwordCurrent, problems: problems)
            passwordField("password", label: W.passwordNew, hint: W.passwordHint, problems: problems, autocomplete: .newPassword)
            button(W.passwordSave)
        }
    }
}

/// The second step of signing in: off, being set up, or on.
struct TwoStepsPage: Page {
    enum State: Encodable {
        case off
        /// The secret for the telephone, and the same as an address for its camera.
        case begun(secret: String, address: String)
        case on(codesLeft: Int)
    }

    let heading = W.twoStepsHeading
    let state: State
    let problems: Problems
    var lead: String? { W.twoStepsLead }
    var surroundings: Surroundings { below() }

    private enum CodingKeys: String, CodingKey { case state }

    var html: HTML {
        switch state {
        case .off: off
        case .begun(let secret, let address): begun(secret, address)
        case .on(let left): on(left)
        }
    }

    private var off: HTML {
        HTML {
            p(W.twoStepsNeed)
            form(post: .path("/me/two-steps/begin")) { button(W.twoStepsBegin) }
        }
    }

    private func begun(_ secret: String, _ address: String) -> HTML {
        HTML {
            section(W.twoStepsScan) {
                p(W.twoStepsScanWords)
                if let code = QRCode(address) { code.html(title: W.twoStepsQR, description: W.twoStepsQRWords) }
                p(W.twoStepsType)
                p { codeWords(Self.spaced(secret)) }
                copyButton(W.twoStepsCopy, copies: secret)
            }
            section(W.twoStepsShow) {
                form(post: .path("/me/two-steps")) {
                    textField(
                        "code",
                        label: W.codeLabel,
                        hint: W.codeHintFirst,
                        problems: problems,
                        width: .short,
                        autocomplete: .oneTimeCode
                    )
                    button(W.twoStepsSwitchOn)
                }
            }
        }
    }

    private func on(_ left: Int) -> HTML {
        HTML {
            p(W.twoStepsOn(n: left))
            section(W.newCodesHeading) {
                p(W.newCodesWords)
                form(post: .path("/me/two-steps/codes")) {
                    textField("code", label: W.codeLabel, hint: W.codeHint, problems: problems, width: .short, autocomplete: .oneTimeCode)
                    button(W.newCodesButton, kind: .secondary)
                }
            }
            section(W.twoStepsEndHeading) {
                form(post: .path("/me/two-steps/end")) {
                    passwordField("current", label: W.passwordCurrent, problems: problems)
                    button(W.twoStepsEnd, kind: .warning)
                }
            }
        }
    }

    /// In fours, for whoever types it.
    private static func spaced(_ secret: String) -> String {
        stride(from: 0, to: secret.count, by: 4).map { String(secret.dropFirst($0).prefix(4)) }.joined(separator: " ")
    }
}

/// Ten recovery codes, shown this once.
struct RecoveryCodesPage: Page {
    let heading = W.codesHeading
    let codes: [String]
    var confirmation: HTML? { HTML { p(W.codesConfirmation) } }
    var surroundings: Surroundings { below() }

    private enum CodingKeys: String, CodingKey { case codes }

    var html: HTML {
        HTML {
            warningText(W.codesOnce)
            slip(W.codesYours) { ul(class: "plain") { for code in codes { li { codeWords(code) } } } }
            div(class: "buttons") {
                copyButton(W.codesCopy, copies: codes.joined(separator: "\n"))
                printButton(W.codesPrint)
            }
            p(W.codesUse)
            p { a(W.backToMe, to: .path("/me")) }
        }
    }
}

/// Leaving for good.
struct ClosePage: Page {
    let heading = W.closeHeading
    let problems: Problems
    var surroundings: Surroundings { below() }

    private enum CodingKeys: CodingKey {}

    var html: HTML {
        HTML {
            p(W.closeWhat)
            p(W.closeVoices)
            form(post: .path("/me/close")) {
                checkbox("sure", label: W.closeSure, problems: problems)
                button(W.closeButton, kind: .warning)
            }
        }
    }
}

/// The account is gone.
struct ClosedPage: Page {
    let heading = W.closedHeading
    var confirmation: HTML? { HTML { p(W.closedWords) } }
    var surroundings: Surroundings { Surroundings(isPrivate: true) }

    private enum CodingKeys: CodingKey {}

    var html: HTML { p { a(W.home, to: .path("/")) } }
}
