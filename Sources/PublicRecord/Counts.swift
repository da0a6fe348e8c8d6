import Kernel
import Projects
import Store

/// How many there are, said so that nobody can be picked out.
///
/// Below ten the number is not said. From ten up it is rounded down to tens, and so is every total: taking one figure from another then
/// never gives a number below ten. From fifty up it is "50 or more", which also bounds what counting costs.
enum Counts {
    static let hidden = SmallNumbers.Circle.everyone.least
    static let bound = 50

    static func words(_ number: Int) -> String {
        if number < hidden { return W.fewerThanTen }
        return W.orMore(number: String(min(number, bound) / 10 * 10))
    }
}

/// How many voices a perspective has in a theme, rounded as `Counts` says.
struct PerspectiveCount: Encodable, Sendable {
    let perspective: String
    let voices: String
}

extension String {
    /// The beginning of what somebody said, cut between two words; whether anything was cut. `limit` counts bytes, so that a page's size is known.
    func beginning(_ limit: Int) -> (words: String, isCut: Bool) {
        guard utf8.count > limit else { return (self, false) }
        let end = utf8.index(startIndex, offsetBy: limit)
        let cut = unicodeScalars[..<end]
        let whole = cut.lastIndex(where: \.properties.isWhitespace).map { cut[..<$0] } ?? cut
        return (String(whole) + "…", true)
    }

    /// "young person" → "Young person"
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
