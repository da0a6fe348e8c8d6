extension House {
    /// The same number as the newest heading of CHANGELOG.md.
    public static let version = "0.1.0"
}
