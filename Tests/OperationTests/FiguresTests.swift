import CoreMetrics
import Operation
import Testing

struct FiguresTests {
    @Test func `A counter and a gauge are written with their labels`() {
        let figures = Figures()
        Counter(label: "voices.said", dimensions: [("channel", "phone")], factory: figures).increment(by: 3)
        Meter(label: "waiting", factory: figures).set(2)
        #expect(figures.page() == "# TYPE voices_said counter\nvoices_said{channel=\"phone\"} 3\n# TYPE waiting gauge\nwaiting 2\n")
    }

    @Test func `A duration falls into every bucket that is longer`() {
        let figures = Figures()
        let timer = Timer(label: "t", dimensions: [("route", "/")], factory: figures)
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(20_000_000_000)
        let page = figures.page()
        #expect(page.contains("t_bucket{route=\"/\",le=\"0.001\"} 0\n") && page.contains("t_bucket{route=\"/\",le=\"0.0025\"} 1\n"))
        #expect(page.contains("t_bucket{route=\"/\",le=\"+Inf\"} 2\n") && page.contains("t_count{route=\"/\"} 2\n"))
    }

    @Test func `A label cannot end its own quotes`() {
        let figures = Figures()
        Counter(label: "c", dimensions: [("a", "x\"} 9\n")], factory: figures).increment()
        #expect(figures.page().contains(#"c{a="x\"} 9\n"} 1"#))
    }

    @Test func `The same figure asked for twice is counted together`() {
        let figures = Figures()
        for _ in 0..<2 { Counter(label: "c", dimensions: [("a", "1")], factory: figures).increment() }
        #expect(figures.page().contains("c{a=\"1\"} 2"))
    }
}
