import Dispatch
import NIOConcurrencyHelpers
import NIOPosix

/// The threads that read, each with a connection of its own: blocking here never holds up the threads that serve pages.
final class Readers: Sendable {
    private struct State {
        var idle: [any Connection] = []
        var busy: [ObjectIdentifier: any Connection] = [:]
        /// How to tell those whose body has begun that it was left behind.
        var callers: [ObjectIdentifier: @Sendable () -> Void] = [:]
        var isClosing = false
    }

    private let open: Opening
    private let threads: NIOThreadPool
    private let state = NIOLockedValueBox(State())
    private let underWay = DispatchGroup()

    init(count: Int, open: @escaping Opening) {
        self.open = open
        threads = NIOThreadPool(numberOfThreads: count)
        threads.start()
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        let answer = Answer<T>()
        return try await answer.wait {
            let isOpen = state.withLockedValue { state in
                if !state.isClosing { underWay.enter() }
                return !state.isClosing
            }
            guard isOpen else { return answer.give(.failure(StoreError.closed)) }
            threads.submit { [self] thread in
                defer { underWay.leave() }
                guard answer.begin() else { return }
                guard thread == .active else { return answer.give(.failure(StoreError.closed)) }
                state.withLockedValue { $0.callers[ObjectIdentifier(answer)] = { answer.give(.failure(StoreError.closed)) } }
                answer.give(Result { try run(body) })
                state.withLockedValue { $0.callers[ObjectIdentifier(answer)] = nil }
            }
        }
    }

    /// Once more on a new connection when the old one turns out to be dead or its plans out of date: a read changes nothing.
    private func run<T>(_ body: (Transaction) throws -> T) throws -> T {
        do {
            return try run(on: take(), body)
        } catch let failure as EngineFailure where failure.meaning == .lost || failure.meaning == .again {
            do { return try run(on: opened(), body) } catch let failure as EngineFailure { throw failure.error }
        } catch let failure as EngineFailure {
            throw failure.error
        }
    }

    private func run<T>(on connection: any Connection, _ body: (Transaction) throws -> T) throws -> T {
        do {
            let result = try connection.exclusively { try connection.transaction(.reading, body) }
            giveBack(connection)
            return result
        } catch let failure as EngineFailure where failure.meaning == .lost || failure.meaning == .again {
            drop(connection)
            throw failure
        } catch {
            giveBack(connection)
            throw error
        }
    }

    private func take() throws -> any Connection {
        let idle = state.withLockedValue { state -> (any Connection)? in
            guard let connection = state.idle.popLast() else { return nil }
            state.busy[ObjectIdentifier(connection)] = connection
            return connection
        }
        return try idle ?? opened()
    }

    private func opened() throws -> any Connection {
        let connection = try open()
        state.withLockedValue { $0.busy[ObjectIdentifier(connection)] = connection }
        return connection
    }

    private func giveBack(_ connection: any Connection) {
        state.withLockedValue { state in
            state.busy[ObjectIdentifier(connection)] = nil
            state.idle.append(connection)
        }
    }

    private func drop(_ connection: any Connection) {
        state.withLockedValue { $0.busy[ObjectIdentifier(connection)] = nil }
        connection.close()
    }

    /// Lets those under way finish, then stops their statements; a body that does not come back even so is left behind.
    func close(within seconds: Double) {
        state.withLockedValue { $0.isClosing = true }
        if underWay.wait(timeout: .now() + seconds) == .timedOut {
            let haveEnded = underWay.wait(urging: { [state] in
                for connection in state.withLockedValue({ Array($0.busy.values) }) { connection.interrupt() }
            })
            if !haveEnded { for leaveBehind in state.withLockedValue({ Array($0.callers.values) }) { leaveBehind() } }
        }
        threads.shutdownGracefully { _ in }
        let idle = state.withLockedValue { state in
            defer { state.idle = [] }
            return state.idle
        }
        for connection in idle { connection.close() }
    }
}
