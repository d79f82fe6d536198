"""Tokens -> phrases: a term where it stands, the company that it keeps, and runs of words.

Contexts are cut from the article's own characters: no space is put into Chinese, and a line
that a page broke in the middle of a sentence is read on in the next.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from corpus_lib.contrasts import log_likelihood
from corpus_lib.segmenting import is_word
from corpus_lib.terms import PLACE_COLUMNS, refuse_unparted

# Characters shown on either side of a key word: about as many as fit half a line of a page.
WIDTH = 20

# Words on either side that count as company, the usual span of collocation studies since
# Sinclair, Jones and Daley (1970), "English Lexical Studies".
WINDOW = 4

SORTS = ["right", "left", "text"]


def concordance(
    tokens: pd.DataFrame, term: str, width: int = WIDTH, sort: str = "right", by: str | None = None
) -> pd.DataFrame:
    """Show a term wherever it stands, in its own context: key word in context.

    In: `tokens` of the zones to search; `term`, any string of characters, taken as it is
    (`2+N` means 2+N); `width`, characters of context; `sort`, by what stands to the
    "right", to the "left" (read backwards from the key word), or as in the "text"; `by`,
    a column to sort by first, so that groups stand together.
    Columns out: `doc_id`, the articles' own, `line` and `start` (where the key word
    begins), `end`, `left, term, right`, and `whole`: whether the cuts of the words make it a
    word, or words, of its own (公安 in 公安局 is none). Context ends with the paragraph.

    Raises ValueError for a term that stands nowhere, or for none.

    >>> tokens = pd.DataFrame({"doc_id": "a", "line": 1, "paragraph": 1, "start": [0, 2, 4]})
    >>> tokens = tokens.assign(end=[2, 4, 7], term=["福州", "公安", "公安局"])
    >>> concordance(tokens, "公安", sort="text")[["left", "right", "whole"]].to_numpy().tolist()
    [['福州', '公安局', True], ['福州公安', '局', False]]
    """
    if not term:
        raise ValueError("There is no term to look for: give it at least one character.")
    if sort not in SORTS or width < 0:
        raise ValueError(f"sort={sort!r}, width={width}: sort by {', '.join(SORTS)}; width is 0 or more.")
    found = [row for part in _paragraphs(tokens) for row in _places(part, term, width)]
    if not found:
        where = ", ".join(sorted(set(tokens["doc_id"]))) or "no article"
        raise ValueError(f"{term!r} stands nowhere in these tokens (of {where}).")
    table = pd.DataFrame(found)
    keys = {"right": table["right"], "left": table["left"].str[::-1], "text": table["doc_id"]}
    order = [*([by] if by else []), "_key", "doc_id", "start"]
    return table.assign(_key=keys[sort]).sort_values(order, ignore_index=True).drop(columns="_key")


def collocates(tokens: pd.DataFrame, term: str, window: int = WINDOW) -> pd.DataFrame:
    """Say which terms stand near a term more than elsewhere.

    In: `tokens`, all of which count as places (pass `words(counted(tokens))`); the `term`, a
    token; `window`, tokens to either side, within the paragraph. A token near two uses of the
    term counts once.
    Columns out: `term, n` (near it), `n_term` (anywhere), `n_articles` (in which they meet),
    `log_dice` (14 plus the binary logarithm of twice n over the sum of both terms' uses: 14
    for two terms never apart, more where several uses crowd round one; Rychlý 2008, "A
    lexicographer-friendly association score", RASLAN 2008) and `log_likelihood` (signed G2 of
    near against elsewhere, as in `contrast_terms`; it takes tokens for independent; nought
    where nothing is elsewhere). Sorted by log_dice.

    Raises ValueError for a term that is no token here, or has none near it.

    >>> tokens = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": ["调解", "纠纷", "的", "的"]})
    >>> collocates(tokens, "调解", window=1)[["term", "n", "log_dice"]].to_numpy().tolist()
    [['纠纷', 1, 14.0]]
    """
    if window < 1:
        raise ValueError(f"window={window}: company is looked for one token away or more.")
    if not (tokens["term"] == term).any():
        raise ValueError(f"{term!r} is no token here: look at how it is cut, or ask for its concordance.")
    near = np.concatenate([_near(part["term"].to_numpy(), term, window) for part in _paragraphs(tokens)])
    terms = pd.concat(_paragraphs(tokens), ignore_index=True)
    is_key = terms["term"] == term
    inside = terms[near & ~is_key].groupby("term").agg(n=("term", "size"), n_articles=("doc_id", "nunique"))
    if inside.empty:
        raise ValueError(f"Nothing stands within {window} tokens of {term!r}: it is alone in its paragraphs.")
    everywhere = terms[~is_key]["term"].value_counts()
    n = inside["n"].reindex(everywhere.index, fill_value=0)
    table = inside.assign(n_term=everywhere.reindex(inside.index))
    table["log_dice"] = 14 + np.log2(2 * table["n"] / (table["n_term"] + is_key.sum()))
    apart = log_likelihood(n, everywhere - n) if (everywhere > n).any() else 0.0 * n
    table["log_likelihood"] = apart.reindex(table.index)
    table = table.reset_index().sort_values(["log_dice", "n", "term"], ascending=[False, False, True])
    return table.reset_index(drop=True)[["term", "n", "n_term", "n_articles", "log_dice", "log_likelihood"]]


def count_ngrams(tokens: pd.DataFrame, n: int, of: str = "words") -> pd.DataFrame:
    """Count runs of n words, or of n characters, in each article.

    In: `tokens`, marks and numerals too: they end a run, and so does the paragraph. `of`:
    "words" (runs of tokens that are words) or "characters" (of words' characters).
    Columns out: as `count_terms`, a run being a term; its words are put together as printed.

    Raises ValueError for n below one, for other units, and when nothing is that long.

    >>> tokens = pd.DataFrame({"doc_id": "a", "paragraph": 1, "term": ["平安", "建设", ",", "平安", "建设"]})
    >>> count_ngrams(tokens, 2).to_numpy().tolist()
    [['a', '平安建设', 2]]
    """
    if n < 1 or of not in ("words", "characters"):
        raise ValueError(f"n={n}, of={of!r}: runs are of one or more 'words' or 'characters'.")
    rows = [(*key, run) for key, part in _articles(tokens) for run in _runs(part, n, of)]
    if not rows:
        raise ValueError(f"No run of {n} {of} stands in these tokens.")
    carried = _carried(tokens)
    table = pd.DataFrame(rows, columns=[*carried, "term"])
    return table.groupby([*carried, "term"], sort=True, dropna=False).size().rename("n").reset_index()


def _carried(tokens: pd.DataFrame) -> list[str]:
    """Name the columns that say something of the article."""
    own = [column for column in tokens.columns if column not in {*PLACE_COLUMNS, "doc_id", "term"}]
    return ["doc_id", *own]


def _paragraphs(tokens: pd.DataFrame) -> list[pd.DataFrame]:
    """Give the tokens of each paragraph, in the order of the text."""
    order = ["doc_id", *(["start"] if "start" in tokens else [])]
    refuse_unparted(tokens)
    ordered = tokens.sort_values(order, kind="stable")
    return [part for _, part in ordered.groupby(["doc_id", "paragraph"], sort=True)]


def _articles(tokens: pd.DataFrame) -> Iterator[tuple[list[str], pd.DataFrame]]:
    """Give each paragraph with the columns of its article."""
    for part in _paragraphs(tokens):
        yield part[_carried(tokens)].iloc[0].to_list(), part


def _places(part: pd.DataFrame, term: str, width: int) -> Iterator[dict[str, object]]:
    """Give a row for each place of a term in one paragraph."""
    text = "".join(part["term"])
    # The place in the paragraph of each token's first character, and the article's own of each.
    edges = np.concatenate([[0], part["term"].str.len().cumsum()])
    place = text.find(term)
    while place >= 0:
        first, last = (int(np.searchsorted(edges, at, "right")) - 1 for at in (place, place + len(term) - 1))
        start, end = part.iloc[first], part.iloc[last]
        yield {
            **start[[c for c in part.columns if c not in {"end", "term"}]],
            "start": int(start["start"] + place - edges[first]),
            "end": int(end["start"] + place + len(term) - edges[last]),
            "left": text[max(0, place - width) : place],
            "term": term,
            "right": text[place + len(term) :][:width],
            "whole": place in edges and place + len(term) in edges,
        }
        place = text.find(term, place + 1)


def _near(terms: np.ndarray, term: str, window: int) -> np.ndarray:
    """Say of each token of a paragraph whether it stands near a use of the term."""
    keys = np.flatnonzero(terms == term)
    apart = np.abs(np.arange(len(terms))[:, None] - keys[None, :])
    return np.asarray((apart <= window).any(axis=1))


def _runs(part: pd.DataFrame, n: int, of: str) -> Iterator[str]:
    """Give every run of n words, or characters, of a paragraph."""
    unbroken: list[str] = []
    for term in [*part["term"], ""]:
        if is_word(term):
            unbroken += [term] if of == "words" else list(term)
        else:
            yield from ("".join(unbroken[i : i + n]) for i in range(len(unbroken) - n + 1))
            unbroken = []
