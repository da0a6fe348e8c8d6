import Directory
import Finding
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
    private let placeNames: [(code: String, point: Point)]

    private enum CodingKeys: String, CodingKey { case pins, notOnMap, from, you }

    /// - Parameter listed: what the page lists, with the numbers it stands under.
    init(_ listed: [(number: Int, entry: Entry)], from: String, you: Point?, _ tx: Transaction) throws {
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
                try PostcodeStore.outward(within: $0.box.latitudes, $0.box.longitudes, tx)
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
            youLabel: from?.uppercased() ?? ""
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
        return Drawing(
            names(frame, avoiding: places + [you].compactMap(\.self)) + (you.map { rings(frame, around: $0) } ?? [])
                + zip(spots, places).filter { $0 != $1 }.flatMap(Self.leader) + (you.map(youMark) ?? [])
                + zip(pins, places).map(Self.pin) + scale(frame)
        )
    }

    /// Names of districts that are known from the table of postcodes, where they cover neither a pin nor each other.
    private func names(_ frame: MapFrame, avoiding pins: [(x: Double, y: Double)]) -> [Drawing] {
        var taken = pins
        return placeNames.compactMap { name in
            let spot = frame.spot(name.point)
            guard MapFrame.holds(spot, margin: 16), taken.allSatisfy({ abs($0.x - spot.x) > 30 || abs($0.y - spot.y) > 17 }) else {
                return nil
            }
            taken.append(spot)
            return .words(name.code, x: spot.x, y: spot.y + 4, anchor: .middle, class: "place-name")
        }
    }

    private func rings(_ frame: MapFrame, around you: (x: Double, y: Double)) -> [Drawing] {
        frame.rings.flatMap { miles -> [Drawing] in
            let radius = miles * .metresPerMile * frame.scale
            let circle = Drawing.circle(x: you.x, y: you.y, radius: radius, class: "ring")
            // The name stands on the ring, above or below, wherever the sheet has room for it.
            let place = [you.y - radius, you.y + radius].first { (12...MapFrame.height - 12).contains($0) }
            guard let place else { return [circle] }
            return [circle, .words(Self.miles(miles), x: you.x, y: place + 4, anchor: .middle, class: "ring-name")]
        }
    }

    private static func leader(_ spot: (x: Double, y: Double), _ place: (x: Double, y: Double)) -> [Drawing] {
        [.line(from: spot, to: place, class: "leader"), .circle(x: spot.x, y: spot.y, radius: 2.5, class: "spot")]
    }

    private func youMark(_ spot: (x: Double, y: Double)) -> [Drawing] {
        let words = (from ?? "").uppercased()
        return [
            .circle(x: spot.x, y: spot.y, radius: 6, class: "you"),
            .words(words, x: spot.x, y: spot.y + 19, anchor: .middle, class: "you-name"),
        ]
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

    private func scale(_ frame: MapFrame) -> [Drawing] {
        let length = frame.bar * .metresPerMile * frame.scale
        let (x, y) = (10.0, MapFrame.height - 10)
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
