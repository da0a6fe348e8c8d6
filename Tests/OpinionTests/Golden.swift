import Foundation
import Opinion
import OpinionFiles

/// A real conversation with the values that were worked out for it elsewhere. Data/opinion/ATTRIBUTION.txt says whose it is.
struct Golden: Decodable {
    static let conversations = ["brexit-consensus", "bg2050-volunteers", "ssis.land-bank-farmland.2rumnecbeh.2021-08-01"]

    struct ColdStart: Decodable {
        let center: [Double]
        let comps: [[Double]]
        let projection: [[Double]]
        let extremity: [Double]
        let in_conv: [UInt64]
        let k: Int
        let silhouettes: [String: Double]
        let base_clusters: Int
        let labels: [String: Int]
    }

    struct Labels: Decodable {
        let k: Int
        let labels: [String: Int]
    }

    struct Statistics: Decodable {
        let na: [Int]
        let nd: [Int]
        let ns: [Int]
        let pa: [Double]
        let pd: [Double]
        let pat: [Double]
        let pdt: [Double]
        let ra: [Double]
        let rd: [Double]
        let rat: [Double]
        let rdt: [Double]
    }

    struct Telling: Decodable {
        let tid: UInt64
        let dir: String
        let n_success: Int
        let n_trials: Int
        let p_success: Double
        let p_test: Double
        let repness: Double
        let repness_test: Double
    }

    struct Given: Decodable {
        let gac_agree: [Double]
        let gac_disagree: [Double]
        let consensus: [String: [UInt64]]
        let repness: [String: [Telling]]
        let priority: [Double]
        let stats: [String: Statistics]
    }

    let n: Int
    let m: Int
    let nnz: Int
    let pids: [UInt64]
    let tids: [UInt64]
    let mod_out: [UInt64]
    let given_true_groups: Given
    let cold_start: ColdStart
    let cold_start_no_moderation: Labels
    let cold_start_time_order: Labels

    static func folder(_ conversation: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data/opinion/\(conversation)").path
    }

    static func read(_ conversation: String) throws -> Golden {
        try JSONDecoder().decode(Golden.self, from: Data(contentsOf: URL(fileURLWithPath: folder(conversation) + "/golden.json")))
    }

    static func input(_ conversation: String) throws -> OpinionInput {
        let folder = folder(conversation)
        return try OpinionInput(
            votes: folder + "/votes.csv",
            comments: folder + "/comments.csv",
            groups: folder + "/participants-votes.csv"
        )
    }
}
