import Glibc
import NIOPosix

/// The addresses that a name stands for.
struct Resolved: Sendable {
    /// As text, such as `192.0.2.1`.
    let text: String
    let bytes: [UInt8]

    /// Asks the system, on a thread that may wait. Empty where nobody knows the name.
    static func all(_ host: String) async throws -> [Resolved] {
        try await NIOThreadPool.singleton.runIfActive { ask(host) }
    }

    private static func ask(_ host: String) -> [Resolved] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        return sequence(first: first) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { $0.flatMap(read) }
    }

    private static func read(_ info: UnsafeMutablePointer<addrinfo>) -> Resolved? {
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let length = socklen_t(name.count)
        guard let address = info.pointee.ai_addr,
            getnameinfo(address, info.pointee.ai_addrlen, &name, length, nil, 0, NI_NUMERICHOST) == 0
        else { return nil }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let bytes = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) }
            }
            return Resolved(text: text, bytes: bytes)
        case AF_INET6:
            let bytes = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) }
            }
            return Resolved(text: text, bytes: bytes)
        default: return nil
        }
    }
}
