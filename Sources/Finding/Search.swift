import OpenReferral

extension FindingIndex {
    /// What was found, the best first, and what was understood.
    public struct Found: Sendable {
        /// Those of the part that was asked for.
        public let matches: [FindingMatch]
        public let total: Int
        /// Words that stand nowhere and are like nothing.
        public let unknown: [String]
        /// The needs that were understood, or chosen.
        public let needs: [FindingTerm]
        /// Whether nothing but small words was typed, such as "the" and "of".
        public let hasOnlyCommonWords: Bool
    }

    /// One thing that was typed, and where it is found.
    private struct Asked {
        let typed: String
        /// Numbers of words, what they weigh against the word itself, and whether they are a guess.
        var words: [(word: Int32, weight: Float, isGuess: Bool)] = []
        /// Words that count only where all of them are: one word of "self harm" is not what was meant.
        var together: [(words: [Int32], weight: Float)] = []
        /// A need that people say it for.
        var need: Int32?
        var said = ""
        mutating func add(_ words: [Int32], weight: Float) {
            if !words.isEmpty { together.append((words, weight)) }
        }

        var isUnknown: Bool { words.isEmpty && together.isEmpty && need == nil }
    }

    /// - Parameter part: which of the matches are wanted, from 0; reasons are worked out for these alone.
    public func search(_ question: FindingQuestion, part: Range<Int>) -> Found {
        let asked = understood(question.words)
        let known = asked.filter { !$0.isUnknown }
        let unknown = asked.filter(\.isUnknown).map(\.typed)
        let ranked = ranked(question, asked.count, known)
        let range = min(part.lowerBound, ranked.count)..<min(part.upperBound, ranked.count)
        return Found(
            matches: ranked[range].compactMap { match($0, known, question.now) },
            total: ranked.count,
            unknown: unknown,
            needs: meant(asked, question),
            hasOnlyCommonWords: asked.isEmpty && !Folding.words(question.words, limit: 1).isEmpty
        )
    }

    private func meant(_ asked: [Asked], _ question: FindingQuestion) -> [FindingTerm] {
        let numbers = asked.compactMap(\.need) + [question.need.flatMap { needNumbers[$0] }].compactMap(\.self)
        return numbers.reduce(into: [FindingTerm]()) { found, number in
            let need = needs[Int(number)]
            if !found.contains(need) { found.append(need) }
        }
    }

    /// How many there are, without working out which are the best.
    public func total(answering question: FindingQuestion) -> Int {
        let asked = understood(question.words)
        return keys(question, asked.count, asked.filter { !$0.isUnknown }).packed.count
    }

    /// Numbers of all that was found: the best first where words or a place were asked for, else in their own order.
    public func numbers(answering question: FindingQuestion) -> [Int] {
        if question.isEmpty { return numbers }
        let asked = understood(question.words)
        let found = ranked(question, asked.count, asked.filter { !$0.isUnknown }).compactMap { slots[$0.slot]?.number }
        return asked.isEmpty && question.near == nil ? found.sorted() : found
    }

    private typealias Ranked = (slot: Int, key: Float, metres: Double?)

    /// Everything that answers the question, the best first.
    private func ranked(_ question: FindingQuestion, _ asked: Int, _ known: [Asked]) -> [Ranked] {
        var (keys, near) = keys(question, asked, known)
        // One number each: sorting them is several times faster than sorting what they stand for.
        keys.sort()
        return keys.map { packed in
            let place = Int(packed & 0xffff_ffff)
            let metres = near.map { Double($0[place]) } ?? -1
            return (place, Self.key(of: packed), metres < 0 ? nil : metres)
        }
    }

