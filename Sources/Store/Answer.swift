import NIOConcurrencyHelpers

/// One answer that somebody waits for: given once, whatever else happens. Who stops waiting before the work has begun takes the work with them.
final class Answer<T: Sendable>: Sendable {
    private struct State {
        var waiter: CheckedContinuation<T, any Error>?
        var isBegun = false
        var isOver = false
    }

    private let state = NIOLockedValueBox(State())

    /// Waits for the answer to what `start` sets going.
    func wait(_ start: () -> Void) async throws -> T {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let isWanted = state.withLockedValue { state in
                    guard !state.isOver else { return false }
                    state.waiter = waiter
                    return true
                }
                if isWanted { start() } else { waiter.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            finish(.failure(CancellationError()), unlessBegun: true)
        }
    }

    /// False where nobody waits any more. From here on, whoever waits hears how it really ended.
    func begin() -> Bool {
        state.withLockedValue { state in
            state.isBegun = true
            return !state.isOver
        }
    }

    func give(_ result: Result<T, any Error>) { finish(result, unlessBegun: false) }

    private func finish(_ result: Result<T, any Error>, unlessBegun: Bool) {
        let waiter = state.withLockedValue { state -> CheckedContinuation<T, any Error>? in
            guard !state.isOver, !(unlessBegun && state.isBegun) else { return nil }
            state.isOver = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(with: result)
    }
}
