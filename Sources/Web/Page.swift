import HTML
import Kernel

/// A page with every word decided: written as HTML for people, and with the very same content as JSON for programs.
public protocol Page: Encodable, Sendable {
    var heading: String { get }
    /// Where the page stands: its service, the way down to it, and which trail entries may change it.
    var surroundings: Surroundings { get }
    var html: HTML { get }

    /// What stands above the heading.
    var caption: String? { get }
    /// One or two sentences under the heading.
    var lead: String? { get }
    /// Set where something was just done: shown in a panel with the heading.
    var confirmation: HTML? { get }
    /// What is wrong with what was typed.
    var problems: Problems { get }
}

extension Page {
    public var caption: String? { nil }
    public var lead: String? { nil }
    public var confirmation: HTML? { nil }
    public var problems: Problems { Problems() }
}

/// What is around a page.
public struct Surroundings: Encodable, Sendable {
    public var service: Link?
    public var navigation: [Link] = []
    public var breadcrumbs: [Link]
    public var feed: Link?
    public private(set) var sheets: [Sheet] = []
    /// A host of others from which the page shows pictures, such as `https://tiles.example.org`. Not for pages that are kept for everybody.
    public var picturesFrom: String?
    /// Which entries of the trail may change this page: everything in this service, or only in this project of it.
    public var place: Place
    /// For one person only, or behind a secret address: not for search engines, not for any cache.
    public var isPrivate: Bool
    /// Whether search engines may list it; never what is private.
    public var isListed = true
    /// "If someone is in danger now" in the footer; not where the page itself says it, larger.
    public var saysRightNow: Bool

    public init(
        service: Link? = nil,
        navigation: [Link] = [],
        breadcrumbs: [Link] = [],
        feed: Link? = nil,
        place: Place = .organisation,
        isPrivate: Bool = false,
        saysRightNow: Bool = true
    ) {
        self.service = service
        self.navigation = navigation
        self.breadcrumbs = breadcrumbs
        self.feed = feed
        self.place = place
        self.isPrivate = isPrivate
        self.saysRightNow = saysRightNow
    }

    /// The same for a page that wears a sheet of its own.
    public func wearing(_ sheet: Sheet) -> Surroundings {
        var these = self
        these.sheets.append(sheet)
        return these
    }

    private enum Keys: String, CodingKey { case service, breadcrumbs }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encodeIfPresent(service, forKey: .service)
        try container.encode(breadcrumbs, forKey: .breadcrumbs)
    }
}
