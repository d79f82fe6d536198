"""Lines -> the passages that two or more articles share, word for word or except for their numerals.

Text that looks the same to a reader is the same here: quotation marks, spaces, line ends and
full-width forms hide no match. Lines become symbols, a number each, and `repeats` finds the runs of
symbols that articles share. Each run then gets its place and the article's own characters again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd

from corpus_lib.columns import refuse_taken, require
from corpus_lib.numerals import HALF_WIDTH, NUMERAL_SIGNS
from corpus_lib.phrases.repeats import shared_runs
from corpus_lib.terms import refuse_unparted

# A passage of fewer characters is a term, and is found by counting terms; six is a phrase.
SHORTEST = 6

# Left out before articles are compared: quotation marks of all kinds, and blanks.
SKIPPED = re.compile(r"[\s“”‘’「」『』\"'《》〈〉]")

# A passage neither begins nor ends with a mark (those that HALF_WIDTH leaves, and similar ones).
MARKS = ",.;:!?()[]、。·…—-－/|~"

# Kinds of figure whose numeral may differ while the phrase is the same. Names (110) and set
# numerals (一站式, 两个维护) are words.
MASKED = ["quantity", "date", "span", "ordinal"]

# What stands for a masked piece while articles are compared: one character each, which no
# text has (private use), and how it is shown.
SLOTS = {"\ue000": "<N>", "\ue001": "<PLACE>"}
NUMBER, PLACE = SLOTS

# What a shared passage has besides its place. Of a line, its article's own columns are carried.
PHRASE_COLUMNS = ["passage", "length", "n_articles"]
PLACE_COLUMNS = ["line", "start", "end", "text"]
LINE_COLUMNS = ["doc_id", "paragraph", "zone", *PLACE_COLUMNS]

# A passage ends with its paragraph, whose number is its article's own.
PARAGRAPH = ["doc_id", "paragraph"]


def shared_passages(
    lines: pd.DataFrame,
    figures: pd.DataFrame | None = None,
    lexicon: pd.DataFrame | None = None,
    shortest: int = SHORTEST,
) -> pd.DataFrame:
    """Find the longest passages that two or more articles have in common, with all their places.

    In: `lines` of the zones to compare, with `doc_id, line, paragraph, start, text`; `figures`, and
    then numerals are read as `<N>` (犯罪嫌疑人<N>名); `lexicon` with `term, type`, and then its places
    are read as `<PLACE>`; `shortest`, the least number of characters. A slot such as `<N>` is one
    character; slots are always less than half of a phrase.
    Columns out, with one row per place: `passage` (as compared), `length`, `n_articles`, `doc_id`,
    the articles' own columns, `line, start, end, text` (the article's own characters). The longest
    phrase comes first. A passage within a longer one has rows only if more articles share it. When
    nothing is shared, the frame is empty.

    Passages end with their paragraph. The numerals of dates, amounts, spans and ordinals are
    masked, those of names and slogans are not.

    Time grows with the text and with the characters of the places found. Twice the text took twice
    as long, also where one character repeats 20,000 times, and three times as long where it had three
    times as many places. 100 articles of about 2,000 characters took less than a quarter of the time
    in which jieba segments them (`tests/bench_text.py`).

    Raises ValueError for fewer than two articles and for a `shortest` below one.

    >>> lines = pd.DataFrame({"doc_id": ["a", "b"], "line": 1, "paragraph": 1, "start": 0, "end": 11})
    >>> lines = lines.assign(text=["抓获“犯罪嫌疑人”甲。", "共有犯罪嫌疑人在逃。"])
    >>> shared_passages(lines, shortest=5)[["passage", "doc_id", "text"]].to_numpy().tolist()
    [['犯罪嫌疑人', 'a', '犯罪嫌疑人'], ['犯罪嫌疑人', 'b', '犯罪嫌疑人']]
    """
    refuse_unparted(lines)
    require(lines, "doc_id", "line", "start", "text")
    refuse_taken([c for c in lines.columns if c not in LINE_COLUMNS], PHRASE_COLUMNS, "shared_passages")
    if shortest < 1:
        raise ValueError(f"shortest={shortest}: a passage has one character or more.")
    if lines["doc_id"].nunique() < 2:
        raise ValueError("There is one article, or none, so nothing can be shared: pass two or more.")
    ordered = lines.sort_values([*PARAGRAPH, "start"], ignore_index=True)
    symbols = _symbols(ordered, dict(_slots(ordered, figures, lexicon)))
    return _passages(ordered, symbols, shared_runs(symbols, shortest))


def _edges(ordered: pd.DataFrame) -> np.ndarray:
    """Say where each line begins in all lines joined, and then where they end."""
    return np.cumsum([0, *ordered["text"].map(len)])


def _slots(
    ordered: pd.DataFrame, figures: pd.DataFrame | None, lexicon: pd.DataFrame | None
) -> Iterator[tuple[int, tuple[int, str]]]:
    """Say where slots begin in the joined lines, where each ends, and which it is; numerals last."""
    named, numerals = _named_places(lexicon), _masked_numerals(figures)
    for edge, doc_id, start, text in zip(
        _edges(ordered)[:-1].tolist(), ordered["doc_id"], ordered["start"], ordered["text"], strict=True
    ):
        yield from ((edge + m.start(), (edge + m.end(), PLACE)) for m in named.finditer(text))
        here = numerals.get(doc_id, [])
        first, last = (bisect_left(here, (place, 0)) for place in (start, start + len(text)))
        yield from ((edge + a - start, (edge + b - start, NUMBER)) for a, b in here[first:last])


def _named_places(lexicon: pd.DataFrame | None) -> re.Pattern[str]:
    """Make the pattern of a lexicon's places, the longest first; without places it matches nothing."""
    if lexicon is None:
        return re.compile(r"(?!)")
    require(lexicon, "term", "type")
    places = sorted(filter(None, lexicon.loc[lexicon["type"] == "place", "term"]), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, places)) or r"(?!)")


