"""Lines -> the counts that other defensible choices would have given, by the name of the choice.

A study is one path through many forks: how words are cut, what is counted, which article
is in. Each run here takes the main path but for one fork, so that a result can be asked
again in all of them (`rank_runs`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pandas as pd
from IPython.display import ProgressBar

from corpus_lib.segmenting import segment_lines, words
from corpus_lib.terms import PLACE_COLUMNS, count_terms, refuse_unparted
from corpus_lib.zones import COUNTED, counted

# In characters: from here on the runs take more than half a minute, and a bar says how far they are.
# By size and not by the clock, so that one corpus always looks alike.
SLOW = 500_000

MAIN = "main path"


def vary_counts(
    lines: pd.DataFrame, lexicon: pd.DataFrame, without: dict[str, pd.DataFrame] | None = None
) -> dict[str, pd.DataFrame]:
    """Count terms again and again, each time with one choice made otherwise.

    In: labelled `lines`, every zone; the `lexicon` (`term, type`); `without`, further runs
    by name, each the lines that it leaves out.
    Out: a name and the counts of each run, the main path first (our lexicon, jieba's
    guessing, counted zones). Then: no guessing; no lexicon; plain strings (terms of
    two characters or more, see `count_strings`); captions in; titles and headings out; words
    that hold a place of the lexicon out; each of `without`; each article out. Counts are by
    paragraph, those of plain strings by article. A choice that changes nothing in this corpus
    is no run, and left out. There are as many runs as articles and some more: this is a verb
    for tens of articles.

    A long corpus shows a bar while it runs. Raises ValueError for a run of `without` that
    has no line, and what `count_terms` raises.

    >>> lines = pd.DataFrame({"doc_id": ["a", "b"], "line": 1, "paragraph": 1, "zone": "body"})
    >>> lines = lines.assign(start=0, end=[6, 5], text=["公安局和公安", "再快一秒!"])
    >>> list(vary_counts(lines, pd.DataFrame({"term": ["再快一秒"], "type": ["set"]})))
    ['main path', 'no lexicon', 'plain strings', 'without a', 'without b']
    """
    refuse_unparted(lines)
    tokens = segment_lines(lines, lexicon)
    main = words(counted(tokens))
    named = lexicon.loc[lexicon["type"] == "place", "term"] if "type" in lexicon else lexicon["term"].head(0)
    places = main["term"].map(_holding(named)).astype(bool)
    ways: dict[str, Callable[[], pd.DataFrame]] = {
        MAIN: partial(count_terms, main, part="paragraph"),
        "no guessing": partial(_recut, lines, lexicon, hmm=False),
        "no lexicon": partial(_recut, lines, None, hmm=True),
        "plain strings": partial(_count_as_strings, counted(lines), main),
        "captions in": partial(_count, words(tokens[tokens["zone"].isin([*COUNTED, "caption"])])),
        "titles, headings out": partial(_count, main[main["zone"] == "body"]),
        "place names out": partial(_count, main[~places]),
    }
    articles = {f"without {i}": main[main["doc_id"] == i] for i in sorted(main["doc_id"].unique())}
    taken = sorted({*ways, *articles} & set(without or {}))
    if taken:
        raise ValueError(f"{taken[0]!r} is a run already: name the one that leaves lines out otherwise.")
    ways |= {name: partial(_leave_out, main, out) for name, out in {**(without or {}), **articles}.items()}
    slow = int(lines["text"].str.len().sum()) > SLOW
    runs = {name: way() for name, way in (_watched(ways) if slow else ways.items())}
    return {name: run for name, run in runs.items() if name == MAIN or not run.equals(runs[MAIN])}


def count_strings(lines: pd.DataFrame, terms: list[str], by: list[str]) -> pd.DataFrame:
    """Count terms as strings of characters, without cutting words: a run that no segmenter touches.

    In: lines with `doc_id, text` and the columns `by` to carry; the terms to look for.
    Columns out: `doc_id`, those of `by`, `term`, `n`. One more row an article, the term ""
    (nothing), brings its sum up to its characters, so that a rate is per character.

    It counts 公安 inside 公安局 too, so terms overlap; where they do so often that their
    sum is above the characters, that row is nought.

    >>> lines = pd.DataFrame({"doc_id": ["a"], "city": ["X"], "text": ["公安局和公安"]})
    >>> count_strings(lines, ["公安", "民警"], ["city"]).to_numpy().tolist()
    [['a', 'X', '公安', 2], ['a', 'X', '', 4]]
    """
    texts = lines.groupby(["doc_id", *by], sort=True, dropna=False)["text"].agg("\n".join)
    rows = []
    for key, text in zip(texts.index, texts, strict=True):
        key = key if isinstance(key, tuple) else (key,)
        found = {term: text.count(term) for term in terms if term in text}
        left = len(text.replace("\n", "")) - sum(found.values())
        rows += [(*key, term, n) for term, n in {**found, "": max(left, 0)}.items()]
    return pd.DataFrame(rows, columns=["doc_id", *by, "term", "n"])


def _count(tokens: pd.DataFrame) -> pd.DataFrame:
    """Count by paragraph; what is asked of articles sums it. A run that leaves nothing counts nothing."""
    return tokens.assign(n=0) if tokens.empty else count_terms(tokens, part="paragraph")


def _count_as_strings(lines: pd.DataFrame, main: pd.DataFrame) -> pd.DataFrame:
    """Count every term of the main path as a string; one character alone is mostly a shard of words."""
    terms = sorted(term for term in set(main["term"]) if len(term) > 1)
    carried = [c for c in lines.columns if c not in {*PLACE_COLUMNS, "doc_id", "text"}]
    return count_strings(lines, terms, carried)


def _holding(places: pd.Series[str]) -> Callable[[str], bool]:
    """Make a test of whether a term holds the name of a place."""
    return lambda term: any(place in term for place in places)


def _recut(lines: pd.DataFrame, lexicon: pd.DataFrame | None, hmm: bool) -> pd.DataFrame:
    """Cut the counted lines in another way, and count."""
    return _count(words(segment_lines(counted(lines), lexicon, hmm)))


def _leave_out(tokens: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Count the tokens that stand in none of these lines."""
    if lines.empty:
        raise ValueError("A run was to leave lines out, but was given none: look at its selection.")
    places = [pd.MultiIndex.from_frame(frame[["doc_id", "line"]]) for frame in (tokens, lines)]
    return _count(tokens[~places[0].isin(places[1])])


def _watched(
    ways: dict[str, Callable[[], pd.DataFrame]],
) -> Iterable[tuple[str, Callable[[], pd.DataFrame]]]:
    """Go through the runs with a bar that says how many are done."""
    return (pair for _, pair in zip(ProgressBar(len(ways)), ways.items(), strict=True))
