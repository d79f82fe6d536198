"""A corpus folder -> articles, notes. The only file that reads a corpus from disk.

A corpus is a folder of `*.txt` articles, kept as received, with small tables of what no rule can know.
Every table is TSV: UTF-8 with or without a byte-order mark, every cell text, no quoting, and no word for
"missing", so `000` stays `000` and `NA` stays `NA`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from corpus_lib.columns import refuse_taken

# One row is an article. Every articles.tsv has these columns; a corpus may add its own (here city, place,
# level, signed, occasion), and they are carried along. `date_basis` says how the date is known; an empty
# `sha256` means that the text may change.
ARTICLE_COLUMNS = ["doc_id", "file", "sha256", "date", "date_basis", "outlet", "title"]

# The optional tables and their columns; a table may have more.
NOTE_COLUMNS = {
    # A line, or the part of it with these words, whose zone the rules get wrong, and the right zone.
    "zones": ["doc_id", "line", "text", "zone", "reason"],
    # A word that segmentation keeps whole; `type` is place, person, agency, name or set.
    "lexicon": ["term", "type", "reason"],
    # A word that lists and charts leave out.
    "stopwords": ["term", "source", "reason"],
    # The English of a term and its topic; the source `study` means that the gloss was written for this study.
    "glosses": ["term", "english", "topic", "source"],
    # The annotation of one figure, which begins at `start`: what it measures, of whom, where and when.
    "measures": [
        *("doc_id", "start", "text", "measure", "population", "area", "period_start"),
        *("period_end", "status", "direction", "comparison", "note"),
    ],
    # A sum that must agree (`required` is yes) or may; a side lists its figures as `doc_id:start text`.
    "checks": ["check", "relation", "required", "left", "right", "note"],
    # A slogan with a number, the articles that have it, and where and how one of them explains it.
    "formulas": ["formula", "doc_ids", "english", "explained", "place", "words", "note"],
    # A named system, its other names, the articles that have it, its kind, its place, and what it is.
    "systems": ["system", "aliases", "doc_ids", "type", "place", "english", "what"],
}

# A cell of measures.tsv is empty where nobody has annotated the figure, and "unknown" where the article
# does not say.
UNKNOWN = ["", "unknown"]

# The key of each table: two rows with one key may contradict each other, and we cannot know which is meant.
UNIQUE = {
    **{"articles": "doc_id", "lexicon": "term", "stopwords": "term", "glosses": "term"},
    **{"checks": "check", "systems": "system", "formulas": "formula"},
}


def read_articles(folder: str | Path) -> pd.DataFrame:
    """Read the articles of a corpus folder, in the order of its `articles.tsv`.

    Columns out: those of `articles.tsv`, then `text`, the whole article decoded (a byte-order mark is not
    part of it; line ends stay as they are). Raises FileNotFoundError for a missing table or article, and
    ValueError for a `*.txt` that no row lists, a file that has changed since it was recorded, that is not
    UTF-8 or is empty, and a path that leaves the folder. Each message names the file and says what to do.
    With an empty `sha256` nobody notices a change.

    >>> read_articles("seeds")[["doc_id", "city"]].values.tolist()[0]
    ['000', 'Fuzhou']
    """
    folder = Path(folder)
    path = folder / "articles.tsv"
    table = _read_table(path, ARTICLE_COLUMNS)
    if table.empty:
        raise ValueError(f"{path} lists no article: write a row for each *.txt of {folder}.")
    refuse_taken(table.columns, ["text"], "read_articles")
    there = {file.name for file in folder.iterdir() if file.suffix.lower() == ".txt"}
    if unlisted := sorted(there - set(table["file"])):
        raise ValueError(f"{folder / unlisted[0]} is not listed in articles.tsv: add a row, or move it.")
    twice = table.loc[table["file"].duplicated(), "file"]
    if len(twice):
        raise ValueError(f"{path} lists {twice.iloc[0]} twice; keep one row.")
    texts = [_read_text(folder, *row) for row in table[["file", "sha256"]].to_numpy().tolist()]
    return table.assign(text=pd.Series(texts, index=table.index, dtype="str"))


def read_notes(folder: str | Path, name: str) -> pd.DataFrame:
    """Read one of the optional tables of a corpus folder, for example its `lexicon`.

    Columns out: those listed for the table in `NOTE_COLUMNS`, then any others it has. A table that is not
    there gives an empty frame with its columns: the corpus has no such notes. A misspelt *file* name looks
    the same, so look at the result. Raises ValueError for a name that is not a table, and for a table that is
    not well formed.

    >>> read_notes("seeds", "lexicon").columns.tolist()
    ['term', 'type', 'reason']
    """
    if name not in NOTE_COLUMNS:
        raise ValueError(f"There is no table {name!r}. A corpus folder may have {', '.join(NOTE_COLUMNS)}.")
    path = Path(folder) / f"{name}.tsv"
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"There is no folder {folder}.")
    if not path.exists():
        return pd.DataFrame(columns=NOTE_COLUMNS[name], dtype="str")
    return _read_table(path, NOTE_COLUMNS[name])


def _read_table(path: Path, columns: list[str]) -> pd.DataFrame:
    """Read one TSV table, every cell as its text."""
    if not path.exists():
        raise FileNotFoundError(f"There is no {path}: write it, with the columns {', '.join(columns)}.")
    lines = _decode(path).replace("\r\n", "\n").split("\n")
    filled = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip()] or [(1, [""])]
    numbers, (header, *rows) = [n for n, _ in filled[1:]], [cells for _, cells in filled]
    if missing := [column for column in columns if column not in header]:
        raise ValueError(f"{path}, line 1: no column {', '.join(missing)}. It has {', '.join(header)}.")
    if len(set(header)) < len(header):
        raise ValueError(f"{path}, line 1: {', '.join(header)} has a column twice; rename one.")
    for n, cells in zip(numbers, rows, strict=True):
        if len(cells) != len(header):
            raise ValueError(
                f"{path}, line {n}: the line has {len(cells)} cells and the header has {len(header)}. "
                f"Put one tab between two cells, also beside an empty one."
            )
    frame = pd.DataFrame(rows, columns=header, dtype="str")
    _refuse_twice(path, frame, numbers)
    return frame


def _refuse_twice(path: Path, frame: pd.DataFrame, numbers: list[int]) -> None:
    """Say which key is empty or on two lines."""
    if path.stem not in UNIQUE:
        return
    key = UNIQUE[path.stem]
    for n, word, again in zip(numbers, frame[key], frame[key].duplicated(), strict=True):
        if not word.strip():
            raise ValueError(f"{path}, line {n}: the {key} is empty; fill it in, or take the line out.")
        if again:
            raise ValueError(f"{path}, line {n}: {key} {word} is on an earlier line too; keep one.")


def _read_text(folder: Path, file: str, digest: str) -> str:
    """Read one article and make sure that it is the one recorded."""
    path = folder / file
    if path.resolve().parent != folder.resolve() or Path(file).name != file or path.suffix.lower() != ".txt":
        raise ValueError(f"articles.tsv names {file!r}, which is not a *.txt file of {folder}: put it there.")
    if not path.is_file():
        raise FileNotFoundError(f"{path} is listed in articles.tsv but not there: put it back, or unlist it.")
    if digest:
        _refuse_changed(path, digest.lower())
    text = _decode(path)
    if not text.strip():
        raise ValueError(f"{path} is empty: take it and its row out, or save the article again.")
    return text


def _refuse_changed(path: Path, digest: str) -> None:
    """Compare an article with its recorded SHA-256; say when only the line ends differ."""
    data = path.read_bytes()
    unix = data.replace(b"\r\n", b"\n")
    own, *others = (hashlib.sha256(d).hexdigest() for d in (data, unix, unix.replace(b"\n", b"\r\n")))
    if digest in others and digest != own:
        raise ValueError(
            f"{path} differs from the recorded article only in its line ends: a program has rewritten them. "
            f"Put '*.txt -text' into .gitattributes and check the file out again."
        )
    if digest != own:
        raise ValueError(
            f"{path} has changed: its SHA-256 is not the one in articles.tsv. Put the article back as you "
            f"received it; if you want the change, write {own} into articles.tsv."
        )


def _decode(path: Path) -> str:
    """Decode a file as UTF-8; say where it is not."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path} is not UTF-8: byte {error.start} cannot be read. Save the file as UTF-8 "
            f"(Chinese files are often GB18030)."
        ) from None
