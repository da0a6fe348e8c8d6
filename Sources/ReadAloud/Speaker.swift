import Foundation
import NIOPosix
import Pathways

/// A text as sound.
public struct Sound: Sendable {
    /// `audio/mpeg` or `audio/wav`.
    public let type: String
    public let bytes: [UInt8]
    public let milliseconds: Int

    public init(type: String, bytes: [UInt8], milliseconds: Int) {
        self.type = type
        self.bytes = bytes
        self.milliseconds = milliseconds
    }
}

/// Whatever reads aloud: the programs of this machine, or something else in tests.
public struct Speaker: Sendable {
    let speak: @Sendable (_ ssml: String, _ voice: String) async throws -> Sound

    public init(_ speak: @escaping @Sendable (_ ssml: String, _ voice: String) async throws -> Sound) { self.speak = speak }

    /// With espeak-ng, and with lame where it is there: an eighth of the size, which matters to whoever pays for their data. nil without espeak-ng.
    public static func installed() -> Speaker? {
        guard let espeak = Program.find("espeak-ng") else { return nil }
        let lame = Program.find("lame")
        return Speaker { ssml, voice in
            try await NIOThreadPool.singleton.runIfActive {
                // 140 words a minute, where 175 is usual: people who listen often find reading hard. British, where it is English.
                let speaking = Program(path: espeak, arguments: ["--stdin", "-m", "--stdout", "-s", "140", "-v", voice])
                guard let lame else { return try Wave(Program.run([speaking], input: ssml)).sound }
                // 24 kbit/s in one channel: 3 KB for a second of speech, and every telephone of the last twenty years plays it.
                let packing = Program(path: lame, arguments: ["--quiet", "-m", "m", "-b", "24", "--resample", "16", "-", "-"])
                let bytes = try Program.run([speaking, packing], input: ssml)
                return Sound(type: "audio/mpeg", bytes: bytes, milliseconds: bytes.count / 3)
            }
        }
    }

    /// espeak-ng's voice for a language of leaflets; nil where it has none that people understand.
    static func voice(for language: String) -> String? {
        switch language {
        case "en": "en-gb"
        case "es", "fr", "pt": language == "fr" ? "fr-fr" : language
        case "zh": "cmn"
        case "so": nil
        default: Tongue.of(language).map(\.code)
        }
    }

    static var languages: [String] { Tongue.all.map(\.code).filter { voice(for: $0) != nil } }
}

/// Sound as espeak-ng hands it out: without knowing how long it will be, so that its head has to be put right.
struct Wave {
    private static let head = 44
    // 16 bits, one channel, 22,050 times a second.
    private static let bytesASecond = 44_100

    let sound: Sound

    /// Throws `Program.Failed` for what is no such sound.
    init(_ bytes: [UInt8]) throws {
        guard bytes.count > Self.head, bytes.starts(with: "RIFF".utf8) else { throw Program.Failed() }
        var bytes = bytes
        let length = bytes.count - Self.head
        bytes.replaceSubrange(4..<8, with: Self.fourBytes(length + Self.head - 8))
        bytes.replaceSubrange(40..<44, with: Self.fourBytes(length))
        sound = Sound(type: "audio/wav", bytes: bytes, milliseconds: length * 1_000 / Self.bytesASecond)
    }

    private static func fourBytes(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
}
