import Dispatch
import Foundation
import Logging
import NIOConcurrencyHelpers

/// The one thread that writes. Whatever waits when it looks is saved in one transaction, with a savepoint each, so that one wait for the
/// disk confirms many and one bad row fails alone. Measured on a disk with 4 ms fsync: 6,400 a second together, 222 one by one.
///
/// `@unchecked Sendable`: `connection` is touched by the writer's thread alone; all the rest is constant or in a locked box.
final class Writer: @unchecked Sendable {
    /// Something to be saved, and whom to tell.
    struct Order: Sendable {
        /// Runs the body and answers how to tell its caller, once it is saved. May be called again.
        let attempt: @Sendable (Transaction) throws -> @Sendable () -> Void
        let refuse: @Sendable (any Error) -> Void
        /// False where nobody waits any more.
        let begin: @Sendable () -> Bool
    }

    /// What needs the connection for itself, such as migrations.
    struct Chore: Sendable {
        let work: @Sendable (any Connection) throws -> Void
        let refuse: @Sendable (any Error) -> Void
    }

    private struct State {
        var orders: [Order] = []
        var chores: [Chore] = []
        var underWay: [Order] = []
        var isAsleep = false
        var isClosing = false
        /// Closing took too long: nothing more is saved.
        var isAbandoned = false
        var isCommitting = false
        var connection: (any Connection)?
    }

    private let open: Opening
    private let most: Int
    private let logger: Logger
    private let state = NIOLockedValueBox(State())
    private let bell = DispatchSemaphore(value: 0)
    private let stopped = DispatchGroup()
    private var connection: (any Connection)?

    /// Opens its connection before it answers, so that a wrong address is known at once. `most`: how many share a transaction.
    init(most: Int, logger: Logger, open: @escaping Opening) throws {
        self.open = open
        self.most = most
        self.logger = logger
        let first = try open()
        connection = first
        state.withLockedValue { $0.connection = first }
        stopped.enter()
        let thread = Thread { self.work() }
        thread.name = "heard-writer"
        thread.start()
    }

    // MARK: Asking

