import Testing

@testable import Web

@Suite struct RangesThatAreAskedFor {
    @Test(arguments: [
        ("bytes=0-99", 0..<100), ("bytes=0-1", 0..<2), ("bytes=100-", 100..<1_000), ("bytes=-50", 950..<1_000), ("bytes=-5000", 0..<1_000),
        ("bytes=990-5000", 990..<1_000), ("bytes=999-999", 999..<1_000),
    ]) func `A part is answered with that part`(_ asked: String, _ range: Range<Int>) {
        #expect(AskedRange(asked, of: 1_000) == .part(range))
    }

    @Test(arguments: ["bytes=1000-", "bytes=1000-1001", "bytes=-0"]) func `What lies behind the end is nowhere`(_ asked: String) {
        #expect(AskedRange(asked, of: 1_000) == .outside)
    }

    @Test(arguments: [
        "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=0-1,5-6", "lines=0-1", "bytes=+1-2", "bytes=0--1",
        "bytes=99999999999999999999-", "bytes=0-99999999999999999999",
    ]) func `What is no part gets the whole`(_ asked: String) { #expect(AskedRange(asked, of: 1_000) == .whole) }

    @Test func `Nobody who asks for the whole gets a part`() { #expect(AskedRange(nil, of: 1_000) == .whole) }
}
