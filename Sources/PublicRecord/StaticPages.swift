import HTML
import Kernel
import Web

/// A page of plain words: a few headings, and under each what people want to know.
protocol PlainPage: Page {
    var parts: [Telling] { get }
}

/// A heading and its sentences; those in `list` stand below them, one a line.
struct Telling: Encodable, Sendable {
    let heading: String
    let sentences: [String]
    var list: [String] = []

    var html: HTML {
        section(heading) {
            for sentence in sentences { p(sentence) }
            if !list.isEmpty { ul { for item in list { li(item) } } }
        }
    }
}

extension PlainPage {
    var surroundings: Surroundings { Surroundings(breadcrumbs: []) }
    var html: HTML { HTML { for part in parts { part.html } } }
}

/// How it works, in words for somebody of ten.
struct HelpPage: PlainPage {
    let heading = W.helpHeading
    let lead: String? = W.helpLead
    let parts = [
        Telling(heading: W.helpWhat, sentences: [W.helpWhat1, W.helpWhat2]),
        Telling(
            heading: W.helpPath,
            sentences: [W.helpPath1],
            list: [W.helpStep1, W.helpStep2, W.helpStep3, W.helpStep4, W.helpStep5, W.helpStep6, W.helpStep7]
        ),
        Telling(heading: W.helpLate, sentences: [W.helpLate1]),
        Telling(heading: W.helpWays, sentences: [W.helpWays1], list: [W.helpWay1, W.helpWay2, W.helpWay3, W.helpWay4]),
        Telling(
            heading: W.helpConsent,
            sentences: [W.helpConsent1],
            list: [W.consentGroup, W.consentProject, W.consentPublic, W.consentNamed]
        ),
        Telling(heading: W.helpReceipt, sentences: [W.helpReceipt1, W.helpReceipt2]),
        Telling(heading: W.helpKey, sentences: [W.helpKey1, W.helpKey2]),
        Telling(heading: W.helpBack, sentences: [W.helpBack1, W.helpBack2]),
        Telling(heading: W.helpWorry, sentences: [W.helpWorry1, W.helpWorry2]),
    ]
    private enum CodingKeys: String, CodingKey { case parts }
}

/// What is kept about people, who sees it, and how to have it taken away.
struct PrivacyPage: PlainPage {
    let heading = W.privacyHeading
    let lead: String? = W.privacyLead
    let parts = [
        Telling(
            heading: W.privacyKept,
            sentences: [W.privacyKept1],
            list: [W.privacyKeptA, W.privacyKeptB, W.privacyKeptC, W.privacyKeptD, W.privacyKeptE, W.privacyKeptF]
        ),
        Telling(heading: W.privacyNot, sentences: [W.privacyNot1]),
        Telling(
            heading: W.privacyWho,
            sentences: [W.privacyWho1],
            list: [W.consentGroup, W.consentProject, W.consentPublic, W.consentNamed]
        ),
        Telling(heading: W.privacyStaff, sentences: [W.privacyStaff1, W.privacyStaff2, W.privacyStaff3, W.privacyStaff4]),
        Telling(heading: W.privacyBack, sentences: [W.privacyBack1, W.privacyBack2, W.privacyBack3]),
        Telling(heading: W.privacyNumbers, sentences: [W.privacyNumbers1]),
        Telling(heading: W.privacyCookie, sentences: [W.privacyCookie1, W.privacyCookie2, W.privacyCookie3]),
        Telling(heading: W.privacyAsk, sentences: [W.privacyAsk1]),
    ]
    private enum CodingKeys: String, CodingKey { case parts }
}

/// How far this can be used by everybody, what was tried, and whom to tell where it cannot.
struct AccessibilityPage: PlainPage {
    let heading = W.accessHeading
    let lead: String? = W.accessLead
    let parts = [
        Telling(
            heading: W.accessCan,
            sentences: [W.accessCan1],
            list: [W.accessCanA, W.accessCanB, W.accessCanC, W.accessCanD, W.accessCanE]
        ),
        Telling(heading: W.accessTested, sentences: [W.accessTested1, W.accessTested2]),
        Telling(heading: W.accessNot, sentences: [W.accessNot1]),
        Telling(heading: W.accessReport, sentences: [W.accessReport1, W.accessReport2]),
    ]
    private enum CodingKeys: String, CodingKey { case parts }
}
