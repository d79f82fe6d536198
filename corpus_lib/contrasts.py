"""Counts -> contrasts: which terms one group uses more than the rest.

Four numbers a term, because no one of them is enough: how much more often (log
ratio) and how much at least (its lower bound), how surely if tokens were drawn at
random, which they are not (log likelihood), and the same with rare words held back
(log-odds with a prior).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import xlogy
from scipy.stats import beta

# Added to a count of nought, and only then, so that a ratio has a value: half an
# occurrence, the usual choice (Hardie 2014, "Log Ratio: an informal introduction").
HALF = 0.5

# The confidence of the lower bound, for all terms of one comparison taken together.
CONFIDENCE = 0.95


def contrast_terms(
    counts: pd.DataFrame, by: str, target: str | None = None, reference: str = "rest"
) -> pd.DataFrame:
    """Compare each term's use in a group with its use elsewhere.

    In: `counts` with `by, doc_id, term, n`; `target`, one group, or None for each in
    turn; `reference`, the name of another group, or `rest` for all but the target.

    Columns out: `by, term, n, n_rest, rate, rate_rest` (per thousand words),
    `log_ratio` (base 2; a count of nought is read as 0.5), `log_likelihood` (G2 over
    the two counts and the two totals less them, minus sign where the target uses the
    term less), `lower` (log ratio, conservative: see there; nought where the two may be
    alike), `log_odds_z` (Monroe, Colaresi and Quinn 2008, "Fightin' Words",
    eq. 22; the prior is the term's own count in both groups together),
    `n_articles` (articles of the target that have the term) and `n_articles_rest`.

    Raises ValueError for a group that is not there, or when nothing is left to
    compare with.

    Many terms are compared at once. `lower` allows for that (Bonferroni: the chance that
    any of its bounds is wrong is at most one in twenty); the others do not.

    None of these knows that words come in articles: a term that one article repeats
    looks as sure as one that all articles share. Read `n_articles` first.

    >>> counts = pd.DataFrame({"doc_id": ["a", "a", "b", "b"], "city": ["X", "X", "Y", "Y"],
    ...                        "term": ["警", "民", "警", "民"], "n": [4, 4, 2, 6]})
    >>> contrast_terms(counts, by="city", target="X")[["term", "log_ratio"]].round(3).to_numpy().tolist()
    [['警', 1.0], ['民', -0.585]]
    """
    groups = name_groups(counts, by)
    targets = groups if target is None else [target]
    if "rest" in groups:
        raise ValueError(f"{by} has a group named 'rest', which here means all the others: rename it.")
    _refuse_absent(by, groups, [*targets, *([] if reference == "rest" else [reference])])
    if reference == target:
        raise ValueError(f"{target} would be compared with itself: name another reference, or 'rest'.")
    tables = [_contrast_one(counts, by, name, reference) for name in targets if name != reference]
    return pd.concat(tables, ignore_index=True)


def _contrast_one(counts: pd.DataFrame, by: str, target: str, reference: str) -> pd.DataFrame:
    """Compare one group with its reference, the most over-used term first."""
    is_target = counts[by] == target
    is_rest = ~is_target if reference == "rest" else counts[by] == reference
    sides = counts[is_target], counts[is_rest]
    terms = pd.Index(sorted(set(sides[0]["term"]) | set(sides[1]["term"])), name="term")
    n, n_rest = (side.groupby("term")["n"].sum().reindex(terms, fill_value=0) for side in sides)
    articles, articles_rest = (
        side.groupby("term")["doc_id"].nunique().reindex(terms, fill_value=0) for side in sides
    )
    table = pd.DataFrame({by: target, "n": n, "n_rest": n_rest})
    table["rate"], table["rate_rest"] = 1000 * n / n.sum(), 1000 * n_rest / n_rest.sum()
    table["log_ratio"] = log_ratio(n, n_rest)
    table["lower"] = lower_log_ratio(n, n_rest)
    table["log_likelihood"] = log_likelihood(n, n_rest)
    table["log_odds_z"] = log_odds_z(n, n_rest)
    table["n_articles"], table["n_articles_rest"] = articles, articles_rest
    order = ["log_odds_z", "n", "term"]
    table = table.reset_index().sort_values(order, ascending=[False, False, True], ignore_index=True)
    return table[[by, "term", *(c for c in table.columns if c not in {by, "term"})]]


def log_ratio(n: pd.Series[int], n_rest: pd.Series[int]) -> pd.Series[float]:
    """Doublings between the two relative frequencies; 1 means twice as often.

    >>> log_ratio(pd.Series([4, 0]), pd.Series([2, 6])).round(3).tolist()
    [2.0, -2.585]
    """
    up, down = n.where(n > 0, HALF) / n.sum(), n_rest.where(n_rest > 0, HALF) / n_rest.sum()
    return pd.Series(np.log2(up / down), index=n.index)


def lower_log_ratio(n: pd.Series[int], n_rest: pd.Series[int]) -> pd.Series[float]:
    """Log ratio, conservative (LRC): the end of its confidence interval that lies nearer to nought.

    Of a term's uses in both groups, the share that falls to the first is binomial; its exact
    interval (Clopper and Pearson), at a level divided by the number of terms, gives one for the
    ratio. An interval that holds nought gives nought. Evert (2022), "Measuring keyness",
    Digital Humanities 2022, where the measure is called LRC.

    >>> lower_log_ratio(pd.Series([100, 900]), pd.Series([10, 990])).round(2).tolist()
    [2.27, 0.0]
    """
    tail = (1 - CONFIDENCE) / 2 / len(n)
    low = beta.ppf(tail, n, n_rest + 1)
    high = beta.ppf(1 - tail, n + 1, n_rest)
    with np.errstate(divide="ignore", invalid="ignore"):
        bounds = [np.log2(p / (1 - p) * n_rest.sum() / n.sum()) for p in (low, high)]
    lower, upper = (np.nan_to_num(bound, nan=0.0, posinf=0.0, neginf=0.0) for bound in bounds)
    return pd.Series(np.where(lower > 0, lower, np.where(upper < 0, upper, 0.0)), index=n.index)


def log_likelihood(n: pd.Series[int], n_rest: pd.Series[int]) -> pd.Series[float]:
    """Signed G2 of each term's two-by-two table; 3.84 is the 5 per cent point for one test.

    >>> log_likelihood(pd.Series([10, 90]), pd.Series([10, 90])).tolist()
    [0.0, 0.0]
    """
    total, total_rest = n.sum(), n_rest.sum()
    share = (n + n_rest) / (total + total_rest)
    cells = [(n, total * share), (n_rest, total_rest * share)]
    cells += [(total - n, total * (1 - share)), (total_rest - n_rest, total_rest * (1 - share))]
    g2 = 2 * sum(xlogy(seen, seen / expected.where(expected > 0, 1)) for seen, expected in cells)
    return pd.Series(np.sign(n / total - n_rest / total_rest) * np.maximum(g2, 0), index=n.index) + 0.0


def log_odds_z(n: pd.Series[int], n_rest: pd.Series[int]) -> pd.Series[float]:
    """Log-odds with an informative prior, in standard deviations; beyond 2 is worth a look.

    A term that is the only one has no odds, in either group: it scores nought.

    >>> log_odds_z(pd.Series([10, 90]), pd.Series([10, 90])).tolist()
    [0.0, 0.0]
    """
    prior = n + n_rest
    weight = [side + prior for side in (n, n_rest)]
    odds = [np.log(w / (side.sum() + prior.sum() - w)) for w, side in zip(weight, (n, n_rest), strict=True)]
    z = (odds[0] - odds[1]) / np.sqrt(1 / weight[0] + 1 / weight[1])
    return pd.Series(z, index=n.index).fillna(0.0)


def name_groups(counts: pd.DataFrame, by: str) -> list[str]:
    """Name the groups, in order; refuse fewer than two, and rows without one.

    >>> name_groups(pd.DataFrame({"city": ["Y", "X", "X"]}), "city")
    ['X', 'Y']
    """
    if by == "paragraph":
        raise ValueError("Paragraphs are compared with nothing: a paragraph's number is its article's own.")
    if by not in counts:
        raise ValueError(f"There is no column {by!r} to group by; there are {', '.join(counts.columns)}.")
    missing = counts[by].isna().sum()
    if missing:
        raise ValueError(f"{by} is missing for {missing} rows: give each article its {by}, or drop them.")
    groups = sorted(counts[by].unique())
    if len(groups) < 2:
        name = groups[0] if groups else "(none)"
        raise ValueError(f"{by} has the one group {name}: there is no rest to compare with.")
    return groups


def refuse_split(counts: pd.DataFrame, by: str) -> None:
    """Say which article stands in two groups, where an article must have one."""
    groups = counts.groupby("doc_id")[by].nunique()
    if (groups > 1).any():
        raise ValueError(f"Article {groups.idxmax()} stands in {groups.max()} groups of {by}: give it one.")


def _refuse_absent(by: str, groups: list[str], names: list[str]) -> None:
    """Say which group is not there."""
    for name in names:
        if name not in groups:
            raise ValueError(f"{by} has no {name!r}; it has {', '.join(map(str, groups))}.")
