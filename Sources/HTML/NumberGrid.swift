import Kernel

/// Small numbers in rows and columns, to be typed in: one compact table in which every field has its label.
public struct NumberGrid: Sendable, Encodable {
    public struct Field: Sendable, Encodable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public struct Row: Sendable, Encodable {
        public let label: String
        public let fields: [Field]

        public init(label: String, fields: [Field]) {
            self.label = label
            self.fields = fields
        }
    }

    public let caption: String
    /// The heading above the rows' labels.
    public let corner: String
    public let columns: [String]
    public let rows: [Row]

    public init(caption: String, corner: String, columns: [String], rows: [Row]) {
        self.caption = caption
        self.corner = corner
        self.columns = columns
        self.rows = rows
    }

    public func html(_ problems: Problems) -> HTML {
        element("table", class: "number-grid") {
            element("caption", class: "only-spoken", HTML(caption))
            element("thead") {
                element("tr") {
                    element("th", [.init("scope", "col")], onlySpoken(corner))
                    for column in columns { element("th", [.init("scope", "col")], HTML(column)) }
                }
            }
            element("tbody") { for row in rows { tableRow(row, problems) } }
        }
    }

    private func tableRow(_ row: Row, _ problems: Problems) -> HTML {
        let wrong = row.fields.compactMap { field in problems[field.name].map { (field.name, $0) } }
        return element("tr") {
            element("th", [.init("scope", "row")]) {
                row.label
                for (name, sentence) in wrong { element("p", class: "problem", id: name + "-problem", HTML(sentence)) }
            }
            for (column, field) in zip(columns, row.fields) { element("td", input(field, "\(row.label), \(column)", problems[field.name])) }
        }
    }

    private func input(_ field: Field, _ label: String, _ problem: String?) -> HTML {
        let facts = FieldFacts(
            name: field.name,
            label: label,
            kind: "number",
            value: field.value.isEmpty ? [] : [field.value],
            problem: problem
        )
        return .asking(facts, control(field, label, problem))
    }

    private func control(_ field: Field, _ label: String, _ problem: String?) -> HTML {
        HTML {
            element("label", class: "only-spoken", [.init("for", field.name)], HTML(label))
            empty(
                "input",
                class: "input",
                id: field.name,
                [
                    .init("type", "text"), .init("name", field.name), .init("value", field.value), .init("inputmode", "numeric"),
                    .init("autocomplete", "off"),
                ] + (problem == nil ? [] : [.init("aria-invalid", "true"), .init("aria-describedby", field.name + "-problem")])
            )
        }
    }
}
