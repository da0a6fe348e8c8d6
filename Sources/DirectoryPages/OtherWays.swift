import Directory
import Finding
import HTML

/// Other searches than the one that was asked, each with how much it finds: so that nobody stands before an empty page.
struct OtherWays: Sendable, Encodable {
    /// Places that were left out only because they do not say something.
    let unsaid: [Link]
    /// Where nothing was found: the same without one of the things that were asked for.
    let without: [Link]

    init(_ asked: AskedFor, _ index: FindingIndex, found total: Int, needName: String?) {
        unsaid = Unsaid.all.compactMap { one in
            guard one.concerns(asked.question) else { return nil }
            var question = asked.question
            question.unsaid.insert(one.what)
            let more = index.total(answering: question) - total
            guard more > 0 else { return nil }
            return Link(one.sentence(more), to: asked.url(asked.typed.with { $0.unsaid.append(one.name) }).at("found"))
        }
        without =
            total > 0
            ? []
            : Part.all(asked, needName: needName).compactMap { part in
                var question = asked.question
                part.leaveOut(&question)
                guard question.words != "" || !question.isEmpty else { return nil }
                let found = index.total(answering: question)
                guard found > 0 else { return nil }
                return Link(W.without(what: part.label, n: found), to: asked.url(asked.meant.with(part.leaveOutField)).at("found"))
            }
    }

    /// One of the things that were asked for.
    private struct Part {
        let label: String
        let leaveOut: (inout FindingQuestion) -> Void
        let leaveOutField: (inout AskedFields) -> Void

        static func all(_ asked: AskedFor, needName: String?) -> [Part] {
            let question = asked.question
            var parts: [Part] = []
            for one in AskedFor.traits where question.traits.contains(one.trait) {
                parts.append(
                    Part(label: one.label) {
                        $0.traits.remove(one.trait)
                    } leaveOutField: {
                        $0.ticked.removeAll { $0 == one.name }
                    }
                )
            }
            if question.openAt != nil {
                parts.append(
                    Part(label: W.onlyOpen) {
                        $0.openAt = nil
                    } leaveOutField: {
                        $0.ticked.removeAll { $0 == "open" }
                    }
                )
            }
            if let age = question.age {
                parts.append(
                    Part(label: W.liftedAge(age: "\(age)")) {
                        $0.age = nil
                    } leaveOutField: {
                        $0.age = ""
                    }
                )
            }
            if question.near != nil {
                let label = W.liftedNear(place: asked.placeName)
                parts.append(
                    Part(label: label) {
                        ($0.near, $0.within) = (nil, nil)
                    } leaveOutField: {
                        $0.place = ""
                    }
                )
            }
            if question.need != nil {
                parts.append(
                    Part(label: needName ?? W.need) {
                        $0.need = nil
                    } leaveOutField: {
                        $0.need = ""
                    }
                )
            }
            if let language = question.language {
                parts.append(
                    Part(label: language) {
                        $0.language = nil
                    } leaveOutField: {
                        $0.language = ""
                    }
                )
            }
            if !question.words.isEmpty {
                parts.append(
                    Part(label: question.words) {
                        $0.words = ""
                    } leaveOutField: {
                        $0.words = ""
                    }
                )
            }
            return parts
        }
    }
}
