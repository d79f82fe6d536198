"""A corpus folder -> articles, notes. The only file that reads a corpus from disk.

A corpus is a folder of `*.txt` articles, kept as received, beside small tables
in which a person has written down what no rule can know. Every table is TSV:
UTF-8 with or without a byte-order mark, every cell text, no quoting, and no
word that secretly means "missing", so `000` stays `000` and `NA` stays `NA`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

# The columns every articles.tsv has; any further column is the corpus's own
# (here city, place, level, signed, occasion) and is carried along.
ARTICLE_COLUMNS = ["doc_id", "file", "sha256", "date", "date_basis", "outlet", "title"]

# The optional tables and their columns. What each means stands in the package's docstring.
NOTE_COLUMNS = {
    "zones": ["doc_id", "line", "text", "zone", "reason"],
    "lexicon": ["term", "type", "reason"],
    "stopwords": ["term", "source", "reason"],
    "glosses": ["term", "english", "topic", "source"],
    "measures": [
        *("doc_id", "start", "text", "measure", "population", "area", "period_start"),
        *("period_end", "status", "direction", "comparison", "note"),
    ],
    "checks": ["check", "relation", "required", "left", "right", "note"],
    "formulas": ["formula", "doc_ids", "english", "explained", "place", "words", "note"],
    "systems": ["system", "aliases", "doc_ids", "type", "place", "english", "what"],
}

# What a cell of measures.tsv has where nobody has read the figure, and where the article does not say.
UNKNOWN = ["", "unknown"]

# A person who wrote the same word twice meant one of the two rows; we cannot know which.
UNIQUE = {
    "articles": "doc_id",
    "lexicon": "term",
    "stopwords": "term",
    "glosses": "term",
    "checks": "check",
    "systems": "system",
    "formulas": "formula",
}


# Columns that the library makes on its way; an article's own column may not take their names.
MADE = {
    *("text", "line", "paragraph", "zone", "start", "end", "term", "span", "line_start"),
    *("kind", "value", "value_to", "unit", "qualifier", "rule"),
    *("axis", "counted_in", "period_length"),
    *(
        "n",
        "n_rest",
        "n_articles",
        "rate",
        "tf",
        "df",
        "idf",
        "tf_idf",
        "english",
        "topic",
        "gloss_source",
        "part",
    ),
}


def read_articles(folder: str | Path) -> pd.DataFrame:
    """Read the articles of a corpus folder, in the order of its `articles.tsv`.

    Columns out: those of `articles.tsv`, then `text`, the whole article decoded
    (a byte-order mark is not part of it; line ends stay as they are).

    Raises FileNotFoundError for a missing table or article, and ValueError for a
    `*.txt` that no row lists, a file that has changed since it was recorded, that
    is not UTF-8 or has nothing in it, and a path that leaves the folder. Each
    message names the file and says what would help. An empty `sha256` means that
    the article is not frozen: then a change goes unseen.

    >>> read_articles("seeds")[["doc_id", "city"]].values.tolist()[0]
    ['000', 'Fuzhou']
    """
    folder = Path(folder)
    table = _read_table(folder / "articles.tsv", ARTICLE_COLUMNS)
    if table.empty:
        raise ValueError(
            f"{folder / 'articles.tsv'} lists no article: write a row for each *.txt of {folder}."
        )
    _refuse_unlisted(folder, table["file"])
    texts = [
        _read_text(folder, file, digest) for file, digest in zip(table["file"], table["sha256"], strict=True)
    ]
    return table.assign(text=pd.Series(texts, index=table.index, dtype="str"))


def read_notes(folder: str | Path, name: str) -> pd.DataFrame:
    """Read one of the optional tables of a corpus folder, for example its `lexicon`.

    Columns out: those listed for the table in `NOTE_COLUMNS`, then any others it has.
    A table that is not there is an empty frame with its columns: a corpus
    without it simply has no such notes. A misspelt *file* name looks the same, so
    look at what you got.

    Raises ValueError for a name that is no table, and for a table that is not well formed.

    >>> read_notes("seeds", "lexicon").columns.tolist()
    ['term', 'type', 'reason']
    """
    if name not in NOTE_COLUMNS:
        raise ValueError(f"No table is called {name!r}; a corpus folder may hold {', '.join(NOTE_COLUMNS)}.")
    path = Path(folder) / f"{name}.tsv"
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"There is no folder {folder}.")
    return (
        _read_table(path, NOTE_COLUMNS[name])
        if path.exists()
        else pd.DataFrame(columns=NOTE_COLUMNS[name], dtype="str")
    )


def _read_table(path: Path, columns: list[str]) -> pd.DataFrame:
    """Read one TSV table, every cell as the text that stands there."""
    if not path.exists():
        raise FileNotFoundError(
            f"There is no {path}: a corpus folder needs it, with the columns {', '.join(columns)}."
        )
    lines = _decode(path).replace("\r\n", "\n").split("\n")
    header, *rows = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip()] or [(1, [""])]
    _refuse_bad_header(path, header[1], columns)
    for n, cells in rows:
        if len(cells) != len(header[1]):
            raise ValueError(
                f"{path}, line {n}: {len(cells)} cells where the header has {len(header[1])}; "
                f"cells are separated by one tab each, and an empty cell keeps its tab."
            )
    frame = pd.DataFrame([cells for _, cells in rows], columns=header[1], dtype="str")
    _refuse_twice(path, frame, [n for n, _ in rows])
    return frame


def _refuse_bad_header(path: Path, header: list[str], columns: list[str]) -> None:
    """Say which columns a table lacks, or has twice."""
    missing = [column for column in columns if column not in header]
    if missing:
        raise ValueError(
            f"{path}, line 1: no column {', '.join(missing)}. The header has {', '.join(header)}."
        )
    taken = sorted(set(header) & MADE) if path.stem == "articles" else []
    if taken:
        raise ValueError(
            f"{path}, line 1: column {taken[0]!r} is one that the library makes; call yours otherwise."
        )
    if len(set(header)) < len(header):
        raise ValueError(f"{path}, line 1: a column stands twice in {', '.join(header)}.")


def _refuse_twice(path: Path, frame: pd.DataFrame, line_numbers: list[int]) -> None:
    """Say which key is empty or stands on two lines."""
    key = UNIQUE.get(path.stem)
    if key is None:
        return
    seen: set[str] = set()
    for number, word in zip(line_numbers, frame[key], strict=True):
        if not word.strip():
            raise ValueError(f"{path}, line {number}: an empty {key}.")
        if word in seen:
            raise ValueError(f"{path}, line {number}: {key} {word} stands there twice; keep one row.")
        seen.add(word)


def _refuse_unlisted(folder: Path, listed: pd.Series[str]) -> None:
    """Say which article lies in the folder without a row, or has two."""
    there = {path.name for path in folder.iterdir() if path.suffix.lower() == ".txt"}
    unlisted = sorted(there - set(listed))
    if unlisted:
        raise ValueError(
            f"{folder / unlisted[0]} is not listed in articles.tsv: add a row for it, or move it away."
        )
    if listed.duplicated().any():
        raise ValueError(
            f"{folder / 'articles.tsv'} lists {listed[listed.duplicated()].iloc[0]} twice; keep one row."
        )


def _read_text(folder: Path, file: str, digest: str) -> str:
    """Read one article and make sure that it is the one recorded."""
    path = folder / file
    if path.resolve().parent != folder.resolve() or Path(file).name != file or path.suffix.lower() != ".txt":
        raise ValueError(
            f"articles.tsv names {file!r}, which is not a *.txt file of {folder} itself; "
            f"put the article there."
        )
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is listed in articles.tsv but not there: put it back, or take out its row."
        )
    if digest:
        _refuse_changed(path, digest.lower())
    text = _decode(path)
    if not text.strip():
        raise ValueError(f"{path} has nothing in it: take it and its row out, or save the article again.")
    return text


def _refuse_changed(path: Path, digest: str) -> None:
    """Compare an article with its recorded SHA-256; say when line ends alone differ."""
    data = path.read_bytes()
    unix = data.replace(b"\r\n", b"\n")
    if digest == hashlib.sha256(data).hexdigest():
        return
    if digest in (hashlib.sha256(d).hexdigest() for d in (unix, unix.replace(b"\n", b"\r\n"))):
        raise ValueError(
            f"{path} differs from the recorded article in its line ends alone: a tool has rewritten them. "
            f"Keep '*.txt -text' for it in .gitattributes and check the file out again."
        )
    raise ValueError(
        f"{path} has changed: its SHA-256 is not the one in articles.tsv. Put the article back as it was "
        f"received; if the change is meant, record {hashlib.sha256(data).hexdigest()}."
    )


def _decode(path: Path) -> str:
    """Decode a file as UTF-8; say where it is not."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path} is not UTF-8: byte {error.start} cannot be read. Save it as UTF-8 "
            f"(Chinese files are often GB18030)."
        ) from None
