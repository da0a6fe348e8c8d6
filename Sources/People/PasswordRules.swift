import Foundation
import Kernel

/// What makes a password good enough: long, not everybody's, not the email address.
///
/// No rules about digits and signs: they make passwords that are hard for people and easy for machines (NIST SP 800-63B).
enum PasswordRules {
    static let shortest = 12
    static let longest = 200

    /// Adds what is wrong with `password` to `problems`, under `field`.
    static func check(_ password: String, email: String?, field: String = "password", _ problems: inout Problems) {
        let length = password.count
        if password.isEmpty { return problems.add(field, W.passwordEmpty) }
        if length < shortest { return problems.add(field, W.passwordShort(shortest: String(shortest))) }
        if length > longest || password.utf8.count > 4 * longest { return problems.add(field, W.passwordLong(longest: String(longest))) }
        let plain = password.lowercased().filter { $0.isLetter || $0.isNumber }
        let known = Set(plain).count < 5 || common.contains(plain) || common.contains(plain.filter(\.isLetter))
        if known { return problems.add(field, W.passwordCommon) }
        guard let email = email?.lowercased(), !email.isEmpty else { return }
        let name = email.prefix { $0 != "@" }.filter { $0.isLetter || $0.isNumber }
        if password.lowercased().contains(email) || (name.count > 3 && plain.filter(\.isLetter) == name.filter(\.isLetter)) {
            problems.add(field, W.passwordEmail)
        }
    }

    /// Long passwords that come up again and again in published lists of stolen ones, and what somebody would guess here.
    private static let common: Set<String> = Set(
        """
        123456789012 1234567890123 12345678901234 123456789101112 1234567890 0123456789 012345678901 098765432109 987654321098 112233445566
        qwertyuiop qwertyuiopasdf qwertyuiopas qwertyuiopasdfghjkl asdfghjkl asdfghjklzxc zxcvbnm zxcvbnmasdfghjkl qwertyqwerty qwerty
        qwertyuiop123 qwerty123456 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc q1w2e3r4t5y6 qazwsxedcrfv zaq12wsxcde3 abcdefghijkl abcdefghijklm
        abcdefghijklmnop abcdefghijklmnopqrstuvwxyz abc123abc123 abcabcabcabc a1b2c3d4e5f6 password passwordpassword passwordpass
        password1234 password12345 password123456 mypassword thisismypassword newpassword changeme changemenow letmein letmeinplease
        letmeinletmein pleaseletmein welcome welcometo welcomehome welcomewelcome iloveyou iloveyousomuch iloveyouforever iloveyoubaby
        iloveyou1234 ilovemyself sunshine sunshinesunshine princess princessprincess football footballfootball footballclub baseball
        basketball superman supermansuperman batmanbatman spiderman starwarsstarwars pokemonpokemon trustno one trustnoone administrator
        adminadmin adminadminadmin admin1234567 adminpassword rootrootroot secretsecret secretpassword computercomputer internetinternet
        manchesterunited manchestercity liverpool liverpoolfc chelseafc arsenalarsenal arsenalfc everton tottenhamhotspur westhamunited
        correcthorsebatterystaple correcthorse heardheardheard heard heardheard heardpassword coproduction coproductioncoproduction
        barnet barnetbarnet barnetcamhs camhscamhs camhs nhspassword nhsnhsnhsnhs nationalhealthservice hospital hospitalhospital
        summer winter spring autumn january february march april may june july august september october november december
        monday tuesday wednesday thursday friday saturday sunday london londonlondon england englandengland birmingham
        qwertzuiop azertyuiop monkeymonkey dragondragon shadowshadow masterpassword michaeljackson charliecharlie jordanjordan
        temporary temporarypassword temppassword testtesttest testpassword testing testingtesting passwort motdepasse contraseña
        """.split(whereSeparator: \.isWhitespace).map { String($0) }
    )
}
