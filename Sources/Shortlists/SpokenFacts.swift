import Directory
import Kernel
import OpenReferral
import Words

/// What is known of a place, in sentences to be read out on the phone. What callers ask first is said even where nobody knows it.
enum SpokenFacts {
    static func sentences(_ entry: Entry) -> [String] {
        let (service, facts) = (entry.service, EntryFacts(entry))
        let rest = [
            facts.wait, facts.when.map { W.spokenWhen(when: line($0)) }, W.spokenWhere(place: line(facts.places)),
            facts.gettingThere.map { W.spokenGettingThere(words: line($0)) },
            service.textNumber.map { W.spokenText(number: SpokenNumber.groups($0).joined(separator: ", … ")) },
            facts.languages.map { W.spokenLanguages(languages: $0) }, facts.access,
        ]
        return about(facts) + [ages(service), cost(facts)] + ways(service) + rest.compactMap(\.self).map(ended)
    }

    /// Whom it is for, which is also said of a place that was found.
    static func ages(_ service: ORUK.Service) -> String {
        switch (service.minimumAge.map { "\(Int($0))" }, service.maximumAge.map { "\(Int($0))" }) {
        case (nil, nil): W.spokenAgesUnknown
        case (let low?, nil): W.spokenAgesFrom(low: low)
        case (nil, let high?): W.spokenAgesTo(high: high)
        case (let low?, let high?): W.spokenAges(low: low, high: high)
        }
    }

    static func cost(_ facts: EntryFacts) -> String { facts.cost.map { ended(W.spokenCost(cost: line($0))) } ?? W.spokenCostUnknown }

    private static func about(_ facts: EntryFacts) -> [String] {
        let words = line(facts.summary)
        return words.isEmpty ? [] : [ended(words)]
    }

    private static func ways(_ service: ORUK.Service) -> [String] {
        let ways = Trait.ways.filter(service.has).map { ended($0.label) }
        return ways.isEmpty ? [W.spokenWaysUnknown] : [ways.joined(separator: " ")]
    }

    private static func line(_ words: String) -> String { words.replacing("\n", with: ", ") }

    private static func ended(_ words: String) -> String {
        words.last.map { ".!?…".contains($0) } ?? true ? words.replacing("\n", with: ", ") : words.replacing("\n", with: ", ") + "."
    }
}
