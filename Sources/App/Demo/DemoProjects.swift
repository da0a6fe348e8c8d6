import Kernel
import People
import Projects
import Ratings
import Services
import Sessions

// Projects, groups, sessions: what is there before anybody says anything.
extension DemoStage {
    func make(_ project: DemoStory.Project) throws {
        let details = try details(of: project)
        projects[project.slug] = try MakeProject.run(details, in: theService(), by: deed(project.by), tx).id
    }

    func look(back reflection: DemoStory.Reflection, on project: DemoStory.Project) throws {
        let before = try self.project(project.slug)
        var details = try details(of: project)
        details.reflection = reflection.words.words
        try ChangeProject.run(before.id, to: details, version: before.version, by: deed(reflection.by), tx)
    }

    func add(_ activity: DemoStory.Activity, to slug: String) throws {
        let details = ActivityDetails(name: activity.name, level: activity.level, why: activity.why.words, who: activity.who)
        activities[activity.key] = try ChangeActivities.add(details, to: project(slug), by: deed(facilitator(slug)), tx).id
    }

    func make(_ group: DemoStory.Group, in slug: String) throws {
        let details = GroupDetails(name: group.name, about: group.about.words, perspective: group.perspective)
        groups[group.key] = try MakeGroup.run(details, in: project(slug), by: deed(facilitator(slug)), tx).id
    }

    func join(_ member: DemoStory.Member, _ group: DemoStory.Group) throws {
        try JoinGroup.add(person(member.who), to: self.group(group.key), perspective: member.brings, by: deed(member.who), tx)
    }

    func plan(_ session: DemoStory.Session, in slug: String) throws {
        if let key = session.activity, activities[key] == nil { throw UnknownKey("activity", key) }
        let details = SessionDetails(
            title: session.title,
            group: try session.group.map { try group($0) },
            activity: session.activity.flatMap { activities[$0] },
            minutes: session.minutes,
            way: session.way,
            place: session.place ?? "",
            about: session.about.words
        )
        let planned = try PlanSessions.run(
            details,
            at: session.at.map { calendar.moment($0) },
            in: project(slug),
            by: deed(facilitator(slug)),
            tx
        )
        sessions[session.key] = planned.map(\.id)
    }

    func writeUp(_ session: DemoStory.Session, _ writeUp: DemoStory.WriteUp, in slug: String) throws {
        let present = writeUp.present.sorted { $0.key < $1.key }.map { Attendance(perspective: $0.key, people: $0.value.people) }
        for id in sessions[session.key] ?? [] {
            let held = try SessionStore.find(id, tx)
            try WriteUpSession.run(
                held,
                of: project(slug),
                attendance: present,
                notes: writeUp.notes.words,
                version: held.version,
                in: theService(),
                by: deed(facilitator(slug)),
                tx
            )
        }
    }

    func rate(_ session: DemoStory.Session, _ rating: DemoStory.Rating, in slug: String) throws {
        try GiveRating.run(
            rating.score,
            words: rating.words,
            isPublic: rating.shown,
            about: .together(self.session(session.key).id, perspective: rating.from, people: nil),
            by: deed(scribe(slug)),
            tx
        )
    }

    private func details(of project: DemoStory.Project) throws -> ProjectDetails {
        ProjectDetails(
            title: project.title,
            slug: project.slug,
            question: project.question,
            about: project.about.words,
            phase: project.phase,
            state: project.state,
            isOpenToPublic: project.open,
            clocks: try clocks(project.clocks)
        )
    }

    private func clocks(_ clocks: DemoStory.Clocks?) throws -> Clocks {
        guard let clocks else { return .usual }
        return try Clocks(
            hear: clock(clocks.hear),
            discuss: clock(clocks.discuss),
            decide: clock(clocks.decide),
            reply: clock(clocks.reply)
        )
    }

    /// "5 working days" or "28 days"
    private func clock(_ words: String) throws -> Clock {
        let parts = words.split(separator: " ", maxSplits: 1).map { String($0) }
        guard parts.count == 2, let within = Int(parts[0]), within > 0, parts[1] == "days" || parts[1] == "working days" else {
            throw UnknownKey("'\(words)' is neither '5 working days' nor '28 days'.")
        }
        return Clock(within, parts[1] == "days" ? .days : .workingDays)
    }
}
