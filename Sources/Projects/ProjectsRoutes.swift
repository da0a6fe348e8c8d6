import HTML
import Kernel
import People
import Services
import Store
import Web

public enum ProjectsRoutes {
    private static let here = "/:service/projects/:project"

    public static func add(to site: Site) {
        addProject(to: site)
        addActivities(to: site)
        addGroups(to: site)
        addMembers(to: site)
        addInvitations(to: site)
        addDuties(to: site)
    }

    private static func addProject(to site: Site) {
        let showNew: Site.Show = { visit, tx in
            let here = try ServiceVisit(visit, tx)
            try ProjectPolicy.make(in: here.service, by: visit.actor)
            return ProjectFormPage(new: here)
        }
        site.page("/:service/projects/new", showNew)
        site.post("/:service/projects/new", again: showNew) { visit, tx in
            let here = try ServiceVisit(visit, tx)
            try ProjectPolicy.make(in: here.service, by: visit.actor)
            var form = visit.form
            let details = ProjectDetails(&form)
            try form.check()
            let made = try MakeProject.run(details, in: here.service, by: visit.deed, tx)
            return .see(made.settingsURL(in: here.service).adding("done", "added"))
        }
        let show: Site.Show = { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ProjectPolicy.change(here.project, by: visit.actor)
            return ProjectFormPage(here)
        }
        site.page(Self.here + "/settings", show)
        site.post(Self.here + "/settings", again: show) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ProjectPolicy.change(here.project, by: visit.actor)
            var form = visit.form
            let details = ProjectDetails(&form)
            let version = form.version
            try form.check()
            let changed = try ChangeProject.run(here.project.id, to: details, version: version, by: visit.deed, tx)
            return .see(changed.settingsURL(in: here.service))
        }
    }

    private static func addActivities(to site: Site) {
        let showAll: Site.Show = { visit, tx in try ActivitiesPage(ProjectVisit(visit, tx), tx) }
        site.open(here + "/activities", showAll)
        site.post(here + "/activities", again: showAll) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ProjectPolicy.run(here.project, by: visit.actor)
            var form = visit.form
            try ChangeActivities.add(ActivityDetails(&form), to: here.project, by: visit.deed, tx)
            return .see(here.here("activities"))
        }
        let show: Site.Show = { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ProjectPolicy.run(here.project, by: visit.actor)
            return ActivityPage(here, try ActivityStore.find(visit.id("activity"), in: here.project.id, tx))
        }
        site.page(here + "/activities/:activity", show)
        site.post(here + "/activities/:activity", again: show) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ProjectPolicy.run(here.project, by: visit.actor)
            let id: ActivityID = try visit.id("activity")
            var form = visit.form
            let version = form.version
            let details = try ActivityDetails(&form)
            try ChangeActivities.change(
                id,
                of: here.project,
                to: details,
                version: version,
                again: here.here("activities", id),
                by: visit.deed,
                tx
            )
            return .see(here.here("activities"))
        }
        site.post(here + "/activities/:activity/order") { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ChangeActivities.moveUp(visit.id("activity"), of: here.project, by: visit.deed, tx)
            return .see(here.here("activities"))
        }
    }

    private static func addGroups(to site: Site) {
        let showAll: Site.Show = { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ProjectPolicy.knowGroups(of: here.project, by: visit.actor)
            return try GroupsPage(here, tx)
        }
        site.page(here + "/groups", showAll)
        site.post(here + "/groups", again: showAll) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ProjectPolicy.arrange(groupsOf: here.project, by: visit.actor)
            var form = visit.form
            let group = try MakeGroup.run(GroupDetails(&form), in: here.project, by: visit.deed, tx)
            return .see(here.here("groups", group.id))
        }
        let show: Site.Show = { visit, tx in
            let here = try GroupVisit(visit, tx)
            try here.mayOpen()
            return try GroupPage(here.project, here.group, tx)
        }
        site.page(here + "/groups/:group", show)
        let showSettings: Site.Show = { visit, tx in
            let here = try GroupVisit(visit, tx)
            try here.mayArrange()
            return GroupSettingsPage(here.project, here.group)
        }
        site.page(here + "/groups/:group/settings", showSettings)
        site.post(here + "/groups/:group/settings", again: showSettings) { visit, tx in
            let here = try GroupVisit(visit, tx)
            try here.mayArrange()
            var form = visit.form
            let version = form.version
            try ChangeGroup.run(
                here.group,
                of: here.project.project,
                to: GroupDetails(&form),
                version: version,
                again: here.url("settings"),
                by: visit.deed,
                tx
            )
            return .see(here.url())
        }
        site.post(here + "/groups/:group/closing") { visit, tx in
            let here = try GroupVisit(visit, tx)
            try here.mayArrange()
            try ChangeGroup.close(here.group, of: here.project.project, by: visit.deed, tx)
            return .see(here.url())
        }
    }

    private static func addMembers(to site: Site) {
        site.post(here + "/groups/:group/leaving") { visit, tx in
            let here = try GroupVisit(visit, tx)
            try LeaveGroup.run(here.group, of: here.project.project, by: visit.deed, tx)
            return .see(here.project.url)
        }
        let show: Site.Show = { visit, tx in
            let here = try GroupVisit(visit, tx)
            try here.mayRun()
            let person: PersonID = try visit.id("person")
            guard let member = try MemberStore.of(here.group.id, tx).first(where: { $0.person == person }) else { throw Refusal.notFound }
            return RemoveMemberPage(here.project, here.group, member)
        }
        site.page(here + "/groups/:group/members/:person", show)
        site.post(here + "/groups/:group/members/:person", again: show) { visit, tx in
            let here = try GroupVisit(visit, tx)
            try here.mayRun()
            var form = visit.form
            let why = form.text("why", limit: 1_000, empty: W.takeOutWhyEmpty)
            try form.check()
            try RemoveMember.run(visit.id("person"), from: here.group, of: here.project.project, why: why, by: visit.deed, tx)
            return .see(here.url())
        }
    }

    private static func addInvitations(to site: Site) {
        let showGroup: Site.Show = { visit, tx in
            let here = try GroupVisit(visit, tx)
            try here.mayArrange()
            return try GroupPage(here.project, here.group, tx)
        }
        site.post(here + "/groups/:group/invitations", again: showGroup) { visit, tx in
            let here = try GroupVisit(visit, tx)
            try here.mayArrange()
            var form = visit.form
            let perspective = form.line("perspective", limit: Slug.limit, empty: W.invitationWhoEmpty)
            // What is no number is refused as a number out of bounds, in the same words.
            let uses = Int(form["uses"]) ?? 0
            let days = Int(form["days"]) ?? 0
            try form.check()
            let (made, _) = try InviteToGroup.run(
                group: here.group.id,
                project: here.project.project.id,
                perspective: perspective,
                uses: uses,
                days: days,
                by: visit.deed,
                tx
            )
            return .see(here.url("invitations", made.id.text))
        }
        site.page(here + "/groups/:group/invitations/:invitation") { visit, tx in
            let here = try GroupVisit(visit, tx)
            try here.mayArrange()
            return try InvitationPage(here.project, here.group, InvitationStore.find(visit.id("invitation"), tx), tx)
        }
        site.post(here + "/groups/:group/invitations/:invitation/revocation") { visit, tx in
            let here = try GroupVisit(visit, tx)
            try here.mayArrange()
            let invitation = try InvitationStore.find(visit.id("invitation"), tx)
            guard invitation.group == here.group.id else { throw Refusal.notFound }
            try RevokeInvitation.run(invitation.id, by: visit.deed, tx)
            return .see(here.url())
        }
    }

    private static func addDuties(to site: Site) {
        let show: Site.Show = { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ProjectPolicy.knowDuties(in: here.project, by: visit.actor)
            return try DutiesPage(here, tx)
        }
        site.page(here + "/people", show)
        site.post(here + "/people", again: show) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ProjectPolicy.giveDuties(by: visit.actor)
            var form = visit.form
            let duty: Duty? = form.choice("duty", missing: W.dutyWhichEmpty)
            let person = PersonID(form["person"])
            if person == nil { form.problems.add("person", W.dutyToWhomEmpty) }
            if let duty, !DutyReach.isEnough(duty, .project(here.project.id)) { form.problems.add("duty", W.dutyIsWider) }
            try form.check()
            guard let duty, let person, duty != .administrator else { throw Refusal.notFound }
            try GiveDuty.run(duty, reaching: .project(here.project.id), to: person, by: visit.deed, tx)
            return .see(here.here("people"))
        }
        site.post(here + "/people/:person/:duty/end") { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try ProjectPolicy.giveDuties(by: visit.actor)
            guard let duty = Duty(rawValue: try visit.part("duty")) else { throw Refusal.notFound }
            try TakeDuty.run(duty, reaching: .project(here.project.id), from: visit.id("person"), by: visit.deed, tx)
            return .see(here.here("people"))
        }
    }
}

/// A visit to a page of one group: the group is found only by those who may know of it.
struct GroupVisit {
    let project: ProjectVisit
    let group: ProjectGroup

    init(_ visit: Visit, _ tx: Transaction) throws {
        project = try ProjectVisit(visit, tx)
        try ProjectPolicy.knowGroups(of: project.project, by: visit.actor)
        group = try ProjectStore.group(visit.id("group"), tx)
        guard group.project == project.project.id else { throw Refusal.notFound }
    }

    /// Members and facilitators go in; administrators see how it is arranged, and nothing of what is inside.
    func mayOpen() throws {
        guard !ProjectPolicy.mayChange(project.project, project.actor) else { return }
        try ProjectPolicy.room(group, of: project.project, by: project.actor)
    }

    func mayArrange() throws { try ProjectPolicy.arrange(groupsOf: project.project, by: project.actor) }
    func mayRun() throws { try ProjectPolicy.run(project.project, by: project.actor) }

    func url(_ segments: String...) -> SafeURL {
        segments.reduce(project.here("groups", group.id)) { SafeURL(local: "\($0)/\($1)") ?? $0 }
    }
}
