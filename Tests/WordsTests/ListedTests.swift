import Testing

@testable import Words

@Test(arguments: [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
func `Names are listed as people say them`(names: [String], words: String) { #expect(listed(names) == words) }
