extension Writer {
    /// What a page's parts must know about the request they answer.
    public struct Context: Sendable {
        public enum Direction: String, Sendable {
            case leftToRight = "ltr"
            case rightToLeft = "rtl"
        }

        /// Proves that a form sent to us came from a page of ours; every `form(post:)` carries it.
        public var csrf: String?
        /// Marks this copy of the page, so that a form of it sent twice can be done once; every `form(post:)` carries it with a number of its own.
        public var submission: String?
        /// Where the style sheet is, with its fingerprint.
        public var stylesheet: SafeURL
        /// Where the sheets are that only some pages wear.
        public var sheets: [Sheet: SafeURL]
        /// Where each script is, with its fingerprint.
        public var scripts: [Script: SafeURL]
        /// The page's language, such as `en`, `cy` or `ar`.
        public var language: String
        public var direction: Direction
        /// What components say by themselves, in the page's language.
        public var wording: Wording

        public init(
            csrf: String? = nil,
            submission: String? = nil,
            stylesheet: SafeURL = .path("/assets/heard.css"),
            sheets: [Sheet: SafeURL] = [:],
            scripts: [Script: SafeURL] = [:],
            language: String = "en",
            direction: Direction = .leftToRight,
            wording: Wording = .english
        ) {
            self.csrf = csrf
            self.submission = submission
            self.stylesheet = stylesheet
            self.sheets = sheets
            self.scripts = scripts
            self.language = language
            self.direction = direction
            self.wording = wording
        }
    }
}
