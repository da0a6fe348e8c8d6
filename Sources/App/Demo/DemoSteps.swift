import Kernel

/// Everything that happened in a story, each thing with its time and its place in the file.
struct DemoSteps {
    /// One thing that somebody did.
    struct Step {
        let at: DemoTime
        let place: [DemoStep]
        let take: (DemoStage) throws -> Void
    }

    let file: DemoFile
    private var steps: [Step] = []

    init(_ file: DemoFile) {
        self.file = file
        addSettingUp()
        for (index, project) in file.story.projects.enumerated() { add(project, [.key("projects"), .index(index)]) }
        addPathways()
        if let directory = file.story.directory { add(directory, [.key("directory")]) }
    }

    private mutating func add(_ directory: DemoStory.Directory, _ place: [DemoStep]) {
        add(directory.at, place) { try $0.fill(directory) }
        for (index, written) in (directory.places ?? []).enumerated() {
            add(written.at, place + [.key("places"), .index(index)]) { try $0.write(written) }
        }
        for (index, checked) in (directory.checked ?? []).enumerated() {
            add(checked.at, place + [.key("checked"), .index(index)]) { try $0.check(checked) }
        }
        for (index, list) in (directory.lists ?? []).enumerated() { add(list, place + [.key("lists"), .index(index)]) }
    }

    private mutating func add(_ list: DemoStory.List, _ place: [DemoStep]) {
        add(list.at, place) { try $0.make(list) }
        for (index, referred) in (list.referrals ?? []).enumerated() {
            let here = place + [.key("referrals"), .index(index)]
            add(referred.at, here) { try $0.refer(referred, from: list) }
            if let came = referred.came { add(came.at, here + [.key("came")]) { try $0.came(came, of: referred, in: list) } }
            if let helped = referred.helped { add(helped.at, here + [.key("helped")]) { try $0.helped(helped, of: referred, in: list) } }
        }
        if let kept = list.kept { add(kept.at, place + [.key("kept")]) { try $0.keep(kept, list) } }
    }

