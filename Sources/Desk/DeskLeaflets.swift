import HTML
import Kernel
import Pathways
import Projects
import Readers
import Services
import Store
import Words

/// What waits to be done about pages in plain words: for those who may do it.
struct DeskLeaflets {
    enum Job: String, Sendable, CaseIterable {
        case read, check, publish, comments, review, behind
    }

    struct Row: Sendable {
        let job: Job
        let title: String
        /// "Easy read" or the language, where it is not the English page itself.
        let form: String?
        let service: ServiceID
        let url: SafeURL
        /// Since when it waits; of a review, by when it is due.
        let at: Moment
    }

    /// 50 of each: more than that is a morning of its own, and they come up when these are done.
    static let most = 50

    private let actor: Actor
    private let edits: [Service]
    private let checks: [Service]
    private let all: [Service]

    init(_ actor: Actor, _ tx: Transaction) throws {
        self.actor = actor
        all = try ServiceStore.all(tx)
        let people = try all.map { try ServicePeople(of: $0, tx) }
        edits = people.filter { $0.isEditor(actor) }.map(\.service)
        checks = people.filter { $0.isEditor(actor) || $0.isStaff(actor) }.map(\.service)
    }

    func lines(at now: Moment, _ tx: Transaction) throws -> [DeskLine] {
        let names = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
        return try Job.allCases.flatMap { try rows($0, at: now, tx) }.map { row in
            let dates = Dates(zone: names[row.service]?.zone ?? "Europe/London")
            let lateness = row.job == .review ? Lateness(row.at, at: now, zone: dates.zone) : nil
            return DeskLine(
                task: row.job.title,
                title: row.title,
                who: row.form,
                verb: row.job.verb,
                project: names[row.service]?.name,
                due: lateness?.words,
                day: dates.day(row.at),
                isLate: lateness?.isLate ?? false,
                url: row.url
            )
        }
    }

    /// By the same rules as `LeafletPolicy`: a test asks both.
    func rows(_ job: Job, at now: Moment, _ tx: Transaction) throws -> [Row] {
        let places = places(of: job).map(\.id)
        guard !places.isEmpty else { return [] }
        return try tx.all("\(question(job, at: now)) AND leaflets.service IN \(list: places) ORDER BY at, leaflets.id LIMIT \(Self.most)") {
            row in
            let (title, service, slug, leaflet): (String, ServiceID, String, String) = (
                try row.next(), try row.next(), try row.next(), try row.next()
            )
            let (form, language): (LeafletText.Form, String) = (try row.next(), try row.next())
            let (text, at): (LeafletTextID?, Moment) = (try row.next(), try row.next())
            let isOriginal = form == .plain && language == LeafletText.original
            let page = SafeURL.path("/", slug, "pathways", leaflet)
            return Row(
                job: job,
                title: title,
                form: isOriginal ? nil : LeafletText.formWords(form, language),
                service: service,
                url: text.map { page.below("texts", $0) } ?? page.below("work"),
                at: at
            )
        }
    }

    private func places(of job: Job) -> [Service] {
        switch job {
        // By their groups, of whichever service.
        case .read: all
        case .check: checks
        case .publish, .comments, .review, .behind: edits
        }
    }

    private func question(_ job: Job, at now: Moment) -> SQL {
        let page: SQL = "services.id, services.slug, leaflets.slug"
        let texts: SQL = """
            FROM leaflet_texts JOIN leaflets ON leaflets.id = leaflet_texts.leaflet JOIN services ON services.id = leaflets.service
            """
        switch job {
        case .read:
            return """
                SELECT leaflets.title, \(page), leaflet_texts.form, leaflet_texts.language, leaflet_texts.id, leaflet_askings.at AS at \(texts)
                JOIN leaflet_askings ON leaflet_askings.text = leaflet_texts.id
                WHERE \(WaitingTexts.condition(for: actor))
                """
        case .check:
            return """
                SELECT leaflets.title, \(page), leaflet_texts.form, leaflet_texts.language, leaflet_texts.id, leaflet_texts.written_at AS at \(texts)
                WHERE leaflet_texts.state = 'draft' AND (leaflet_texts.written_by IS NULL OR leaflet_texts.written_by <> \(actor.personID))
                """
        case .publish:
            return """
                SELECT leaflets.title, \(page), leaflet_texts.form, leaflet_texts.language, leaflet_texts.id, leaflet_texts.checked_at AS at \(texts)
                WHERE leaflet_texts.state = 'checked'
                """
        case .comments:
            return """
                SELECT leaflets.title, \(page), leaflet_texts.form, leaflet_texts.language, leaflet_texts.id, waiting.at AS at \(texts)
                JOIN (SELECT text, MIN(at) AS at FROM leaflet_comments WHERE answer = '' AND words <> '' GROUP BY text) AS waiting
                    ON waiting.text = leaflet_texts.id
                WHERE leaflet_texts.state <> 'replaced'
                """
        case .review:
            // A month before, so that there is time to ask people.
            return """
                SELECT leaflets.title, \(page), \(LeafletText.Form.plain), \(LeafletText.original), NULL, leaflets.review_due AS at FROM leaflets JOIN services ON services.id = leaflets.service
                WHERE leaflets.review_due < \(now.adding(days: 30)) AND EXISTS (
                    SELECT 1 FROM leaflet_texts WHERE leaflet_texts.leaflet = leaflets.id AND leaflet_texts.state = 'published')
                """
        case .behind:
            return """
                SELECT leaflets.title, \(page), leaflet_texts.form, leaflet_texts.language, leaflet_texts.id, original.published_at AS at \(texts)
                JOIN leaflet_texts AS original ON original.leaflet = leaflets.id AND original.form = 'plain'
                    AND original.language = \(LeafletText.original) AND original.state = 'published'
                WHERE leaflet_texts.state = 'published' AND leaflet_texts.follows < original.number
                """
        }
    }
}

extension DeskLeaflets.Job {
    var title: String {
        switch self {
        case .read: W.pageRead
        case .check: W.pageCheck
        case .publish: W.pagePublish
        case .comments: W.pageComments
        case .review: W.pageReview
        case .behind: W.pageBehind
        }
    }

    var verb: String { self == .comments ? W.verbHear : self == .read ? W.verbNews : W.verbLook }
}
