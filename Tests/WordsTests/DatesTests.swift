import Foundation
import Kernel
import Testing

@testable import Words

@Suite struct DatesTests {
    @Test func `Dates and times read as people say them`() throws {
        let afternoon = try #require(Moment(iso: "2026-03-10T16:30:00Z"))
        #expect(Dates.london.day(afternoon) == "10 March 2026")
        #expect(Dates.london.weekday(afternoon) == "Tuesday 10 March 2026")
        #expect(Dates.london.dayAndTime(afternoon) == "10 March 2026 at 4:30pm")
        #expect(Dates.london.year(afternoon) == "2026")
    }

    @Test func `Noon is in the afternoon and midnight in the morning`() throws {
        let midnight = try #require(Moment(iso: "2026-01-10T00:05:00Z"))
        #expect(Dates.london.time(midnight) == "12:05am")
        #expect(Dates.london.time(midnight.adding(minutes: 12 * 60)) == "12:05pm")
    }

    @Test func `The clocks change at the very minute`() throws {
        let spring = try #require(Moment(iso: "2026-03-29T01:00:00Z"))
        #expect(Dates.london.time(spring.adding(minutes: -1)) == "12:59am")
        #expect(Dates.london.time(spring) == "2:00am")
    }

    @Test func `A zone nobody knows is London's`() throws {
        let summer = try #require(Moment(iso: "2026-07-01T12:00:00Z"))
        #expect(Dates(zone: "Nowhere/At all").time(summer) == "1:00pm")
    }

    /// Chatham is 12 hours 45 minutes ahead and changes its clocks, Lord Howe changes them by half an hour, Apia left out a day in 2011.
    @Test(arguments: ["Europe/London", "America/St_Johns", "Pacific/Chatham", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "UTC"])
    func `Sums and Foundation agree, from 1900 to 2200`(zone: String) {
        let (dates, formatter) = (Dates(zone: zone), DateFormatter())
        formatter.locale = Locale(identifier: "en_GB")
        formatter.timeZone = TimeZone(identifier: zone)
        formatter.dateFormat = "EEEE d MMMM y HH:mm"
        // About 4,000 moments, 27 days and some apart, so that every hour and every day of the year comes up.
        for milliseconds in stride(from: Int64(-2_208_900_000_123), to: 7_258_000_000_000, by: 2_364_377_777) {
            let moment = Moment(milliseconds: milliseconds)
            // Before clocks were set by zones, they differed by odd seconds.
            guard let offset = TimeZone(identifier: zone)?.secondsFromGMT(for: moment.date), offset % 60 == 0 else { continue }
            let local = ZoneClock.of(zone).local(moment)
            let (hour, minute) = (local.minute / 60, local.minute % 60)
            let ours = "\(dates.weekday(moment)) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
            #expect(ours == formatter.string(from: moment.date))
        }
    }
}
