import Foundation
import PackagePlugin

/// Runs words-compiler over a room's Words/*.txt before the room is compiled.
@main struct WordsPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = URL(fileURLWithPath: "\(target.directoryURL.path)/Words")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "txt" }
            .sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appendingPathComponent("Words.swift")
        return [
            .buildCommand(
                displayName: "Words of \(target.name)",
                executable: try context.tool(named: "words-compiler").url,
                arguments: [output.path] + files.map(\.path),
                inputFiles: files,
                outputFiles: [output]
            )
        ]
    }
}
