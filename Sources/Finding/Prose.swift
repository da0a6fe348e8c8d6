import OpenReferral

/// Reads what people write as sentences: "Meets on Tuesdays 7-9pm", "aged 13 to 25 years", "£30 for 6 week course".
///
/// What is read is shown to a person, and the sentence itself is always kept.
public enum Prose {
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let ordinals = ["first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1]

    /// The times in it. A day without a time, and a time without a day, is left for people to read.
    public static func times(_ text: String) -> [ORUK.Schedule] {
        sentences(text).flatMap { sentence in
            let all = words(sentence)
            let isByMonth = all.contains { $0 == "month" || $0 == "monthly" }
            return parts(of: sentence).flatMap { part -> [ORUK.Schedule] in
                let words = words(part)
                let days = days(in: words)
                guard !days.isEmpty else { return [] }
                return clocks(in: part).map { clock in schedule(days, words, isByMonth, clock, sentence) }
            }
        }
    }

    private static func words(_ text: String) -> [String] { text.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() } }

    /// "Tuesdays 4-6pm, Saturdays 9-11am" in two: a time belongs to the days before it, not to those of the next part.
    private static func parts(of sentence: String) -> [String] {
        var parts: [String] = []
        for piece in sentence.split(separator: #/,|\s(?:and|&)\s/#).map({ String($0) }) {
            let beginsAnew = words(piece).first.flatMap(day) != nil && parts.last?.contains(where: \.isNumber) ?? true
            if beginsAnew || parts.isEmpty { parts.append(piece) } else { parts[parts.count - 1] += " , " + piece }
        }
        return parts
    }

    private static func schedule(
        _ days: [Int],
        _ words: [String],
        _ isByMonth: Bool,
        _ clock: (opens: Int, closes: Int?),
        _ sentence: String
    ) -> ORUK.Schedule {
        var schedule = ORUK.Schedule(id: "")
        let nth = words.lazy.compactMap { ordinals[$0] }.first
        let isMonthly = nth != nil && isByMonth
        schedule.freq = isMonthly ? .monthly : .weekly
        schedule.byday = days.map { (isMonthly ? "\(nth ?? 1)" : "") + ORUK.ByDay.names[$0] }.joined(separator: ",")
        if !isMonthly, words.contains("alternate") || words.contains("fortnightly") || hasEveryOther(words) { schedule.interval = 2 }
        schedule.opensAt = time(clock.opens)
        schedule.closesAt = clock.closes.map(time)
        schedule.description = sentence
        return schedule
    }

    private static func hasEveryOther(_ words: [String]) -> Bool {
        zip(words, words.dropFirst()).contains { $0 == "every" && $1 == "other" }
    }

    /// "Tuesdays", "Tue", "Monday to Friday".
    private static func days(in words: [String]) -> [Int] {
        var found: [Int] = []
        for (place, word) in words.enumerated() {
            guard let day = day(word) else { continue }
            if place >= 2, words[place - 1] == "to", let from = found.last, from < day {
                found += (from + 1)...day
            } else if !found.contains(day) {
                found.append(day)
            }
        }
        return found
    }

    private static func day(_ word: String) -> Int? {
        let plain = word.hasSuffix("s") && word.count > 4 ? String(word.dropLast()) : word
        return weekdays.firstIndex {
            $0 == plain || plain.count >= 3 && plain.count <= 5 && $0.hasPrefix(plain) && plain != "sun" || plain == "sun" && $0 == "sunday"
        }
    }

    /// "7-9pm", "9.30-11.30am and 12.30-2.30pm", "10am-12noon", "at 2pm".
    private static func clocks(in text: String) -> [(opens: Int, closes: Int?)] {
        let pattern =
            #/(?i)(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm|noon)?\s*(?:(?:-|–|to|until)\s*(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm|noon)?)?(?![\d])/#
        return text.matches(of: pattern).compactMap { match in
            guard let first = hour(match.1, match.2, match.3 ?? match.6) else { return nil }
            guard let last = match.4 else {
                // A number alone is no time: it needs am or pm.
                return match.3 == nil ? nil : (first, nil)
            }
            guard match.3 != nil || match.6 != nil, let closes = hour(last, match.5, match.6) else { return nil }
            // "12.30-2.30pm" and "11-1pm" begin before noon or at it.
            let opens = match.3 == nil && first > closes ? first - 12 * 60 : first
            return opens >= 0 && opens < closes ? (opens, closes) : nil
        }
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
