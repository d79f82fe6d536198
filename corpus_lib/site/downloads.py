"""Tables of a corpus -> files to take away: CSV for spreadsheets, JSON Lines, a zip; never the articles.

A table says where to look (`doc_id, line, start, end`) and what is counted there. Columns that would
give the articles back (their text, or their tokens in order) are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

import corpus_lib

# What the zip holds beside the tables: the study's prose, code and notes. It has nothing of `tests`,
# whose cases are sentences of the articles, and of `seeds` only the tables.
PACKED = [
    *("notebooks/[0-9]*.ipynb", "notebooks/*.md", "notebooks/*.png"),
    *("corpus_lib/**/*.py", "corpus_lib/**/*.tsv", "corpus_lib/py.typed", "corpus_lib/site/template/*"),
    *("seeds/*.tsv", "seeds/README.md"),
    *("*.md", "*.toml", "requirements.txt", "*.yml", "*.cff", "LICENSE", "Makefile"),
]

# In characters: a shorter line, such as a headline, may be quoted in a file of the zip.
QUOTABLE = 100

# The date of every file in the zip, the first that the format knows, so that two builds are the same.
DAY = (1980, 1, 1, 0, 0, 0)

# A spreadsheet runs a cell that begins with one of these as a formula. An apostrophe before it makes it
# text; some spreadsheets read the full-width signs as half-width ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # fmt: skip


def write_downloads(
    tables: dict[str, tuple[str, pd.DataFrame]], root: Path, folder: Path
) -> list[dict[str, Any]]:
    """Write each table as CSV, the figures as JSON Lines too, and the study as a zip; list the files.

    In: `tables`, by name: what a table holds, and its frame. A file `columns.txt` describes the columns.
    Out: `path` (relative to the site), `holds`, `rows` and `size` (kB) of each file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "columns.txt").write_text(corpus_lib.__doc__ or "", encoding="utf-8", newline="\n")
    for name, (_, frame) in tables.items():
        write_csv(frame, folder / f"{name}.csv")
    if "figures" in tables:
        write_json(tables["figures"][1], folder / "figures.jsonl")
    listed = [(folder / f"{name}.csv", holds, f"{len(frame):,}") for name, (holds, frame) in tables.items()]
    listed.append((folder / "columns.txt", "what the columns mean", ""))
    listed.append((pack(root, folder), "tables, notebooks and code, without the articles", ""))
    return [
        {"path": f"{folder.name}/{path.name}", "holds": holds, "rows": rows, "size": _kilobytes(path)}
        for path, holds, rows in listed
    ]


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV for spreadsheets, with a byte-order mark; formulas are made text.

    Rows end in CR LF (RFC 4180). Raises ValueError for two columns of one name.
    """
    _refuse_twice(frame)
    safe = frame.rename(columns=harmless).apply(
        lambda column: column if pd.api.types.is_numeric_dtype(column) else column.map(harmless)
    )
    csv = safe.to_csv(index=False, float_format="%.15g", lineterminator="\r\n")
    path.write_text(csv, encoding="utf-8-sig", newline="")


def write_json(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as JSON Lines, one object per row; a missing value is null."""
    _refuse_twice(frame)
    lines = frame.to_json(orient="records", lines=True, force_ascii=False, double_precision=15)
    text = "" if frame.empty else lines.replace("\\/", "/")
    path.write_text(text, encoding="utf-8", newline="")


def harmless(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    >>> harmless("=1+1"), harmless("1+2+N"), harmless(5)
    ("'=1+1", '1+2+N', 5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def pack(root: Path, folder: Path) -> Path:
    """Pack tables, notebooks and code into folder/study.zip, without the articles.

    Raises ValueError for a file that holds the longest line of an article.
    """
    articles = [path.read_text(encoding="utf-8", errors="ignore") for path in (root / "seeds").glob("*.txt")]
    longest = [max(text.splitlines(), key=len, default="") for text in articles]
    longest = [line for line in longest if len(line) > QUOTABLE]
    path = folder / "study.zip"
    with ZipFile(path, "w") as archive:
        for file, name in sorted(_files(root, folder), key=lambda pair: pair[1]):
            data = file.read_bytes()
            if any(line in data.decode("utf-8", "ignore") for line in longest):
                raise ValueError(f"{file} holds an article, and the zip would publish it: take it out.")
            archive.writestr(ZipInfo(name, DAY), data, ZIP_DEFLATED, 9)
    return path


def _files(root: Path, folder: Path) -> Iterator[tuple[Path, str]]:
    """Give the files of the zip, each with its name there."""
    for pattern in PACKED:
        for path in root.glob(pattern):
            yield path, f"study/{path.relative_to(root).as_posix()}"
    for path in folder.glob("*"):
        if path.suffix != ".zip":
            yield path, f"study/tables/{path.name}"


def _kilobytes(path: Path) -> int:
    """Give the size of a file in kilobytes, rounded up."""
    return -(-path.stat().st_size // 1000)


def _refuse_twice(frame: pd.DataFrame) -> None:
    """Say which column name two columns have."""
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        raise ValueError(f"Two columns are called {twice[0]!r}: rename one before the table is written.")
