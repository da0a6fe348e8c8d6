import HTML
import Kernel
import Store
import Web
import Words

/// Adds a service, or changes one: its name, its address, what people read first.
struct ServiceFormPage: Page {
    let heading: String
    let lead: String?
    let fields: Filled
    let version: Int?
    let links: [Link]
    let caption: String?
    let surroundings: Surroundings
    /// It was added a moment ago.
    private let isNew: Bool
    private let action: SafeURL
    var problems: Problems { fields.problems }

    private enum CodingKeys: String, CodingKey { case fields, version, links }

    init(new visit: Visit) {
        heading = W.newServiceHeading
        lead = W.newServiceLead
        fields = Filled(
            visit.form,
            beginning: [
                "name": "", "slug": "", "summary": "", "about": "", "phone": "", "zone": "Europe/London", "other-zone": "",
                "perspectives": "",
            ]
        )
        version = nil
        links = []
        caption = nil
        isNew = false
        surroundings = Surroundings(breadcrumbs: [Link(W.organisation, to: Organisation.url)], isPrivate: true)
        action = .path("/organisation/services/new")
    }

    init(_ here: ServiceVisit) {
        let service = here.service
        heading = W.settingsHeading
        caption = service.name
        isNew = here.visit.query["done"] == "added"
        lead = nil
        fields = Filled(
            here.visit.form,
            beginning: [
                "name": service.name, "slug": service.slug, "summary": service.summary, "about": service.about,
                "phone": service.phone ?? "", "zone": service.zone, "other-zone": "",
            ]
        )
        version = service.version
        links = [
            Link(W.perspectives, to: service.perspectivesURL), Link(W.addProject, to: service.newProjectURL),
            Link(W.seePublicPage, to: service.url),
        ]
        surroundings = here.surroundings(isPrivate: true)
        action = service.settingsURL
    }

    var html: HTML {
        HTML {
            if isNew {
                notificationBanner(W.serviceAdded(name: caption ?? ""), kind: .success)
                nextSteps(W.whatNext) { ol { for link in links { li { a(link.label, to: link.url) } } } }
            } else if !links.isEmpty {
                nav(label: W.moreOfService, class: "tabs") {
                    ul(class: "plain") { for link in links { li { a(link.label, to: link.url) } } }
                }
            }
            form(post: action, help: .asksBeforeLeaving) {
                if let version { hidden("version", version) }
                textField("name", label: W.name, value: fields["name"], hint: W.serviceNameHint, problems: problems)
                textField("slug", label: W.slug, value: fields["slug"], hint: slugHint, problems: problems, isOptional: version == nil)
                textField("summary", label: W.summary, value: fields["summary"], hint: W.summaryHint, problems: problems)
                textArea(
                    "about",
                    label: W.about,
                    value: fields["about"],
                    hint: W.aboutHint,
                    problems: problems,
                    limit: 10_000,
                    isOptional: true
                )
                telField(
                    "phone",
                    label: W.phone,
                    value: fields["phone"],
                    hint: W.phoneHint,
                    problems: problems,
                    autocomplete: .off,
                    isOptional: true
                )
                zone
                if version == nil { perspectiveSets }
                button(version == nil ? W.addService : Common.save)
            }
        }
    }

    /// A few zones to choose from; any other can be typed.
    private var zone: HTML {
        let common = Zones.common.contains(fields["zone"]) ? Zones.common : [fields["zone"]] + Zones.common
        return HTML {
            selectField("zone", label: W.zone, options: common.map { Choice($0, $0) }, value: fields["zone"], problems: problems)
            details(W.otherZone, isOpen: !fields["other-zone"].isEmpty || problems["other-zone"] != nil) {
                textField(
                    "other-zone",
                    label: W.otherZoneName,
                    value: fields["other-zone"],
                    hint: W.otherZoneHint,
                    problems: problems,
                    width: .short,
                    autocomplete: .off,
                    isOptional: true
                )
            }
        }
    }

    private var slugHint: String { version == nil ? W.slugHintNew : W.slugHintChange }

    private var perspectiveSets: HTML {
        radios(
            "perspectives",
            legend: W.perspectivesQuestion,
            options: PerspectiveSet.allCases.map { set in
                Choice(set.rawValue, set == .young ? W.setYoung : W.setAny, hint: listed(set.perspectives.map(\.label)))
            },
            value: fields["perspectives"],
            hint: W.perspectivesHint,
            problems: problems
        )
    }
}

