"""Compares the opinion map with scipy and red-dwarf in one run and prints a table in markdown.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python generate.py data
    venv/bin/python compare.py PATH/TO/opinion-try data

Processor time without reading the file, everything on one thread; the least of several runs, the contenders taking turns.
"""

import datetime
import json
import multiprocessing
import os
import platform
import subprocess
import sys
import warnings
from pathlib import Path

# Before numpy is loaded: one thread each, and OpenBLAS free to choose the kernels of this processor.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

import contenders  # noqa: E402
from generate import SIZES, name  # noqa: E402

RED_DWARF_LIMIT = 900  # seconds
ROUNDS = {1_000: 7, 10_000: 5, 100_000: 3}


def main() -> None:
    ours, folder = sys.argv[1], Path(sys.argv[2])
    sizes = [size for size in SIZES if len(sys.argv) < 4 or str(size[0]) in sys.argv[3:]]
    print(f"{datetime.date.today()}, {processor()}, Linux {platform.release()}, Python {platform.python_version()}\n")
    print("| people × statements | answers | ours, compat | ours, stable | scipy | red-dwarf | scipy ÷ slower of ours | red-dwarf ÷ compat | red-dwarf ÷ stable | ours, peak memory |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for people, statements, share in sizes:
        print(row(ours, folder / name(people, statements, share), people, statements), flush=True)


def row(ours: str, path: Path, people: int, statements: int) -> str:
    table = pd.read_csv(path)
    votes = tuple(table[column].to_numpy() for column in ("voter-id", "comment-id", "vote"))
    compat, stable, scipy = [], [], []
    for _ in range(ROUNDS[people]):
        compat.append(run(ours, path, "compat", people))
        stable.append(run(ours, path, "stable", people))
        scipy.append(sum(quietly(contenders.with_scipy, votes).values()))
    dwarf = limited(votes, ROUNDS[people] if people <= 10_000 else 1)
    least = {"compat": min(r["total"] for r in compat), "stable": min(r["total"] for r in stable)}
    peak = max(r["peakKiB"] for r in compat + stable) / 1024
    cells = [
        f"{people:,} × {statements:,}", f"{len(table):,}", ms(least["compat"]), ms(least["stable"]), ms(min(scipy)),
        ms(dwarf) if dwarf else f"not in {RED_DWARF_LIMIT // 60} min", f"{min(scipy) / max(least.values()):.1f}", *(f"{dwarf / least[mode]:,.0f}" if dwarf else "" for mode in least), f"{peak:.0f} MiB",
    ]
    return "| " + " | ".join(cells) + " |"


def run(ours: str, path: Path, mode: str, people: int) -> dict:
    repeats = {1_000: 50, 10_000: 10, 100_000: 3}[people]
    return json.loads(subprocess.run([ours, str(path), mode, str(repeats), "no"], check=True, capture_output=True, text=True).stdout)


def quietly(work, votes):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return work(*votes)


def limited(votes, rounds: int) -> float | None:
    """The least of so many runs of red-dwarf, in a process of its own that is ended when it takes too long."""
    fork = multiprocessing.get_context("fork")
    answers = fork.Queue()
    worker = fork.Process(target=lambda: answers.put(min(quietly(contenders.with_red_dwarf, votes)["all"] for _ in range(rounds))))
    worker.start()
    worker.join(RED_DWARF_LIMIT)
    if worker.is_alive():
        worker.kill()
        return None
    return answers.get() if worker.exitcode == 0 else None


def ms(time: float) -> str:
    return f"{time:,.2f} ms" if time < 100 else f"{time:,.0f} ms"


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine()) + f", {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
