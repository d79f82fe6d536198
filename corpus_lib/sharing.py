"""Lines -> the passages that two or more articles share, word for word or but for their numerals.

An index of short runs of characters finds where articles begin to agree; from there each
agreement is followed to its end. What is the same for a reader is the same here: quotation
marks, blanks, the breaks of lines and full-width forms hide no match.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from corpus_lib.numerals import HALF_WIDTH, NUMERAL_SIGNS
from corpus_lib.terms import refuse_unparted

# A passage of fewer characters is a term, and found by counting terms; six is a phrase.
SHORTEST = 6

# Left out before articles are compared: quotation marks of all kinds, and blanks.
SKIPPED = re.compile(r"[\s“”‘’「」『』\"'《》〈〉]")

# A passage neither begins nor ends with a mark (those that HALF_WIDTH leaves, and their kin).
MARKS = ",.;:!?()[]、。·…—-－/|~"

# Kinds of figure whose numeral may differ while the phrase is the same. Names (110) and set
# numerals (一站式, 两个维护) are words.
MASKED = ["quantity", "date", "span", "ordinal"]

# What stands for a masked piece while articles are compared: one character each, which no
# text has (private use), and how it is shown.
SLOTS = {"\ue000": "<N>", "\ue001": "<PLACE>"}
NUMBER, PLACE = SLOTS

# Where a run of symbols stands: which paragraph, and from which symbol on.
Places = list[tuple[int, int]]


class Passage(NamedTuple):
    """A paragraph as it is compared: its symbols, and where each begins and ends in the article."""

    doc_id: str
    symbols: str
    spans: list[tuple[int, int]]


def shared_phrases(
    lines: pd.DataFrame,
    figures: pd.DataFrame | None = None,
    lexicon: pd.DataFrame | None = None,
    shortest: int = SHORTEST,
) -> pd.DataFrame:
    """Find the longest passages that two or more articles have in common, with all their places.

    In: `lines` of the zones to compare; `figures`, and then numerals are read as `<N>`
    (犯罪嫌疑人<N>名); `lexicon`, and then its places are read as `<PLACE>`; `shortest`, the least
    number of characters, a slot being one; slots are never half of a phrase or more.
    Columns out, a row a place: `phrase` (as compared), `length`, `n_articles`, `doc_id`, the
    articles' own columns, `line, start, end, text` (the article's own characters). The longest
    phrase first. A passage within a longer one has rows only where more articles share it.

    Passages end with their paragraph. The numerals of dates, amounts, spans and ordinals are
    masked, those of names and slogans are not. Time grows with the text, about 100,000
    characters a second, but with its square in text that repeats one character thousands of
    times.

    Raises ValueError for a single article, and when nothing is shared.

    >>> lines = pd.DataFrame({"doc_id": ["a", "b"], "line": 1, "paragraph": 1, "start": 0, "end": 11})
    >>> lines = lines.assign(text=["抓获“犯罪嫌疑人”甲。", "共有犯罪嫌疑人在逃。"])
    >>> shared_phrases(lines, shortest=5)[["phrase", "doc_id", "text"]].to_numpy().tolist()
    [['犯罪嫌疑人', 'a', '犯罪嫌疑人'], ['犯罪嫌疑人', 'b', '犯罪嫌疑人']]
    """
    if lines["doc_id"].nunique() < 2:
        raise ValueError("There is one article, or none: nothing can be shared.")
    refuse_unparted(lines)
    passages = _passages(lines, _slots(lines, figures, lexicon))
    found = _fold(passages, _trim(_agreements(passages, shortest), shortest))
    if not found:
        raise ValueError(f"No passage of {shortest} characters or more is shared by two articles.")
    rows = [
        (_shown(phrase), len(phrase), passages[i].doc_id, *_span(passages[i], place, len(phrase)))
        for phrase, places in found.items()
        for i, place in sorted(places)
    ]
    table = pd.DataFrame(rows, columns=["phrase", "length", "doc_id", "start", "end"])
    table["n_articles"] = table.groupby("phrase")["doc_id"].transform("nunique")
    return _place(table, lines)


def _passages(lines: pd.DataFrame, slots: dict[str, dict[int, tuple[int, str]]]) -> list[Passage]:
    """Read each paragraph as symbols: forms of one width, slots as one, no quotation marks."""
    passages = []
    for (doc_id, _), part in lines.sort_values(["doc_id", "start"]).groupby(["doc_id", "paragraph"]):
        symbols, spans = [], []
        for start, text in zip(part["start"], part["text"], strict=True):
            for symbol, a, b in _read(text, int(start), slots.get(str(doc_id), {})):
                symbols.append(symbol)
                spans.append((a, b))
        passages.append(Passage(str(doc_id), "".join(symbols), spans))
    return passages


def _read(text: str, start: int, slots: dict[int, tuple[int, str]]) -> Iterator[tuple[str, int, int]]:
    """Give the symbols of one line with their places in the article."""
    place = 0
    while place < len(text):
        end, symbol = slots.get(start + place, (start + place + 1, text[place].translate(HALF_WIDTH)))
        if not SKIPPED.match(symbol):
            yield symbol, start + place, end
        place = end - start


def _slots(
    lines: pd.DataFrame, figures: pd.DataFrame | None, lexicon: pd.DataFrame | None
) -> dict[str, dict[int, tuple[int, str]]]:
    """Say for each article where a slot begins, where it ends, and which it is."""
    slots: dict[str, dict[int, tuple[int, str]]] = defaultdict(dict)
    if lexicon is not None and "type" in lexicon:
        places = sorted(lexicon.loc[lexicon["type"] == "place", "term"], key=len, reverse=True)
        named = re.compile("|".join(map(re.escape, places)) or r"(?!)")
        for doc_id, start, text in zip(lines["doc_id"], lines["start"], lines["text"], strict=True):
            slots[doc_id] |= {
                int(start) + m.start(): (int(start) + m.end(), PLACE) for m in named.finditer(text)
            }
    if figures is not None:
        masked = figures[figures["kind"].isin(MASKED)]
        for doc_id, start, text in zip(masked["doc_id"], masked["start"], masked["text"], strict=True):
            for m in NUMERAL_SIGNS.finditer(text):
                slots[doc_id][int(start) + m.start()] = (int(start) + m.end(), NUMBER)
    return slots


def _agreements(passages: list[Passage], shortest: int) -> dict[str, list[tuple[int, int]]]:
    """Find each run of symbols that articles share and that goes no further on either side."""
    index = defaultdict(list)
    for i, passage in enumerate(passages):
        for place in range(len(passage.symbols) - shortest + 1):
            index[passage.symbols[place : place + shortest]].append((i, place))
    found = {}
    waiting = [(shortest, places) for places in index.values()]
    while waiting:
        length, places = waiting.pop()
        if not _shared(passages, places) or not _differ(passages, places, -1):
            continue
        if _differ(passages, places, length):
            i, place = places[0]
            found[passages[i].symbols[place : place + length]] = places
        further = defaultdict(list)
        for i, place in places:
            if place + length < len(passages[i].symbols):
                further[passages[i].symbols[place + length]].append((i, place))
        waiting += [(length + 1, group) for group in further.values()]
    return found


def _shared(passages: list[Passage], places: list[tuple[int, int]]) -> bool:
    """Say whether places lie in two articles or more."""
    return len({passages[i].doc_id for i, _ in places}) > 1


def _differ(passages: list[Passage], places: list[tuple[int, int]], offset: int) -> bool:
    """Say whether what stands at this offset is not the same at all places; an end is like no other."""
    seen = set()
    for i, place in places:
        at = place + offset
        inside = 0 <= at < len(passages[i].symbols)
        seen.add(passages[i].symbols[at] if inside else None)
    return len(seen) > 1 or None in seen


def _trim(found: dict[str, Places], shortest: int) -> dict[str, Places]:
    """Take marks off the ends of each phrase; put together those that are then the same."""
    trimmed: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for phrase, places in found.items():
        kept = phrase.strip(MARKS)
        ahead = len(phrase) - len(phrase.lstrip(MARKS))
        slots = sum(kept.count(slot) for slot in SLOTS)
        if len(kept) >= shortest and 2 * slots < len(kept):
            trimmed[kept] |= {(i, place + ahead) for i, place in places}
    return {phrase: sorted(places) for phrase, places in trimmed.items()}


def _fold(passages: list[Passage], found: dict[str, Places]) -> dict[str, Places]:
    """Keep a phrase within a longer one only where it is shared by an article that the longer one lacks."""
    kept: dict[str, Places] = {}
    over: dict[int, list[tuple[int, int, frozenset[str]]]] = defaultdict(list)
    for phrase, places in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
        articles = frozenset(passages[i].doc_id for i, _ in places)
        within = (
            articles <= others
            for i, place in places
            for start, end, others in over[i]
            if start <= place and place + len(phrase) <= end
        )
        if not any(within):
            kept[phrase] = places
            for i, place in places:
                over[i].append((place, place + len(phrase), articles))
    return kept


def _shown(phrase: str) -> str:
    """Write the slots so that a reader sees them."""
    for symbol, name in SLOTS.items():
        phrase = phrase.replace(symbol, name)
    return phrase


def _span(passage: Passage, place: int, length: int) -> tuple[int, int]:
    """Give the article's own offsets of a phrase."""
    return passage.spans[place][0], passage.spans[place + length - 1][1]


