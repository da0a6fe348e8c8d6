import Finding
import Kernel
import OpenReferral

/// What families ask first and Open Referral has no member for: kept and exchanged as attributes under these terms.
public enum Trait: String, Sendable, Codable, CaseIterable {
    case waysSelf = "ways-self"
    case waysParent = "ways-parent"
    case waysSchool = "ways-school"
    case waysGP = "ways-gp"
    case waysClinician = "ways-clinician"
    case stepFree = "access-step-free"
    case signLanguage = "access-sign-language"
    case quiet = "access-quiet"
    case hasSpace = "room-space"
    case waiting = "room-waiting"

    public static let ways: [Trait] = [.waysSelf, .waysParent, .waysSchool, .waysGP, .waysClinician]
    public static let access: [Trait] = [.stepFree, .signLanguage, .quiet]
    public static let room: [Trait] = [.hasSpace, .waiting]

    public var id: String { StableID.of("trait:\(rawValue)") }

    public var label: String {
        switch self {
        case .waysSelf: W.waysSelf
        case .waysParent: W.waysParent
        case .waysSchool: W.waysSchool
        case .waysGP: W.waysGP
        case .waysClinician: W.waysClinician
        case .stepFree: W.stepFree
        case .signLanguage: W.signLanguage
        case .quiet: W.quiet
        case .hasSpace: W.hasSpace
        case .waiting: W.waiting
        }
    }

    public var family: TraitFamily {
        if Trait.ways.contains(self) { return .ways }
        return Trait.access.contains(self) ? .access : .room
    }

    var finding: FindingItem.Traits {
        switch self {
        case .waysSelf: [.selfReferral, .saysWays]
        case .waysParent, .waysSchool, .waysGP, .waysClinician: .saysWays
        case .stepFree: .stepFree
        case .signLanguage: .signLanguage
        case .quiet: .quiet
        case .hasSpace: .hasSpace
        case .waiting: .isWaiting
        }
    }
}

/// Traits that belong together: a taxonomy.
public enum TraitFamily: String, Sendable, CaseIterable {
    case ways, access, room

    public var id: String { StableID.of("taxonomy:\(rawValue)") }

    public var label: String {
        switch self {
        case .ways: W.waysIn
        case .access: W.access
        case .room: W.room
        }
    }

    public var traits: [Trait] { Trait.allCases.filter { $0.family == self } }
}

/// The needs by which entries are found: a taxonomy of the organisation's own.
public enum Needs {
    public static let taxonomy = StableID.of("taxonomy:needs")

    /// Those that every directory begins with and in which somebody may be in danger, whatever they are called by now; and what people say for
    /// them, besides what editors wrote: nobody can take it out by mistake.
    static let urgent: [String: [String]] = [
        StableID.of("need:Self-harm"): [
            "self harm", "self harming", "hurt myself", "hurting myself", "harm myself", "harming myself", "cut myself", "cutting myself",
            "overdose",
        ],
        StableID.of("need:Thoughts of suicide"): [
            "suicide", "suicidal", "kill myself", "killing myself", "want to die", "wants to die", "end my life", "ending my life",
            "end it all",
            "don’t want to live", "don’t want to be here", "don’t want to be alive", "no reason to live", "better off dead",
        ],
    ]
    /// Under which people who listen are listed.
    public static let someoneToTalkTo = StableID.of("need:Someone to talk to")
}
