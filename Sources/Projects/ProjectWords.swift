import Kernel
import Words

extension Clock {
    /// "within 7 days", "within 5 working days", "the same day"
    public var words: String {
        if within == 0 { return W.sameDay }
        return W.within(time: unit == .days ? Common.days(n: within) : Common.workingDays(n: within))
    }

    /// For the trail: `7 days`.
    var code: String { "\(within) \(unit.rawValue)" }
}

extension Project.Phase {
    /// "Design"
    public var words: String {
        switch self {
        case .design: W.phaseDesign
        case .delivery: W.phaseDelivery
        case .evaluation: W.phaseEvaluation
        }
    }

    /// What people do together in this phase.
    public var meaning: String {
        switch self {
        case .design: W.phaseDesignMeaning
        case .delivery: W.phaseDeliveryMeaning
        case .evaluation: W.phaseEvaluationMeaning
        }
    }
}

extension Project.State {
    /// "Open"
    public var words: String {
        switch self {
        case .planned: W.statePlanned
        case .open: W.stateOpen
        case .finished: W.stateFinished
        }
    }

    public var meaning: String {
        switch self {
        case .planned: W.statePlannedMeaning
        case .open: W.stateOpenMeaning
        case .finished: W.stateFinishedMeaning
        }
    }
}
