import Actions
import Decisions
import Discussion
import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Voices

/// Short ways along the path of a voice, for tests that begin in its middle.
extension TestHouse {
    public var themesPath: String { "/barnet-camhs/projects/stepped-model/themes" }

    public func path(_ theme: ThemeID, _ below: String = "") -> String { "\(themesPath)/\(theme)\(below)" }

    /// A theme of the stepped model, started by its facilitator.
    public func theme(_ title: String = "News by phone", isPublic: Bool = true) async throws -> ThemeID {
        let (deed, id) = (deed(.facilitator), cast.project)
        return try await db.write { tx in
            try StartTheme.run(
                ThemeDraft(title: title, said: "Ring us instead of writing.", isPublic: isPublic),
                in: ProjectStore.find(id, tx),
                by: deed,
                tx
            ).id
        }
    }

    /// A voice written down in a session, in a theme where one is given.
    public func said(
        _ words: String = "Ring us",
        by perspective: String = "young-people",
        consent: Voice.Consent = .project,
        replyBy: Voice.ReplyBy = .receipt,
        in theme: ThemeID? = nil
    ) async throws -> VoiceID {
        let (deed, id, group) = (deed(.facilitator), cast.project, perspective == "young-people" ? cast.young : cast.parents)
        return try await db.write { tx in
            let voice = try SayVoice(
                words: words,
                kind: .idea,
                perspective: perspective,
                consent: consent,
                channel: .session,
                group: group,
                replyBy: replyBy,
                replyTo: replyBy == .receipt ? nil : "020 7946 0001"
            ).run(in: ProjectStore.find(id, tx), zone: "Europe/London", by: deed, tx).id
            if let theme { try SortVoice.run(voice, from: nil, into: theme, by: deed, tx) }
            return voice
        }
    }

    @discardableResult
    public func discussed(_ theme: ThemeID) async throws -> DiscussionID {
        let deed = deed(.facilitator)
        return try await db.write { tx in
            try RecordDiscussion.run(theme, .init(at: deed.at, notes: "The group wants a call."), by: deed, tx)
        }
    }

    @discardableResult
    public func decided(_ theme: ThemeID, _ outcome: Decision.Outcome = .agreed) async throws -> DecisionID {
        let deed = deed(.facilitator)
        return try await db.write { tx in
            try RecordDecision.run(theme, .init(outcome, words: "We ring first.", reasons: "It is kinder.", at: deed.at), by: deed, tx)
        }
    }

    /// An action owned by the person with that duty, due in a week.
    public func action(on theme: ThemeID) async throws -> ActionID {
        let (deed, owner) = (deed(.facilitator), cast.person(.owner))
        return try await db.write { tx in
            try StartAction.run(
                on: theme,
                ActionDraft(what: "Change the letter template", owner: .person(owner)),
                due: deed.at.adding(days: 7),
                by: deed,
                tx
            )
        }
    }

    public func state(_ theme: ThemeID) async throws -> Theme.State { try await db.read { tx in try ThemeStore.find(theme, tx).state } }

    public func theme(_ id: ThemeID) async throws -> Theme { try await db.read { tx in try ThemeStore.find(id, tx) } }

    /// Runs one use case as somebody.
    @discardableResult
    public func does<T: Sendable>(_ who: Character, _ body: @escaping @Sendable (Deed, Transaction) throws -> T) async throws -> T {
        let deed = deed(who)
        return try await db.write { tx in try body(deed, tx) }
    }

    /// Which people get something else than a refusal.
    public func allowed(_ body: @escaping @Sendable (Deed, Transaction) throws -> Void) async throws -> Set<Character> {
        var found: Set<Character> = []
        for who in Character.allCases {
            let deed = deed(who)
            struct Done: Error {}
            do {
                // Undone each time, so that everybody finds the same house.
                try await db.write { tx in
                    try body(deed, tx)
                    throw Done()
                }
            } catch is Done { found.insert(who) } catch is Refusal {}
        }
        return found
    }
}
