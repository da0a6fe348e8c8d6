import Kernel

/// Who may do what with the directory. Pure: the same functions guard pages, forms, JSON and open data.
public enum DirectoryPolicy {
    /// Everybody reads what is shown; editors what is held back and what was taken out as well.
    public static func read(_ entry: Entry, by actor: Actor) throws {
        guard mayRead(entry, actor) else { throw entry.state == .held ? Refusal.notFound : Refusal.gone(because: W.entryGone) }
    }

    public static func mayRead(_ entry: Entry, _ actor: Actor) -> Bool { entry.state == .shown || mayEdit(actor) }

    /// Writing in it: whoever carries the duty, for whichever service; the directory is the same for all of them.
    public static func edit(by actor: Actor) throws {
        guard actor.person != nil || isSoftware(actor) else { throw Refusal.signIn }
        guard mayEdit(actor) else { throw Refusal.notAllowed(because: W.onlyEditors) }
    }

    public static func mayEdit(_ actor: Actor) -> Bool { actor.carriesAnywhere(.directoryEditor) || isSoftware(actor) }

    /// A command of whoever runs the machine, such as `heard import`.
    private static func isSoftware(_ actor: Actor) -> Bool {
        if case .system = actor { true } else { false }
    }
}
