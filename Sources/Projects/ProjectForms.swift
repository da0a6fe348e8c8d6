import Kernel
import Services
import Web

extension ProjectDetails {
    init(_ form: inout Form) {
        let title = form.line("title", limit: 120, empty: W.titleEmpty)
        let slug = form.line("slug", limit: Slug.limit).lowercased()
        let question = form.line("question", limit: 300, empty: W.questionEmpty)
        let about = form.text("about", limit: 10_000)
        let reflection = form.text("reflection", limit: 10_000)
        let phase: Project.Phase? = form.choice("phase", missing: W.phaseEmpty)
        let state: Project.State? = form.choice("state", missing: W.stateEmpty)
        let openness: Openness? = form.choice("openness", missing: W.opennessEmpty)
        let wanted = slug.isEmpty ? Slug.of(title) : slug
        if !wanted.isEmpty, let sentence = Slug.problem(wanted, reserved: ["new"]) { form.problems.add("slug", sentence) }
        let clocks = Clocks(
            hear: Clock("hear", &form),
            discuss: Clock("discuss", &form),
            decide: Clock("decide", &form),
            reply: Clock("reply", &form)
        )
        self.init(
            title: title,
            slug: slug,
            question: question,
            about: about,
            reflection: reflection,
            phase: phase ?? .design,
            state: state ?? .open,
            isOpenToPublic: openness == .everyone,
            clocks: clocks
        )
    }
}

enum Openness: String { case everyone, invited }

extension Clock {
    /// A year: a promise further away is none.
    static let longest = 365

    init(_ name: String, _ form: inout Form) {
        let within = form.number(
            "\(name)-within",
            in: 0...Self.longest,
            empty: W.clockEmpty,
            wrong: W.clockWrong(longest: String(Self.longest))
        )
        let unit: Unit? = form.choice("\(name)-unit", missing: W.clockUnitEmpty)
        self.init(within ?? 0, unit ?? .days)
    }
}

extension ActivityDetails {
    init(_ form: inout Form) throws {
        let name = form.line("name", limit: 120, empty: W.activityNameEmpty)
        let level: Level? = form.choice("level", missing: W.levelEmpty)
        let why = form.text("why", limit: 2_000, empty: W.whyEmpty)
        let who = form.line("who", limit: 300)
        try form.check()
        self.init(name: name, level: level ?? .informing, why: why, who: who)
    }
}

extension GroupDetails {
    init(_ form: inout Form) throws {
        let name = form.line("name", limit: 80, empty: W.groupNameEmpty)
        let about = form.text("about", limit: 2_000)
        let perspective = form.line("perspective", limit: Slug.limit)
        try form.check()
        self.init(name: name, about: about, perspective: perspective.isEmpty ? nil : perspective)
    }
}
