import HTML
import Kernel
import People
import Services
import Store
import Web
import Words

/// The groups of a project, for its people and those who set it up.
struct GroupsPage: Page {
    let heading = W.groups
    let caption: String?
    let lead: String? = W.groupsLead
    let groups: [Row]
    let fields: Filled?
    let surroundings: Surroundings
    private let new: SafeURL
    private let perspectives: Perspectives
    var problems: Problems { fields?.problems ?? Problems() }

    struct Row: Encodable, Sendable {
        let name: String
        let about: String
        /// Only for those who may go in or arrange it.
        let url: SafeURL?
        let isMine: Bool
        let isClosed: Bool
        let isFor: String?
    }

    private enum CodingKeys: String, CodingKey { case groups, fields }

    init(_ here: ProjectVisit, _ tx: Transaction) throws {
        let project = here.project
        let mayArrange = ProjectPolicy.mayChange(project, here.actor)
        caption = project.title
        groups = try ProjectStore.groups(of: project.id, tx).map { group in
            let mayOpen = mayArrange || ProjectPolicy.mayEnter(group, of: project, here.actor)
            return Row(
                name: group.name,
                about: group.about,
                url: mayOpen ? here.here("groups", group.id) : nil,
                isMine: here.actor.isMember(of: group.id),
                isClosed: group.closedAt != nil,
                isFor: group.perspective.map(here.perspectives.label)
            )
        }
        fields = mayArrange ? Filled(here.visit.form, beginning: ["name": "", "about": "", "perspective": ""]) : nil
        surroundings = here.surroundings(isPrivate: true)
        new = here.here("groups")
        perspectives = here.perspectives
    }

    var html: HTML {
        HTML {
            if groups.isEmpty { emptyState(W.noGroups) }
            cards { for row in groups { group(row) } }
            if let fields {
                section(W.addGroup) {
                    form(post: new) {
                        GroupFields.html(fields, perspectives)
                        button(W.addGroup)
                    }
                }
            }
        }
    }

    private func group(_ row: Row) -> HTML {
        card(row.name, to: row.url) {
            if row.isMine { p { tag(W.yourGroup, .good) } }
            if row.isClosed { p { tag(W.groupClosedTag) } }
            if let isFor = row.isFor { p(W.groupOnlyFor(perspective: isFor)) }
            if !row.about.isEmpty { words(row.about) }
        }
    }
}

enum GroupFields {
    static func html(_ fields: Filled, _ perspectives: Perspectives) -> HTML {
        let problems = fields.problems
        let options = [Choice("", W.forEverybody)] + perspectives.all.map { Choice($0.key, $0.label) }
        return HTML {
            textField("name", label: W.groupName, value: fields["name"], hint: W.groupNameHint, problems: problems)
            textArea("about", label: W.groupAbout, value: fields["about"], problems: problems, limit: 2_000, rows: 3, isOptional: true)
            selectField(
                "perspective",
                label: W.groupPerspective,
                options: options,
                value: fields["perspective"],
                hint: W.groupPerspectiveHint,
                problems: problems
            )
        }
    }
}

/// The room of a group: who belongs to it, the way to what was said there, and how others get in.
struct GroupPage: Page {
    let heading: String
    let caption: String?
    let about: String
    let isClosed: Bool
    /// nil for administrators, who arrange groups and never look inside.
    let members: [MembersOf]?
    let voices: SafeURL?
    let say: SafeURL?
    let sessions: SafeURL
    let isMine: Bool
    let invitations: [InvitationRow]?
    let fields: Filled?
    let surroundings: Surroundings
    private let below: @Sendable (String) -> SafeURL
    private let group: ProjectGroup
    private let perspectives: Perspectives
    private let mayArrange: Bool
    var problems: Problems { fields?.problems ?? Problems() }

    /// The people of one perspective.
    struct MembersOf: Encodable, Sendable {
        let perspective: String
        let people: [Row]

        struct Row: Encodable, Sendable {
            let name: String
            let isYou: Bool
            let remove: SafeURL?
        }
    }

    struct InvitationRow: Encodable, Sendable {
        let perspective: String
        let uses: String
        let ends: String
        let state: String
        let show: SafeURL?
        let revoke: SafeURL?
    }

    private enum CodingKeys: String, CodingKey { case about, isClosed, members, voices, say, sessions, isMine, invitations, fields }

