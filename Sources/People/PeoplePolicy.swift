import Kernel

/// Who may do what with people. Pure: every fact is handed in.
public enum PeoplePolicy {
    /// Inviting staff, giving and taking duties: administrators of the organisation, and the software while it is set up.
    static func manageStaff(by actor: Actor) throws {
        if case .system = actor { return }
        guard actor.person != nil else { throw Refusal.signIn }
        guard actor.carries(.administrator, at: .organisation) else { throw Refusal.notAllowed(because: W.onlyAdministrators) }
    }

    /// Inviting to a group and taking invitations back: whoever facilitates there, administrators, and the software while it is set up.
    public static func invite(to place: Place, by actor: Actor) throws {
        if case .system = actor { return }
        guard actor.person != nil else { throw Refusal.signIn }
        guard actor.carries(.facilitator, .administrator, at: place) else { throw Refusal.notAllowed(because: W.onlyFacilitatorsInvite) }
    }

    /// Nobody gives themselves a duty that reads what people said or worries about: another administrator has to. That goes for the first
    /// administrator too, who invites whoever is to run the project.
    static func give(_ duty: Duty, to person: PersonID, by actor: Actor) throws {
        try manageStaff(by: actor)
        guard duty.reads, actor.personID == person else { return }
        throw Refusal.notAllowed(because: W.notToYourself(duty: duty.label))
    }

    /// Nobody comes in by an invitation they made, and whoever can make some for a group takes no family's or young person's place in it.
    static func use(_ invitation: Invitation, to place: Place, isStaff: Bool, by actor: Actor) throws {
        guard actor.person != nil else { return }
        if invitation.madeBy == actor.trailName { throw Refusal.notAllowed(because: W.notYourOwnLink) }
        if !isStaff, actor.carries(.facilitator, .administrator, at: place) { throw Refusal.notAllowed(because: W.notTheirPlace) }
    }

    /// There is always somebody who can let others in.
    static func keepAnAdministrator(taking grant: Grant, from person: PersonID, administrators: Set<PersonID>) throws {
        guard grant == Grant(.administrator, .organisation), administrators == [person] else { return }
        throw Refusal.notAllowed(because: W.lastAdministrator)
    }

    static func close(_ person: PersonID, administrators: Set<PersonID>) throws {
        guard administrators != [person] else { throw Refusal.notAllowed(because: W.lastAdministratorCloses) }
    }

    /// One perspective per person per project, for ever: whoever left and comes back brings the same.
    static func join(with perspective: String, earlier: String?, label: (String) -> String) throws {
        guard let earlier, earlier != perspective else { return }
        throw Refusal.notAllowed(because: W.otherPerspective(earlier: label(earlier), offered: label(perspective)))
    }
}
