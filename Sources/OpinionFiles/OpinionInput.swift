import Opinion

/// Everything a conversation's files say.
///
/// Policy for rows that cannot be used (an id that is no whole number from 0 to 2⁶⁴ − 1, a vote that is not −1, 0 or 1, a second, different
/// perspective for somebody): with `.refuse`, the default, all files are read to the end, the first twenty such rows are named with their lines,
/// and nothing is computed: a figure from half a file is worse than none. With `.skip` they are left out, counted and named in the report.
/// What is unusual but clear is taken as it is and told as a notice: votes on statements without text, people in one file and not in another.
public struct OpinionInput {
    public enum Policy: Sendable { case refuse, skip }

    public internal(set) var log = AnswerLog()
    /// By statement id.
    public internal(set) var texts: [UInt64: String] = [:]
    public internal(set) var moderation = Moderation.none
    public internal(set) var perspectives = Perspectives()
    /// A group's place in `groupNames` by person; nil without a file of groups.
    public internal(set) var groups: [UInt64: Int]?
    public internal(set) var groupNames: [String] = []
    public internal(set) var notices: [String] = []
    public internal(set) var badRows: [OpinionFileError.Row] = []
    public internal(set) var badRowCount = 0
    var bad = BadRows()

    /// - Parameters:
    ///   - votes: columns `voter-id`, `comment-id`, `vote` (1 agree, −1 disagree, 0 pass) and, if there is one, `timestamp`.
    ///   - comments: columns `comment-id`, `comment-body` and, if there are, `moderated` (−1 rejected) and `is-meta`.
    ///   - perspectives: columns `participant` and `perspective`.
    ///   - groups: columns `participant` and `group-id`, empty for people in no group.
    /// - Throws: `OpinionFileError`.
    public init(
        votes: String,
        comments: String? = nil,
        perspectives: String? = nil,
        groups: String? = nil,
        badRows policy: Policy = .refuse
    ) throws {
        try read(votes: OpinionTable(path: votes))
        if let comments { try read(comments: OpinionTable(path: comments)) }
        if let perspectives { try read(perspectives: OpinionTable(path: perspectives)) }
        if let groups { try read(groups: OpinionTable(path: groups)) }
        try settle(policy)
    }

    init() {}

    mutating func settle(_ policy: Policy) throws {
        if policy == .refuse, bad.count > 0 { throw OpinionFileError.badRows(bad.first, count: bad.count) }
        (badRows, badRowCount) = (bad.first, bad.count)
    }

    /// The fast path of a large file: four numbers a row, no text made.
    mutating func read(votes table: OpinionTable) throws {
        guard !table.isEmpty else { return }
        var table = table
        let voter = try table.column("voter-id", "participant-id", "participant")
        let comment = try table.column("comment-id", "statement-id")
        let vote = try table.column("vote")
        let timestamp = table.optionalColumn("timestamp")
        while try table.next() {
            guard let person = table.id(voter) else { note(table, "the voter’s id", table.text(voter)); continue }
            guard let statement = table.id(comment) else { note(table, "the comment’s id", table.text(comment)); continue }
            guard let answer = table.number(vote).flatMap(Int8.init(exactly:)).flatMap(Answer.init(rawValue:)) else {
                bad.add(table.file, table.line, "a vote is 1, 0 or -1, not “\(short(table.text(vote)))”")
                continue
            }
            guard let at = timestamp.map({ table.number($0) }) ?? 0 else {
                note(table, "the timestamp", table.text(timestamp ?? 0)); continue
            }
            log.add(person: person, statement: statement, answer, at: at)
        }
    }

    func short(_ words: String) -> String { words.count > 40 ? String(words.prefix(40)) + "…" : words }

    mutating func note(_ table: OpinionTable, _ what: String, _ found: String) {
        bad.add(table.file, table.line, "\(what) should be a whole number, not “\(short(found))”")
    }

    mutating func tell(_ count: Int, _ one: String, _ many: String) {
        if count > 0 { notices.append(count == 1 ? "1 \(one)" : "\(count) \(many)") }
    }
}
