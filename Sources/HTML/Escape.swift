/// Which bytes may not stand in a page as they are, and what stands there instead.
enum Escape {
    /// Bit n is set when byte n must be replaced: `"` `&` `'` `<` `>`, and control characters that HTML forbids (tab, LF, FF and CR stay).
    @inline(__always)
    private static var unsafe: UInt64 { 0x5000_00c4_ffff_c9ff }

    /// How many bytes from here on may stand as they are.
    @inline(__always)
    static func safeRun(_ start: UnsafePointer<UInt8>, _ length: Int) -> Int {
        var run = 0
        while run < length, !isUnsafe(start[run]) { run &+= 1 }
        return run
    }

    @inline(__always)
    static func isUnsafe(_ byte: UInt8) -> Bool { byte < 64 && unsafe & (1 &<< UInt64(byte)) != 0 }

    static func replacement(of byte: UInt8) -> StaticString {
        switch byte {
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "'"): "&#39;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        // A control character has no meaning on a page; a visible mark says that something was there.
        default: "\u{fffd}"
        }
    }
}
