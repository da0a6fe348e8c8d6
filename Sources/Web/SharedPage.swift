import HTML
import Kernel

/// A page that tells everybody the same, its content written once as bytes.
///
/// It holds what a stranger may see and nothing else, because it was made for one; so nobody can be shown what is not theirs by sharing it.
struct SharedPage: Page {
    let heading: String
    let caption: String?
    let lead: String?
    let surroundings: Surroundings
    private let content: Written

    /// nil where the content is for one browser alone.
    init?(_ page: any Page, in frames: Frames) {
        guard page.confirmation == nil, page.problems.isEmpty, let content = Written(page.html, in: frames.context(nil)) else { return nil }
        heading = page.heading
        caption = page.caption
        lead = page.lead
        surroundings = page.surroundings
        self.content = content
    }

    var html: HTML { content.html }

    // As JSON the page itself goes out, never this.
    func encode(to encoder: any Encoder) throws {}
}

extension Answer {
    var shared: SharedPage? {
        if status == 200, case .page(let page as SharedPage) = content { page } else { nil }
    }
}
