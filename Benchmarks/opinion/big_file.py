"""Reads a file of votes of 1 GB with `heard opinion`, and says in a sentence what it took: `big_file.py PATH/TO/heard [megabytes]`.

The rows are of the size that Polis exports. Of the memory, 16 bytes an answer are the answers themselves; the file is never in memory as a whole."""

import json
import pathlib
import random
import subprocess
import sys
import tempfile


def write(path, size):
    """Rows of 100,000 people and 1,000 statements; the same ones each time. How many there are."""
    chance, rows, written = random.Random(20_260_301), 0, 0
    with open(path, "w") as file:
        written += file.write("timestamp,datetime,comment-id,voter-id,vote\n")
        while written < size:
            # Ten thousand rows at a time: made once, with the time in front changing.
            block = "".join(
                f"{1_700_000_000_000 + rows + place},Tue Nov 14 22:13:20 UTC 2023,{chance.randrange(1_000)},{chance.randrange(100_000)},{chance.choice((1, 1, 0, -1))}\n"
                for place in range(10_000))
            written += file.write(block)
            rows += 10_000
    return rows


def main(heard, megabytes=1_000):
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        path = pathlib.Path(folder, "votes.csv")
        rows = write(path, int(megabytes) * 1_000_000)
        said = json.loads(subprocess.run([heard, "opinion", "--votes", path], check=True, capture_output=True).stdout)
        assert said["answers"]["read"] == rows and said["answers"]["skipped"] == 0, said["answers"]
        timings = said["timings"]
        print(
            f"\nA file of {path.stat().st_size / 1e9:.2f} GB ({rows / 1e6:.1f} million rows) was read in {timings['read'] / 1000:.1f} s and drawn in "
            f"{sum(timings.values()) / 1000 - timings['read'] / 1000:.1f} s of processor time, with {said['peakMemory'] / 1024 / 1024:.0f} MiB of memory at most.")


if __name__ == "__main__":
    main(*sys.argv[1:])