    init(_ here: ProjectVisit, _ group: ProjectGroup, _ tx: Transaction) throws {
        let (project, actor) = (here.project, here.actor)
        let isIn = ProjectPolicy.mayEnter(group, of: project, actor)
        self.group = group
        heading = group.name
        caption = project.title
        about = group.about
        isClosed = group.closedAt != nil
        below = { here.here("groups", group.id, $0) }
        isMine = actor.isMember(of: group.id)
        members = isIn ? try Self.members(here, group, tx) : nil
        voices = isIn ? here.here("voices", query: ["group": group.id]) : nil
        say = isMine && project.state == .open ? here.here("say").adding("group", group.id) : nil
        sessions = here.here("sessions")
        mayArrange = ProjectPolicy.mayChange(project, actor)
        invitations = mayArrange ? try Self.invitations(here, group, tx) : nil
        perspectives = here.perspectives
        fields = mayArrange && group.closedAt == nil ? Filled(here.visit.form, beginning: InvitationFields.beginning(group)) : nil
        surroundings = here.surroundings(Link(W.groups, to: here.here("groups")), isPrivate: true)
    }

    private static func members(_ here: ProjectVisit, _ group: ProjectGroup, _ tx: Transaction) throws -> [MembersOf] {
        let all = try MemberStore.of(group.id, tx)
        let mayRemove = ProjectPolicy.runs(here.project, here.actor)
        return here.perspectives.all.compactMap { perspective in
            let people = all.filter { $0.perspective == perspective.key }.map { member in
                MembersOf.Row(
                    name: member.name ?? (perspective.one.prefix(1).uppercased() + perspective.one.dropFirst()),
                    isYou: member.person == here.actor.personID,
                    remove: mayRemove ? here.here("groups", group.id, "members", member.person) : nil
                )
            }
            return people.isEmpty ? nil : MembersOf(perspective: perspective.label, people: people)
        }
    }

    private static func invitations(_ here: ProjectVisit, _ group: ProjectGroup, _ tx: Transaction) throws -> [InvitationRow] {
        try InvitationStore.list(group.id, tx).map { invitation in
            let state = invitation.state(at: here.visit.at)
            let url = here.here("groups", group.id, "invitations", invitation.id)
            return InvitationRow(
                perspective: here.perspectives.label(invitation.perspective ?? ""),
                uses: W.usesLeft(left: String(invitation.usesLeft), all: String(invitation.uses)),
                ends: here.dates.day(invitation.endsAt),
                state: stateWords(state),
                show: state == .open ? url : nil,
                revoke: state == .open ? here.here("groups", group.id, "invitations", invitation.id, "revocation") : nil
            )
        }
    }

    private static func stateWords(_ state: Invitation.State) -> String {
        switch state {
        case .open: W.invitationOpen
        case .used: W.invitationUsed
        case .ended: W.invitationOver
        case .revoked: W.invitationRevoked
        }
    }

    var html: HTML {
        HTML {
            if isClosed { inset { p(W.groupIsClosed) } }
            if !about.isEmpty { words(about) }
            if let voices { room(voices) }
            if let members { people(members) }
            if isMine { leaving }
            if let invitations { inviting(invitations) }
            if mayArrange { arranging }
        }
    }

    private func room(_ voices: SafeURL) -> HTML {
        section(W.room) {
            p(W.roomWords)
            if let say { p { buttonLink(W.saySomething, to: say) } }
            ul {
                li { a(W.roomVoices, to: voices) }
                li { a(W.sessions, to: sessions) }
            }
        }
    }

