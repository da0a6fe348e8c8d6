import Directory
import Finding
import Foundation
import HTML
import Kernel
import OpenReferral
import Store
import Web

/// What was found, as a map: pins with the numbers of the list, drawn by us and asked of nobody. The list beside it says the same in words.
struct DirectoryMap: Sendable, Encodable {
    struct Pin: Sendable, Encodable {
        /// As in the list.
        let number: Int
        let name: String
        let url: SafeURL
        let point: Point
    }

    let pins: [Pin]
    /// How many of the list are not on it: their place is secret or not known.
    let notOnMap: Int
    /// What somebody typed as their place, and where that is.
    let from: String?
    let you: Point?
    /// Towns in which something is, those with the most first, then districts by the first half of their postcode.
    private let placeNames: [(name: String, point: Point)]

    private enum CodingKeys: String, CodingKey { case pins, notOnMap, from, you }

    /// - Parameter listed: what the page lists, with the numbers it stands under.
    init(_ listed: [(number: Int, entry: Entry)], from: String, you: Point?, _ index: FindingIndex, _ tx: Transaction) throws {
        let postcodes = try PostcodeStore.points(listed.flatMap(\.entry.service.postcodes), tx)
        pins = listed.flatMap { number, entry in
            // An entry whose address is secret holds no place to begin with.
            let points = (entry.service.serviceAtLocations ?? []).compactMap { $0.location?.point(postcodes) }
            let apart = points.reduce(into: [Point]()) { if !$0.contains($1) { $0.append($1) } }
            return apart.map { Pin(number: number, name: entry.name, url: entry.url, point: $0) }
        }
        notOnMap = listed.count - Set(pins.map(\.number)).count
        self.you = you
        self.from = you == nil ? nil : from
        placeNames =
            try MapFrame(pins.map(\.point) + [you].compactMap(\.self)).map {
                index.towns(within: $0.box.latitudes, $0.box.longitudes)
                    + (try PostcodeStore.outward(within: $0.box.latitudes, $0.box.longitudes, tx)).map { ($0.code, $0.point) }
            } ?? []
    }

    /// The drawing, and where a library is at hand the button for moving around in it.
    func html(_ facts: MapFacts) -> HTML {
        HTML {
            if let frame = MapFrame(pins.map(\.point) + [you].compactMap(\.self)), !pins.isEmpty {
                svg(
                    drawing(frame),
                    title: W.mapTitle,
                    description: W.mapMeaning,
                    width: MapFrame.width,
                    height: MapFrame.height,
                    class: "places",
                    hasLinks: true
                )
                if let library = facts.library { movable(library, facts.tiles, frame).html }
                if let tiles = facts.tiles, facts.library != nil { p(W.mapPictures(by: tiles.by, host: tiles.host), class: "hint") }
            } else {
                p(W.mapEmpty)
            }
            if notOnMap > 0 { p(W.notOnMap(n: notOnMap)) }
        }
    }

    private func movable(_ library: MapFacts.Library, _ tiles: MapFacts.Tiles?, _ frame: MapFrame) -> MovableMap {
        var map = MovableMap(
            script: library.scriptURL,
            style: library.styleURL,
            button: W.mapMove,
            label: W.mapTitle,
            zoomIn: W.zoomIn,
            zoomOut: W.zoomOut,
            youLabel: from ?? ""
        )
        map.you = you.map(Self.text)
        if you != nil { map.rings = frame.rings.map { Int($0 * .metresPerMile) } }
        map.tiles = tiles?.address
        map.tilesBy = tiles?.by ?? ""
        return map
    }

    private static func text(_ point: Point) -> String { "\(point.latitude),\(point.longitude)" }

    // MARK: Drawing

