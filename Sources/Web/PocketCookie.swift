import HTTPTypes

/// What somebody without an account carries from page to page because they asked for it: the code of a list they are making.
///
/// It opens that one thing and says nothing about who they are. Without an end of its own a browser forgets it when it is closed: other people
/// use the same computer.
enum PocketCookie {
    static let name = "__Host-heard-list"

    /// nil where there is none, or where it is nothing that we gave: letters, digits and dashes.
    static func code(in headers: HTTPFields) -> String? {
        Cookies.value(of: name, in: headers).flatMap { code in
            code.utf8.count <= 64 && code.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } ? code : nil
        }
    }

    static func header(_ change: Answer.PocketChange) -> String {
        switch change {
        case .carry(let code): "\(name)=\(code); Path=/; Secure; HttpOnly; SameSite=Lax"
        case .forget: "\(name)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
        }
    }
}

enum Cookies {
    static func value(of name: String, in headers: HTTPFields) -> String? {
        for field in headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let sides = pair.split(separator: "=", maxSplits: 1)
                guard sides.count == 2, sides[0].drop(while: { $0 == " " }) == name[...] else { continue }
                return String(sides[1])
            }
        }
        return nil
    }
}
