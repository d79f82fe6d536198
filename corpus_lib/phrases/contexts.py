"""Tokens -> phrases: a term in its contexts, the words near it, and runs of words.

Contexts are taken from the article's own characters: no space is put into Chinese, and a sentence
that the page broke into two lines is read on in the next line.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from corpus_lib.columns import as_text, refuse_taken, require
from corpus_lib.keyness import log_likelihood
from corpus_lib.segmentation import is_word
from corpus_lib.terms import count_terms, refuse_unparted

# Characters shown on either side of a key word: about as many as fit half a line of a page.
WIDTH = 20

# Words on either side of a term in which its collocates are looked for: the usual span since
# Sinclair, Jones and Daley (1970), "English Lexical Studies".
WINDOW = 4

SORTS = ["right", "left", "text"]

# What a row of each verb has of its own; `concordance` carries all other columns of a token.
CONTEXT_COLUMNS = ["start", "end", "left", "term", "right", "whole"]
COLLOCATE_COLUMNS = ["term", "n", "n_term", "n_articles", "log_dice", "log_likelihood"]


def concordance(
    tokens: pd.DataFrame, term: str, width: int = WIDTH, sort: str = "right", by: str | None = None
) -> pd.DataFrame:
    """Show a term in each of its contexts: key word in context.

    In: `tokens` with `doc_id, line, paragraph, start, end, term`; `term`, any string of characters,
    taken as it is (`2+N` means 2+N); `width`, characters of context; `sort`, by the context at the
    "right", at the "left" (read backwards from the key word), or as in the "text"; `by`, a column to
    sort by first, so that groups stay together.
    Columns out: those of the tokens, with the key word's own `start, end`, then `left, term, right`
    and `whole`: whether the key word is one or more whole tokens (公安 in 公安局 is not). A term that
    does not occur gives an empty frame.

    Neither a match nor its context runs over a token that was left out, or over the end of a
    paragraph. Lines of one paragraph are read on only if no line of the frame lacks a token in its
    middle, because a mark that was left out at the end of a line cannot be seen. So pass
    `counted(tokens)`, with its marks, to read a sentence on over the end of a line.

    Raises ValueError for an empty term, a negative width, an unknown `sort` or an unknown column.

    >>> tokens = pd.DataFrame({"doc_id": "a", "line": 1, "paragraph": 1, "start": [0, 2, 4]})
    >>> tokens = tokens.assign(end=[2, 4, 7], term=["福州", "公安", "公安局"])
    >>> concordance(tokens, "公安", sort="text")[["left", "right", "whole"]].to_numpy().tolist()
    [['福州', '公安局', True], ['福州公安', '局', False]]
    """
    _refuse_no_term(term)
    if sort not in SORTS or width < 0:
        raise ValueError(f"sort={sort!r}, width={width}: sort by {', '.join(SORTS)}; width is 0 or more.")
    require(tokens, "line", "start", "end")
    carried = [column for column in tokens.columns if column not in {"start", "end", "term"}]
    refuse_taken(carried, CONTEXT_COLUMNS, "concordance")
    if by is not None:
        require(tokens, by)
    ordered = _in_order(tokens)
    first, contexts = _contexts(ordered, term, width)
    table = pd.concat([ordered[carried].take(first).reset_index(drop=True), contexts], axis=1)
    return table.take(_order(table, sort, by)).reset_index(drop=True)


def collocates(tokens: pd.DataFrame, term: str, window: int = WINDOW) -> pd.DataFrame:
    """Say which terms occur near a term more often than elsewhere.

    In: `tokens` with `doc_id, paragraph, term`, each of which counts as one place (pass
    `words(counted(tokens))`); the `term`, a token; `window`, tokens to either side, within the
    paragraph. A token near two uses of the term counts once.
    Columns out: `term, n` (near it), `n_term` (anywhere), `n_articles` (in which they occur
    together), `log_dice` (14 plus the binary logarithm of twice n over the sum of both terms' uses:
    14 for two terms that always occur together, more where several uses surround one; Rychlý 2008,
    "A lexicographer-friendly association score", RASLAN 2008) and `log_likelihood` (signed G2 of
    near against elsewhere, as in `keyness`; it treats tokens as independent; zero where
    nothing is elsewhere). Sorted by log_dice. A term that is not a token, or has no other token
    near it, gives an empty frame.

    Raises ValueError for an empty term and for a window below one.

    >>> tokens = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": ["调解", "纠纷", "的", "的"]})
    >>> collocates(tokens, "调解", window=1)[["term", "n", "log_dice"]].to_numpy().tolist()
    [['纠纷', 1, 14.0]]
    """
    _refuse_no_term(term)
    if window < 1:
        raise ValueError(f"window={window}: collocates are looked for one token away or more.")
    terms = _in_order(tokens)
    is_key = terms["term"].eq(term).to_numpy()
    near = _near(is_key, _changes(terms, "doc_id", "paragraph").cumsum(), window)
    inside = terms[near & ~is_key].groupby("term").agg(n=("term", "size"), n_articles=("doc_id", "nunique"))
    everywhere = terms.loc[~is_key, "term"].value_counts()
    n = inside["n"].reindex(everywhere.index, fill_value=0)
    table = inside.assign(n_term=everywhere.reindex(inside.index).astype("int64"))
    table["log_dice"] = 14 + np.log2(2 * table["n"] / (table["n_term"] + is_key.sum()))
    apart = log_likelihood(n, everywhere - n) if 0 < n.sum() < everywhere.sum() else 0.0 * n
    table["log_likelihood"] = apart.reindex(table.index)
    table = table.reset_index().sort_values(["log_dice", "n", "term"], ascending=[False, False, True])
    return table.reset_index(drop=True)[COLLOCATE_COLUMNS]


def count_ngrams(tokens: pd.DataFrame, n: int, of: str = "words") -> pd.DataFrame:
    """Count runs of n words, or of n characters, in each article.

    In: `tokens` with `doc_id, paragraph, term`, marks and numerals too, because they end a run, as
    the paragraph does. `of`: "words" (runs of tokens that are words) or "characters" (of words'
    characters).
    Columns out: as `count_terms`. The term is the run, its words without a space between them; the
    other columns are those of its first word. When no run is that long, the frame is empty.

    Raises ValueError for n below one and for other units.

    >>> tokens = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": ["平安", "建设", ",", "平安", "建设"]})
    >>> count_ngrams(tokens, 2).to_numpy().tolist()
    [['a', '平安建设', 2]]
    """
    if n < 1 or of not in ("words", "characters"):
        raise ValueError(f"n={n}, of={of!r}: count runs of one or more 'words' or 'characters'.")
    ordered = _in_order(tokens)
    first, runs = _runs(ordered, n, of)
    own = ordered.drop(columns="term").take(first).reset_index(drop=True)
    return count_terms(own.assign(term=pd.Series(runs, dtype="str")))


def _refuse_no_term(term: str) -> None:
    """Say that there is no term to look for."""
    if not term:
        raise ValueError("The term is empty: give a term of at least one character.")


def _in_order(tokens: pd.DataFrame) -> pd.DataFrame:
    """Put tokens in the order of the text, paragraph by paragraph."""
    refuse_unparted(tokens)
    require(tokens, "doc_id", "term")
    order = ["doc_id", "paragraph", *(["start"] if "start" in tokens else [])]
    return as_text(tokens.sort_values(order, ignore_index=True))


def _changes(frame: pd.DataFrame, *columns: str) -> np.ndarray:
    """Say of each row whether one of these columns differs from the row before it."""
    values = frame[list(columns)]
    return np.asarray(values.ne(values.shift()).any(axis=1))


def _stretches(ordered: pd.DataFrame) -> np.ndarray:
    """Give each token the number of its stretch: a stretch is text in which no token is missing."""
    new_line = _changes(ordered, "doc_id", "line")
    gap = ~new_line & ordered["start"].ne(ordered["end"].shift()).to_numpy()
    breaks = _changes(ordered, "doc_id", "paragraph") | gap
    return np.asarray((breaks | (new_line & gap.any())).cumsum())


def _contexts(ordered: pd.DataFrame, term: str, width: int) -> tuple[np.ndarray, pd.DataFrame]:
    """Find a term in ordered tokens: the row of each match's first token, and its context columns."""
    text, stretch, starts = "".join(ordered["term"]), _stretches(ordered), ordered["start"].to_numpy("int64")
    # The place in the text of each token's first character, and then of the end.
    edges = np.cumsum([0, *ordered["term"].map(len)])
    at, first, last = _matches(text, term, edges, stretch)
    after = at + len(term)
    low, high = (edges[np.searchsorted(stretch, stretch[first], side)] for side in ("left", "right"))
    own = {
        "start": starts[first] + at - edges[first],
        "end": starts[last] + after - edges[last],
        "left": _pieces(text, np.maximum(low, at - width), at),
        "term": _pieces(text, at, after),
        "right": _pieces(text, after, np.minimum(high, after + width)),
        "whole": np.isin(at, edges) & np.isin(after, edges),
    }
    return first, pd.DataFrame(own)[CONTEXT_COLUMNS]


