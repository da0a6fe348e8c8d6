import Kernel
import Store

/// Who last said that an entry is true, as far as everybody may know: an organisation, never a person's name.
public enum Assurance: Sendable, Equatable {
    case never
    /// Somebody of the place itself, by their link.
    case owner
    case editors
    /// The directory that it came from says so.
    case source

    public static func of(_ entry: Entry, _ tx: Transaction) throws -> Assurance {
        guard let day = entry.assuredAt else { return .never }
        let found = try tx.first(
            """
            SELECT by_name FROM directory_versions WHERE entry = \(entry.id) AND at = \(day) AND what IN ('confirmed', 'mended', 'changed')
            ORDER BY version DESC LIMIT 1
            """
        ) { try $0.next() as String? }
        if let name = found { return name == nil ? .editors : .owner }
        return entry.source == nil ? .editors : .source
    }
}
