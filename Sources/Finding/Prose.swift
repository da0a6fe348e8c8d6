import OpenReferral

/// Reads what people write as sentences: "Meets on Tuesdays 7-9pm", "aged 13 to 25 years", "£30 for 6 week course".
///
/// What is read is shown to a person, and the sentence itself is always kept.
public enum Prose {
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let severalDays = [
        "weekday": Array(0...4), "weekdays": Array(0...4), "weekend": [5, 6], "weekends": [5, 6], "daily": Array(0...6),
    ]
    private static let ordinals = ["first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1]

    /// What was read of the times in some words.
    public struct Times: Sendable {
        public var schedules: [ORUK.Schedule] = []
        /// A day without a time, a time without a day, or a time that no clock shows: left for people to read.
        public var hasMore = false
        /// Something that looks like a time and is none, such as "25pm".
        public var hasWrongTime = false
        /// Words that are neither days nor times, such as where or for whom.
        public var hasOtherWords = false
    }

    /// The times in it, each with the days it was written beside.
    public static func times(_ text: String) -> [ORUK.Schedule] { read(text).schedules }

    public static func read(_ text: String) -> Times {
        sentences(text).reduce(into: Times()) { all, sentence in
            let one = readSentence(sentence)
            all.schedules += one.schedules
            all.hasMore = all.hasMore || one.hasMore
            all.hasWrongTime = all.hasWrongTime || one.hasWrongTime
            all.hasOtherWords = all.hasOtherWords || one.hasOtherWords
        }
    }

    // MARK: Days and times beside each other

    private enum Mark {
        case days([Int], fromTo: Bool)
        case clock(opens: Int, closes: Int?)
        /// Looks like a time, and is none: "25pm".
        case wrong
    }

    private struct Found {
        let range: Range<String.Index>
        let mark: Mark

        var isDays: Bool { if case .days = mark { true } else { false } }
        var isWrong: Bool { if case .wrong = mark { true } else { false } }
    }

    /// Days, and the times that go with them; with the words from the end of what came before.
    private struct Clause {
        var days: [Int] = []
        var clocks: [(opens: Int, closes: Int?)] = []
        var isWrong = false
        var range: Range<String.Index>
        var isWhole: Bool { !days.isEmpty && !clocks.isEmpty && !isWrong }
    }

    private static func readSentence(_ sentence: String) -> Times {
        let found = marks(in: sentence)
        var times = Times()
        times.hasOtherWords = hasOtherWords(sentence, beside: found)
        times.hasWrongTime = found.contains(where: \.isWrong)
        // "Monday to Friday 9am to 5pm except Wednesdays" has days that are not meant.
        guard !found.isEmpty, !takesDaysBack(sentence, found) else {
            times.hasMore = !found.isEmpty
            return times
        }
        let clauses = clauses(found, in: sentence)
        let after = words(in: sentence[(clauses.last?.range.upperBound ?? sentence.startIndex)...])
        for clause in clauses {
            guard clause.isWhole else {
                times.hasMore = true
                continue
            }
            let words = words(in: sentence[clause.range])
            times.schedules += clause.clocks.map { schedule(clause.days, words, after, $0, sentence) }
        }
        return times
    }

    /// Days before their times, or times before their days, as the sentence begins.
    private static func clauses(_ found: [Found], in sentence: String) -> [Clause] {
        guard let daysFirst = found.first?.isDays else { return [] }
        var clauses: [Clause] = []
        var isSecondHalf = true
        for one in found {
            if one.isDays == daysFirst, isSecondHalf {
                let start = clauses.last?.range.upperBound ?? sentence.startIndex
                clauses.append(Clause(range: start..<one.range.upperBound))
            }
            isSecondHalf = one.isDays != daysFirst
            add(one, to: &clauses[clauses.count - 1])
        }
        return clauses
    }

    private static func add(_ one: Found, to clause: inout Clause) {
        clause.range = clause.range.lowerBound..<one.range.upperBound
        switch one.mark {
        case .days(let days, let fromTo):
            if fromTo, let from = clause.days.last, let to = days.first {
                clause.days += (1...6).map { (from + $0) % 7 }.prefix { $0 != (to + 1) % 7 }.filter { !clause.days.contains($0) }
            } else {
                clause.days += days.filter { !clause.days.contains($0) }
            }
        case .clock(let opens, let closes): clause.clocks.append((opens, closes))
        case .wrong: clause.isWrong = true
        }
    }

    private static func marks(in sentence: String) -> [Found] {
        let clocks = clocks(in: sentence)
        var found = clocks
        var last: Range<String.Index>?
        for match in sentence.matches(of: #/\p{L}+/#) {
            guard let days = dayNames(match.0.lowercased()), !clocks.contains(where: { $0.range.overlaps(match.range) }) else { continue }
            let between = last.map { sentence[$0.upperBound..<match.range.lowerBound].lowercased().filter { !$0.isWhitespace } }
            let fromTo = between.map { ["to", "-", "–", "—", "until", "till", "through"].contains($0) } ?? false
            found.append(Found(range: match.range, mark: .days(days, fromTo: fromTo)))
            last = match.range
        }
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private static func dayNames(_ word: String) -> [Int]? { severalDays[word] ?? day(word).map { [$0] } }

    private static func day(_ word: String) -> Int? {
        let plain = word.hasSuffix("s") && word.count > 4 ? String(word.dropLast()) : word
        return weekdays.firstIndex {
            $0 == plain || plain.count >= 3 && plain.count <= 5 && $0.hasPrefix(plain) && plain != "sun" || plain == "sun" && $0 == "sunday"
        }
    }

    private static func words(in text: Substring) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() }
    }

