"""A corpus folder -> articles, notes. The only file that reads a corpus from disk.

A corpus is a folder of `*.txt` articles, kept as received, with small tables of what no rule can know.
Every table is TSV: UTF-8 with or without a byte-order mark, every cell text, no quoting, and no word for
"missing", so `000` stays `000` and `NA` stays `NA`. Blanks around a cell are no part of it, but in `text`.
"""

import hashlib
import re
import warnings
from pathlib import Path
from unicodedata import normalize

import pandas as pd

from corpus_lib.characters import decode
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
    # The topic that a second annotator gave to a word, without seeing the first.
    "topics": ["term", "topic"],
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

# What other programs put between cells, and its name in a message.
SEPARATORS = {",": "commas", ";": "semicolons", "\u3000": "full-width blanks", "|": "bars", " ": "blanks"}

# How they quote a cell with quotation marks of its own: "他说""好""". An article may have "甲""乙" in a row.
QUOTED_CELL = re.compile('"[^"]*(?:""[^"]*""[^"]*)+"')
QUOTED = "quotation marks enclose a cell and would become part of it. Save the table without them."


def read_articles(folder: str | Path) -> pd.DataFrame:
    """Read the articles of a corpus folder, in the order of its `articles.tsv`.

    Columns out: those of `articles.tsv`, then `text`, the whole article decoded (a byte-order mark is not
    part of it; line ends stay as they are). Raises FileNotFoundError for a missing table or article, and
    ValueError for a `*.txt` that no row lists, a file that has changed since it was recorded, that is not
    UTF-8 or has no words, and a path that leaves the folder. Each message names the file and says what to do.
    Warns of a `*.txt` in a folder inside the folder, which is not read. With an empty `sha256` nobody notices
    a change; `check_articles` says which texts are not what they seem.

    >>> read_articles("seeds")[["doc_id", "city"]].values.tolist()[0]
    ['000', 'Fuzhou']
    """
    folder = _check_folder(folder)
    path = folder / "articles.tsv"
    table = _read_table(path, ARTICLE_COLUMNS)
    if table.empty:
        raise ValueError(f"{path} lists no article: write a row for each *.txt of {folder}.")
    refuse_taken(table.columns, ["text"], "read_articles")
    _compare_listing(folder, set(table["file"]))
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
    path = _check_folder(folder) / f"{name}.tsv"
    _refuse_other_case(path)
    if not path.exists():
        return pd.DataFrame(columns=NOTE_COLUMNS[name], dtype="str")
    return _read_table(path, NOTE_COLUMNS[name])


def _check_folder(folder: str | Path) -> Path:
    """Give a corpus folder as a path, and refuse what is no folder."""
    if Path(folder).is_dir():
        return Path(folder)
    if Path(folder).exists():
        raise ValueError(f"{folder} is a file: give the folder that holds articles.tsv and the articles.")
    raise FileNotFoundError(f"There is no folder {folder}.")


def _compare_listing(folder: Path, listed: set[str]) -> None:
    """Say which article is not listed, listed in another spelling or not there; warn of inner folders."""
    there = {file.name for file in folder.iterdir() if file.suffix.lower() == ".txt"}
    for name in sorted(there - listed):
        if alike := [cell for cell in listed - there if _same_name(cell, name)]:
            how = "in case" if alike[0].casefold() == name.casefold() else "in Unicode form (NFC, NFD)"
            raise ValueError(
                f"{folder} holds {name!a} and articles.tsv lists {alike[0]!a}: the names differ {how}. "
                f"Copy the name of the file into articles.tsv."
            )
        raise ValueError(f"{folder / name} is not listed in articles.tsv: add a row, or move it.")
    if gone := sorted(name for name in listed - there if _is_plain(name)):
        raise FileNotFoundError(
            f"{folder / gone[0][:40]} is listed in articles.tsv but not there: put it back, or unlist it."
        )
    if inner := sorted(folder.glob("[!.]*/*.[tT][xX][tT]")):
        warnings.warn(f"{inner[0]} is not read: put it into {folder} and list it, or move it.", stacklevel=3)


def _refuse_other_case(path: Path) -> None:
    """Refuse a table whose name differs from the right one in case only: on some computers it is not read."""
    for name in (file.name for file in path.parent.iterdir()):
        if name != path.name and _same_name(name, path.name):
            raise ValueError(f"{path.parent / name} is not read as a table: rename it to {path.name}.")


def _is_plain(name: str) -> bool:
    """Say whether a name is that of a text file, without a folder."""
    return Path(name).name == name and name.lower().endswith(".txt")


def _same_name(one: str, other: str) -> bool:
    """Say whether two names differ at most in what one does not see: case, and Unicode form."""
    return normalize("NFC", one).casefold() == normalize("NFC", other).casefold()


def _read_table(path: Path, columns: list[str]) -> pd.DataFrame:
    """Read one TSV table, every cell as its text."""
    _refuse_other_case(path)
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
    _refuse_twice(path, frame, numbers)
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


def _refuse_twice(path: Path, frame: pd.DataFrame, numbers: list[int]) -> None:
    """Say which key is empty or on two lines."""
    if path.stem not in UNIQUE:
        return
    key = UNIQUE[path.stem]
    for n, word, again in zip(numbers, frame[key], frame[key].duplicated(), strict=True):
        if not word:
            raise ValueError(f"{path}, line {n}: the {key} is empty; fill it in, or take the line out.")
        if again:
            raise ValueError(f"{path}, line {n}: {key} {word} is on an earlier line too; keep one.")


def _read_text(folder: Path, file: str, digest: str) -> str:
    """Read one article and make sure that it is the one recorded."""
    path = folder / file
    if not _is_plain(file) or path.resolve().parent != folder.resolve():
        raise ValueError(f"articles.tsv names {file!r}, which is not a *.txt file of {folder}: name one.")
    text = decode(path)
    if digest:
        _refuse_changed(path, digest)
    if not any(map(str.isalnum, text)):
        raise ValueError(f"{path} is empty: no letter, no digit. Save it again, or take it and its row out.")
    return text


def _refuse_changed(path: Path, digest: str) -> None:
    """Compare an article with its recorded SHA-256; say when only the line ends differ."""
    data = path.read_bytes()
    unix = data.replace(b"\r\n", b"\n")
    own, *others = (hashlib.sha256(d).hexdigest() for d in (data, unix, unix.replace(b"\n", b"\r\n")))
    if not re.fullmatch("[0-9A-Fa-f]{64}", digest):
        raise ValueError(
            f"articles.tsv, {path.name}: {digest!r} is not a SHA-256 (64 digits from 0 to f). "
            f"Leave the cell empty, or write {own}."
        )
    if digest.lower() in others and digest.lower() != own:
        raise ValueError(
            f"{path} differs from the recorded article only in its line ends: a program has rewritten them. "
            f"Put '*.txt -text' into .gitattributes and check the file out again."
        )
    if digest.lower() != own:
        raise ValueError(
            f"{path} has changed: its SHA-256 is not the one in articles.tsv. Put the article back as you "
            f"received it; if you want the change, write {own} into articles.tsv."
        )
