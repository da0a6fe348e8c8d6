import HTML
import Kernel

/// Finds out whether somebody else has changed the same thing since the form was opened.
public enum EditCheck {
    /// Throws `Refusal.stale` with both texts side by side unless the form was opened on the newest version.
    ///
    /// - Parameter fields: what each part is called, what is there now, and what was sent; those that agree are left out.
    public static func newest(
        _ opened: Int,
        is stored: Int,
        fields: [(label: String, theirs: String, yours: String)],
        again: SafeURL
    ) throws {
        guard opened != stored else { return }
        let differing = fields.filter { $0.theirs != $0.yours }.map { StaleEdit.Field(label: $0.label, theirs: $0.theirs, yours: $0.yours) }
        throw Refusal.stale(StaleEdit(fields: differing, again: again.description))
    }
}
