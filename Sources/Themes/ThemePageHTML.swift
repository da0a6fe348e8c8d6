import Decisions
import HTML
import Kernel
import Web
import WhatWeThink

extension ThemePage {
    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            p { tag(state, tone) }
            nextSteps(W.next) {
                p(next.words)
                if let button = next.button { p { buttonLink(button.label, to: button.url) } }
            }
            section(W.said, id: "said") {
                if said.isEmpty { p(W.nothingSaid) } else { words(said) }
                p(isPublic ? W.isPublic : W.onlyProject, class: "hint")
            }
            voicesPart
            if !statements.isEmpty {
                section(W.statements, id: "statements") { for one in statements { one.html } }
            }
            discussionsPart
            section(W.decision, id: "decision") {
                if let decision { html(of: decision) } else { p(W.noDecision) }
                if !earlier.isEmpty { details(W.earlier) { for one in earlier { html(of: one) } } }
            }
            actionsPart
            changesPart
            if !pages.isEmpty { section(W.pages, id: "pages") { ul { for page in pages { li { a(page.label, to: page.url) } } } } }
            section(W.replies, id: "replies") {
                if replies.isEmpty { p(W.noReplies) }
                for reply in replies { quote(reply.words, by: reply.by) }
            }
            if !ways.isEmpty {
                section(W.otherThings) { ul { for way in ways { li { a(way.label, to: way.url) } } } }
            }
        }
    }

    private var voicesPart: HTML {
        section(W.voices, id: "voices") {
            p { W.voicesHere(n: voiceCount) + (voiceCount > 0 ? ": " + counts : "") }
            for voice in voices {
                if let said = voice.words { quote(said, by: voice.who) } else { p(W.withdrawn) }
                p { a(W.openVoice, about: voice.who, to: voice.url) }
            }
            if newer != nil || older != nil {
                p {
                    if let newer { a(W.newerVoices, to: newer) }
                    " "
                    if let older { a(W.moreVoices, to: older) }
                }
            }
            if let move { p { a(move.label, to: move.url) } }
        }
    }

    private var discussionsPart: HTML {
        section(W.discussions, id: "discussions") {
            if discussions.isEmpty { p(W.noDiscussions) }
            for one in discussions {
                p(one.when, class: "hint")
                words(one.notes)
                if let next = one.next { p(next) }
            }
        }
    }

    private func html(of one: DecisionLine) -> HTML {
        HTML {
            p {
                tag(one.outcome, one.tone)
                " "
                one.when
            }
            words(one.words)
            if !one.reasons.isEmpty {
                section(W.reasons) { words(one.reasons) }
            }
            if !one.dissent.isEmpty {
                section(W.dissent) { words(one.dissent) }
            }
            one.support.html
        }
    }

    private var actionsPart: HTML {
        section(W.actions, id: "actions") {
            if actions.isEmpty { p(W.noActions) }
            if !actions.isEmpty { ul { for action in actions { html(of: action) } } }
        }
    }

    private func html(of action: ActionLine) -> HTML {
        li {
            a(action.what, to: action.url)
            " "
            tag(action.state, action.tone)
            br
            action.by
        }
    }

    private var changesPart: HTML {
        section(W.changes, id: "changes") {
            if changes.isEmpty { p(W.noChanges) }
            for change in changes {
                words(change.words)
                p(change.when, class: "hint")
                if !change.evidence.isEmpty { p { W.evidence + ": " + change.evidence } }
                if let link = change.link { p { a(link.description, to: link) } }
                if let edit = change.edit { p { a(W.editWords, about: change.words, to: edit) } }
            }
        }
    }
}
