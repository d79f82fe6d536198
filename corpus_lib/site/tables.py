"""Figures -> files for others: a CSV for spreadsheets, JSON Lines for programs, and what the columns mean."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

# What each column says. Others are the corpus's own, from its articles.tsv or measures.tsv.
COLUMNS = {
    "doc_id": "the article; text, so that 000 is not nought (a spreadsheet must be told)",
    "line": "the line of the article's file, from 1, blank lines counted",
    "paragraph": "the line in which its paragraph begins",
    "zone": "what the line is; only title, subtitle, heading and body are the article's own words",
    "start": "where the figure begins in the decoded file, in characters from 0",
    "end": "where it ends, exclusive",
    "text": "the figure as printed",
    "kind": "quantity, date, span, ordinal, name, formula or lexical; only a quantity is an amount reported",
    "value": "how much, for quantity, span and ordinal; per cent as 62.46",
    "value_to": "the upper end of a range",
    "unit": "the unit or counter as printed; empty when there is none",
    "qualifier": "exact, at_least, at_most or approx, as the words beside it say",
    "rule": "the rule that found it",
    "measure": "what it measures, as a person has read it; empty: nobody has",
    "population": "of whom or of what",
    "area": "of which place; a place within another as Gulou, Fuzhou",
    "period_start": "from when; unknown: the article does not say",
    "period_end": "to when",
    "status": "result, standard, target or threshold",
    "direction": "up or down, where it reports a change",
    "comparison": "compared with what",
    "note": "what a reader should know",
    "area_level": "the rank of the place: prefecture, county-level city, district, …",
    "subject": "a heading to sort by",
    "counted_in": "the unit, all counters of persons being one",
    "period_length": "how long the period is, both ends counted",
    "comparable_set": "alike for figures that may be compared",
}

ABOUT = """# The ledger of figures

{n} numerals, one a row, of every kind and zone, as the articles report them; from `measure` on, a
person's reading. `figures.csv` is UTF-8 with a byte-order mark; text in it that a spreadsheet would run
as a formula begins with an apostrophe. `figures.jsonl` has one JSON object a line.

| column | meaning |
|---|---|
"""

# A spreadsheet takes a cell that begins so for a formula, and would run it. An apostrophe
# before it makes it text; full-width signs are taken for half-width ones by some.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # fmt: skip


def write_figures(figures: pd.DataFrame, folder: str | Path) -> None:
    """Write figures.csv, figures.jsonl and figures.md, which says what the columns mean.

    In: figures of any columns; all rows are written, in their order. The CSV is UTF-8 with
    a byte-order mark; cells of text that a spreadsheet would run begin with an apostrophe
    there, and only there. In the JSON Lines a missing value is null.

    The CSV's rows end in CR LF, as RFC 4180 has it. The files hold no sentence of an article:
    `doc_id` and `line` say where to look.
    """
    _refuse_twice(figures)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(figures, folder / "figures.csv")
    records = figures.astype("object").where(figures.notna(), None).to_dict("records")
    lines = [json.dumps(record, ensure_ascii=False, default=str) + "\n" for record in records]
    (folder / "figures.jsonl").write_text("".join(lines), encoding="utf-8", newline="")
    (folder / "figures.md").write_text(_describe(figures), encoding="utf-8", newline="")


def _refuse_twice(figures: pd.DataFrame) -> None:
    """Say which column is there twice, since a JSON object would keep only one of them."""
    twice = figures.columns[figures.columns.duplicated()]
    if len(twice):
        raise ValueError(f"The figures have two columns named {twice[0]!r}: rename or drop one of them.")


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV for spreadsheets, with a byte-order mark; what they would run is made safe."""
    safe = frame.rename(columns=harmless).apply(
        lambda column: column if pd.api.types.is_numeric_dtype(column) else column.map(harmless)
    )
    csv = safe.to_csv(index=False, float_format="%.15g", lineterminator="\r\n")
    path.write_text(csv, encoding="utf-8-sig", newline="")


def harmless(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    >>> harmless("=1+1"), harmless("1+2+N"), harmless(5)
    ("'=1+1", '1+2+N', 5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _describe(figures: pd.DataFrame) -> str:
    """Say what the files are and what each column means."""
    own = "the corpus's own column"
    rows = [f"| `{name}` | {COLUMNS.get(str(name), own)} |\n" for name in figures]
    return ABOUT.format(n=len(figures)) + "".join(rows)
