// swift-tools-version: 6.1
import PackageDescription

// The house: every room is a target, and the compiler keeps the walls. ARCHITECTURE.md has the map.

let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    // A third off every page: generic code of one room is made for the types of another. docs/decisions/0014.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// A foundation room: knows nothing of co-production.
func room(_ name: String, uses: [Target.Dependency] = [], words: Bool = false) -> Target {
    .target(
        name: name,
        dependencies: uses,
        exclude: ["README.md"] + (words ? ["Words"] : []),
        swiftSettings: rules,
        plugins: words ? [.plugin(name: "WordsPlugin")] : []
    )
}

/// A slice: one idea of the product. It stands on all foundations and on the slices it names.
func slice(_ name: String, uses: [String] = [], packages: [Target.Dependency] = [], resources: [Resource] = [], exclude: [String] = [])
    -> Target
{
    .target(
        name: name,
        dependencies: ["Kernel", "HTML", "QR", "Store", "Web", "Trail", "Jobs", "Words"] + uses.map { .init(stringLiteral: $0) } + packages,
        exclude: ["README.md", "Words"] + exclude,
        resources: resources,
        swiftSettings: rules,
        plugins: [.plugin(name: "WordsPlugin")]
    )
}

func tests(_ name: String, uses: [Target.Dependency] = []) -> Target {
    .testTarget(name: name + "Tests", dependencies: [.init(stringLiteral: name)] + uses, swiftSettings: rules)
}

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let nio = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let box = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "heard",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "heard", targets: ["heard"])],
    dependencies: [
        .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // Foundations
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(
            name: "CMarkGFM",
            pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]
        ),
        room("Kernel"),
        .target(
            name: "Readability",
            exclude: ["README.md", "Data/README.md"],
            resources: [.embedInCode("Data/easy-words.txt")],
            swiftSettings: rules
        ),
        room("Markdown", uses: ["HTML", "CMarkGFM"]),
        room("EqualVoice"),
        room("Opinion"),
        room("CSV"),
        room("OpenReferral", uses: ["Kernel"]),
        room("Finding", uses: ["OpenReferral"]),
        room("Outside", uses: [httpClient, nio, nioCore, .product(name: "NIOHTTP1", package: "swift-nio")]),
        room("OpinionFiles", uses: ["CSV", "Kernel", "HTML", "EqualVoice", "Opinion"]),
        .target(
            name: "Store",
            dependencies: ["Kernel", "CPostgres", grdb, .product(name: "GRDBSQLite", package: "GRDB.swift"), nio, box, log],
            exclude: ["README.md"],
            swiftSettings: rules
        ),
        .target(name: "HTML", dependencies: ["Kernel"], exclude: ["README.md"], swiftSettings: rules),
        room("QR", uses: ["HTML", "CQREncode"]),
        .executableTarget(name: "words-compiler", path: "Sources/WordsCompiler", swiftSettings: rules),
        .plugin(name: "WordsPlugin", capability: .buildTool(), dependencies: ["words-compiler"]),
        room("Words", uses: ["Kernel"], words: true),
        room("Trail", uses: ["Kernel", "Store", crypto]),
        room("Jobs", uses: ["Kernel", "Store", log, metrics, lifecycle]),
        .target(
            name: "Web",
            dependencies: ["Kernel", "Store", "HTML", "Words", hummingbird, httpTypes, crypto, log, metrics, nioCore, box],
            exclude: ["README.md", "Words"],
            resources: [
                "heard.css", "statements.css", "leaflets.css", "maps.css", "map.js", "fields.js", "sending.js", "capture.js", "tools.js",
                "keys.js", "figures.js",
            ].map {
                .embedInCode("Assets/\($0)")
            },
            swiftSettings: rules,
            plugins: [.plugin(name: "WordsPlugin")]
        ),
        .target(
            name: "Operation",
            dependencies: [
                "HTML", "Store", "Web", hummingbird, .product(name: "HummingbirdCore", package: "hummingbird"), httpTypes, nioCore, nio,
                box, log, metrics, lifecycle,
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "Configuration", package: "swift-configuration"), .product(name: "Yams", package: "Yams"),
            ],
            exclude: ["README.md"],
            swiftSettings: rules
        ),

        // Slices, from the ground up
        slice("Services"),
        slice(
            "People",
            uses: ["Services"],
            packages: ["CArgon2", crypto, nio, box],
            resources: [.embedInCode("Data/words.txt")],
            exclude: ["Data/README.md"]
        ),
        slice("Projects", uses: ["Services", "People"], resources: [.embedInCode("Data/bank-holidays-england.txt")]),
        slice("Sessions", uses: ["Services", "People", "Projects"]),
        slice("Messages", uses: ["Services", "People", "Projects"]),
        slice("Voices", uses: ["Services", "People", "Projects", "Sessions", "Messages"], packages: [crypto]),
        slice("Discussion", uses: ["Services", "People", "Projects", "Sessions", "Voices"]),
        slice("Decisions", uses: ["Services", "People", "Projects", "Sessions", "Voices"]),
        slice("Statements", uses: ["Services", "People", "Projects", "Voices", "Discussion"], packages: ["Opinion", box]),
        slice("WhatWeThink", uses: ["Services", "People", "Projects", "Discussion", "Statements"], packages: ["EqualVoice", "Opinion"]),
        slice(
            "Pathways",
            uses: ["Services", "People", "Projects", "Voices", "Discussion"],
            packages: ["Markdown", "Readability"]
        ),
        slice("Readers", uses: ["Services", "People", "Projects", "Pathways"], packages: ["EqualVoice"]),
        slice("ReadAloud", uses: ["Services", "Pathways"], packages: [crypto, nio]),
        slice("Steps", uses: ["Services", "People", "Projects", "Pathways"], packages: ["Markdown"]),
        slice("Actions", uses: ["Services", "People", "Projects", "Discussion", "Decisions"]),
        slice("Directory", uses: ["Services", "People", "Projects", "Discussion"], packages: ["Finding", "OpenReferral", crypto, box]),
        slice("Experiences", uses: ["Services", "Projects", "Voices", "Directory"]),
        slice("DirectoryPages", uses: ["Directory", "Experiences"], packages: ["CSV", "Finding", "OpenReferral"]),
        slice("DirectoryWork", uses: ["Services", "Directory"], packages: ["OpenReferral"]),
        slice(
            "DirectoryFeed",
            uses: ["Directory"],
            packages: ["Finding", "OpenReferral"],
            resources: [.embedInCode("Data/openapi.json")],
            exclude: ["Data/LICENSE"]
        ),
        slice("DirectoryImports", uses: ["Services", "Directory"], packages: ["CSV", "Finding", "OpenReferral", "Outside"]),
        slice("Shortlists", uses: ["Services", "People", "Projects", "Directory"], packages: ["Finding", "OpenReferral", crypto]),
        slice(
            "Referrals",
            uses: ["Services", "People", "Projects", "Directory", "Shortlists"],
            packages: ["EqualVoice", "OpenReferral", crypto]
        ),
        slice("Replies", uses: ["Services", "People", "Projects", "Messages", "Voices", "Discussion", "Decisions", "Actions"]),
        slice(
            "Themes",
            uses: [
                "Services", "People", "Projects", "Voices", "Discussion", "Decisions", "Actions", "Replies", "Statements", "WhatWeThink",
                "Pathways",
            ]
        ),
        slice("Ratings", uses: ["Services", "People", "Projects", "Sessions", "Voices"]),
        slice("Worries", uses: ["Services", "People", "Projects"]),
        slice(
            "Receipts",
            uses: [
                "Services", "People", "Projects", "Sessions", "Messages", "Voices", "Discussion", "Decisions", "Actions", "Replies",
                "Ratings", "Pathways",
            ]
        ),
        slice(
            "PublicRecord",
            uses: [
                "Services", "People", "Projects", "Sessions", "Voices", "Discussion", "Decisions", "Statements", "Actions", "Replies",
                "Ratings", "Pathways",
            ]
        ),
        slice(
            "Desk",
            uses: [
                "Services", "People", "Projects", "Sessions", "Messages", "Voices", "Discussion", "Decisions", "Actions", "Replies",
                "Ratings", "Worries", "Pathways", "Readers", "Shortlists", "Referrals",
            ]
        ),

        // The demo's story, a folder of its own for people who write stories and not Swift. Not a link: some checkouts lose those.
        .target(
            name: "DemoCase",
            path: "Demo",
            exclude: ["README.md"],
            resources: [
                .embedInCode("barnet-camhs.yaml"), .embedInCode("trafford-services.csv"), .embedInCode("trafford-postcodes.csv"),
            ],
            swiftSettings: rules
        ),

        // The only room that knows every slice
        .target(
            name: "App",
            dependencies: [
                "DemoCase", "Kernel", "HTML", "Store", "Web", "Trail", "Jobs", "Words", "Services", "People", "Projects", "Sessions",
                "Messages",
                "Voices",
                "Discussion", "Decisions", "Statements", "WhatWeThink", "Actions", "Replies", "Themes", "Ratings", "Worries", "Receipts",
                "PublicRecord", "Desk", "Pathways", "Readers", "ReadAloud", "Steps", "Directory", "Experiences", "DirectoryPages",
                "DirectoryWork", "DirectoryFeed", "DirectoryImports", "Outside", "Shortlists", "Referrals",
                box, hummingbird, log, metrics, lifecycle, .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: rules
        ),

        // The command
        .executableTarget(
            name: "heard",
            dependencies: [
                "App", "CSV", "Directory", "DirectoryImports", "EqualVoice", "OpenReferral", "Opinion", "OpinionFiles", "Operation",
                "Outside",
                "ReadAloud",
                "Kernel", "Store",
                "Web", "Trail", "Jobs", "People", "Voices", log,
                metrics, lifecycle,
                nioCore,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: rules
        ),
        .executableTarget(
            name: "opinion-try",
            dependencies: ["Opinion", "OpinionFiles"],
            path: "Benchmarks/OpinionTry",
            swiftSettings: rules
        ),
        .target(name: "TestSupport", dependencies: ["Store", "CPostgres", log], path: "Tests/TestSupport", swiftSettings: rules),
        .target(
            name: "HouseSupport",
            dependencies: [
                "App", "TestSupport", "Kernel", "HTML", "People", "Store", "Trail", "Web", hummingbird, httpTypes, log, nioCore, box,
            ],
            path: "Tests/HouseSupport",
            swiftSettings: rules
        ),
        .target(
            name: "PathSupport",
            dependencies: [
                "HouseSupport", "TestSupport", "Kernel", "Store", "Services", "Projects", "Voices", "Discussion", "Decisions", "Actions",
                "Pathways",
            ],
            path: "Tests/PathSupport",
            swiftSettings: rules
        ),
        tests("Kernel"),
        tests("Web", uses: ["Kernel", "HTML"]),
        tests("Words", uses: ["Kernel"]),
        tests("Trail", uses: ["App", "HouseSupport", "TestSupport", "Kernel", "Store"]),
        .testTarget(name: "EqualVoiceTests", dependencies: ["EqualVoice"], exclude: ["Data"], swiftSettings: rules),
        .testTarget(name: "OpinionTests", dependencies: ["Opinion", "OpinionFiles"], exclude: ["Data"], swiftSettings: rules),
        .testTarget(
            name: "ReadabilityTests",
            dependencies: ["Readability"],
            exclude: ["Data", "README.md", "make-figures.py"],
            swiftSettings: rules
        ),
        tests("Markdown", uses: ["HTML"]),
        tests("CSV"),
        tests("OpenReferral", uses: ["Kernel"]),
        tests("Finding", uses: ["OpenReferral"]),
        tests("Outside", uses: [hummingbird, nioCore, box]),
        tests("OpinionFiles", uses: ["CSV", "EqualVoice", "Opinion"]),
        tests(
            "App",
            uses: [
                "HouseSupport", "TestSupport", "Kernel", "Store", "Trail", "Web", "Services", "People", "Projects", "Sessions", "Messages",
                "Voices", "Discussion", "Decisions", "Actions", "Replies", "Ratings", "Worries", "Statements", "Pathways", "Readers",
                "ReadAloud",
                "Steps",
                "Readability", "Directory", "DirectoryImports",
            ]
        ),
        tests("QR", uses: ["HTML"]),
        tests("Messages", uses: ["HouseSupport", "TestSupport", "Kernel", "Store", "Projects", "Voices"]),
        tests("Themes", uses: ["PathSupport", "HouseSupport", "TestSupport", "Kernel", "Store", "Discussion"]),
        tests("Store", uses: ["Kernel", "TestSupport", box]),
        tests("HTML", uses: ["Kernel"]),
        tests("Receipts", uses: ["QR", "HouseSupport", "TestSupport", "Kernel", "Store", "Projects", "Voices"]),
        tests("People", uses: ["HouseSupport", "TestSupport", "Kernel", "QR", "HTML", "Store", "Trail", "Web", httpTypes]),
        tests("Voices", uses: ["HouseSupport", "TestSupport", "Kernel", "Store", "Projects", httpTypes]),
        tests("Discussion", uses: ["PathSupport", "HouseSupport", "TestSupport", "Kernel", "Store", "Projects", "Voices"]),
        tests("Decisions", uses: ["PathSupport", "HouseSupport", "TestSupport", "Kernel", "Store", "Discussion"]),
        tests("Actions", uses: ["PathSupport", "HouseSupport", "TestSupport", "Kernel", "Store", "Discussion", "Decisions"]),
        tests(
            "Statements",
            uses: ["HouseSupport", "TestSupport", "Kernel", "Store", "Trail", "Projects", "Discussion", httpTypes]
        ),
        tests(
            "WhatWeThink",
            uses: ["EqualVoice", "Statements", "HouseSupport", "TestSupport", "Kernel", "Store", "Trail", "Projects", "Discussion"]
        ),
        tests(
            "Pathways",
            uses: [
                "PathSupport", "HouseSupport", "TestSupport", "Kernel", "Store", "Services", "Projects", "Voices", "Discussion",
                "Readability", "Markdown", httpTypes,
            ]
        ),
        tests("Readers", uses: ["PathSupport", "HouseSupport", "TestSupport", "Kernel", "Store", "Services", "Pathways"]),
        tests(
            "ReadAloud",
            uses: ["PathSupport", "HouseSupport", "TestSupport", "App", "Jobs", "Kernel", "Store", "Services", "Pathways", log, httpTypes]
        ),
        tests("Steps", uses: ["PathSupport", "HouseSupport", "TestSupport", "Kernel", "Store", "Services", "Pathways"]),
        tests(
            "DirectoryImports",
            uses: [
                "PathSupport", "CSV", "Directory", "OpenReferral", "Outside", "App", "DemoCase", "HouseSupport", "TestSupport", "Kernel",
                "Store", httpTypes,
            ]
        ),
        tests(
            "Directory",
            uses: [
                "PathSupport", "Finding", "OpenReferral", "HouseSupport", "TestSupport", "Kernel", "Store", "Trail", "Projects",
                "Discussion",
            ]
        ),
        tests("Shortlists", uses: ["PathSupport", "Directory", "HouseSupport", "TestSupport", "Kernel", "Store", httpTypes]),
        tests(
            "Referrals",
            uses: ["PathSupport", "App", "Directory", "Shortlists", "HouseSupport", "TestSupport", "Kernel", "Store", "Trail"]
        ),
        tests(
            "DirectoryPages",
            uses: [
                "PathSupport", "Directory", "DirectoryImports", "Finding", "HouseSupport", "TestSupport", "HTML", "Kernel", "OpenReferral",
                "Store",
                "Web", httpTypes,
            ]
        ),
        tests(
            "Experiences",
            uses: ["PathSupport", "Directory", "HouseSupport", "TestSupport", "Kernel", "Store", "Trail", "Voices", "Projects", httpTypes]
        ),
        tests("Replies", uses: ["PathSupport", "HouseSupport", "TestSupport", "Kernel", "Store", "Discussion", "Voices"]),
        tests("Ratings", uses: ["PathSupport", "HouseSupport", "TestSupport", "Kernel", "Store", "Projects", "Services"]),
        tests("Jobs", uses: ["TestSupport", "HouseSupport", "App", "Kernel", "Store", log, box]),
        tests(
            "PublicRecord",
            uses: [
                "App", "HTML", "Web", log, httpTypes, "HouseSupport", "TestSupport", "Kernel", "Store", "Trail", "Voices", "Projects",
                "Services",
            ]
        ),
        tests(
            "Desk",
            uses: [
                "PathSupport", "HouseSupport", "TestSupport", "Kernel", "Store", "Trail", "Voices", "Projects", "Services", "Pathways",
                "Readers",
            ]
        ),
        tests("Worries", uses: ["HouseSupport", "TestSupport", "Kernel", "Store", "Trail", "Projects"]),
        tests("Services", uses: ["HouseSupport", "TestSupport", "Kernel", "Store", "Web"]),
        tests("Projects", uses: ["HouseSupport", "TestSupport", "Kernel", "Services", "Store", "Web", httpTypes]),
        tests("Sessions", uses: ["HouseSupport", "TestSupport", "Kernel", "HTML", "Projects", "Services", "Store", "Web", httpTypes]),
        tests("Operation", uses: ["Store", "Web", log, box, .product(name: "CoreMetrics", package: "swift-metrics")]),
    ]
)
