import HTML
import QR
import Testing

@Test func `A square code has its three corners and light all around`() throws {
    let code = try #require(QRCode("https://heard.example/join/0123456789abcdefghjkmnpq"))
    #expect(code.rows.count == code.side && code.rows.allSatisfy { $0.count == code.side })
    #expect(code.rows.prefix(4).allSatisfy { !$0.contains(true) })
    for (x, y) in [(4, 4), (code.side - 11, 4), (4, code.side - 11)] {
        #expect((0..<7).allSatisfy { code.rows[y][x + $0] && code.rows[y + 6][x + $0] && code.rows[y + $0][x] && code.rows[y + $0][x + 6] })
    }
    #expect(code.html(title: "Join", description: "The same as the address below.").string().contains("<title"))
}

@Test func `What does not fit is no code and no crash`() {
    #expect(QRCode(String(repeating: "x", count: 5_000)) == nil)
    #expect(QRCode("") == nil)
}
