import Kernel
import Store

/// Forgets which forms were sent, a day after: by then nobody's thumb is still on the button.
public enum SweepSubmissions {
    public static func run(at now: Moment, _ tx: Transaction) throws {
        try tx.run("DELETE FROM submissions WHERE at <= \(now.adding(days: -1))")
    }
}
