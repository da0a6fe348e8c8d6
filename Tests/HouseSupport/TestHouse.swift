import App
import Foundation
import HTML
import Hummingbird
import Kernel
import Logging
import NIOConcurrencyHelpers
import People
import Store
import TestSupport
import Web

/// The whole product on a fresh database, with one service, two projects and one person of every kind: what tests of rooms and journeys stand on.
///
///     @Test(arguments: Engine.all) func `A parent cannot read the young people's room`(engine: Engine) async throws {
///         try await engine.withHouse { house in
///             let page = try await house.browser(.parent).get("/voices/\(id)")
///             #expect(page.status == 404)
///         }
///     }
public struct TestHouse: Sendable {
    public let db: Database
    public let responder: Responder
    /// Every route, as `GET /:service`.
    public let routes: [String]
    public let clock: TestClock
    public let cast: Cast

    /// What time it is, until a test says otherwise: Tuesday 10 March 2026, 10:00 in London.
    public var now: Moment { clock.now }

    public func deed(_ who: Character) -> Deed { Deed(by: cast.actor(who), at: now) }

    /// A browser that this person is signed in with; a stranger's has no cookie.
    public func browser(_ who: Character) -> TestBrowser {
        TestBrowser(responder: responder, token: who == .stranger ? nil : Cast.token(of: who), csrf: Cast.csrf(of: who))
    }
}

extension Engine {
    /// A fresh house on this engine, gone afterwards.
    ///
    /// - Parameter hasEveryKind: with `Character.everyKind` in it, and not only the usual people.
    public func withHouse(
        isDemo: Bool = false,
        hasEveryKind: Bool = false,
        maps: MapFacts = .none,
        _ body: (TestHouse) async throws -> Void
    ) async throws {
        try await withDatabase(House.migrations) { db in
            let clock = TestClock()
            var logger = Logger(label: "heard.tests")
            logger.logLevel = .critical
            let house = House(
                db: db,
                facts: SiteFacts(base: SafeURL(web: "https://heard.example") ?? .path("/"), isDemo: isDemo, maps: maps),
                clock: { clock.now },
                passwords: Passwords(cost: .tests),
                logger: logger
            )
            let cast = Cast()
            let now = clock.now
            try await db.write { tx in try cast.settle(hasEveryKind ? Character.everyKind : Character.allCases, tx, at: now) }
            try await body(
                TestHouse(db: db, responder: house.site.responder(), routes: house.site.routes, clock: clock, cast: cast)
            )
        }
    }
}

/// A clock that tests turn.
public final class TestClock: Sendable {
    private let moment = NIOLockedValueBox(Moment(iso: "2026-03-10T10:00:00Z") ?? .now())
    public var now: Moment { moment.withLockedValue { $0 } }
    public func turn(to moment: Moment) { self.moment.withLockedValue { $0 = moment } }
    public func turn(days: Int) { moment.withLockedValue { $0 = $0.adding(days: days) } }
}

/// The kinds of people who may stand at the door.
public enum Character: String, Sendable {
    /// Nobody we know.
    case stranger
    case administrator, facilitator, moderator, scribe, safeguarding, publisher, owner
    /// A clinician in the parents' group, as in the case.
    case clinician
    case parent
    case otherParent = "other-parent"
    case youngPerson = "young-person"
    /// Signed in, belongs to nothing.
    case outsider

    /// A manager and a peer worker in the parents' group, as in the case.
    case manager
    case peerStaff = "peer-staff"
    /// A parent of the other group of the same project, and one of another project.
    case parentOfAnotherGroup = "parent-of-another-group"
    case memberOfAnotherProject = "member-of-another-project"
    /// A facilitator who gave their password and not yet their code.
    case halfSignedIn = "half-signed-in"
    /// A facilitator whose account was closed; their browser still has its cookie.
    case closed
    /// Was facilitator and wrote things down; the duty was taken away, the account works.
    case exColleague = "ex-colleague"
    /// Looks after the referrals of the service, and does nothing else there.
    case referralKeeper = "referral-keeper"
}

