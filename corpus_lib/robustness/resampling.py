"""Contrasts -> their evidence: the articles, the ranks without each article, separation, and chance.

Words in one article are not independent: they share an author and a subject. So the article is the
unit of evidence here. For each contrast we ask which articles use the term, how its rank changes when
one article is left out, whether it separates the group's articles from all others (complete
separation), and how often random assignment of the articles gives as much.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import factorial, prod

import numpy as np
import pandas as pd

from corpus_lib.keyness import lay_out, name_groups, refuse_split, score_terms
from corpus_lib.terms import check_counts, used_rows

# Up to this number every assignment is counted; if there are more, this many are drawn at random.
MOST = 10_000

# Rates of one word that differ by less than this differ by rounding only.
CLOSE = 1e-12

# The columns that each verb makes, in the order of its output.
SUPPORT = ["articles", "support", "rank", "best_rank", "worst_rank", "n_left_out"]
P_VALUES = ["p", "min_p", "n_permutations"]
RANGES = ["low", "high", "rest_low", "rest_high", "direction"]
PERMUTED = ["permutation", "separated", "observed"]


def leave_one_out(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Name the articles that use each term of a group, and rank the term without each article.

    In: `counts` by article, with `doc_id, by, term, n`.
    Columns out: `by, term, n` (uses), `articles` (the articles of the group that use the term),
    `support` (their number in words), `rank` (by log-odds against the rest; 1 is the most over-used
    term), `best_rank` and `worst_rank` (over the ranking of all articles and those that leave out one
    article of any group) and `n_left_out` (how many of the latter still have the group and the term).
    Sorted by group and rank.

    A group of one article has no ranking without it. Its `support` says that the term rests on one
    article, and its ranks change only with the articles of other groups.

    Raises ValueError for fewer than two groups and for a group of zeros only.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
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
    table["rank"], table["best_rank"], table["worst_rank"] = ranks, spread.min(), spread.max()
    table = table.assign(n_left_out=spread.size() - 1).reset_index()
    return table.sort_values([by, "rank", "term"], ignore_index=True)[[by, "term", "n", *SUPPORT]]


def permutation_test(counts: pd.DataFrame, by: str, seed: int = 0) -> pd.DataFrame:
    """Assign the articles to the groups at random, and count how often a contrast is as large.

    In: `counts` by article, with `doc_id, by, term, n`. Each group keeps its number of articles. Every
    assignment is counted if there are at most MOST; otherwise `seed` draws MOST of them.
    Columns out: `by, term`, `p` (share of assignments in which the group exceeds the rest by at least
    the observed difference, in uses per word), `min_p` (the smallest p that the group sizes
    allow) and `n_permutations` (assignments counted).
    Source: Fisher (1935), "The Design of Experiments", chapter 3.

    With five articles `min_p` is 1/5 for a group of one and 1/10 for a group of three, so no contrast
    can be significant at 5%. The test treats articles as exchangeable, but their subjects differ.

    Raises ValueError for fewer than two groups, for an article in two groups, and for an article of
    zeros only.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XYY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> tested = permutation_test(counts, "city").round(2)
    >>> tested[tested["term"] == "警"][["city", "p", "min_p", "n_permutations"]].to_numpy().tolist()
    [['X', 0.33, 0.33, 3], ['Y', 1.0, 0.33, 3]]
    """
    uses, sizes, observed = _lay_out_articles(counts, by, P_VALUES, "permutation_test")
    assigned, tables = list(assignments(observed, seed)), []
    for group in np.unique(observed):
        n_inside = int((observed == group).sum())
        least = _difference(uses, sizes, observed == group) - CLOSE
        as_large = [_difference(uses, sizes, names == group) >= least for names in assigned]
        min_p = 1 / _count_assignments([n_inside, len(observed) - n_inside])
        p_values = {"p": np.mean(as_large, axis=0), "min_p": min_p, "n_permutations": len(assigned)}
        tables.append(pd.DataFrame({by: group, "term": uses.columns, **p_values}))
    return pd.concat(tables, ignore_index=True)


def separated_terms(counts: pd.DataFrame, by: str, terms: Collection[str] | None = None) -> pd.DataFrame:
    """Say for each group and term whether the group's articles are separated from all others.

    In: `counts` with `doc_id, by, term, n`; `terms`, the terms to test, or None for all. A term
    that no article uses gets no row.
    Columns out: `by, term`, `low, high` (the lowest and highest rate, in uses per 1,000 words, among
    the group's articles), `rest_low, rest_high` (the same for all other articles) and `direction`:
    "above" when low exceeds rest_high, "below" when high is less than rest_low, else "".

    A group of one article is separated whenever its rate is the highest or the lowest. With five
    articles that happens by chance in two of five cases: see `permute_separation`.

    Raises ValueError for fewer than two groups, for an article in two groups, and for an article of
    zeros only.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> separated_terms(counts, "city", ["警"])[["city", "direction"]].to_numpy().tolist()
    [['X', 'above'], ['Y', 'below']]
    """
    uses, sizes, observed = _lay_out_articles(counts, by, RANGES, "separated_terms")
    rates, tables = _rates(uses, sizes, terms), []
    values = rates.to_numpy()
    for group in np.unique(observed):
        own, rest = values[observed == group], values[observed != group]
        direction = np.select(_separated(values, observed == group), ["above", "below"], "")
        cells = (own.min(axis=0), own.max(axis=0), rest.min(axis=0), rest.max(axis=0), direction)
        tables.append(
            pd.DataFrame({by: group, "term": rates.columns, **dict(zip(RANGES, cells, strict=True))})
        )
    return pd.concat(tables, ignore_index=True).astype({by: counts[by].dtype})


def permute_separation(
    counts: pd.DataFrame, by: str, terms: Collection[str] | None = None, seed: int = 0
) -> pd.DataFrame:
    """Count the separating contrasts in each random assignment of the articles to the groups.

    In: as `separated_terms`. Each group keeps its number of articles. Every assignment is counted; if
    there are too many, `seed` draws a sample (see `permutation_test`).
    Columns out: `permutation` (from 1), `separated` (pairs of a group and a term that separates it)
    and `observed` (whether this is the actual assignment).

    Terms are not independent, because rates in one article add up: compare totals, not single terms.

    Raises what `separated_terms` raises.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> permute_separation(counts, "city", ["警"])["separated"].tolist()
    [2, 0, 2]
    """
    uses, sizes, observed = _lay_out_articles(counts, by, PERMUTED, "permute_separation")
    rates, groups = _rates(uses, sizes, terms).to_numpy(), np.unique(observed)
    rows = [
        (i, sum(int(np.sum(_separated(rates, names == g))) for g in groups), bool((names == observed).all()))
        for i, names in enumerate(assignments(observed, seed), start=1)
    ]
    return pd.DataFrame(rows, columns=PERMUTED)


def assignments(observed: np.ndarray, seed: int) -> Iterator[np.ndarray]:
    """Give every assignment of the groups to the articles; beyond MOST, the observed one and a sample."""
    names, sizes = np.unique(observed, return_counts=True)
    if _count_assignments(sizes.tolist()) <= MOST:
        left = dict(zip(names, sizes, strict=True))
        yield from (np.array(assigned) for assigned in _arrangements(left, len(observed)))
    else:
        generator = np.random.default_rng(seed)
        yield observed
        yield from (generator.permutation(observed) for _ in range(MOST - 1))


def _lay_out_articles(
    counts: pd.DataFrame, by: str, made: list[str], verb: str
) -> tuple[pd.DataFrame, pd.Series[int], np.ndarray]:
    """Lay out the uses of each term in each article (a row), and the size and group of each article."""
    name_groups(counts, by)
    check_counts(counts, by, made, verb)
    refuse_split(counts, by)
    uses, sizes = lay_out(counts, "doc_id")
    return uses.T, sizes, counts.groupby("doc_id")[by].first().reindex(sizes.index).to_numpy()


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


def _rates(uses: pd.DataFrame, sizes: pd.Series[int], terms: Collection[str] | None) -> pd.DataFrame:
    """Compute the rate of each term that is asked for in each article."""
    asked = uses.columns if terms is None else [term for term in dict.fromkeys(terms) if term in uses.columns]
    rates: pd.DataFrame = 1000 * uses.div(sizes, axis=0)[asked]
    return rates


def _separated(rates: np.ndarray, inside: np.ndarray) -> list[np.ndarray]:
    """Say for each term whether all rates inside are above the others, and whether all are below."""
    own, rest = rates[inside], rates[~inside]
    return [own.min(axis=0) > rest.max(axis=0), own.max(axis=0) < rest.min(axis=0)]


def _arrangements(left: dict[str, int], places: int) -> Iterator[list[str]]:
    """Arrange names in every order, each name as often as `left` says."""
    if places == 0:
        yield []
    for name in [name for name, n in left.items() if n > 0]:
        rest = _arrangements(left | {name: left[name] - 1}, places - 1)
        yield from ([name, *others] for others in rest)


def _count_assignments(sizes: list[int]) -> int:
    """Count the ways to divide articles into groups of these sizes."""
    return factorial(sum(sizes)) // prod(factorial(size) for size in sizes)
