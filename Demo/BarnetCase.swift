/// The case that Heard brings along, as text: `barnet-camhs.yaml` of this folder, compiled in so that `heard demo` needs no file beside it.
public enum BarnetCase {
    /// Where it is told, for messages that name a line of it.
    public static let name = "Demo/barnet-camhs.yaml"
    /// The whole file.
    public static var text: String { String(decoding: PackageResources.barnet_camhs_yaml, as: UTF8.self) }
}

/// What the demo's directory is filled from: services in and around Trafford, July 2018. `README.md` has their licence.
public enum TraffordServices {
    public static var file: [UInt8] { PackageResources.trafford_services_csv }
    public static var postcodes: [UInt8] { PackageResources.trafford_postcodes_csv }
}
