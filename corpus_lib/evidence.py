"""Contrasts -> what they rest on: articles, ranks without each of them, and chance.

Words come in articles, and an article is written by somebody about something. So the
article is the unit of evidence here: a contrast is asked which articles carry it, what
becomes of it when one is taken away, and how it would look had the articles been dealt
to the groups at random.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import factorial, prod

import numpy as np
import pandas as pd

from corpus_lib.contrasts import contrast_terms, name_groups, refuse_split

# So many deals are counted one by one; beyond that as many are drawn at random.
DEALS = 10_000

# Rates of one word that differ by less than this are the same but for rounding.
CLOSE = 1e-12


def weigh_evidence(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Say of each term in each group which articles carry it, and its rank without each of them.

    In: `counts` by article, with `doc_id, by, term, n`.
    Columns out: `by, term, n, articles` (those of the group that have it), `badge` (in
    words), `rank` (by log-odds against the rest, 1 for the most over-used), `best` and `worst`
    (the rank's range when one article, of whichever group, is left out; missing where no
    run is left), `runs` (how many had the group and the term still). Sorted by rank.

    A group of one article has no run without it: its badge says that it rests on one
    article, and its ranks move only with the articles of others.

    Raises what `contrast_terms` raises.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> weigh_evidence(counts, "city")[["city", "term", "badge"]].to_numpy().tolist()[0]
    ['X', '警', 'in all 2 articles']
    """
    whole = _ranks(counts, by)
    without = [_without(counts, by, doc_id) for doc_id in sorted(counts["doc_id"].unique())]
    runs = pd.concat(without).groupby([by, "term"])["rank"].agg(best="min", worst="max", runs="size")
    carriers = counts.groupby([by, "term"])["doc_id"].agg(lambda ids: sorted(set(ids.astype(str))))
    articles, have = carriers.map(" ".join), carriers.map(len).rename("have")
    sizes = counts.groupby(by)["doc_id"].nunique()
    table = whole.join(articles.rename("articles")).join(have).join(runs).fillna({"runs": 0}).reset_index()
    table = table[table["n"] > 0]
    rows = zip(table["have"].astype("int64"), table[by].map(sizes), strict=True)
    table = table.assign(badge=[_badge(n, of) for n, of in rows], runs=table["runs"].astype("int64"))
    order = [by, "term", "n", "articles", "badge", "rank", "best", "worst", "runs"]
    return table.sort_values([by, "rank", "term"], ignore_index=True)[order]


def deal_articles(counts: pd.DataFrame, by: str, seed: int = 0) -> pd.DataFrame:
    """Deal the articles to the groups in every way, and count how often a contrast is as large.

    In: `counts` by article. The groups keep their numbers of articles; which articles they get
    is dealt anew. Up to DEALS ways are all counted; of more, as many are drawn by `seed`.
    Columns out: `by, term`, `p` (share of deals in which the group uses the term at least as
    much more than the rest, in uses per word, as it does in truth), `least_p` (the smallest p
    that the sizes allow, however large the contrast), `deals`.

    With five articles `least_p` is 1/5 for a group of one and 1/10 for a group of three: no
    contrast of so few can be told from chance at the usual levels, and the table says so.
    It treats articles as exchangeable, which articles of unlike themes are not. Raises
    ValueError for one group.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XYY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> dealt = deal_articles(counts, "city").round(2)
    >>> dealt[dealt["term"] == "警"][["city", "p", "least_p", "deals"]].to_numpy().tolist()
    [['X', 0.33, 0.33, 3], ['Y', 1.0, 0.33, 3]]
    """
    groups = name_groups(counts, by)
    refuse_split(counts, by)
    uses = counts.pivot_table(index="doc_id", columns="term", values="n", aggfunc="sum", fill_value=0)
    truth = counts.groupby("doc_id")[by].first().reindex(uses.index).to_numpy()
    n, total = uses.to_numpy(dtype=float), uses.sum(axis=1).to_numpy(dtype=float)
    seen = {group: _excess(n, total, truth == group) for group in groups}
    dealt = list(deals(truth, seed))
    tables = []
    for group in groups:
        as_large = [_excess(n, total, deal == group) >= seen[group] - CLOSE for deal in dealt]
        least = 1 / _ways([int((truth == group).sum()), int((truth != group).sum())])
        p = np.mean(as_large, axis=0)
        tables.append(
            pd.DataFrame({by: group, "term": uses.columns, "p": p, "least_p": least, "deals": len(dealt)})
        )
    return pd.concat(tables, ignore_index=True)


def _ranks(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rank the terms of each group by how much more it uses them than the rest."""
    table = contrast_terms(counts, by)
    rank = table.groupby(by)["log_odds_z"].rank(ascending=False, method="min").astype("int64")
    return table.assign(rank=rank).set_index([by, "term"])[["n", "rank"]]


def _without(counts: pd.DataFrame, by: str, doc_id: str) -> pd.DataFrame:
    """Rank again without one article; a term that its group has no longer is left out."""
    left = counts[counts["doc_id"] != doc_id]
    if left[by].nunique() < 2:
        return pd.DataFrame({by: [], "term": [], "rank": []}).set_index([by, "term"])
    ranks = _ranks(left, by)
    return ranks[ranks["n"] > 0]


def _badge(n: int, of: int) -> str:
    """Put into words how many of a group's articles carry a term."""
    if n == 1:
        return "rests on one article"
    return f"in all {of} articles" if n == of else f"in {n} of {of} articles"


def _excess(n: np.ndarray, total: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Say for each term how much more often it is used inside a set of articles than outside."""
    rates = [n[side].sum(axis=0) / total[side].sum() for side in (inside, ~inside)]
    return np.asarray(rates[0] - rates[1])


def deals(truth: np.ndarray, seed: int) -> Iterator[np.ndarray]:
    """Give every way to deal the group names to the articles, or DEALS of them: the truth, the rest drawn."""
    names, sizes = np.unique(truth, return_counts=True)
    if _ways(sizes.tolist()) <= DEALS:
        yield from (
            np.array(deal) for deal in _arrangements(dict(zip(names, sizes, strict=True)), len(truth))
        )
    else:
        generator = np.random.default_rng(seed)
        yield truth
        yield from (generator.permutation(truth) for _ in range(DEALS - 1))


def _arrangements(left: dict[str, int], places: int) -> Iterator[list[str]]:
    """Put names into places in every way, each name as often as it may stand."""
    if places == 0:
        yield []
    for name in [name for name, n in left.items() if n > 0]:
        rest = _arrangements(left | {name: left[name] - 1}, places - 1)
        yield from ([name, *others] for others in rest)


def _ways(sizes: list[int]) -> int:
    """Count the ways to deal so many things into heaps of these sizes."""
    return factorial(sum(sizes)) // prod(factorial(size) for size in sizes)
