import HTML
import Kernel
import Store
import Trail

/// What a voice can be about besides its project's question, such as a place of the directory. Rooms above this one know such things and hand in how
/// they are found; forms carry one in their field `about`.
public struct VoiceSubjects: Sendable {
    static let field = "about"

    /// What this text names, as far as the actor may know of it; nil where it names nothing.
    let find: @Sendable (_ typed: String, Actor, Transaction) throws -> Link?
    /// Keeps what a voice is about, in the transaction in which it is said.
    let link: @Sendable (VoiceID, _ typed: String, Deed, Transaction) throws -> Void
    let of: @Sendable (VoiceID, Transaction) throws -> Link?

    public init(
        find: @escaping @Sendable (_ typed: String, Actor, Transaction) throws -> Link?,
        link: @escaping @Sendable (VoiceID, _ typed: String, Deed, Transaction) throws -> Void,
        of: @escaping @Sendable (VoiceID, Transaction) throws -> Link?
    ) {
        (self.find, self.link, self.of) = (find, link, of)
    }

    /// Keeps what a voice is about for as long as the voice has words. The trail does not say: it would remember for ever.
    public static func keep(_ voice: VoiceID, about subject: String, by deed: Deed, _ tx: Transaction) throws {
        try tx.run("INSERT INTO voice_subjects (voice, subject, at) VALUES (\(voice), \(subject), \(deed.at))")
        let place = try VoiceStore.find(voice, tx).place
        try Trail.record("voice.subject-named", TrailSubject("voice", voice), at: place, by: deed, in: tx)
    }
}

/// What a form that is about to be filled in is about.
struct VoiceSubject: Sendable {
    let typed: String
    let link: Link

    /// nil where the form names nothing that this actor may know of.
    init?(_ typed: String, _ subjects: VoiceSubjects?, _ actor: Actor, _ tx: Transaction) throws {
        guard let subjects, !typed.isEmpty, let link = try subjects.find(typed, actor, tx) else { return nil }
        (self.typed, self.link) = (typed, link)
    }

    /// Said above the questions, and carried along.
    var html: HTML {
        HTML {
            inset {
                p {
                    W.aboutPlace + " "
                    a(link.label, to: link.url)
                }
                p(W.aboutHint)
            }
            hidden(VoiceSubjects.field, typed)
        }
    }
}
