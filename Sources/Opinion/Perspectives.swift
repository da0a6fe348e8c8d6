/// Who speaks from which perspective, as they declared it before answering.
public struct Perspectives: Sendable {
    /// In the order in which they first appear.
    public private(set) var names: [String] = []
    /// How many people declared each, whether they answered or not.
    public private(set) var invited: [Int] = []
    private var numbers: [String: Int] = [:]
    private var members: [UInt64: Int] = [:]

    public init() {}

    public var isEmpty: Bool { names.isEmpty }

    /// Adds somebody; false, and nothing changes, if they have already declared another perspective: one person has one.
    @discardableResult
    public mutating func add(person: UInt64, _ name: String) -> Bool {
        if let known = members[person] { return names[known] == name }
        let number = numbers[name] ?? names.count
        if number == names.count {
            numbers[name] = number
            names.append(name)
            invited.append(0)
        }
        members[person] = number
        invited[number] += 1
        return true
    }

    /// A place in `names`; nil for somebody who declared none.
    public func perspective(of person: UInt64) -> Int? { members[person] }

    /// Weights in which each perspective that is here weighs the same and the mean weight is 1: N / (R · n_r). People without a perspective
    /// weigh 0: they are placed on the map and do not shape it.
    func weights(of people: [UInt64]) -> [Double] {
        let declared = people.map { members[$0] }
        var counts = [Int](repeating: 0, count: names.count)
        for number in declared { if let number { counts[number] += 1 } }
        let (all, heard) = (counts.reduce(0, +), counts.count { $0 > 0 })
        return declared.map { $0.map { Double(all) / Double(heard * counts[$0]) } ?? 0 }
    }
}
