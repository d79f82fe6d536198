"""Analysis variants -> which contrasts survive in how many of them (a sensitivity analysis).

A result may depend on one defensible choice: how text is segmented, what is counted, which articles are
included, or how terms are weighted. So each variant repeats the analysis with one choice changed. "Robust in
n of m variants" is not a probability: the variants are neither drawn at random nor independent.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfTransformer

from corpus_lib.columns import refuse_taken, require
from corpus_lib.keyness import lay_out, name_groups, score_terms
from corpus_lib.segmentation import segment_lines
from corpus_lib.terms import SIZE, check_counts, constant_columns, count_terms, refuse_unparted, tf_idf
from corpus_lib.vocabulary import compound_terms, words
from corpus_lib.zones import COUNTED, LINES, counted

# The variant with no choice changed; and the last rank at which a term is a top-ranked term of its group.
BASELINE, FIRST = "baseline", 20
# The columns that ranking makes, in the order of its output.
RANKS = ["variant", "rank", "overused"]


def count_variants(
    lines: pd.DataFrame, lexicon: pd.DataFrame | None = None, without: dict[str, pd.DataFrame] | None = None
) -> dict[str, pd.DataFrame]:
    """Count the terms of a corpus once per analysis variant, each with one choice changed.

    In: labelled `lines` of every zone; the `lexicon` (`term`, and `type` if it has places), or None;
    `without`, further variants by name, each with the lines that it leaves out. Out: the counts of each
    variant by its name, by paragraph (substrings: by article), the baseline first. A variant that equals the
    baseline is dropped. There are more variants than articles: use it for tens of articles. Raises ValueError
    for lines without a counted word, and for a variant of `without` that has no line or whose name is taken.

    >>> lines = pd.DataFrame({"doc_id": ["a", "b"], "line": 1, "paragraph": 1, "zone": "body"})
    >>> lines = lines.assign(start=0, end=[6, 5], text=["公安局和公安", "再快一秒!"])
    >>> list(count_variants(lines, pd.DataFrame({"term": ["再快一秒"], "type": ["set"]})))
    ['baseline', 'without lexicon', 'substrings', 'without a', 'without b']
    """
    require(lines, "doc_id", "line", "zone", "start", "text")
    refuse_unparted(lines)
    typed = lexicon if lexicon is not None and "type" in lexicon else pd.DataFrame(columns=["term", "type"])
    tokens, plain = compound_terms(segment_lines(lines, lexicon), typed), counted(lines)
    baseline = words(counted(tokens))
    if baseline.empty:
        raise ValueError("No line has a counted word: check the filter before this step.")
    places = typed.loc[typed["type"] == "place", "term"].tolist()
    names_no_place = [not any(place in term for place in places) for term in baseline["term"]]
    kept = {
        BASELINE: baseline,
        "without HMM": words(compound_terms(segment_lines(plain, lexicon, hmm=False), typed)),
        "without lexicon": words(segment_lines(plain)),
        "substrings": baseline,  # counted otherwise, below
        "with captions": words(tokens[tokens["zone"].isin([*COUNTED, "caption"])]),
        "without titles, headings": baseline[baseline["zone"] == "body"],
        "without place names": baseline[names_no_place],
    }
    kept |= _without_lines(baseline, without or {}, {*kept})
    variants = {name: count_terms(rows, "paragraph") for name, rows in kept.items()}
    variants["substrings"] = _count_substrings(plain, baseline["term"])
    return {name: n for name, n in variants.items() if name == BASELINE or not n.equals(variants[BASELINE])}


def rank_counts(variants: dict[str, pd.DataFrame], by: str) -> pd.DataFrame:
    """Rank the terms of each group by log-odds in each variant.

    In: `variants`, the counts of each by its name, the baseline first. Columns out: `by, term, variant, rank`
    (1 for the most over-used term; equal scores share the better one; none in a variant of fewer than two
    groups), `overused` (whether the group uses the term more than the rest). Raises ValueError for no
    variant, and for a baseline of fewer than two groups.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "city": ["X", "Y"], "term": ["警", "民"], "n": [3, 1]})
    >>> rank_counts({"baseline": counts}, "city").to_numpy().tolist()[:2]
    [['X', '民', 'baseline', 2, False], ['X', '警', 'baseline', 1, True]]
    """
    if not variants:
        raise ValueError("There is no variant to rank: pass at least the baseline.")
    for counts in variants.values():
        check_counts(counts, by, RANKS, "rank_counts")
    unranked = score_terms(next(iter(variants.values())), by).assign(overused=False, score=np.nan)
    scored = {
        name: score_terms(counts, by) if counts[by].nunique() > 1 else unranked
        for name, counts in variants.items()
    }
    return _rank(scored)


def rank_weightings(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rank the terms that each group uses by four kinds of TF-IDF instead of log-odds.

    In: `counts` by paragraph. Columns out and raised: as `rank_counts`. Variants are "weighting: " and
    `groups`, `articles` or `paragraphs` (what one document is), or `smoothed`: scikit-learn's (1 + ln n)
    times (1 + ln((1 + groups) / (1 + df))), scaled to length one in each group. `overused` is False for a
    weight of zero: such terms share one rank, which can be a good one.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "paragraph": 1, "city": ["X", "Y"], "n": [1, 2]})
    >>> rank_weightings(counts.assign(term=["警", "民"]), "city")["rank"].tolist()
    [1, 1, 1, 1, 1, 1, 1, 1]
    """
    name_groups(counts, by)
    check_counts(counts, by, RANKS, "rank_weightings")
    weights = _weigh(counts, by)
    overused = score_terms(counts, by)["overused"].reindex(weights.index)
    return _rank(
        {
            f"weighting: {method}": pd.DataFrame({"score": weight, "overused": overused & (weight > 0)})
            for method, weight in weights.items()
        }
    )


