/// Writes a page, byte by byte, and keeps what the page's parts need to know while they are written.
///
/// Everything that comes from people goes through `text` or `attribute`, which escape bytes of UTF-8, never characters: a template library
/// that looked at characters let `"` + U+0301 and U+0600 + `<` through, because each of those pairs is one character that is not `"` or `<`.
public struct Writer: ~Copyable {
    let context: Context
    /// How deep in sections we are: 1 is the page itself, whose heading the frame writes.
    var level = 1
    /// A form was written that changes something, with the proof that it came from this very page.
    private(set) var holdsProof = false
    private(set) var ids = 0
    /// The forms written so far, where somebody wants to know what they ask; nil where only the page is wanted.
    var facts: [FormFacts]?
    /// What the page's parts are helped by.
    private(set) var scripts: Set<Script> = []
    private var forms = 0
    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0

    // 32 KiB: most pages fit, so most pages are written without growing.
    init(_ context: Context, capacity: Int = 32 * 1024) {
        self.context = context
        self.capacity = capacity
        bytes = .allocate(capacity: capacity)
    }

    deinit { bytes.deallocate() }

    /// What has been written so far.
    var written: [UInt8] { Array(UnsafeBufferPointer(start: bytes, count: count)) }

    var writtenString: String { String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) }

    /// An id that no other part of this page has, such as `h-3`.
    mutating func newID() -> String {
        ids += 1
        return "h-\(ids)"
    }

    /// Which form of the page this is: two forms of one page must not be taken for one sent twice.
    mutating func newFormNumber() -> String {
        forms += 1
        return String(forms)
    }

    mutating func noteProof() { holdsProof = true }

    /// Notes something in the form that is being written.
    mutating func note(_ change: (inout FormFacts) -> Void) {
        guard var form = facts?.popLast() else { return }
        change(&form)
        facts?.append(form)
    }

    mutating func need(_ script: Script) { scripts.insert(script) }

    // MARK: Markup, from the program only

    /// Markup as it stands. Only literals of this room can get here.
    mutating func markup(_ literal: StaticString) { append(literal.utf8Start, literal.utf8CodeUnitCount) }

    mutating func markup(_ byte: UInt8) {
        makeRoom(1)
        bytes[count] = byte
        count += 1
    }

    mutating func safe(_ html: SafeHTML) {
        html.bytes.withUnsafeBufferPointer { if let start = $0.baseAddress { append(start, $0.count) } }
    }

    /// A piece written before, at the same depth. Ids in it are those of a page that begins with it.
    mutating func put(_ written: Written) {
        ids += written.ids
        scripts.formUnion(written.scripts)
        written.bytes.withUnsafeBufferPointer { if let start = $0.baseAddress { append(start, $0.count) } }
    }

    // MARK: Words, from anywhere

    /// Words between tags or within quotes.
    mutating func text(_ words: String) {
        // On Linux every string is UTF-8 in one piece already, so the copy is never made.
        if words.utf8.withContiguousStorageIfAvailable({ escaped($0) }) == nil { Array(words.utf8).withUnsafeBufferPointer { escaped($0) } }
    }

    /// ` name="value"`, always quoted.
    mutating func attribute(_ name: StaticString, _ value: String) {
        markup(UInt8(ascii: " "))
        markup(name)
        markup("=\"")
        text(value)
        markup(UInt8(ascii: "\""))
    }

    private mutating func escaped(_ words: UnsafeBufferPointer<UInt8>) {
        guard let start = words.baseAddress else { return }
        var place = 0
        while true {
            let run = Escape.safeRun(start + place, words.count - place)
            append(start + place, run)
            place += run
            if place == words.count { return }
            markup(Escape.replacement(of: start[place]))
            place += 1
        }
    }

    // MARK: The buffer

    private mutating func append(_ start: UnsafePointer<UInt8>, _ length: Int) {
        makeRoom(length)
        Self.copy(start, to: bytes + count, length)
        count &+= length
    }

    /// Most pieces are a tag's name or a quote: two loads that may overlap take half the time of a call to `memmove`.
    @inline(__always)
    private static func copy(_ start: UnsafePointer<UInt8>, to place: UnsafeMutablePointer<UInt8>, _ length: Int) {
        let (from, to) = (UnsafeRawPointer(start), UnsafeMutableRawPointer(place))
        switch length {
        case 17...: to.copyMemory(from: from, byteCount: length)
        case 8...16:
            let (head, tail) = (from.loadUnaligned(as: UInt64.self), from.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self))
            to.storeBytes(of: head, as: UInt64.self)
            to.storeBytes(of: tail, toByteOffset: length &- 8, as: UInt64.self)
        case 4...7:
            let (head, tail) = (from.loadUnaligned(as: UInt32.self), from.loadUnaligned(fromByteOffset: length &- 4, as: UInt32.self))
            to.storeBytes(of: head, as: UInt32.self)
            to.storeBytes(of: tail, toByteOffset: length &- 4, as: UInt32.self)
        default:
            for step in 0..<max(length, 0) { place[step] = start[step] }
        }
    }

    @inline(__always)
    private mutating func makeRoom(_ length: Int) {
        if count + length > capacity { grow(length) }
    }

    private mutating func grow(_ length: Int) {
        capacity = max(capacity * 2, count + length)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
    }
}
