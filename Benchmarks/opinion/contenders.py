"""The same work with the tools that people use for it today: a sparse matrix, the first two axes, places, clusters and the statistics by statement."""

import time

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import svds
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score


def with_scipy(person: np.ndarray, statement: np.ndarray, vote: np.ndarray) -> dict[str, float]:
    """Processor milliseconds of each part; `svds` by ARPACK on the sparse matrix, k-means of scikit-learn, statistics in numpy."""
    laps = Laps()
    rows, row = np.unique(person, return_inverse=True)
    columns, column = np.unique(statement, return_inverse=True)
    n, m = len(rows), len(columns)
    votes = sp.csr_array((vote.astype(float), (row, column)), shape=(n, m))
    seen = np.diff(votes.indptr)
    laps.lap("matrix")

    counts = np.bincount(votes.indices, minlength=m)
    means = np.bincount(votes.indices, weights=votes.data, minlength=m) / np.maximum(counts, 1)
    centred = sp.csr_array((votes.data - means[votes.indices], votes.indices, votes.indptr), shape=(n, m))
    axes = svds(centred, k=2, solver="arpack", v0=np.ones(min(n, m)), return_singular_vectors="vh")[2][::-1]
    places = (centred @ axes.T) * np.sqrt(m / np.maximum(seen, 1))[:, None]
    extremity = np.linalg.norm(np.sqrt(m) * (1 - means)[:, None] * axes.T, axis=1)
    laps.lap("pca")

    counted = np.flatnonzero(seen >= min(7, m))
    labels = clusters(places[counted])
    laps.lap("clusters")

    group = np.full(n, -1)
    group[counted] = labels
    statistics(np.repeat(group, seen), votes.indices, votes.data, labels.max() + 1, m, extremity)
    laps.lap("statistics")
    return laps.times


def clusters(places: np.ndarray) -> np.ndarray:
    """A hundred base clusters from the first hundred distinct places, then the number of groups with the best silhouette."""
    first = np.sort(np.unique(places, axis=0, return_index=True)[1])[:100]
    base = KMeans(n_clusters=len(first), init=places[first], n_init=1, max_iter=101).fit(places)
    weights = np.bincount(base.labels_, minlength=len(first))
    best = (-2.0, np.zeros(len(first), dtype=int))
    for k in range(2, min(5, 2 + len(first) // 12) + 1):
        groups = KMeans(n_clusters=k, init=base.cluster_centers_[:k], n_init=1, max_iter=21).fit(base.cluster_centers_, sample_weight=weights)
        best = max(best, (silhouette_score(base.cluster_centers_, groups.labels_), groups.labels_), key=lambda tried: tried[0])
    return best[1][base.labels_]


def statistics(group, column, vote, groups, m, extremity) -> None:
    inside = group >= 0
    at = group[inside] * m + column[inside]
    answered = np.bincount(at, minlength=groups * m).reshape(groups, m)
    agrees = np.bincount(at[vote[inside] == 1], minlength=groups * m).reshape(groups, m)
    disagrees = np.bincount(at[vote[inside] == -1], minlength=groups * m).reshape(groups, m)
    share = {side: (count + 1) / (answered + 2) for side, count in (("a", agrees), ("d", disagrees))}
    tests, ratios, ratio_tests = {}, {}, {}
    rest_answered = answered.sum(0) - answered
    for side, count in (("a", agrees), ("d", disagrees)):
        rest = count.sum(0) - count
        tests[side] = 2 * np.sqrt(answered + 1) * ((count + 1) / (answered + 1) - 0.5)
        ratios[side] = share[side] / ((rest + 1) / (rest_answered + 2))
        one, two = (count + 1) / (answered + 1), (rest + 1) / (rest_answered + 1)
        pooled = (count + rest + 2) / (answered + rest_answered + 2)
        spread = np.sqrt(pooled * (1 - pooled) * (1 / (answered + 1) + 1 / (rest_answered + 1)))
        ratio_tests[side] = np.divide(one - two, spread, out=np.zeros_like(spread), where=spread > 0)
    for number in range(groups):
        weight = np.where(ratio_tests["a"] > ratio_tests["d"], ratios["a"] * ratio_tests["a"] * share["a"] * tests["a"],
                          ratios["d"] * ratio_tests["d"] * share["d"] * tests["d"])[number]
        np.argsort(-weight)[:5]
    np.prod(share["a"], axis=0), np.prod(share["d"], axis=0), np.argsort(share["a"].min(0) - share["a"].max(0))
    a, d, s = agrees.sum(0), disagrees.sum(0), answered.sum(0)
    np.square((1 - (s - a - d + 1) / (s + 2)) * (extremity + 1) * (a + 1) / (s + 2) * (1 + 8 * 2.0 ** (-s / 5)))
    np.argsort(-share["a"][0])[:5]


def with_red_dwarf(person: np.ndarray, statement: np.ndarray, vote: np.ndarray) -> dict[str, float]:
    """red-dwarf's pipeline on votes that are in memory already."""
    from reddwarf.implementations.polis import run_pipeline

    votes = [
        {"participant_id": int(p), "statement_id": int(s), "vote": int(v), "modified": t} for t, (p, s, v) in enumerate(zip(person, statement, vote))
    ]
    laps = Laps()
    run_pipeline(votes=votes, random_state=1)
    laps.lap("all")
    return laps.times


class Laps:
    """Processor time of the process, all threads, between laps."""

    def __init__(self) -> None:
        self.times: dict[str, float] = {}
        self.mark = time.process_time()

    def lap(self, name: str) -> None:
        now = time.process_time()
        self.times[name] = (now - self.mark) * 1e3
        self.mark = now
