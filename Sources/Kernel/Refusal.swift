/// A "no" that is not about what was typed. `Web/ErrorPages.swift` turns each into a page or a problem document.
public enum Refusal: Error, Equatable, Sendable {
    /// Nobody is signed in, and it needs somebody who is.
    case signIn
    /// There is no such thing, or not for this actor: the two look alike from outside, on purpose.
    case notFound
    /// A private link or code that opens nothing: like `notFound`, with words for whoever holds it.
    case deadLink(DeadLink)
    /// The actor may know that it exists but not do this. `because` is a plain sentence for a screen.
    case notAllowed(because: String)
    /// It was here and is gone for good: a withdrawn voice, a used or expired link. `because` is a plain sentence.
    case gone(because: String)
    /// Too many tries. Seconds until the next one is listened to.
    case tooManyTries(seconds: Int)
    /// The thing has moved on since the form was opened: what is there now, and what was sent, to be shown side by side.
    case stale(StaleEdit)
}

/// What to tell somebody whose link or code opens nothing.
public struct DeadLink: Equatable, Sendable {
    public let heading: String
    public let because: String
    /// Where to go instead, if anywhere: an address of ours and what it is called.
    public let label: String?
    public let path: String?

    public init(heading: String, because: String, label: String? = nil, path: String? = nil) {
        self.heading = heading
        self.because = because
        self.label = label
        self.path = path
    }
}

/// Two people changed the same thing: both texts, field by field, so that neither is lost.
public struct StaleEdit: Equatable, Sendable {
    public struct Field: Equatable, Sendable {
        public let label: String
        public let theirs: String
        public let yours: String

        public init(label: String, theirs: String, yours: String) {
            self.label = label
            self.theirs = theirs
            self.yours = yours
        }
    }

    public let fields: [Field]
    /// The address of the form with the newest text in it.
    public let again: String

    public init(fields: [Field], again: String) {
        self.fields = fields
        self.again = again
    }
}
