"""Lines -> the counts that other defensible choices give, one table per analysis variant.

A study makes many choices: how text is segmented, what is counted, which articles are included.
Each variant repeats the baseline analysis with one choice changed, so that the same question can be
asked of every variant (`rank_counts`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from corpus_lib.columns import refuse_taken, require
from corpus_lib.segmentation import segment_lines, words
from corpus_lib.terms import PLACE_COLUMNS, SIZE, constant_columns, count_terms, refuse_unparted
from corpus_lib.zones import COUNTED, counted

BASELINE = "baseline"

# The columns that count_substrings makes, in the order of its output.
SUBSTRINGS = ["term", "n", SIZE]


def count_variants(
    lines: pd.DataFrame,
    lexicon: pd.DataFrame | None = None,
    without: dict[str, pd.DataFrame] | None = None,
) -> dict[str, pd.DataFrame]:
    """Count the terms of a corpus once per analysis variant, each with one choice changed.

    In: labelled `lines` of every zone; the `lexicon` (`term`, and `type` if it has places), or None;
    `without`, further variants by name, each with the lines that it leaves out.
    Out: the counts of each variant by its name, the baseline first (with the lexicon, jieba's hidden
    Markov model, HMM, and the counted zones). The others are: without HMM; without lexicon; substrings
    (terms of two characters or more, see `count_substrings`); with captions; without titles and
    headings; without words that contain a place of the lexicon; each of `without`; each article left
    out. Counts are by paragraph, those of substrings by article. A variant that equals the baseline is
    dropped. There are more variants than articles, so this verb is for tens of articles.

    Raises ValueError for lines without a counted word, for a variant of `without` that has no line,
    and for one whose name is taken.

    >>> lines = pd.DataFrame({"doc_id": ["a", "b"], "line": 1, "paragraph": 1, "zone": "body"})
    >>> lines = lines.assign(start=0, end=[6, 5], text=["公安局和公安", "再快一秒!"])
    >>> list(count_variants(lines, pd.DataFrame({"term": ["再快一秒"], "type": ["set"]})))
    ['baseline', 'without lexicon', 'substrings', 'without a', 'without b']
    """
    require(lines, "doc_id", "line", "zone", "start", "text")
    refuse_unparted(lines)
    tokens = segment_lines(lines, lexicon)
    baseline = words(counted(tokens))
    if baseline.empty:
        raise ValueError("No line has a counted word: check the filter before this step.")
    plain, places = counted(lines), _places(lexicon)
    is_place = baseline["term"].map(lambda term: any(place in term for place in places)).astype("bool")
    kept = {
        BASELINE: baseline,
        "without HMM": words(segment_lines(plain, lexicon, hmm=False)),
        "without lexicon": words(segment_lines(plain)),
        "substrings": None,
        "with captions": words(tokens[tokens["zone"].isin([*COUNTED, "caption"])]),
        "without titles, headings": baseline[baseline["zone"] == "body"],
        "without place names": baseline[~is_place],
    }
    kept |= _without(baseline, without or {}, {*kept})
    variants = {
        name: _count_as_substrings(plain, baseline) if rows is None else count_terms(rows, "paragraph")
        for name, rows in kept.items()
    }
    return {name: n for name, n in variants.items() if name == BASELINE or not n.equals(variants[BASELINE])}


def count_substrings(lines: pd.DataFrame, terms: list[str], by: list[str]) -> pd.DataFrame:
    """Count terms as strings of characters, without segmentation.

    In: lines with `doc_id, text` and the articles' own columns `by` to carry; the terms to count.
    Columns out: `doc_id`, those of `by`, `term`, `n` (occurrences; zero where an article lacks the
    term) and `n_characters` (the size of the article, which makes rates per character). Every verb
    that takes counts accepts these.

    It counts 公安 inside 公安局 too, so terms overlap. Where the sum of an article's counts exceeds
    its characters, that sum is its size.

    Raises ValueError for an empty term, and for a column of `by` with several values in one article.

    >>> lines = pd.DataFrame({"doc_id": ["a"], "city": ["X"], "text": ["公安局和公安"]})
    >>> count_substrings(lines, ["公安", "民警"], ["city"]).to_numpy().tolist()
    [['a', 'X', '公安', 2, 6], ['a', 'X', '民警', 0, 6]]
    """
    require(lines, "doc_id", "text", *by)
    refuse_taken(lines.columns, SUBSTRINGS, "count_substrings")
    own = [column for column in dict.fromkeys(by) if column != "doc_id"]
    split = set(own) - set(constant_columns(lines[["doc_id", *own]], ["doc_id"]))
    if split:
        raise ValueError(f"{min(split)} has several values in one article: drop it from `by`.")
    terms = list(dict.fromkeys(terms))
    if "" in terms:
        raise ValueError("One of the terms is empty: leave it out.")
    texts = lines.groupby(["doc_id", *own], dropna=False, observed=True)["text"].agg(list)
    n = [[sum(text.count(term) for text in own_texts) for term in terms] for own_texts in texts]
    size = [max(sum(map(len, own_texts)), sum(row)) for own_texts, row in zip(texts, n, strict=True)]
    table = texts.index.repeat(len(terms)).to_frame(index=False)
    table["term"] = pd.Series(terms * len(texts), dtype="str")
    table["n"] = np.array(n, dtype="int64").ravel()
    table[SIZE] = np.repeat(np.array(size, dtype="int64"), len(terms))
    return table[["doc_id", *own, *SUBSTRINGS]]


def _count_as_substrings(lines: pd.DataFrame, baseline: pd.DataFrame) -> pd.DataFrame:
    """Count every baseline term as a string, except single characters, which are mostly parts of words."""
    terms = sorted(term for term in set(baseline["term"]) if len(term) > 1)
    own = [c for c in constant_columns(lines, ["doc_id"]) if c not in {*PLACE_COLUMNS, "text"}]
    return count_substrings(lines, terms, own)


def _places(lexicon: pd.DataFrame | None) -> list[str]:
    """List the names of places of a lexicon, if it says which of its terms are places."""
    if lexicon is None or "type" not in lexicon:
        return []
    return lexicon.loc[lexicon["type"] == "place", "term"].tolist()


def _without(
    tokens: pd.DataFrame, without: dict[str, pd.DataFrame], taken: set[str]
) -> dict[str, pd.DataFrame]:
    """Leave out lines: first those of each variant of `without`, then one article at a time."""
    articles = {f"without {i}": tokens[tokens["doc_id"] != i] for i in sorted(tokens["doc_id"].unique())}
    clash = sorted((taken | set(articles)) & set(without))
    if clash:
        raise ValueError(f"There is a variant {clash[0]!r} already: give yours in `without` another name.")
    kept = {}
    for name, lines in without.items():
        require(lines, "doc_id", "line")
        if lines.empty:
            raise ValueError(f"The variant {name!r} has no lines to leave out: check how you selected them.")
        places = [pd.MultiIndex.from_frame(frame[["doc_id", "line"]]) for frame in (tokens, lines)]
        kept[name] = tokens[~places[0].isin(places[1])]
    return kept | articles
