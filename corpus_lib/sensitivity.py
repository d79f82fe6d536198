"""Runs of a study -> what holds in how many of them.

A result that hangs on one defensible choice (how words are cut, what is counted, which
article is in, how terms are weighed) is a result about that choice. So the same contrast
is asked again with one choice changed at a time. "Holds in n of m runs" sums up what was
tried; it is no probability, since the runs are neither drawn at random nor independent.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
from sklearn.feature_extraction.text import TfidfTransformer

from corpus_lib.choices import vary_counts
from corpus_lib.contrasts import log_odds_z, name_groups
from corpus_lib.terms import weigh_terms

# How far down a list a term may stand and still be called one of its first.
FIRST = 20

# The ways of weighing that `weigh_ways` knows, the main one last.
WAYS = ["groups", "articles", "paragraphs", "smoothed", "log_odds"]


def vary_choices(
    lines: pd.DataFrame,
    by: str,
    lexicon: pd.DataFrame,
    hidden: Collection[str] = (),
    without: dict[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Rank the terms of each group on the main path, and again with each choice made otherwise.

    The one verb for a corpus of one's own: `vary_counts` for the choices of counting, then
    `rank_runs` by log-odds, then `rank_ways` for the other ways of weighing the main path.
    In: all labelled lines; `lexicon`; `hidden`, terms that take no rank (stop words,
    persons); `without`, lines to be left out in runs of their own.
    Columns out: `by, term, run, rank, more`, for `hold_in_runs`.

    >>> lines = pd.DataFrame({"doc_id": ["a", "b"], "city": ["X", "Y"], "line": 1, "paragraph": 1})
    >>> lines = lines.assign(zone="body", start=0, end=[6, 5], text=["公安局和公安", "再快一秒!"])
    >>> ranked = vary_choices(lines, "city", pd.DataFrame({"term": ["再快一秒"], "type": ["set"]}))
    >>> ranked["run"].unique().tolist()[1:7]
    ['no lexicon', 'plain strings', 'without a', 'without b', 'weighing: groups', 'weighing: articles']
    """
    name_groups(lines, by)
    runs = vary_counts(lines, lexicon, without)
    main = next(iter(runs.values()))
    return pd.concat([rank_runs(runs, by, hidden), rank_ways(main, by, hidden)], ignore_index=True)


def rank_runs(runs: dict[str, pd.DataFrame], by: str, hidden: Collection[str] = ()) -> pd.DataFrame:
    """Rank the terms of each group by log-odds in each run.

    In: `runs`, a name and the counts of each way of going about it (`doc_id, by, term, n`),
    the main way first; `hidden`, terms that take no rank.
    Columns out: `by, term, run, rank` (1 for the most over-used; terms with one score share
    the better rank) and `more` (whether the group uses the term more than the rest). A run
    in which fewer than two groups are left compares nothing: its terms have no rank.

    Raises ValueError for no runs, when the main way has nothing to compare, and when every
    term is hidden.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "city": ["X", "Y"], "term": "警", "n": [3, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 3])])
    >>> rank_runs({"main": counts}, "city")[["city", "term", "rank", "more"]].to_numpy().tolist()[:2]
    [['X', '民', 2, False], ['X', '警', 1, True]]
    """
    if not runs:
        raise ValueError("No runs were given: name at least the main way.")
    nothing = _score(next(iter(runs.values())), by).assign(more=False, score=None)
    scored = [
        (_score(counts, by) if counts[by].nunique() > 1 else nothing).assign(run=name)
        for name, counts in runs.items()
    ]
    return pd.concat([_rank(score, by, hidden) for score in scored], ignore_index=True)


def rank_ways(counts: pd.DataFrame, by: str, hidden: Collection[str] = ()) -> pd.DataFrame:
    """Rank the terms of each group by each way of weighing but the main one.

    In: `counts` by paragraph. Columns out: as `rank_runs`, a run being "weighing: " and the
    way; only terms that the group has are ranked, and one that weighs nothing is not `more`.
    """
    more = _score(counts, by)[[by, "term", "more"]]
    scores = weigh_ways(counts, by).merge(more, on=[by, "term"])
    # A term that weighs nothing leads nowhere, though it share a rank with all the others.
    tables = [
        scores.assign(run=f"weighing: {way}", score=scores[way], more=scores["more"] & (scores[way] > 0))
        for way in WAYS[:-1]
    ]
    return pd.concat([_rank(table, by, hidden) for table in tables], ignore_index=True)


