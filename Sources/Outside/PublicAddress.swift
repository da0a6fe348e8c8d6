/// Whether an address of the network is a public one. What is not assigned to the public is taken for inside (IANA's registries of special-purpose
/// addresses, RFC 6890 and its updates).
public enum PublicAddress {
    /// - Parameter bytes: 4 of IPv4 or 16 of IPv6; anything else is not public.
    public static func isPublic(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4: !insideV4.contains { begins(bytes, $0.start, bits: $0.bits) }
        // Only 2000::/3 is given out; within it, these lead back to special addresses or to nobody.
        case 16: begins(bytes, [0x20], bits: 3) && !insideV6.contains { begins(bytes, $0.start, bits: $0.bits) }
        default: false
        }
    }

    private static let insideV4: [(start: [UInt8], bits: Int)] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24), ([192, 0, 2], 24),
        ([192, 31, 196], 24), ([192, 52, 193], 24), ([192, 88, 99], 24), ([192, 168], 16), ([192, 175, 48], 24), ([198, 18], 15),
        ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 3),
    ]

    // Teredo and other protocols' own, documentation twice, 6to4.
    private static let insideV6: [(start: [UInt8], bits: Int)] = [
        ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0d, 0xb8], 32), ([0x20, 0x02], 16), ([0x3f, 0xff, 0x00], 20),
    ]

    private static func begins(_ bytes: [UInt8], _ start: [UInt8], bits: Int) -> Bool {
        (0..<bits).allSatisfy { bit in
            let (place, mask) = (bit / 8, UInt8(0x80) >> UInt8(bit % 8))
            let wanted = place < start.count ? start[place] & mask : 0
            return bytes[place] & mask == wanted
        }
    }
}
