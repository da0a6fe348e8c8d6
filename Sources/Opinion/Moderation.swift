/// Statements that are kept out of the picture, by id: rejected ones, and ones about the conversation itself.
public struct Moderation: Sendable {
    public var rejected: Set<UInt64>
    public var meta: Set<UInt64>

    public init(rejected: Set<UInt64> = [], meta: Set<UInt64> = []) {
        self.rejected = rejected
        self.meta = meta
    }

    public static let none = Moderation()

    /// For each column, whether it takes part in the picture.
    func isKept(_ matrix: OpinionMatrix) -> [Bool] { matrix.statements.map { !rejected.contains($0) && !meta.contains($0) } }

    func isMeta(_ matrix: OpinionMatrix) -> [Bool] { matrix.statements.map { meta.contains($0) } }
}
