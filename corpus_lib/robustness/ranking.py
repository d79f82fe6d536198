"""Analysis variants -> which contrasts survive in how many of them (a sensitivity analysis).

A result may depend on one defensible choice: how text is segmented, what is counted, which articles
are included, or how terms are weighted. So we repeat the analysis and change one choice at a time.
"Robust in n of m variants" sums up what we tried. It is not a probability: the variants are neither
drawn at random nor independent.
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

# A term of this rank or better is a top-ranked term of its group.
FIRST = 20

# The ranking methods, each a column of compare_weightings; the last is the baseline.
METHODS = ["groups", "articles", "paragraphs", "smoothed", "log_odds"]

# The columns that the other verbs make, in the order of their output.
RANKS = ["variant", "rank", "overused"]
SUMMARY = ["robust_in", "n_variants", "fails_in"]


def rank_variants(
    lines: pd.DataFrame,
    by: str,
    lexicon: pd.DataFrame | None = None,
    exclude: Collection[str] = (),
    without: dict[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Rank the terms of each group in the baseline analysis and in every variant.

    Use this one verb for a corpus of your own. It ranks each variant by log-odds (`rank_counts`), and
    the baseline by the other methods (`rank_weightings`).
    In: `lines`, `lexicon` and `without` as in `count_variants`; `exclude`, terms that get no rank (stop
    words, persons). Columns out: as `rank_counts`, for `flag_robust`.

    Raises what `count_variants` raises, and ValueError for an article in two groups.

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
    variants = count_variants(lines, lexicon, without)
    baseline = next(iter(variants.values()))
    tables = [rank_counts(variants, by, exclude), rank_weightings(baseline, by, exclude)]
    return pd.concat(tables, ignore_index=True)


def rank_counts(variants: dict[str, pd.DataFrame], by: str, exclude: Collection[str] = ()) -> pd.DataFrame:
    """Rank the terms of each group by log-odds in each variant.

    In: `variants`, the counts of each by its name (`doc_id, by, term, n`), the baseline first;
    `exclude`, terms that get no rank.
    Columns out: `by, term, variant, rank` (1 for the most over-used term; terms with equal scores
    share the better rank) and `overused` (whether the group uses the term more than the rest). A
    variant with fewer than two groups compares nothing, so its terms have no rank.

    Ranks say nothing about distances: two ranks may hide a large gap or none.

    Raises ValueError when there is no variant, when the baseline has fewer than two groups, and when
    every term is excluded.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "city": ["X", "Y"], "term": "警", "n": [3, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 3])])
    >>> ranked = rank_counts({"baseline": counts}, "city")
    >>> ranked[["city", "term", "rank", "overused"]].to_numpy().tolist()[:2]
    [['X', '民', 2, False], ['X', '警', 1, True]]
    """
    if not variants:
        raise ValueError("There is no variant to rank: pass at least the baseline.")
    for counts in variants.values():
        check_counts(counts, by, RANKS, "rank_counts")
    unranked = score_terms(next(iter(variants.values())), by).assign(overused=False, score=nan)
    ranked = [
        _rank(score_terms(counts, by) if counts[by].nunique() > 1 else unranked, name, exclude)
        for name, counts in variants.items()
    ]
    return pd.concat(ranked, ignore_index=True)


def rank_weightings(counts: pd.DataFrame, by: str, exclude: Collection[str] = ()) -> pd.DataFrame:
    """Rank the terms of each group by each ranking method except log-odds.

    In: `counts` by paragraph. Columns out: as `rank_counts`; the variant is named "weighting: " and
    the method. Only terms that the group uses get a rank. `overused` is False for a weight of zero,
    because all such terms share one rank, which can be a good one.

    Raises what `compare_weightings` raises, and ValueError when every term is excluded.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "paragraph": 1, "city": ["X", "Y"], "n": [1, 2]})
    >>> rank_weightings(counts.assign(term=["警", "民"]), "city")["rank"].tolist()
    [1, 1, 1, 1, 1, 1, 1, 1]
    """
    name_groups(counts, by)
    check_counts(counts, by, RANKS, "rank_weightings")
    scores = _weigh(counts, by)
    overused = score_terms(counts, by)["overused"].reindex(scores.index)
    ranked = []
    for method in METHODS[:-1]:
        table = pd.DataFrame({"score": scores[method], "overused": overused & (scores[method] > 0)})
        ranked.append(_rank(table, f"weighting: {method}", exclude))
    return pd.concat(ranked, ignore_index=True)


def compare_weightings(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weight each term of each group by the five ranking methods.

    In: `counts` by paragraph, with `doc_id, paragraph, by, term, n`.
    Columns out: `by, term, n` (uses) and a weight for each method. Four are TF-IDF with the tf of the
    group. `groups`, `articles` and `paragraphs` say what one document is (see `tf_idf`). `smoothed` is
    scikit-learn's: (1 + ln n) times (1 + ln((1 + groups) / (1 + df))), scaled to length one in each
    group; a term that all groups use keeps some weight. `log_odds` is that of `keyness`.

    Compare ranks, not weights: each method has its own scale.

    Raises ValueError for fewer than two groups, and for a group, article or paragraph of zeros only.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "paragraph": 1, "city": ["X", "Y"], "term": "警"})
    >>> compare_weightings(counts.assign(n=[1, 2]), "city")["groups"].tolist()
    [0.0, 0.0]
    """
    name_groups(counts, by)
    check_counts(counts, by, METHODS, "compare_weightings")
    return _weigh(counts, by).reset_index()


