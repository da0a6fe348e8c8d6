/// Who answered enough to be put into a group.
enum CountedPeople {
    /// Rows of people with at least min(7, m) answers; where that is fewer than 15 people, topped up by number of answers to 15.
    /// - Parameter withTies: takes everybody with as many answers as the last who is topped up, so that the choice does not depend on the
    ///   order of people. `compat` takes the first of them.
    static func rows(of matrix: OpinionMatrix, withTies: Bool) -> [Int] {
        let enough = min(7, matrix.statements.count)
        let rows = Array(matrix.people.indices)
        let counted = rows.filter { matrix.answered(row: $0) >= enough }
        guard counted.count < 15 else { return counted }
        let byAnswers = rows.sorted { (-matrix.answered(row: $0), $0) < (-matrix.answered(row: $1), $1) }
        guard withTies, byAnswers.count > 15 else { return byAnswers.prefix(15).sorted() }
        let least = matrix.answered(row: byAnswers[14])
        return rows.filter { matrix.answered(row: $0) >= least }
    }
}