    func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        let answer = Answer<T>()
        let order = Order(
            attempt: { transaction in
                let result = try body(transaction)
                return { answer.give(.success(result)) }
            },
            refuse: { answer.give(.failure($0)) },
            begin: { answer.begin() }
        )
        return try await answer.wait { add(else: order.refuse) { $0.orders.append(order) } }
    }

    /// Has the connection to itself, between two transactions.
    func alone<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        let answer = Answer<T>()
        let chore = Chore(
            work: { connection in
                guard answer.begin() else { return }
                answer.give(.success(try connection.exclusively { try work(connection) }))
            },
            refuse: { answer.give(.failure($0)) }
        )
        return try await answer.wait { add(else: chore.refuse) { $0.chores.append(chore) } }
    }

    private func add(else refuse: (any Error) -> Void, _ append: (inout State) -> Void) {
        let (isOpen, wasAsleep) = state.withLockedValue { state in
            guard !state.isClosing else { return (false, false) }
            append(&state)
            defer { state.isAsleep = false }
            return (true, state.isAsleep)
        }
        if !isOpen { refuse(StoreError.closed) }
        if wasAsleep { bell.signal() }
    }

    // MARK: The thread

    private enum Next { case orders([Order]), chore(Chore), wait, stop }

    private func work() {
        while true {
            switch next() {
            case .orders(let orders): save(orders)
            case .chore(let chore): run(chore)
            case .wait: bell.wait()
            case .stop:
                replaceConnection(nil)
                return stopped.leave()
            }
        }
    }

    private func next() -> Next {
        state.withLockedValue { state in
            state.underWay = []
            if !state.chores.isEmpty { return .chore(state.chores.removeFirst()) }
            let orders = state.orders.prefix(most)
            state.orders.removeFirst(orders.count)
            let wanted = orders.filter { $0.begin() }
            state.underWay = wanted
            if !orders.isEmpty { return .orders(wanted) }
            if state.isClosing { return .stop }
            state.isAsleep = true
            return .wait
        }
    }

    private func run(_ chore: Chore) {
        do { try chore.work(opened()) } catch let failure as EngineFailure {
            if failure.meaning == .lost { replaceConnection(nil) }
            chore.refuse(failure.error)
        } catch { chore.refuse(error) }
    }

    private func opened() throws -> any Connection {
        if let connection { return connection }
        logger.notice("connecting to the database again")
        let new = try open()
        replaceConnection(new)
        return new
    }

    private func replaceConnection(_ new: (any Connection)?) {
        state.withLockedValue { $0.connection = new }
        connection?.close()
        connection = new
    }

    // MARK: Saving

    /// Ten tries: what needs another one is a deadlock or a clash with a writer who does not take our lock, both over in milliseconds.
    private static let mostTries = 10

    private func save(_ orders: [Order]) {
        guard !orders.isEmpty else { return }
        var losses = 0
        for attempt in 1...Self.mostTries {
            do {
                let connection = try opened()
                let outcomes = try connection.exclusively { try transaction(orders, connection) }
                for outcome in outcomes { outcome.tell() }
                return
            } catch let failure as EngineFailure {
                losses += failure.meaning == .lost ? 1 : 0
                if failure.meaning == .lost { replaceConnection(nil) }
                if failure.meaning == .again { connection?.forgetStatements() }
                let isWorthAnother = failure.meaning == .again && attempt < Self.mostTries || failure.meaning == .lost && losses == 1
                if isWorthAnother && !isAbandoned {
                    usleep(UInt32(1000 * (attempt - 1)))
                    continue
                }
                return refuse(orders, because: failure)
            } catch { return refuse(orders, because: EngineFailure(.uncertain("\(type(of: error))"), .fatal)) }
        }
    }

    private var isAbandoned: Bool { state.withLockedValue { $0.isAbandoned } }

    private func refuse(_ orders: [Order], because failure: EngineFailure) {
        // A rule that is only checked when saving was broken by one of them: each on its own, so that the others are saved.
        if case .constraint = failure.error, orders.count > 1 { return orders.forEach { save([$0]) } }
        logger.error("not saved", metadata: ["orders": "\(orders.count)", "because": "\(failure.error)"])
        for order in orders { order.refuse(failure.error) }
    }

    /// Whom to tell what, once it is over; and whether there is anything of theirs to be saved.
    private struct Outcome {
        let tell: @Sendable () -> Void
        let isToBeSaved: Bool
    }

    private func transaction(_ orders: [Order], _ connection: any Connection) throws -> [Outcome] {
        try connection.begin(.writing)
        do {
            let outcomes = try orders.map { try run($0, connection, isAlone: orders.count == 1) }
            if outcomes.contains(where: \.isToBeSaved) { try commit(connection) } else { connection.rollback() }
            return outcomes
        } catch {
            connection.rollback()
            throw error
        }
    }

    private func run(_ order: Order, _ connection: any Connection, isAlone: Bool) throws -> Outcome {
        if !isAlone { try connection.savepoint() }
        let transaction = Transaction(connection)
        defer { transaction.end() }
        do {
            let tell = try order.attempt(transaction)
            try transaction.checkUnspoilt()
            if !isAlone { try connection.releaseSavepoint() }
            return Outcome(tell: tell, isToBeSaved: true)
        } catch {
            if let failure = transaction.failure, failure.meaning != .statement { throw failure }
            if let failure = error as? EngineFailure { throw failure }
            if !isAlone { try undo(connection) }
            return Outcome(tell: { order.refuse(error) }, isToBeSaved: false)
        }
    }

    private func undo(_ connection: any Connection) throws {
        try connection.rollBackToSavepoint()
        try connection.releaseSavepoint()
    }

    private func commit(_ connection: any Connection) throws {
        let mayCommit = state.withLockedValue { state in
            state.isCommitting = !state.isAbandoned
            return state.isCommitting
        }
        guard mayCommit else { throw EngineFailure(.closed, .fatal) }
        defer { state.withLockedValue { $0.isCommitting = false } }
        do { try connection.commit() } catch let failure as EngineFailure where failure.meaning == .lost && !connection.dialect.isSQLite {
            // SQLite knows that a failed COMMIT saved nothing; over a broken line nobody knows.
            replaceConnection(nil)
            throw EngineFailure(.uncertain("the connection broke while saving"), .fatal)
        }
    }

    // MARK: Closing

    /// Saves what waits, then stops. After `seconds` it stops the statement under way and refuses the rest; a body that does not come back even
    /// so is left behind, and can no longer save anything.
    func close(within seconds: Double) {
        let wasAsleep = state.withLockedValue { state in
            state.isClosing = true
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if wasAsleep { bell.signal() }
        guard stopped.wait(timeout: .now() + seconds) == .timedOut else { return }
        abandon()
        if stopped.wait(urging: { [state] in state.withLockedValue { $0.connection }?.interrupt() }) { return }
        let (left, isCommitting) = state.withLockedValue { ($0.underWay, $0.isCommitting) }
        logger.error("a transaction did not end in time", metadata: ["orders": "\(left.count)"])
        for order in left { order.refuse(isCommitting ? StoreError.uncertain("closed while saving") : StoreError.closed) }
    }

    private func abandon() {
        let (orders, chores) = state.withLockedValue { state in
            state.isAbandoned = true
            defer { (state.orders, state.chores) = ([], []) }
            return (state.orders, state.chores)
        }
        for order in orders { order.refuse(StoreError.closed) }
        for chore in chores { chore.refuse(StoreError.closed) }
    }
}
