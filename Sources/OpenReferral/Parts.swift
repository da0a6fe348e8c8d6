// The parts of services and places, as Open Referral UK 3.0 names them.

extension ORUK {
    public enum LocationType: String, Codable, Sendable { case physical, postal, virtual }

    public enum Frequency: String, Codable, Sendable {
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
    }

    /// A place, of stone or on the telephone.
    public struct Location: Codable, Sendable, Equatable {
        public var id: String
        public var locationType: LocationType
        public var name: String?
        public var description: String?
        /// In degrees, WGS 84.
        public var latitude: Double?
        public var longitude: Double?
        public var externalIdentifier: String?
        public var externalIdentifierType: String?
        public var addresses: [Address]?
        public var accessibility: [Accessibility]?
        public var attributes: [Attribute]?
        /// How to get there, as HSDS 3.0 names it; the UK profile says nothing of it.
        public var transportation: String?

        public init(id: String, locationType: LocationType) {
            self.id = id
            self.locationType = locationType
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, description, latitude, longitude, addresses, accessibility, attributes, transportation
            case locationType = "location_type"
            case externalIdentifier = "external_identifier"
            case externalIdentifierType = "external_identifier_type"
        }
    }

    public struct Address: Codable, Sendable, Equatable {
        public var id: String
        public var locationID: String?
        public var attention: String?
        public var address1: String
        public var address2: String?
        public var city: String
        public var region: String?
        public var stateProvince: String
        public var postalCode: String
        /// Two letters, such as `GB`.
        public var country: String
        public var addressType: LocationType

        public init(
            id: String,
            address1: String,
            city: String,
            stateProvince: String,
            postalCode: String,
            country: String,
            addressType: LocationType
        ) {
            self.id = id
            self.address1 = address1
            self.city = city
            self.stateProvince = stateProvince
            self.postalCode = postalCode
            self.country = country
            self.addressType = addressType
        }

        private enum CodingKeys: String, CodingKey {
            case id, attention, city, region, country
            case locationID = "location_id"
            case address1 = "address_1"
            case address2 = "address_2"
            case stateProvince = "state_province"
            case postalCode = "postal_code"
            case addressType = "address_type"
        }
    }

    /// When a service is open or meets.
    public struct Schedule: Codable, Sendable, Equatable {
        public var id: String
        public var serviceID: String?
        public var serviceAtLocationID: String?
        public var validFrom: String?
        public var validTo: String?
        /// The first day, from which every second or third is counted.
        public var dtstart: String?
        public var freq: Frequency?
        public var interval: Double?
        /// Such as `TU,TH`, or `-1MO` for the last Monday of a month.
        public var byday: String?
        public var bymonthday: String?
        public var description: String?
        /// Such as `10:00`, in the time of the place.
        public var opensAt: String?
        public var closesAt: String?
        public var scheduleLink: String?
        public var attendingType: String?
        public var notes: String?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, dtstart, freq, interval, byday, bymonthday, description, notes
            case serviceID = "service_id"
            case serviceAtLocationID = "service_at_location_id"
            case validFrom = "valid_from"
            case validTo = "valid_to"
            case opensAt = "opens_at"
            case closesAt = "closes_at"
            case scheduleLink = "schedule_link"
            case attendingType = "attending_type"
        }
    }

    public struct CostOption: Codable, Sendable, Equatable {
        public var id: String
        public var serviceID: String?
        public var validFrom: String?
        public var validTo: String?
        public var option: String?
        /// In pounds.
        public var amount: Double?
        public var amountDescription: String?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, option, amount
            case serviceID = "service_id"
            case validFrom = "valid_from"
            case validTo = "valid_to"
            case amountDescription = "amount_description"
        }
    }

    public struct Contact: Codable, Sendable, Equatable {
        public var id: String
        public var serviceID: String?
        public var name: String?
        public var title: String?
        public var email: String?
        public var phones: [Phone]?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, title, email, phones
            case serviceID = "service_id"
        }
    }

    public struct Phone: Codable, Sendable, Equatable {
        public var id: String
        public var contactID: String?
        public var number: String
        public var description: String?
        /// As RFC 6350 and HSDS 3.0 name it, such as `text` for messages; nil for a voice.
        public var type: String?
        public var languages: [Language]?

        public init(id: String, number: String) {
            self.id = id
            self.number = number
        }

        private enum CodingKeys: String, CodingKey {
            case id, number, description, type, languages
            case contactID = "contact_id"
        }
    }

    /// Another address of a service, such as one for chatting (HSDS 3.0).
    public struct WebAddress: Codable, Sendable, Equatable {
        public var id: String
        public var serviceID: String?
        public var label: String?
        public var url: String?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, label, url
            case serviceID = "service_id"
        }
    }

    public struct Language: Codable, Sendable, Equatable {
        public var id: String
        public var serviceID: String?
        public var phoneID: String?
        public var name: String?
        public var code: String?
        public var note: String?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, code, note
            case serviceID = "service_id"
            case phoneID = "phone_id"
        }
    }

    public struct Accessibility: Codable, Sendable, Equatable {
        public var id: String
        public var locationID: String?
        public var description: String?
        public var details: String?
        public var url: String?
        public var accessibility: String?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, description, details, url, accessibility
            case locationID = "location_id"
        }
    }

    public struct ServiceArea: Codable, Sendable, Equatable {
        public var id: String
        public var serviceID: String?
        public var name: String?
        public var extent: String?
        public var extentType: String?
        public var uri: String?
        public var serviceArea: String?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, extent, uri
            case serviceID = "service_id"
            case extentType = "extent_type"
            case serviceArea = "service_area"
        }
    }

    public struct Funding: Codable, Sendable, Equatable {
        public var id: String
        public var serviceID: String?
        public var source: String?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, source
            case serviceID = "service_id"
        }
    }

    /// That something is found under a term.
    public struct Attribute: Codable, Sendable, Equatable {
        public var id: String
        public var linkID: String?
        public var taxonomyTermID: String?
        public var linkType: String?
        public var linkEntity: String?
        public var value: String?
        public var taxonomyTerm: TaxonomyTerm?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, value
            case linkID = "link_id"
            case taxonomyTermID = "taxonomy_term_id"
            case linkType = "link_type"
            case linkEntity = "link_entity"
            case taxonomyTerm = "taxonomy_term"
        }
    }

    /// A word that services are found by, such as a need.
    public struct TaxonomyTerm: Codable, Sendable, Equatable {
        public var id: String
        public var name: String
        public var description: String
        public var parentID: String?
        public var taxonomy: String?
        public var taxonomyID: String?
        public var termURI: String?
        public var term: String?

        public init(id: String, name: String, description: String) {
            self.id = id
            self.name = name
            self.description = description
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, description, taxonomy, term
            case parentID = "parent_id"
            case taxonomyID = "taxonomy_id"
            case termURI = "term_uri"
        }
    }

    /// Words that belong together.
    public struct Taxonomy: Codable, Sendable, Equatable {
        public var id: String
        public var name: String
        public var description: String
        public var uri: String?
        public var version: String?
        public var taxonomyTerms: [TaxonomyTerm]?

        public init(id: String, name: String, description: String) {
            self.id = id
            self.name = name
            self.description = description
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, description, uri, version
            case taxonomyTerms = "taxonomy_terms"
        }
    }
}
