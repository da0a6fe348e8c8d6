import Opinion

/// The smaller files: what statements say, who speaks from where, who is in which group.
extension OpinionInput {
    mutating func read(comments table: OpinionTable) throws {
        guard !table.isEmpty else { return }
        var table = table
        let comment = try table.column("comment-id", "statement-id")
        let body = try table.column("comment-body", "text")
        let (moderated, meta) = (table.optionalColumn("moderated"), table.optionalColumn("is-meta"))
        while try table.next() {
            guard let id = table.id(comment) else { note(table, "the comment’s id", table.text(comment)); continue }
            texts[id] = table.text(body)
            if let moderated, table.number(moderated) == -1 { moderation.rejected.insert(id) }
            if let meta, ["true", "t", "1"].contains(table.text(meta).lowercased()) { moderation.meta.insert(id) }
        }
        let untold = log.statements.ids.count { texts[$0] == nil }
        tell(untold, "statement with votes is not among the comments", "statements with votes are not among the comments")
    }

    mutating func read(perspectives table: OpinionTable) throws {
        guard !table.isEmpty else { return }
        var table = table
        let participant = try table.column("participant", "participant-id", "voter-id")
        let name = try table.column("perspective")
        var silent = 0
        while try table.next() {
            guard let person = table.id(participant) else { note(table, "the participant’s id", table.text(participant)); continue }
            let perspective = table.text(name).trimmed
            if perspective.isEmpty {
                bad.add(table.file, table.line, "participant \(person) has no perspective")
            } else if !perspectives.add(person: person, perspective) {
                bad.add(table.file, table.line, "participant \(person) already has another perspective: one person has one")
            } else if log.people.number(of: person) == nil {
                silent += 1
            }
        }
        tell(silent, "person with a perspective has not answered yet", "people with a perspective have not answered yet")
        let undeclared = log.people.ids.count { perspectives.perspective(of: $0) == nil }
        tell(undeclared, "person who answered has no perspective", "people who answered have no perspective")
    }

    mutating func read(groups table: OpinionTable) throws {
        guard !table.isEmpty else { return }
        var table = table
        let participant = try table.column("participant", "participant-id", "voter-id")
        let group = try table.column("group-id")
        var found: [UInt64: UInt64] = [:]
        while try table.next() {
            guard let person = table.id(participant) else { note(table, "the participant’s id", table.text(participant)); continue }
            if table.text(group).trimmed.isEmpty { continue }
            guard let id = table.id(group) else { note(table, "the group’s id", table.text(group)); continue }
            found[person] = id
        }
        let ids = Set(found.values).sorted()
        groupNames = ids.map(String.init)
        let place = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        groups = found.compactMapValues { place[$0] }
        let strangers = found.keys.count { log.people.number(of: $0) == nil }
        tell(strangers, "person in a group has not answered", "people in groups have not answered")
    }
}

extension String {
    /// Without the white space around it.
    var trimmed: String {
        let isSpace: (Unicode.Scalar) -> Bool = \.properties.isWhitespace
        let kept = unicodeScalars.drop(while: isSpace)
        guard let last = kept.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(kept[...last])
    }
}
