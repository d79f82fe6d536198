"""Runs of a study -> what holds in how many of them.

A result that depends on one defensible choice (how words are cut, what is counted, which
articles are included, how terms are weighed) says as much about the choice as about the texts.
So we ask for the same contrast again and change one choice at a time. "Holds in n of m runs" sums up
what we tried. It is not a probability: the runs are neither drawn at random nor independent.
"""

from __future__ import annotations

from collections.abc import Collection
from math import nan

import pandas as pd
from sklearn.feature_extraction.text import TfidfTransformer

from corpus_lib.columns import refuse_taken, require
from corpus_lib.keyness import lay_out, name_groups, refuse_split, score_terms
from corpus_lib.robustness.variants import vary_counts
from corpus_lib.terms import check_counts, weigh_terms

# Down to this rank a term counts as one of the first of its group.
FIRST = 20

# The ways of weighing, the main one last; weigh_ways makes a column of each.
WAYS = ["groups", "articles", "paragraphs", "smoothed", "log_odds"]

# The columns that the other verbs make, in the order of their output.
RANKS = ["run", "rank", "more"]
HOLDS = ["holds"]
SUMS = ["holds_in", "runs", "not_in"]


def vary_choices(
    lines: pd.DataFrame,
    by: str,
    lexicon: pd.DataFrame | None = None,
    hidden: Collection[str] = (),
    without: dict[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Rank the terms of each group on the main path, and again with each choice made differently.

    This is the one verb for a corpus of your own: `vary_counts` for the choices of counting, then
    `rank_runs` by log-odds, then `rank_ways` for the other ways of weighing the main path.
    In: all labelled lines; `lexicon`, or None; `hidden`, terms that get no rank (stop words,
    persons); `without`, lines to leave out in runs of their own.
    Columns out: `by, term, run, rank, more`, for `hold_in_runs`.

    Raises ValueError for fewer than two groups, for an article in two groups, and what
    `vary_counts` raises.

    >>> lines = pd.DataFrame({"doc_id": ["a", "b"], "city": ["X", "Y"], "line": 1, "paragraph": 1})
    >>> lines = lines.assign(zone="body", start=0, end=[6, 5], text=["公安局和公安", "再快一秒!"])
    >>> ranked = vary_choices(lines, "city", pd.DataFrame({"term": ["再快一秒"], "type": ["set"]}))
    >>> ranked["run"].unique().tolist()[1:7]
    ['no lexicon', 'plain strings', 'without a', 'without b', 'weighing: groups', 'weighing: articles']
    """
    require(lines, "doc_id", by)
    refuse_taken(lines.columns, ["term", *RANKS], "vary_choices")
    name_groups(lines, by)
    refuse_split(lines, by)
    runs = vary_counts(lines, lexicon, without)
    main = next(iter(runs.values()))
    return pd.concat([rank_runs(runs, by, hidden), rank_ways(main, by, hidden)], ignore_index=True)


def rank_runs(runs: dict[str, pd.DataFrame], by: str, hidden: Collection[str] = ()) -> pd.DataFrame:
    """Rank the terms of each group by log-odds in each run.

    In: `runs`, the name and the counts of each run (`doc_id, by, term, n`), the main run
    first; `hidden`, terms that get no rank.
    Columns out: `by, term, run, rank` (1 for the most over-used; terms with one score share
    the better rank) and `more` (whether the group uses the term more than the rest). A run
    with fewer than two groups compares nothing: its terms have no rank.

    Raises ValueError for no runs, when the main run has nothing to compare, and when every
    term is hidden.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "city": ["X", "Y"], "term": "警", "n": [3, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 3])])
    >>> rank_runs({"main": counts}, "city")[["city", "term", "rank", "more"]].to_numpy().tolist()[:2]
    [['X', '民', 2, False], ['X', '警', 1, True]]
    """
    if not runs:
        raise ValueError("No runs were given: give at least the main run.")
    for counts in runs.values():
        require(counts, by)
        check_counts(counts, by, RANKS, "rank_runs")
    nothing = score_terms(next(iter(runs.values())), by).assign(more=False, score=nan)
    scored = {
        name: score_terms(counts, by) if counts[by].nunique() > 1 else nothing
        for name, counts in runs.items()
    }
    return pd.concat([_rank(table, name, hidden) for name, table in scored.items()], ignore_index=True)


def rank_ways(counts: pd.DataFrame, by: str, hidden: Collection[str] = ()) -> pd.DataFrame:
    """Rank the terms of each group by each way of weighing but the main one.

    In: `counts` by paragraph. Columns out: as `rank_runs`; the name of a run is "weighing: " and
    the way. Only terms that the group has get a rank, and `more` is False for one that weighs zero.

    Raises what `weigh_ways` raises, and ValueError when every term is hidden.
    """
    name_groups(counts, by)
    check_counts(counts, by, RANKS, "rank_ways")
    scores = _weigh(counts, by)
    more = score_terms(counts, by)["more"].reindex(scores.index)
    # All terms that weigh zero share one rank, which can be a high one: they are not over-used.
    tables = {
        way: pd.DataFrame({"score": scores[way], "more": more & (scores[way] > 0)}) for way in WAYS[:-1]
    }
    ranked = [_rank(table, f"weighing: {way}", hidden) for way, table in tables.items()]
    return pd.concat(ranked, ignore_index=True)


def weigh_ways(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weigh each term of each group in five ways that a careful reader could defend.

    In: `counts` by paragraph, with `doc_id, paragraph, by, term, n`.
    Columns out: `by, term, n` and a column for each way, all with the tf of the group but the last:
    `groups`, `articles`, `paragraphs` (tf times idf, as `weigh_terms` has them; a document
    is a group, an article or a paragraph), `smoothed` (scikit-learn's: 1 + ln n times
    1 + ln((1 + groups) / (1 + df)), each group scaled to length one; a term that all
    groups have keeps some weight) and `log_odds` (as `contrast_terms`, against the rest).

    Raises ValueError for fewer than two groups, and for one whose counts are all zero.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "paragraph": 1, "city": ["X", "Y"], "term": "警"})
    >>> weigh_ways(counts.assign(n=[1, 2]), "city")["groups"].tolist()
    [0.0, 0.0]
    """
    name_groups(counts, by)
    check_counts(counts, by, WAYS, "weigh_ways")
    return _weigh(counts, by).reset_index()


