import HTML
import Kernel
import Store
import Web

/// A place in a long list: the time and id of the entry beside it. However deep it lies, the database goes straight there.
struct Cursor: Sendable, Equatable {
    let at: Moment
    let id: String

    /// `1790000000000.0192f0c1-…`; nil for anything else.
    init?(_ text: String?) {
        guard let text, text.utf8.count <= 60, let dot = text.firstIndex(of: "."), let at = Int64(text[..<dot]),
            let id = VoiceID(String(text[text.index(after: dot)...]))
        else { return nil }
        self.at = Moment(milliseconds: at)
        self.id = id.text
    }

    init(_ at: Moment, _ id: String) {
        self.at = at
        self.id = id
    }

    var text: String { "\(at.milliseconds).\(id)" }
}

/// Which part of a list, newest first, somebody asked for.
enum Part: Sendable, Equatable {
    case newest
    case older(than: Cursor)
    case newer(than: Cursor)

    /// `?before=` and `?after=`; nonsense is the newest part.
    init(_ query: Query) {
        if let cursor = Cursor(query["before"]) {
            self = .older(than: cursor)
        } else if let cursor = Cursor(query["after"]) {
            self = .newer(than: cursor)
        } else {
            self = .newest
        }
    }

    /// The condition on `at` and `id`, to be put after a WHERE that both engines answer by an index on (…, at DESC, id).
    func condition(_ at: SQL, _ id: SQL) -> SQL {
        switch self {
        case .newest: "1 = 1"
        case .older(let than): "\(at) <= \(than.at) AND (\(at) < \(than.at) OR \(id) > \(than.id))"
        case .newer(let than): "\(at) >= \(than.at) AND (\(at) > \(than.at) OR \(id) < \(than.id))"
        }
    }

    func order(_ at: SQL, _ id: SQL) -> SQL {
        if case .newer = self { "\(at), \(id) DESC" } else { "\(at) DESC, \(id)" }
    }
}

/// One part of a list, newest first, and the ways to what is before and after it.
struct Slice<Entry: Sendable>: Sendable {
    static var size: Int { 50 }
    let entries: [Entry]
    let newer: Cursor?
    let older: Cursor?

    /// - Parameter found: one more than fit, in the order they were asked for.
    init(_ found: [Entry], of part: Part, size: Int = Slice.size, cursor: (Entry) -> Cursor) {
        let isMore = found.count > size
        var kept = Array(found.prefix(size))
        if case .newer = part { kept.reverse() }
        entries = kept
        switch part {
        case .newest:
            newer = nil
            older = isMore ? kept.last.map(cursor) : nil
        case .older(let than):
            newer = kept.first.map(cursor) ?? than
            older = isMore ? kept.last.map(cursor) : nil
        case .newer(let than):
            newer = isMore ? kept.first.map(cursor) : nil
            older = kept.last.map(cursor) ?? than
        }
    }

    func ways(from url: SafeURL) -> Ways {
        Ways(newer: newer.map { url.adding("after", $0.text) }, older: older.map { url.adding("before", $0.text) })
    }
}

/// Links to newer and older parts of a list.
struct Ways: Encodable, Sendable {
    let newer: SafeURL?
    let older: SafeURL?

    var html: HTML {
        guard newer != nil || older != nil else { return .nothing }
        return nav(label: W.moreOfList, class: "pagination") {
            ul(class: "plain") {
                if let newer { li { a("← " + W.newer, to: newer) } }
                if let older { li { a(W.older + " →", to: older) } }
            }
        }
    }
}
