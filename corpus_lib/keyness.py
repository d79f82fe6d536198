"""Counts -> contrasts: which terms one group uses more than the rest.

Each term gets four measures, because no single one is enough: how much more often the group uses it, how much
more at least, a test as if words were independent, and log-odds, which favour neither rare nor common words.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import xlogy
from scipy.stats import beta

from corpus_lib.columns import require
from corpus_lib.terms import articles_of, check_counts, sizes, used_rows

# The log ratio replaces a count of zero by half a use, so that the ratio has a value. This is the usual
# choice (Hardie 2014, "Log Ratio: an informal introduction").
HALF = 0.5
# The confidence of the lower bound, for all terms of one comparison taken together.
CONFIDENCE = 0.95
# The columns that keyness makes, in the order of its output.
CONTRAST = ["n_rest", "rate", "rate_rest", "log_ratio", "lower", "log_likelihood", "log_odds_z"]
CONTRAST += ["n_articles", "n_articles_rest"]
# The sizes of a group and of its rest, in words.
Sizes = tuple[int, int]


def keyness(
    counts: pd.DataFrame, by: str, target: str | None = None, reference: str = "rest"
) -> pd.DataFrame:
    """Compare how often each term occurs in a group and in the rest, or in another group.

    In: `counts` with `by, doc_id, term, n` (or `n_articles`, as for `add_rates`); `target`, one group, or
    None for each in turn; `reference`, the name of another group, or `rest` for all but the target. Columns
    out: `by, term, n, n_rest` (uses), `rate, rate_rest` (uses per 1,000 words), `log_ratio` (base 2; a count
    of zero becomes 0.5), `lower` (the end of its confidence interval nearer to zero; zero where the two may
    be equal), `log_likelihood` (G2, negative where the target uses the term less), `log_odds_z` (in standard
    deviations), `n_articles, n_articles_rest` (articles with the term). The functions below name the source
    of each measure.

    Every measure treats words as independent: a term that one article repeats looks as certain as one that
    all share, so read `n_articles` first. Only `lower` allows for comparing many terms (Bonferroni: with 95%
    probability all its bounds hold). Raises ValueError for fewer than two groups, an unknown group, a group
    of zeros only, and a group named 'rest'.

    >>> counts = pd.DataFrame({"doc_id": ["a", "a", "b", "b"], "city": ["X", "X", "Y", "Y"]})
    >>> counts = counts.assign(term=["警", "民", "警", "民"], n=[4, 4, 2, 6])
    >>> keyness(counts, by="city", target="X")[["term", "log_ratio"]].round(3).to_numpy().tolist()
    [['警', 1.0], ['民', -0.585]]
    """
    groups = name_groups(counts, by)
    check_counts(counts, by, CONTRAST, "keyness")
    if "rest" in groups:
        raise ValueError(f"{by} has a group named 'rest', which means all other groups: rename that group.")
    targets = groups if target is None else [target]
    for name in targets if reference == "rest" else [*targets, reference]:
        if name not in groups:
            raise ValueError(f"{by} has no group {name!r}. Its groups are: {', '.join(map(str, groups))}.")
    if reference == target:
        raise ValueError(f"{target} cannot be compared with itself: name another reference, or 'rest'.")
    used, total = used_rows(counts), sizes(counts, [by])
    tables = [_contrast(used, total, by, name, reference) for name in targets if name != reference]
    return pd.concat(tables, ignore_index=True)


def _contrast(used: pd.DataFrame, total: pd.Series[int], by: str, target: str, other: str) -> pd.DataFrame:
    """Compare one group with its reference, the most over-used term first."""
    inside = used[by] == target
    outside = ~inside if other == "rest" else used[by] == other
    both = total[target], total.sum() - total[target] if other == "rest" else total[other]
    asked = {"n": ("n", "sum"), "articles": articles_of(used)}
    own, rest = (used[rows].groupby("term").agg(**asked) for rows in (inside, outside))
    own, rest = own.align(rest, join="outer", axis=0, fill_value=0)
    n, n_rest = own["n"], rest["n"]
    measures = (log_ratio, lower_log_ratio, log_likelihood, log_odds_z)
    columns = [n, n_rest, 1000 * n / both[0], 1000 * n_rest / both[1]]
    columns += [*(measure(n, n_rest, both) for measure in measures), own["articles"], rest["articles"]]
    table: pd.DataFrame = pd.concat(columns, axis=1, keys=["n", *CONTRAST]).reset_index()
    table.insert(0, by, target)
    return table.sort_values(["log_odds_z", "n", "term"], ascending=[False, False, True], ignore_index=True)


def score_terms(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Score terms by log-odds: `n`, `overused` (more than in the rest) and `score` of each group and term."""
    name_groups(counts, by)
    uses, total = lay_out(counts, by)
    everywhere, tables = uses.sum(axis=1), {}
    for group in total.index:
        n, rest, both = uses[group], everywhere - uses[group], (total[group], total.sum() - total[group])
        overused, score = n / both[0] > rest / both[1], log_odds_z(n, rest, both)
        tables[group] = pd.DataFrame({"n": n, "overused": overused, "score": score})
    scored: pd.DataFrame = pd.concat(tables, names=[by, "term"])
    return scored


