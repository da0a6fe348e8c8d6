import Jobs
import Kernel
import People
import ReadAloud
import Statements
import Store
import Voices
import Web
import WhatWeThink

extension House {
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
            },
            // After somebody took their words back.
            JobKind(WithdrawVoice.scrub, alone: { db, _ in try await db.scrub(WithdrawVoice.tables) }),
            JobKind("tell-figures", everyMinutes: 1, alone: { db, deed in try await TellFigures.all(db, states, by: deed) }),
        ] + (speaker.map { [readAloud($0)] } ?? [])
    }

    private static func readAloud(_ speaker: Speaker) -> JobKind {
        JobKind("read-aloud", everyMinutes: 1, alone: { db, deed in try await ReadTexts.run(db, speaker, by: deed) })
    }
}
