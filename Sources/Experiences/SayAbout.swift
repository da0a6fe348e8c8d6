import Directory
import HTML
import Kernel
import Store
import Voices

/// Says which entry of the directory a voice is about.
public enum SayAbout {
    /// Something that is gone by now is let go: the words are not lost for it.
    public static func run(_ voice: VoiceID, _ entry: EntryID, by deed: Deed, _ tx: Transaction) throws {
        guard let entry = try readable(entry, by: deed.actor, tx) else { return }
        try VoiceSubjects.keep(voice, about: entry.id.text, by: deed, tx)
    }

    /// What became part of another is spoken of as that one.
    private static func readable(_ id: EntryID, by actor: Actor, _ tx: Transaction) throws -> Entry? {
        guard let found = try? EntryStore.find(id, tx) else { return nil }
        let entry = try found.became.map { try EntryStore.find($0, tx) } ?? found
        return DirectoryPolicy.mayRead(entry, actor) ? entry : nil
    }
}

extension VoiceSubjects {
    /// What voices can be about in this house: entries of the directory.
    public static let entries = VoiceSubjects(
        find: { typed, actor, tx in
            guard let id = EntryID(typed), let entry = try? EntryStore.find(id, tx), DirectoryPolicy.mayRead(entry, actor) else {
                return nil
            }
            return Link(entry.name, to: entry.url)
        },
        link: { voice, typed, deed, tx in
            guard let id = EntryID(typed) else { return }
            try SayAbout.run(voice, id, by: deed, tx)
        },
        of: { voice, tx in
            let found = try tx.first(
                """
                SELECT directory_entries.id, directory_entries.name FROM voice_subjects
                JOIN directory_entries ON directory_entries.id = voice_subjects.subject WHERE voice_subjects.voice = \(voice)
                """
            ) { row in (id: try row.next() as EntryID, name: try row.next() as String) }
            return found.map { Link($0.name, to: .path("/directory/entries", $0.id)) }
        }
    )
}