def weigh_ways(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weigh each term of each group in five ways that a careful reader could defend.

    In: `counts` by paragraph, with `doc_id, paragraph, by, term, n`.
    Columns out: `by, term, n` and a column a way, all with the tf of the group but the last:
    `groups`, `articles`, `paragraphs` (tf times idf, as `weigh_terms` has them, a document
    being a group, an article or a paragraph), `smoothed` (scikit-learn's: 1 + ln n times
    1 + ln((1 + groups) / (1 + df)), each group scaled to length one; a term that all
    groups have keeps some weight) and `log_odds` (as `contrast_terms`, against the rest).

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "paragraph": 1, "city": ["X", "Y"], "term": "警"})
    >>> weigh_ways(counts.assign(n=[1, 2]), "city")["groups"].tolist()
    [0.0, 0.0]
    """
    name_groups(counts, by)
    table = weigh_terms(counts, by)
    documents = {"groups": by, "articles": "doc_id", "paragraphs": "paragraph"}
    for way, document in documents.items():
        idf = weigh_terms(counts, document).drop_duplicates("term").set_index("term")["idf"]
        table[way] = table["tf"] * table["term"].map(idf)
    matrix = counts.pivot_table(index=by, columns="term", values="n", aggfunc="sum", fill_value=0)
    smooth = TfidfTransformer(sublinear_tf=True).fit_transform(matrix).toarray()
    smoothed = pd.Series(pd.DataFrame(smooth, matrix.index, matrix.columns).stack(), name="smoothed")
    odds = _score(counts, by).set_index([by, "term"])["score"].rename("log_odds")
    return table.join(smoothed, on=[by, "term"]).join(odds, on=[by, "term"])[[by, "term", "n", *WAYS]]


def hold_in_runs(ranked: pd.DataFrame, first: int = FIRST) -> pd.DataFrame:
    """Say of each term in each group and run whether its contrast holds: adds `holds`.

    In: what `vary_choices`, `rank_runs` or `rank_ways` give. A contrast *holds* in a run when
    the group uses the term more often than the rest, and the term is among the group's
    `first` by that run's measure. A term that a run does not know has no row there, and
    does not hold.

    >>> ranked = pd.DataFrame({"term": ["警", "民"], "rank": [1, 2], "more": [True, True]})
    >>> hold_in_runs(ranked, first=1)["holds"].tolist()
    [True, False]
    """
    return ranked.assign(holds=ranked["more"] & ranked["rank"].le(first).fillna(False).astype(bool))


def sum_runs(held: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count for each term of a group in how many runs it holds, and name those where it does not.

    In: what `hold_in_runs` gives. Columns out: `by, term, holds_in, runs, not_in` (the runs
    in which it does not hold, parted by "; "), for terms that hold somewhere; those that
    hold in most come first.

    >>> held = pd.DataFrame({"city": "X", "term": "警", "run": ["main", "other"], "holds": [True, False]})
    >>> sum_runs(held, "city")[["holds_in", "runs", "not_in"]].to_numpy().tolist()
    [[1, 2, 'other']]
    """
    names = list(dict.fromkeys(held["run"]))
    held_in = held[held["holds"]].groupby([by, "term"])["run"].agg(list)
    table = held_in.rename("in").reset_index().assign(runs=len(names))
    table["holds_in"] = table["in"].str.len()
    table["not_in"] = ["; ".join(name for name in names if name not in there) for there in table["in"]]
    table = table.sort_values([by, "holds_in", "term"], ascending=[True, False, True], ignore_index=True)
    return table[[by, "term", "holds_in", "runs", "not_in"]]


def _score(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Score each term in each group by log-odds against the rest, as `contrast_terms` does, and no more."""
    groups = name_groups(counts, by)
    uses = counts.pivot_table(index="term", columns=by, values="n", aggfunc="sum", fill_value=0)
    sides = [(group, uses[group], uses.sum(axis=1) - uses[group]) for group in groups]
    tables = [
        pd.DataFrame(
            {by: group, "more": n / n.sum() > rest / rest.sum(), "score": log_odds_z(n, rest)}
        ).reset_index()
        for group, n, rest in sides
    ]
    return pd.concat(tables, ignore_index=True)


def _rank(scored: pd.DataFrame, by: str, hidden: Collection[str]) -> pd.DataFrame:
    """Rank one run's terms in each group, leaving out the hidden ones and the rest of the characters."""
    kept = scored[~scored["term"].isin([*hidden, ""])]
    if kept.empty:
        raise ValueError(f"The {len(set(hidden))} hidden terms are all there are: none is left to rank.")
    rank = kept.groupby(by)["score"].rank(ascending=False, method="min").astype("Int64")
    return kept.assign(rank=rank)[[by, "term", "run", "rank", "more"]]
