import HTML
import Kernel
import Words

/// Puts the frame around pages: who runs this, who is signed in, where to turn when worried.
struct Frames: Sendable {
    let facts: SiteFacts
    let navigation: @Sendable (Actor) -> [Link]

    func bytes(_ page: any Page, _ visit: Visit?) -> [UInt8] {
        let surroundings = page.surroundings
        let actor = visit?.actor ?? .stranger
        // A worry is not tied to a page that is somebody's secret.
        let worryFrom = surroundings.isPrivate ? nil : visit?.address
        var frame = Frame(
            page.heading,
            product: Link(W.product, to: .path("/")),
            worry: Link(W.worry, to: SafeURL.path("/worried").adding("from", worryFrom)),
            rightNow: surroundings.saysRightNow ? Self.rightNow : nil,
            footer: [
                Link(W.code, to: .path("/receipt")),
                Link(W.help, to: .path("/help")), Link(W.privacy, to: .path("/privacy")),
                Link(W.accessibility, to: .path("/accessibility")),
            ]
        ) { page.html }
        frame.caption = page.caption
        frame.lead = page.lead
        frame.confirmation = page.confirmation
        frame.service = surroundings.service
        frame.navigation = surroundings.navigation + navigation(actor)
        frame.breadcrumbs = surroundings.breadcrumbs
        frame.feed = surroundings.feed
        frame.sheets = surroundings.sheets
        frame.problems = page.problems
        frame.isNoIndex = surroundings.isPrivate || !surroundings.isListed || actor.person != nil
        frame.demo = facts.isDemo ? W.demo : nil
        frame.account =
            actor.person.map {
                .signedIn(you: Link($0.name ?? W.yourPages, to: .path("/me")), signOut: Link(W.signOut, to: .path("/sign-out")))
            }
            ?? .signedOut(signIn: Link(W.signInLink, to: .path("/sign-in")))
        return frame.bytes(in: context(visit))
    }

    /// What the forms of a page ask, for programs.
    func forms(_ page: any Page, _ visit: Visit) -> [FormFacts] { page.html.forms(in: context(visit)) }

    func context(_ visit: Visit?) -> Writer.Context {
        let language = Language.current
        var context = Writer.Context(
            csrf: visit?.signIn?.csrf,
            stylesheet: Assets.stylesheet,
            sheets: Assets.sheets,
            scripts: Assets.scripts,
            language: language.code,
            direction: language.isRightToLeft ? .rightToLeft : .leftToRight
        )
        context.submission = visit?.chance.token(24)
        return context
    }

    private static let rightNow = HTML {
        p {
            strong(W.rightNowDanger)
            " "
            W.rightNowNight
        }
    }
}
