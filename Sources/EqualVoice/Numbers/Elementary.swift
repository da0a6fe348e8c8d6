#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The three functions of the C library that parity needs: the only place that reaches below the standard library.
enum Elementary {
    static func logarithm(_ x: Double) -> Double { log(x) }
    /// log(1 + x), also where x is tiny.
    static func logarithm(onePlus x: Double) -> Double { log1p(x) }
    static func exponential(_ x: Double) -> Double { exp(x) }
}
