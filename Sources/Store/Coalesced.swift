import NIOConcurrencyHelpers

/// One question that many ask at once, asked as seldom as possible and never too early.
///
/// Whoever comes while a run is under way waits for the next one, and all who wait share it. So 64 callers cost two runs at most, and
/// still every answer was asked for after its caller arrived: nobody is told something older than their own question.
public final class Coalesced<T: Sendable>: Sendable {
    public typealias Question = @Sendable () async throws -> T

    private struct Waiting {
        let question: Question
        let answer: Answer<T>
    }

    /// Those who wait for the next run of each key; a key is there while a run of it is under way.
    private let waiting = NIOLockedValueBox<[String: [Waiting]]>([:])

    public init() {}

    /// Callers that give the same key must ask the same question. A caller who is cancelled leaves; the run goes on for the others.
    public func ask(_ key: String = "", _ question: @escaping Question) async throws -> T {
        let answer = Answer<T>()
        return try await answer.wait {
            let me = Waiting(question: question, answer: answer)
            let isFirst = waiting.withLockedValue { waiting in
                guard waiting[key] != nil else {
                    waiting[key] = []
                    return true
                }
                waiting[key, default: []].append(me)
                return false
            }
            if isFirst { start(key, for: [me]) }
        }
    }

    /// A task of its own: the caller who happens to start a run may be cancelled, the others may not suffer for it.
    private func start(_ key: String, for first: [Waiting]) {
        Task {
            var now = first
            while let question = now.first?.question {
                let result: Result<T, any Error>
                do { result = try await .success(question()) } catch { result = .failure(error) }
                for caller in now { caller.answer.give(result) }
                now = next(key)
            }
        }
    }

    private func next(_ key: String) -> [Waiting] {
        waiting.withLockedValue { waiting in
            let callers = waiting[key] ?? []
            waiting[key] = callers.isEmpty ? nil : []
            return callers
        }
    }
}
