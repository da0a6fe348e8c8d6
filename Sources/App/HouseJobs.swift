import DirectoryImports
import Jobs
import Kernel
import Outside
import People
import ReadAloud
import Referrals
import Shortlists
import Statements
import Store
import Voices
import Web
import WhatWeThink

extension House {
    /// Work that waits for machines of others, for a runner of its own: nothing else waits behind it.
    ///
    /// - Parameter mayGoInside: whether feeds may be on this machine or its network.
    public static func outsideJobs(mayGoInside: Bool) -> [JobKind] {
        let outside = OutsideFetch(mayGoInside: mayGoInside, largest: FeedReader.largestPage)
        return [
            // Every ten minutes somebody looks whether a night has come for a feed.
            JobKind(TakeFeeds.job, everyMinutes: 10, alone: { db, _ in try await TakeFeeds(db) { .from($0, by: outside) }.run() })
        ]
    }

    /// Every kind of work that is done later.
    ///
    /// - Parameters:
    ///   - states: what the pages remember of each round's answers, so that it is not counted twice.
    ///   - speaker: reads published pages aloud; nil where this machine has no voice.
    public static func jobs(_ states: RoundStates = RoundStates(), speaker: Speaker? = nil) -> [JobKind] {
        [
            // Hourly, so that what must be forgotten after a day is forgotten after a day.
            JobKind("sweep", everyMinutes: 60) { _, deed, tx in
                try SweepPeople.run(at: deed.at, tx)
                try SweepSubmissions.run(at: deed.at, tx)
                try SweepReferrals.run(at: deed.at, tx)
                try SweepLists.run(at: deed.at, tx)
            },
            JobKind(AskLater.kind, everyMinutes: 60) { _, deed, tx in try AskLater.run(by: deed, tx) },
            // After somebody took their words back.
            JobKind(WithdrawVoice.scrub, alone: { db, _ in try await db.scrub(WithdrawVoice.tables) }),
            JobKind(WithdrawReferral.scrub, alone: { db, _ in try await db.scrub(WithdrawReferral.tables) }),
            JobKind("tell-figures", everyMinutes: 1, alone: { db, deed in try await TellFigures.all(db, states, by: deed) }),
        ] + (speaker.map { [readAloud($0)] } ?? [])
    }

    private static func readAloud(_ speaker: Speaker) -> JobKind {
        JobKind("read-aloud", everyMinutes: 1, alone: { db, deed in try await ReadTexts.run(db, speaker, by: deed) })
    }
}