def flag_robust(ranked: pd.DataFrame, first: int = FIRST) -> pd.DataFrame:
    """Say for each term, group and variant whether the contrast survives: adds `robust`.

    In: ranks, as `rank_counts` gives them. A contrast survives in a variant when the group uses the term
    more than the rest, and the term is among the `first` of its group (just inside, it may fail by one rank).
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

    In: what `flag_robust` gives. Columns out: `by, term, robust_in` (number of variants), `n_variants` (all),
    `fails_in` (those where it fails or is absent, separated by "; "), for terms robust in at least one, the
    most robust of each group first. Raises ValueError for a frame without `by, term, variant, robust`.

    >>> flagged = pd.DataFrame({"city": "X", "term": "警", "variant": ["a", "b"], "robust": [True, False]})
    >>> summarize_robustness(flagged, "city").to_numpy().tolist()
    [['X', '警', 1, 2, 'b']]
    """
    require(flagged, by, "term", "variant", "robust")
    refuse_taken([by], ["term", "variant", "robust"], "summarize_robustness")
    refuse_taken(flagged.columns, ["robust_in", "n_variants", "fails_in"], "summarize_robustness")
    names = list(dict.fromkeys(flagged["variant"]))
    robust = flagged[flagged["robust"]].groupby([by, "term"])["variant"].agg(list)
    fails = ["; ".join(name for name in names if name not in survived) for survived in robust]
    table = pd.DataFrame({"robust_in": robust.map(len).astype("int64"), "n_variants": len(names)})
    table = table.assign(fails_in=pd.Series(fails, robust.index, dtype="str")).reset_index()
    return table.sort_values([by, "robust_in", "term"], ascending=[True, False, True], ignore_index=True)


def _without_lines(
    tokens: pd.DataFrame, without: dict[str, pd.DataFrame], taken: set[str]
) -> dict[str, pd.DataFrame]:
    """Leave out lines: first those of each variant of `without`, then one article at a time."""
    articles = {f"without {i}": tokens[tokens["doc_id"] == i] for i in sorted(tokens["doc_id"].unique())}
    if clash := sorted((taken | set(articles)) & set(without)):
        raise ValueError(f"There is a variant {clash[0]!r} already: give yours in `without` another name.")
    kept = {}
    for name, lines in (without | articles).items():
        require(lines, "doc_id", "line")
        if lines.empty:
            raise ValueError(f"The variant {name!r} has no lines to leave out: check how you selected them.")
        places, left_out = (pd.MultiIndex.from_frame(f[["doc_id", "line"]]) for f in (tokens, lines))
        kept[name] = tokens[~places.isin(left_out)]
    return kept


def _count_substrings(lines: pd.DataFrame, terms: Collection[str]) -> pd.DataFrame:
    """Count strings of two characters or more; an article's size is its characters, or their sum if more."""
    terms = sorted(term for term in set(terms) if len(term) > 1)
    own = [c for c in constant_columns(lines, ["doc_id"]) if c not in LINES]
    texts = lines.groupby(["doc_id", *own], dropna=False, observed=True)["text"].agg(list)
    n = [[sum(text.count(term) for text in own_texts) for term in terms] for own_texts in texts]
    size = [max(sum(map(len, own_texts)), sum(row)) for own_texts, row in zip(texts, n, strict=True)]
    table = texts.index.repeat(len(terms)).to_frame(index=False)
    table["term"] = pd.Series(terms * len(texts), dtype="str")
    table["n"], table[SIZE] = np.array(n, dtype="int64").ravel(), np.repeat(size, len(terms)).astype("int64")
    return table


def _weigh(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weight as `rank_weightings` says; the groups and the terms are the index."""
    require(counts, "paragraph")
    own = counts[list(dict.fromkeys(["doc_id", "paragraph", by, "term", "n"]))]
    weights = tf_idf(own, by).set_index([by, "term"])[["tf"]]
    for method, document in {"groups": by, "articles": "doc_id", "paragraphs": "paragraph"}.items():
        idf = tf_idf(own, document).drop_duplicates("term").set_index("term")["idf"]
        weights[method] = weights["tf"].mul(idf, level="term")
    matrix = lay_out(own, by)[0].T
    smooth = TfidfTransformer(sublinear_tf=True).fit_transform(matrix).toarray()
    weights["smoothed"] = pd.DataFrame(smooth, matrix.index, matrix.columns).stack()
    return weights.drop(columns="tf")


def _rank(scored: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Rank the terms of each group by their score in each variant."""
    table = pd.concat(scored, names=["variant"])
    rank = table["score"].groupby(level=[0, 1]).rank(ascending=False, method="min").astype("Int64")
    return table.assign(rank=rank)[RANKS[1:]].reset_index()[[*table.index.names[1:], *RANKS]]