    private func drawing(_ frame: MapFrame) -> Drawing {
        let spots = pins.map { frame.spot($0.point) }
        let places = PinPlaces.apart(spots)
        let you = you.map(frame.spot)
        var room = NameRoom(pins: places)
        let bar = scale(frame, &room)
        // First come, first served: where somebody is matters more than how far the circles are, and those more than what the parts are called.
        let mark = you.map { youMark($0, &room) } ?? []
        let circles = you.map { rings(frame, around: $0, &room) } ?? []
        return Drawing(
            names(frame, &room) + circles + zip(spots, places).filter { $0 != $1 }.flatMap(Self.leader) + mark
                + zip(pins, places).map(Self.pin) + bar
        )
    }

    /// Names of towns and districts, on their spot or beside it, where they cover neither a pin nor each other.
    private func names(_ frame: MapFrame, _ room: inout NameRoom) -> [Drawing] {
        placeNames.compactMap { name in
            let spot = frame.spot(name.point)
            let beside = [(0.0, 0.0), (0, -22), (0, 22), (-30, 0), (30, 0), (0, -38), (0, 38)].map { (spot.x + $0.0, spot.y + $0.1) }
            return room.place(name.name, at: beside).map { .words(name.name, x: $0.x, y: $0.y + 4, anchor: .middle, class: "place-name") }
        }
    }

    private func rings(_ frame: MapFrame, around you: (x: Double, y: Double), _ room: inout NameRoom) -> [Drawing] {
        frame.rings.flatMap { miles -> [Drawing] in
            let radius = miles * .metresPerMile * frame.scale
            let circle = Drawing.circle(x: you.x, y: you.y, radius: radius, class: "ring")
            // The name stands on the ring, above or below or wherever else there is room for it.
            let turns = [-0.5, 0.5, -0.35, -0.65, 0.35, 0.65, 0, 1, -0.2, -0.8, 0.2, 0.8]
            let around = turns.map { (you.x + radius * cos($0 * .pi), you.y + radius * sin($0 * .pi)) }
            guard let place = room.place(Self.miles(miles), at: around) else { return [circle] }
            return [circle, .words(Self.miles(miles), x: place.x, y: place.y + 4, anchor: .middle, class: "ring-name")]
        }
    }

    private static func leader(_ spot: (x: Double, y: Double), _ place: (x: Double, y: Double)) -> [Drawing] {
        [.line(from: spot, to: place, class: "leader"), .circle(x: spot.x, y: spot.y, radius: 2.5, class: "spot")]
    }

    private func youMark(_ spot: (x: Double, y: Double), _ room: inout NameRoom) -> [Drawing] {
        let words = from ?? ""
        room.take(spot, halfWidth: 6, halfHeight: 6)
        let circle = Drawing.circle(x: spot.x, y: spot.y, radius: 6, class: "you")
        let beside = [(0.0, 15.0), (0, -15), (30, 0), (-30, 0), (0, 34), (0, -34)].map { (spot.x + $0.0, spot.y + $0.1) }
        guard let place = room.place(words, at: beside) else { return [circle] }
        return [circle, .words(words, x: place.x, y: place.y + 4, anchor: .middle, class: "you-name")]
    }

    private static func pin(_ pin: Pin, _ place: (x: Double, y: Double)) -> Drawing {
        .link(
            "\(pin.number). \(pin.name)",
            to: pin.url,
            point: text(pin.point),
            [
                .circle(x: place.x, y: place.y, radius: PinPlaces.radius),
                .words("\(pin.number)", x: place.x, y: place.y + 4, anchor: .middle),
            ]
        )
    }

    private func scale(_ frame: MapFrame, _ room: inout NameRoom) -> [Drawing] {
        let length = frame.bar * .metresPerMile * frame.scale
        let (x, y) = (10.0, MapFrame.height - 10)
        room.take((x + length / 2 + 20, y), halfWidth: length / 2 + 30, halfHeight: 8)
        return [
            .outline([(x, y - 4), (x, y), (x + length, y), (x + length, y - 4)], isClosed: false, class: "scale"),
            .words(Self.miles(frame.bar), x: x + length + 6, y: y + 1),
        ]
    }

    private static func miles(_ miles: Double) -> String {
        switch miles {
        case 0.25: W.quarterMile
        case 0.5: W.halfMile
        default: W.milesFar(n: Int(miles))
        }
    }
}
