import CPostgres
import Dispatch
import Foundation

/// A schema of its own for one test, on the server that `HEARD_TEST_POSTGRES` names.
enum TestSchema {
    struct NoServer: Error, CustomStringConvertible {
        let description: String
    }

    /// 16: Swift Testing starts every case at once; more would exhaust the server's connections.
    private static let gate = Gate(16)

    static func with<T>(_ body: (String) async throws -> T) async throws -> T {
        let server = ProcessInfo.processInfo.environment["HEARD_TEST_POSTGRES"] ?? ""
        guard !server.isEmpty else {
            throw NoServer(description: "HEARD_TEST_POSTGRES is not set: run the tests with bin/postgres-for-tests run swift test")
        }
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        await gate.enter()
        do {
            try await command("CREATE SCHEMA \(name)", on: server)
            let result = try await body(server + (server.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(name)")
            try await command("SET client_min_messages = error; DROP SCHEMA \(name) CASCADE", on: server)
            await gate.leave()
            return result
        } catch {
            try? await command("SET client_min_messages = error; DROP SCHEMA IF EXISTS \(name) CASCADE", on: server)
            await gate.leave()
            throw error
        }
    }

    private static func command(_ text: String, on server: String) async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            DispatchQueue.global().async {
                let connection = PQconnectdb(server)
                defer { PQfinish(connection) }
                let result = PQexec(connection, text)
                defer { PQclear(result) }
                let isDone = [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result))
                if isDone {
                    done.resume()
                } else {
                    done.resume(throwing: NoServer(description: String(cString: PQerrorMessage(connection))))
                }
            }
        }
    }
}

/// Lets in so many at once; the others wait in line.
private actor Gate {
    private var free: Int
    private var line: [CheckedContinuation<Void, Never>] = []

    init(_ places: Int) { free = places }

    func enter() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { line.append($0) } }
    }

    func leave() {
        if line.isEmpty { free += 1 } else { line.removeFirst().resume() }
    }
}
