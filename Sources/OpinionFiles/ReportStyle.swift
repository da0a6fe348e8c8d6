/// What stands around the report's content. Only literals: nothing that people wrote comes through here.
enum ReportStyle {
    static let head = """
        <!doctype html>
        <html lang="en" dir="ltr"><head><meta charset="utf-8"><title>
        """

    static let afterTitle = """
        </title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <style>
        \(sheet)
        </style></head>
        <body><main>

        """

    static let end = "</main></body></html>\n"

    /// Text at least 4.5:1 on its ground in both schemes, areas told apart by letter and size as well as by colour.
    private static let sheet = """
        :root { color-scheme: light dark; --paper: #faf5ec; --sheet: #fffdf8; --ink: #1d2a2c; --soft: #4d595b; --line: #ddd2c0; --edge: #77705f;
          --good: #0a5c5c; --stop: #9c2225; --c1: #0a5c5c; --c2: #c05a14; --c3: #5b4a9c; --c4: #3f7d2c; --c5: #a3316b; }
        @media screen and (prefers-color-scheme: dark) { :root { --paper: #141b1c; --sheet: #1c2527; --ink: #f2ede3; --soft: #b7bfba;
          --line: #364244; --edge: #87928f; --good: #82d3c8; --stop: #ffa79b; --c1: #82d3c8; --c2: #f0a45a; --c3: #b5a6f2; --c4: #9ad07f; --c5: #f29ac4; } }
        *, ::before, ::after { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, "Noto Sans", "Liberation Sans", sans-serif; overflow-wrap: break-word; }
        main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1, h2, h3 { line-height: 1.25; margin: 0 0 .75rem; text-wrap: balance; }
        h1, blockquote, .words { font-family: Charter, "Palatino Linotype", Georgia, "Noto Serif", serif; }
        section { margin-block-start: 2.25rem; }
        p, ul { margin: 0 0 1rem; max-width: 65ch; }
        ul.plain { list-style: none; padding: 0; max-width: none; }
        .lead { font-size: 1.1875rem; }
        .inset { background: var(--sheet); border: 1px solid var(--line); border-inline-start: 4px solid var(--edge); border-radius: .5rem; padding: 1rem; }
        .inset > ul { margin: 0; }
        .quote { margin: .25rem 0 1.25rem; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
        blockquote { margin: 0; } blockquote p { margin: 0; }
        figcaption { color: var(--soft); font-size: .9375rem; }
        .tag { font-size: .875rem; } .tag.good { color: var(--good); } .tag.stop { color: var(--stop); }
        .table { overflow-x: auto; margin-block-end: 1.5rem; }
        .table:focus-visible, summary:focus-visible { outline: 3px solid var(--c2); outline-offset: 3px; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        caption { text-align: start; font-weight: 600; padding-block-end: .5rem; }
        th, td { text-align: start; vertical-align: top; padding: .5rem .75rem .5rem 0; border-block-end: 1px solid var(--line); }
        tbody th { font-weight: 400; } .number { text-align: end; white-space: nowrap; } thead .number { white-space: normal; }
        details { margin-block-end: 1rem; } summary { cursor: pointer; min-height: 2.75rem; }
        .drawing { margin: 0 0 1rem; } .drawing svg { max-width: 100%; height: auto; background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; }
        .grid { stroke: var(--line); }
        .area { fill-opacity: .3; stroke-width: 2; }
        .fill-1 { fill: var(--c1); stroke: var(--c1); } .fill-2 { fill: var(--c2); stroke: var(--c2); } .fill-3 { fill: var(--c3); stroke: var(--c3); }
        .fill-4 { fill: var(--c4); stroke: var(--c4); } .fill-5 { fill: var(--c5); stroke: var(--c5); }
        .name { font: 700 22px/1 system-ui, sans-serif; fill: var(--ink); } .size { font: 15px/1 system-ui, sans-serif; fill: var(--ink); }
        @media print { details > * { display: block; } }
        """
}
