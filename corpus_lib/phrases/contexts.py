"""Tokens -> phrases: a term in its contexts, the words near it, and runs of words.

Contexts are taken from the article's own characters: no space is put into Chinese, and a sentence that the
page broke into two lines is read on in the next line.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from corpus_lib.characters import ODD, fold
from corpus_lib.columns import as_text, refuse_taken, require
from corpus_lib.keyness import log_likelihood
from corpus_lib.terms import count_terms, refuse_unparted
from corpus_lib.vocabulary import word_rows

# Characters shown on either side of a key word: about as many as fit half a line of a page.
WIDTH = 20
# Words on either side of a term in which its collocates are looked for: the usual span since
# Sinclair, Jones and Daley (1970), "English Lexical Studies".
WINDOW = 4
# What a row of each verb has of its own; `concordance` carries all other columns of a token.
CONTEXT_COLUMNS = ["start", "end", "left", "term", "right", "whole"]
COLLOCATE_COLUMNS = ["term", "n", "n_term", "n_articles", "log_dice", "log_likelihood"]


def concordance(tokens: pd.DataFrame, term: str, width: int = WIDTH, sort: str = "right") -> pd.DataFrame:
    """Show a term in each of its contexts: key word in context.

    In: `tokens` with `doc_id, line, paragraph, start, end, term`; `term`, any string of characters, taken as
    it is (`2+N` means 2+N); `width`, characters of context; `sort`, by the context at the "right", at the
    "left" (read backwards from the key word), or as in the "text". Columns out: those of the tokens, with the
    key word's own `start, end`, then `left, term, right` and `whole`: whether the key word is one or more
    whole tokens (公安 in 公安局 is not).

    Neither a match nor its context runs over a token that was left out, or over the end of a paragraph. Lines
    are read on only if no line lacks a token in its middle, since a mark left out at its end cannot be seen:
    pass `counted(tokens)`. Raises ValueError for an empty term, a negative width or an unknown sort.

    >>> tokens = pd.DataFrame({"doc_id": "a", "line": 1, "paragraph": 1, "start": [0, 2, 4]})
    >>> tokens = tokens.assign(end=[2, 4, 7], term=["福州", "公安", "公安局"])
    >>> concordance(tokens, "公安", sort="text")[["left", "right", "whole"]].to_numpy().tolist()
    [['福州', '公安局', True], ['福州公安', '局', False]]
    """
    if not term:
        raise ValueError("The term is empty: give a term of at least one character.")
    if sort not in ("right", "left", "text") or width < 0:
        raise ValueError(f"sort={sort!r}, width={width}: sort by right, left, text; width is 0 or more.")
    require(tokens, "line", "start", "end")
    carried = [column for column in tokens.columns if column not in {"start", "end", "term"}]
    refuse_taken(carried, CONTEXT_COLUMNS, "concordance")
    ordered = _in_order(tokens)
    first, contexts = _contexts(ordered, term, width)
    table = pd.concat([ordered[carried].take(first).reset_index(drop=True), contexts], axis=1)
    backwards = (lambda left: left.str[::-1]) if sort == "left" else None
    column = "doc_id" if sort == "text" else sort
    return table.sort_values(column, kind="stable", key=backwards, ignore_index=True)


def collocates(tokens: pd.DataFrame, term: str, window: int = WINDOW) -> pd.DataFrame:
    """Say which terms occur near a term more often than elsewhere.

    In: `tokens` with `doc_id, paragraph, term`, each of which counts as one place (pass
    `words(counted(tokens))`); the `term`, a token; `window`, tokens to either side, within the paragraph. A
    token near two uses of the term counts once.
    Columns out: `term, n` (near it), `n_term` (anywhere), `n_articles` (in which they occur together),
    `log_dice` (14 plus the binary logarithm of twice n over the sum of both terms' uses: 14 for two terms
    that always occur together, more where several uses surround one; Rychlý 2008, "A lexicographer-friendly
    association score", RASLAN 2008) and `log_likelihood` (signed G2 of near against elsewhere, as in
    `keyness`; zero where nothing is elsewhere). Raises ValueError for no term and for a window below one.

    >>> tokens = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": ["调解", "纠纷", "的", "的"]})
    >>> collocates(tokens, "调解", window=1)[["term", "n", "log_dice"]].to_numpy().tolist()
    [['纠纷', 1, 14.0]]
    """
    if not term or window < 1:
        fault = f"window={window}" if term else "The term is empty"
        raise ValueError(f"{fault}: collocates are looked for one token away or more.")
    terms = _in_order(tokens)
    is_key, place = terms["term"].eq(term), pd.Series(terms.index)
    uses = place.where(is_key).groupby(_changes(terms, "doc_id", "paragraph").cumsum())
    near = (place - uses.ffill() <= window) | (uses.bfill() - place <= window)
    inside = terms[near & ~is_key].groupby("term").agg(n=("term", "size"), n_articles=("doc_id", "nunique"))
    everywhere = terms.loc[~is_key, "term"].value_counts()
    n = inside["n"].reindex(everywhere.index, fill_value=0)
    table = inside.assign(n_term=everywhere.reindex(inside.index).astype("int64"))
    table["log_dice"] = 14 + np.log2(2 * table["n"] / (table["n_term"] + is_key.sum()))
    apart = log_likelihood(n, everywhere - n) if 0 < n.sum() < everywhere.sum() else 0.0 * n
    table = table.assign(log_likelihood=apart.reindex(table.index)).reset_index()[COLLOCATE_COLUMNS]
    return table.sort_values(["log_dice", "n", "term"], ascending=[False, False, True], ignore_index=True)


def count_ngrams(tokens: pd.DataFrame, n: int, of: str = "words") -> pd.DataFrame:
    """Count runs of n words, or of n characters, in each article.

    In: `tokens` with `doc_id, paragraph, term`, marks and numerals too, because they end a run, as the
    paragraph does. `of`: "words" (runs of tokens that are words) or "characters" (of words' characters).
    Columns out: as `count_terms`. The term is the run, its words without a space between them; the other
    columns are those of its first word. Raises ValueError for n below one and for other units.

    >>> tokens = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": ["平安", "建设", ",", "平安", "建设"]})
    >>> count_ngrams(tokens, 2).to_numpy().tolist()
    [['a', '平安建设', 2]]
    """
    if n < 1 or of not in ("words", "characters"):
        raise ValueError(f"n={n}, of={of!r}: count runs of one or more 'words' or 'characters'.")
    ordered = _in_order(tokens)
    is_kept = word_rows(ordered)
    rows, units = np.flatnonzero(is_kept), ordered.loc[is_kept, "term"].tolist()
    if of == "characters":
        rows, units = np.repeat(rows, [len(word) for word in units]), list("".join(units))
    # The number of a run's stretch grows with each token that is no word, too.
    stretch = (_stretches(ordered) + (~is_kept).cumsum())[rows]
    n_runs = max(0, len(units) - n + 1)
    first = np.flatnonzero(stretch[:n_runs] == stretch[len(units) - n_runs :])
    runs = pd.Series(["".join(units[i : i + n]) for i in first], dtype="str")
    return count_terms(ordered.take(rows[first]).reset_index(drop=True).assign(term=runs))


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
    breaks = _changes(ordered, "doc_id", "paragraph")
    if {"line", "start", "end"} <= set(ordered):
        new_line = _changes(ordered, "doc_id", "line")
        gap = ~new_line & ordered["start"].ne(ordered["end"].shift()).to_numpy()
        breaks = breaks | gap | (new_line & gap.any())
    return np.asarray(breaks.cumsum())


def _contexts(ordered: pd.DataFrame, term: str, width: int) -> tuple[np.ndarray, pd.DataFrame]:
    """Find a term in ordered tokens: the row of each match's first token, and its context columns."""
    text, sizes = "".join(ordered["term"]), ordered["term"].map(len).to_numpy("int64")
    # Of each character its token, its stretch, and its place in the article; then where each token begins.
    row, edges = np.repeat(np.arange(len(sizes)), sizes), np.cumsum([0, *sizes])
    stretch, place = _stretches(ordered)[row], (ordered["start"].to_numpy("int64") - edges[:-1])[row]
    place += np.arange(len(text))
    begin, end = _matches(text, term)
    within = stretch[begin] == stretch[end - 1]
    begin, end = begin[within], end[within]
    low, high = (np.searchsorted(stretch, stretch[begin], side) for side in ("left", "right"))
    own = {
        "start": place[begin],
        "end": place[end - 1] + 1,
        "left": cut(text, np.maximum(low, begin - width), begin),
        "term": cut(text, begin, end),
        "right": cut(text, end, np.minimum(high, end + width)),
        "whole": np.isin(begin, edges) & np.isin(end, edges),
    }
    return row[begin], pd.DataFrame(own)


def _matches(text: str, term: str) -> tuple[np.ndarray, np.ndarray]:
    """Find where a term begins and ends, whatever form its characters have."""
    plain, places = (text, range(len(text) + 1)) if ODD.isdisjoint(text + term) else fold(text)
    wanted = term if ODD.isdisjoint(term) else fold(term)[0]
    found = [m.start() for m in re.finditer(f"(?={re.escape(wanted)})", plain)]
    ends = [places[start + len(wanted) - 1] + 1 for start in found]
    return np.array([places[start] for start in found], dtype="int64"), np.array(ends, dtype="int64")


def cut(text: str, begin: np.ndarray | pd.Series[int], end: np.ndarray | pd.Series[int]) -> pd.Series[str]:
    """Cut pieces out of a text."""
    return pd.Series([text[a:b] for a, b in zip(begin.tolist(), end.tolist(), strict=True)], dtype="str")
