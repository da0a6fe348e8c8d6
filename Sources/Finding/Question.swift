/// What somebody looks for.
public struct FindingQuestion: Sendable, Equatable {
    /// As it was typed.
    public var words = ""
    public var age: Int?
    public var traits: FindingItem.Traits = []
    /// What may be left unsaid: such places pass although nobody knows whether they answer.
    public var unsaid: Unsaid = []
    /// Only what belongs to this need, by its id.
    public var need: String?
    public var language: String?
    public var near: Point?
    /// In metres; without it, distance only orders.
    public var within: Double?
    /// Only what is open then.
    public var openAt: Time?
    /// What belongs to at least one of these terms.
    public var anyOf: [String]?
    /// Ages of which at least one is welcome.
    public var ages: ClosedRange<Int>?
    /// Only what is on at some time within these.
    public var during: Span?
    public var organization: String?
    /// Milliseconds since 1970.
    public var modifiedAfter: Int64?
    /// What time it is, in milliseconds since 1970: what was to be checked before it is out of date.
    public var now: Int64 = 0

    /// A time by the calendar and the clock of the place.
    public struct Time: Sendable, Equatable {
        public let year: Int
        public let month: Int
        public let day: Int
        /// Minutes since midnight.
        public let minute: Int

        public init(year: Int, month: Int, day: Int, minute: Int) {
            self.year = year
            self.month = month
            self.day = day
            self.minute = minute
        }
    }

    /// Hours of a day of the week, both perhaps left open.
    public struct Span: Sendable, Equatable {
        /// Monday is 0; nil for any day.
        public var weekday: Int?
        /// Minutes since midnight.
        public var from: Int
        public var to: Int

        public init(weekday: Int? = nil, from: Int = 0, to: Int = 24 * 60) {
            self.weekday = weekday
            self.from = from
            self.to = to
        }
    }

    /// What a place may say nothing of. Nothing said is not "no".
    public struct Unsaid: OptionSet, Sendable, Hashable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        public static let cost = Unsaid(rawValue: 1)
        public static let space = Unsaid(rawValue: 2)
        public static let ways = Unsaid(rawValue: 4)
        public static let access = Unsaid(rawValue: 8)
        public static let language = Unsaid(rawValue: 16)
        public static let hours = Unsaid(rawValue: 32)

        /// Of what something with these traits says nothing, the traits that are let through.
        func forgives(_ traits: FindingItem.Traits) -> FindingItem.Traits {
            var forgiven: FindingItem.Traits = []
            if contains(.cost), !traits.contains(.costs) { forgiven.insert(.free) }
            if contains(.space), !traits.contains(.isWaiting) { forgiven.insert(.hasSpace) }
            if contains(.ways), !traits.contains(.saysWays) { forgiven.insert(.selfReferral) }
            // Nobody writes down that there are steps: what is not said of access is never a "no".
            if contains(.access) { forgiven.formUnion([.stepFree, .signLanguage, .quiet]) }
            return forgiven
        }
    }

    public init() {}

    /// Whether nothing but words is asked for.
    public var hasOnlyWords: Bool {
        var other = self
        other.words = ""
        return other.isEmpty
    }

    /// Whether nothing is asked for.
    public var isEmpty: Bool {
        var other = FindingQuestion()
        other.now = now
        return self == other
    }
}

/// Something that was found, and why.
public struct FindingMatch: Sendable, Equatable {
    public let number: Int
    public let id: String
    public let score: Float
    /// Metres to the nearest of its places; nil where nobody asked or nobody knows.
    public let metres: Double?
    public let reasons: [Reason]
    public let isOutOfDate: Bool

    public enum Reason: Sendable, Hashable {
        /// A word that was typed stands in the name, in the description, or is who runs it.
        case word(String, FindingItem.Field)
        /// One that was not typed but nearly: what was typed, what was found.
        case nearly(String, String)
        /// What was typed is what people say for this need.
        case need(String, said: String)
        /// All words of something that people say stand in it, though not as one.
        case words([String])
    }
}