    /// Everything that answers the question, and how far each slot is. Cheap looks come first and touch only plain numbers: most slots go no further.
    private func keys(_ question: FindingQuestion, _ asked: Int, _ known: [Asked]) -> (packed: [UInt64], near: [Float]?) {
        guard asked == 0 || !known.isEmpty else { return ([], nil) }
        let near = question.near.map { distances(from: $0, within: question.within) }
        let isBound = question.within != nil
        // Half of what was asked is enough to be shown: somebody who writes a sentence does not mean every word.
        let scores = known.isEmpty ? nil : scored(known, enough: min(known.count, (asked + 1) / 2), only: isBound ? near : nil)
        let terms = terms(of: question)
        let isPicky =
            !terms.isEmpty || question.language != nil || question.organization != nil || question.openAt != nil || question.during != nil
        var keys: [UInt64] = []
        for place in quick.indices {
            let (one, score) = (quick[place], scores?[place] ?? 1)
            guard score > 0, one.isThere, passes(one, question) else { continue }
            let metres = near?[place] ?? -1
            if isBound, near != nil, metres < 0, one.hasPoint { continue }
            if isPicky, let slot = slots[place], !passes(slot, question, terms) { continue }
            keys.append(Self.packed(key(score, one, metres, question), place))
        }
        return (keys, near)
    }

    /// A key and a slot as one number that sorts the largest key first, and of equal ones the earlier slot.
    private static func packed(_ key: Float, _ place: Int) -> UInt64 {
        let bits = key.bitPattern
        let rising = bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
        return UInt64(~rising) << 32 | UInt64(UInt32(truncatingIfNeeded: place))
    }

    private static func key(of packed: UInt64) -> Float {
        let rising = ~UInt32(truncatingIfNeeded: packed >> 32)
        return Float(bitPattern: rising & 0x8000_0000 == 0 ? ~rising : rising & 0x7fff_ffff)
    }

    /// For each of what is asked, the terms of which one is enough.
    private func terms(of question: FindingQuestion) -> [Set<Int32>] {
        [question.need.map { [$0] }, question.anyOf].compactMap(\.self).map { Set($0.compactMap { needNumbers[$0] }) }
    }

    // MARK: Understanding what was typed

    private func understood(_ text: String) -> [Asked] {
        // 12 words are more than anybody types; a page pasted into the box is no question.
        let words = Folding.words(text, limit: 60)
        var asked: [Asked] = []
        var place = 0
        var rest: [String] = []
        while place < words.count {
            if let saying = saying(in: words, at: place) {
                asked.append(said(words[place..<place + saying.words.count].joined(separator: " "), saying))
                place += saying.words.count
            } else {
                rest.append(words[place])
                place += 1
            }
        }
        return Array((asked + Folding.telling(rest).map(looked)).prefix(12))
    }

    /// Something that people say for a need: what is listed under it, what has the same words, and what has the words of the need's own name.
    private func said(_ typed: String, _ saying: (words: [String], need: Int32)) -> Asked {
        var one = Asked(typed: typed, need: saying.need, said: typed)
        if saying.words.count == 1 {
            if let number = words[saying.words[0]] { one.words.append((number, 1, false)) }
        } else {
            one.add(numbers(together: saying.words), weight: 1)
        }
        let name = Folding.words(needs[Int(saying.need)].name)
        // "Alcohol" is meant where "drugs" was typed; "thoughts" is not where "suicidal" was.
        let alone = Folding.telling(name).filter { word in sayings[word]?.contains { $0.need == saying.need && $0.words.count == 1 } == true
        }
        one.words += alone.compactMap { words[$0] }.map { ($0, 0.6, false) }
        if name.count > 1 { one.add(numbers(together: name), weight: 0.6) }
        return one
    }

    /// The telling ones of several words: none where they are fewer than two, or where one of them stands nowhere.
    private func numbers(together words: [String]) -> [Int32] {
        let telling = Folding.telling(words)
        let numbers = telling.compactMap { self.words[$0] }
        return telling.count > 1 && numbers.count == telling.count ? numbers : []
    }

