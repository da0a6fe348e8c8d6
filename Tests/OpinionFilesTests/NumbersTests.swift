import Testing

@testable import OpinionFiles

@Suite struct NumbersInFiles {
    @Test(arguments: [
        ("0", 0), ("18446744073709551615", UInt64.max), (" 9223372036854775808 ", 1 << 63), ("18446744073709551616", nil), ("-1", nil),
        ("1.0", nil),
        ("", nil), ("1 2", nil), ("١", nil), ("000000000000000000000000001", 1),
    ])
    func `Ids are whole numbers from 0 to 2⁶⁴ − 1`(text: String, id: UInt64?) {
        #expect(Array(text.utf8).withUnsafeBufferPointer(Numbers.unsigned) == id)
    }

    @Test(arguments: [
        ("-9223372036854775808", Int64.min), ("9223372036854775807", .max), ("9223372036854775808", nil), ("- 1", nil), ("--1", nil),
        ("-", nil),
        ("-1", -1),
    ])
    func `Times and votes may be negative`(text: String, number: Int64?) {
        #expect(Array(text.utf8).withUnsafeBufferPointer(Numbers.signed) == number)
    }
}