def _place(table: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Put beside each place its line, its article's columns and its own characters."""
    ordered = lines.sort_values("start").rename(columns={"start": "line_start", "end": "line_end"})
    placed = pd.merge_asof(
        table.sort_values("start"), ordered, left_on="start", right_on="line_start", by="doc_id"
    )
    texts = dict(list(lines.groupby("doc_id")))
    places = zip(placed["doc_id"], placed["start"], placed["end"], strict=True)
    placed["text"] = [_characters(texts[doc_id], start, end) for doc_id, start, end in places]
    first = ["phrase", "length", "n_articles", "doc_id"]
    drop = {"line_start", "line_end", "paragraph", "zone", "line", "start", "end", "text", *first}
    own = [column for column in placed.columns if column not in drop]
    placed = placed.sort_values(["length", "phrase", "doc_id", "start"], ascending=[False, True, True, True])
    return placed[[*first, *own, "line", "start", "end", "text"]].reset_index(drop=True)


def _characters(lines: pd.DataFrame, start: int, end: int) -> str:
    """Give the article's characters between two offsets; a line break is read as none."""
    rows = lines[(lines["end"] > start) & (lines["start"] < end)].sort_values("start")
    pieces = zip(rows["text"], rows["start"], strict=True)
    return "".join(text[max(0, start - at) : end - at] for text, at in pieces)
