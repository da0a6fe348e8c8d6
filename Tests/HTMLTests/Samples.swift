import Kernel

@testable import HTML

/// One of each, as they would stand on a page.
enum Samples {
    static let problems: Problems = {
        var problems = Problems()
        let typed = ["words", "name", "email", "tel", "secret", "number", "time", "met"]
        let chosen = ["consent", "days", "agreed", "project", "listened"]
        for name in typed + chosen { problems.add(name, "Look at \(name)") }
        return problems
    }()

    static var everything: HTML {
        HTML {
            fields
            path
            others
        }
    }

    static var fields: HTML {
        form(post: .path("/voices"), help: [.asksBeforeLeaving, .sendsWithControlEnter]) {
            textFields
            choices
            buttons {
                button("Send")
                button("Keep for later", kind: .secondary, name: "act", value: "keep")
            }
            buttonKeys(of: "next", hint: "Press 1 or 2", turnOff: "Turn off", turnOn: "Turn on")
        }
    }

    private static var textFields: HTML {
        HTML {
            textArea("words", label: "Words", hint: "Your own", problems: problems, limit: 4000)
            textField("name", label: "Name", hint: "Any", problems: problems, autocomplete: .nickname, isOptional: true)
            emailField("email", label: "Email", problems: problems)
            telField("tel", label: "Telephone", problems: problems)
            passwordField("secret", label: "Password", problems: problems)
            numberField("number", label: "How many", problems: problems)
            timeField("time", label: "When", problems: problems)
            dateField("met", legend: "Day", problems: problems)
        }
    }

    private static var consents: [Choice] {
        [Choice("a", "A", hint: "h"), Choice("b", "B") { textField("b-name", label: "Name") }]
    }

    private static var choices: HTML {
        HTML {
            radios("consent", legend: "How far", options: consents, problems: problems)
            checkboxes("days", legend: "Days", options: [Choice("mon", "Monday"), Choice("tue", "Tuesday")], problems: problems)
            checkbox("agreed", label: "Agreed", hint: "h", problems: problems)
            selectField("project", label: "Project", options: [Choice("a", "A")], problems: problems)
            scale("listened", legend: "How listened-to", from: (0, "Not at all"), to: (10, "Completely"), problems: problems)
        }
    }

    static var path: HTML {
        HTML::path(
            label: "Path",
            steps: [
                PathStep("Received", .done, at: (Moment(milliseconds: 0), "1 January"), who: "Kim"),
                PathStep("Heard", .now, words: "Thank you", due: (Moment(milliseconds: 0), "8 January")), PathStep("Discussed", .overdue),
                PathStep("Decided", .waiting), PathStep("Changed", .cannot),
            ]
        )
    }

    private static var others: HTML {
        HTML {
            table(caption: "A", columns: ["A", .number("B")], rows: [TableRow("a", ["1"])])
            table(caption: "B", columns: ["A"], rows: [])
            svg(Drawing([.circle(x: 1, y: 1, radius: 1)]), title: "A", description: "B", width: 2, height: 2)
            notificationBanner("Saved", kind: .success)
            notificationBanner("News")
            pagination(page: 2, of: 9) { .path("/", query: ["page": $0]) }
            summaryList([SummaryRow("Name", nil, change: .path("/name"))])
            copyButton("Copy", copies: "x")
            postButton("Go", to: .path("/go"))
        }
    }
}
