import Testing

@testable import CSV

@Suite struct CSVReaderTests {
    /// Cut into pieces of every size, so that each kind of row is once in one piece and once in two.
    @Test(arguments: [1, 2, 3, 5, 8, 1000])
    func `Quotes, commas and line ends within quotes, CRLF, empty lines and a byte order mark are read`(pieceSize: Int) throws {
        let text = "\u{feff}a,b,c\r\n1,\"two, too\",3\n\n\"say \"\"hi\"\"\",\"line\r\nline\",\"\"\r\n,,\n\"last\",é,x"
        let rows = try rows(text, pieceSize: pieceSize)
        #expect(
            rows.map(\.fields) == [
                ["a", "b", "c"], ["1", "two, too", "3"], ["say \"hi\"", "line\r\nline", ""], ["", "", ""], ["last", "é", "x"],
            ]
        )
        #expect(rows.map(\.line) == [1, 2, 4, 6, 7])
    }

    @Test(arguments: [1, 4, 1000])
    func `Made-up tables come back as they were written`(pieceSize: Int) throws {
        let signs = ["a", "\"", ",", "\n", "é", " ", "0", "\r\n", "\u{301}"].map { Array($0.utf8) }
        var number: UInt64 = 1
        func draw(_ bound: Int) -> Int {
            number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(number >> 33) % bound
        }
        for _ in 0..<60 {
            let table = (0..<5).map { _ in (0..<3).map { _ in (0..<draw(5)).flatMap { _ in signs[draw(signs.count)] } } }
            // By bytes: `"` and a combining mark are one character, in which no quote is found.
            let quote = UInt8(ascii: "\"")
            let lines = table.map { row in row.map { [quote] + $0.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote] } }
            let text = lines.map { Array($0.joined(separator: [UInt8(ascii: ",")])) }.joined(separator: [UInt8(ascii: "\n")])
            let found = try rows(Array(text), pieceSize: pieceSize)
            #expect(found.map { $0.fields.map { Array($0.utf8) } } == table)
        }
    }

    @Test(arguments: ["", "\n", "\r\n\n", "\u{feff}"])
    func `A file with nothing in it has no rows`(text: String) throws {
        #expect(try rows(text, pieceSize: 2).isEmpty)
    }

    @Test func `However long the file, only a piece of it and the row at hand are held`() throws {
        let row = Array("1700000000000,Tue Nov 14 22:13:20 UTC 2023,\"12\",3,-1\n".utf8)
        var reader = try CSVReader(ByteSource(Array((0..<20_000).map { _ in row }.joined()), pieceSize: 1_000))
        var (rows, most) = (0, 0)
        while try reader.next() {
            rows += 1
            most = max(most, reader.held)
        }
        #expect(rows == 20_000)
        #expect(most <= 1_000 + row.count)
    }

    @Test func `A quote that is never closed is told with the line on which it began`() {
        #expect(throws: CSVError.unclosedQuote(line: 2)) { try rows("a,b\n1,\"x\ny\nz", pieceSize: 100) }
    }

    @Test func `An endless field is given up, not gathered`() {
        let text = "a\n\"" + String(repeating: "x\n", count: 800_000) + "\"\n"
        #expect(throws: CSVError.unclosedQuote(line: 2)) { try rows(text, pieceSize: 65_536) }
    }

    @Test(arguments: [[0xff, 0xfe, 0x61, 0], [0xfe, 0xff, 0, 0x61]] as [[UInt8]])
    func `A file in UTF-16 is turned away with what to do`(bytes: [UInt8]) {
        #expect(throws: CSVError.notUTF8) { try CSVReader(ByteSource(bytes)) }
    }

    private func rows(_ text: String, pieceSize: Int) throws -> [(fields: [String], line: Int)] {
        try rows(Array(text.utf8), pieceSize: pieceSize)
    }

    private func rows(_ bytes: [UInt8], pieceSize: Int) throws -> [(fields: [String], line: Int)] {
        var reader = try CSVReader(ByteSource(bytes, pieceSize: pieceSize))
        var rows: [(fields: [String], line: Int)] = []
        while try reader.next() { rows.append(((0..<reader.fieldCount).map(reader.string), reader.line)) }
        return rows
    }
}
