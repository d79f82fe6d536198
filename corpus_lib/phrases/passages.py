"""Lines -> the passages that two or more articles share, word for word or except for their numerals.

Text that looks the same to a reader is the same here: quotation marks, spaces, line ends and full-width forms
hide no match. All places of the text begin as runs of one character, and each step makes the runs longer. A
run goes on only if two articles have it and if it does not always follow the same character: else the run
that begins one character earlier is the longer one. Few places of ordinary text go on for long.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from corpus_lib.characters import FOLD, INVISIBLE
from corpus_lib.columns import refuse_taken, require
from corpus_lib.numerals import NUMERAL_SIGNS
from corpus_lib.phrases.contexts import cut
from corpus_lib.terms import refuse_unparted
from corpus_lib.zones import LINES

# A passage of fewer characters is a term, and is found by counting terms; six is a phrase.
SHORTEST = 6
# A run neither begins nor ends with a mark (those that FOLD leaves, and similar ones).
MARKS = ",.;:!?()[]、。·…—-－/|~"
# What stands for a masked piece while articles are compared: one character each, which no text has (private
# use), and how it is shown.
NUMBER, PLACE = "\ue000\ue001"
SLOTS = {NUMBER: "<N>", PLACE: "<PLACE>"}
# Left out before articles are compared, as blanks are.
QUOTATION_MARKS = "“”‘’「」『』\"'《》〈〉"
# Kinds of figure whose numeral may differ while the phrase is the same. Names (110) and set
# numerals (一站式, 两个维护) are words.
MASKED = ["quantity", "date", "span", "ordinal"]
# What a shared passage has besides its place. Of a line, its article's own columns are carried.
PHRASE_COLUMNS = ["passage", "length", "n_articles"]
# The slots of a text: where each begins (article, offset), its size, and the character that stands for it.
Slots = dict[tuple[str, int], tuple[int, str]]


def shared_passages(
    lines: pd.DataFrame,
    figures: pd.DataFrame | None = None,
    lexicon: pd.DataFrame | None = None,
    shortest: int = SHORTEST,
) -> pd.DataFrame:
    """Find the longest passages that two or more articles have in common, with all their places.

    In: `lines` of the zones to compare, with `doc_id, line, paragraph, start, text`; `figures`, and then
    numerals of dates, amounts, spans and ordinals are read as `<N>` (犯罪嫌疑人<N>名); `lexicon` with `term,
    type`, and then its places are read as `<PLACE>`; `shortest`, the least number of characters. A slot such
    as `<N>` is one character; slots are always less than half of a phrase.
    Columns out, with one row per place: `passage` (as compared), `length`, `n_articles`, `doc_id`, the
    articles' own columns, `line, start, end, text` (the article's own characters). A passage within a longer
    one has rows only if more articles share it. Passages end with their paragraph.

    Time grows with the text, but time and memory with the square of a run that repeats itself: two articles
    of one character 5,000 times took three seconds and 300 MB (see `tests/bench_text.py`). Raises ValueError
    for fewer than two articles and for a `shortest` below one.

    >>> lines = pd.DataFrame({"doc_id": ["a", "b"], "line": 1, "paragraph": 1, "start": 0, "end": 11})
    >>> lines = lines.assign(text=["抓获“犯罪嫌疑人”甲。", "共有犯罪嫌疑人在逃。"])
    >>> shared_passages(lines, shortest=5)[["passage", "doc_id", "text"]].to_numpy().tolist()
    [['犯罪嫌疑人', 'a', '犯罪嫌疑人'], ['犯罪嫌疑人', 'b', '犯罪嫌疑人']]
    """
    refuse_unparted(lines)
    require(lines, "doc_id", "line", "start", "text")
    refuse_taken([c for c in lines.columns if c not in LINES], PHRASE_COLUMNS, "shared_passages")
    if shortest < 1:
        raise ValueError(f"shortest={shortest}: a passage has one character or more.")
    if lines["doc_id"].nunique() < 2:
        raise ValueError("There is one article, or none, so nothing can be shared: pass two or more.")
    ordered = lines.sort_values(["doc_id", "paragraph", "start"], ignore_index=True)
    text, (row, begin, end, shift) = _read(ordered, _slots(ordered, figures, lexicon))
    keys = (["doc_id"], ["doc_id", "paragraph"])
    article, part = (ordered.groupby(key).ngroup().to_numpy()[row] for key in keys)
    runs = shared_runs(text, article, part, shortest)
    first, last = runs["place"], runs["place"] + runs["length"] - 1
    runs["passage"] = cut(text, first, last + 1).replace(SLOTS, regex=True)
    own = ["doc_id", *(column for column in ordered.columns if column not in {"doc_id", *LINES}), "line"]
    table = pd.concat([runs[PHRASE_COLUMNS], ordered[own].take(row[first]).reset_index(drop=True)], axis=1)
    table["start"], table["end"] = begin[first] + shift[first], end[last] + shift[last]
    table["text"] = cut("".join(ordered["text"]), begin[first], end[last])
    order = ["length", "passage", "doc_id", "start"]
    return table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)


def describe_passages(shared: pd.DataFrame, english: Mapping[str, str]) -> list[str]:
    """Describe each shared passage (`shared_passages`) by the first five other places where it occurs.

    >>> shared = pd.DataFrame({"passage": "打击犯罪", "doc_id": ["a", "b"], "line": [1, 2]})
    >>> describe_passages(shared, {})
    ['shared passage, also b:2', 'shared passage, also a:1']
    """
    place = shared["doc_id"] + ":" + shared["line"].astype(str)
    everywhere = place.groupby(shared["passage"]).unique()
    described = []
    for passage, here in zip(shared["passage"], place, strict=True):
        others = sorted(other for other in everywhere[passage] if other != here)
        gloss = f" ({english[passage]})" if passage in english else ""
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        described.append(f"shared passage{gloss}, also {' '.join(others[:5])}{more}")
    return described


def _slots(lines: pd.DataFrame, figures: pd.DataFrame | None, lexicon: pd.DataFrame | None) -> Slots:
    """Find the names of places, the longest first, and the numerals that are masked."""
    masked = []
    if lexicon is not None:
        require(lexicon, "term", "type")
        places = sorted(filter(None, lexicon.loc[lexicon["type"] == "place", "term"]), key=len, reverse=True)
        masked += [(lines, "|".join(map(re.escape, places)) or r"(?!)", PLACE)]
    if figures is not None:
        require(figures, "doc_id", "start", "text", "kind")
        masked += [(figures[figures["kind"].isin(MASKED)], NUMERAL_SIGNS.pattern, NUMBER)]
    return {
        (doc_id, start + m.start()): (len(m[0]), sign)
        for frame, pattern, sign in masked
        for doc_id, start, text in zip(frame["doc_id"], frame["start"], frame["text"], strict=True)
        for m in re.finditer(pattern, text)
    }


def _read(ordered: pd.DataFrame, slots: Slots) -> tuple[str, np.ndarray]:
    """Read lines as they are compared: usual forms, a slot as one character, no quotation or invisible mark.

    Out: the characters; the row of each, where it begins and ends in all lines joined, and how far this is
    from its place in the article.
    """
    signs, places, edge = list[str](), list[tuple[int, ...]](), 0
    table = zip(ordered["doc_id"], ordered["start"], ordered["text"], strict=True)
    for row, (doc_id, start, text) in enumerate(table):
        plain, place = text.translate(FOLD), 0
        while place < len(plain):
            size, sign = slots.get((doc_id, start + place), (1, plain[place]))
            if not sign.isspace() and sign not in QUOTATION_MARKS and not INVISIBLE.match(sign):
                signs.append(sign)
                places.append((row, edge + place, edge + place + size, start - edge))
            place += size
        edge += len(plain)
    return "".join(signs), np.array(places, dtype="int64").reshape(-1, 4).T


def shared_runs(text: str, article: np.ndarray, part: np.ndarray, shortest: int) -> pd.DataFrame:
    """Find the longest runs that two or more articles share, and all their places.

    In: the `text` of all articles; for each character the number of its `article` and of its `part`, both in
    rising order (a run ends with its part); `shortest`, the least number of characters. A run begins and ends
    with no mark, and less than half of it is slots. Columns out, with one row per place: `place` (the run's
    first character), `length`, `n_articles`.

    >>> shared_runs("甲乙丙甲乙", np.array([0, 0, 0, 1, 1]), np.array([0, 0, 0, 1, 1]), 2).to_numpy().tolist()
    [[0, 2, 2], [3, 2, 2]]
    """
    found: dict[str, np.ndarray] = {}
    for places, length in _whole_runs(text, article, part, shortest):
        run = text[places[0] : places[0] + length]
        trimmed = run.strip(MARKS)
        if len(trimmed) >= shortest and 2 * sum(map(trimmed.count, SLOTS)) < len(trimmed):
            starts = places + len(run) - len(run.lstrip(MARKS))
            # A run with marks at its ends has only some of the places of the run without them.
            found[trimmed] = max(found.get(trimmed, starts), starts, key=len)
    tables = [pd.DataFrame(columns=["place", "length", "n_articles"], dtype="int64")]
    longer: dict[tuple[int, ...], str] = defaultdict(str)
    for run in sorted(found, key=len, reverse=True):
        articles = tuple(pd.unique(article[found[run]]))
        # A run that a longer run of the same articles contains says nothing new.
        if run not in longer[articles]:
            longer[articles] += f"\n{run}"
            own = {"place": found[run], "length": len(run), "n_articles": len(articles)}
            tables.append(pd.DataFrame(own))
    return pd.concat(tables, ignore_index=True)


def _whole_runs(
    text: str, article: np.ndarray, part: np.ndarray, shortest: int
) -> Iterator[tuple[np.ndarray, int]]:
    """Give the places and the length of each shared run that grows on neither side without losing a place."""
    code = np.array([*map(ord, text)], dtype="int64")
    end, place = np.searchsorted(part, part, "right"), np.arange(len(code))
    # The end of a part is like no character, and like no other end.
    before = np.where(np.diff(part, prepend=-1) > 0, -1 - place, np.roll(code, 1))
    run, length = code, 1
    while len(place):
        run = np.unique(run, return_inverse=True)[1]
        goes_on = _varies(run, article[place]) & _varies(run, before[place])
        place, run = place[goes_on], run[goes_on]
        after = np.where(place + length < end[place], code.take(place + length, mode="clip"), -1 - place)
        whole = np.flatnonzero(_varies(run, after))
        if length >= shortest and len(whole):
            whole = whole[np.argsort(run[whole], kind="stable")]
            cuts = np.flatnonzero(np.diff(run[whole])) + 1
            yield from ((places, length) for places in np.split(place[whole], cuts))
        inside = after >= 0
        place, run = place[inside], (run * (code.max(initial=0) + 1) + after)[inside]
        length += 1


def _varies(run: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Say for each place whether the places of its run have more than one value."""
    one = np.zeros(run.max(initial=-1) + 1, dtype="int64")
    one[run] = values
    return np.asarray(np.bincount(run, one[run] != values)[run] > 0)
