import OpenReferral

extension FindingIndex {
    /// What was found, the best first, and what was understood.
    public struct Found: Sendable {
        /// Those of the part that was asked for.
        public let matches: [FindingMatch]
        public let total: Int
        /// Words that stand nowhere and are like nothing.
        public let unknown: [String]
    }

    /// One thing that was typed, and where it is found.
    private struct Asked {
        let typed: String
        /// Numbers of words, what they weigh against the word itself, and whether they are a guess.
        var words: [(word: Int32, weight: Float, isGuess: Bool)] = []
        /// A need that people say it for.
        var need: Int32?
        var said = ""
        var isUnknown: Bool { words.isEmpty && need == nil }
    }

    /// - Parameter part: which of the matches are wanted, from 0; reasons are worked out for these alone.
    public func search(_ question: FindingQuestion, part: Range<Int>) -> Found {
        let asked = understood(question.words)
        let known = asked.filter { !$0.isUnknown }
        guard known.count > 0 || asked.isEmpty else { return Found(matches: [], total: 0, unknown: asked.map(\.typed)) }
        let near = question.near.map { distances(from: $0, within: question.within) }
        // Half of what was asked is enough to be shown: somebody who writes a sentence does not mean every word.
        let scores = known.isEmpty ? nil : scored(known, enough: min(known.count, (asked.count + 1) / 2))
        var ranked: [(slot: Int, key: Float, metres: Double?)] = []
        let need = question.need.map { needNumbers[$0] ?? -1 }
        for place in slots.indices {
            guard let slot = slots[place], scores.map({ $0[place] > 0 }) ?? true else { continue }
            guard passes(slot, question, need) else { continue }
            let metres = near?[place]
            if near != nil, question.within != nil, metres == nil, slot.places.contains(where: { $0.point != nil }) { continue }
            ranked.append((place, key(scores?[place] ?? 1, slot, metres, question.now), metres))
        }
        if let time = question.openAt { ranked.removeAll { !isOpen(slots[$0.slot], time) } }
        ranked.sort { ($1.key, slots[$0.slot]?.number ?? 0) < ($0.key, slots[$1.slot]?.number ?? 0) }
        let range = min(part.lowerBound, ranked.count)..<min(part.upperBound, ranked.count)
        let matches = ranked[range].compactMap { match($0, known, question.now) }
        return Found(matches: matches, total: ranked.count, unknown: asked.filter(\.isUnknown).map(\.typed))
    }

    /// Numbers of everything that passes, in their own order, for those who page through all of it.
    public func numbers(passing question: FindingQuestion) -> [Int] {
        let need = question.need.map { needNumbers[$0] ?? -1 }
        return slots.compactMap { $0 }.filter { passes($0, question, need) }.map(\.number).sorted()
    }

    // MARK: Understanding what was typed

    private func understood(_ text: String) -> [Asked] {
        // 12 words are more than anybody types; a page pasted into the box is no question.
        let words = Folding.words(text, limit: 60)
        var asked: [Asked] = []
        var place = 0
        var rest: [String] = []
        while place < words.count {
            if let saying = longestSaying(in: words, at: place) {
                let said = words[place..<place + saying.words.count].joined(separator: " ")
                var one = Asked(typed: said, need: saying.need, said: said)
                if saying.words.count == 1, let number = self.words[said] { one.words = [(number, 1, false)] }
                asked.append(one)
                place += saying.words.count
            } else {
                rest.append(words[place])
                place += 1
            }
        }
        let telling = asked.isEmpty ? Folding.telling(rest) : rest.filter { !Folding.common.contains($0) }
        return Array((asked + telling.map(looked)).prefix(12))
    }

