"""Counts -> the terms that set a group's articles apart from all others, and what chance would give.

This is the plainest contrast whose unit is the article: every article of the group uses a term
more than any other article does, or every one uses it less. It needs no model of how words are
distributed, and chance can be counted: deal the articles to the groups in every way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from math import inf

import numpy as np
import pandas as pd
from scipy.stats import ncf, t

from corpus_lib.contrasts import name_groups
from corpus_lib.evidence import deals, lay_out_articles
from corpus_lib.terms import check_counts

# The two chances that the plan of a study usually accepts (Cohen 1988): of finding a difference
# that is not there, and of finding one that is.
ALPHA, POWER = 0.05, 0.80

# Articles per group. Nobody plans for more, and up to there scipy tells neighbouring numbers apart.
MOST = 2**30

# In standard deviations. Two articles per group find any difference as large; far beyond it scipy fails.
LARGEST = 1e4

# The columns that each verb makes, in the order of its output.
SIDES = ["low", "high", "rest_low", "rest_high", "side"]
APART = ["deal", "apart", "truth"]


def set_apart(counts: pd.DataFrame, by: str, terms: Collection[str] | None = None) -> pd.DataFrame:
    """Say of each term in each group on which side of all other articles the group's articles lie.

    In: `counts` with `doc_id, by, term, n`; `terms`, those to ask about, or None for all. A term
    that no article has gets no row.
    Columns out: `by, term`, `low, high` (the least and greatest rate per thousand words among
    the group's articles), `rest_low, rest_high` (the same of all others) and `side`: "above"
    when low is over rest_high, "below" when high is under rest_low, else "".

    A group of one article lies on one side of all others whenever it is the first or the
    last: with five articles that is two chances in five. See `deal_apart`.

    Raises ValueError for fewer than two groups, an article in two groups, and one of zeros only.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> set_apart(counts, "city", ["警"])[["city", "side"]].to_numpy().tolist()
    [['X', 'above'], ['Y', 'below']]
    """
    groups = name_groups(counts, by)
    check_counts(counts, by, SIDES, "set_apart")
    rates, truth = _rates(counts, by, terms)
    tables = [_sides(rates, truth == group, by, group) for group in groups]
    return pd.concat(tables, ignore_index=True).astype({by: counts[by].dtype})


def deal_apart(
    counts: pd.DataFrame, by: str, terms: Collection[str] | None = None, seed: int = 0
) -> pd.DataFrame:
    """Count in each deal of the articles how many terms set a group apart.

    In: as `set_apart`. Each group keeps its number of articles; every deal is counted, or,
    where there are too many, a sample drawn by `seed` (see `deal_articles`).
    Columns out: `deal` (from 1), `apart` (pairs of a group and a term with a side) and
    `truth` (whether the deal is the real one). A term that no article has sets no group apart.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> deal_apart(counts, "city", ["警"])["apart"].tolist()
    [2, 0, 2]
    """
    groups = name_groups(counts, by)
    check_counts(counts, by, APART, "deal_apart")
    rates, truth = _rates(counts, by, terms)
    dealt = list(deals(truth, seed))
    apart = [sum(int(np.sum(_lie(rates.to_numpy(), deal == name))) for name in groups) for deal in dealt]
    true = [bool((deal == truth).all()) for deal in dealt]
    return pd.DataFrame(dict(zip(APART, (range(1, len(dealt) + 1), apart, true), strict=True)))


def articles_needed(difference: float, sd: float, alpha: float = ALPHA, power: float = POWER) -> int:
    """Say how many articles per group a study needs to find a difference between two groups.

    In: the `difference` between the means of the groups, and the standard deviation `sd`
    between the articles of one group, in the same unit; `alpha`, the chance of finding
    a difference that is not there (two-sided); `power`, the chance of finding this one.
    Out: the least number for which a t test of two groups of that size has the power.
    Cohen (1988), "Statistical Power Analysis for the Behavioral Sciences", chapter 2; his
    tables round to the nearest number, this rounds up.

    It is a plan, not a finding: articles must be drawn alike and vary alike in both groups.

    Raises ValueError when there is no difference or no deviation, and when MOST articles per
    group are too few.

    >>> articles_needed(difference=0.8, sd=1)
    26
    """
    if not (0 < abs(difference) < inf and 0 < sd < inf and 0 < alpha < 1 and alpha < power < 1):
        raise ValueError(
            f"A difference of {difference} at a deviation of {sd} (alpha {alpha}, power {power}) "
            f"cannot be planned for: they must be finite and above zero, alpha below power, power below 1."
        )
    size, n = min(abs(difference) / sd, LARGEST), 2
    while _power(n, size, alpha) < power:
        if n >= MOST:
            raise ValueError(
                f"A difference of {difference} at a deviation of {sd} cannot be planned for: it needs more "
                f"than {MOST:,} articles per group. Ask for a larger difference."
            )
        n *= 2
    return bisect_left(range(n + 1), power, lo=2, key=lambda n: _power(n, size, alpha))


def _power(n: int, size: float, alpha: float) -> float:
    """Compute the chance that a two-sided t test of two groups of n finds a difference of this size."""
    bound = t.isf(alpha / 2, 2 * n - 2)
    # The square of t is F; scipy computes its noncentral form for large values too.
    return float(ncf.sf(bound**2, 1, 2 * n - 2, size**2 * n / 2))


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
