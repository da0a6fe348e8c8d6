import Jobs
import Kernel
import People
import Referrals
import Shortlists
import Statements
import Store
import Voices
import Web
import WhatWeThink

extension House {
    /// Every kind of work that is done later.
    ///
    /// - Parameter states: what the pages remember of each round's answers, so that it is not counted twice.
    public static func jobs(_ states: RoundStates = RoundStates()) -> [JobKind] {
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
        ]
    }
}
