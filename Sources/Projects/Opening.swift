import HTML
import Kernel
import People
import Store

/// A project opens only once there is somebody to answer people, and somebody to read when they are worried.
enum Opening {
    /// Throws a problem of the field `state` that says which duty nobody carries.
    static func check(_ place: Place, _ tx: Transaction) throws {
        var problems = Problems()
        if try !Carriers.exist(.facilitator, at: place, tx) { problems.add("state", W.openingNeedsFacilitator) }
        if try !Carriers.exist(.safeguarding, tx) { problems.add("state", W.openingNeedsLead) }
        try problems.orContinue()
    }
}
