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
from corpus_lib.robustness.variants import count_variants
from corpus_lib.terms import check_counts, tf_idf

# Down to this rank a term counts as one of the first of its group.
FIRST = 20

# The ways of weighing, the main one last; compare_weightings makes a column of each.
WAYS = ["groups", "articles", "paragraphs", "smoothed", "log_odds"]

# The columns that the other verbs make, in the order of their output.
RANKS = ["variant", "rank", "overused"]
HOLDS = ["robust"]
SUMS = ["robust_in", "n_variants", "fails_in"]


def rank_variants(
    lines: pd.DataFrame,
    by: str,
    lexicon: pd.DataFrame | None = None,
    exclude: Collection[str] = (),
    without: dict[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Rank the terms of each group on the main path, and again with each choice made differently.

    This is the one verb for a corpus of your own: `count_variants` for the choices of counting, then
    `rank_counts` by log-odds, then `rank_weightings` for the other ways of weighing the main path.
    In: all labelled lines; `lexicon`, or None; `exclude`, terms that get no rank (stop words,
    persons); `without`, lines to leave out in runs of their own.
    Columns out: `by, term, run, rank, more`, for `flag_robust`.

    Raises ValueError for fewer than two groups, for an article in two groups, and what
    `count_variants` raises.

    >>> lines = pd.DataFrame({"doc_id": ["a", "b"], "city": ["X", "Y"], "line": 1, "paragraph": 1})
    >>> lines = lines.assign(zone="body", start=0, end=[6, 5], text=["公安局和公安", "再快一秒!"])
    >>> ranked = rank_variants(lines, "city", pd.DataFrame({"term": ["再快一秒"], "type": ["set"]}))
    >>> ranked["variant"].unique().tolist()[1:7]
    ['without lexicon', 'substrings', 'without a', 'without b', 'weighting: groups', 'weighting: articles']
    """
    require(lines, "doc_id", by)
    refuse_taken(lines.columns, ["term", *RANKS], "rank_variants")
    name_groups(lines, by)
    refuse_split(lines, by)
    runs = count_variants(lines, lexicon, without)
    main = next(iter(runs.values()))
    return pd.concat([rank_counts(runs, by, exclude), rank_weightings(main, by, exclude)], ignore_index=True)


def rank_counts(runs: dict[str, pd.DataFrame], by: str, exclude: Collection[str] = ()) -> pd.DataFrame:
    """Rank the terms of each group by log-odds in each run.

    In: `runs`, the name and the counts of each run (`doc_id, by, term, n`), the main run
    first; `exclude`, terms that get no rank.
    Columns out: `by, term, run, rank` (1 for the most over-used; terms with one score share
    the better rank) and `overused` (whether the group uses the term more than the rest). A run
    with fewer than two groups compares nothing: its terms have no rank.

    Raises ValueError for no runs, when the main run has nothing to compare, and when every
    term is exclude.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "city": ["X", "Y"], "term": "警", "n": [3, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 3])])
    >>> rank_counts({"main": counts}, "city")[["city", "term", "rank", "overused"]].to_numpy().tolist()[:2]
    [['X', '民', 2, False], ['X', '警', 1, True]]
    """
    if not runs:
        raise ValueError("No runs were given: give at least the main run.")
    for counts in runs.values():
        require(counts, by)
        check_counts(counts, by, RANKS, "rank_counts")
    nothing = score_terms(next(iter(runs.values())), by).assign(overused=False, score=nan)
    scored = {
        name: score_terms(counts, by) if counts[by].nunique() > 1 else nothing
        for name, counts in runs.items()
    }
    return pd.concat([_rank(table, name, exclude) for name, table in scored.items()], ignore_index=True)


def rank_weightings(counts: pd.DataFrame, by: str, exclude: Collection[str] = ()) -> pd.DataFrame:
    """Rank the terms of each group by each way of weighing but the main one.

    In: `counts` by paragraph. Columns out: as `rank_counts`; the name of a run is "weighting: " and
    the way. Only terms that the group has get a rank, and `overused` is False for one that weighs zero.

    Raises what `compare_weightings` raises, and ValueError when every term is exclude.
    """
    name_groups(counts, by)
    check_counts(counts, by, RANKS, "rank_weightings")
    scores = _weigh(counts, by)
    more = score_terms(counts, by)["overused"].reindex(scores.index)
    # All terms that weigh zero share one rank, which can be a high one: they are not over-used.
    tables = {
        way: pd.DataFrame({"score": scores[way], "overused": more & (scores[way] > 0)}) for way in WAYS[:-1]
    }
    ranked = [_rank(table, f"weighting: {way}", exclude) for way, table in tables.items()]
    return pd.concat(ranked, ignore_index=True)


def compare_weightings(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weigh each term of each group in five ways that a careful reader could defend.

    In: `counts` by paragraph, with `doc_id, paragraph, by, term, n`.
    Columns out: `by, term, n` and a column for each way, all with the tf of the group but the last:
    `groups`, `articles`, `paragraphs` (tf times idf, as `tf_idf` has them; a document
    is a group, an article or a paragraph), `smoothed` (scikit-learn's: 1 + ln n times
    1 + ln((1 + groups) / (1 + df)), each group scaled to length one; a term that all
    groups have keeps some weight) and `log_odds` (as `keyness`, against the rest).

    Raises ValueError for fewer than two groups, and for one whose counts are all zero.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "paragraph": 1, "city": ["X", "Y"], "term": "警"})
    >>> compare_weightings(counts.assign(n=[1, 2]), "city")["groups"].tolist()
    [0.0, 0.0]
    """
    name_groups(counts, by)
    check_counts(counts, by, WAYS, "compare_weightings")
    return _weigh(counts, by).reset_index()


