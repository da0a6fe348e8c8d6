import Crypto
import Foundation
import HTML
import Kernel

/// What maps are made with here: a library for moving around in them, where it is on this machine, and pictures of the ground, where somebody
/// has set whose.
public struct MapFacts: Sendable {
    public var library: Library?
    public var tiles: Tiles?

    public static let none = MapFacts(library: nil, tiles: nil)

    public init(library: Library?, tiles: Tiles?) {
        self.library = library
        self.tiles = tiles
    }

    /// Leaflet, as Debian's `libjs-leaflet` or Leaflet itself packs it. It is served by us, from memory, and no copy of it is in the program.
    public struct Library: Sendable {
        let script: [UInt8]
        let style: [UInt8]
        var whole: [UInt8] { script + style }

        private var fingerprint: String { Hex.text(of: SHA256.hash(data: whole).prefix(6)) }
        public var scriptURL: SafeURL { .path("/assets", fingerprint, "map-library.js") }
        public var styleURL: SafeURL { .path("/assets", fingerprint, "map-library.css") }

        /// From a folder that holds `leaflet.min.js` or `leaflet.js`, and `leaflet.css`; nil where it does not.
        public init?(folder: String) {
            let place = URL(filePath: folder, directoryHint: .isDirectory)
            func read(_ name: String) -> [UInt8]? { (try? Data(contentsOf: place.appending(path: name))).map { Array($0) } }
            guard let script = read("leaflet.min.js") ?? read("leaflet.js"), let style = read("leaflet.css") else { return nil }
            self.script = script
            self.style = style
        }
    }

    /// Pictures of the ground from a server that is not ours: it sees which area somebody looks at, so only who runs this can switch them on.
    public struct Tiles: Sendable, Equatable {
        /// `https://tiles.example.org/{z}/{x}/{y}.png`
        public let address: String
        /// Whose they are, as their licence wants it said.
        public let by: String
        /// `https://tiles.example.org`: all that the browser may fetch pictures from besides us.
        public let origin: String
        public let host: String

        /// nil for what is no such address, or says nobody's name.
        public init?(address: String, by: String) {
            guard let scheme = address.range(of: "https://"), scheme.lowerBound == address.startIndex, !by.isEmpty else { return nil }
            let host = address[scheme.upperBound...].prefix { $0 != "/" }
            // It goes into a header: nothing but a host's own letters.
            let isHost = !host.isEmpty && host.utf8.allSatisfy { $0.isHostLetter }
            let holes = ["{z}", "{x}", "{y}"]
            let filled = holes.reduce(address) { $0.replacing($1, with: "0") }
            guard isHost, holes.allSatisfy({ address.contains($0) }), SafeURL(web: filled) != nil else { return nil }
            self.address = address
            self.by = by
            self.host = String(host)
            origin = "https://" + host
        }
    }
}

extension UInt8 {
    fileprivate var isHostLetter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
