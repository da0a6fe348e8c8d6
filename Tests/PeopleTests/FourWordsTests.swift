import Kernel
import Testing

@testable import People

@Test func `There are at least 2,048 words, in order, each once, in plain letters`() {
    #expect(FourWords.list.count >= 2_048)
    #expect(FourWords.list == Array(Set(FourWords.list)).sorted())
    #expect(FourWords.list.allSatisfy { word in (3...12).contains(word.count) && word.allSatisfy { $0.isASCII && $0.isLowercase } })
}

@Test(arguments: ["amber canoe drum robin", "Amber, Canoe, Drum, Robin", "  amber-canoe--drum\n\trobin. ", "AMBER/CANOE DRUM  ROBIN"])
func `Four words are read however they are typed`(typed: String) throws {
    #expect(try FourWords.read(typed, field: "key").text == "amber-canoe-drum-robin")
}

@Test func `A slip of the finger is answered with the word that was meant`() {
    #expect(throws: Problems("key", W.keyMeant(word: "canoo", meant: "canoe"))) {
        try FourWords.read("amber canoo drum robin", field: "key")
    }
    #expect(throws: Problems("key", W.keyMeant(word: "rboin", meant: "robin"))) {
        try FourWords.read("amber canoe drum rboin", field: "key")
    }
    let both = W.keyMeant(word: "canoo", meant: "canoe") + " " + W.keyMeant(word: "rboin", meant: "robin")
    #expect(throws: Problems("key", both), "one field, one mistake") { try FourWords.read("amber canoo drum rboin", field: "key") }
    #expect(throws: Problems("key", W.keyCount(n: 3))) { try FourWords.read("amber canoe drum", field: "key") }
    #expect(throws: Problems("key", W.keyEmpty)) { try FourWords.read(" -- ", field: "key") }
}

@Test(arguments: [
    String(repeating: "a", count: 900_000), String(repeating: "amber ", count: 90_000), "' OR 1=1 --", "<script>", "琥珀 獨木舟 鼓 知更鳥",
])
func `Hostile words are a problem and nothing worse`(typed: String) {
    #expect(throws: Problems.self) { try FourWords.read(typed, field: "key") }
}

@Test func `The same chance gives the same key, other chance another`() {
    let one = FourWords(from: Array(0..<32))
    #expect(one == FourWords(from: Array(0..<32)))
    #expect(one != FourWords(from: Array(1..<33)))
    #expect(one.words.allSatisfy { FourWords.list.contains($0) })
}

@Test(arguments: [
    ("", false), ("short", false), ("password1234", false), ("aaaaaaaaaaaaaaaa", false), ("sam.reed@example.org", false),
    ("PasswordPassword", false),
    ("samreed12345", false), (String(repeating: "ab cd ef ", count: 40), false), ("three brown teapots", true),
    ("correct-horse-battery-77", true), ("пароль из слов тут", true),
])
func `Passwords are long, not everybody's and not the email address`(password: String, isFine: Bool) {
    var problems = Problems()
    PasswordRules.check(password, email: "sam.reed@example.org", &problems)
    #expect(problems.isEmpty == isFine)
}

@Test(arguments: [
    "sam", "sam@", "@example.org", "sam@example", "sam@@example.org", "sam @example.org", "sam@exa..mple", "<a@b.c>", "a@b.c\"",
    String(repeating: "a", count: 300) + "@b.uk",
])
func `What is no email address is none`(typed: String) {
    #expect(!Email.looksRight(typed))
    #expect(Email.looksRight("sam.o’reed+heard@trust.nhs.uk"))
}

@Test func `Codes from paper are read kindly`() {
    #expect(CodeLetters.read(" K7M2P-9QxRA ") == "k7m2p9qxra")
    #expect(CodeLetters.read("oil") == "011")
}
