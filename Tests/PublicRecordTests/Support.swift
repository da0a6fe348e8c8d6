import Foundation
import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Trail
import Voices

/// What a test says was said, by plain SQL; the trail moves as it would.
struct Said {
    var words = "It echoes in the corridor."
    var project: ProjectID?
    var group: GroupID?
    var consent = Voice.Consent.publicWithoutName
    var perspective = "young-people"
    var name: String?
    var speaker: PersonID?
    var theme: ThemeID?
    var daysAgo = 3
    var hearDue: Moment?
    /// A person has read it.
    var isRead = true
}

extension TestHouse {
    @discardableResult
    func say(_ said: Said) async throws -> VoiceID { try await say([said])[0] }

    @discardableResult
    func say(_ list: [Said]) async throws -> [VoiceID] {
        let (cast, now) = (cast, now)
        return try await db.write { tx in
            let ids = try list.enumerated().map { place, said in
                let id: VoiceID = ID(at: now, chance: .system)
                let project = said.project ?? cast.openProject
                // A minute apart, so that the order is known.
                let at = now.adding(days: -said.daysAgo).adding(minutes: place)
                try tx.run(
                    """
                    INSERT INTO voices (id, service, project, group_id, theme, perspective, kind, channel, speaker, speaker_name, read_back,
                        consent, consent_at, words, digest, version, reply_by, said_at, recorded_at, hear_due, discuss_due, decide_due, passed_at)
                    VALUES (\(id), \(cast.service), \(project), \(said.group), \(said.theme), \(said.perspective), 'idea', 'online',
                        \(said.speaker), \(said.name), 0, \(said.consent), \(at), \(said.words), 'digest', 1, 'receipt', \(at), \(at),
                        \(said.hearDue ?? at.adding(days: 7)), \(at.adding(days: 28)), \(at.adding(days: 56)), \(said.isRead ? at : nil))
                    """
                )
                return id
            }
            for project in Set(list.map { $0.project ?? cast.openProject }) {
                try Trail.record(
                    "test.said",
                    TrailSubject("project", project),
                    at: Place(service: cast.service, project: project),
                    by: Deed(by: .system("test"), at: now),
                    in: tx
                )
            }
            return ids
        }
    }

    func theme(
        _ title: String,
        state: String = "open",
        isPublic: Bool = true,
        in project: ProjectID? = nil,
        movedDaysAgo: Int = 1,
        replyDue: Moment? = nil
    ) async throws -> ThemeID {
        let (cast, now) = (cast, now)
        return try await db.write { tx in
            let id: ThemeID = ID(at: now, chance: .system)
            let project = project ?? cast.openProject
            try tx.run(
                """
                INSERT INTO themes (id, service, project, title, said, public, state, made_at, reply_due, moved_at)
                VALUES (\(id), \(cast.service), \(project), \(title), \("What people said about: " + title), \(isPublic), \(state),
                    \(now.adding(days: -movedDaysAgo)), \(replyDue), \(now.adding(days: -movedDaysAgo)))
                """
            )
            try Trail.record(
                "test.themed",
                TrailSubject("theme", id),
                at: Place(service: cast.service, project: project),
                by: Deed(by: .system("test"), at: now),
                in: tx
            )
            return id
        }
    }

    func run(_ statements: [SQL]) async throws {
        try await db.write { tx in for statement in statements { try tx.run(statement) } }
    }

    func newID<S>(_: S.Type = S.self) -> ID<S> { ID(at: now, chance: .system) }
}

let door = "/barnet-camhs/projects/open-door"
let model = "/barnet-camhs/projects/stepped-model"
