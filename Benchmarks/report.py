"""Tables in Markdown, the machine in a sentence, and where in docs/performance.md a measurement stands."""

import datetime
import pathlib
import re
import subprocess
import sys

DOCUMENT = pathlib.Path(__file__).resolve().parents[1] / "docs/performance.md"


def table(rows):
    """Rows of cells; the first row is the head."""
    lines = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines) + "\n"


def machine():
    """Which machine, which Swift, which day: without its name or address."""
    cpus = pathlib.Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*:\s*(.+)", cpus)
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text()).group(1)) / 1024 / 1024
    swift = re.search(r"Swift version ([\d.]+)", subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout)
    system = re.search(r'PRETTY_NAME="(.+)"', pathlib.Path("/etc/os-release").read_text())
    return (
        f"{datetime.date.today().isoformat()}, {cpus.count('processor')} cores ({model.group(1).strip() if model else 'unknown'}), "
        f"{memory:.0f} GiB, {system.group(1) if system else 'Linux'}, Swift {swift.group(1) if swift else '?'}, release build.")


def write(name, words):
    """Puts `words` between the marks of this name; what people wrote around them stays."""
    begin, end = f"<!-- {name}: bin/bench writes this -->", f"<!-- {name}: to here -->"
    document = DOCUMENT.read_text()
    if begin not in document:
        raise SystemExit(f"{DOCUMENT} has no mark {begin}")
    before, rest = document.split(begin, 1)
    after = rest.split(end, 1)[1]
    DOCUMENT.write_text(f"{before}{begin}\n\n{words.strip()}\n\n{end}{after}")
    print(words)


if __name__ == "__main__":
    # report.py NAME: what another script printed, from standard input.
    write(sys.argv[1], sys.stdin.read())
