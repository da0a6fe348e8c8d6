import EqualVoice
import HTML
import Kernel
import Services
import Statements
import Words

/// A statement with its figures, every word decided.
struct Line: Sendable, Encodable {
    struct Row: Sendable, Encodable {
        let who: String
        let people: String
        let agree: String
        let disagree: String
        let pass: String
    }

    let number: Int
    let words: String
    /// "Every group counts the same: 61% agree. It could be from 48% to 73%."
    let equal: String?
    let person: String?
    let explained: [String]
    let rows: [Row]
    let theme: Link?
    let taken: Link?
    let take: SafeURL?
    private let bars: StatementFigure

    private enum CodingKeys: String, CodingKey { case number, words, equal, person, explained, rows, theme, taken }

    init(
        _ statement: Statement,
        _ figure: StatementFigure,
        labels: [String],
        from: Link?,
        taken: Link?,
        take: SafeURL?
    ) {
        number = statement.number
        words = statement.words
        equal = figure.equal.map { W.equalFigure(percent: "\($0.percent)", low: "\($0.low)", high: "\($0.high)") }
        person = figure.person.map { W.personFigure(percent: "\($0.percent)", low: "\($0.low)", high: "\($0.high)") }
        explained = Explained.sentences(figure, labels)
        rows = figure.rows.map { row in
            Row(
                who: Explained.together(row.perspectives, labels),
                people: String(row.people),
                agree: Explained.number(row.agree),
                disagree: Explained.number(row.disagree),
                pass: Explained.number(row.pass)
            )
        }
        theme = from
        self.taken = taken
        self.take = take
        bars = figure
    }

    var html: HTML {
        div(class: "statement", id: "statement-\(number)") {
            quote(words)
            if bars.equal != nil || bars.person != nil {
                svg(
                    Bars.make(equal: bars.equal, person: bars.person),
                    title: W.barsTitle(words: words),
                    description: [equal, person].compactMap(\.self).joined(separator: " "),
                    width: Bars.width,
                    height: Bars.height(bars.equal, bars.person),
                    class: "bars"
                )
            }
            if let equal { p(equal, class: "key key-equal") }
            if let person { p(person, class: "key key-person") }
            for sentence in explained { p(sentence) }
            if !rows.isEmpty {
                details(W.whoSaidWhat) {
                    table(
                        caption: W.tableCaption,
                        columns: [TableColumn(W.who), .number(W.people), .number(W.agree), .number(W.disagree), .number(W.pass)],
                        rows: rows.map { TableRow($0.who, [HTML($0.people), HTML($0.agree), HTML($0.disagree), HTML($0.pass)]) }
                    )
                }
            }
            if let theme {
                p(class: "quiet") {
                    W.madeFrom
                    " "
                    a(theme.label, to: theme.url)
                }
            }
            if let taken {
                p {
                    W.takenTo
                    " "
                    a(taken.label, to: taken.url)
                }
            }
            if let take { p { a(W.takeToGroup, about: words, to: take) } }
        }
    }
}

/// Figures in words that a ten-year-old reads.
enum Explained {
    static func sentences(_ figure: StatementFigure, _ labels: [String]) -> [String] {
        if let below = figure.fewerThan { return [W.tooFew(number: String(below))] }
        let heard = figure.rows.filter { $0.people > 0 }
        let silent = figure.rows.filter { $0.people == 0 }.flatMap(\.perspectives).map { labels[$0] }
        var sentences: [String] = []
        if heard.isEmpty { sentences.append(W.nobodyYet) } else { sentences.append(who(heard, labels)) }
        if !silent.isEmpty, !heard.isEmpty { sentences.append(W.notYetHeard(list: listed(silent))) }
        if let sentence = unanimous(heard) { sentences.append(sentence) }
        if figure.equal != nil, figure.person != nil, figure.isSwayed, let people = figure.people,
            let most = heard.max(by: { $0.people < $1.people }),
            heard.count > 1, 2 * most.people > people
        {
            sentences.append(W.mostOfIt(who: together(most.perspectives, labels)))
        }
        if figure.equal == nil, !heard.isEmpty { sentences.append(W.equalHidden) }
        return sentences
    }

    /// Where nobody said otherwise: the smoothed figure beside it is not 100%, and would look as if somebody had.
    private static func unanimous(_ heard: [StatementFigure.Row]) -> String? {
        let people = heard.reduce(0) { $0 + $1.people }
        guard people > 1 else { return nil }
        if heard.allSatisfy({ $0.agree.number == $0.people }) { return W.allSaidYes(number: "\(people)") }
        return heard.allSatisfy { $0.disagree.number == $0.people } ? W.allSaidNo(number: "\(people)") : nil
    }

    /// "4 parents and carers and 10 clinicians answered."
    private static func who(_ rows: [StatementFigure.Row], _ labels: [String]) -> String {
        let parts = rows.map { W.answeredOf(who: together($0.perspectives, labels), number: String($0.people)) }
        return W.answeredBy(list: parts.joined(separator: "; "))
    }

    static func together(_ places: [Int], _ labels: [String]) -> String {
        let names = places.map { labels[$0] }
        return names.count == 1 ? names[0] : W.asOne(list: listed(names))
    }

    static func number(_ number: Disclosure.Number) -> String {
        switch number {
        case .exactly(let number): String(number)
        case .atMost(let most): W.orFewer(number: String(most))
        case .atLeast(let least): W.orMore(number: String(least))
        case .withheld: W.notShown
        }
    }

    /// For a theme: the figures as they stood, in one line.
    static func once(_ figure: StatementFigure, _ labels: [String]) -> String {
        let numbers = [
            figure.equal.map { W.equalShort(percent: "\($0.percent)") }, figure.person.map { W.personShort(percent: "\($0.percent)") },
        ]
        return (numbers.compactMap(\.self) + sentences(figure, labels).prefix(1)).joined(separator: " ")
    }
}
