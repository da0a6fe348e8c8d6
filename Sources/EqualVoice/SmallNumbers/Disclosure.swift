/// What may be told of a figure outside the room: never so much that somebody could work out what one person said.
///
/// One `Disclosure` belongs to one figure for its whole life (the answers to a statement, the people at a session, a vote) and remembers what
/// was told, since a hidden number can also be worked out from two tables, or from the same table last week and today. The rules, with k = 5
/// inside the organisation and 10 in public:
/// 1. Fewer than k people in all: nothing but "fewer than k".
/// 2. Where a perspective has some people but fewer than k, its whole family (lived experience, or staff) is told as one. Where a family so
///    joined still has fewer than k, everyone is told as one. A perspective nobody has answered from is told as such; but where some of it
///    answered something else of the same round, so that there are people who left this out, it is small like any other.
/// 3. Of people told as one: how many they are, and how many gave the first answer; where that is next to none or next to all of them, only
///    that. Never the other answers.
/// 4. A score over all perspectives, and a total, only where all they are made of is told: otherwise subtracting would reveal the rest.
/// 5. A new count is told only where, against every table told before, no comparable group differs by fewer than k people's answers. The rest
///    stays as it was. This holds for answers taken back too. Who is told with whom changes only when newcomers have said both the first
///    answer and others: from every perspective that was told together and no longer is, and among those told together from now on.
/// 6. The public table is made of what the organisation was told, so that nobody learns more from holding both.
///
/// It does not protect someone whose whole perspective of k or more said the same, and it takes a person's answer for the perspective's only.
public struct Disclosure: Sendable, Hashable, Codable {
    /// Whom a perspective is told together with.
    public enum Family: String, Sendable, Hashable, Codable, CaseIterable {
        case livedExperience = "lived-experience"
        case staff
    }

    /// Who is told. Inside the room everything is: there is no case for it.
    public enum Circle: String, Sendable, Hashable, Codable, CaseIterable {
        case organisation
        case everyone

        /// k: the fewest people a number may be about.
        public var least: Int { self == .organisation ? 5 : 10 }
    }

    /// The family of each perspective of the project.
    public let families: [Family]
    private var organisation: Told
    private var everyone: Told

    public init(families: [Family]) {
        self.init(families: families, organisation: Circle.organisation.least, everyone: Circle.everyone.least)
    }

    init(families: [Family], organisation: Int, everyone: Int) {
        self.families = families
        self.organisation = Told(least: organisation)
        self.everyone = Told(least: everyone)
    }

    /// Takes the newest counts, one per perspective, and decides what of them is told from now on.
    ///
    /// - Parameter present: places of perspectives of which somebody answered something, be it not this.
    /// - Throws: `DisclosureProblem` for counts that do not fit the perspectives, each other, or themselves.
    public mutating func count(_ counts: [Count], present: Set<Int> = []) throws {
        guard counts.count == families.count else { throw DisclosureProblem.otherPerspectives }
        let shapes = Set(counts.map { $0.splits.map(\.count) })
        guard shapes.count <= 1, counts.allSatisfy(\.isSound) else { throw DisclosureProblem.unsoundCounts }
        let alone = counts.enumerated().map { Group($0.offset, families[$0.offset], $0.element) }
        organisation.tell(alone, present)
        everyone.tell(organisation.current, present)
    }

    /// What this circle is told.
    public func table(for circle: Circle) -> Table {
        let told = circle == .organisation ? organisation : everyone
        return told.current.isEmpty ? .few(below: Self.least(told.least, of: families.count)) : .rows(told.current.map(\.row))
    }
}

extension Disclosure {
    /// The people of one perspective, as only the room knows them.
    public struct Count: Sendable, Hashable, Codable {
        public let people: Int
        /// For each question they were asked, how many gave each answer; everyone gives one, so that each adds up to `people`.
        /// What is asked first, such as agreeing, is what is told of people told as one. Empty where people are only counted.
        public let splits: [[Int]]

        public init(people: Int, splits: [[Int]] = []) { (self.people, self.splits) = (people, splits) }

        /// Agree, disagree, pass.
        public init(_ answers: PerspectiveAnswers) {
            self.init(people: answers.answered, splits: [[answers.agrees, answers.disagrees, answers.passes]])
        }

        var isSound: Bool {
            people >= 0 && splits.allSatisfy { !$0.isEmpty && $0.allSatisfy((0...people).contains) && $0.reduce(0, +) == people }
        }

        static func + (left: Count, right: Count) -> Count {
            Count(people: left.people + right.people, splits: zip(left.splits, right.splits).map { zip($0, $1).map(+) })
        }
    }
}

/// Why a count cannot be taken.
public enum DisclosureProblem: Error, Equatable, Sendable {
    /// There is not one count for each perspective.
    case otherPerspectives
    /// A count is below zero, answers do not add up to the people, or perspectives were asked different questions.
    case unsoundCounts
}