    /// In the order in which it happened; of the same minute, in the order of the file.
    var inOrder: [Step] {
        steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Nothing of the story happens on its today or later.
    func checkOrder() throws {
        let today = file.story.today.begin
        if let late = steps.first(where: { $0.at >= today }) {
            throw file.problem(at: late.place, "This happens on the day from which the story is told, or after it.")
        }
    }

    func calendar(at now: Moment) -> DemoCalendar {
        DemoCalendar(last: steps.map(\.at).max() ?? file.story.today.begin, zone: file.story.service.zone, now: now)
    }

    mutating func add(_ at: DemoTime, _ place: [DemoStep], _ take: @escaping (DemoStage) throws -> Void) {
        steps.append(Step(at: at, place: place, take: take))
    }

    // MARK: Setting up

    private mutating func addSettingUp() {
        let story = file.story
        // Everybody is there before anything happens, a minute apart, so that the list of people has the order of the file.
        for (index, person) in story.people.enumerated() {
            let before = story.people.count - index
            add(story.organisation.at.adding(minutes: -before), [.key("people"), .index(index)]) { try $0.add(person) }
        }
        add(story.organisation.at, [.key("organisation")]) { try $0.name(story.organisation) }
        add(story.service.at, [.key("service")]) { try $0.make(story.service) }
        for (index, person) in story.people.enumerated() where person.duties != nil {
            add(story.service.at.adding(minutes: 1 + index), [.key("people"), .index(index)]) { try $0.giveDuties(to: person) }
        }
    }

    // MARK: A project

    private mutating func add(_ project: DemoStory.Project, _ place: [DemoStep]) {
        let slug = project.slug
        add(project.at, place) { try $0.make(project) }
        for (index, activity) in (project.activities ?? []).enumerated() {
            add(project.at.adding(minutes: 5), place + [.key("activities"), .index(index)]) { try $0.add(activity, to: slug) }
        }
        for (index, group) in (project.groups ?? []).enumerated() {
            let here = place + [.key("groups"), .index(index)]
            add(project.at.adding(minutes: 10), here) { try $0.make(group, in: slug) }
            for (number, member) in group.members.enumerated() {
                add(member.at, here + [.key("members"), .index(number)]) { try $0.join(member, group) }
            }
        }
        for (index, session) in (project.sessions ?? []).enumerated() { add(session, slug, place + [.key("sessions"), .index(index)]) }
        var said = SaidInSessions(project)
        for (index, theme) in (project.themes ?? []).enumerated() {
            add(theme, slug, place + [.key("themes"), .index(index)], &said)
        }
        for (index, voice) in (project.voices ?? []).enumerated() {
            add(voice, in: nil, slug, place + [.key("voices"), .index(index)], &said)
        }
        for (index, round) in (project.rounds ?? []).enumerated() { add(round, slug, place + [.key("rounds"), .index(index)]) }
        if let reflection = project.reflection {
            add(reflection.at, place + [.key("reflection")]) { try $0.look(back: reflection, on: project) }
        }
    }

    private mutating func add(_ session: DemoStory.Session, _ slug: String, _ place: [DemoStep]) {
        add(session.planned, place) { try $0.plan(session, in: slug) }
        if let writeUp = session.writeup { add(writeUp.at, place + [.key("writeup")]) { try $0.writeUp(session, writeUp, in: slug) } }
        if let rating = session.rating { add(rating.at, place + [.key("rating")]) { try $0.rate(session, rating, in: slug) } }
    }

    // MARK: Voices

    private mutating func add(
        _ voice: DemoStory.Voice,
        in theme: DemoStory.Theme?,
        _ slug: String,
        _ place: [DemoStep],
        _ said: inout SaidInSessions
    ) {
        // What does not say when it was, or in a session that is not there, is complained of when it is played.
        let at = said.time(of: voice) ?? said.beginning
        let id = DemoStage.Spoken(steps.count)
        add(at, place) { try $0.say(voice, id, in: slug) }
        if let heard = voice.heard { add(heard.at, place + [.key("heard")]) { try $0.hear(heard, id) } }
        for (index, told) in (voice.told ?? []).enumerated() {
            add(told.at, place + [.key("told"), .index(index)]) { try $0.tell(told, id) }
        }
        if let back = voice.back { add(back.at, place + [.key("back")]) { try $0.answerBack(back, voice, id) } }
        guard let theme else { return }
        // Sorted when the theme is begun, or on the evening of the day, where it was said later.
        add(max(theme.started.adding(minutes: 10), at.adding(minutes: 45)), place) { try $0.sort(id, into: theme, in: slug) }
    }

    // MARK: Themes

    private mutating func add(_ theme: DemoStory.Theme, _ slug: String, _ place: [DemoStep], _ said: inout SaidInSessions) {
        add(theme.started, place) { try $0.start(theme, in: slug) }
        for (index, voice) in theme.voices.enumerated() {
            add(voice, in: theme, slug, place + [.key("voices"), .index(index)], &said)
        }
        for (index, discussed) in (theme.discussed ?? []).enumerated() {
            add(discussed.recorded, place + [.key("discussed"), .index(index)]) { try $0.discuss(theme, discussed, in: slug) }
        }
        if let decided = theme.decided { add(decided.recorded, place + [.key("decided")]) { try $0.decide(theme, decided, in: slug) } }
        for (index, action) in (theme.actions ?? []).enumerated() {
            let here = place + [.key("actions"), .index(index)]
            add(action.at, here) { try $0.start(action, on: theme, in: slug) }
            if let done = action.done { add(done.at, here + [.key("done")]) { try $0.finish(action, done, of: theme) } }
        }
        if let changed = theme.changed { add(changed.at, place + [.key("changed")]) { try $0.change(theme, changed, in: slug) } }
        for (index, replied) in (theme.replied ?? []).enumerated() {
            add(replied.at, place + [.key("replied"), .index(index)]) { try $0.reply(theme, replied, in: slug) }
        }
    }
}

// Rounds of statements.
extension DemoSteps {
    private mutating func add(_ round: DemoStory.Round, _ slug: String, _ place: [DemoStep]) {
        add(round.at, place) { try $0.start(round, in: slug) }
        add(round.opened, place) { try $0.open(round, in: slug) }
        for (index, answers) in round.answers.enumerated() {
            // What does not say when is complained of when it is played.
            let at = answers.online ?? answers.phone ?? answers.paper ?? round.opened
            add(at, place + [.key("answers"), .index(index)]) { try $0.answer(answers, of: round, in: slug) }
        }
        for (index, added) in (round.added ?? []).enumerated() {
            let here = place + [.key("added"), .index(index)]
            add(added.at, here) { try $0.add(added, to: round, in: slug) }
            if let looked = added.looked { add(looked.at, here + [.key("looked")]) { try $0.look(looked, at: added, of: round) } }
        }
        if let closed = round.closed { add(closed, place) { try $0.close(round, in: slug) } }
        let last = (round.answers.compactMap { $0.online ?? $0.phone ?? $0.paper } + [round.opened]).max() ?? round.opened
        add(last.adding(minutes: 1), place) { try $0.tellFigures(of: round) }
    }
}

/// When each voice was said. In a session one comes after the other, two minutes apart: they were written down while people talked.
struct SaidInSessions {
    private var next: [String: DemoTime]
    /// When the project began.
    let beginning: DemoTime

    init(_ project: DemoStory.Project) {
        beginning = project.at.adding(minutes: 15)
        let starts = (project.sessions ?? []).compactMap { session in session.at.first.map { (session.key, $0.adding(minutes: 10)) } }
        next = Dictionary(starts) { first, _ in first }
    }

    /// nil where the file says neither how nor when.
    mutating func time(of voice: DemoStory.Voice) -> DemoTime? {
        guard let session = voice.session else { return voice.online ?? voice.phone ?? voice.paper }
        guard let time = next[session] else { return nil }
        next[session] = time.adding(minutes: 2)
        return time
    }
}
