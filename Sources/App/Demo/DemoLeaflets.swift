import Kernel
import Pathways
import Readers
import Services
import Steps

// Pages in plain words, and the steps of the service, in a story.
extension DemoStory {
    /// The stepped model as a picture and as words.
    struct Steps: Codable {
        var by: String
        var at: DemoTime
        var intro: DemoProse
        var comingBack: DemoProse
        var decided: DemoProse
        var disagree: DemoProse
        var list: [Step]
    }

    struct Step: Codable {
        var name: String
        var offers: DemoProse
        var forWhom: DemoProse
        var moving: DemoProse
        var wait: String?
        var trueOn: DemoDay?
    }

    struct Leaflet: Codable {
        var kind: Pathways.Leaflet.Kind
        /// The titles of the themes that asked for it.
        var themes: [String]
        var also: String?
        var standsFor: String?
        var owner: String?
        var review: DemoDay?
        /// Every version, in the order in which they were written. The first begins the leaflet.
        var texts: [Text]
    }

    struct Text: Codable {
        var form: LeafletText.Form?
        var language: String?
        var title: String
        var summary: String
        var changed: String?
        /// As it is: line ends mean something here.
        var body: String
        var by: String
        var at: DemoTime
        var asked: [Asked]?
        var comments: [Comment]?
        var signed: [Signed]?
        var checked: Signed?
        var published: Signed?
    }

    struct Asked: Codable {
        var group: String
        var at: DemoTime
        var words: String
    }

    struct Comment: Codable {
        var by: String
        var at: DemoTime
        var paragraph: Int
        var words: String
        var answer: Commented?
    }

    struct Commented: Codable {
        var at: DemoTime
        var by: String
        var words: String
    }

    struct Signed: Codable {
        var by: String
        var at: DemoTime
    }
}

/// Which text of which leaflet.
struct DemoTextPlace: Hashable {
    let leaflet: Int
    let text: Int
}

extension DemoSteps {
    mutating func addPathways() {
        if let steps = file.story.steps { add(steps.at, [.key("steps")]) { try $0.explain(steps) } }
        for (index, leaflet) in (file.story.leaflets ?? []).enumerated() {
            for (number, text) in leaflet.texts.enumerated() {
                let place = DemoTextPlace(leaflet: index, text: number)
                add(text, of: leaflet, place, [.key("leaflets"), .index(index), .key("texts"), .index(number)])
            }
        }
    }

    private mutating func add(_ text: DemoStory.Text, of leaflet: DemoStory.Leaflet, _ place: DemoTextPlace, _ path: [DemoStep]) {
        add(text.at, path) { try $0.write(text, of: leaflet, place) }
        for (index, asked) in (text.asked ?? []).enumerated() {
            add(asked.at, path + [.key("asked"), .index(index)]) { try $0.ask(asked, place) }
        }
        for (index, comment) in (text.comments ?? []).enumerated() {
            add(comment.at, path + [.key("comments"), .index(index)]) { try $0.comment(comment, place) }
            guard let answer = comment.answer else { continue }
            add(answer.at, path + [.key("comments"), .index(index), .key("answer")]) { try $0.answer(answer, comment) }
        }
        for (index, signed) in (text.signed ?? []).enumerated() {
            add(signed.at, path + [.key("signed"), .index(index)]) { try $0.sign(signed, place) }
        }
        if let checked = text.checked { add(checked.at, path + [.key("checked")]) { try $0.check(checked, place) } }
        if let published = text.published { add(published.at, path + [.key("published")]) { try $0.publish(published, place) } }
    }
}

extension DemoStage {
    func explain(_ steps: DemoStory.Steps) throws {
        let (service, deed) = (try theService(), try deed(steps.by))
        let model = StepModel(
            intro: steps.intro.words,
            comingBack: steps.comingBack.words,
            decided: steps.decided.words,
            disagree: steps.disagree.words
        )
        try SayHowStepsWork.run(model, version: 0, in: service, by: deed, tx)
        for step in steps.list {
            let details = StepDetails(
                name: step.name,
                offers: step.offers.words,
                forWhom: step.forWhom.words,
                moving: step.moving.words,
                wait: step.wait ?? "",
                waitTrueOn: step.trueOn.map { calendar.moment($0.noon) }
            )
            try AddStep.run(details, to: service, by: deed, tx)
        }
    }

    func write(_ text: DemoStory.Text, of leaflet: DemoStory.Leaflet, _ place: DemoTextPlace) throws {
        let service = try theService()
        let draft = TextDraft(
            title: text.title,
            summary: text.summary,
            body: text.body,
            changed: text.changed ?? "",
            form: text.form ?? .plain,
            language: text.language ?? LeafletText.original
        )
        guard place.text == 0 else {
            let first = try self.text(DemoTextPlace(leaflet: place.leaflet, text: 0))
            texts[place] = try WriteText.new(draft, of: LeafletStore.find(first.leaflet, tx), in: service, by: deed(text.by), tx).id
            return
        }
        let details = LeafletDetails(
            kind: leaflet.kind,
            standsFor: leaflet.standsFor ?? "",
            owner: try leaflet.owner.map { try person($0) },
            reviewDue: leaflet.review.map { calendar.moment($0.noon) },
            also: leaflet.also ?? "",
            themes: try leaflet.themes.map { title in
                guard let theme = themes[title] else { throw UnknownKey("theme", title) }
                return theme
            }
        )
        texts[place] = try StartLeaflet.run(details, draft, in: service, by: deed(text.by), tx).id
    }

    func ask(_ asked: DemoStory.Asked, _ place: DemoTextPlace) throws {
        let editor = file.story.people.first { $0.duties?.contains(.publisher) ?? false }?.key ?? ""
        try AskRoom.run(text(place), group(asked.group), words: asked.words, in: theService(), by: deed(editor), tx)
    }

    func comment(_ comment: DemoStory.Comment, _ place: DemoTextPlace) throws {
        comments[comment.words] = (
            place,
            try CommentOnText.run(comment.words, on: text(place), paragraph: comment.paragraph, in: theService(), by: deed(comment.by), tx)
        )
    }

    func answer(_ answer: DemoStory.Commented, _ comment: DemoStory.Comment) throws {
        guard let (place, id) = comments[comment.words] else { throw UnknownKey("comment", comment.words) }
        try AnswerComment.run(id, answer: answer.words, on: text(place), in: theService(), by: deed(answer.by), tx)
    }

    func sign(_ signed: DemoStory.Signed, _ place: DemoTextPlace) throws {
        let text = try text(place)
        try SayClear.run(text, edition: text.edition, in: theService(), by: deed(signed.by), tx)
    }

    func check(_ checked: DemoStory.Signed, _ place: DemoTextPlace) throws {
        let text = try text(place)
        try CheckText.run(text, edition: text.edition, in: theService(), by: deed(checked.by), tx)
    }

    func publish(_ published: DemoStory.Signed, _ place: DemoTextPlace) throws {
        let text = try text(place)
        let leaflet = try LeafletStore.find(text.leaflet, tx)
        try PublishText.run(text, edition: text.edition, of: leaflet, in: theService(), by: deed(published.by), tx)
    }

    private func text(_ place: DemoTextPlace) throws -> LeafletText {
        guard let id = texts[place] else { throw UnknownKey("text", "\(place.text + 1)") }
        return try TextStore.find(id, tx)
    }
}
