import Decisions
import Directory
import Kernel
import Projects
import Referrals
import Sessions
import Voices

/// What a demo file tells: who there is, what they said, and what became of it, on the days of its own calendar.
///
/// Every name is a key of the file. `Demo/barnet-camhs.yaml` is the one that Heard brings along.
public struct DemoStory: Sendable, Codable {
    /// The day from which the story is told: everything that happened is before it.
    var today: DemoDay
    var organisation: Organisation
    var people: [Person]
    var service: Service
    var projects: [Project]
    var steps: Steps?
    var leaflets: [Leaflet]?
    /// Where the directory comes from, and who checked what of it.
    var directory: Directory?

    struct Directory: Codable {
        var by: String
        var at: DemoTime
        /// Whose list it is, how it may be used, and what people should know about it.
        var name: String
        var licence: String
        var note: String
        /// The title of the theme that led to it.
        var theme: String
        var rows: [Row]?
        var places: [Place]?
        var checked: [Checked]?
        var lists: [List]?

        /// A row that somebody had to look at: brought in, with its postcode mended where there is one.
        struct Row: Codable {
            var line: Int
            var postcode: String?
        }

        /// A place that somebody writes into the directory by hand.
        struct Place: Codable {
            var name: String
            var by: String
            var at: DemoTime
            var about: String
            var address: EntryDraft.Address?
            var phone: String?
            /// The youngest and the oldest.
            var ages: [Int]?
            var cost: EntryDraft.Cost?
            var price: String?
            var when: String?
            var wait: String?
            var languages: [String]?
            /// By their names.
            var needs: [String]
            var traits: [Trait]
        }

        struct Checked: Codable {
            var name: String
            var by: String
            var at: DemoTime
        }
    }

    /// A list of places for a family, passed on, with those of its places to which they were referred.
    struct List: Codable {
        var title: String
        var by: String
        var at: DemoTime
        var places: [Listed]
        var referrals: [Referred]?
        /// Whoever keeps the family's page in their account, and since when.
        var kept: Kept?

        struct Listed: Codable {
            var name: String
            var why: String?
        }

        struct Kept: Codable {
            var by: String
            var at: DemoTime
        }

        struct Referred: Codable {
            /// The name of one of the places.
            var to: String
            var at: DemoTime
            var who: String
            var why: String
            var consent: Referral.Consent.By
            var how: Referral.Consent.How
            var consented: DemoTime
            var came: Came?
            var helped: Helped?
        }

        struct Came: Codable {
            var state: Referral.State
            var at: DemoTime
            var words: String?
        }

        struct Helped: Codable {
            var answer: Referral.Helped
            var at: DemoTime
            var words: String?
        }
    }

    struct Organisation: Codable {
        var name: String
        var about: DemoProse
        var by: String
        var at: DemoTime
    }

    struct Person: Codable {
        var key: String
        /// Young people may have none.
        var name: String?
        /// Who this is, on the page where one becomes somebody of the demo.
        var demo: String
        var email: String?
        var duties: [Duty]?
    }

    struct Service: Codable {
        var name: String
        var slug: String
        var summary: String
        var about: DemoProse
        var phone: String?
        var zone: String
        var by: String
        var at: DemoTime
    }

    struct Project: Codable {
        var slug: String
        var title: String
        var question: String
        var about: DemoProse
        var phase: Projects.Project.Phase
        var state: Projects.Project.State
        /// Anybody may say something.
        var open: Bool
        var clocks: Clocks?
        var by: String
        var at: DemoTime
        /// Who runs it: does what nobody else is named for.
        var facilitator: String?
        /// Who writes down what others say, where nobody else is named.
        var scribe: String?
        var activities: [Activity]?
        var groups: [Group]?
        var sessions: [Session]?
        var themes: [Theme]?
        /// What belongs to no theme yet.
        var voices: [Voice]?
        var reflection: Reflection?
        /// Statements that people answered.
        var rounds: [Round]?
    }

    /// "5 working days", "28 days"
    struct Clocks: Codable {
        var hear: String
        var discuss: String
        var decide: String
        var reply: String
    }

    struct Activity: Codable {
        var key: String
        var name: String
        var level: Level
        var who: String
        var why: DemoProse
    }

    struct Group: Codable {
        var key: String
        var name: String
        var about: DemoProse
        /// Set where it is only for people of one perspective.
        var perspective: String?
        var members: [Member]
    }

