import Kernel
import Projects
import Testing

@Suite struct ClockTests {
    static let known: [(start: String, clock: Clock, due: String, why: String)] = [
        ("2026-03-10T10:00:00Z", Clock(0, .days), "2026-03-10T23:59:59Z", "0 days: the same day's end"),
        ("2026-03-10T10:00:00Z", Clock(7, .days), "2026-03-17T23:59:59Z", "a week"),
        ("2026-03-25T10:00:00Z", Clock(7, .days), "2026-04-01T22:59:59Z", "over the night when clocks go forward"),
        ("2026-10-20T10:00:00Z", Clock(7, .days), "2026-10-27T23:59:59Z", "over the night when clocks go back"),
        ("2026-03-29T00:30:00Z", Clock(0, .days), "2026-03-29T22:59:59Z", "on the day of 23 hours"),
        ("2026-06-30T23:30:00Z", Clock(1, .days), "2026-07-02T22:59:59Z", "after midnight in London, before it in UTC"),
        ("2028-02-28T10:00:00Z", Clock(1, .days), "2028-02-29T23:59:59Z", "a leap day"),
        ("2026-02-01T10:00:00Z", Clock(56, .days), "2026-03-29T22:59:59Z", "the usual time to decide"),
        ("2026-03-06T16:00:00Z", Clock(1, .workingDays), "2026-03-09T23:59:59Z", "over a weekend"),
        ("2026-03-07T10:00:00Z", Clock(1, .workingDays), "2026-03-09T23:59:59Z", "from a Saturday"),
        ("2026-03-07T10:00:00Z", Clock(0, .workingDays), "2026-03-07T23:59:59Z", "0 working days: the same day's end, whatever day"),
        ("2026-04-02T10:00:00Z", Clock(5, .workingDays), "2026-04-13T22:59:59Z", "over Easter: two bank holidays"),
        (
            "2026-12-23T10:00:00Z", Clock(5, .workingDays), "2027-01-04T23:59:59Z",
            "over Christmas 2026, Boxing Day on the Monday, and New Year"
        ),
        (
            "2027-12-24T10:00:00Z", Clock(1, .workingDays), "2027-12-29T23:59:59Z",
            "Christmas on a Saturday: both days after are kept instead"
        ),
        ("2026-05-01T10:00:00Z", Clock(1, .workingDays), "2026-05-05T22:59:59Z", "the early May bank holiday"),
        ("2022-09-16T10:00:00Z", Clock(1, .workingDays), "2022-09-20T22:59:59Z", "the day of a queen's funeral"),
    ]

    @Test(arguments: known.indices)
    func `A clock is due at the end of the day that the calendar says`(place: Int) throws {
        let row = Self.known[place]
        let start = try #require(Moment(iso: row.start))
        #expect(row.clock.due(from: start, zone: "Europe/London").iso == row.due, "\(row.why)")
    }

    @Test func `The end of the day is that of the service's own zone`() throws {
        let start = try #require(Moment(iso: "2026-03-10T10:00:00Z"))
        #expect(Clock(1, .days).due(from: start, zone: "America/New_York").iso == "2026-03-12T03:59:59Z")
    }

    @Test func `The usual promises are those of the product's path`() {
        let usual = Clocks.usual
        #expect([usual.hear.within, usual.discuss.within, usual.decide.within, usual.reply.within] == [7, 28, 56, 5])
        #expect(usual.reply.unit == .workingDays)
    }
}