def hold_in_runs(ranked: pd.DataFrame, first: int = FIRST) -> pd.DataFrame:
    """Say of each term in each group and run whether its contrast holds: adds `holds`.

    In: what `vary_choices`, `rank_runs` or `rank_ways` give. A contrast *holds* in a run when
    the group uses the term more often than the rest, and the term is among the group's
    `first` by that run's measure. A term that a run does not have gets no row there, and
    does not hold.

    >>> ranked = pd.DataFrame({"term": ["警", "民"], "rank": [1, 2], "more": [True, True]})
    >>> hold_in_runs(ranked, first=1)["holds"].tolist()
    [True, False]
    """
    require(ranked, "rank", "more")
    refuse_taken(ranked.columns, HOLDS, "hold_in_runs")
    return ranked.assign(holds=ranked["more"] & ranked["rank"].le(first).fillna(False).astype(bool))


def sum_runs(held: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count for each term of a group in how many runs it holds, and name those where it does not.

    In: what `hold_in_runs` gives. Columns out: `by, term, holds_in, runs, not_in` (the runs
    in which it does not hold, separated by "; "), for terms that hold somewhere; those that
    hold in most come first.

    >>> held = pd.DataFrame({"city": "X", "term": "警", "run": ["main", "other"], "holds": [True, False]})
    >>> sum_runs(held, "city")[["holds_in", "runs", "not_in"]].to_numpy().tolist()
    [[1, 2, 'other']]
    """
    require(held, by, "term", "run", "holds")
    refuse_taken([by], ["term", "run", "holds"], "sum_runs")
    refuse_taken(held.columns, SUMS, "sum_runs")
    names = list(dict.fromkeys(held["run"]))
    held_in = held[held["holds"]].groupby([by, "term"])["run"].agg(list)
    missing = ["; ".join(name for name in names if name not in there) for there in held_in]
    table = held_in.index.to_frame(index=False)
    table["holds_in"] = pd.Series(map(len, held_in), dtype="int64")
    table["runs"], table["not_in"] = len(names), pd.Series(missing, dtype="str")
    table = table.sort_values([by, "holds_in", "term"], ascending=[True, False, True], ignore_index=True)
    return table[[by, "term", *SUMS]]


def _weigh(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weigh as `weigh_ways`; the groups and the terms are the index."""
    require(counts, "paragraph")
    own = counts[list(dict.fromkeys(["doc_id", "paragraph", by, "term", "n"]))]
    table = weigh_terms(own, by).set_index([by, "term"])[["n", "tf"]]
    ways = {}
    for way, document in {"groups": by, "articles": "doc_id", "paragraphs": "paragraph"}.items():
        idf = weigh_terms(own, document).drop_duplicates("term").set_index("term")["idf"]
        ways[way] = table["tf"] * idf.reindex(table.index.get_level_values("term")).to_numpy()
    matrix = lay_out(own, by)[0].T
    smooth = TfidfTransformer(sublinear_tf=True).fit_transform(matrix).toarray()
    ways["smoothed"] = pd.DataFrame(smooth, matrix.index, matrix.columns).stack()
    ways["log_odds"] = score_terms(own, by)["score"]
    return table[["n"]].join(pd.DataFrame(ways)[WAYS])


def _rank(scored: pd.DataFrame, run: str, hidden: Collection[str]) -> pd.DataFrame:
    """Rank the terms of one run in each group, and leave out the hidden ones."""
    kept = scored[~scored.index.get_level_values("term").isin(list(hidden))]
    if kept.empty:
        raise ValueError(f"The {len(set(hidden))} hidden terms are all there are: none is left to rank.")
    rank = kept["score"].groupby(level=0).rank(ascending=False, method="min").astype("Int64")
    table = kept.assign(run=run, rank=rank)[RANKS]
    return table.reset_index()
