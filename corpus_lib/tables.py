"""A TSV file -> a frame whose cells are all text, or the reason why not: separators, quotes, rows, keys."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

import pandas as pd

from corpus_lib.characters import decode

# The tables whose first column is a key: two rows with one key may contradict each other, and we cannot know
# which is meant.
UNIQUE = {"articles", "lexicon", "stopwords", "glosses", "checks", "systems", "formulas"}
# What other programs put between cells, and its name in a message.
SEPARATORS = {",": "commas", ";": "semicolons", "\u3000": "full-width blanks", "|": "bars", " ": "blanks"}
# How they quote a cell with quotation marks of its own: "他说""好""". An article may have "甲""乙" in a row.
QUOTED_CELL = re.compile('"[^"]*(?:""[^"]*""[^"]*)+"')
QUOTED = "quotation marks enclose a cell and would become part of it. Save the table without them."


def read_table(path: Path, columns: list[str]) -> pd.DataFrame:
    """Read one TSV table, every cell as its text; `columns` are those that it needs.

    Blanks around a cell are no part of it, except in a column `text`. Raises ValueError with the line.
    """
    refuse_other_case(path)
    if not path.exists():
        raise FileNotFoundError(f"There is no {path}: write it, with the columns {', '.join(columns)}.")
    lines = decode(path).replace("\r\n", "\n").split("\n")
    filled = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip()] or [(1, [""])]
    numbers, (header, *rows) = [n for n, _ in filled[1:]], [cells for _, cells in filled]
    header = [name.strip() for name in header]
    _refuse_header(path, header, columns)
    for n, cells in zip(numbers, rows, strict=True):
        _refuse_row(f"{path}, line {n}", cells, header)
    frame = pd.DataFrame(rows, columns=header, dtype="str")
    for name in frame.columns.difference(["text"]):
        frame[name] = frame[name].str.strip()
    if path.stem in UNIQUE:
        _refuse_twice(path, frame[columns[0]], numbers)
    return frame


def _refuse_header(path: Path, header: list[str], columns: list[str]) -> None:
    """Say what is wrong with the header of a table: its separators, or its columns."""
    for separator, name in SEPARATORS.items():
        if len(header) == 1 < len(columns) <= len(header[0].split(separator)) and columns[0] in header[0]:
            raise ValueError(f"{path}, line 1: {name} separate the cells: save the table with tabs instead.")
    if header[0].startswith('"'):
        raise ValueError(f"{path}, line 1: {QUOTED}")
    if missing := [column for column in columns if column not in header]:
        raise ValueError(f"{path}, line 1: no column {', '.join(missing)}. It has {', '.join(header)}.")
    if "" in header:
        raise ValueError(f"{path}, line 1: a column has no name: name it, or take its tab out of every line.")
    if len(set(header)) < len(header):
        raise ValueError(f"{path}, line 1: {', '.join(header)} has a column twice; rename one.")


def _refuse_row(where: str, cells: list[str], header: list[str]) -> None:
    """Say where a row has too many cells or too few, or is written with quotation marks around its cells."""
    if re.fullmatch('"[^"]+"', cells[0]) or any(map(QUOTED_CELL.fullmatch, cells)):
        raise ValueError(f"{where}: {QUOTED}")
    if len(cells) != len(header):
        raise ValueError(
            f"{where}: the line has {len(cells)} cells and the header has {len(header)}. "
            f"Put one tab between two cells, also beside an empty one."
        )


def _refuse_twice(path: Path, keys: pd.Series[str], numbers: list[int]) -> None:
    """Say which key is empty or on two lines."""
    for n, word, again in zip(numbers, keys, keys.duplicated(), strict=True):
        if not word:
            raise ValueError(f"{path}, line {n}: the {keys.name} is empty; fill it in, or take the line out.")
        if again:
            raise ValueError(f"{path}, line {n}: {keys.name} {word} is on an earlier line too; keep one.")


def refuse_other_case(path: Path) -> None:
    """Refuse a table whose name differs from the right one in case only: on some computers it is not read."""
    for name in (file.name for file in path.parent.iterdir()):
        if name != path.name and same_name(name, path.name):
            raise ValueError(f"{path.parent / name} is not read as a table: rename it to {path.name}.")


def same_name(one: str, other: str) -> bool:
    """Say whether two names differ at most in what one does not see: case, and Unicode form."""
    return normalize("NFC", one).casefold() == normalize("NFC", other).casefold()