def flag_robust(ranked: pd.DataFrame, first: int = FIRST) -> pd.DataFrame:
    """Say for each term, group and variant whether the contrast survives: adds `robust`.

    In: what `rank_variants`, `rank_counts` or `rank_weightings` give. A contrast survives in a variant
    when the group uses the term more than the rest, and the term is among the `first` of its group.
    A term that a variant lacks has no row there, and does not survive.

    A term just inside the limit may fail by one rank: try another `first`.

    Raises ValueError for a frame without `rank, overused`.

    >>> ranked = pd.DataFrame({"term": ["警", "民"], "rank": [1, 2], "overused": [True, True]})
    >>> flag_robust(ranked, first=1)["robust"].tolist()
    [True, False]
    """
    require(ranked, "rank", "overused")
    refuse_taken(ranked.columns, ["robust"], "flag_robust")
    return ranked.assign(robust=ranked["overused"] & ranked["rank"].le(first).fillna(False).astype(bool))


def summarize_robustness(flagged: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count in how many variants each term of a group is robust, and name those in which it fails.

    In: what `flag_robust` gives. Columns out: `by, term, robust_in` (number of variants),
    `n_variants` (all of them), `fails_in` (the variants in which it fails, separated by "; "), for
    terms that are robust in at least one. Sorted by group; the most robust term comes first.

    The count depends on the variants that were tried. It is not a probability.

    Raises ValueError for a frame without `by, term, variant, robust`.

    >>> flagged = pd.DataFrame({"city": "X", "term": "警", "variant": ["a", "b"], "robust": [True, False]})
    >>> summarize_robustness(flagged, "city")[["robust_in", "n_variants", "fails_in"]].to_numpy().tolist()
    [[1, 2, 'b']]
    """
    require(flagged, by, "term", "variant", "robust")
    refuse_taken([by], ["term", "variant", "robust"], "summarize_robustness")
    refuse_taken(flagged.columns, SUMMARY, "summarize_robustness")
    names = list(dict.fromkeys(flagged["variant"]))
    robust = flagged[flagged["robust"]].groupby([by, "term"])["variant"].agg(list)
    fails = ["; ".join(name for name in names if name not in survived) for survived in robust]
    table = pd.DataFrame({"robust_in": robust.map(len).astype("int64"), "n_variants": len(names)})
    table = table.assign(fails_in=pd.Series(fails, robust.index, dtype="str")).reset_index()
    return table.sort_values([by, "robust_in", "term"], ascending=[True, False, True], ignore_index=True)


def _weigh(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weight as `compare_weightings`; the groups and the terms are the index."""
    require(counts, "paragraph")
    own = counts[list(dict.fromkeys(["doc_id", "paragraph", by, "term", "n"]))]
    table = tf_idf(own, by).set_index([by, "term"])[["n", "tf"]]
    weights = {}
    for method, document in {"groups": by, "articles": "doc_id", "paragraphs": "paragraph"}.items():
        idf = tf_idf(own, document).drop_duplicates("term").set_index("term")["idf"]
        weights[method] = table["tf"] * idf.reindex(table.index.get_level_values("term")).to_numpy()
    matrix = lay_out(own, by)[0].T
    smooth = TfidfTransformer(sublinear_tf=True).fit_transform(matrix).toarray()
    weights["smoothed"] = pd.DataFrame(smooth, matrix.index, matrix.columns).stack()
    weights["log_odds"] = score_terms(own, by)["score"]
    return table[["n"]].join(pd.DataFrame(weights)[METHODS])


def _rank(scored: pd.DataFrame, variant: str, exclude: Collection[str]) -> pd.DataFrame:
    """Rank the terms of one variant in each group, without the excluded ones."""
    kept = scored[~scored.index.get_level_values("term").isin(list(exclude))]
    if kept.empty:
        raise ValueError(f"`exclude` has {len(set(exclude))} terms and leaves none to rank: shorten it.")
    rank = kept["score"].groupby(level=0).rank(ascending=False, method="min").astype("Int64")
    return kept.assign(variant=variant, rank=rank)[RANKS].reset_index()
