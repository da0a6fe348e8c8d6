"""Writes votes.csv files of made-up conversations, the same on every machine: four opinion groups, people who answer much and people who answer little.

    python generate.py FOLDER            the three sizes of the comparison
    python generate.py FILE PEOPLE STATEMENTS SHARE
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20_260_301
SIZES = [(1_000, 100, 0.05), (10_000, 500, 0.05), (100_000, 1_000, 0.05)]


def votes(people: int, statements: int, share: float) -> pd.DataFrame:
    """One row an answer, in order of time. `share` of all cells are answered, on average."""
    chance = np.random.Generator(np.random.PCG64([SEED, people, statements, round(share * 1_000)]))
    group = chance.choice(4, size=people, p=[0.4, 0.3, 0.2, 0.1])
    # How likely each group is to agree with each statement: what all share, and what sets the group apart.
    leaning = chance.normal(0.3, 0.8, size=statements)[None, :] + chance.normal(0, 1.2, size=(4, statements))
    agree = 1 / (1 + np.exp(-leaning))
    # Some answer ten times as much as others.
    diligence = chance.lognormal(0, 0.6, size=people)
    diligence *= share / diligence.mean()
    rows, columns = [], []
    for person in range(people):
        answered = np.flatnonzero(chance.random(statements) < min(diligence[person], 0.95))
        rows.append(np.full(len(answered), person))
        columns.append(answered)
    row, column = np.concatenate(rows), np.concatenate(columns)
    vote = np.where(chance.random(len(row)) < agree[group[row], column], 1, -1)
    vote[chance.random(len(row)) < 0.15] = 0
    order = chance.permutation(len(row))
    time = 1_700_000_000_000 + np.arange(len(row)) * 137
    return pd.DataFrame({"timestamp": time, "comment-id": column[order], "voter-id": row[order], "vote": vote[order]})


def name(people: int, statements: int, share: float) -> str:
    return f"votes-{people}x{statements}-{share:g}.csv"


def main() -> None:
    target = Path(sys.argv[1])
    if len(sys.argv) == 5:
        return votes(int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])).to_csv(target, index=False)
    target.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        path = target / name(*size)
        if not path.exists():
            votes(*size).to_csv(path, index=False)


if __name__ == "__main__":
    main()
