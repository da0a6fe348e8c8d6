import HTML

/// A text read aloud by a computer, with every word that is said about it.
public struct Listening: Sendable, Encodable {
    public let heading: String
    /// What reads it, how long it takes and what it costs to load.
    public let words: String
    public let load: Link
    public let seconds: Int
    public let bytes: Int

    public init(heading: String, words: String, load: Link, seconds: Int, bytes: Int) {
        self.heading = heading
        self.words = words
        self.load = load
        self.seconds = seconds
        self.bytes = bytes
    }

    /// Its place on the page: the way to it stands at the top, for whoever would rather not read that far.
    static let place = "listen"

    func html(of title: String) -> HTML {
        section(heading, id: Self.place, class: "screen-only") {
            audio(label: title, from: load.url)
            p(words)
            p { a(load.label, about: title, to: load.url) }
        }
    }
}
