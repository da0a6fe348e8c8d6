import HTML
import Kernel
import Pathways
import Services
import Store
import Web
import Words

/// `/:service/pathways/:leaflet/texts/:text`: one version with everything about it: reading ages, hard sentences, comments, sign-offs.
struct TextPage: Page {
    let heading: String
    let caption: String?
    let surroundings: Surroundings
    let problems: Problems
    let news: String?
    let state: String
    let tone: Tone
    let facts: [FormPage.Fact]
    let ages: [FormPage.Fact]
    let hardSentences: Int
    let parts: [ReadPart]
    let edition: Int
    let readBy: String?
    let asked: [String]
    let ways: [Link]
    let publish: Link?
    let check: SafeURL?
    let signOff: SafeURL?
    let takeBack: SafeURL?
    /// Where people say what they think of it; nil for those who are in none of the rooms.
    let comments: SafeURL?
    let understanding: SafeURL?
    private let tongue: Tongue?

    private enum CodingKeys: String, CodingKey { case state, facts, ages, hardSentences, parts, edition, readBy, asked, ways, publish }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let at = try LeafletVisit(visit, tx)
        let text = try at.text(tx)
        let (people, actor, dates) = (at.here.people, visit.actor, at.here.at.dates)
        let url = at.url(of: text.id)
        heading = text.title
        caption = W.textLine(form: text.formWords, number: "\(text.number)")
        surroundings = at.surroundings(at.work)
        problems = visit.form.problems
        news = visit.query["done"].flatMap(Self.news)
        state = text.state.words
        tone = text.state.tone
        facts = text.history(dates)
        ages = text.measures
        tongue = Tongue.of(text.language)
        edition = text.edition
        let explained = Set(try LeafletStore.glossary(of: at.service, tx).flatMap { $0.leaflet.terms.map { $0.lowercased() } })
        let found = TextPart.all(of: text, explained: explained)
        hardSentences = found.flatMap(\.everyParagraph).reduce(0) { $0 + $1.hard.count }
        let said = try CommentStore.all(of: text.id, in: people, for: actor, tx)
        let understood = try UnderstandingStore.figures(of: text, for: actor, in: people, at.here.at.perspectives, tx)
        let rows = Self.rows(said, at, url)
        parts = found.map { ReadPart($0, rows, understood) }
        readBy = try SignOffStore.count(of: text, tx).told(at.here.at.perspectives, dates)
        asked = try AskingStore.groups(of: text.id, tx)
        let isCurrent = text.state != .replaced
        let isMember = people.membership(actor) != nil && isCurrent
        comments = isMember ? url.below("comments", "new") : nil
        understanding = isMember ? url.below("understanding") : nil
        let hasSigned = try SignOffStore.has(actor.personID, signed: text, tx)
        signOff = isCurrent && !hasSigned && LeafletPolicy.maySignOff(text, in: people, by: actor) ? url.below("sign-off") : nil
        takeBack = hasSigned ? url.below("sign-off", "end") : nil
        check = text.state == .draft && LeafletPolicy.mayCheck(text, in: people, by: actor) ? url.below("check") : nil
        publish = text.state == .checked && at.here.isEditor ? Link(W.publish, to: url.below("publication")) : nil
        ways =
            (text.isOpen ? [Link(W.editDraft, to: url.below("edit"))] : [])
            + (isCurrent && at.here.isEditor ? [Link(W.askRoom, to: url.below("asking"))] : [])
    }

    private static func news(_ done: String) -> String? {
        switch done {
        case "written": W.newsWritten
        case "checked": W.newsChecked
        case "published": W.newsPublished
        case "signed": W.newsSigned
        case "said": W.newsSaid
        case "asked": W.newsAsked
        default: nil
        }
    }

    private static func rows(_ comments: [LeafletComment], _ at: LeafletVisit, _ url: SafeURL) -> [Int: [ReadPart.CommentRow]] {
        let rows = comments.filter { !$0.words.isEmpty }.map { one in
            let isMine = one.person != nil && one.person == at.visit.actor.personID
            return (
                one.paragraph,
                ReadPart.CommentRow(
                    words: one.words,
                    by: at.here.at.perspectives.one(one.perspective).capitalisedStart,
                    answer: one.answer.isEmpty ? nil : one.answer,
                    answering: at.here.isEditor && one.answer.isEmpty ? url.below("comments", one.id) : nil,
                    taking: isMine ? url.below("comments", one.id, "end") : nil
                )
            )
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    // MARK: HTML

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            p { tag(state, tone) }
            summaryList(facts.map { SummaryRow($0.label, $0.words) })
            if let readBy { inset { p(readBy) } }
            if !asked.isEmpty { p(W.askedRooms(rooms: listed(asked))) }
            buttons {
                if let publish { buttonLink(publish.label, to: publish.url) }
                for way in ways { buttonLink(way.label, to: way.url, kind: .secondary) }
                if let check { postButton(W.check, to: check, hidden: ["edition": "\(edition)"]) }
            }
            measured
            section(W.theText) { for part in parts { html(of: part) } }
            signing
        }
    }

    private var measured: HTML {
        section(W.howHard) {
            if ages.isEmpty { p(W.tooShort) }
            if !ages.isEmpty {
                summaryList(ages.map { SummaryRow($0.label, $0.words) })
                p(W.aboutMeasures, class: "quiet")
            }
            if hardSentences > 0 { p(W.hardFound(n: hardSentences)) } else { p(W.hardNone) }
        }
    }

    private var signing: HTML {
        HTML {
            if let signOff {
                section(W.signOff) {
                    p(W.signOffLead)
                    postButton(W.signOffButton, to: signOff, hidden: ["edition": "\(edition)"])
                }
            }
            if let takeBack { postButton(W.takeBackSign, to: takeBack) }
        }
    }

    private func html(of part: ReadPart) -> HTML {
        let inner = HTML {
            for paragraph in part.paragraphs { html(of: paragraph) }
            if let understanding, !part.paragraphs.isEmpty { asking(part, understanding) }
            if !part.understood.isEmpty { figures(part) }
            for below in part.parts { html(of: below) }
        }
        return part.heading.isEmpty ? inner : section(part.heading, id: part.id) { inner }
    }

    private func html(of paragraph: ReadPart.Paragraph) -> HTML {
        div(class: paragraph.hard.isEmpty ? "paragraph" : "paragraph hard", id: "paragraph-\(paragraph.number)") {
            inLanguage(tongue?.code ?? LeafletText.original, isRightToLeft: tongue?.isRightToLeft ?? false) { paragraph.html }
            if !paragraph.hard.isEmpty {
                p(W.hardHere, class: "hard-note")
                ul { for one in paragraph.hard { li(one) } }
            }
            for one in paragraph.comments { html(of: one) }
            if let comments {
                p(class: "quiet") {
                    a(W.commentOn, about: W.paragraph(number: "\(paragraph.number)"), to: comments.adding("paragraph", paragraph.number))
                }
            }
        }
    }

    private func html(of comment: ReadPart.CommentRow) -> HTML {
        HTML {
            quote(comment.words, by: comment.by)
            if let answer = comment.answer { inset { p(W.answered(answer: answer)) } }
            if let answering = comment.answering { p { a(W.answerThis, about: comment.by, to: answering) } }
            if let taking = comment.taking { postButton(W.takeBack, to: taking) }
        }
    }

    private func asking(_ part: ReadPart, _ url: SafeURL) -> HTML {
        HTML::form(post: url) {
            hidden("part", part.id)
            hidden("edition", edition)
            buttons {
                button(
                    W.understand,
                    about: part.heading.isEmpty ? W.theBeginning : part.heading,
                    kind: .quiet,
                    name: "answer",
                    value: "yes"
                )
                button(
                    W.understandNot,
                    about: part.heading.isEmpty ? W.theBeginning : part.heading,
                    kind: .quiet,
                    name: "answer",
                    value: "no"
                )
            }
        }
    }

    private func figures(_ part: ReadPart) -> HTML {
        table(
            caption: W.whoUnderstands,
            columns: [TableColumn(W.perspective), .number(W.understandShort), .number(W.understandNotShort)],
            rows: part.understood.map { TableRow($0.perspective, [HTML($0.yes), HTML($0.no)]) }
        )
    }
}

extension String {
    var capitalisedStart: String { prefix(1).uppercased() + dropFirst() }
}
