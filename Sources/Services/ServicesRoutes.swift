import HTML
import Kernel
import Store
import Web

public enum ServicesRoutes {
    public static func add(to site: Site, others: OtherRooms) {
        addOrganisation(to: site, others)
        addServices(to: site)
        addPerspectives(to: site, others)
    }

    private static func addOrganisation(to site: Site, _ others: OtherRooms) {
        site.page("/organisation") { visit, tx in
            try ServicePolicy.setUp(by: visit.actor)
            return try OrganisationPage(others, tx)
        }
        let show: Site.Show = { visit, tx in
            try ServicePolicy.setUp(by: visit.actor)
            return try OrganisationNamePage(visit, tx)
        }
        site.page("/organisation/name", show)
        site.post("/organisation/name", again: show) { visit, tx in
            try ServicePolicy.setUp(by: visit.actor)
            var form = visit.form
            let name = form.line("name", limit: 120, empty: W.nameEmpty)
            let about = form.text("about", limit: 2_000)
            let version = form.version
            try form.check()
            try NameOrganisation.run(name: name, about: about, version: version, by: visit.deed, tx)
            return .see(Organisation.url)
        }
    }

    private static func addServices(to site: Site) {
        let showNew: Site.Show = { visit, tx in
            try ServicePolicy.setUp(by: visit.actor)
            return ServiceFormPage(new: visit)
        }
        site.page("/organisation/services/new", showNew)
        site.post("/organisation/services/new", again: showNew) { visit, tx in
            try ServicePolicy.setUp(by: visit.actor)
            var form = visit.form
            let details = ServiceDetails(&form)
            let set: PerspectiveSet? = form.choice("perspectives", missing: W.perspectivesEmpty)
            try form.check()
            guard let set else { throw Refusal.notFound }
            let service = try MakeService.run(details, perspectives: set.perspectives, by: visit.deed, tx)
            return .see(service.settingsURL.adding("done", "added"))
        }
        let show: Site.Show = { visit, tx in
            let here = try ServiceVisit(visit, tx)
            try ServicePolicy.change(here.service, by: visit.actor)
            return ServiceFormPage(here)
        }
        site.page("/:service/settings", show)
        site.post("/:service/settings", again: show) { visit, tx in
            let here = try ServiceVisit(visit, tx)
            try ServicePolicy.change(here.service, by: visit.actor)
            var form = visit.form
            let details = ServiceDetails(&form)
            let version = form.version
            try form.check()
            return .see(try ChangeService.run(here.service.id, to: details, version: version, by: visit.deed, tx).settingsURL)
        }
    }

    private static func addPerspectives(to site: Site, _ others: OtherRooms) {
        let show: Site.Show = { visit, tx in
            let here = try ServiceVisit(visit, tx)
            try ServicePolicy.change(here.service, by: visit.actor)
            return try PerspectivesPage(here, others, tx)
        }
        site.page("/:service/settings/perspectives", show)
        site.post("/:service/settings/perspectives", again: show) { visit, tx in
            let here = try ServiceVisit(visit, tx)
            try ServicePolicy.change(here.service, by: visit.actor)
            var form = visit.form
            let details = try PerspectiveDetails(&form)
            try ChangePerspectives.add(details, to: here.service.id, by: visit.deed, tx)
            return .see(here.service.perspectivesURL)
        }
        let showOne: Site.Show = { visit, tx in
            let here = try ServiceVisit(visit, tx)
            try ServicePolicy.change(here.service, by: visit.actor)
            return try PerspectivePage(here, others, tx)
        }
        site.page("/:service/settings/perspectives/:perspective", showOne)
        site.post("/:service/settings/perspectives/:perspective", again: showOne) { visit, tx in
            let here = try ServiceVisit(visit, tx)
            try ServicePolicy.change(here.service, by: visit.actor)
            var form = visit.form
            let version = form.version
            let details = try PerspectiveDetails(&form)
            try ChangePerspectives.change(
                visit.part("perspective"),
                of: here.service.id,
                to: details,
                version: version,
                by: visit.deed,
                tx
            )
            return .see(here.service.perspectivesURL)
        }
        site.post("/:service/settings/perspectives/:perspective/order") { visit, tx in
            let here = try ServiceVisit(visit, tx)
            try ChangePerspectives.moveUp(visit.part("perspective"), of: here.service.id, by: visit.deed, tx)
            return .see(here.service.perspectivesURL)
        }
        site.post("/:service/settings/perspectives/:perspective/removal") { visit, tx in
            let here = try ServiceVisit(visit, tx)
            let key = try visit.part("perspective")
            let isInUse = try others.isInUse(here.service, key, tx)
            try ChangePerspectives.remove(key, of: here.service.id, isInUse: isInUse, by: visit.deed, tx)
            return .see(here.service.perspectivesURL)
        }
    }
}

/// The sets of perspectives that a new service may begin with.
enum PerspectiveSet: String, CaseIterable {
    case young, any

    var perspectives: [Perspective] {
        switch self {
        case .young: Perspectives.youngPeoplesService
        case .any: Perspectives.anyService
        }
    }
}

extension Form {
    /// Which version of the thing the form was opened on; 0 where there was none.
    public var version: Int { Int(self["version"]) ?? 0 }
}

extension ServiceDetails {
    init(_ form: inout Form) {
        let name = form.line("name", limit: 80, empty: W.nameEmpty)
        let slug = form.line("slug", limit: Slug.limit).lowercased()
        let summary = form.line("summary", limit: 300, empty: W.summaryEmpty)
        let about = form.text("about", limit: 10_000)
        let phone = form.line("phone", limit: 40)
        let other = form.line("other-zone", limit: 60)
        let zone = other.isEmpty ? form.line("zone", limit: 60) : other
        if !phone.isEmpty, phone.count(where: \.isNumber) < 3 { form.problems.add("phone", W.phoneWrong) }
        if !Zones.all.contains(zone) { form.problems.add(other.isEmpty ? "zone" : "other-zone", W.zoneWrong) }
        let wanted = slug.isEmpty ? Slug.of(name) : slug
        if !wanted.isEmpty, let sentence = Slug.problem(wanted) { form.problems.add("slug", sentence) }
        self.init(name: name, slug: slug, summary: summary, about: about, phone: phone.isEmpty ? nil : phone, zone: zone)
    }
}

extension PerspectiveDetails {
    init(_ form: inout Form) throws {
        let label = form.line("label", limit: 60, empty: W.perspectiveLabelEmpty)
        let one = form.line("one", limit: 60, empty: W.perspectiveOneEmpty)
        let side: PerspectiveSide? = form.choice("side", missing: W.perspectiveSideEmpty)
        try form.check()
        self.init(label: label, one: one, isStaff: side == .staff)
    }
}

enum PerspectiveSide: String { case lived, staff }