/// Whose points of view count in a service, in their order.
struct PerspectivesPage: Page {
    let heading = W.perspectives
    let lead: String? = W.perspectivesLead
    let rows: [Row]
    let fields: Filled
    let surroundings: Surroundings
    private let service: Service
    var problems: Problems { fields.problems }

    struct Row: Encodable, Sendable {
        let key: String
        let label: String
        let one: String
        let side: String
        let isInUse: Bool
    }

    private enum CodingKeys: String, CodingKey { case rows, fields }

    init(_ here: ServiceVisit, _ others: OtherRooms, _ tx: Transaction) throws {
        service = here.service
        rows = try here.perspectives.all.map { perspective in
            Row(
                key: perspective.key,
                label: perspective.label,
                one: perspective.one,
                side: ChangePerspectives.side(perspective.isStaff),
                isInUse: try others.isInUse(here.service, perspective.key, tx)
            )
        }
        fields = Filled(here.visit.form, beginning: ["label": "", "one": "", "side": ""])
        surroundings = here.surroundings(Link(W.settingsHeading, to: here.service.settingsURL), isPrivate: true)
    }

    var html: HTML {
        HTML {
            table(
                caption: W.perspectivesCaption,
                columns: [
                    TableColumn(W.perspectiveLabel), TableColumn(W.perspectiveOne), TableColumn(W.perspectiveSide), TableColumn(W.whatToDo),
                ],
                rows: rows.enumerated().map { place, row in
                    TableRow(row.label, [HTML(row.one), HTML(row.side), ways(row, isFirst: place == 0)])
                }
            )
            section(W.addPerspective) {
                form(post: service.perspectivesURL) {
                    PerspectiveFields.html(fields)
                    button(W.addPerspective)
                }
            }
        }
    }

    private func ways(_ row: Row, isFirst: Bool) -> HTML {
        let url = SafeURL.path("/", service.slug, "settings", "perspectives", row.key)
        return HTML {
            p { a(Common.change, about: row.label, to: url) }
            if !isFirst {
                postButton(
                    W.moveUp,
                    about: row.label,
                    to: .path("/", service.slug, "settings", "perspectives", row.key, "order"),
                    kind: .quiet
                )
            }
        }
    }
}

/// Renames a perspective, or removes one that nobody brings.
struct PerspectivePage: Page {
    let heading: String
    let fields: Filled
    let version: Int
    let isInUse: Bool
    let surroundings: Surroundings
    private let url: SafeURL
    private let removal: SafeURL
    var problems: Problems { fields.problems }

    private enum CodingKeys: String, CodingKey { case fields, version, isInUse }

    init(_ here: ServiceVisit, _ others: OtherRooms, _ tx: Transaction) throws {
        guard let perspective = here.perspectives[try here.visit.part("perspective")] else { throw Refusal.notFound }
        heading = W.changePerspective(label: perspective.label)
        version = perspective.version
        isInUse = try others.isInUse(here.service, perspective.key, tx)
        fields = Filled(
            here.visit.form,
            beginning: ["label": perspective.label, "one": perspective.one, "side": perspective.isStaff ? "staff" : "lived"]
        )
        let service = here.service
        surroundings = here.surroundings(
            Link(W.settingsHeading, to: service.settingsURL),
            Link(W.perspectives, to: service.perspectivesURL),
            isPrivate: true
        )
        url = .path("/", service.slug, "settings", "perspectives", perspective.key)
        removal = .path("/", service.slug, "settings", "perspectives", perspective.key, "removal")
    }

    var html: HTML {
        HTML {
            form(post: url) {
                hidden("version", version)
                PerspectiveFields.html(fields)
                button(Common.save)
            }
            section(W.removePerspective) {
                if isInUse {
                    p(W.perspectiveStays)
                } else {
                    p(W.perspectiveMayGo)
                    postButton(W.remove, to: removal, kind: .warning)
                }
            }
        }
    }
}

enum PerspectiveFields {
    static func html(_ fields: Filled) -> HTML {
        HTML {
            textField(
                "label",
                label: W.perspectiveLabel,
                value: fields["label"],
                hint: W.perspectiveLabelHint,
                problems: fields.problems,
                width: .short
            )
            textField(
                "one",
                label: W.perspectiveOne,
                value: fields["one"],
                hint: W.perspectiveOneHint,
                problems: fields.problems,
                width: .short
            )
            radios(
                "side",
                legend: W.perspectiveSide,
                options: [Choice("lived", W.sideLived), Choice("staff", W.sideStaff)],
                value: fields["side"],
                problems: fields.problems
            )
        }
    }
}
