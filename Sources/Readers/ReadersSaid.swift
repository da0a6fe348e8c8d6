import HTML
import Kernel
import Pathways
import Services
import Store
import Web
import Words

extension ReadersRoutes {
    /// What readers of a text said, for the editor who is about to publish it.
    public static func said(of text: LeafletText, _ at: LeafletVisit, _ tx: Transaction) throws -> ReadersSaid {
        let (people, actor, perspectives) = (at.here.people, at.visit.actor, at.here.at.perspectives)
        let asked = try AskingStore.groups(of: text.id, tx).map(\.name)
        let readBy = try SignOffStore.count(of: text, tx).told(perspectives, at.here.at.dates)
        let open = try CommentStore.all(of: text.id, in: people, for: actor, tx).filter { $0.answer.isEmpty && !$0.words.isEmpty }
        let figures = try UnderstandingStore.figures(of: text, for: actor, in: people, perspectives, tx)
        let unclear = TextPart.all(of: text, explained: []).flatMap(\.everyPart).flatMap { part in
            (figures[part.id] ?? []).compactMap { Self.unclear($0, in: part.said.capitalisedStart) }
        }
        let comments = open.map { one in
            W.commentOpen(number: "\(one.paragraph)", who: perspectives.one(one.perspective), words: one.words)
        }
        return ReadersSaid(
            [
                FormPage.Fact(W.readersAsked, asked.isEmpty ? W.nobodyAsked : listed(asked)),
                FormPage.Fact(W.readersClear, readBy ?? W.nobodyClear),
                FormPage.Fact(W.readersUnclear, unclear.isEmpty ? W.nothingUnclear : unclear.joined(separator: "\n")),
                FormPage.Fact(W.readersOpen, comments.isEmpty ? W.nothingOpen : comments.joined(separator: "\n")),
            ],
            isAnythingOpen: !unclear.isEmpty || !comments.isEmpty
        )
    }

    private static func unclear(_ one: Understood, in part: String) -> String? {
        if one.isFew { return W.partFew(part: part, number: one.yes) }
        return one.isUnclear ? W.partUnclear(part: part, who: one.perspective, number: one.no) : nil
    }
}

extension TextPart {
    /// Its heading in running words; the part before the first heading has none.
    var said: String { heading.isEmpty ? W.theBeginning : heading }
}
