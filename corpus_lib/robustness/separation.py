"""Counts -> the terms that set a group's articles apart from all others, and what chance would give.

This is the plainest contrast whose unit is the article: every article of the group uses a term
more than any other article does, or every one uses it less. It needs no model of how words are
distributed, and chance can be counted: deal the articles to the groups in every way.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from corpus_lib.keyness import name_groups
from corpus_lib.robustness.resampling import deals, lay_out_articles
from corpus_lib.terms import check_counts

# The columns that each verb makes, in the order of its output.
SIDES = ["low", "high", "rest_low", "rest_high", "direction"]
APART = ["permutation", "separated", "observed"]


def separated_terms(counts: pd.DataFrame, by: str, terms: Collection[str] | None = None) -> pd.DataFrame:
    """Say of each term in each group on which side of all other articles the group's articles lie.

    In: `counts` with `doc_id, by, term, n`; `terms`, those to ask about, or None for all. A term
    that no article has gets no row.
    Columns out: `by, term`, `low, high` (the least and greatest rate per thousand words among
    the group's articles), `rest_low, rest_high` (the same of all others) and `direction`: "above"
    when low is over rest_high, "below" when high is under rest_low, else "".

    A group of one article lies on one side of all others whenever it is the first or the
    last: with five articles that is two chances in five. See `permute_separation`.

    Raises ValueError for fewer than two groups, an article in two groups, and one of zeros only.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> separated_terms(counts, "city", ["警"])[["city", "direction"]].to_numpy().tolist()
    [['X', 'above'], ['Y', 'below']]
    """
    groups = name_groups(counts, by)
    check_counts(counts, by, SIDES, "separated_terms")
    rates, truth = _rates(counts, by, terms)
    tables = [_sides(rates, truth == group, by, group) for group in groups]
    return pd.concat(tables, ignore_index=True).astype({by: counts[by].dtype})


def permute_separation(
    counts: pd.DataFrame, by: str, terms: Collection[str] | None = None, seed: int = 0
) -> pd.DataFrame:
    """Count in each deal of the articles how many terms set a group apart.

    In: as `separated_terms`. Each group keeps its number of articles; every deal is counted, or,
    where there are too many, a sample drawn by `seed` (see `permutation_test`).
    Columns out: `permutation` (from 1), `separated` (pairs of a group and a term with a side) and
    `observed` (whether the deal is the real one). A term that no article has sets no group apart.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> permute_separation(counts, "city", ["警"])["separated"].tolist()
    [2, 0, 2]
    """
    groups = name_groups(counts, by)
    check_counts(counts, by, APART, "permute_separation")
    rates, truth = _rates(counts, by, terms)
    dealt = list(deals(truth, seed))
    apart = [sum(int(np.sum(_lie(rates.to_numpy(), deal == name))) for name in groups) for deal in dealt]
    true = [bool((deal == truth).all()) for deal in dealt]
    return pd.DataFrame(dict(zip(APART, (range(1, len(dealt) + 1), apart, true), strict=True)))


def _rates(counts: pd.DataFrame, by: str, terms: Collection[str] | None) -> tuple[pd.DataFrame, np.ndarray]:
    """Lay out the rate of each term in each article, and the group of each article."""
    uses, sizes, truth = lay_out_articles(counts, by)
    asked = uses.columns if terms is None else [term for term in dict.fromkeys(terms) if term in uses.columns]
    return 1000 * uses.div(sizes, axis=0)[asked], truth


def _sides(rates: pd.DataFrame, inside: np.ndarray, by: str, group: str) -> pd.DataFrame:
    """Say for each term on which side of the other articles a set of articles lies."""
    ours, others = rates[inside], rates[~inside]
    side = np.select(_lie(rates.to_numpy(), inside), ["above", "below"], "")
    cells = (ours.min(), ours.max(), others.min(), others.max(), side)
    table = pd.DataFrame({"term": rates.columns, **dict(zip(SIDES, map(np.asarray, cells), strict=True))})
    table.insert(0, by, group)
    return table


def _lie(rates: np.ndarray, inside: np.ndarray) -> list[np.ndarray]:
    """Say for each term whether a set of articles lies all above the others, or all below."""
    ours, others = rates[inside], rates[~inside]
    return [ours.min(axis=0) > others.max(axis=0), ours.max(axis=0) < others.min(axis=0)]