    private func longestSaying(in words: [String], at place: Int) -> (words: [String], need: Int32)? {
        sayings[words[place]]?.filter { words[place...].starts(with: $0.words) }.max { $0.words.count < $1.words.count }
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
                asked.said = saying.words.joined(separator: " ")
            }
        }
        return asked
    }

    // MARK: Weighing

    /// For each slot how well it answers; 0 where it does not. Whoever answers more of what was asked comes first, whatever the words weigh.
    private func scored(_ asked: [Asked], enough: Int) -> [Float] {
        var whole = [Float](repeating: 0, count: slots.count)
        var hits = [UInt8](repeating: 0, count: slots.count)
        var best = [Float](repeating: 0, count: slots.count)
        for one in asked {
            var touched: [UInt32] = []
            func give(_ slot: UInt32, _ score: Float) {
                if best[Int(slot)] == 0 { touched.append(slot) }
                best[Int(slot)] = max(best[Int(slot)], score)
            }
            for (word, weight, _) in one.words {
                let list = postings[Int(word)]
                // How telling a word is: ln(1 + all / those that have it), as in tf-idf.
                let telling = rarity(list.count)
                for posting in list {
                    give(posting.slot, weight * telling * (FindingItem.Field(rawValue: Int(posting.field))?.weight ?? 1))
                }
            }
            if let need = one.need {
                let list = byNeed[Int(need)]
                let telling = rarity(list.count)
                for slot in list { give(slot, telling * FindingItem.Field.need.weight) }
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

    private func rarity(_ having: Int) -> Float {
        // Steps of a logarithm: good enough to order by, and the same on every machine.
        Float(max(1, (count + 1) / max(1, having)).bitWidth - max(1, (count + 1) / max(1, having)).leadingZeroBitCount)
    }

    /// What a match is ordered by: its score, less for what is far away or out of date.
    private func key(_ score: Float, _ slot: Slot, _ metres: Double?, _ now: Int64) -> Float {
        var key = score
        // A mile costs as much as one point; 30 miles as much as it ever will.
        if let metres { key -= Float(min(metres / .metresPerMile, 30)) }
        if slot.reviewDue < now { key -= 40 }
        return key
    }

    // MARK: Sifting

    private func passes(_ slot: Slot, _ question: FindingQuestion, _ need: Int32?) -> Bool {
        if let age = question.age, age < slot.minimumAge || age > slot.maximumAge { return false }
        if !slot.traits.isSuperset(of: question.traits) { return false }
        if let need, !slot.terms.contains(need) { return false }
        if let language = question.language, !slot.languages.contains(language.lowercased()) { return false }
        if let organization = question.organization, slot.organization != organization { return false }
        if let after = question.modifiedAfter, slot.modified < after { return false }
        return true
    }

    /// Metres from a point to the nearest place of each slot; nil where it has none or none is near enough.
    private func distances(from point: Point, within: Double?) -> [Double?] {
        var nearest = [Double?](repeating: nil, count: slots.count)
        let box = within.map { point.degrees($0) }
        let (lat, lon) = (Float(point.latitude), Float(point.longitude))
        let (up, across) = (Float(box?.latitude ?? 400), Float(box?.longitude ?? 400))
        for place in pointSlots.indices where abs(latitudes[place] - lat) <= up && abs(longitudes[place] - lon) <= across {
            let slot = Int(pointSlots[place])
            guard slots[slot] != nil, let other = Point(latitude: Double(latitudes[place]), longitude: Double(longitudes[place])) else {
                continue
            }
            let metres = point.metres(to: other)
            if metres <= within ?? .infinity, metres < nearest[slot] ?? .infinity { nearest[slot] = metres }
        }
        return nearest
    }

    private func isOpen(_ slot: Slot?, _ time: FindingQuestion.Time) -> Bool {
        guard let slot, let day = ORUK.Day(year: time.year, month: time.month, day: time.day) else { return false }
        return slot.hours.contains { ORUK.Schedule(hours: $0)?.isOpen(on: day, at: time.minute) == true }
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
            guard let (word, posting, isGuess) = hit, let field = FindingItem.Field(rawValue: Int(posting.field)) else { continue }
            let found = String(decoding: spelled[Int(word)], as: UTF8.self)
            reasons.append(isGuess ? .nearly(one.typed, found) : .word(found, field))
        }
        return FindingMatch(
            number: slot.number,
            id: slot.id,
            score: ranked.key,
            metres: ranked.metres,
            reasons: reasons,
            isOutOfDate: slot.reviewDue < now
        )
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
