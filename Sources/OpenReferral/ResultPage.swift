extension ORUK {
    /// One page of a long list.
    public struct ResultPage<Item: Encodable & Sendable>: Encodable, Sendable {
        public let totalItems: Int
        public let totalPages: Int
        /// From 1.
        public let pageNumber: Int
        /// How many items this page holds.
        public let size: Int
        public let contents: [Item]

        /// - Parameters:
        ///   - paging: which page was asked for, and how many items one holds at most.
        ///   - total: how many items there are on all pages.
        public init(_ contents: [Item], _ paging: Paging, total: Int) {
            totalItems = total
            totalPages = paging.pages(of: total)
            pageNumber = paging.page
            size = contents.count
            self.contents = contents
        }

        private enum CodingKeys: String, CodingKey {
            case size, empty, contents
            case totalItems = "total_items"
            case totalPages = "total_pages"
            case pageNumber = "page_number"
            case firstPage = "first_page"
            case lastPage = "last_page"
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(totalItems, forKey: .totalItems)
            try container.encode(totalPages, forKey: .totalPages)
            try container.encode(pageNumber, forKey: .pageNumber)
            try container.encode(size, forKey: .size)
            try container.encode(pageNumber == 1, forKey: .firstPage)
            try container.encode(pageNumber >= totalPages, forKey: .lastPage)
            try container.encode(contents.isEmpty, forKey: .empty)
            try container.encode(contents, forKey: .contents)
        }
    }

    /// Which part of a long list is wanted.
    public struct Paging: Sendable, Equatable {
        /// From 1.
        public var page: Int
        public var perPage: Int

        public init(page: Int = 1, perPage: Int = 10) {
            self.page = page
            self.perPage = perPage
        }

        /// 0 where there is nothing.
        public func pages(of total: Int) -> Int { (total + perPage - 1) / perPage }

        /// The places of the items on this page among `total`.
        public func range(of total: Int) -> Range<Int> {
            let (start, overflow) = (page - 1).multipliedReportingOverflow(by: perPage)
            guard !overflow, start < total else { return total..<total }
            return start..<min(start + perPage, total)
        }
    }
}
