import HTML
import Kernel
import Projects
import Services
import Store
import Web

public enum SessionsRoutes {
    private static let sessions = "/:service/projects/:project/sessions"

    public static func add(to site: Site) {
        site.open(sessions) { visit, tx in try SessionsPage(ProjectVisit(visit, tx), tx) }
        addPlanning(to: site)
        site.open(sessions + "/:session") { visit, tx in
            let here = try ProjectVisit(visit, tx)
            return try SessionPage(here, found(here, tx), tx)
        }
        addChanging(to: site)
        addWritingUp(to: site)
        site.give(sessions + "/:session/calendar.ics") { visit, tx in
            let here = try ProjectVisit(visit, tx)
            return calendar(here, try found(here, tx))
        }
    }

    private static func found(_ here: ProjectVisit, _ tx: Transaction) throws -> Session {
        try SessionStore.find(here.visit.id("session"), in: here.project.id, tx)
    }

    private static func addPlanning(to site: Site) {
        let show: Site.Show = { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try SessionPolicy.run(in: here.project, by: visit.actor)
            return try SessionFormPage(here, changing: nil, tx)
        }
        site.page(sessions + "/new", show)
        site.post(sessions + "/new", again: show) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try SessionPolicy.run(in: here.project, by: visit.actor)
            var form = visit.form
            let details = SessionDetails(&form)
            let times = SessionFormPage.times.compactMap { form.start($0, zone: here.service.zone, isNeeded: $0 == "1") }
            try form.check()
            let planned = try PlanSessions.run(details, at: times, in: here.project, by: visit.deed, tx)
            guard planned.count == 1, let only = planned.first else { return .see(here.here("sessions")) }
            return .see(here.here("sessions", only.id))
        }
    }

    private static func addChanging(to site: Site) {
        let show: Site.Show = { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try SessionPolicy.run(in: here.project, by: visit.actor)
            return try SessionFormPage(here, changing: found(here, tx), tx)
        }
        site.page(sessions + "/:session/change", show)
        site.post(sessions + "/:session/change", again: show) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try SessionPolicy.run(in: here.project, by: visit.actor)
            let session = try found(here, tx)
            var form = visit.form
            let details = SessionDetails(&form)
            let time = form.start("1", zone: here.service.zone, isNeeded: true)
            let version = form.version
            try form.check()
            try ChangeSession.run(
                session,
                of: here.project,
                to: details,
                at: time ?? session.startsAt,
                version: version,
                in: here.service,
                by: visit.deed,
                tx
            )
            return .see(here.here("sessions", session.id))
        }
    }

    private static func addWritingUp(to site: Site) {
        let show: Site.Show = { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try SessionPolicy.run(in: here.project, by: visit.actor)
            return try WriteUpPage(here, found(here, tx), tx)
        }
        site.page(sessions + "/:session/attendance", show)
        site.post(sessions + "/:session/attendance", again: show) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try SessionPolicy.run(in: here.project, by: visit.actor)
            let session = try found(here, tx)
            var form = visit.form
            let attendance = WriteUpPage.attendance(&form, here.perspectives)
            let notes = form.text("notes", limit: 10_000)
            let version = form.version
            try form.check()
            try WriteUpSession.run(
                session,
                of: here.project,
                attendance: attendance,
                notes: notes,
                version: version,
                in: here.service,
                by: visit.deed,
                tx
            )
            return .see(here.here("sessions", session.id))
        }
    }

    private static func calendar(_ here: ProjectVisit, _ session: Session) -> Answer {
        let mayCome = SessionPolicy.mayCome(session, of: here.project, here.actor)
        let base = here.visit.site.base
        let host = base.description.split(separator: "/").dropFirst().first.map { String($0) } ?? "heard"
        let file = CalendarFile.bytes(
            session,
            place: mayCome ? session.place : nil,
            about: mayCome ? session.about : nil,
            page: session.url(of: here.project, in: here.service).absolute(on: base),
            host: host,
            now: here.visit.at
        )
        return .bytes(file, type: "text/calendar; charset=utf-8", here.surroundings())
    }
}
