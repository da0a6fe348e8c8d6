/// Markup that a sanitiser has vouched for, such as Markdown turned into paragraphs and lists.
///
/// The only way for markup to reach a page from outside this room. `package`: a sanitiser of ours makes it, nobody else can.
public struct SafeHTML: Sendable, Hashable {
    let bytes: [UInt8]

    package init(sanitised bytes: [UInt8]) { self.bytes = bytes }
}