    /// The longest, and of two as long the one without a slip: "panic atack" is more than "panic".
    private func saying(in words: [String], at place: Int) -> (words: [String], need: Int32)? {
        let exact = longestSaying(in: words, at: place)
        guard let misspelt = misspeltSaying(in: words, at: place) else { return exact }
        return misspelt.words.count > (exact?.words.count ?? 0) ? misspelt : exact
    }

    private func longestSaying(in words: [String], at place: Int) -> (words: [String], need: Int32)? {
        sayings[words[place]]?.filter { words[place...].starts(with: $0.words) }.max { $0.words.count < $1.words.count }
    }

    /// "slef harm" for "self harm", "panic atacks" for "panic attack": the one with the fewest slips.
    private func misspeltSaying(in words: [String], at place: Int) -> (words: [String], need: Int32)? {
        var best: (slips: Int, saying: (words: [String], need: Int32))?
        for saying in longSayings where saying.words.count <= words.count - place {
            let slips = zip(words[place...], saying.words).reduce(Int?.some(0)) { sum, pair in
                guard let sum, let slips = self.slips(pair.0, pair.1) else { return nil }
                return sum + slips
            }
            if let slips, slips <= 2, best.map({ slips < $0.slips }) ?? true { best = (slips, saying) }
        }
        return best?.saying
    }

    /// A word that stands in something is not taken for another one.
    private func slips(_ typed: String, _ word: String) -> Int? {
        guard let slips = Misspelling.meant(typed, word) else { return nil }
        return slips == 0 || words[typed] == nil ? slips : nil
    }

    private func looked(_ word: String) -> Asked {
        var asked = Asked(typed: word)
        let bytes = Array(word.utf8)
        if let number = words[word] { asked.words.append((number, 1, false)) }
        if bytes.count >= 3 {
            for number in words(beginning: bytes, most: 50) where Int(number) != asked.words.first.map({ Int($0.word) }) {
                asked.words.append((number, 0.6, false))
            }
        }
        if asked.words.isEmpty {
            asked.words = words(like: bytes).map { ($0, 0.5, true) }
            // What people say for a need may be misspelt too.
            let meant = sayings.keys.filter { Misspelling.slips(bytes, Array($0.utf8), most: Misspelling.allowed(bytes.count)) != nil }
            if let saying = meant.sorted().lazy.compactMap({ sayings[$0]?.first { $0.words.count == 1 } }).first {
                asked.need = saying.need
                asked.said = word
            }
        }
        return asked
    }

    // MARK: Weighing

    /// For each slot how well it answers; 0 where it does not. Whoever answers more of what was asked comes first, whatever the words weigh.
    ///
    /// - Parameter only: where this is given, slots with a point that is too far away (below 0 there) are not weighed at all.
    private func scored(_ asked: [Asked], enough: Int, only near: [Float]?) -> [Float] {
        var whole = [Float](repeating: 0, count: slots.count)
        var hits = [UInt8](repeating: 0, count: slots.count)
        var best = [Float](repeating: 0, count: slots.count)
        var touched: [UInt32] = []
        for one in asked {
            touched.removeAll(keepingCapacity: true)
            for (word, weight, _) in one.words {
                let list = postings[Int(word)]
                // How telling a word is: the logarithm of all / those that have it, as in tf-idf.
                weigh(list, weight * rarity(list.count), near, &best, &touched)
            }
            for (words, weight) in one.together {
                let list = postings(together: words)
                weigh(list, weight * rarity(list.count), near, &best, &touched)
            }
            if let need = one.need {
                let list = byNeed[Int(need)].map { Posting(slot: $0, field: UInt8(FindingItem.Field.need.rawValue)) }
                weigh(list, rarity(list.count), near, &best, &touched)
            }
            for slot in touched {
                whole[Int(slot)] += best[Int(slot)]
                hits[Int(slot)] += 1
                best[Int(slot)] = 0
            }
        }
        for place in whole.indices where hits[place] > 0 {
            whole[place] = hits[place] < UInt8(enough) ? 0 : whole[place] + 100 * Float(hits[place])
        }
        return whole
    }

