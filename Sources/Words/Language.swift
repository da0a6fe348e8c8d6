/// The language a page is written in.
public struct Language: Sendable, Hashable {
    /// A BCP 47 tag, such as `en` or `cy`.
    public let code: String
    public let isRightToLeft: Bool

    public static let english = Language(code: "en", isRightToLeft: false)

    /// Every language that has words in every room. A second one begins by adding `Words/<code>.txt` beside each `en.txt`.
    public static let all = [english]

    /// The language of the page being written; set once a request by `Web`.
    @TaskLocal public static var current = Language.english
}
