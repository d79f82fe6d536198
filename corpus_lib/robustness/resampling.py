"""Contrasts -> their evidence: the articles, the ranks without each article, and chance.

Words come in articles, and an article has an author and a subject. So the article is the unit
of evidence here. We ask of each contrast which articles carry it, how its rank changes when one
article is left out, and how often it would be as large if the articles were assigned to the
groups at random.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import factorial, prod

import numpy as np
import pandas as pd

from corpus_lib.keyness import lay_out, name_groups, refuse_split, score_terms
from corpus_lib.terms import check_counts, used_rows

# Up to this number all deals are counted one by one; beyond it as many are drawn at random.
DEALS = 10_000

# Rates of one word that differ by less than this differ by rounding only.
CLOSE = 1e-12

# The columns that each verb makes, in the order of its output.
EVIDENCE = ["articles", "support", "rank", "best_rank", "worst_rank", "n_left_out"]
CHANCE = ["p", "min_p", "n_permutations"]


def leave_one_out(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Say of each term in each group which articles carry it, and its rank without each of them.

    In: `counts` by article, with `doc_id, by, term, n`.
    Columns out: `by, term, n, articles` (those of the group that have it), `support` (in
    words), `rank` (by log-odds against the rest, 1 for the most over-used), `best_rank` and `worst_rank`
    (the range of the rank, over the ranking of all articles and the rankings that leave one
    article of any group out), `n_left_out` (how many of the latter still had the group and the term).
    Sorted by rank.

    A group of one article has no ranking without it: its badge says that it rests on one
    article, and its ranks move only with the articles of other groups.

    Raises what `keyness` raises.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> leave_one_out(counts, "city")[["city", "term", "support"]].to_numpy().tolist()[0]
    ['X', '警', 'in all 2 articles']
    """
    name_groups(counts, by)
    check_counts(counts, by, EVIDENCE, "leave_one_out")
    used, ranks = used_rows(counts), _ranks(counts, by)
    without = [_without(counts, by, doc_id) for doc_id in counts["doc_id"].unique()]
    spread = pd.concat([ranks, *without]).groupby(level=[0, 1])
    carriers = used.groupby([by, "term"])["doc_id"].agg(lambda ids: sorted(set(ids.astype(str))))
    of = ranks.index.get_level_values(0).map(used.groupby(by)["doc_id"].nunique().to_dict())
    table = pd.DataFrame({"n": used.groupby([by, "term"])["n"].sum(), "articles": carriers.map(" ".join)})
    table["support"] = [_badge(len(ids), size) for ids, size in zip(carriers, of, strict=True)]
    table["rank"], table["best_rank"], table["worst_rank"] = ranks, spread.min(), spread.max()
    table = table.assign(n_left_out=spread.size() - 1).reset_index()
    return table.sort_values([by, "rank", "term"], ignore_index=True)[[by, "term", "n", *EVIDENCE]]


def permutation_test(counts: pd.DataFrame, by: str, seed: int = 0) -> pd.DataFrame:
    """Deal the articles to the groups in every way, and count how often a contrast is as large.

    In: `counts` by article. Each group keeps its number of articles; the articles are assigned
    anew. All deals are counted if they are DEALS or fewer; of more, as many are drawn by `seed`.
    Columns out: `by, term`, `p` (share of deals in which the group uses the term at least as
    much more than the rest, in uses per word, as it really does), `min_p` (the smallest p
    that the sizes allow, however large the contrast), `n_permutations`.

    With five articles `min_p` is 1/5 for a group of one and 1/10 for a group of three: a
    contrast of so few articles cannot reach the usual levels, and the table says so.
    The test treats articles as exchangeable; articles on different subjects are not. Raises
    ValueError for fewer than two groups, an article in two groups, and one of zeros only.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XYY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> dealt = permutation_test(counts, "city").round(2)
    >>> dealt[dealt["term"] == "警"][["city", "p", "min_p", "n_permutations"]].to_numpy().tolist()
    [['X', 0.33, 0.33, 3], ['Y', 1.0, 0.33, 3]]
    """
    groups = name_groups(counts, by)
    check_counts(counts, by, CHANCE, "permutation_test")
    uses, sizes, truth = lay_out_articles(counts, by)
    n, total = uses.to_numpy(dtype=float), sizes.to_numpy(dtype=float)
    seen = {group: _excess(n, total, truth == group) for group in groups}
    dealt = list(deals(truth, seed))
    tables = []
    for group in groups:
        as_large = [_excess(n, total, deal == group) >= seen[group] - CLOSE for deal in dealt]
        least = 1 / _ways([int((truth == group).sum()), int((truth != group).sum())])
        chance = {"p": np.mean(as_large, axis=0), "min_p": least, "n_permutations": len(dealt)}
        tables.append(pd.DataFrame({by: group, "term": uses.columns, **chance}))
    return pd.concat(tables, ignore_index=True)[[by, "term", *CHANCE]]


def lay_out_articles(counts: pd.DataFrame, by: str) -> tuple[pd.DataFrame, pd.Series[int], np.ndarray]:
    """Lay out the uses of each term in each article (a row), the size and the group of each article."""
    refuse_split(counts, by)
    uses, sizes = lay_out(counts, "doc_id")
    truth = counts.groupby("doc_id")[by].first().reindex(sizes.index).to_numpy()
    return uses.T, sizes, truth


def _ranks(counts: pd.DataFrame, by: str) -> pd.Series[int]:
    """Rank the terms that each group has by how much more it uses them than the rest."""
    scored = score_terms(counts, by)
    rank = scored["score"].groupby(level=0).rank(ascending=False, method="min").astype("int64")
    return rank[scored["n"] > 0]


def _without(counts: pd.DataFrame, by: str, doc_id: str) -> pd.Series[int]:
    """Rank again without one article; where fewer than two groups are left, no term has a rank."""
    left = counts[counts["doc_id"] != doc_id]
    return _ranks(left, by) if left[by].nunique() > 1 else _ranks(counts, by).head(0)


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
    """Give every way to deal the group names to the articles, or DEALS: the real one, the rest drawn."""
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
    """Put names into places in every way, each name as often as it may occur."""
    if places == 0:
        yield []
    for name in [name for name, n in left.items() if n > 0]:
        rest = _arrangements(left | {name: left[name] - 1}, places - 1)
        yield from ([name, *others] for others in rest)


def _ways(sizes: list[int]) -> int:
    """Count the ways to deal things into heaps of these sizes."""
    return factorial(sum(sizes)) // prod(factorial(size) for size in sizes)
