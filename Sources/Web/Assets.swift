import Crypto
import HTML
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// The style sheet and the script, built into the program, so that it is one file to install.
enum Assets {
    private struct Asset: Sendable {
        let name: String
        let type: String
        let bytes: [UInt8]
        let fingerprint: String
        let body: ByteBuffer

        init(_ name: String, _ type: String, _ bytes: [UInt8]) {
            self.name = name
            self.type = type
            self.bytes = bytes
            fingerprint = Hex.text(of: SHA256.hash(data: bytes).prefix(6))
            body = ByteBuffer(bytes: bytes)
        }
    }

    private static let css = Asset("heard.css", "text/css; charset=utf-8", Squeezed.css(PackageResources.heard_css))
    private static let js = Asset("heard.js", "text/javascript; charset=utf-8", Squeezed.js(PackageResources.heard_js))

    static let stylesheet = SafeURL.path("/assets", css.fingerprint, css.name)
    static let script = SafeURL.path("/assets", js.fingerprint, js.name)

    /// The fingerprint is in the path, so what is under an address never changes and may be kept for ever.
    static func addRoutes(to router: Router<HeardContext>) {
        for asset in [css, js] {
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
