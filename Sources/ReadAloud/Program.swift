import Foundation

/// A program of this machine, run without a shell, with a bound on its time and on what it gives back.
struct Program {
    struct Failed: Error {}

    let path: String
    /// Never what people wrote.
    let arguments: [String]

    // 120 s: forty times what the longest page takes. 60 MB: the longest page unpacked.
    private static let seconds = 120
    private static let mostBytes = 60_000_000

    static func find(_ name: String) -> String? {
        ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { $0 + "/" + name }.first(where: FileManager.default.isExecutableFile)
    }

    /// Each reads what the one before it wrote, the first `input`. Answers what the last wrote. Blocks: not for the cooperative pool.
    ///
    /// Throws `Failed` where one of them fails, takes too long or writes too much.
    static func run(_ programs: [Program], input: String) throws -> [UInt8] {
        var next: Any = try nameless(input)
        var last = Pipe()
        var running: [Process] = []
        defer { for process in running where process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        for program in programs {
            last = Pipe()
            running.append(try program.start(from: next, to: last))
            next = last
        }
        let names = running.map(\.processIdentifier)
        let watch = DispatchWorkItem { for name in names { kill(name, SIGKILL) } }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: watch)
        defer { watch.cancel() }
        let bytes = try read(last.fileHandleForReading)
        for process in running {
            process.waitUntilExit()
            guard process.terminationReason == .exit, process.terminationStatus == 0 else { throw Failed() }
        }
        return bytes
    }

    private func start(from input: Any, to output: Pipe) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        // Not ours: it holds the database's password.
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// A file with these words that nobody else can open: it is gone from its folder before it is written to.
    ///
    /// Not a pipe: a program that ends early would take this process with it (SIGPIPE).
    private static func nameless(_ words: String) throws -> FileHandle {
        var name = Array((NSTemporaryDirectory() + "/heard-XXXXXX").utf8CString)
        let file = mkstemp(&name)
        guard file >= 0 else { throw Failed() }
        unlink(name)
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        try handle.write(contentsOf: Data(words.utf8))
        try handle.seek(toOffset: 0)
        return handle
    }

    private static func read(_ handle: FileHandle) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = try handle.read(upToCount: 65_536), !more.isEmpty {
            bytes += more
            guard bytes.count <= mostBytes else { throw Failed() }
        }
        return bytes
    }
}
