"""Tokens, figures, mentions, shared phrases -> marks: what a reader is told about a stretch of an article."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from corpus_lib.segmentation import words

# How a hedge is said. The rules do not part 不到 (less than) from 以下 (or less), nor 超过 from 以上.
HEDGES = {
    "exact": "",
    "at_least": "at least, or more than, ",
    "at_most": "at most, or less than, ",
    "approx": "about ",
}

# What of a reading goes without saying: nothing read, no direction, and that most amounts are results.
UNTOLD = ["", "none", "result"]

COLUMNS = ["doc_id", "start", "end", "kind", "english"]


def mark_words(tokens: pd.DataFrame, glosses: pd.DataFrame) -> pd.DataFrame:
    """Mark each word with its gloss; without one it says so, and is marked all the same.

    In: `tokens`; `glosses` with `term, english`. Columns out: `doc_id, start, end, kind`
    ("word"), `english`. A gloss belongs to the word, not to its place: 平安 is "safe, peaceful" in a
    village's name too.

    >>> tokens = pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [2], "term": ["警情"]})
    >>> mark_words(tokens, pd.DataFrame({"term": ["警情"], "english": ["incident"]}))["english"].item()
    'incident'
    """
    english = _english(glosses)
    found = words(tokens)
    return _marks(found, "word", [english.get(term, "(no gloss)") for term in found["term"]])


def mark_figures(figures: pd.DataFrame, glosses: pd.DataFrame) -> pd.DataFrame:
    """Mark each figure with its kind, its value and, where a person has read it, what it measures.

    In: `figures`, or their readings (`add_readings`); `glosses` for their units.
    Columns out: as `mark_words`; of kind "figure" for an amount, "numeral" for any other.

    >>> figure = {"doc_id": "a", "start": 0, "end": 2, "text": "5人", "kind": "quantity", "value": 5.0}
    >>> figure |= {"unit": "人", "qualifier": "exact", "measure": "officers", "area": "Fuzhou"}
    >>> people = pd.DataFrame({"term": ["人"], "english": ["person"]})
    >>> mark_figures(pd.DataFrame([figure]), people)["english"].item()
    'quantity, as reported: 5 person; officers; Fuzhou'
    """
    english = _english(glosses)
    said = [_say_figure(row, english) for row in figures.to_dict("records")]
    kinds = figures["kind"].eq("quantity").map({True: "figure", False: "numeral"})
    return _marks(figures, kinds, said)


def mark_systems(mentions: pd.DataFrame, systems: pd.DataFrame) -> pd.DataFrame:
    """Mark each mention of a named system with the system's English name and type.

    In: `mentions` (`find_entities`); `systems` with `system, english, type`. Out: of kind "system".
    """
    named = systems.set_index("system")
    said = named["english"] + " (" + named["type"] + ")"
    return _marks(mentions, "system", "named system: " + mentions["system"].map(said))


def mark_passages(shared: pd.DataFrame, glosses: pd.DataFrame) -> pd.DataFrame:
    """Mark each place of a shared phrase with the other places where it stands.

    In: `shared` (`shared_passages`); `glosses` for their English. Out: of kind "passage".

    >>> shared = pd.DataFrame({"passage": "打击犯罪", "doc_id": ["a", "b"], "line": [1, 2], "start": 0})
    >>> mark_passages(shared.assign(end=4), pd.DataFrame({"term": [], "english": []}))["english"].tolist()
    ['shared passage, also b:2', 'shared passage, also a:1']
    """
    english = _english(glosses)
    place = shared["doc_id"] + ":" + shared["line"].astype(str)
    everywhere = place.groupby(shared["passage"]).agg(lambda places: sorted(set(places)))
    said = [
        f"shared passage{f' ({english[phrase]})' if phrase in english else ''}, also "
        + _some([other for other in everywhere[phrase] if other != here])
        for phrase, here in zip(shared["passage"], place, strict=True)
    ]
    return _marks(shared, "passage", said)


def _some(places: list[str]) -> str:
    """Name the first five of some places, and say how many more there are."""
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    return " ".join(places[:5]) + more


def _english(glosses: pd.DataFrame) -> dict[Hashable, Any]:
    """Give the English of each term that has one."""
    return dict(zip(glosses["term"], glosses["english"], strict=True))


def _marks(frame: pd.DataFrame, kind: Any, english: Any) -> pd.DataFrame:
    """Give stretches of text their kind and what is said of them."""
    return frame[["doc_id", "start", "end"]].assign(kind=kind, english=english)[COLUMNS]


def _say_figure(row: dict[Hashable, Any], english: dict[Hashable, Any]) -> str:
    """Put a figure into words: its kind, its amount, and its reading as far as there is one."""
    if row["kind"] != "quantity":
        return f"{row['kind']}: {english[row['text']]}" if row["text"] in english else str(row["kind"])
    amount = f"{HEDGES[row['qualifier']]}{row['value']:,.10g} {english.get(row['unit'], row['unit'])}".strip()
    read = [row.get(column) for column in ("measure", "direction", "population", "area", "status")]
    said = [str(part) for part in read if isinstance(part, str) and part not in UNTOLD]
    return "; ".join([f"quantity, as reported: {amount}", *said, *_say_period(row)])


def _say_period(row: dict[Hashable, Any]) -> list[str]:
    """Put the period of a figure into words, if somebody has read it."""
    start, end = (row.get(column) or "" for column in ("period_start", "period_end"))
    if not start or not end:
        return []
    return ["period unknown" if start == end == "unknown" else f"period {start} to {end}"]
