import Crypto
import Foundation
import HTML
import Kernel
import Store
import Web

/// Four words just made, kept for a quarter of an hour so that loading the page again does not lose them.
///
/// They are sealed (AES-GCM) with the token in the browser's cookie. The database holds only a digest of that token: what is kept here opens
/// in that browser and nowhere else.
enum FreshKey {
    static let minutes = 15
    static let url = SafeURL.path("/me/key/fresh")

    static func keep(_ key: FourWords, sealedWith seal: [UInt8], in signIn: String, at now: Moment, _ tx: Transaction) throws {
        let sealed = try AES.GCM.seal(Data(key.text.utf8), using: SymmetricKey(data: seal)).combined?.base64EncodedString()
        try tx.run("UPDATE sign_ins SET fresh_key = \(sealed), fresh_at = \(sealed == nil ? nil : now) WHERE digest = \(signIn)")
    }

    /// Nil once they were kept, or a quarter of an hour has passed.
    static func find(_ visit: Visit, _ tx: Transaction) throws -> FourWords? {
        guard let signIn = visit.signIn, let seal = visit.cookieSeal else { return nil }
        let kept: String? =
            try tx.first(
                "SELECT fresh_key FROM sign_ins WHERE digest = \(signIn.digest) AND fresh_at > \(visit.at.adding(minutes: -minutes))"
            ) { try $0.next() as String? } ?? nil
        guard let kept, let data = Data(base64Encoded: kept), let box = try? AES.GCM.SealedBox(combined: data),
            let words = try? AES.GCM.open(box, using: SymmetricKey(data: seal))
        else { return nil }
        return try? FourWords.read(String(decoding: words, as: UTF8.self), field: "key")
    }

    static func forget(_ visit: Visit, _ tx: Transaction) throws {
        try tx.run("UPDATE sign_ins SET fresh_key = NULL, fresh_at = NULL WHERE digest = \(visit.signIn?.digest ?? "")")
    }
}
