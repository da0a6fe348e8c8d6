/// One person's ballot in an export, under a made-up name. Only the field of the decision's method is filled in; none is an empty ballot.
public struct ExportedBallot: Sendable, Hashable, Codable {
    /// A step of a ranking: one option, or several that are equal.
    public struct Tier: Sendable, Hashable, Codable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
        public let options: [String]

        public init(_ options: [String]) { self.options = options }

        public init(stringLiteral option: String) { self.init([option]) }

        public init(arrayLiteral options: String...) { self.init(options) }

        /// `"a"` or `["a", "b"]`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let option = try? container.decode(String.self) {
                self.init([option])
            } else {
                self.init(try container.decode([String].self))
            }
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if options.count == 1 { try container.encode(options[0]) } else { try container.encode(options) }
        }
    }

    /// An answer to a proposal.
    public struct Consent: Sendable, Hashable, Codable {
        public enum Answer: String, Sendable, Hashable, Codable, CaseIterable {
            case consent
            case concern
            case objection
            case standAside = "stand-aside"
        }

        public var answer: Answer
        /// What to watch, or why not.
        public var reason: String?
        /// What became of an objection; `open` where it is missing.
        public var objection: ConsentRound.Objection?
        /// The version answered; 1 where it is missing.
        public var version: Int?

        public init(_ answer: Answer, reason: String? = nil, objection: ConsentRound.Objection? = nil, version: Int? = nil) {
            (self.answer, self.reason, self.objection, self.version) = (answer, reason, objection, version)
        }
    }

    public var voter: String
    public var perspective: String
    /// Best first; what is left out comes last.
    public var ranking: [Tier]?
    /// 0 to 5, by option.
    public var grades: [String: Int]?
    /// The options supported.
    public var approvals: [String]?
    /// By statement.
    public var answers: [String: StatementAnswer]?
    public var consent: Consent?

    public init(voter: String, perspective: String) { (self.voter, self.perspective) = (voter, perspective) }

    /// The fields that are filled in.
    var fields: Set<String> {
        let all = [
            "ranking": ranking != nil, "grades": grades != nil, "approvals": approvals != nil, "answers": answers != nil,
            "consent": consent != nil,
        ]
        return Set(all.filter(\.value).keys)
    }
}

extension DecisionExport.Method {
    /// The field of a ballot that this method reads.
    var field: String {
        switch self {
        case .consent: "consent"
        case .majorityJudgment: "grades"
        case .schulze, .rankedPairs: "ranking"
        case .equalShares: "approvals"
        case .agreeDisagreePass: "answers"
        }
    }
}