    struct Member: Codable {
        var who: String
        var brings: String
        var at: DemoTime
    }

    struct Session: Codable {
        var key: String
        var title: String
        var group: String?
        var activity: String?
        var planned: DemoTime
        /// The times at which it is offered; where there are several, its key stands for the first.
        var at: [DemoTime]
        var minutes: Int
        var way: Sessions.Session.Way
        var place: String?
        var about: DemoProse
        var writeup: WriteUp?
        var rating: Rating?
    }

    struct WriteUp: Codable {
        var at: DemoTime
        var present: [String: DemoHeadcount]
        var notes: DemoProse
    }

    /// A score that those of one perspective gave together.
    struct Rating: Codable {
        var at: DemoTime
        var from: String
        var score: Int
        var words: String
        var shown: Bool
    }

    struct Voice: Codable {
        var key: String?
        var from: String
        var kind: Voices.Voice.Kind
        var said: DemoProse
        var may: Voices.Voice.Consent
        /// What the speaker wants to be called.
        var name: String?
        // One of these four says how it reached us, and when.
        var session: String?
        var online: DemoTime?
        var phone: DemoTime?
        var paper: DemoTime?
        /// Who said it online, or who wrote it down.
        var by: String?
        var group: String?
        var tell: Tell?
        var heard: Heard?
        var told: [Told]?
        var back: Back?
        /// The place of the directory that it is about, by its name.
        var about: String?
    }

    struct Tell: Codable {
        var by: Voices.Voice.ReplyBy
        var to: String
        var when: String?
    }

    struct Heard: Codable {
        var at: DemoTime
        var by: String
        var words: DemoProse
    }

    struct Told: Codable {
        var at: DemoTime
        var by: String
        var outcome: String
        var note: String?
    }

    struct Back: Codable {
        var at: DemoTime
        var words: DemoProse
    }

    struct Theme: Codable {
        var title: String
        var said: DemoProse
        var started: DemoTime
        var shown: Bool
        var voices: [Voice]
        var discussed: [Discussed]?
        var decided: Decided?
        var actions: [Action]?
        var changed: Changed?
        var replied: [Replied]?
    }

    struct Discussed: Codable {
        /// The session in which it was; else between meetings, on the day it is recorded.
        var session: String?
        var recorded: DemoTime
        var notes: DemoProse
        var next: String?
    }

    struct Decided: Codable {
        var session: String?
        var recorded: DemoTime
        var outcome: Decision.Outcome
        var words: DemoProse
        var reasons: DemoProse?
        var dissent: DemoProse?
        var support: [String: Counted]?
    }

    struct Counted: Codable {
        var present: Int?
        var agreed: Int?
        var against: Int?
        var unsure: Int?
    }

    struct Action: Codable {
        var what: DemoProse
        var owner: String
        var by: String?
        var at: DemoTime
        var due: DemoDay
        var done: Done?
    }

    struct Done: Codable {
        var at: DemoTime
        var by: String
        var evidence: DemoProse
    }

    struct Changed: Codable {
        var at: DemoTime
        var by: String?
        var since: DemoDay
        var words: DemoProse
        var evidence: DemoProse
    }

    struct Replied: Codable {
        var at: DemoTime
        var by: String?
        var words: DemoProse
    }

    struct Round: Codable {
        var title: String
        var question: String
        var at: DemoTime
        var opened: DemoTime
        var closed: DemoTime?
        /// The perspectives that are asked.
        var asks: [String]
        var statements: [Statement]
        var answers: [Answers]
        /// What people added in their own words.
        var added: [Added]?
    }

    struct Statement: Codable {
        var says: String
        /// The title of the theme that it is made from.
        var theme: String?
    }

    struct Answers: Codable {
        var from: String?
        // One of these three says how, and when.
        var online: DemoTime?
        var phone: DemoTime?
        var paper: DemoTime?
        /// Who, where it is somebody of the story; else `people` strangers who all answered the same.
        var who: String?
        var people: Int?
        /// A letter for each statement: `a`gree, `d`isagree, `p`ass, or `-` for none.
        var said: String
    }

    struct Added: Codable {
        var by: String
        var at: DemoTime
        var says: String
        var looked: Looked?
    }

    /// A moderator kept it or, where there are other words, said it in those.
    struct Looked: Codable {
        var at: DemoTime
        var by: String
        var words: String?
    }

    struct Reflection: Codable {
        var at: DemoTime
        var by: String
        var words: DemoProse
    }
}
