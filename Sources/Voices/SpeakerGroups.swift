import HTML
import Kernel
import Projects
import Store
import Web

/// In which of their groups somebody says something: asked only of those who are in several groups of one project, such as clinicians.
enum SpeakerGroups {
    static func choices(of actor: Actor, in project: Project, _ tx: Transaction) throws -> [Choice] {
        let mine = ids(of: actor, in: project)
        guard mine.count > 1 else { return [] }
        return try ProjectStore.groups(of: project.id, tx).filter { mine.contains($0.id) }.map { Choice($0.id.text, $0.name) }
    }

    static func question(_ choices: [Choice], _ form: Form, from beginning: String) -> HTML {
        radios(
            "group",
            legend: W.groupLegend,
            options: choices,
            value: form.value("group", or: beginning),
            hint: W.groupHint,
            problems: form.problems
        )
    }

    /// The group a voice belongs to; nil for whoever is in none, or where a problem was added because they must choose.
    static func read(_ form: inout Form, _ actor: Actor, in project: Project) -> GroupID? {
        let mine = ids(of: actor, in: project)
        if let chosen = GroupID(form["group"]), mine.contains(chosen) { return chosen }
        if mine.count > 1 { form.problems.add("group", W.groupMissing) }
        return mine.count == 1 ? mine.first : nil
    }

    private static func ids(of actor: Actor, in project: Project) -> [GroupID] {
        actor.person?.memberships.filter { $0.project == project.id }.map(\.group) ?? []
    }
}
