"""Figures and their readings: what each figure measures, where and when, as an annotator labelled it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from corpus_lib.articles import NOTE_COLUMNS
from corpus_lib.columns import refuse_taken, require

# The columns by which a reading names its figure: its place, and the text that must occur there.
KEY = ["doc_id", "start", "text"]
# The columns of an annotation. A table may omit the last two: the administrative level of the area
# (district, prefecture), without which no figures are comparable, and a heading to sort by.
READING = [*(c for c in NOTE_COLUMNS["measures"] if c not in KEY), "area_level", "subject"]
# How a qualifier is worded. The rules do not distinguish 不到 (less than) from 以下 (at most).
HEDGES = {"at_least": "at least, or more than, ", "at_most": "at most, or less than, ", "approx": "about "}


def add_readings(figures: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Add to each figure its annotation: what it measures, where and when.

    In: `figures` with `doc_id, start, text`; `measures`, the folder's `measures.tsv`, keyed by `doc_id,
    start` (in characters), with the `text` of the figure. Columns out: those of the figures, then those of
    READING, then any others of `measures`. A reading is an annotator's judgement. A figure without one has
    empty cells; `unknown` means that it is annotated, and the article does not say. Raises ValueError, naming
    the row, for a reading without a figure, with another text, or repeated.

    >>> figures = pd.DataFrame({"doc_id": ["a"], "start": [3], "text": ["5名"]})
    >>> read = add_readings(figures, figures.assign(measure="officers"))
    >>> read[["text", "measure", "area"]].to_numpy().tolist()
    [['5名', 'officers', '']]
    """
    require(figures, *KEY)
    require(measures, *KEY)
    added = [*READING, *(str(column) for column in measures if column not in {*KEY, *READING})]
    refuse_taken(figures, added, "add_readings")
    row_of: dict[tuple[str, str], int] = {}
    known = dict(zip(_places(figures), figures["text"], strict=True))
    for i, (place, text) in enumerate(zip(_places(measures), measures["text"], strict=True)):
        if known.get(place) != text or place in row_of:
            row = f"measures.tsv, row {i + 1} ({', '.join(place)}, {text!r})"
            raise ValueError(f"{row}: {_why_unmatched(place, text, known)}.")
        row_of[place] = i
    cells = measures.reindex(columns=added, fill_value="").reset_index(drop=True)
    read = cells.reindex([row_of.get(place, -1) for place in _places(figures)]).fillna("")
    return pd.concat([frame.reset_index(drop=True) for frame in (figures, read)], axis=1)


def _places(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Give the article and the start of each row, as text."""
    return list(zip(frame["doc_id"].astype("str"), frame["start"].astype("str"), strict=True))


def _why_unmatched(place: tuple[str, str], text: str, known: dict[tuple[str, str], str]) -> str:
    """Say why a reading matches no figure, or no other reading's figure, and what to write instead."""
    (doc_id, start), articles = place, sorted({article for article, _ in known})
    if place in known:
        twice = known[place] == text
        return "this figure has two rows: keep one" if twice else f"the figure there is {known[place]!r}"
    if doc_id not in articles:
        there = ", ".join(articles) or "none"
        return f"article {doc_id!r} has no figures; the articles with figures are {there}"
    if not start.isdecimal():
        return f"{start!r} is not an offset: write the number of characters before the figure"
    return "no figure starts there" if start == str(int(start)) else f"write {int(start)} for {start}"


def describe_figure(figure: Mapping[Any, Any], english: Mapping[str, str]) -> str:
    """Describe a numeral: its kind, its amount, and its annotation, except for the default values.

    >>> figure = {"text": "5人", "kind": "quantity", "value": 5.0, "unit": "人", "qualifier": "exact"}
    >>> describe_figure(figure | {"measure": "officers", "area": "Fuzhou"}, {"人": "person"})
    'quantity, as reported: 5 person; officers; Fuzhou'
    """
    if figure["kind"] != "quantity":
        return f"{figure['kind']}: {english[figure['text']]}" if figure["text"] in english else figure["kind"]
    unit = english.get(figure["unit"], figure["unit"])
    amount = f"{HEDGES.get(figure['qualifier'], '')}{figure['value']:,.10g} {unit}".strip()
    columns = ("measure", "direction", "population", "area", "status")
    parts = [part for part in map(figure.get, columns) if part not in (None, "", "none", "result")]
    start, end = figure.get("period_start"), figure.get("period_end")
    if start and end:
        parts.append("period unknown" if start == end == "unknown" else f"period {start} to {end}")
    return "; ".join([f"quantity, as reported: {amount}", *parts])