    private func weigh(_ list: [Posting], _ weight: Float, _ near: [Float]?, _ best: inout [Float], _ touched: inout [UInt32]) {
        let weights = Self.weights
        for posting in list {
            let slot = Int(posting.slot)
            if let near, near[slot] < 0, quick[slot].hasPoint { continue }
            let score = weight * weights[Int(posting.field)]
            if best[slot] == 0 { touched.append(posting.slot) }
            if score > best[slot] { best[slot] = score }
        }
    }

    private static let weights = FindingItem.Field.allCases.map(\.weight)

    private func rarity(_ having: Int) -> Float {
        // Steps of a logarithm: good enough to order by, and the same on every machine.
        Float(max(1, (count + 1) / max(1, having)).bitWidth - max(1, (count + 1) / max(1, having)).leadingZeroBitCount)
    }

    /// What a match is ordered by: its score, less for what is far away or out of date, and last what says nothing of the age that was asked for.
    private func key(_ score: Float, _ one: Quick, _ metres: Float, _ question: FindingQuestion) -> Float {
        var key = score
        // A mile costs as much as one point; 30 miles as much as it ever will.
        if metres >= 0 { key -= min(metres / Float(Double.metresPerMile), 30) }
        if one.reviewDue < question.now { key -= 40 }
        // More than twelve words can weigh together: below all that say for whom they are.
        if question.age != nil, one.minimumAge == 0, one.maximumAge == 1_000 { key -= 4_000 }
        return key
    }

    // MARK: Sifting

    private func passes(_ one: Quick, _ question: FindingQuestion) -> Bool {
        if let age = question.age, age < one.minimumAge || age > one.maximumAge { return false }
        if let ages = question.ages, one.minimumAge > ages.upperBound || one.maximumAge < ages.lowerBound { return false }
        if one.traits & question.traits.rawValue != question.traits.rawValue {
            let has = FindingItem.Traits(rawValue: one.traits)
            guard question.traits.subtracting(has).isSubset(of: question.unsaid.forgives(has)) else { return false }
        }
        return one.modified >= question.modifiedAfter ?? .min
    }

    private func passes(_ slot: Slot, _ question: FindingQuestion, _ terms: [Set<Int32>]) -> Bool {
        for any in terms where !slot.terms.contains(where: any.contains) { return false }
        if let language = question.language, !slot.languages.contains(language.lowercased()) {
            guard slot.languages.isEmpty, question.unsaid.contains(.language) else { return false }
        }
        if let organization = question.organization, slot.organization != organization { return false }
        if slot.hours.isEmpty, question.during == nil, question.unsaid.contains(.hours) { return true }
        return question.openAt == nil && question.during == nil || isOn(slot, question)
    }

    /// Metres from a point to the nearest place of each slot; below 0 where it has none or none is near enough.
    private func distances(from point: Point, within: Double?) -> [Float] {
        var nearest = [Float](repeating: -1, count: slots.count)
        let box = within.map { point.degrees($0) }
        let (lat, lon) = (Float(point.latitude), Float(point.longitude))
        let (up, across) = (Float(box?.latitude ?? 400), Float(box?.longitude ?? 400))
        for place in pointSlots.indices where abs(latitudes[place] - lat) <= up && abs(longitudes[place] - lon) <= across {
            let slot = Int(pointSlots[place])
            guard quick[slot].isThere, let other = Point(latitude: Double(latitudes[place]), longitude: Double(longitudes[place])) else {
                continue
            }
            let metres = point.metres(to: other)
            guard metres <= within ?? .infinity else { continue }
            if nearest[slot] < 0 || Float(metres) < nearest[slot] { nearest[slot] = Float(metres) }
        }
        return nearest
    }