    private func people(_ members: [MembersOf]) -> HTML {
        section(W.whoIsHere) {
            if members.isEmpty { p(W.nobodyYet) }
            for perspective in members {
                section(perspective.perspective) {
                    ul {
                        for person in perspective.people {
                            li {
                                person.isYou ? W.thatIsYou(name: person.name) : person.name
                                if let remove = person.remove, !person.isYou {
                                    " "
                                    a(W.takeOut, about: person.name, to: remove)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private var leaving: HTML {
        details(W.leaveGroup) {
            p(W.leaveGroupWords)
            postButton(W.leaveGroupButton, to: below("leaving"), kind: .warning)
        }
    }

    private func inviting(_ invitations: [InvitationRow]) -> HTML {
        section(W.invitations) {
            if !invitations.isEmpty {
                table(
                    caption: W.invitationsCaption,
                    columns: [
                        TableColumn(W.invitationFor), TableColumn(W.invitationUses), TableColumn(W.invitationEnds), TableColumn(W.state),
                        TableColumn(W.whatToDo),
                    ],
                    rows: invitations.map(invitationRow)
                )
            }
            if let fields {
                section(W.newInvitation) {
                    p(W.newInvitationLead)
                    form(post: below("invitations")) {
                        InvitationFields.html(fields, perspectives, group)
                        button(W.makeInvitation)
                    }
                }
            }
        }
    }

    private func invitationRow(_ row: InvitationRow) -> TableRow {
        let ways = HTML {
            if let show = row.show { p { a(W.invitationShow, about: row.perspective, to: show) } }
            if let revoke = row.revoke { postButton(W.revoke, about: row.perspective, to: revoke, kind: .quiet) }
        }
        return TableRow(row.perspective, [HTML(row.uses), HTML(row.ends), HTML(row.state), ways])
    }

    private var arranging: HTML {
        section(W.arrange) {
            ul { li { a(W.changeGroup, to: below("settings")) } }
        }
    }
}

enum InvitationFields {
    // One use where the group is for one perspective alone, as the young people's is: a link that goes round lets nobody else in.
    // 30 days: long enough for the next letter home and the session after it.
    static func beginning(_ group: ProjectGroup) -> KeyValuePairs<String, String> {
        ["perspective": group.perspective ?? "", "uses": group.perspective == nil ? "10" : "1", "days": "30"]
    }

    static func html(_ fields: Filled, _ perspectives: Perspectives, _ group: ProjectGroup) -> HTML {
        let problems = fields.problems
        let options = perspectives.all.filter { group.perspective == nil || group.perspective == $0.key }
        return HTML {
            radios(
                "perspective",
                legend: W.invitationWho,
                options: options.map { Choice($0.key, $0.label) },
                value: fields["perspective"],
                hint: W.invitationWhoHint,
                problems: problems
            )
            numberField("uses", label: W.invitationHowMany, value: fields["uses"], hint: W.invitationHowManyHint, problems: problems)
            numberField("days", label: W.invitationDays, value: fields["days"], problems: problems)
        }
    }
}

/// Renames a group, or closes it.
struct GroupSettingsPage: Page {
    let heading = W.changeGroup
    let caption: String?
    let fields: Filled
    let version: Int
    let isClosed: Bool
    let surroundings: Surroundings
    private let action: SafeURL
    private let closing: SafeURL
    private let perspectives: Perspectives
    var problems: Problems { fields.problems }

    private enum CodingKeys: String, CodingKey { case fields, version, isClosed }

    init(_ here: ProjectVisit, _ group: ProjectGroup) {
        caption = group.name
        fields = Filled(
            here.visit.form,
            beginning: ["name": group.name, "about": group.about, "perspective": group.perspective ?? ""]
        )
        version = group.version
        isClosed = group.closedAt != nil
        perspectives = here.perspectives
        surroundings = here.surroundings(
            Link(W.groups, to: here.here("groups")),
            Link(group.name, to: here.here("groups", group.id)),
            isPrivate: true
        )
        action = here.here("groups", group.id, "settings")
        closing = here.here("groups", group.id, "closing")
    }

    var html: HTML {
        HTML {
            form(post: action) {
                hidden("version", version)
                GroupFields.html(fields, perspectives)
                button(Common.save)
            }
            if !isClosed {
                section(W.closeGroup) {
                    p(W.closeGroupWords)
                    postButton(W.closeGroup, to: closing, kind: .warning)
                }
            }
        }
    }
}

/// Asks why somebody is taken out of a group, before it is done.
struct RemoveMemberPage: Page {
    let heading: String
    let caption: String?
    let lead: String? = W.takeOutLead
    let fields: Filled
    let surroundings: Surroundings
    private let action: SafeURL
    var problems: Problems { fields.problems }

    private enum CodingKeys: String, CodingKey { case fields }

    init(_ here: ProjectVisit, _ group: ProjectGroup, _ member: Member) {
        heading = W.takeOutHeading(name: member.name ?? Common.someone)
        caption = group.name
        fields = Filled(here.visit.form, beginning: ["why": ""])
        surroundings = here.surroundings(
            Link(W.groups, to: here.here("groups")),
            Link(group.name, to: here.here("groups", group.id)),
            isPrivate: true
        )
        action = here.here("groups", group.id, "members", member.person)
    }

    var html: HTML {
        form(post: action) {
            textArea("why", label: W.takeOutWhy, value: fields["why"], hint: W.takeOutWhyHint, problems: problems, limit: 1_000, rows: 4)
            button(W.takeOutButton, kind: .warning)
        }
    }
}
