import Actions
import Decisions
import Directory
import Discussion
import Experiences
import Jobs
import Messages
import Pathways
import People
import Projects
import Ratings
import ReadAloud
import Readers
import Referrals
import Replies
import Services
import Sessions
import Shortlists
import Statements
import Steps
import Store
import Trail
import Voices
import Worries

extension House {
    /// Every migration in the one order in which they run. New ones go at the end, and their name into `docs/migrations-head.txt`,
    /// so that two branches that both add one conflict in git and not in somebody's database.
    public static let migrations: [Migration] = [
        TrailMigrations.trail,
        PeopleMigrations.people,
        ServicesMigrations.services,
        ProjectsMigrations.projects,
        PeopleMigrations.belonging,
        SessionsMigrations.sessions,
        DiscussionMigrations.themes,
        VoiceMigrations.voices,
        DecisionMigrations.decisions,
        ActionMigrations.actions,
        ReplyMigrations.replies,
        MessageMigrations.tellings,
        RatingMigrations.ratings,
        WorryMigrations.worries,
        JobMigrations.jobs,
        StatementsMigrations.rounds,
        VoiceMigrations.earlierWords,
        PathwaysMigrations.leaflets,
        ReadersMigrations.readers,
        ReadAloudMigrations.sounds,
        StepsMigrations.steps,
        DirectoryMigrations.directory,
        ExperienceMigrations.experiences,
        ListMigrations.lists,
        ReferralMigrations.referrals,
        DirectoryMigrations.unsaid,
        ReferralMigrations.firstCall,
        VoiceMigrations.subjects,
        DirectoryMigrations.reach,
    ]
}
