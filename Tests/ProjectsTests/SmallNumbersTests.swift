import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Testing

@Suite struct SmallNumbersTests {
    @Test(arguments: [(9, "fewer than 10"), (10, "10"), (0, "0"), (2, "fewer than 10")])
    func `The public is told no number below ten`(number: Int, words: String) {
        #expect(SmallNumbers.shown(number, outside: .everyone).words == words)
    }

    @Test(arguments: [(4, "fewer than 5"), (5, "5")])
    func `The organisation is told no number below five`(number: Int, words: String) {
        #expect(SmallNumbers.shown(number, outside: .organisation).words == words)
    }

    @Test func `The room knows its own numbers`() { #expect(SmallNumbers.shown(2, outside: .room).number == 2) }

    @Test func `A sum is not told where it would give a hidden part away`() {
        #expect(SmallNumbers.total([12, 2], outside: .everyone) == .withheld)
        #expect(SmallNumbers.total([12, 11], outside: .everyone) == .number(23))
        #expect(SmallNumbers.total([12, 2], outside: .room) == .number(14))
    }

    @Test func `Another group of the same project is outside the room`() async throws {
        try await Engine.sqlite.withHouse { (house: TestHouse) async throws in
            let (id, young) = (house.cast.project, house.cast.young)
            let project = try await house.db.read { try ProjectStore.find(id, $0) }
            #expect(SmallNumbers.circle(of: house.cast.actor(.youngPerson), in: project, group: young) == .room)
            #expect(SmallNumbers.circle(of: house.cast.actor(.facilitator), in: project, group: young) == .room)
            #expect(SmallNumbers.circle(of: house.cast.actor(.parent), in: project, group: young) == .everyone)
            #expect(SmallNumbers.circle(of: house.cast.actor(.scribe), in: project, group: young) == .organisation)
            #expect(SmallNumbers.circle(of: .stranger, in: project, group: young) == .everyone)
        }
    }
}
