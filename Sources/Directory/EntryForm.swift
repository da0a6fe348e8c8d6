import Finding
import HTML
import Kernel
import OpenReferral
import Store
import Web
import Words

extension EntryDraft {
    static let nameLimit = 160
    static let descriptionLimit = 4_000

    /// What was typed, with what is wrong with it beside each field.
    public init(_ form: inout Form, needs: [Need]) {
        self.init()
        name = form.line("name", limit: Self.nameLimit, empty: W.nameEmpty)
        provider = form.line("provider", limit: Self.nameLimit)
        description = form.text("description", limit: Self.descriptionLimit)
        phone = form.line("phone", limit: 60)
        text = form.line("text", limit: 60)
        chat = form.line("chat", limit: 500)
        gettingThere = form.text("getting-there", limit: 500)
        email = form.line("email", limit: 200)
        url = form.line("url", limit: 500)
        isSecret = form["secret"] == "yes"
        addresses = Self.addresses(&form)
        minimumAge = form.number("minimum-age", in: 0...120, wrong: W.ageWrong)
        maximumAge = form.number("maximum-age", in: 0...120, wrong: W.ageWrong)
        cost = form.choice("cost", missing: nil) ?? .unknown
        costWords = form.line("cost-words", limit: 300)
        wait = form.line("wait", limit: 200)
        when = form.text("when", limit: 1_000)
        languages = form.line("languages", limit: 300).split(separator: ",").map { PlainText.line(String($0)) }.filter { !$0.isEmpty }
        traits = Set(Trait.allCases.filter { form["trait-\($0.rawValue)"] == "yes" })
        self.needs = Set(needs.map(\.id).filter { form["need-\($0)"] == "yes" })
        status = form["closed"] == "yes" ? .temporarilyClosed : .active
        for (field, sentence) in faults(isOnForm: true) { form.problems.add(field, sentence) }
    }

    private static func addresses(_ form: inout Form) -> [Address] {
        (1...20).map { number in
            Address(
                line: form.line("address-\(number)", limit: 300),
                town: form.line("town-\(number)", limit: 80),
                postcode: form.line("postcode-\(number)", limit: 12)
            )
        }.filter { !$0.isEmpty }
    }

    /// What is wrong with what was written, by the name of its field.
    public func faults(isOnForm: Bool) -> [(field: String, sentence: String)] {
        var found: [(String, String)] = []
        if !url.isEmpty, SafeURL(web: url) == nil { found.append(("url", W.urlWrong(typed: String(url.prefix(60))))) }
        if !email.isEmpty, !Self.looksRight(email) { found.append(("email", W.emailWrong(typed: String(email.prefix(60))))) }
        if !chat.isEmpty, SafeURL(web: chat) == nil { found.append(("chat", W.urlWrong(typed: String(chat.prefix(60))))) }
        for (field, number) in [("phone", phone), ("text", text)] where !number.isEmpty && number.count(where: \.isNumber) < 3 {
            found.append((field, W.phoneWrong))
        }
        if let low = minimumAge, let high = maximumAge, low > high { found.append(("maximum-age", W.agesWrong)) }
        for (place, address) in addresses.enumerated() where !address.postcode.isEmpty {
            let field = "postcode-\(place + 1)"
            guard let postcode = Postcode(address.postcode) else {
                let meant = Postcode.meant(by: address.postcode).map(\.text)
                let sentence =
                    meant.isEmpty
                    ? W.postcodeWrong(typed: address.postcode) : W.postcodeMeant(typed: address.postcode, meant: listed(meant))
                found.append((field, sentence))
                continue
            }
            if isOnForm, postcode.inward == nil { found.append((field, W.postcodeHalf(typed: address.postcode))) }
        }
        return found
    }

    /// What JSON Schema's `email` asks for, in short: something, one `@`, a host with a dot.
    static func looksRight(_ email: String) -> Bool {
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, email.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !"<>\"'(),:;[\\]".utf8.contains($0) })
        else {
            return false
        }
        let host = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return host.count >= 2 && host.allSatisfy { !$0.isEmpty } && !email.contains("..") && !parts[0].hasPrefix(".")
            && !parts[0].hasSuffix(".")
    }
}

/// The form on which an entry is written: the same for editors, owners and rows of a file.
public enum EntryForm {
    /// - Parameter draft: what is there to begin with.
    public static func parts(_ form: Form, _ draft: EntryDraft, needs: [Need], mayHide: Bool) -> [FormPage.Part] {
        [
            basics(form, draft), places(form, draft, mayHide: mayHide), reach(form, draft), whom(form, draft), ways(form, draft),
            list(form, draft, needs),
        ]
    }