    private static func takesDaysBack(_ sentence: String, _ found: [Found]) -> Bool {
        guard let match = sentence.firstMatch(of: #/(?i)\b(?:except|excluding|closed|not|apart from)\b/#) else { return false }
        return found.contains { $0.isDays && $0.range.lowerBound > match.range.lowerBound }
    }

    private static let small: Set<String> = [
        "and", "on", "at", "from", "to", "until", "till", "every", "each", "of", "the", "month", "monthly", "week", "weekly", "alternate",
        "other",
        "fortnightly", "meets", "meet", "open", "opens", "in", "between", "am", "pm", "noon", "through",
    ]

    private static func hasOtherWords(_ sentence: String, beside found: [Found]) -> Bool {
        var rest = sentence
        for one in found.reversed() { rest.replaceSubrange(one.range, with: " ") }
        return words(in: rest[...]).contains { !small.contains($0) && ordinals[$0] == nil }
    }

    private static func schedule(
        _ days: [Int],
        _ words: [String],
        _ after: [String],
        _ clock: (opens: Int, closes: Int?),
        _ sentence: String
    ) -> ORUK.Schedule {
        var schedule = ORUK.Schedule(id: "")
        let nth = words.lazy.compactMap { ordinals[$0] }.first
        let isMonthly = nth != nil && (words + after).contains { $0 == "month" || $0 == "monthly" }
        schedule.freq = isMonthly ? .monthly : .weekly
        schedule.byday = days.map { (isMonthly ? "\(nth ?? 1)" : "") + ORUK.ByDay.names[$0] }.joined(separator: ",")
        if !isMonthly, isEverySecond(words) || isEverySecond(after) { schedule.interval = 2 }
        schedule.opensAt = time(clock.opens)
        schedule.closesAt = clock.closes.map(time)
        schedule.description = sentence
        return schedule
    }

    private static func isEverySecond(_ words: [String]) -> Bool {
        words.contains("alternate") || words.contains("fortnightly")
            || zip(words, words.dropFirst()).contains { $0 == "every" && $1 == "other" }
    }

    /// "7-9pm", "9.30-11.30am and 12.30-2.30pm", "10am-12noon", "at 2pm", "16:00-18:00"; and what looks like one and is none, such as "25pm".
    private static func clocks(in text: String) -> [Found] {
        let pattern =
            #/(?i)(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm|noon)?\b\s*(?:(?:-|–|to|until)\s*(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm|noon)?\b)?(?![\d])/#
        return text.matches(of: pattern).compactMap { match in
            let before = match.range.lowerBound > text.startIndex ? text[text.index(before: match.range.lowerBound)] : " "
            let hasHalf = match.3 != nil || match.6 != nil
            let isByTheDay = match.2 != nil && match.5 != nil && (match.1.hasPrefix("0") || (match.4.flatMap { Int($0) } ?? 0) > 12)
            // A number alone is no time: it needs am or pm, or the whole day's clock.
            guard hasHalf || isByTheDay, before != "£" else { return nil }
            guard !before.isNumber, let clock = clock(match.output, hasHalf) else { return Found(range: match.range, mark: .wrong) }
            return Found(range: match.range, mark: .clock(opens: clock.opens, closes: clock.closes))
        }
    }

    private typealias ClockMatch = (Substring, Substring, Substring?, Substring?, Substring?, Substring?, Substring?)

    private static func clock(_ match: ClockMatch, _ hasHalf: Bool) -> (opens: Int, closes: Int?)? {
        guard let first = hour(match.1, match.2, match.3 ?? match.6) else { return nil }
        guard let last = match.4 else { return (first, nil) }
        guard let closes = hour(last, match.5, match.6) else { return nil }
        // "12.30-2.30pm" and "11-1pm" begin before noon or at it.
        let opens = hasHalf && match.3 == nil && first > closes ? first - 12 * 60 : first
        return opens >= 0 && opens < closes ? (opens, closes) : nil
    }

    private static func hour(_ hour: Substring, _ minute: Substring?, _ half: Substring?) -> Int? {
        guard let typed = Int(hour), let minutes = Int(minute ?? "0"), typed <= 24, minutes < 60 else { return nil }
        switch (half ?? "").lowercased() {
        case "pm" where typed < 12: return (typed + 12) * 60 + minutes
        case "am" where typed == 12: return minutes
        default: return typed < 24 ? typed * 60 + minutes : nil
        }
    }

    private static func time(_ minutes: Int) -> String {
        let (hour, minute) = (minutes / 60, minutes % 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }

    /// A full stop ends a sentence; the one in "9.30" does not.
    private static func sentences(_ text: String) -> [String] {
        text.split(separator: #/[.;](?=\s|$)|\n/#).map { $0.trimming() }.filter { !$0.isEmpty }
    }

    /// The ages in it, in years: "aged 13 to 25", "aged 16 and over", "over 50s", "birth to 18 years", "under 18". nil where it names none.
    public static func ages(_ text: String) -> (minimum: Int?, maximum: Int?)? {
        let text = text.lowercased()
        if let match = text.firstMatch(
            of: #/(?:aged?|ages)\s+(?:between\s+|from\s+)?(birth|\d{1,2})\s*(?:years?\s*)?(?:-|–|to|and)\s*(\d{1,2})/#
        ) {
            return (Int(match.1) ?? 0, Int(match.2))
        }
        if let match = text.firstMatch(of: #/(birth|\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})\s*(?:years?\b|year.olds)/#) {
            return (Int(match.1) ?? 0, Int(match.2))
        }
        if let match = text.firstMatch(of: #/aged?\s+(\d{1,2})\s*(?:years?\s*)?(?:and|or)\s+(?:over|above|older)|aged?\s+(\d{1,2})\s*\+/#) {
            return ((match.1 ?? match.2).flatMap { Int($0) }, nil)
        }
        if let match = text.firstMatch(of: #/over\s+(?:the\s+age\s+of\s+)?(\d{2})s?\b|(\d{2})s?\s+and\s+over/#) {
            return ((match.1 ?? match.2).flatMap { Int($0) }, nil)
        }
        if let match = text.firstMatch(of: #/under\s+(?:the\s+age\s+of\s+)?(\d{1,2})s?\b/#) { return (nil, Int(match.1).map { $0 - 1 }) }
        return nil
    }

    /// The same where nothing but ages stands: "11-17", "16+", "18"; "all ages" has neither end. nil where it says something else.
    public static func agesAlone(_ text: String) -> (minimum: Int?, maximum: Int?)? {
        let plain = text.lowercased().filter { !$0.isWhitespace }
        if let match = plain.wholeMatch(of: #/(\d{1,2})(?:-|–|—|to)(\d{1,3})(?:years?|yrs?)?/#), let low = Int(match.1),
            let high = Int(match.2)
        {
            return low <= high && high <= 120 ? (low, high) : nil
        }
        if let match = plain.wholeMatch(of: #/(\d{1,2})(?:years?|yrs?)?(?:\+|plus|andover|andabove|andup|orover|orolder)/#) {
            return (Int(match.1), nil)
        }
        if let match = plain.wholeMatch(of: #/(?:upto|under)(\d{1,2})s?/#), let high = Int(match.1) {
            return (nil, plain.hasPrefix("under") ? high - 1 : high)
        }
        if ["all", "allages", "any", "anyage"].contains(plain) { return (nil, nil) }
        if let age = Int(plain), (0...120).contains(age) { return (age, age) }
        return ages(text) ?? ages("aged " + text)
    }

    /// The cost in it: pounds, and the words they stand in. 0 for "free"; nil where it names none.
    public static func cost(_ text: String) -> (pounds: Double, words: String)? {
        for sentence in sentences(text) {
            if let match = sentence.firstMatch(of: #/£\s?(\d{1,5}(?:\.\d{2})?)[^,.;]*/#), let pounds = Double(match.1) {
                return (pounds, match.0.trimming())
            }
            if sentence.lowercased().contains(#/\bfree (?:of charge|service|sessions?|support|counselling)\b|\bno charge\b/#) {
                return (0, sentence)
            }
        }
        return nil
    }

    /// Whether it is about places whose address may have to stay secret, and by which words.
    public static func mustStaySecret(_ text: String) -> String? {
        let words = Folding.words(text, limit: 5_000)
        return secretPlaces.first { saying in words.indices.contains { words[$0...].starts(with: saying) } }?.joined(separator: " ")
    }

    // Folded, so that "Women’s refuge", "safe-houses" and "REFUGE" are among them, and refugees are not.
    private static let secretPlaces: [[String]] = [
        "domestic abuse", "domestic violence", "refuge", "refuges", "womens aid", "rape crisis", "sexual violence", "trafficking",
        "forced marriage", "forced marriages", "safe house", "safe houses", "safehouse", "safehouses", "honour based",
    ].map { Folding.words($0) }
}

extension StringProtocol {
    fileprivate func trimming() -> String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace || "-–".contains(first) { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
