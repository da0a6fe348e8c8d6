import Foundation
import Kernel
import Pathways
import Readers
import People
import Projects
import Referrals
import Services
import Sessions
import Shortlists
import Store
import Web

/// Where a story is played: who is there so far, and everything made until now, by its key in the file.
final class DemoStage {
    /// Which voice of the file.
    struct Spoken: Hashable {
        let number: Int
        init(_ number: Int) { self.number = number }
    }

    let file: DemoFile
    let calendar: DemoCalendar
    let tx: Transaction
    var people: [String: PersonID] = [:]
    var service: Service?
    var projects: [String: ProjectID] = [:]
    var activities: [String: ActivityID] = [:]
    var groups: [String: GroupID] = [:]
    /// One for each time at which it was offered.
    var sessions: [String: [SessionID]] = [:]
    var themes: [String: ThemeID] = [:]
    var actions: [String: ActionID] = [:]
    var voices: [Spoken: VoiceID] = [:]
    var receipts: [String: String] = [:]
    var rounds: [String: RoundID] = [:]
    /// By their words.
    var statements: [String: StatementID] = [:]
    var texts: [DemoTextPlace: LeafletTextID] = [:]
    /// By their words.
    var comments: [String: (DemoTextPlace, LeafletCommentID)] = [:]
    /// By their title; what was referred from them; and what opens the pages of families.
    var lists: [String: ShortlistID] = [:]
    var referrals: [String: ReferralID] = [:]
    var families: [String: String] = [:]
    /// When the step is that is being taken.
    private var now = Moment(milliseconds: 0)

    init(_ file: DemoFile, calendar: DemoCalendar, _ tx: Transaction) {
        self.file = file
        self.calendar = calendar
        self.tx = tx
    }

    func take(_ step: DemoSteps.Step) throws {
        now = calendar.moment(step.at)
        do {
            try step.take(self)
        } catch let unknown as UnknownKey {
            throw file.problem(at: step.place, unknown.sentence)
        } catch let problems as Problems {
            throw file.problem(at: step.place, problems.list.map { "\($0.field): \($0.sentence)" }.joined(separator: " "))
        } catch let refusal as Refusal {
            throw file.problem(at: step.place, Self.words(refusal))
        }
    }

    /// A key that nothing in the file has.
    struct UnknownKey: Error {
        let sentence: String
        init(_ what: String, _ key: String) { sentence = "There is no \(what) '\(key)'." }
        init(_ sentence: String) { self.sentence = sentence }
    }

    private static func words(_ refusal: Refusal) -> String {
        switch refusal {
        case .notAllowed(let because), .gone(let because): because
        case .notFound: "Whoever does this may not, or what it is about is not there."
        case .signIn: "Somebody has to be named who does this."
        case .tooManyTries, .stale, .deadLink: "\(refusal)"
        }
    }

    // MARK: Who and what there is

    /// What somebody of the story does now, with the duties and groups they have by now.
    func deed(_ key: String) throws -> Deed {
        Deed(by: .person(try PeopleStore.someone(person(key), tx)), at: now)
    }

    func person(_ key: String) throws -> PersonID { try known(people[key], "person", key) }
    func group(_ key: String) throws -> GroupID { try known(groups[key], "group", key) }
    func session(_ key: String) throws -> Session { try SessionStore.find(known(sessions[key]?.first, "session", key), tx) }
    func voice(_ spoken: Spoken) throws -> VoiceID { try known(voices[spoken], "voice", "") }
    func theme(_ theme: DemoStory.Theme) throws -> ThemeID { try known(themes[theme.title], "theme", theme.title) }

    func project(_ slug: String) throws -> Project { try ProjectStore.find(known(projects[slug], "project", slug), tx) }

    func theService() throws -> Service { try known(service, "service", file.story.service.slug) }

    /// Who runs a project, where the file names nobody else.
    func facilitator(_ slug: String) throws -> String {
        try known(file.story.projects.first { $0.slug == slug }?.facilitator, "facilitator of the project", slug)
    }

    func scribe(_ slug: String) throws -> String {
        try known(file.story.projects.first { $0.slug == slug }?.scribe, "scribe of the project", slug)
    }

    func known(perspective key: String) throws {
        let service = try theService()
        guard try ServiceStore.perspectives(of: service.id, tx)[key] != nil else { throw UnknownKey("perspective", key) }
    }

    private func known<T>(_ found: T?, _ what: String, _ key: String) throws -> T {
        guard let found else { throw UnknownKey(what, key) }
        return found
    }

    // MARK: Setting up

    func add(_ person: DemoStory.Person) throws {
        people[person.key] = try PeopleStore.add(
            name: person.name,
            email: person.email,
            demo: person.demo,
            by: Deed(by: .system("demo"), at: now),
            tx
        )
        // Whoever looks after the whole organisation has to be there before there is an organisation.
        for duty in person.duties ?? [] where duty == .administrator { try give(duty, .organisation, to: person, by: .system("demo")) }
    }

    func name(_ organisation: DemoStory.Organisation) throws {
        try NameOrganisation.run(name: organisation.name, about: organisation.about.words, version: 0, by: deed(organisation.by), tx)
    }

    func make(_ service: DemoStory.Service) throws {
        let details = ServiceDetails(
            name: service.name,
            slug: service.slug,
            summary: service.summary,
            about: service.about.words,
            phone: service.phone,
            zone: service.zone
        )
        self.service = try MakeService.run(details, perspectives: Perspectives.youngPeoplesService, by: deed(service.by), tx)
    }

    func giveDuties(to person: DemoStory.Person) throws {
        let service = try theService()
        let giver = try deed(file.story.service.by).actor
        // Nobody gives a duty to themselves. Where a story has one person for everything, the software that tells it does.
        let hand: Actor = person.key == file.story.service.by ? .system("demo") : giver
        for duty in person.duties ?? [] where duty != .administrator { try give(duty, .service(service.id), to: person, by: hand) }
    }

    private func give(_ duty: Duty, _ reach: Grant.Reach, to person: DemoStory.Person, by giver: Actor) throws {
        try GiveDuty.run(duty, reaching: reach, to: self.person(person.key), by: Deed(by: giver, at: now), tx)
    }
}
