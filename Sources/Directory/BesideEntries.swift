import HTML
import Kernel

/// What rooms above this one put beside entries, such as a button that puts one on somebody's list.
public struct BesideEntries: Sendable {
    /// At each result and on an entry's own page, which strangers share: so it is the same for everybody.
    public let button: @Sendable (_ entry: EntryID, _ name: String, _ back: SafeURL) -> HTML
    /// Above the results, such as the way to one's list.
    public let ways: [Link]
    /// On an entry's page, for those who look after it.
    public let forEditors: @Sendable (EntryID) -> [Link]

    public init(
        button: @escaping @Sendable (_ entry: EntryID, _ name: String, _ back: SafeURL) -> HTML,
        ways: [Link],
        forEditors: @escaping @Sendable (EntryID) -> [Link]
    ) {
        self.button = button
        self.ways = ways
        self.forEditors = forEditors
    }
}
