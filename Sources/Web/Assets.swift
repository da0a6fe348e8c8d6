import Crypto
import HTML
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// The style sheet and the scripts, built into the program, so that it is one file to install.
enum Assets {
    private struct Asset: Sendable {
        let name: String
        let type: String
        let bytes: [UInt8]
        let fingerprint: String
        let body: ByteBuffer

        init(_ name: String, _ type: String, _ bytes: [UInt8], of whole: [UInt8]? = nil) {
            self.name = name
            self.type = type
            self.bytes = bytes
            fingerprint = Hex.text(of: SHA256.hash(data: whole ?? bytes).prefix(6))
            body = ByteBuffer(bytes: bytes)
        }
    }

    private static let css = Asset("heard.css", "text/css; charset=utf-8", Squeezed.css(PackageResources.heard_css))

    private static let more = Dictionary(
        uniqueKeysWithValues: Sheet.allCases.map { sheet in
            (sheet, Asset("\(sheet.rawValue).css", "text/css; charset=utf-8", Squeezed.css(source(sheet))))
        }
    )

    /// One fingerprint for all scripts, because some fetch another from beside them.
    private static let js: [Script: Asset] = {
        let squeezed = Script.allCases.map { ($0, Squeezed.js(source($0))) }
        let whole = squeezed.flatMap(\.1)
        return Dictionary(
            uniqueKeysWithValues: squeezed.map { script, bytes in
                (script, Asset("\(script.rawValue).js", "text/javascript; charset=utf-8", bytes, of: whole))
            }
        )
    }()

    static func source(_ sheet: Sheet) -> [UInt8] {
        switch sheet {
        case .statements: PackageResources.statements_css
        case .leaflets: PackageResources.leaflets_css
        case .maps: PackageResources.maps_css
        }
    }

    static func source(_ script: Script) -> [UInt8] {
        switch script {
        case .fields: PackageResources.fields_js
        case .sending: PackageResources.sending_js
        case .capture: PackageResources.capture_js
        case .tools: PackageResources.tools_js
        case .keys: PackageResources.keys_js
        case .figures: PackageResources.figures_js
        case .map: PackageResources.map_js
        }
    }

    static let stylesheet = url(css)
    static let sheets = more.mapValues { url($0) }
    static let scripts = js.mapValues { url($0) }

    private static func url(_ asset: Asset) -> SafeURL { .path("/assets", asset.fingerprint, asset.name) }

    /// The fingerprint is in the path, so what is under an address never changes and may be kept for ever.
    static func addRoutes(to router: Router<HeardContext>, maps: MapFacts) {
        let library = maps.library.map { library in
            [
                Asset("map-library.js", "text/javascript; charset=utf-8", library.script, of: library.whole),
                Asset("map-library.css", "text/css; charset=utf-8", library.style, of: library.whole),
            ]
        }
        for asset in [css] + more.values + js.values + (library ?? []) {
            router.get(RouterPath("/assets/:fingerprint/\(asset.name)")) { _, _ in
                var response = Response(
                    status: .ok,
                    headers: [
                        .contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable", .eTag: "\"\(asset.fingerprint)\"",
                    ],
                    body: .init(byteBuffer: asset.body)
                )
                SecurityHeaders.add(to: &response, isSecure: false)
                return response
            }
        }
    }
}
