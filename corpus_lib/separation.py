"""Counts -> which terms set the articles of a group apart from all others, and how far chance gets.

The plainest contrast that takes the article as its unit: every article of the group uses a
term more than any other article does (or every one less). It needs no model of how words
come about, and chance can be counted: deal the articles to the groups in every way.
"""

from __future__ import annotations

from collections.abc import Collection
from math import ceil, inf

import numpy as np
import pandas as pd
from scipy.stats import ncf, norm, t

from corpus_lib.contrasts import name_groups, refuse_split
from corpus_lib.evidence import deals

# The two chances that a plan of a study usually grants itself (Cohen 1988): of finding what is
# not there, and of finding what is.
ALPHA, POWER = 0.05, 0.80


def set_apart(counts: pd.DataFrame, by: str, terms: Collection[str] | None = None) -> pd.DataFrame:
    """Say of each term in each group on which side of all other articles the group's articles lie.

    In: `counts` with `doc_id, by, term, n`; `terms`, those to ask about, or None for all.
    Columns out: `by, term`, `low, high` (the least and greatest rate per thousand words among
    the group's articles), `rest_low, rest_high` (the same of all others) and `side`: "above"
    when low is over rest_high, "below" when high is under rest_low, else "".

    A group of one article lies on one side of all others whenever it is the first or the
    last: with five articles that is two chances in five. See `deal_apart`.

    Raises ValueError for one group, and for a term that no article has.

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> set_apart(counts, "city", ["警"])[["city", "side"]].to_numpy().tolist()
    [['X', 'above'], ['Y', 'below']]
    """
    rates, truth = _rates(counts, by, terms)
    return pd.concat([_sides(rates, truth == group, by, group) for group in np.unique(truth)])


def deal_apart(
    counts: pd.DataFrame, by: str, terms: Collection[str] | None = None, seed: int = 0
) -> pd.DataFrame:
    """Count in each deal of the articles how many terms set a group apart.

    In: as `set_apart`. The groups keep their numbers of articles; every deal is counted, or,
    where they are too many, a sample drawn by `seed` (see `deal_articles`).
    Columns out: `deal` (from 1), `apart` (pairs of a group and a term with a side) and
    `truth` (whether the deal is the true one).

    >>> counts = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY"), "term": "警", "n": [3, 2, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 2, 5])])
    >>> deal_apart(counts, "city", ["警"])["apart"].tolist()
    [2, 0, 2]
    """
    rates, truth = _rates(counts, by, terms)
    dealt, names = list(deals(truth, seed)), np.unique(truth)
    apart = [sum(int(np.sum(_lie(rates.to_numpy(), deal == name))) for name in names) for deal in dealt]
    true = [bool((deal == truth).all()) for deal in dealt]
    return pd.DataFrame({"deal": range(1, len(dealt) + 1), "apart": apart, "truth": true})


def articles_needed(difference: float, sd: float, alpha: float = ALPHA, power: float = POWER) -> int:
    """Say how many articles a group it would take to tell a difference between two groups.

    In: the `difference` between the groups' means that is to be told, and the standard
    deviation `sd` between articles of one group, in the same unit; `alpha`, the chance of
    a difference where none is (two-sided); `power`, the chance of finding this one.
    Out: the least number for which a t test of two groups of that size has the power.
    Cohen (1988), "Statistical Power Analysis for the Behavioral Sciences", chapter 2; his
    tables round to the nearest number, this rounds up.

    It is a plan, not a finding: articles must be drawn alike and vary alike in both groups.

    Raises ValueError when there is no difference, or no deviation, to reckon with.

    >>> articles_needed(difference=0.8, sd=1)
    26
    """
    if not (0 < abs(difference) < inf and 0 < sd < inf and 0 < alpha < 1 and alpha < power < 1):
        raise ValueError(
            f"A difference of {difference} at a deviation of {sd} (alpha {alpha}, power {power}) "
            f"cannot be planned for: they must be finite and above nought, alpha below power, power below 1."
        )
    size = abs(difference) / sd
    n = max(2, ceil(float(2 * ((norm.isf(alpha / 2) + norm.ppf(power)) / size) ** 2)))
    while _power(n, size, alpha) < power:
        n += 1
    return int(n)


def _power(n: int, size: float, alpha: float) -> float:
    """Reckon the chance that a two-sided t test of two groups of n finds a difference of this size."""
    bound = t.isf(alpha / 2, 2 * n - 2)
    # The square of t is F, whose noncentral form scipy reckons far out too.
    return float(ncf.sf(bound**2, 1, 2 * n - 2, size**2 * n / 2))


def _rates(counts: pd.DataFrame, by: str, terms: Collection[str] | None) -> tuple[pd.DataFrame, np.ndarray]:
    """Lay out the rate of each term in each article, and the group of each article."""
    name_groups(counts, by)
    refuse_split(counts, by)
    uses = counts.pivot_table(index="doc_id", columns="term", values="n", aggfunc="sum", fill_value=0)
    truth = counts.groupby("doc_id")[by].first().reindex(uses.index).to_numpy()
    asked = list(uses.columns if terms is None else terms)
    absent = [term for term in asked if term not in uses.columns]
    if absent or not asked:
        raise ValueError(f"No article has {absent[0] if absent else 'a term to ask about'!r}.")
    return 1000 * uses.div(uses.sum(axis=1), axis=0)[asked], truth


def _sides(rates: pd.DataFrame, inside: np.ndarray, by: str, group: str) -> pd.DataFrame:
    """Say for each term on which side of the other articles a set of articles lies."""
    ours, others = rates[inside], rates[~inside]
    table = pd.DataFrame({by: group, "low": ours.min(), "high": ours.max()})
    table = table.assign(rest_low=others.min(), rest_high=others.max())
    table["side"] = np.select(_lie(rates.to_numpy(), inside), ["above", "below"], "")
    return table.rename_axis("term").reset_index()[
        [by, "term", "low", "high", "rest_low", "rest_high", "side"]
    ]


def _lie(rates: np.ndarray, inside: np.ndarray) -> list[np.ndarray]:
    """Say for each term whether a set of articles lies all above the others, or all below."""
    ours, others = rates[inside], rates[~inside]
    return [ours.min(axis=0) > others.max(axis=0), ours.max(axis=0) < others.min(axis=0)]
