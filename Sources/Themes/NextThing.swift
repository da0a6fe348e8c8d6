import Actions
import Decisions
import Discussion
import HTML
import Kernel
import Replies
import Store
import Words

/// What comes next for a theme, in words, with the way to it for those who may do it.
struct NextThing: Sendable, Encodable {
    let words: String
    let isOverdue: Bool
    /// The main button; nil for those who may not do it.
    let button: Link?

    /// - Parameter open: the most urgent open action, where the theme has one.
    init(_ next: Theme.Next, _ theme: Theme, url: SafeURL, open: Action?, by actor: Actor, at now: Moment, _ dates: Dates) {
        isOverdue = next.isOverdue(at: now)
        words = Self.words(next, isOverdue: isOverdue, dates)
        button = Self.button(next, theme, url: url, open: open, by: actor)
    }

    private static func words(_ next: Theme.Next, isOverdue: Bool, _ dates: Dates) -> String {
        let what =
            switch next {
            case .gather: W.nextGather
            case .discuss: W.nextDiscuss
            case .decide: W.nextDecide
            case .reply: W.nextReply
            case .startAction: W.nextStartAction
            case .finishAction: W.nextFinishAction
            case .recordChange: W.nextRecordChange
            case .nothing: W.nextNothing
            }
        guard let due = next.due else { return what.hasSuffix(".") ? what : what + "." }
        return isOverdue ? W.wasDue(what: what, day: dates.day(due)) : W.isDue(what: what, day: dates.day(due))
    }

    private static func button(_ next: Theme.Next, _ theme: Theme, url: SafeURL, open: Action?, by actor: Actor) -> Link? {
        let place = theme.place
        let mayTend = ThemePolicy.mayTend(in: place, by: actor)
        return switch next {
        case .gather: nil
        case .discuss: mayTend ? Link(W.doDiscuss, to: below(url, "discussions")) : nil
        case .decide: DecisionPolicy.mayRecord(in: place, by: actor) ? Link(W.doDecide, to: below(url, "decisions")) : nil
        case .reply: ReplyPolicy.mayWrite(in: place, by: actor) ? Link(W.doReply, to: below(url, "replies")) : nil
        case .startAction: ActionPolicy.mayStart(in: place, by: actor) ? Link(W.doStartAction, to: below(url, "actions")) : nil
        case .finishAction: open.flatMap { ActionPolicy.mayTend($0, in: place, by: actor) ? Link(W.doFinishAction, to: $0.url) : nil }
        case .recordChange: ActionPolicy.mayStart(in: place, by: actor) ? Link(W.doRecordChange, to: below(url, "changes")) : nil
        case .nothing: nil
        }
    }

    /// The form for a new one of `what` below the theme's own page.
    static func below(_ url: SafeURL, _ what: String) -> SafeURL { SafeURL(local: "\(url.description)/\(what)/new") ?? url }
}

extension Theme.State {
    /// As it stands on screens.
    public var label: String {
        switch self {
        case .open: W.open
        case .discussed: W.discussed
        case .agreed: W.agreed
        case .doing: W.doing
        case .done: W.done
        case .cannot: W.cannot
        case .thanks: W.thanks
        }
    }

    public var tone: Tone {
        switch self {
        case .open: .neutral
        case .discussed, .agreed, .doing: .waiting
        case .done, .thanks: .good
        case .cannot: .stop
        }
    }
}
