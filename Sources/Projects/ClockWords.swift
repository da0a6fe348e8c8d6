import Words

extension Clock {
    /// `7 days`, `5 working days`
    public var inWords: String { unit == .days ? Common.days(n: within) : Common.workingDays(n: within) }
}
