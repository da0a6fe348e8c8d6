import Kernel
import Store

/// Forgets what nobody needs any more: browsers signed out by time, old wrong tries, invitations long over.
public enum SweepPeople {
    public static func run(at now: Moment, _ tx: Transaction) throws {
        try tx.run("DELETE FROM sign_ins WHERE ends_at <= \(now) OR seen_at <= \(now.adding(minutes: -SignIns.idleMinutes))")
        let fresh = now.adding(minutes: -FreshKey.minutes)
        try tx.run("UPDATE sign_ins SET fresh_key = NULL, fresh_at = NULL WHERE fresh_at <= \(fresh)")
        // A day after the last wait is over, somebody who mistyped starts afresh.
        let yesterday = now.adding(days: -1)
        try tx.run("DELETE FROM tries WHERE wait_until <= \(yesterday) AND first_at <= \(yesterday)")
        // 30 days: long enough to answer "my invitation did not work"; after that the email address in it has no business here.
        let longAgo = now.adding(days: -30)
        try tx.run(
            "DELETE FROM invitations WHERE ends_at <= \(longAgo) OR revoked_at <= \(longAgo) OR uses_left = 0 AND made_at <= \(longAgo)"
        )
    }
}
