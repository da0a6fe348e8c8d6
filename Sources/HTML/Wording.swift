/// The few words that components say by themselves; everything else is handed to them. `{n}` stands for a number.
public struct Wording: Sendable {
    public var skipToContent = "Skip to main content"
    public var mainNavigation = "Main"
    public var breadcrumbs = "Where you are"
    public var problemTitle = "Please look again"
    public var problemInTitle = "Error:"
    public var problemAtField = "Error:"
    public var optional = "(optional)"
    public var day = "Day"
    public var month = "Month"
    public var year = "Year"
    public var limit = "You can type up to {n} characters."
    public var charactersLeft = "Characters left: {n}"
    public var charactersOver = "Characters too many: {n}"
    public var groupingSeparator = ","
    public var showPassword = "Show password"
    public var hidePassword = "Hide password"
    public var change = "Change"
    public var notGiven = "Not given"
    public var pages = "Pages"
    public var page = "Page {n}"
    public var previous = "Previous"
    public var next = "Next"
    public var warning = "Warning"
    public var notice = "Important"
    public var success = "Done"
    public var copied = "Copied"
    public var leaveQuestion = "You have not saved what you typed."
    public var stepDone = "Done"
    public var stepNow = "Happening now"
    public var stepWaiting = "Not yet"
    public var stepOverdue = "Overdue"
    public var stepCannot = "We can’t"
    public var stepDue = "Due"
    public var currentRung = "This is where we are"

    public init() {}

    public static let english = Wording()

    func counted(_ sentence: String, _ number: Int) -> String {
        sentence.replacing("{n}", with: grouped(number))
    }

    /// 4000 → "4,000".
    func grouped(_ number: Int) -> String {
        let digits = String(abs(number))
        var out = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place).isMultiple(of: 3) { out += groupingSeparator }
            out.append(digit)
        }
        return number < 0 ? "−" + out : out
    }
}
