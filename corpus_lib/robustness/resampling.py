"""Contrasts -> their evidence: the articles, the ranks without each article, separation, and chance.

Words in one article are not independent: they share an author and a subject. So the unit of evidence is the
article: which ones use a term, its rank when one is left out, whether it separates a group's from all others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import comb, factorial, prod

import numpy as np
import pandas as pd

from corpus_lib.keyness import lay_out, name_groups, score_terms
from corpus_lib.terms import check_counts, used_rows

# Up to this number every assignment is counted; if there are more, this many are drawn at random.
MOST = 10_000
# Rates of one word that differ by less than this differ by rounding only.
CLOSE = 1e-12
# The columns that each verb makes, in the order of its output.
SUPPORT = ["articles", "support", "rank", "best_rank", "worst_rank", "n_left_out"]
P_VALUES = ["p", "min_p", "n_permutations"]
RANGES = ["low", "high", "rest_low", "rest_high", "direction"]


def leave_one_out(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Name the articles that use each term of a group, and rank the term without each article.

    In: `counts` by article, with `doc_id, by, term, n`. Columns out: `by, term, n` (uses), `articles` (of the
    group, with the term), `support` (their number in words), `rank` (by log-odds; 1 is the most over-used),
    `best_rank, worst_rank` (over the rankings of all articles and of all but one) and `n_left_out` (how many
    of the latter have the group and the term). Raises ValueError for one group and for one of zeros only.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": list("警警民"), "n": 1})
    >>> leave_one_out(counts, "city")[["city", "term", "support"]].to_numpy().tolist()[0]
    ['X', '警', 'in all 2 articles']
    """
    name_groups(counts, by)
    check_counts(counts, by, SUPPORT, "leave_one_out")
    used, ranks = used_rows(counts), _ranks(counts, by)
    left = [counts[counts["doc_id"] != doc_id] for doc_id in counts["doc_id"].unique()]
    # Where fewer than two groups are left, no term has a rank.
    without = [_ranks(rows, by) for rows in left if rows[by].nunique() > 1]
    spread = pd.concat([ranks, *without]).groupby(level=[0, 1])
    articles = used.groupby([by, "term"])["doc_id"].agg(lambda ids: sorted(set(ids.astype(str))))
    of = ranks.index.get_level_values(0).map(used.groupby(by)["doc_id"].nunique().to_dict())
    table = pd.DataFrame({"n": used.groupby([by, "term"])["n"].sum(), "articles": articles.map(" ".join)})
    table["support"] = [_support(len(ids), size) for ids, size in zip(articles, of, strict=True)]
    ends = {"best_rank": spread.min(), "worst_rank": spread.max(), "n_left_out": spread.size() - 1}
    return table.assign(rank=ranks, **ends).reset_index().sort_values([by, "rank", "term"], ignore_index=True)


def permutation_test(counts: pd.DataFrame, by: str, seed: int = 0) -> pd.DataFrame:
    """Assign the articles to the groups at random, and count how often a contrast is as large (Fisher 1935).

    In: `counts` as for `leave_one_out`. Each group keeps its number of articles. Every assignment is counted
    if there are at most MOST; otherwise `seed` draws MOST of them. Columns out: `by, term`, `p` (share of
    assignments in which the group exceeds the rest by at least the observed difference, in uses per word),
    `min_p` (the least p that the sizes allow: 1/5 for one article of five) and `n_permutations`. Misleads
    where articles cannot be exchanged. Raises ValueError for one group, a split article and one of zeros.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XYY"), "term": list("民警警"), "n": 1})
    >>> permutation_test(counts, "city").round(2).to_numpy().tolist()[0]
    ['X', '民', 0.33, 0.33, 3]
    """
    uses, sizes, observed = _lay_out_articles(counts, by, P_VALUES, "permutation_test")
    assigned, tables = list(assignments(observed, seed)), []
    for group in np.unique(observed):
        least = _difference(uses, sizes, observed == group) - CLOSE
        as_large = [_difference(uses, sizes, names == group) >= least for names in assigned]
        table = pd.DataFrame({by: group, "term": uses.columns, "p": np.mean(as_large, axis=0)})
        min_p = 1 / comb(len(observed), int((observed == group).sum()))
        tables.append(table.assign(min_p=min_p, n_permutations=len(assigned)))
    return pd.concat(tables, ignore_index=True)


