import HTML
import Kernel
import Projects
import Services
import Sessions
import Store
import Web
import Words

/// A visit to a page of one theme, `/:service/projects/:project/themes/:theme…`: resolved, and allowed, once for every room.
public struct ThemeVisit: Sendable {
    public let project: ProjectVisit
    public let theme: Theme

    public init(_ visit: Visit, _ tx: Transaction) throws {
        project = try ProjectVisit(visit, tx)
        theme = try ThemeStore.find(visit.id("theme"), tx)
        guard theme.project == project.project.id else { throw Refusal.notFound }
        try ThemePolicy.read(in: theme.place, by: visit.actor)
    }

    public var visit: Visit { project.visit }
    public var actor: Actor { project.visit.actor }
    public var deed: Deed { project.visit.deed }
    public var form: Form { project.visit.form }
    public var dates: Dates { project.dates }
    public var zone: String { project.service.zone }
    public var url: SafeURL { project.here("themes", theme.id) }
    public var link: Link { Link(theme.title, to: url) }
    /// Back without having changed anything.
    public var back: Link { Link(W.back, to: url) }

    /// An address below the theme's own.
    public func here(_ first: String, _ second: (any CustomStringConvertible)? = nil, _ third: String? = nil) -> SafeURL {
        // Empty segments are left out by `path`.
        .path("/", project.service.slug, "projects", project.project.slug, "themes", theme.id, first, second ?? "", third ?? "")
    }

    /// The way down to a page of this theme.
    public func surroundings() -> Surroundings {
        project.surroundings(Link(W.themes, to: project.here("themes")), link, isPrivate: true)
    }

    /// The same on the theme's own page.
    public func home() -> Surroundings { project.surroundings(Link(W.themes, to: project.here("themes")), isPrivate: true) }

    /// The sessions something may have happened in, and "between meetings", as a question.
    public func sessionQuestion(_ tx: Transaction, label: String? = nil) throws -> Question {
        let held = try SessionStore.list(of: theme.project, tx).filter { $0.startsAt <= project.visit.at }
        let options = held.map { Question.Option($0.id.text, W.sessionOn(title: $0.title, day: dates.day($0.startsAt))) }
        return .list("session", label ?? W.inWhichSession, [Question.Option("", W.betweenMeetings)] + options, in: form)
    }

    /// "On which day?"
    public func dayQuestion() -> Question { .date("on", W.onWhichDay, in: form, zone: zone, hint: W.onWhichDayHint, isOptional: true) }
}
