"""Counts -> the terms that separate a group's articles from all others, and how many chance gives.

A term separates a group (complete separation) when every article of the group uses it more than any
other article, or every one uses it less. This contrast counts articles, not words, and needs no model
of how words are distributed. Random assignment of the articles shows what chance gives.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from corpus_lib.keyness import name_groups
from corpus_lib.robustness.resampling import assignments, lay_out_articles
from corpus_lib.terms import check_counts

# The columns that each verb makes, in the order of its output.
RANGES = ["low", "high", "rest_low", "rest_high", "direction"]
PERMUTED = ["permutation", "separated", "observed"]


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
    groups = name_groups(counts, by)
    check_counts(counts, by, RANGES, "separated_terms")
    rates, observed = _rates(counts, by, terms)
    tables = [_ranges(rates, observed == group, by, group) for group in groups]
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
    groups = name_groups(counts, by)
    check_counts(counts, by, PERMUTED, "permute_separation")
    rates, observed = _rates(counts, by, terms)
    assigned = list(assignments(observed, seed))
    n = [sum(int(np.sum(_separated(rates.to_numpy(), names == g))) for g in groups) for names in assigned]
    actual = [bool((names == observed).all()) for names in assigned]
    return pd.DataFrame(dict(zip(PERMUTED, (range(1, len(assigned) + 1), n, actual), strict=True)))


def _rates(counts: pd.DataFrame, by: str, terms: Collection[str] | None) -> tuple[pd.DataFrame, np.ndarray]:
    """Lay out the rate of each term in each article, and the group of each article."""
    uses, sizes, groups = lay_out_articles(counts, by)
    asked = uses.columns if terms is None else [term for term in dict.fromkeys(terms) if term in uses.columns]
    return 1000 * uses.div(sizes, axis=0)[asked], groups


def _ranges(rates: pd.DataFrame, inside: np.ndarray, by: str, group: str) -> pd.DataFrame:
    """Make the rows of one group: each term's range inside, its range in the rest, and the direction."""
    own, rest = rates[inside], rates[~inside]
    direction = np.select(_separated(rates.to_numpy(), inside), ["above", "below"], "")
    cells = (own.min(), own.max(), rest.min(), rest.max(), direction)
    table = pd.DataFrame({"term": rates.columns, **dict(zip(RANGES, map(np.asarray, cells), strict=True))})
    table.insert(0, by, group)
    return table


def _separated(rates: np.ndarray, inside: np.ndarray) -> list[np.ndarray]:
    """Say for each term whether all rates inside are above the others, and whether all are below."""
    own, rest = rates[inside], rates[~inside]
    return [own.min(axis=0) > rest.max(axis=0), own.max(axis=0) < rest.min(axis=0)]
