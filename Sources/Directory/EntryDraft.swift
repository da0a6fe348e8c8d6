import Finding
import Foundation
import HTML
import Kernel
import OpenReferral
import Store

/// An entry as somebody writes it: on a form, in a row of a file, or mended by its owner.
public struct EntryDraft: Sendable, Equatable {
    public struct Address: Sendable, Equatable, Codable {
        public var line: String
        public var town: String
        public var postcode: String

        public init(line: String, town: String = "", postcode: String = "") {
            self.line = line
            self.town = town
            self.postcode = postcode
        }

        public var isEmpty: Bool { line.isEmpty && town.isEmpty && postcode.isEmpty }
    }

    public enum Cost: String, Sendable, Codable, CaseIterable { case unknown, free, paid }

    public var name = ""
    public var provider = ""
    public var description = ""
    public var addresses: [Address] = []
    /// The bus, parking, which door.
    public var gettingThere = ""
    /// Nothing of its address is kept.
    public var isSecret = false
    public var phone = ""
    /// A number for messages.
    public var text = ""
    /// A page for chatting or writing, instead of phoning.
    public var chat = ""
    public var email = ""
    public var url = ""
    public var minimumAge: Int?
    public var maximumAge: Int?
    public var cost = Cost.unknown
    public var costWords = ""
    public var traits: Set<Trait> = []
    public var wait = ""
    /// When it is on, as people write it: "Tuesdays 7–9pm".
    public var when = ""
    public var languages: [String] = []
    public var needs: Set<TermID> = []
    public var status = ORUK.Service.Status.active

    public init() {}

    /// What an entry says now, for the form that changes it.
    public init(_ entry: Entry, provider: String) {
        let service = entry.service
        name = service.name
        self.provider = provider
        description = service.description ?? ""
        isSecret = entry.isSecret
        addresses = (service.serviceAtLocations ?? []).compactMap { $0.location?.addresses?.first }.map {
            Address(line: $0.address1, town: $0.city == $0.address1 ? "" : $0.city, postcode: $0.postalCode)
        }
        gettingThere = service.gettingThere ?? ""
        phone = service.phone ?? ""
        text = service.textNumber ?? ""
        chat = service.chat ?? ""
        email = service.email ?? ""
        url = service.url ?? ""
        minimumAge = service.minimumAge.map { Int($0) }
        maximumAge = service.maximumAge.map { Int($0) }
        cost = service.isFree ? .free : service.costOptions == nil ? .unknown : .paid
        costWords = service.costOptions?.first?.option ?? ""
        traits = Set(Trait.allCases.filter(service.has))
        wait = service.wait ?? ""
        when = service.when ?? ""
        languages = (service.languages ?? []).compactMap { $0.name ?? $0.code }
        needs = Set(service.termIDs.compactMap { TermID($0) }).subtracting(Trait.allCases.compactMap { TermID($0.id) })
        status = service.status
    }

    // MARK: Into a document

    /// The document with what was written put in. What the draft knows nothing of, such as funding, stays as it was.
    public func applied(to service: ORUK.Service, needs known: [Need]) -> ORUK.Service {
        var service = service
        let before = EntryDraft(
            Entry(id: EntryID(service.id) ?? Self.nobody, number: 0, service: service, at: Moment(milliseconds: 0)),
            provider: ""
        )
        service.name = name
        service.description = description.isEmpty ? nil : description
        service.email = email.isEmpty ? nil : email
        service.url = SafeURL(web: url)?.description
        service.status = status
        service.minimumAge = minimumAge.map { Double($0) }
        service.maximumAge = maximumAge.map { Double($0) }
        // Parts that say the same as before keep what else a source knows of them.
        if phone != before.phone || text != before.text { service.contacts = contacts(service) }
        if chat != before.chat { service.additionalURLs = chats(service) }
        if cost != before.cost || costWords != before.costWords { service.costOptions = costOptions(service.id) }
        if when != before.when { service.schedules = schedules(service.id) }
        if languages != before.languages { service.languages = spoken(service.id) }
        if isSecret {
            service.serviceAtLocations = nil
        } else if addresses != before.addresses || gettingThere != before.gettingThere {
            service.serviceAtLocations = reached(places(service), service.id)
        }
        service.attributes = attributes(service, known)
        return service
    }

    private static let nobody: EntryID = ID(at: Moment(milliseconds: 0), chance: Chance { [UInt8](repeating: 0, count: $0) })

    private func part(_ service: String, _ name: String) -> String { StableID.of("\(service):\(name)") }

    /// The first voice and the first number for messages are ours to say; what else a source knows stays.
    private func contacts(_ service: ORUK.Service) -> [ORUK.Contact]? {
        var contact = service.contacts?.first ?? ORUK.Contact(id: part(service.id, "contact"))
        let old = contact.phones ?? []
        let voices = numbers(old.filter { !$0.isText }, phone, part(service.id, "phone"), type: nil)
        let texts = numbers(old.filter(\.isText), text, part(service.id, "text"), type: "text")
        contact.phones = voices + texts
        guard !voices.isEmpty || !texts.isEmpty else {
            let others = Array((service.contacts ?? []).dropFirst())
            return others.isEmpty ? nil : others
        }
        return [contact] + (service.contacts ?? []).dropFirst()
    }