def _matches(
    text: str, term: str, edges: np.ndarray, stretch: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find each match that no break crosses: its place, its first token and its last one."""
    at = np.array([m.start() for m in re.finditer(f"(?={re.escape(term)})", text)], dtype="int64")
    first, last = (np.searchsorted(edges, place, "right") - 1 for place in (at, at + len(term) - 1))
    within = stretch[first] == stretch[last]
    return at[within], first[within], last[within]


def _pieces(text: str, begin: np.ndarray, end: np.ndarray) -> pd.Series[str]:
    """Cut pieces out of a text."""
    return pd.Series([text[a:b] for a, b in zip(begin.tolist(), end.tolist(), strict=True)], dtype="str")


def _order(table: pd.DataFrame, sort: str, by: str | None) -> np.ndarray:
    """Give the order of a concordance's rows: by the group, by the context, then as in the text."""
    contexts = {"right": table["right"], "left": table["left"].str[::-1], "text": table["doc_id"]}
    keys = pd.concat([*([] if by is None else [table[by]]), contexts[sort]], axis=1, ignore_index=True)
    return keys.sort_values(keys.columns.tolist(), kind="stable").index.to_numpy()


def _near(is_key: np.ndarray, paragraph: np.ndarray, window: int) -> np.ndarray:
    """Say of each token whether a use of the term lies within the window, in the same paragraph."""
    keys = np.flatnonzero(is_key)
    first, last = (np.searchsorted(paragraph, paragraph[keys], side) for side in ("left", "right"))
    size = len(is_key) + 1
    opened = np.bincount(np.maximum(first, keys - window), minlength=size)
    closed = np.bincount(np.minimum(last, keys + window + 1), minlength=size)
    return np.asarray((opened - closed).cumsum()[:-1] > 0)


def _runs(ordered: pd.DataFrame, n: int, of: str) -> tuple[np.ndarray, list[str]]:
    """Give every run of n words, or characters, of ordered tokens, and the row of its first one."""
    is_kept = ordered["term"].map(is_word).to_numpy(dtype="bool")
    breaks = _changes(ordered, "doc_id", "paragraph") | ~is_kept
    if {"line", "start", "end"} <= set(ordered):
        breaks |= np.diff(_stretches(ordered), prepend=0) > 0
    stretch = breaks.cumsum()
    words = ordered.loc[is_kept, "term"].tolist()
    rows, units = np.flatnonzero(is_kept), words
    if of == "characters":
        rows, units = np.repeat(rows, [len(word) for word in words]), list("".join(words))
    n_runs = max(0, len(units) - n + 1)
    unbroken = np.flatnonzero(stretch[rows[:n_runs]] == stretch[rows[len(rows) - n_runs :]])
    return rows[unbroken], ["".join(units[i : i + n]) for i in unbroken]