def _masked_numerals(figures: pd.DataFrame | None) -> dict[str, list[tuple[int, int]]]:
    """Say for each article where the numerals that are masked begin and end, in order."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    if figures is not None:
        require(figures, "doc_id", "start", "text", "kind")
        masked = figures[figures["kind"].isin(MASKED)].sort_values("start")
        for doc_id, start, text in zip(masked["doc_id"], masked["start"], masked["text"], strict=True):
            found[doc_id] += [(start + m.start(), start + m.end()) for m in NUMERAL_SIGNS.finditer(text)]
    return {doc_id: sorted(places) for doc_id, places in found.items()}


def _symbols(ordered: pd.DataFrame, slots: dict[int, tuple[int, str]]) -> pd.DataFrame:
    """Read lines as symbols: forms of one width, slots as one, no quotation marks.

    Columns out: `code` (the character's number), `begin, end` (in the joined lines), and what
    `shared_runs` needs besides: `article, part, mark, slot`.
    """
    text = "".join(ordered["text"]).translate(HALF_WIDTH)
    code = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype("int64")
    kept, end = np.ones(len(code), dtype="bool"), np.arange(1, len(code) + 1)
    kept[[m.start() for m in SKIPPED.finditer(text)]] = False
    done = 0
    for place, (after, symbol) in sorted(slots.items()):
        if place >= done:  # a slot that begins within another one is part of it
            kept[place:after] = False
            kept[place], code[place], end[place], done = True, ord(symbol), after, after
    begin, code = np.flatnonzero(kept), code[kept]
    row = np.searchsorted(_edges(ordered), begin, "right") - 1
    article, part = (ordered.groupby(key).ngroup().to_numpy()[row] for key in (["doc_id"], PARAGRAPH))
    mark, slot = (np.isin(code, list(map(ord, signs))) for signs in (MARKS, SLOTS))
    columns = {"code": code, "begin": begin, "end": end[begin], "article": article, "part": part}
    return pd.DataFrame(columns | {"mark": mark, "slot": slot})


def _passages(ordered: pd.DataFrame, symbols: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Give each place of each shared run its phrase, its article, its line and its own characters."""
    text, signs = "".join(ordered["text"]), "".join(map(chr, symbols["code"]))
    begin = symbols["begin"].to_numpy()[runs["place"]]
    end = symbols["end"].to_numpy()[runs["place"] + runs["length"] - 1]
    edges, starts = _edges(ordered), ordered["start"].to_numpy("int64")
    first, last = (np.searchsorted(edges, place, "right") - 1 for place in (begin, end - 1))
    phrases = [_shown(signs[a : a + n]) for a, n in zip(runs["place"], runs["length"], strict=True)]
    own = {
        "passage": pd.Series(phrases, dtype="str"),
        "length": runs["length"],
        "n_articles": runs["n_articles"],
        "start": starts[first] + begin - edges[first],
        "end": starts[last] + end - edges[last],
        "text": pd.Series([text[a:b] for a, b in zip(begin, end, strict=True)], dtype="str"),
    }
    carried = [column for column in ordered.columns if column not in LINE_COLUMNS]
    table = ordered[["doc_id", *carried, "line"]].take(first).reset_index(drop=True).assign(**own)
    table = table[[*PHRASE_COLUMNS, "doc_id", *carried, *PLACE_COLUMNS]]
    order = ["length", "passage", "doc_id", "start"]
    return table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)


def _shown(phrase: str) -> str:
    """Write the slots so that a reader sees them."""
    for symbol, name in SLOTS.items():
        phrase = phrase.replace(symbol, name)
    return phrase
