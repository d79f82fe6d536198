"""Lines -> the passages that two or more articles share, word for word or except for their numerals.

Text that looks the same to a reader is the same here: quotation marks, spaces, line ends and
full-width forms hide no match. `repeats` finds the runs of characters that articles share. Each run
then gets its place and the article's own characters again.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from corpus_lib.columns import refuse_taken, require
from corpus_lib.numerals import HALF_WIDTH, NUMERAL_SIGNS
from corpus_lib.phrases.repeats import SLOTS, shared_runs
from corpus_lib.terms import refuse_unparted

# A passage of fewer characters is a term, and is found by counting terms; six is a phrase.
SHORTEST = 6

# Left out before articles are compared, as blanks are.
QUOTATION_MARKS = "“”‘’「」『』\"'《》〈〉"

# Kinds of figure whose numeral may differ while the phrase is the same. Names (110) and set
# numerals (一站式, 两个维护) are words.
MASKED = ["quantity", "date", "span", "ordinal"]

# What a shared passage has besides its place. Of a line, its article's own columns are carried.
PHRASE_COLUMNS = ["passage", "length", "n_articles"]
PLACE_COLUMNS = ["line", "start", "end", "text"]
LINE_COLUMNS = ["doc_id", "paragraph", "zone", *PLACE_COLUMNS]

# A passage ends with its paragraph, whose number is its article's own.
PARAGRAPH = ["doc_id", "paragraph"]

# The slots of a text: where each begins (article, offset), its size, and the character that stands for it.
Slots = dict[tuple[str, int], tuple[int, str]]


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

    Time grows with the text: 100 articles of about 2,000 characters took less than half of the
    time in which jieba segments them (`tests/bench_text.py`). Time and memory grow with the square of
    a run that repeats itself: two articles of one character 5,000 times took three seconds and
    300 MB, and with 10,000 times nine seconds and 1 GB.

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
    text, begin, end = _read(ordered, _slots(ordered, figures, lexicon))
    row = np.searchsorted(_edges(ordered), begin, "right") - 1
    article, part = (ordered.groupby(key).ngroup().to_numpy()[row] for key in (["doc_id"], PARAGRAPH))
    runs = shared_runs(text, article, part, shortest)
    last = runs["place"] + runs["length"] - 1
    passages = [text[a : b + 1] for a, b in zip(runs["place"], last, strict=True)]
    runs["passage"] = pd.Series(passages, dtype="str").replace(SLOTS, regex=True)
    return _in_articles(ordered, runs, begin[runs["place"]], end[last])


def _edges(ordered: pd.DataFrame) -> np.ndarray:
    """Say where each line begins in all lines joined, and then where they end."""
    return np.cumsum([0, *ordered["text"].map(len)])


def _slots(lines: pd.DataFrame, figures: pd.DataFrame | None, lexicon: pd.DataFrame | None) -> Slots:
    """Find the names of places, the longest first, and the numerals that are masked."""
    masked = []
    if lexicon is not None:
        require(lexicon, "term", "type")
        places = sorted(filter(None, lexicon.loc[lexicon["type"] == "place", "term"]), key=len, reverse=True)
        masked += [(lines, "|".join(map(re.escape, places)) or r"(?!)", "<PLACE>")]
    if figures is not None:
        require(figures, "doc_id", "start", "text", "kind")
        masked += [(figures[figures["kind"].isin(MASKED)], NUMERAL_SIGNS.pattern, "<N>")]
    sign = {shown: sign for sign, shown in SLOTS.items()}
    return {
        (doc_id, start + m.start()): (len(m[0]), sign[shown])
        for frame, pattern, shown in masked
        for doc_id, start, text in zip(frame["doc_id"], frame["start"], frame["text"], strict=True)
        for m in re.finditer(pattern, text)
    }


def _read(ordered: pd.DataFrame, slots: Slots) -> tuple[str, np.ndarray, np.ndarray]:
    """Read lines as they are compared: half-width forms, a slot as one character, no quotation marks.

    Out: the characters, and where each begins and ends in all lines joined.
    """
    signs, begin, end, edge = [], [], [], 0
    for doc_id, start, text in zip(ordered["doc_id"], ordered["start"], ordered["text"], strict=True):
        plain, place = text.translate(HALF_WIDTH), 0
        while place < len(plain):
            size, sign = slots.get((doc_id, start + place), (1, plain[place]))
            if not sign.isspace() and sign not in QUOTATION_MARKS:
                signs.append(sign)
                begin.append(edge + place)
                end.append(edge + place + size)
            place += size
        edge += len(plain)
    return "".join(signs), np.array(begin, dtype="int64"), np.array(end, dtype="int64")


def _in_articles(
    ordered: pd.DataFrame, runs: pd.DataFrame, begin: np.ndarray, end: np.ndarray
) -> pd.DataFrame:
    """Give each place of a run its article, its line, and the article's own characters."""
    text, edges, starts = "".join(ordered["text"]), _edges(ordered), ordered["start"].to_numpy("int64")
    first, last = (np.searchsorted(edges, place, "right") - 1 for place in (begin, end - 1))
    carried = [column for column in ordered.columns if column not in LINE_COLUMNS]
    table = ordered[["doc_id", *carried, "line"]].take(first).reset_index(drop=True)
    table[PHRASE_COLUMNS] = runs[PHRASE_COLUMNS]
    table["start"], table["end"] = starts[first] + begin - edges[first], starts[last] + end - edges[last]
    table["text"] = pd.Series([text[a:b] for a, b in zip(begin, end, strict=True)], dtype="str")
    table = table[[*PHRASE_COLUMNS, "doc_id", *carried, *PLACE_COLUMNS]]
    order = ["length", "passage", "doc_id", "start"]
    return table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)
