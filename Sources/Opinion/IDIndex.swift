/// Numbers ids from 0 in the order in which they are first seen, so that everything after works on small whole numbers.
///
/// Ids of real files are small, so the first million are looked up in a plain table; two look-ups an answer are most of what a file costs
/// after its bytes are read. Larger ids, up to 2⁶⁴ − 1, go to a dictionary.
public struct IDIndex: Sendable {
    /// The ids, in the order in which they were first seen.
    public private(set) var ids: [UInt64] = []
    /// Number plus one by id; 0 where there is none.
    private var small: [UInt32] = []
    private var large: [UInt64: UInt32] = [:]

    private static let mostSmall: UInt64 = 1 << 20

    public init() {}

    public var count: Int { ids.count }

    /// The number of `id`; nil if it was never seen.
    public func number(of id: UInt64) -> Int? {
        guard id < Self.mostSmall else { return large[id].map(Int.init) }
        let found = id < small.count ? small[Int(id)] : 0
        return found == 0 ? nil : Int(found) - 1
    }

    /// The number of `id`, given now if it is new.
    public mutating func number(adding id: UInt64) -> Int {
        if let known = number(of: id) { return known }
        if id < Self.mostSmall { addSmall(Int(id)) } else { large[id] = UInt32(ids.count) }
        ids.append(id)
        return ids.count - 1
    }

    private mutating func addSmall(_ id: Int) {
        // In powers of two, so that ids that grow one by one do not copy the table each time.
        while small.count <= id { small += [UInt32](repeating: 0, count: max(small.count, 64)) }
        small[id] = UInt32(ids.count + 1)
    }
}
