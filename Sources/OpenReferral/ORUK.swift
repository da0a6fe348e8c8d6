/// Open Referral UK 3.0: how directories of services exchange what they know.
public enum ORUK {
    public static let version = "HSDS-UK-3.0"
    public static let profile = "https://docs.openreferraluk.org"

    /// What the first address of a feed says about itself.
    public struct Details: Codable, Sendable, Equatable {
        public var version: String
        public var profile: String
        public var openapiURL: String

        public init(openapiURL: String) {
            version = ORUK.version
            profile = ORUK.profile
            self.openapiURL = openapiURL
        }

        private enum CodingKeys: String, CodingKey {
            case version, profile
            case openapiURL = "openapi_url"
        }
    }

    /// Something that may help somebody: what it is, for whom, when, where and what it costs.
    public struct Service: Codable, Sendable, Equatable {
        public enum Status: String, Codable, Sendable {
            case active, inactive, defunct
            case temporarilyClosed = "temporarily closed"
        }

        public var id: String
        public var organizationID: String?
        public var name: String
        public var description: String?
        public var url: String?
        public var email: String?
        public var status: Status
        public var fees: String?
        public var accreditations: String?
        /// In years.
        public var minimumAge: Double?
        public var maximumAge: Double?
        /// When somebody last checked that it is true, such as `2026-03-10`.
        public var assuredDate: String?
        public var assurerEmail: String?
        public var alert: String?
        /// ISO 8601 with milliseconds.
        public var lastModified: String?
        public var schedules: [Schedule]?
        public var serviceAreas: [ServiceArea]?
        public var serviceAtLocations: [ServiceAtLocation]?
        public var languages: [Language]?
        public var organization: Organization?
        public var funding: [Funding]?
        public var costOptions: [CostOption]?
        public var contacts: [Contact]?
        public var attributes: [Attribute]?
        public var additionalURLs: [WebAddress]?

        public init(id: String, name: String, status: Status = .active) {
            self.id = id
            self.name = name
            self.status = status
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, description, url, email, status, fees, accreditations, alert, schedules, languages, organization, funding,
                contacts
            case attributes
            case organizationID = "organization_id"
            case minimumAge = "minimum_age"
            case maximumAge = "maximum_age"
            case assuredDate = "assured_date"
            case assurerEmail = "assurer_email"
            case lastModified = "last_modified"
            case serviceAreas = "service_areas"
            case serviceAtLocations = "service_at_locations"
            case costOptions = "cost_options"
            case additionalURLs = "additional_urls"
        }
    }

    /// Who runs services.
    public struct Organization: Codable, Sendable, Equatable {
        public var id: String
        public var name: String
        public var description: String
        public var email: String?
        public var website: String?
        public var logo: String?
        public var uri: String?
        public var parentOrganizationID: String?
        public var organizationIdentifiers: [OrganizationIdentifier]?
        public var attributes: [Attribute]?
        /// Only where a list of services was asked for with it.
        public var services: [Service]?

        public init(id: String, name: String, description: String) {
            self.id = id
            self.name = name
            self.description = description
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, description, email, website, logo, uri, attributes, services
            case parentOrganizationID = "parent_organization_id"
            case organizationIdentifiers = "organization_identifiers"
        }
    }

    public struct OrganizationIdentifier: Codable, Sendable, Equatable {
        public var id: String
        public var organizationID: String?
        public var identifierScheme: String?
        public var identifierType: String
        public var identifier: String

        public init(id: String, type: String, identifier: String) {
            self.id = id
            identifierType = type
            self.identifier = identifier
        }

        private enum CodingKeys: String, CodingKey {
            case id, identifier
            case organizationID = "organization_id"
            case identifierScheme = "identifier_scheme"
            case identifierType = "identifier_type"
        }
    }

    /// That a service is given at a place.
    public struct ServiceAtLocation: Codable, Sendable, Equatable {
        public var id: String
        public var serviceID: String?
        public var locationID: String?
        public var description: String?
        public var location: Location?
        public var schedules: [Schedule]?
        /// Only where places were asked for with what is given there.
        public var service: Service?

        public init(id: String, location: Location?) {
            self.id = id
            self.location = location
        }

        private enum CodingKeys: String, CodingKey {
            case id, description, location, schedules, service
            case serviceID = "service_id"
            case locationID = "location_id"
        }
    }
}
