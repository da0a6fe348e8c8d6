import HTML
import Kernel
import Pathways
import Services
import Store
import Web
import Words

public enum ReadAloudRoutes {
    public static func add(to site: Site) {
        site.recording("/:service/pathways/:leaflet/sounds/:published") { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let text = try TextStore.find(visit.id("published"), of: at.leaflet.id, tx)
            guard text.publishedAt != nil, let sound = try SoundStore.find(text.id, tx) else { throw Refusal.notFound }
            let end = sound.type == "audio/mpeg" ? "mp3" : "wav"
            return Recording(
                type: sound.type,
                length: sound.length,
                digest: sound.digest,
                name: "\(at.leaflet.slug)-\(text.number).\(end)"
            ) { range, tx in try SoundStore.bytes(range, of: text.id, tx) }
        }
    }

    /// What a page says about listening to this text of it; nil where there is no sound.
    public static func listening(_ text: LeafletText, of leaflet: Leaflet, in service: Service, _ tx: Transaction) throws -> Listening? {
        guard let sound = try SoundStore.find(text.id, tx) else { return nil }
        let seconds = (sound.milliseconds + 500) / 1_000
        return Listening(
            heading: W.listen,
            words: W.computerReads(long: long(seconds), size: size(sound.length)),
            load: Link(W.loadSound, to: leaflet.url(in: service).below("sounds", text.id)),
            seconds: seconds,
            bytes: sound.length
        )
    }

    /// "2 minutes", or "40 seconds" of a very short one.
    static func long(_ seconds: Int) -> String { seconds < 60 ? W.seconds(n: max(seconds, 1)) : W.minutes(n: (seconds + 30) / 60) }

    /// "420 KB": what it costs somebody who pays for their data.
    static func size(_ bytes: Int) -> String {
        bytes < 1_000_000 ? W.kilobytes(number: "\((bytes + 999) / 1_000)") : W.megabytes(number: "\(Double(bytes / 100_000) / 10)")
    }
}
