import HTML
import Kernel
import Readability
import Web
import Words

extension LeafletText {
    /// Who wrote it, checked it and published it, for those who work on it.
    public func history(_ dates: Dates) -> [FormPage.Fact] {
        var facts = [FormPage.Fact(W.writer, W.writtenOn(who: writer ?? Common.someone, day: dates.day(writtenAt)))]
        if !changed.isEmpty { facts.append(.init(W.whatChanged, changed)) }
        if let at = checkedAt { facts.append(.init(W.stateChecked, W.writtenOn(who: checker ?? Common.someone, day: dates.day(at)))) }
        if let at = publishedAt { facts.append(.init(W.statePublished, dates.day(at))) }
        if !reason.isEmpty { facts.append(.init(W.whyHard, reason)) }
        return facts
    }

    /// How old its readers must be, by each measure; empty where it is too short or not in English.
    public var measures: [FormPage.Fact] {
        guard let age else { return [] }
        func said(_ years: Double) -> String { "\((years * 10).rounded() / 10)" }
        return [
            .init(W.readingAge, "\(age.years)"), .init("Flesch–Kincaid", said(age.fleschKincaid)), .init("SMOG", said(age.smog)),
            .init("ARI", said(age.ari)), .init("Dale–Chall", said(age.daleChall)),
        ]
    }
}