    private func isOn(_ slot: Slot, _ question: FindingQuestion) -> Bool {
        let schedules = slot.hours.compactMap { ORUK.Schedule(hours: $0) }
        if let time = question.openAt {
            guard let day = ORUK.Day(year: time.year, month: time.month, day: time.day) else { return false }
            guard schedules.contains(where: { $0.isOpen(on: day, at: time.minute) == true }) else { return false }
        }
        guard let span = question.during else { return true }
        return schedules.contains { schedule in
            guard let opens = ORUK.Schedule.minutes(schedule.opensAt) else { return false }
            let closes = ORUK.Schedule.minutes(schedule.closesAt) ?? opens + 60
            let isDay = span.weekday.map { day in schedule.days.contains { $0.weekday == day } } ?? true
            return isDay && opens < span.to && closes > span.from
        }
    }

    // MARK: Saying why

    private func match(_ ranked: (slot: Int, key: Float, metres: Double?), _ asked: [Asked], _ now: Int64) -> FindingMatch? {
        guard let slot = slots[ranked.slot] else { return nil }
        var reasons: [FindingMatch.Reason] = []
        for one in asked {
            if let need = one.need, slot.terms.contains(need) {
                reasons.append(.need(needs[Int(need)].name, said: one.said))
                continue
            }
            let hit = one.words.lazy.compactMap { word -> (Int32, Posting, Bool)? in
                posting(of: word.word, in: UInt32(ranked.slot)).map { (word.word, $0, word.isGuess) }
            }.first
            guard let (word, posting, isGuess) = hit, let field = FindingItem.Field(rawValue: Int(posting.field)) else {
                let all = one.together.first { $0.words.allSatisfy { self.posting(of: $0, in: UInt32(ranked.slot)) != nil } }
                if let all { reasons.append(.words(all.words.map(spelling))) }
                continue
            }
            let found = spelling(word)
            reasons.append(isGuess ? .nearly(one.typed, found) : .word(found, field))
        }
        return FindingMatch(
            number: slot.number,
            id: slot.id,
            score: ranked.key,
            metres: ranked.metres,
            reasons: reasons,
            isOutOfDate: quick[ranked.slot].reviewDue < now
        )
    }

    private func spelling(_ word: Int32) -> String { String(decoding: spelled[Int(word)], as: UTF8.self) }

    /// Where all of these words stand, each with the lightest of their fields.
    private func postings(together words: [Int32]) -> [Posting] {
        guard let rarest = words.min(by: { postings[Int($0)].count < postings[Int($1)].count }) else { return [] }
        let others = words.filter { $0 != rarest }
        return postings[Int(rarest)].compactMap { first in
            var field = first.field
            for other in others {
                guard let posting = posting(of: other, in: first.slot) else { return nil }
                field = max(field, posting.field)
            }
            return Posting(slot: first.slot, field: field)
        }
    }

    /// Postings of a word lie in the order of slots.
    private func posting(of word: Int32, in slot: UInt32) -> Posting? {
        let list = postings[Int(word)]
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if list[middle].slot < slot { low = middle + 1 } else { high = middle }
        }
        return low < list.count && list[low].slot == slot ? list[low] : nil
    }
}

extension ORUK.Schedule {
    /// What a search must know of it, in one word: `WEEKLY;2;2026-03-07;TU,TH;;19:00;21:00`; nil where it says no time.
    public var hours: String? {
        guard let freq, let opensAt else { return nil }
        let parts = [
            freq.rawValue, interval.map { String(Int($0)) } ?? "", dtstart ?? validFrom ?? "", byday ?? "", bymonthday ?? "", opensAt,
            closesAt ?? "",
        ]
        return parts.map { $0.filter { $0 != ";" && !$0.isWhitespace } }.joined(separator: ";")
    }

    init?(hours: String) {
        let parts = hours.split(separator: ";", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 7 else { return nil }
        func given(_ place: Int) -> String? { parts[place].isEmpty ? nil : parts[place] }
        self.init(id: "")
        freq = ORUK.Frequency(rawValue: parts[0])
        interval = Double(parts[1])
        dtstart = given(2)
        byday = given(3)
        bymonthday = given(4)
        opensAt = given(5)
        closesAt = given(6)
    }
}
