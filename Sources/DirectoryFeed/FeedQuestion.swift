import Directory
import Finding
import Foundation
import Kernel
import OpenReferral
import Store
import Web

/// What a program asked for, with its ranges checked. Throws `BadQuestion` with a sentence for each parameter that is out of range.
struct FeedQuestion {
    private(set) var finding = FindingQuestion()
    private(set) var paging = ORUK.Paging()
    private(set) var isNDJSON = false
    private(set) var isMinimal = false
    private(set) var isFull = true
    private(set) var withServices = false
    private(set) var topOnly = false
    private(set) var parent: String?
    private(set) var taxonomy: String?
    private var problems = Problems()
    private let query: Query

    static let mostPerPage = 1_000
    static let mostMetres = 500_000.0

    init(_ visit: Visit, _ tx: Transaction) throws {
        query = visit.query
        finding.words = String((query["search"] ?? "").prefix(300))
        paging.page = number("page", in: 1...1_000_000_000) ?? 1
        paging.perPage = number("per_page", in: 1...Self.mostPerPage) ?? 10
        isNDJSON = one(of: ["json", "ndjson"], "format") == "ndjson"
        isMinimal = flag("minimal") ?? false
        isFull = flag("full") ?? true
        withServices = flag("full_service") ?? false
        topOnly = flag("top_only") ?? false
        parent = id("parent_id")
        taxonomy = id("taxonomy_id")
        finding.organization = id("organization_id")
        finding.need = id("taxonomy_term_id")
        readAges()
        readTimes()
        try readPlace(tx)
        if let text = query["modified_after"] {
            if let moment = Self.moment(text) {
                finding.modifiedAfter = moment.milliseconds
            } else {
                problems.add("modified_after", W.notATime)
            }
        }
        if let taxonomy { finding.anyOf = try FeedTerms.ids(of: taxonomy, tx) }
        if !problems.isEmpty { throw BadQuestion(problems) }
    }

    private mutating func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = query[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            problems.add(name, W.outOfRange(name: name, low: "\(range.lowerBound)", high: "\(range.upperBound)"))
            return nil
        }
        return number
    }

    private mutating func one(of words: [String], _ name: String) -> String? {
        guard let text = query[name] else { return nil }
        if !words.contains(text) { problems.add(name, W.oneOf(name: name, words: words.joined(separator: ", "))) }
        return text
    }

    private mutating func flag(_ name: String) -> Bool? { one(of: ["true", "false"], name).map { $0 == "true" } }

    private mutating func id(_ name: String) -> String? {
        guard let text = query[name] else { return nil }
        guard let id = EntryID(text) else {
            problems.add(name, W.notAnID(name: name))
            return nil
        }
        return id.text
    }

    private mutating func readAges() {
        let (low, high) = (number("minimum_age", in: 0...150), number("maximum_age", in: 0...150))
        guard low != nil || high != nil else { return }
        guard low ?? 0 <= high ?? 150 else { return problems.add("maximum_age", W.agesWrong) }
        finding.ages = (low ?? 0)...(high ?? 150)
    }

    private mutating func readTimes() {
        let day = one(of: ORUK.ByDay.names, "day").flatMap { ORUK.ByDay.names.firstIndex(of: $0) }
        let (from, to) = (time("start_time"), time("end_time"))
        guard day != nil || from != nil || to != nil else { return }
        finding.during = FindingQuestion.Span(weekday: day, from: from ?? 0, to: to ?? 24 * 60)
    }

    private mutating func time(_ name: String) -> Int? {
        guard let text = query[name] else { return nil }
        guard let minutes = ORUK.Schedule.minutes(text) else {
            problems.add(name, W.notAClock(name: name))
            return nil
        }
        return minutes
    }

    private mutating func readPlace(_ tx: Transaction) throws {
        if let text = query["proximity"] {
            if let metres = Double(text), metres > 0, metres <= Self.mostMetres {
                finding.within = metres
            } else {
                problems.add("proximity", W.outOfRange(name: "proximity", low: "1", high: "\(Int(Self.mostMetres))"))
            }
            if query["postcode"] == nil { problems.add("postcode", W.postcodeNeeded) }
        }
        guard let text = query["postcode"] else { return }
        guard let postcode = Postcode(text) else { return problems.add("postcode", W.notAPostcode) }
        guard let point = try PostcodeStore.point(postcode, tx) else { return problems.add("postcode", W.postcodeUnknown) }
        finding.near = point
    }

    /// ISO 8601 with or without fractions of a second, or a day alone.
    static func moment(_ text: String) -> Moment? {
        // A plus in an address is a space by the time it gets here.
        let text = text.replacing(" ", with: "+")
        if let moment = Moment(iso: text) { return moment }
        if let date = try? Date(
            text,
            strategy: .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .colon)
        ) {
            return Moment(date)
        }
        return text.utf8.count == 10 && ORUK.Day(text) != nil ? Moment(iso: "\(text)T00:00:00Z") : nil
    }
}
