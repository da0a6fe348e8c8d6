import Directory
import Foundation
import HTML
import Kernel
import OpenReferral
import Store
import Web

public enum FeedsRoutes {
    public static func add(to site: Site) {
        site.page("/directory/feeds") { visit, tx in try FeedsPage(visit, tx) }
        site.page("/directory/feeds/new", FeedWords.new)
        site.post("/directory/feeds", again: FeedWords.new, takesFile: true) { visit, tx in
            try DirectoryPolicy.edit(by: visit.actor)
            let id = try added(visit, tx)
            return .see(SafeURL.path("/directory/feeds", id).adding("done", "added"))
        }
        site.page(one) { visit, tx in try FeedPage(visit, tx) }
        addDeeds(to: site)
    }

    private static let one = "/directory/feeds/:feed"

    private static func addDeeds(to site: Site) {
        site.post(one + "/taking") { visit, tx in
            try AskFeed.run(visit.id("feed"), by: visit.deed, tx)
            return try back(visit, "asked")
        }
        site.post(one + "/stopping") { visit, tx in
            try StopFeed.run(visit.id("feed"), by: visit.deed, tx)
            return try back(visit, "stopped")
        }
        site.post(one + "/nights") { visit, tx in
            try SetNights.run(visit.id("feed"), isOn: visit.form["on"] == "yes", by: visit.deed, tx)
            return try back(visit, "nights")
        }
        site.page(one + "/removal", FeedWords.removal)
        site.post(one + "/removal", again: FeedWords.removal) { visit, tx in
            try DirectoryPolicy.edit(by: visit.actor)
            guard let entries = RemoveFeed.Entries(rawValue: visit.form["entries"]) else { throw Problems("entries", W.removeEmpty) }
            try RemoveFeed.run(visit.id("feed"), entries, by: visit.deed, tx)
            return .see(SafeURL.path("/directory/feeds").adding("done", "removed"))
        }
    }

    private static func back(_ visit: Visit, _ done: String) throws -> Answer {
        let id: ImportID = try visit.id("feed")
        return .see(SafeURL.path("/directory/feeds", id).adding("done", done))
    }

    private static func added(_ visit: Visit, _ tx: Transaction) throws -> ImportID {
        var form = visit.form
        let name = form.line("name", limit: 120, empty: W.feedWhoseEmpty)
        var feed = TakeFeed.Feed(name: name, address: form.line("address", limit: 500))
        feed.licence = form.line("licence", limit: 300)
        feed.note = form.line("note", limit: 300)
        let file = form.file("file")
        if feed.address.isEmpty, file == nil { form.problems.add("address", W.feedAddressEmpty) }
        if !feed.address.isEmpty, file != nil { form.problems.add("file", W.feedOneOfTwo) }
        if !feed.address.isEmpty, SafeURL(web: feed.address) == nil { form.problems.add("address", W.feedAddressWrong) }
        try form.check()
        guard let file else { return try AddFeed.run(feed, by: visit.deed, tx) }
        let held = try FeedFile.read(file.bytes)
        // A file has no address: each is a source of its own.
        feed.address = KeptFeed.fileScheme + visit.deed.chance.token(20)
        return try AddFeed.run(feed, holding: held, by: visit.deed, tx)
    }
}

/// A feed as a file: a page of services as JSON, or a service a line. What is no service is passed over, and said.
struct FeedFile: Sendable {
    let services: [ORUK.Service]
    let faults: [FeedFault]

    /// Throws `Problems` of the field `file` where nothing in it is a service.
    static func read(_ bytes: [UInt8]) throws -> FeedFile {
        let file = page(bytes) ?? lines(bytes)
        guard file.services.isEmpty else { return file }
        guard let fault = file.faults.first else { throw Problems("file", W.fileEmpty) }
        throw Problems("file", W.feedFileItem(place: "\(fault.place)", sentence: fault.sentence))
    }

    private static func page(_ bytes: [UInt8]) -> FeedFile? {
        guard let page = try? ORUK.read(FeedReader.Page<ORUK.Service>.self, bytes) else { return nil }
        return FeedFile(services: page.contents.compactMap(\.item), faults: page.faults(page: 1))
    }

    private static func lines(_ bytes: [UInt8]) -> FeedFile {
        var (services, faults): ([ORUK.Service], [FeedFault]) = ([], [])
        for (place, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { $0 > 0x20 }) {
            guard let read = try? ORUK.read(FeedReader.Lenient<ORUK.Service>.self, Array(line)) else {
                faults.append(FeedFault(page: 1, place: place + 1, name: "", sentence: W.feedFileLine(line: "\(place + 1)")))
                continue
            }
            if let service = read.item { services.append(service) }
            faults += read.faults(page: 1, place: place + 1)
        }
        return FeedFile(services: services, faults: faults)
    }
}
