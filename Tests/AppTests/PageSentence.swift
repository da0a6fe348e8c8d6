/// One sentence of the published case study, by its gist, and where somebody who knows it finds it in the demo.
struct PageSentence {
    enum Place {
        case page(String)
        /// The public page of a theme.
        case theme(String)
        /// The page on which its people work on it.
        case work(String)
        case session(String)
    }

    struct Finding {
        let place: Place
        /// A person of the demo; nil for a stranger.
        let by: String?
        let words: [String]
    }

    let gist: String
    let found: [Finding]

    init(_ gist: String, _ found: Finding...) {
        self.gist = gist
        self.found = found
    }

    private static func on(_ path: String, _ words: String...) -> Finding { Finding(place: .page(path), by: nil, words: words) }
    private static func theme(_ title: String, _ words: String...) -> Finding { Finding(place: .theme(title), by: nil, words: words) }
    private static func member(_ who: String, _ place: Place, _ words: String...) -> Finding {
        Finding(place: place, by: who, words: words)
    }

    private static let service = "/barnet-camhs"
    private static let project = "/barnet-camhs/projects/stepped-model"
    private static let news = "/barnet-camhs/you-said-we-did"

    static let all: [PageSentence] = [
        // What co-production is
        PageSentence(
            "people who use a service take part in design, delivery and evaluation",
            on(service, "take part in designing it, running it and judging how well it works")
        ),
        PageSentence(
            "who is in a group, and that everybody's input weighs the same",
            on(
                service,
                "staff, managers, people who use the service, and their families and friends",
                "What each of them says counts the same"
            )
        ),
        PageSentence("it is not simply consulting", on(service, "more than asking people what they think of a decision")),
        PageSentence("it empowers people", on(service, "gives people the power to shape their own services")),
        PageSentence("the evidence for it", on(service, "More and more studies", "to the people who take part, and to the service")),

        // The project
        PageSentence(
            "the first year of the Enablement Partnership",
            on(project, "first year of the Enablement Partnership", "parts of that change together with the people who use it")
        ),
        PageSentence(
            "two groups of parents and carers, and who came to them",
            on(
                project,
                "The co-produced transformation of Barnet CAMHS",
                "two groups of parents and carers",
                "Clinicians, managers and peer staff from Inclusion Barnet came to both",
                "Who was there: Parents and carers, Clinicians, Peer staff and Managers"
            ),
            member("anjali", .session(tuesday), "managers and peer staff from Inclusion Barnet"),
            member("grace", .session(thursday), "managers and peer staff from Inclusion Barnet")
        ),
        PageSentence(
            "two parents or guardians in each",
            on(project, "Two parents or guardians came to each"),
            member("anjali", .session(tuesday), "2 parents came"),
            member("grace", .session(thursday), "2 parents or guardians came")
        ),
        PageSentence(
            "a session with young people",
            on(project, "Young people who use CAMHS had a session of their own"),
            member("young", .session("Young people on what CAMHS is like"), "what using CAMHS is like for them")
        ),
        PageSentence(
            "input by telephone",
            on(project, "could also tell us what they thought by telephone", "Telephone talks for parents and carers")
        ),
        PageSentence(
            "with parents it was largely consulting",
            on(
                project,
                "Groups for parents and carers Level: Consulting",
                "Mostly we showed the new stepped model",
                "what else would make CAMHS better for families"
            )
        ),
        PageSentence(
            "with young people it was about their experience and their ideas",
            on(project, "Session for young people Level: Engaging", "what it is like for them to use CAMHS, and the ideas came from there")
        ),
        PageSentence(
            "why CAMHS is a special service to co-produce with",
            on(
                project,
                "because of their age",
                "Their parents do not use the service themselves",
                "To work as equal partners is not simple in CAMHS"
            )
        ),

        // Outcomes
        PageSentence(
            "parents are happy with the stepped model",
            theme("The new stepped model", "They were happy with it", "Nothing to decide: thank you")
        ),
        PageSentence(
            "self-re-referral within 6 months, agreed with clinicians, and why",
            theme(
                comingBack,
                "Agreed",
                "the option to refer yourself again within 6 months",
                "agreed it together with clinicians",
                "might begin to have difficulties again"
            ),
            on(news, comingBack, "includes the option to refer yourself again within 6 months")
        ),
        PageSentence("a directory was proposed", theme(directory, "Parents and carers proposed that clinicians should have a directory")),
        PageSentence(
            "it was created, and the whole trust has it",
            theme(directory, "Done", "The Enablement Partnership created it, and the whole trust can use it"),
            on("/barnet-camhs/changes.atom", "the whole trust can use it")
        ),
        PageSentence("news by phone call", theme("News by phone call, not by letter", "news by a phone call instead of by a letter")),
        PageSentence(
            "policies and pathways in lay terms and accessible",
            theme("Policies and pathways in plain words", "policies and pathways in plain words", "in a format that everybody can use")
        ),
        PageSentence(
            "honest talk about diagnosis as standard",
            theme("Open and honest talk about diagnosis", "open, honest talk about diagnosis", "as standard, with every family")
        ),
        PageSentence("transparent triage", theme("How referrals are sorted", "more openly how referrals are triaged")),
        PageSentence(
            "accessible pathways, more online",
            theme(
                "Pathways that are easier to use, and more online",
                "pathways that are more accessible",
                "more information online, for example on social media"
            )
        ),
        PageSentence(
            "young people moderate social media",
            theme("Young people looking after the social media", "having young people who use CAMHS moderate what goes out on social media")
        ),
        PageSentence(
            "feedback on the web page for accountability",
            theme(
                "Feedback that everybody can see",
                "feedback from people in the service on the web page",
                "has to answer for what it does"
            )
        ),
        PageSentence(
            "long waits, and a peer-led, clinician-assisted group",
            theme(waiting, "how long the wait is", "for those on the waiting list, led by peers, with clinicians assisting"),
            member("wren", .work(waiting), "peer-led, clinician-assisted support group")
        ),
        PageSentence(
            "loneliness",
            theme(waiting, "loneliness is a major problem for young people", "a group like this could help against it")
        ),
        PageSentence(
            "handover with the young person there",
            theme(
                "Moving on to adult services with the young person in the room",
                "in the presence of the young person",
                "not in the background without asking them"
            )
        ),
        PageSentence(
            "the building: art and echo",
            theme("Art in the corridors", "artwork in the corridors"),
            theme("Rooms that echo", "may make appointments feel less private")
        ),

        // Evaluation
        PageSentence(
            "both young people and parents took part",
            on(project, "A major success was that both young people and parents took part")
        ),
        PageSentence("not in the same sessions", on(project, "not do so in the same sessions", "harder for them to speak freely")),
        PageSentence(
            "busy parents: several times, and the telephone",
            on(project, "several session times, and the telephone as another way", "That is key if people are to be involved"),
            member("anjali", .session(tuesday), "The same is on Thursday evening, and you can ring us instead")
        ),
        PageSentence(
            "an open, positive culture",
            on(project, "All the sessions were open and positive", "really wanted to hear what others thought")
        ),
        PageSentence(
            "clinicians were pleased",
            on(
                project,
                "pleased at how well they worked with parents and carers",
                "how easy some of the suggestions were to put into practice"
            ),
            theme("How well we worked together", "I am pleased at how well we worked with the parents and carers")
        ),
        PageSentence(
            "young people rated being listened to 10 out of 10",
            on(project, "10 out of 10, said by the group together", "The clinicians responded well to our ideas", "‘10/10’")
        ),
        PageSentence(
            "the culture lays the groundwork",
            on(project, "perhaps the most important thing", "lays the groundwork for making co-production a part of how things are done")
        ),
        PageSentence(
            "three intentions",
            on(
                service,
                "How we evaluate, worked out with parents and carers",
                "Deciding together about complex cases",
                "Peer support, run together with young people"
            ),
            on("\(service)/projects/how-we-evaluate", "Parents and carers and the service will work out together how to evaluate"),
            on("\(service)/projects/deciding-together", "complex cases, which might not fit simply into any one pathway"),
            on("\(service)/projects/peer-support", "above all for those on the waiting list")
        ),
        PageSentence(
            "why the last of them matters",
            on(
                "\(service)/projects/peer-support",
                "would run a part of it too",
                "In a service for children and young people that is an impressive thing"
            )
        ),
        PageSentence(
            "it was meaningful",
            on(project, "What people said was heard, discussed and acted upon", "makes the service better, and builds trust for the future")
        ),
    ]

    private static let tuesday = "Parents and carers on the new stepped model, Tuesday"
    private static let thursday = "Parents and carers on the new stepped model, Thursday"
    private static let comingBack = "Coming back by yourself within 6 months"
    private static let directory = "A directory of services that can help"
    private static let waiting = "A support group while you wait"
}
