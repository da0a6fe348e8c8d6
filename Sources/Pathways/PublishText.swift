import Kernel
import Readability
import Services
import Store
import Trail

/// Says that what a draft tells is right: somebody else than its writer.
public enum CheckText {
    public static func run(_ text: LeafletText, edition: Int, in service: Service, by deed: Deed, _ tx: Transaction) throws {
        try LeafletPolicy.check(text, in: ServicePeople(of: service, tx), by: deed.actor)
        guard text.state == .draft else { throw Refusal.notAllowed(because: W.notADraft) }
        try Reading.same(text, edition)
        try tx.run(
            """
            UPDATE leaflet_texts SET state = \(LeafletText.State.checked), checked_by = \(deed.actor.personID), checked_at = \(deed.at)
            WHERE id = \(text.id)
            """
        )
        try Trail.record("leaflet.text-checked", TrailSubject("leaflet-text", text.id), at: service.place, by: deed, in: tx)
    }
}

/// Lets everybody read a checked text; the one before stays as a version.
public enum PublishText {
    /// - Parameter reason: why, where it is for readers older than 11; else it is not kept.
    public static func run(
        _ text: LeafletText,
        edition: Int,
        reason: String = "",
        of leaflet: Leaflet,
        in service: Service,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try LeafletPolicy.edit(in: ServicePeople(of: service, tx), by: deed.actor)
        guard text.state == .checked else { throw Refusal.notAllowed(because: W.checkFirst) }
        try Reading.same(text, edition)
        let needsReason = needsReason(text, of: leaflet)
        guard !needsReason || !reason.isEmpty else { throw Problems("reason", W.reasonEmpty(age: "\(text.age?.years ?? 0)")) }
        if text.form == .easy, try SignOffStore.count(of: text, tx).isEmpty { throw Refusal.notAllowed(because: W.easyNeedsPeople) }
        try tx.run(
            """
            UPDATE leaflet_texts SET state = \(LeafletText.State.replaced) WHERE leaflet = \(text.leaflet) AND form = \(text.form)
                AND language = \(text.language) AND state = 'published'
            """
        )
        try tx.run(
            """
            UPDATE leaflet_texts SET state = \(LeafletText.State.published), published_by = \(deed.actor.personID), published_at = \(deed.at),
                reason = \(needsReason ? reason : "")
            WHERE id = \(text.id)
            """
        )
        if text.isOriginal { try tx.run("UPDATE leaflets SET title = \(text.title) WHERE id = \(text.leaflet)") }
        try Trail.record(
            "leaflet.text-published",
            TrailSubject("leaflet-text", text.id),
            at: service.place,
            facts: ["leaflet": text.leaflet.text, "number": "\(text.number)", "age": text.age.map { "\($0.years)" } ?? "none"],
            by: deed,
            in: tx
        )
    }

    static func needsReason(_ text: LeafletText, of leaflet: Leaflet) -> Bool { leaflet.isForFamilies && text.isTooHard }
}

/// What somebody says about a text, they say of the words they read.
public enum Reading {
    /// Throws where there is a newer version.
    public static func current(_ text: LeafletText) throws {
        guard text.state != .replaced else { throw Refusal.notAllowed(because: W.notADraft) }
    }

    /// Throws where its words were changed since.
    public static func same(_ text: LeafletText, _ edition: Int) throws {
        guard text.edition == edition else { throw Problems("edition", W.movedOn) }
    }
}
