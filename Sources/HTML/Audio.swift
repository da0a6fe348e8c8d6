/// Something to listen to. It plays when somebody presses play, and nothing of it is loaded before that.
///
/// What it says must stand on the page in words too.
public func audio(label: String, from url: SafeURL) -> HTML {
    element(
        "audio",
        class: "screen-only",
        [.init("controls", nil), .init("preload", "none"), .init("aria-label", label), .init("src", url.description)],
        .nothing
    )
}