extension Character: CaseIterable {
    /// Those whom most tests need.
    public static let allCases: [Character] = [
        .stranger, .administrator, .facilitator, .moderator, .scribe, .safeguarding, .publisher, .owner, .clinician, .parent, .otherParent,
        .youngPerson, .outsider,
    ]

    /// Those too who come by the door seldom, and must find it shut.
    public static let everyKind: [Character] =
        allCases + [
            .manager, .peerStaff, .parentOfAnotherGroup, .memberOfAnotherProject, .halfSignedIn, .closed, .exColleague, .referralKeeper,
        ]
}

/// Who and what there is in a test house.
public struct Cast: Sendable {
    public let service: ServiceID = ID(at: Moment(milliseconds: 1), chance: .system)
    /// `stepped-model`: by invitation.
    public let project: ProjectID = ID(at: Moment(milliseconds: 2), chance: .system)
    /// `open-door`: open to the public.
    public let openProject: ProjectID = ID(at: Moment(milliseconds: 3), chance: .system)
    public let parents: GroupID = ID(at: Moment(milliseconds: 4), chance: .system)
    public let young: GroupID = ID(at: Moment(milliseconds: 5), chance: .system)
    /// A session of the young people's group, held yesterday.
    public let session: SessionID = ID(at: Moment(milliseconds: 6), chance: .system)
    /// The Thursday group of parents, and a group of the open project: only where every kind of person is.
    public let thursday: GroupID = ID(at: Moment(milliseconds: 8), chance: .system)
    public let openGroup: GroupID = ID(at: Moment(milliseconds: 9), chance: .system)
    public let people: [Character: PersonID] = Dictionary(
        uniqueKeysWithValues: Character.everyKind.filter { $0 != .stranger }.map { ($0, ID(at: Moment(milliseconds: 7), chance: .system)) }
    )

    public var place: Place { Place(service: service, project: project) }
    public var openPlace: Place { Place(service: service, project: openProject) }

    public func person(_ who: Character) -> PersonID {
        guard let id = people[who] else { fatalError("a stranger has no id") }
        return id
    }

    /// The actor that the door would make of this person.
    public func actor(_ who: Character) -> Actor {
        guard who != .stranger else { return .stranger }
        return .person(
            Someone(
                id: person(who),
                name: Self.name(of: who),
                grants: Set(grants(of: who)),
                memberships: membership(of: who).map { [$0] } ?? []
            )
        )
    }

    static func name(of who: Character) -> String? { who == .youngPerson ? nil : who.rawValue.capitalized }

    func grants(of who: Character) -> [Grant] {
        switch who {
        case .administrator: [Grant(.administrator, .organisation)]
        case .facilitator: [Grant(.facilitator, .service(service))]
        case .moderator: [Grant(.moderator, .project(project))]
        case .scribe: [Grant(.scribe, .project(project)), Grant(.scribe, .project(openProject))]
        case .safeguarding: [Grant(.safeguarding, .service(service))]
        case .publisher: [Grant(.publisher, .service(service))]
        case .owner: [Grant(.actionOwner, .project(project))]
        case .halfSignedIn, .closed: [Grant(.facilitator, .service(service))]
        // A parent who looks after the directory as well.
        case .otherParent: [Grant(.directoryEditor, .organisation)]
        case .referralKeeper: [Grant(.referrals, .service(service))]
        default: []
        }
    }

    func membership(of who: Character) -> Membership? {
        switch who {
        case .clinician: Membership(project: project, group: parents, perspective: "clinicians", isStaff: true)
        case .parent, .otherParent: Membership(project: project, group: parents, perspective: "parents-and-carers")
        case .youngPerson: Membership(project: project, group: young, perspective: "young-people")
        case .manager: Membership(project: project, group: parents, perspective: "managers", isStaff: true)
        case .peerStaff: Membership(project: project, group: parents, perspective: "peer-staff", isStaff: true)
        case .parentOfAnotherGroup: Membership(project: project, group: thursday, perspective: "parents-and-carers")
        case .memberOfAnotherProject: Membership(project: openProject, group: openGroup, perspective: "parents-and-carers")
        default: nil
        }
    }

    static func token(of who: Character) -> String { "token-of-\(who.rawValue)" }
    static func csrf(of who: Character) -> String { "csrf-of-\(who.rawValue)" }
}