    private func numbers(_ old: [ORUK.Phone], _ typed: String, _ id: String, type: String?) -> [ORUK.Phone] {
        let others = Array(old.dropFirst())
        guard !typed.isEmpty else { return others }
        if let first = old.first, first.number == typed { return old }
        var number = ORUK.Phone(id: id, number: typed)
        number.type = type
        return [number] + others.filter { $0.id != id }
    }

    private func chats(_ service: ORUK.Service) -> [ORUK.WebAddress]? {
        let others = (service.additionalURLs ?? []).filter { $0.url != service.chat }
        guard let url = SafeURL(web: chat) else { return others.isEmpty ? nil : others }
        var address = ORUK.WebAddress(id: part(service.id, "chat"))
        (address.label, address.url) = (W.chat, url.description)
        return [address] + others.filter { $0.id != address.id }
    }

    /// How to get there stands with the first place; where there is no address, with a place that says nothing else.
    private func reached(_ places: [ORUK.ServiceAtLocation]?, _ id: String) -> [ORUK.ServiceAtLocation]? {
        var places = places ?? []
        if places.isEmpty, !gettingThere.isEmpty {
            let location = ORUK.Location(id: part(id, "location-1"), locationType: .physical)
            places = [ORUK.ServiceAtLocation(id: part(id, "place-1"), location: location)]
        }
        for place in places.indices { places[place].location?.transportation = nil }
        if !places.isEmpty, !gettingThere.isEmpty { places[0].location?.transportation = gettingThere }
        return places.isEmpty ? nil : places
    }

    private func costOptions(_ id: String) -> [ORUK.CostOption]? {
        guard cost != .unknown else { return nil }
        var option = ORUK.CostOption(id: part(id, "cost"))
        option.option = costWords.isEmpty ? nil : costWords
        option.amount = cost == .free ? 0 : Prose.cost(costWords)?.pounds
        return [option]
    }

    /// Times that could be read out of the words, else the words alone.
    private func schedules(_ id: String) -> [ORUK.Schedule]? {
        guard !when.isEmpty else { return nil }
        var found = Prose.times(when)
        if found.isEmpty { found = [ORUK.Schedule(id: "")] }
        for place in found.indices {
            found[place].id = part(id, "schedule-\(place + 1)")
            // The whole sentence, so that nothing of it is lost.
            found[place].description = when
        }
        return found
    }

    private func spoken(_ id: String) -> [ORUK.Language]? {
        let list = languages.map { name -> ORUK.Language in
            var language = ORUK.Language(id: part(id, "language-\(name.lowercased())"))
            language.name = name
            return language
        }
        return list.isEmpty ? nil : list
    }

    private func places(_ service: ORUK.Service) -> [ORUK.ServiceAtLocation]? {
        let old = service.serviceAtLocations ?? []
        let list = addresses.filter { !$0.isEmpty }.enumerated().map { number, typed -> ORUK.ServiceAtLocation in
            var place =
                number < old.count ? old[number] : ORUK.ServiceAtLocation(id: part(service.id, "place-\(number + 1)"), location: nil)
            var location = place.location ?? ORUK.Location(id: part(service.id, "location-\(number + 1)"), locationType: .physical)
            let id = location.addresses?.first?.id ?? part(service.id, "address-\(number + 1)")
            let moved = location.addresses?.first.map { $0.postalCode != Self.postcode(typed) } ?? false
            if moved { (location.latitude, location.longitude) = (nil, nil) }
            location.addresses = [
                ORUK.Address(
                    id: id,
                    address1: typed.line.isEmpty ? typed.town : typed.line,
                    city: typed.town.isEmpty ? typed.line : typed.town,
                    stateProvince: location.addresses?.first?.stateProvince ?? "England",
                    postalCode: Self.postcode(typed),
                    country: "GB",
                    addressType: .physical
                )
            ]
            place.location = location
            return place
        }
        return list.isEmpty ? nil : list
    }

    private static func postcode(_ typed: Address) -> String { Postcode(typed.postcode)?.text ?? typed.postcode }

    private func attributes(_ service: ORUK.Service, _ known: [Need]) -> [ORUK.Attribute]? {
        let ours = Set(known.map(\.id.text) + Trait.allCases.map(\.id))
        var list = (service.attributes ?? []).filter { !ours.contains($0.taxonomyTerm?.id ?? $0.taxonomyTermID ?? "") }
        for need in known where needs.contains(need.id) { list.append(attribute(service.id, need.term)) }
        for trait in Trait.allCases where traits.contains(trait) || trait == .waiting && !wait.isEmpty {
            var one = attribute(service.id, trait.term)
            if trait == .waiting, !wait.isEmpty { one.value = wait }
            list.append(one)
        }
        return list.isEmpty ? nil : list
    }

    private func attribute(_ service: String, _ term: ORUK.TaxonomyTerm) -> ORUK.Attribute {
        var one = ORUK.Attribute(id: part(service, "term-\(term.id)"))
        one.linkID = service
        one.linkEntity = "service"
        one.taxonomyTerm = term
        return one
    }
}

extension Trait {
    public var term: ORUK.TaxonomyTerm {
        var term = ORUK.TaxonomyTerm(id: id, name: label, description: label)
        term.taxonomy = family.label
        term.taxonomyID = family.id
        term.term = label
        return term
    }
}
