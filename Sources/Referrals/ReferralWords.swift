import HTML
import Kernel
import Store
import Web
import Words

/// What is said of a referral, in the same words to everybody who may read it.
enum ReferralWords {
    static func state(_ state: Referral.State) -> String {
        switch state {
        case .asked: W.stateAsked
        case .hasPlace: W.stateHasPlace
        case .waiting: W.stateWaiting
        case .couldNot: W.stateCouldNot
        case .notWanted: W.stateNotWanted
        }
    }

    static func helped(_ helped: Referral.Helped) -> String {
        switch helped {
        case .yes: W.helpedYes
        case .bit: W.helpedBit
        case .no: W.helpedNo
        case .never: W.helpedNever
        }
    }

    static func consent(_ consent: Referral.Consent, _ dates: Dates) -> String {
        W.consentLine(who: capital(by(consent.by)), how: how(consent.how), day: dates.day(consent.at))
    }

    /// The same at the beginning of a sentence or as a choice.
    static func capital(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }

    static func by(_ by: Referral.Consent.By) -> String {
        switch by {
        case .youngPerson: W.consentYoung
        case .parent: W.consentParent
        case .both: W.consentBoth
        }
    }

    static func how(_ how: Referral.Consent.How) -> String {
        switch how {
        case .inPerson: W.howInPerson
        case .phone: W.howPhone
        case .writing: W.howWriting
        }
    }

    static func way(_ way: Referral.Way) -> String {
        switch way {
        case .page: W.wayPage
        case .phone: W.wayPhone
        case .text: W.wayText
        case .email: W.wayEmail
        }
    }

    static func step(_ step: ReferralStep, _ dates: Dates) -> String {
        let what =
            switch step.what {
            case .made: W.stepMade
            case .asked: W.stepAsked
            case .helped: W.stepHelped
            case .hasPlace: W.stateHasPlace
            case .waiting: W.stateWaiting
            case .couldNot: W.stateCouldNot
            case .notWanted: W.stateNotWanted
            }
        return W.stepLine(day: dates.day(step.at), what: what)
    }
}

/// The two questions about a referral: what came of it, and whether it helped. The same for a family and for those who ask them.
///
/// `suffix` stands after every name, where a page asks about several referrals.
enum ReferralQuestions {
    static func came(_ form: Form, now state: Referral.State, _ problems: Problems, suffix: String = "") -> HTML {
        HTML {
            radios(
                "state" + suffix,
                legend: W.cameLegend,
                options: Referral.State.allCases.filter { $0 != .asked }.map { Choice($0.rawValue, ReferralWords.state($0)) },
                value: form.value("state" + suffix, or: state == .asked ? "" : state.rawValue),
                problems: problems
            )
            textField(
                "came" + suffix,
                label: W.cameWords,
                value: form["came" + suffix],
                hint: W.cameHint,
                problems: problems,
                isOptional: true
            )
        }
    }

    static func readCame(_ form: inout Form, suffix: String = "") throws -> (state: Referral.State, words: String) {
        let state: Referral.State? = form.choice("state" + suffix, missing: W.cameMissing)
        let words = form.line("came" + suffix, limit: Referral.longestWords)
        try form.check()
        return (state ?? .asked, words)
    }

    static func helped(_ form: Form, _ problems: Problems, suffix: String = "") -> HTML {
        HTML {
            radios(
                "helped" + suffix,
                legend: W.helpedLegend,
                options: Referral.Helped.allCases.map { Choice($0.rawValue, ReferralWords.helped($0)) },
                value: form["helped" + suffix],
                problems: problems
            )
            textField(
                "helped-words" + suffix,
                label: W.helpedWords,
                value: form["helped-words" + suffix],
                hint: W.helpedHint,
                problems: problems,
                isOptional: true
            )
        }
    }

    static func readHelped(_ form: inout Form, suffix: String = "") throws -> (helped: Referral.Helped, words: String) {
        let helped: Referral.Helped? = form.choice("helped" + suffix, missing: W.helpedMissing)
        let words = form.line("helped-words" + suffix, limit: Referral.longestWords)
        try form.check()
        return (helped ?? .never, words)
    }
}
