import Foundation

/// The synthetic cases with expected values in `Data/`; its README says what made them.
enum GoldenData {
    static let parity: ParityFile = read("parity.json")
    static let voting: VotingFile = read("voting.json")

    static func data(_ name: String) -> Data {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data")
        return try! Data(contentsOf: folder.appending(path: name))
    }

    private static func read<File: Decodable>(_ name: String) -> File {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try! decoder.decode(File.self, from: data(name))
    }
}

struct ParityFile: Decodable, Sendable {
    struct Case: Decodable, Sendable {
        let roles: [[Int]]
        let expect: Expected
    }

    struct Expected: Decodable, Sendable {
        let theta: [String]
        let mean: String
        let meanF: Double
        let geo: Double
        let min: String
        let spread: String
        let `var`: Double
        let ci90: [Double]
        let mcCi90: [Double]
        let nEff: Double
        let censusBounds: [String]
        let personTheta: String
        let rolesHeard: Int
        let complete: Bool
    }

    let cases: [Case]
}

struct VotingFile: Decodable, Sendable {
    struct Case: Decodable, Sendable {
        let id: Int
        let sizes: [Int]
        let roleOf: [Int]
        let rankings: [[Int]]
        let grades: [[Int]]
        let approvals: [[Int]]
        let costs: [Int]
        let budget: Int
        let parityMultiplicity: [Int]
        let expect: Both
    }

    struct Both: Decodable, Sendable {
        let person: Expected
        let parity: Expected
    }

    struct Expected: Decodable, Sendable {
        let schulze: [Int]
        let rankedPairs: [Int]
        let margins: [[Int]]
        let majorityJudgement: [Int]
        let pbMesCard: [[Int]]
        let pbMesCost: [[Int]]
        let approvalShare: [String]
    }

    let cases: [Case]
}
