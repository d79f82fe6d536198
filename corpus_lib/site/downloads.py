"""Tables of a corpus -> files to take away: CSV for spreadsheets, and a zip; never the articles.

A table here says where to look (`doc_id, line, start, end`) and what is counted there. Columns
that would give the articles back, their text, lines and tokens in order, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from corpus_lib.site.tables import write_csv, write_figures

# What goes into the zip, beside the tables: the study's prose, code and notes. Of `tests` nothing,
# since its cases are sentences of the articles; of `seeds` the tables, and not the texts.
PACKED = [
    "notebooks/[0-9]*.ipynb",
    "notebooks/*.md",
    "notebooks/*.png",
    "corpus_lib/**/*.py",
    "corpus_lib/**/*.tsv",
    "corpus_lib/py.typed",
    "corpus_lib/site/template/*",
    "seeds/*.tsv",
    "seeds/README.md",
    "*.md",
    "*.toml",
    "requirements.txt",
    "*.yml",
    "*.cff",
    "LICENSE",
    "Makefile",
]

# A line of at most so many characters is quoted as often as it is copied: a headline, a sentence.
QUOTABLE = 100

# Every file of the zip is dated alike: the first day that the format knows. Two builds are then one.
DAY = (1980, 1, 1, 0, 0, 0)


def write_downloads(
    tables: dict[str, tuple[str, pd.DataFrame]], root: Path, folder: Path
) -> list[dict[str, Any]]:
    """Write each table as CSV, and the study as a zip; list the files, with what they hold.

    In: `tables`, by their names: what a table holds, and the frame. `figures` is the ledger, and comes
    as JSON Lines too, with a page on its columns. Out: `path` (relative to the site), `holds, rows, size`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, (_, frame) in tables.items():
        if name == "figures":
            write_figures(frame, folder)
        else:
            write_csv(frame, folder / f"{name}.csv")
    listed = [(folder / f"{name}.csv", holds, f"{len(frame):,}") for name, (holds, frame) in tables.items()]
    listed.append((pack(root, folder), "tables, notebooks and code, without the articles", ""))
    return [
        {
            "path": f"{folder.name}/{path.name}",
            "holds": holds,
            "rows": rows,
            "size": -(-path.stat().st_size // 1000),
        }
        for path, holds, rows in listed
    ]


def pack(root: Path, folder: Path) -> Path:
    """Pack the study for others into folder/study.zip: tables, notebooks and code, not the articles.

    Raises ValueError where a file holds an article, known by its longest line.
    """
    articles = [path.read_text(encoding="utf-8", errors="ignore") for path in (root / "seeds").glob("*.txt")]
    longest = [max(text.splitlines(), key=len, default="") for text in articles]
    longest = [line for line in longest if len(line) > QUOTABLE]
    path = folder / "study.zip"
    with ZipFile(path, "w") as archive:
        for file, name in sorted(_files(root, folder), key=lambda pair: pair[1]):
            data = file.read_bytes()
            if any(line in data.decode("utf-8", "ignore") for line in longest):
                raise ValueError(
                    f"{file} holds an article, and would be published: take the article out of it."
                )
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
