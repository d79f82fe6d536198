"""Lines -> the counts that other defensible choices would have given, by the name of the choice.

A study makes many choices: how words are cut, what is counted, which articles are included.
Each run here follows the main path but changes one choice, so that the same question can be
asked of all runs (`rank_counts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
import pandas as pd
from IPython.display import ProgressBar

from corpus_lib.columns import refuse_taken, require
from corpus_lib.segmentation import segment_lines, words
from corpus_lib.terms import PLACE_COLUMNS, SIZE, constant_columns, count_terms, refuse_unparted
from corpus_lib.zones import COUNTED, counted

# In characters: above this size the runs take more than half a minute, and a bar shows how many are done.
# It depends on the size and not on the clock, so that one corpus always looks alike.
SLOW = 500_000

MAIN = "baseline"

# The columns that count_substrings makes, in the order of its output.
STRINGS = ["term", "n", SIZE]


def count_variants(
    lines: pd.DataFrame,
    lexicon: pd.DataFrame | None = None,
    without: dict[str, pd.DataFrame] | None = None,
) -> dict[str, pd.DataFrame]:
    """Count terms again and again, each time with one choice made differently.

    In: labelled `lines`, every zone; the `lexicon` (`term`, and `type` if it has places), or
    None; `without`, further runs by name, each with the lines that it leaves out.
    Out: the name and the counts of each run, the main path first (our lexicon, jieba's
    guessing, counted zones). Then: no guessing; no lexicon; plain strings (terms of
    two characters or more, see `count_substrings`); captions in; titles and headings out; words
    that contain a place of the lexicon out; each of `without`; each article out. Counts are by
    paragraph, those of plain strings by article. A choice that changes nothing in this corpus
    gives no run. There are some more runs than articles: this is a verb for tens of articles.

    A long corpus shows a bar while it runs. Raises ValueError for lines without a counted word,
    and for a run of `without` that has no line.

    >>> lines = pd.DataFrame({"doc_id": ["a", "b"], "line": 1, "paragraph": 1, "zone": "body"})
    >>> lines = lines.assign(start=0, end=[6, 5], text=["公安局和公安", "再快一秒!"])
    >>> list(count_variants(lines, pd.DataFrame({"term": ["再快一秒"], "type": ["set"]})))
    ['baseline', 'without lexicon', 'substrings', 'without a', 'without b']
    """
    require(lines, "doc_id", "line", "zone", "start", "text")
    refuse_unparted(lines)
    tokens = segment_lines(lines, lexicon)
    main = words(counted(tokens))
    if main.empty:
        raise ValueError("No line has a counted word: there is nothing to vary. Look at the last filter.")
    count = partial(count_terms, part="paragraph")
    ways: dict[str, Callable[[], pd.DataFrame]] = {
        MAIN: partial(count, main),
        "without HMM": partial(_recut, lines, lexicon, hmm=False),
        "without lexicon": partial(_recut, lines, None, hmm=True),
        "substrings": partial(_count_as_strings, counted(lines), main),
        "with captions": partial(count, words(tokens[tokens["zone"].isin([*COUNTED, "caption"])])),
        "without titles, headings": partial(count, main[main["zone"] == "body"]),
        "without place names": partial(count, main[~_hold_place(main["term"], lexicon)]),
    }
    articles = {f"without {i}": main[main["doc_id"] == i] for i in sorted(main["doc_id"].unique())}
    taken = sorted({*ways, *articles} & set(without or {}))
    if taken:
        raise ValueError(f"{taken[0]!r} is a run already: give the run that leaves lines out another name.")
    ways |= {name: partial(_leave_out, main, out) for name, out in {**(without or {}), **articles}.items()}
    slow = int(lines["text"].str.len().sum()) > SLOW
    runs = {name: way() for name, way in (_watched(ways) if slow else ways.items())}
    return {name: run for name, run in runs.items() if name == MAIN or not run.equals(runs[MAIN])}


def count_substrings(lines: pd.DataFrame, terms: list[str], by: list[str]) -> pd.DataFrame:
    """Count terms as strings of characters, without cutting words: no segmenter touches this run.

    In: lines with `doc_id, text` and the articles' own columns `by` to carry; the terms to look for.
    Columns out: `doc_id`, those of `by`, `term`, `n` (zero where an article does not have the
    term) and `n_characters` (the size of the article). Every verb that takes counts takes these,
    and gives rates per character.

    It counts 公安 inside 公安局 too, so terms overlap. Where the sum of an article's counts is
    above its characters, that sum is its size.

    Raises ValueError for a column of `by` that has several values in one article.

    >>> lines = pd.DataFrame({"doc_id": ["a"], "city": ["X"], "text": ["公安局和公安"]})
    >>> count_substrings(lines, ["公安", "民警"], ["city"]).to_numpy().tolist()
    [['a', 'X', '公安', 2, 6], ['a', 'X', '民警', 0, 6]]
    """
    require(lines, "doc_id", "text", *by)
    refuse_taken(lines.columns, STRINGS, "count_substrings")
    own = [column for column in dict.fromkeys(by) if column != "doc_id"]
    split = set(own) - set(constant_columns(lines[["doc_id", *own]], ["doc_id"]))
    if split:
        raise ValueError(f"{min(split)} has several values in one article: strings are counted by article.")
    terms = list(dict.fromkeys(terms))
    if "" in terms:
        raise ValueError("One of the terms is empty: leave it out.")
    texts = lines.groupby(["doc_id", *own], sort=True, dropna=False)["text"].agg("\n".join)
    characters = np.array([len(text.replace("\n", "")) for text in texts], dtype="int64")
    n = np.array([[text.count(term) for term in terms] for text in texts], dtype="int64")
    n = n.reshape(len(texts), len(terms))
    size = np.maximum(characters, n.sum(axis=1))
    table = texts.index.repeat(len(terms)).to_frame(index=False)
    table["term"] = pd.Series(terms * len(texts), dtype="str")
    table["n"], table[SIZE] = n.ravel(), np.repeat(size, len(terms))
    return table[["doc_id", *own, *STRINGS]]


def _count_as_strings(lines: pd.DataFrame, main: pd.DataFrame) -> pd.DataFrame:
    """Count every term of the main path as a string; a single character is mostly a part of other words."""
    terms = sorted(term for term in set(main["term"]) if len(term) > 1)
    own = [c for c in constant_columns(lines, ["doc_id"]) if c not in {*PLACE_COLUMNS, "text"}]
    return count_substrings(lines, terms, own)


def _hold_place(terms: pd.Series[str], lexicon: pd.DataFrame | None) -> pd.Series[bool]:
    """Say of each term whether it contains the name of a place."""
    places: list[str] = []
    if lexicon is not None and "type" in lexicon:
        places = lexicon.loc[lexicon["type"] == "place", "term"].tolist()
    return terms.map(lambda term: any(place in term for place in places)).astype(bool)


def _recut(lines: pd.DataFrame, lexicon: pd.DataFrame | None, hmm: bool) -> pd.DataFrame:
    """Cut the counted lines in another way, and count."""
    return count_terms(words(segment_lines(counted(lines), lexicon, hmm)), part="paragraph")


def _leave_out(tokens: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Count the tokens that are in none of these lines."""
    require(lines, "doc_id", "line")
    if lines.empty:
        raise ValueError("A run of `without` has no lines to leave out: look at their selection.")
    places = [pd.MultiIndex.from_frame(frame[["doc_id", "line"]]) for frame in (tokens, lines)]
    return count_terms(tokens[~places[0].isin(places[1])], part="paragraph")


def _watched(
    ways: dict[str, Callable[[], pd.DataFrame]],
) -> Iterable[tuple[str, Callable[[], pd.DataFrame]]]:
    """Go through the runs with a bar that shows how many are done."""
    return (pair for _, pair in zip(ProgressBar(len(ways)), ways.items(), strict=True))
