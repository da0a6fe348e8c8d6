/// Random numbers that are the same on every machine and in every year (SplitMix64: Steele, Lea, Flood, OOPSLA 2014).
///
/// The map draws restarts and half-samples from it with fixed seeds, so that anybody can compute the same map again.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Evenly in [0, 1).
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
