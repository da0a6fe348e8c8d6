import Kernel

/// Keeps small numbers inside the room: where two parents came, a number tells who said what.
public enum SmallNumbers {
    /// Who is looking, from the smallest circle to the widest.
    public enum Circle: Sendable, Hashable, CaseIterable {
        /// Those who were there, or could have been: they know anyway.
        case room
        /// Others who carry a duty in the project.
        case organisation
        /// Everybody else.
        case everyone

        /// The smallest number that this circle is shown: 0, 5 and 10.
        public var least: Int {
            switch self {
            case .room: 0
            case .organisation: 5
            case .everyone: 10
            }
        }
    }

    /// A number as somebody may see it.
    public enum Shown: Sendable, Hashable, Encodable {
        case number(Int)
        /// There were some, but fewer than may be told.
        case few(below: Int)
        /// Not told at all, since it would give another number away.
        case withheld

        /// "12", "fewer than 10", "not shown"
        public var words: String {
            switch self {
            case .number(let number): String(number)
            case .few(let least): W.fewerThan(number: String(least))
            case .withheld: W.notShown
            }
        }

        /// The number where it may be told.
        public var number: Int? { if case .number(let number) = self { number } else { nil } }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if case .number(let number) = self { try container.encode(number) } else { try container.encode(words) }
        }
    }

    /// One number. Nobody is a number that is always told: there is nobody to recognise.
    public static func shown(_ number: Int, outside circle: Circle) -> Shown {
        number == 0 || number >= circle.least ? .number(number) : .few(below: circle.least)
    }

    /// A count for everybody: nobody, fewer than ten, or rounded down to tens. Taking one such figure from another never gives one below ten.
    public static func inSteps(_ number: Int) -> String {
        guard let told = shown(number, outside: .everyone).number, told > 0 else { return shown(number, outside: .everyone).words }
        return W.orMore(number: String(told / 10 * 10))
    }

    /// The sum of several: withheld where a part is hidden, as the difference would reveal it.
    public static func total(_ parts: [Int], outside circle: Circle) -> Shown {
        let areAllTold = parts.allSatisfy { shown($0, outside: circle).number != nil }
        return areAllTold ? .number(parts.reduce(0, +)) : .withheld
    }

    /// The circle this actor stands in: in the room of `group`, or, where it is for the whole project, among its members. A project that is open
    /// to the public is no room: its members have never met most of those who speak in it.
    public static func circle(of actor: Actor, in project: Project, group: GroupID?) -> Circle {
        if ProjectPolicy.runs(project, actor) { return .room }
        let isThere = group.map(actor.isMember(of:)) ?? actor.isMember(of: project.id)
        if isThere, group != nil || !project.isOpenToPublic { return .room }
        return isThere || ProjectPolicy.worksIn(project, actor) ? .organisation : .everyone
    }
}
