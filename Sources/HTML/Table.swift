/// A column of a table: its heading, and whether numbers stand in it.
public struct TableColumn: Sendable, ExpressibleByStringLiteral {
    let heading: String
    let isNumber: Bool

    public init(_ heading: String) {
        self.heading = heading
        isNumber = false
    }

    public init(stringLiteral heading: String) { self.init(heading) }

    private init(_ heading: String, isNumber: Bool) {
        self.heading = heading
        self.isNumber = isNumber
    }

    /// A column of numbers, set flush so that they can be compared.
    public static func number(_ heading: String) -> TableColumn { TableColumn(heading, isNumber: true) }
}

/// A row of a table: what it is about, then the rest of its cells.
public struct TableRow: Sendable {
    let header: HTML
    let cells: [HTML]

    public init(_ header: HTML, _ cells: [HTML]) {
        self.header = header
        self.cells = cells
    }

    public init(_ header: String, _ cells: [HTML]) { self.init(HTML(header), cells) }
}

/// Figures side by side, with a caption that says what they are. The first cell of each row is its heading.
public func table(caption: String, columns: [TableColumn], rows: [TableRow], isCaptionOnlySpoken: Bool = false) -> HTML {
    .writing { writer in
        let captionID = writer.newID()
        // A wide table scrolls in its own frame, which a keyboard must be able to reach.
        element("div", class: "table", [.init("role", "region"), .init("tabindex", "0"), .init("aria-labelledby", captionID)]) {
            element("table") {
                element("caption", class: isCaptionOnlySpoken ? "only-spoken" : nil, id: captionID, HTML(caption))
                element("thead") { element("tr") { for column in columns { heading(column) } } }
                element("tbody") { for row in rows { tableRow(row, columns) } }
            }
        }.write(to: &writer)
    }
}

private func heading(_ column: TableColumn) -> HTML {
    element("th", class: column.isNumber ? "number" : nil, [.init("scope", "col")], HTML(column.heading))
}

private func tableRow(_ row: TableRow, _ columns: [TableColumn]) -> HTML {
    element("tr") {
        element("th", [.init("scope", "row")], row.header)
        for (place, cell) in row.cells.enumerated() {
            let isNumber = place + 1 < columns.count && columns[place + 1].isNumber
            element("td", class: isNumber ? "number" : nil, cell)
        }
    }
}