def separated_terms(counts: pd.DataFrame, by: str, terms: Collection[str] | None = None) -> pd.DataFrame:
    """Say for each group and term whether the group's articles are separated from all others.

    In: `counts` as for `leave_one_out`; `terms`, those to test, or None for all (an unused one gets no row).
    Columns out: `by, term`, `low, high` (the lowest and highest rate of the group's articles, in uses per
    1,000 words), `rest_low, rest_high` (of all other articles) and `direction`: "above" when low exceeds
    rest_high, "below" when high is less than rest_low, else "". Raises what `permutation_test` raises.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": list("警警民"), "n": 1})
    >>> separated_terms(counts, "city", ["警"])[["city", "direction"]].to_numpy().tolist()
    [['X', 'above'], ['Y', 'below']]
    """
    uses, sizes, observed = _lay_out_articles(counts, by, RANGES, "separated_terms")
    rates, tables = 1000 * uses.div(sizes, axis=0), list[pd.DataFrame]()
    if terms is not None:
        rates = rates[[term for term in dict.fromkeys(terms) if term in rates]]
    for group in np.unique(observed):
        own, rest = rates[observed == group], rates[observed != group]
        table = pd.concat([own.min(), own.max(), rest.min(), rest.max()], axis=1, keys=RANGES[:4])
        above, below = table["low"] > table["rest_high"], table["high"] < table["rest_low"]
        table["direction"] = np.array(["", "above", "below"])[above + 2 * below]
        tables.append(table.reset_index(names="term").assign(**{by: group})[[by, "term", *RANGES]])
    return pd.concat(tables, ignore_index=True).astype({by: counts[by].dtype})


def assignments(observed: np.ndarray, seed: int) -> Iterator[np.ndarray]:
    """Give every assignment of the groups to the articles; beyond MOST, the observed one and a sample."""
    sizes = np.unique(observed, return_counts=True)[1].tolist()
    if factorial(len(observed)) // prod(map(factorial, sizes)) <= MOST:
        yield from map(np.array, _arrangements(sorted(observed)))
    else:
        draw = np.random.default_rng(seed).permutation
        yield from (observed, *(draw(observed) for _ in range(MOST - 1)))


def _lay_out_articles(
    counts: pd.DataFrame, by: str, made: list[str], verb: str
) -> tuple[pd.DataFrame, pd.Series[int], np.ndarray]:
    """Lay out the uses of the terms in each article (a row), and the size and the group of each article."""
    name_groups(counts, by)
    check_counts(counts, by, made, verb)
    groups = counts.groupby("doc_id")[by].agg(["first", "nunique"])
    if (n := groups["nunique"]).max() > 1:
        raise ValueError(f"Article {n.idxmax()} is in {n.max()} groups of {by}: give it one group.")
    uses, sizes = lay_out(counts, "doc_id")
    return uses.T, sizes, groups["first"].reindex(sizes.index).to_numpy()


def _ranks(counts: pd.DataFrame, by: str) -> pd.Series[int]:
    """Rank the terms that each group uses by log-odds against the rest."""
    scored = score_terms(counts, by)
    rank = scored["score"].groupby(level=0).rank(ascending=False, method="min").astype("int64")
    return rank[scored["n"] > 0]


def _support(n: int, of: int) -> str:
    """Put into words how many of a group's articles use a term."""
    if n == 1:
        return "rests on one article"
    return f"in all {of} articles" if n == of else f"in {n} of {of} articles"


def _difference(uses: pd.DataFrame, sizes: pd.Series[int], inside: np.ndarray) -> np.ndarray:
    """Subtract each term's rate in the other articles from its rate in a set of articles."""
    n, total = uses.to_numpy(), sizes.to_numpy()
    own, rest = (n[rows].sum(axis=0) / total[rows].sum() for rows in (inside, ~inside))
    return np.asarray(own - rest)


def _arrangements(names: list[str]) -> Iterator[list[str]]:
    """Arrange sorted names, of which some are alike, in every order."""
    if not names:
        yield []
    for name in dict.fromkeys(names):
        left = names.copy()
        left.remove(name)
        yield from ([name, *others] for others in _arrangements(left))
