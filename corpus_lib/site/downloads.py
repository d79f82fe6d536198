"""Write the tables of a corpus as files: CSV for spreadsheets, JSON Lines, and a zip of the study.

No file holds an article. A table gives positions (`doc_id, line, start, end`) and what is there, but not
the columns that would reproduce the articles: their text, or their tokens in order.
"""

from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

import corpus_lib

# What the zip holds besides the tables: the texts, code and notes of the study. It leaves out `tests`,
# where the cases are sentences of the articles, and all of `seeds` except the tables.
PACKED = [
    *("notebooks/[0-9]*.ipynb", "notebooks/*.md", "notebooks/*.png", "notebooks/data/*"),
    *("corpus_lib/**/*.py", "corpus_lib/**/*.tsv", "corpus_lib/py.typed", "corpus_lib/site/template/*"),
    *("seeds/*.tsv", "seeds/README.md"),
    *("*.md", "*.toml", "requirements.txt", "*.yml", "*.cff", "LICENSE", "Makefile"),
]
# The longest line, in characters, that a file of the zip may quote, such as a headline.
QUOTABLE = 100

# A spreadsheet runs a cell that begins with one of these as a formula; an apostrophe before it makes it
# text. Some spreadsheets treat the full-width signs like the others.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # fmt: skip


def write_downloads(
    tables: dict[str, tuple[str, pd.DataFrame]], root: Path, folder: Path
) -> list[dict[str, Any]]:
    """Write each table as CSV, the figures also as JSON Lines, and the study as a zip; list the files.

    In: `tables`, by name: what a table holds, and its frame. A file `columns.txt` describes the columns.
    Out: `path` (relative to the site), `holds`, `rows` and `size` (kB, rounded up) of each file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "columns.txt").write_text(corpus_lib.__doc__ or "", encoding="utf-8", newline="\n")
    for name, (_, frame) in tables.items():
        write_csv(frame, folder / f"{name}.csv")
    write_json(tables["figures"][1], folder / "figures.jsonl")
    listed = [(folder / f"{name}.csv", holds, f"{len(frame):,}") for name, (holds, frame) in tables.items()]
    listed.append((folder / "columns.txt", "what the columns mean", ""))
    listed.append((pack(root, folder), "tables, notebooks and code, without the articles", ""))
    return [
        {"path": f"{folder.name}/{p.name}", "holds": holds, "rows": n, "size": -(-p.stat().st_size // 1000)}
        for p, holds, n in listed
    ]


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV for spreadsheets: a byte-order mark, formulas as text, CR LF (RFC 4180)."""
    safe = frame.rename(columns=harmless).map(harmless)
    safe.to_csv(path, index=False, encoding="utf-8-sig", float_format="%.15g", lineterminator="\r\n")


def write_json(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as JSON Lines, one object per row; a missing value is null."""
    lines = frame.to_json(orient="records", lines=True, force_ascii=False, double_precision=15)
    path.write_text("" if frame.empty else lines.replace("\\/", "/"), encoding="utf-8", newline="")


def harmless(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    >>> harmless("=1+1"), harmless("1+2+N"), harmless(5)
    ("'=1+1", '1+2+N', 5)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def pack(root: Path, folder: Path) -> Path:
    """Pack tables, notebooks and code into folder/study.zip, without the articles; return its path.

    Raises ValueError for a file that holds the longest line of an article.
    """
    articles = [path.read_text(encoding="utf-8", errors="ignore") for path in (root / "seeds").glob("*.txt")]
    longest = [max(text.splitlines(), key=len, default="") for text in articles]
    files = {f"study/tables/{path.name}": path for path in folder.glob("*") if path.suffix != ".zip"}
    packed = (path for pattern in PACKED for path in root.glob(pattern))
    files |= {f"study/{path.relative_to(root).as_posix()}": path for path in packed}
    with ZipFile(folder / "study.zip", "w") as archive:
        for name, path in sorted(files.items()):
            data = path.read_bytes()
            text = data.decode("utf-8", "ignore")
            if any(line in text for line in longest if len(line) > QUOTABLE):
                raise ValueError(f"{path} contains an article, and the zip would publish it: remove it.")
            # Every file has the first date that the format has, so that two builds are the same.
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED, 9)
    return folder / "study.zip"
