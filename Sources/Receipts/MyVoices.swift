import HTML
import Kernel
import People
import Projects
import Services
import Store
import Voices
import Web
import Words

/// What somebody said last, each with the one sentence that says where it is now: for their own page.
public enum MyVoices {
    // 5: what fits above everything else on a telephone; the rest is one press away.
    static let most = 5

    public static func newest(of person: PersonID, _ visit: Visit, _ tx: Transaction) throws -> [SaidLine] {
        try VoiceStore.by(speaker: person, tx).prefix(most).map { voice in
            let project = try ProjectStore.find(voice.project, tx)
            let dates = Dates(zone: try ServiceStore.find(voice.service, tx).zone)
            let path = try PathReader(voice: voice, actor: visit.actor, clocks: project.clocks, dates: dates, now: visit.at, tx: tx).read()
            return SaidLine(
                words: voice.words ?? W.wordsGone,
                on: dates.day(voice.saidAt),
                now: path.now,
                url: .path("/voices", voice.id, "receipt")
            )
        }
    }
}