    private static func basics(_ form: Form, _ draft: EntryDraft) -> FormPage.Part {
        FormPage.Part([
            .line("name", W.name, in: form, or: draft.name, hint: W.nameHint),
            .line("provider", W.provider, in: form, or: draft.provider, hint: W.providerHint, isOptional: true),
            .text(
                "description",
                W.description,
                in: form,
                or: draft.description,
                hint: W.descriptionHint,
                limit: EntryDraft.descriptionLimit,
                isOptional: true
            ),
        ])
    }

    private static func places(_ form: Form, _ draft: EntryDraft, mayHide: Bool) -> FormPage.Part {
        var questions: [Question] = []
        // One more than there are: somewhere to write another place.
        for number in 1...(draft.addresses.count + 1) {
            let old = number <= draft.addresses.count ? draft.addresses[number - 1] : EntryDraft.Address(line: "")
            let suffix = number == 1 ? "" : " (\(number))"
            questions += [
                .line("address-\(number)", W.address + suffix, in: form, or: old.line, isOptional: true),
                .line("town-\(number)", W.town + suffix, in: form, or: old.town, isOptional: true),
                .line("postcode-\(number)", W.postcode + suffix, in: form, or: old.postcode, isOptional: true),
            ]
        }
        questions.append(
            .text(
                "getting-there",
                W.gettingThere,
                in: form,
                or: draft.gettingThere,
                hint: W.gettingThereHint,
                limit: 500,
                rows: 2,
                isOptional: true
            )
        )
        if mayHide { questions.append(.tick("secret", W.keepSecret, in: form, or: draft.isSecret, hint: W.keepSecretHint)) }
        return FormPage.Part(W.whereabouts, questions)
    }

    private static func reach(_ form: Form, _ draft: EntryDraft) -> FormPage.Part {
        FormPage.Part(
            W.reach,
            [
                .line("phone", W.phone, in: form, or: draft.phone, isOptional: true),
                .line("text", W.text, in: form, or: draft.text, isOptional: true),
                .line("chat", W.chat, in: form, or: draft.chat, hint: W.chatHint, isOptional: true),
                .line("email", W.email, in: form, or: draft.email, isOptional: true),
                .line("url", W.url, in: form, or: draft.url, hint: W.urlHint, isOptional: true),
            ]
        )
    }

    private static func whom(_ form: Form, _ draft: EntryDraft) -> FormPage.Part {
        FormPage.Part(
            W.forWhom,
            [
                .number("minimum-age", W.youngest, in: form, or: draft.minimumAge.map { "\($0)" } ?? "", isOptional: true),
                .number("maximum-age", W.oldest, in: form, or: draft.maximumAge.map { "\($0)" } ?? "", isOptional: true),
                .choice(
                    "cost",
                    W.cost,
                    [.init("unknown", W.costUnknown), .init("free", W.free), .init("paid", W.paid)],
                    in: form,
                    or: draft.cost.rawValue
                ),
                .line("cost-words", W.costWords, in: form, or: draft.costWords, hint: W.costHint, isOptional: true),
                .line(
                    "languages",
                    W.languages,
                    in: form,
                    or: draft.languages.joined(separator: ", "),
                    hint: W.languagesHint,
                    isOptional: true
                ),
            ]
        )
    }

    private static func ways(_ form: Form, _ draft: EntryDraft) -> FormPage.Part {
        var questions = Trait.allCases.map { trait in
            Question.tick("trait-\(trait.rawValue)", trait.label, in: form, or: draft.traits.contains(trait))
        }
        questions += [
            .line("wait", W.wait, in: form, or: draft.wait, hint: W.waitHint, isOptional: true),
            .text("when", W.when, in: form, or: draft.when, hint: whenHint(draft), limit: 1_000, rows: 3, isOptional: true),
            .tick("closed", W.closedNow, in: form, or: draft.status != .active),
        ]
        return FormPage.Part(W.waysIn, questions)
    }

    /// With what we made of it the last time.
    private static func whenHint(_ draft: EntryDraft) -> String {
        let service = draft.applied(to: ORUK.Service(id: StableID.of("hint"), name: draft.name), needs: [])
        return [W.whenHint, OpeningWords(service).readBack].compactMap(\.self).joined(separator: " ")
    }

    private static func list(_ form: Form, _ draft: EntryDraft, _ needs: [Need]) -> FormPage.Part {
        FormPage.Part(
            W.helpsWith,
            hint: W.helpsWithHint,
            needs.map { .tick("need-\($0.id)", $0.name, in: form, or: draft.needs.contains($0.id)) }
        )
    }
}