def lay_out(counts: pd.DataFrame, by: str) -> tuple[pd.DataFrame, pd.Series[int]]:
    """Lay out the uses of each term (a row) in each group (a column), and the size of each group."""
    total = sizes(counts, [by])
    uses = used_rows(counts).groupby(["term", by], sort=True)["n"].sum().unstack(fill_value=0)
    return uses.reindex(columns=total.index, fill_value=0), total


def log_ratio(n: pd.Series[int], n_rest: pd.Series[int], both: Sizes | None = None) -> pd.Series[float]:
    """Log ratio (Hardie 2014): the base-2 logarithm of the ratio of the rates; 1 means twice as often.

    Here and below, `both` gives the sizes of the two groups if they are not the sums of the counts.

    >>> log_ratio(pd.Series([4, 0]), pd.Series([2, 6])).round(3).tolist()
    [2.0, -2.585]
    """
    size, size_rest = both or (n.sum(), n_rest.sum())
    up, down = n.where(n > 0, HALF) / size, n_rest.where(n_rest > 0, HALF) / size_rest
    return pd.Series(np.log2(up / down), index=n.index)


def lower_log_ratio(n: pd.Series[int], n_rest: pd.Series[int], both: Sizes | None = None) -> pd.Series[float]:
    """Conservative log ratio (LRC): the end of its confidence interval that is nearer to zero, or zero.

    The first group's share of a term's uses is binomial. The exact interval of this share (Clopper and
    Pearson), at a level divided by the number of terms, gives an interval for the ratio. Source: Evert
    (2022), "Measuring keyness", Digital Humanities 2022.

    >>> lower_log_ratio(pd.Series([100, 900]), pd.Series([10, 990])).round(2).tolist()
    [2.27, 0.0]
    """
    size, size_rest = both or (n.sum(), n_rest.sum())
    tail = (1 - CONFIDENCE) / 2 / len(n)
    shares = beta.ppf(tail, n, n_rest + 1), beta.ppf(1 - tail, n + 1, n_rest)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower, upper = (np.nan_to_num(np.log2(p / (1 - p) * size_rest / size)) for p in shares)
    return pd.Series(lower.clip(min=0) + upper.clip(max=0), index=n.index)


def log_likelihood(n: pd.Series[int], n_rest: pd.Series[int], both: Sizes | None = None) -> pd.Series[float]:
    """Signed G2 of each term's two-by-two table (Dunning 1993); 3.84 is the 5% point for one test.

    >>> log_likelihood(pd.Series([10, 90]), pd.Series([10, 90])).tolist()
    [0.0, 0.0]
    """
    total, total_rest = both or (n.sum(), n_rest.sum())
    share = (n + n_rest) / (total + total_rest)
    cells = [(n, total * share), (n_rest, total_rest * share)]
    cells += [(total - n, total * (1 - share)), (total_rest - n_rest, total_rest * (1 - share))]
    g2 = 2 * sum(xlogy(seen, seen / expected.where(expected > 0, 1)) for seen, expected in cells)
    return pd.Series(np.sign(n / total - n_rest / total_rest) * np.maximum(g2, 0), index=n.index) + 0.0


def log_odds_z(n: pd.Series[int], n_rest: pd.Series[int], both: Sizes | None = None) -> pd.Series[float]:
    """Log-odds with an informative prior, in standard deviations; beyond 2 is worth a look.

    The prior is the term's count in both groups together. A term that is the only one has no odds and scores
    zero. Source: Monroe, Colaresi and Quinn (2008), "Fightin' Words", equation 22.

    >>> log_odds_z(pd.Series([10, 90]), pd.Series([10, 90])).tolist()
    [0.0, 0.0]
    """
    prior, both = n + n_rest, both or (n.sum(), n_rest.sum())
    weight = [uses + prior for uses in (n, n_rest)]
    odds = [np.log(w / (size + sum(both) - w)) for w, size in zip(weight, both, strict=True)]
    z = (odds[0] - odds[1]) / np.sqrt(1 / weight[0] + 1 / weight[1])
    return pd.Series(z, index=n.index).fillna(0.0)


def name_groups(counts: pd.DataFrame, by: str) -> list[str]:
    """List the groups, sorted; refuse fewer than two groups, and rows without a group."""
    if by == "paragraph":
        raise ValueError("Paragraphs cannot be compared: each article numbers its own. Choose another `by`.")
    require(counts, by)
    if missing := counts[by].isna().sum():
        raise ValueError(f"{by} is missing in {missing} rows: fill it in, or drop these rows.")
    groups = sorted(counts[by].unique())
    if len(groups) < 2:
        name = groups[0] if groups else "(none)"
        raise ValueError(f"{by} has the one group {name}, so there is nothing to compare it with: pass two.")
    return groups
