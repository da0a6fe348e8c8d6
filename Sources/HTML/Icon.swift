/// Small signs beside words, never instead of them: people who listen do not hear them.
enum Icon {
    static let tick = sign("M5 12.5l4.5 4.5L19 7.5")
    static let exclamation = sign("M12 5v9M12 18.5v.5")
    static let cross = sign("M7 7l10 10M17 7L7 17")
    static let dot = sign("M12 12h.01")

    private static func sign(_ path: StaticString) -> HTML {
        .writing {
            $0.markup("<svg class=\"icon\" viewBox=\"0 0 24 24\" width=\"24\" height=\"24\" aria-hidden=\"true\" focusable=\"false\">")
            $0.markup("<path d=\"")
            $0.markup(path)
            $0.markup("\"></path></svg>")
        }
    }
}
