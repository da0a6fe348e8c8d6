import CSV
import Opinion
import Testing

@testable import OpinionFiles

@Suite struct OpinionInputTests {
    @Test(arguments: [
        "timestamp,datetime,comment-id,voter-id,vote\n1,Mon,7,3,1\n2,Mon,7,4,-1\n", "vote,voter-id,comment-id\n1,3,7\n-1,4,7",
        "\u{feff}Voter ID,VOTE,comment_id,extra\r\n3,1,7,x\r\n4,-1,7,y\r\n",
    ])
    func `Columns may stand in any order, with or without times`(votes: String) throws {
        let matrix = OpinionMatrix(try input(votes: votes).log)
        #expect(matrix.people == [3, 4])
        #expect(matrix.statements == [7])
        #expect(matrix.answers(row: 0).map(\.answer) == [.agree])
        #expect(matrix.answers(row: 1).map(\.answer) == [.disagree])
    }

    @Test(arguments: [
        ("9,9,2", "a vote is 1, 0 or -1, not “2”"), ("9,9,", "a vote is 1, 0 or -1, not “”"), ("9,9", "a vote is 1, 0 or -1, not “”"),
        ("9,9,300", "a vote is 1, 0 or -1, not “300”"), ("9,x,1", "the voter’s id should be a whole number, not “x”"),
        ("-9,9,1", "the comment’s id should be a whole number, not “-9”"),
        ("99999999999999999999,9,1", "the comment’s id should be a whole number, not “99999999999999999999”"),
    ])
    func `A row that cannot be used is refused with its line and what is wrong`(row: String, problem: String) {
        let expected = OpinionFileError.badRows([.init(file: "votes.csv", line: 3, problem: problem)], count: 1)
        #expect(throws: expected) { try input(votes: "comment-id,voter-id,vote\n1,1,1\n\(row)\n2,2,0\n") }
    }

    @Test(arguments: OpinionMap.Mode.allCases) func `A file without votes is a map of nobody that says so`(mode: OpinionMap.Mode) throws {
        let report = OpinionReport(try input(votes: "comment-id,voter-id,vote\n"), mode: mode)
        #expect(report.notices.first == "Nobody has answered yet.")
    }

    @Test func `Rows that cannot be used can be left out, and are counted and told`() throws {
        let input = try input(votes: "comment-id,voter-id,vote\n1,1,1\n1,2,7\nx,3,1\n1,4,0\n", policy: .skip)
        #expect(input.log.count == 2)
        #expect(input.badRowCount == 2)
        #expect(input.badRows.map(\.line) == [3, 4])
    }

    @Test func `Twenty bad rows are told, and how many more there are`() throws {
        let rows = (0..<30).map { "1,\($0),5\n" }.joined()
        let error = try #require(throws: OpinionFileError.self) { try input(votes: "comment-id,voter-id,vote\n" + rows) }
        #expect(error.description.contains("30 rows cannot be used"))
        #expect(error.description.contains("votes.csv, line 21:"))
        #expect(!error.description.contains("line 22:"))
        #expect(error.description.contains("and 10 more"))
    }

    @Test func `A bad time is a bad row`() {
        #expect(throws: OpinionFileError.self) { try input(votes: "timestamp,comment-id,voter-id,vote\nyesterday,1,1,1\n") }
    }

    @Test func `A missing column is told by name, with those there are`() {
        let expected = OpinionFileError.missingColumn(file: "votes.csv", wanted: "vote", found: ["comment-id", "voter-id"])
        #expect(throws: expected) { try input(votes: "comment-id,voter-id\n1,1\n") }
    }

    @Test(arguments: ["", "\n", "comment-id,voter-id,vote\n"])
    func `A file without votes is a conversation in which nobody has answered`(votes: String) throws {
        #expect(try input(votes: votes).log.count == 0)
    }

    @Test func `A file that is not there is told by its path`() {
        #expect(throws: CSVError.unreadable("/nowhere/votes.csv")) { try OpinionInput(votes: "/nowhere/votes.csv") }
    }

    @Test func `Comments bring text with line ends, what was rejected, and what is about the conversation`() throws {
        let comments =
            "comment-id,moderated,is-meta,comment-body\n1,1,false,\"Two\nlines\"\n2,-1,false,No\n3,0,true,About this\n9,1,false,Unanswered\n"
        let input = try input(votes: "comment-id,voter-id,vote\n1,1,1\n2,1,1\n3,1,1\n4,1,1\n", comments: comments)
        #expect(input.texts[1] == "Two\nlines")
        #expect(input.moderation.rejected == [2])
        #expect(input.moderation.meta == [3])
        #expect(input.notices == ["1 statement with votes is not among the comments"])
    }

    @Test func `Perspectives count who was invited, and tell who has not answered and who has none`() throws {
        let people = "participant,perspective\n1, parents \n2,clinicians\n5,parents\n"
        let input = try input(votes: "comment-id,voter-id,vote\n1,1,1\n1,2,1\n1,3,0\n", perspectives: people)
        #expect(input.perspectives.names == ["parents", "clinicians"])
        #expect(input.perspectives.invited == [2, 1])
        #expect(input.notices == ["1 person with a perspective has not answered yet", "1 person who answered has no perspective"])
    }

    @Test func `Somebody with two perspectives, and somebody with an empty one, are bad rows`() {
        let people = "participant,perspective\n1,parents\n1,clinicians\n2,\n1,parents\n"
        let rows = [
            OpinionFileError.Row(file: "people.csv", line: 3, problem: "participant 1 already has another perspective: one person has one"),
            OpinionFileError.Row(file: "people.csv", line: 4, problem: "participant 2 has no perspective"),
        ]
        #expect(throws: OpinionFileError.badRows(rows, count: 2)) {
            try input(votes: "comment-id,voter-id,vote\n1,1,1\n", perspectives: people)
        }
    }

    @Test func `Groups keep their names in order, and empty ones are nobody's`() throws {
        let groups = "participant,group-id,n-votes,0\n1,4,2,1\n2,,1,\n3,1,1,-1\n8,1,0,\n"
        let input = try input(votes: "comment-id,voter-id,vote\n0,1,1\n0,2,1\n0,3,-1\n", groups: groups)
        #expect(input.groupNames == ["1", "4"])
        #expect(input.groups == [1: 1, 3: 0, 8: 0])
        #expect(input.notices == ["1 person in a group has not answered"])
    }

    private func input(
        votes: String,
        comments: String? = nil,
        perspectives: String? = nil,
        groups: String? = nil,
        policy: OpinionInput.Policy = .refuse
    ) throws -> OpinionInput {
        var input = OpinionInput()
        try input.read(votes: OpinionTable(ByteSource(Array(votes.utf8), pieceSize: 7), file: "votes.csv"))
        if let comments { try input.read(comments: OpinionTable(ByteSource(Array(comments.utf8)), file: "comments.csv")) }
        if let perspectives { try input.read(perspectives: OpinionTable(ByteSource(Array(perspectives.utf8)), file: "people.csv")) }
        if let groups { try input.read(groups: OpinionTable(ByteSource(Array(groups.utf8)), file: "participants-votes.csv")) }
        try input.settle(policy)
        return input
    }
}