def flag_robust(ranked: pd.DataFrame, first: int = FIRST) -> pd.DataFrame:
    """Say of each term in each group and run whether its contrast holds: adds `robust`.

    In: what `rank_variants`, `rank_counts` or `rank_weightings` give. A contrast *holds* in a run when
    the group uses the term more often than the rest, and the term is among the group's
    `first` by that run's measure. A term that a run does not have gets no row there, and
    does not hold.

    >>> ranked = pd.DataFrame({"term": ["警", "民"], "rank": [1, 2], "overused": [True, True]})
    >>> flag_robust(ranked, first=1)["robust"].tolist()
    [True, False]
    """
    require(ranked, "rank", "overused")
    refuse_taken(ranked.columns, HOLDS, "flag_robust")
    return ranked.assign(robust=ranked["overused"] & ranked["rank"].le(first).fillna(False).astype(bool))


def summarize_robustness(held: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count for each term of a group in how many runs it holds, and name those where it does not.

    In: what `flag_robust` gives. Columns out: `by, term, holds_in, runs, not_in` (the runs
    in which it does not hold, separated by "; "), for terms that hold somewhere; those that
    hold in most come first.

    >>> flagged = pd.DataFrame({"city": "X", "term": "警", "variant": ["a", "b"], "robust": [True, False]})
    >>> summarize_robustness(flagged, "city")[["robust_in", "n_variants", "fails_in"]].to_numpy().tolist()
    [[1, 2, 'b']]
    """
    require(held, by, "term", "variant", "robust")
    refuse_taken([by], ["term", "variant", "robust"], "summarize_robustness")
    refuse_taken(held.columns, SUMS, "summarize_robustness")
    names = list(dict.fromkeys(held["variant"]))
    held_in = held[held["robust"]].groupby([by, "term"])["variant"].agg(list)
    missing = ["; ".join(name for name in names if name not in there) for there in held_in]
    table = held_in.index.to_frame(index=False)
    table["robust_in"] = pd.Series(map(len, held_in), dtype="int64")
    table["n_variants"], table["fails_in"] = len(names), pd.Series(missing, dtype="str")
    table = table.sort_values([by, "robust_in", "term"], ascending=[True, False, True], ignore_index=True)
    return table[[by, "term", *SUMS]]


def _weigh(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weigh as `compare_weightings`; the groups and the terms are the index."""
    require(counts, "paragraph")
    own = counts[list(dict.fromkeys(["doc_id", "paragraph", by, "term", "n"]))]
    table = tf_idf(own, by).set_index([by, "term"])[["n", "tf"]]
    ways = {}
    for way, document in {"groups": by, "articles": "doc_id", "paragraphs": "paragraph"}.items():
        idf = tf_idf(own, document).drop_duplicates("term").set_index("term")["idf"]
        ways[way] = table["tf"] * idf.reindex(table.index.get_level_values("term")).to_numpy()
    matrix = lay_out(own, by)[0].T
    smooth = TfidfTransformer(sublinear_tf=True).fit_transform(matrix).toarray()
    ways["smoothed"] = pd.DataFrame(smooth, matrix.index, matrix.columns).stack()
    ways["log_odds"] = score_terms(own, by)["score"]
    return table[["n"]].join(pd.DataFrame(ways)[WAYS])


def _rank(scored: pd.DataFrame, run: str, exclude: Collection[str]) -> pd.DataFrame:
    """Rank the terms of one run in each group, and leave out the excluded ones."""
    kept = scored[~scored.index.get_level_values("term").isin(list(exclude))]
    if kept.empty:
        raise ValueError(f"The {len(set(exclude))} excluded terms are all there are: none is left to rank.")
    rank = kept["score"].groupby(level=0).rank(ascending=False, method="min").astype("Int64")
    table = kept.assign(variant=run, rank=rank)[RANKS]
    return table.reset_index()
