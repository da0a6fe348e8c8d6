import Jobs
import Kernel
import People
import Store
import Voices
import Web
import WhatWeThink

extension House {
    /// Every kind of work that is done later.
    public static let jobs: [JobKind] = [
        // Hourly, so that what must be forgotten after a day is forgotten after a day.
        JobKind("sweep", everyMinutes: 60) { _, deed, tx in
            try SweepPeople.run(at: deed.at, tx)
            try SweepSubmissions.run(at: deed.at, tx)
        },
        // After somebody took their words back.
        JobKind(WithdrawVoice.scrub, alone: { db in try await db.scrub(WithdrawVoice.tables) }),
        JobKind("tell-figures", everyMinutes: 1) { _, deed, tx in try TellFigures.all(by: deed, tx) },
    ]
}
