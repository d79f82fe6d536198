"""A corpus folder -> articles, notes. The only file that reads a corpus from disk.

A corpus is a folder of `*.txt` articles, kept as received, with small tables of what no rule can know.
Every table is TSV: UTF-8 with or without a byte-order mark, every cell text, no quoting, and no word for
"missing", so `000` stays `000` and `NA` stays `NA`. Blanks around a cell are no part of it, but in `text`.
"""

import hashlib
import re
import warnings
from pathlib import Path

import pandas as pd

from corpus_lib.characters import decode
from corpus_lib.columns import refuse_taken
from corpus_lib.tables import read_table, refuse_other_case, same_name

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


def read_articles(folder: str | Path) -> pd.DataFrame:
    """Read the articles of a corpus folder, in the order of its `articles.tsv`.

    Columns out: those of `articles.tsv`, then `text`, the whole article decoded (a byte-order mark is not
    part of it; line ends stay as they are). Raises FileNotFoundError for a missing table or article, and
    ValueError for a `*.txt` that no row lists, a file that has changed since it was recorded, that is not
    UTF-8 or has no words, and a path that leaves the folder. Each message names the file and says what to do;
    what is wrong inside several articles is one error, with a line for each.
    A column `encoding` may name how each file is written (gb18030, big5hkscs, utf-16); empty means UTF-8.
    Warns of a `*.txt` in a folder inside the folder, which is not read. With an empty `sha256` nobody notices
    a change; `check_articles` says which texts are not what they seem.

    >>> read_articles("seeds")[["doc_id", "city"]].values.tolist()[0]
    ['000', 'Fuzhou']
    """
    folder = _check_folder(folder)
    path = folder / "articles.tsv"
    table = read_table(path, ARTICLE_COLUMNS)
    if table.empty:
        raise ValueError(f"{path} lists no article: write a row for each *.txt of {folder}.")
    refuse_taken(table.columns, ["text"], "read_articles")
    _compare_listing(folder, set(table["file"]))
    for file in table.loc[table["file"].duplicated(), "file"]:
        raise ValueError(f"{path} lists {file} twice; keep one row.")
    texts: list[str] = []
    faults: list[str] = []
    for row in table.to_dict("records"):
        try:
            texts.append(_read_text(folder, row["file"], row["sha256"], row.get("encoding", "")))
        except ValueError as error:
            faults.append(str(error))
    if faults:
        raise ValueError("\n".join(faults))
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
    refuse_other_case(path)
    if not path.exists():
        return pd.DataFrame(columns=NOTE_COLUMNS[name], dtype="str")
    return read_table(path, NOTE_COLUMNS[name])


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
        if alike := [cell for cell in listed - there if same_name(cell, name)]:
            how = "in case" if alike[0].casefold() == name.casefold() else "in Unicode form (NFC, NFD)"
            raise ValueError(
                f"{folder} holds {name!a} and articles.tsv lists {alike[0]!a}: the names differ {how}. "
                f"Copy the name of the file into articles.tsv."
            )
        raise ValueError(f"{folder / name} is not listed in articles.tsv: add a row, or move it.")
    for name in sorted(filter(_is_plain, listed - there)):
        gone = folder / name[:40]
        raise FileNotFoundError(f"{gone} is listed in articles.tsv but not there: put it back, or unlist it.")
    if inner := sorted(folder.glob("[!.]*/*.[tT][xX][tT]")):
        warnings.warn(f"{inner[0]} is not read: put it into {folder} and list it, or move it.", stacklevel=3)


def _is_plain(name: str) -> bool:
    """Say whether a name is that of a text file, without a folder."""
    return Path(name).name == name and name.lower().endswith(".txt")


def _read_text(folder: Path, file: str, digest: str, encoding: str) -> str:
    """Read one article and make sure that it is the one recorded."""
    path = folder / file
    if not _is_plain(file) or path.resolve().parent != folder.resolve():
        raise ValueError(f"articles.tsv names {file!r}, which is not a *.txt file of {folder}: name one.")
    text = _decode_as(path, encoding) if encoding and path.is_file() else decode(path)
    if digest:
        _refuse_changed(path, digest)
    if not any(map(str.isalnum, text)):
        raise ValueError(f"{path} is empty: no letter, no digit. Save it again, or take it and its row out.")
    return text


def _decode_as(path: Path, encoding: str) -> str:
    """Read a file in the encoding of its row; show the readings where the row names several."""
    data, names = path.read_bytes(), encoding.split(" | ")
    try:
        texts = [data.decode(name) for name in names]
    except (LookupError, ValueError) as error:
        at = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise ValueError(
            f"{path} cannot be read as {encoding!r}, its encoding in articles.tsv{at}. "
            f"Write gb18030, big5hkscs or utf-16 there, or nothing if the file is UTF-8."
        ) from None
    if len(texts) > 1:
        first = next((i for i, signs in enumerate(zip(*texts, strict=False)) if len(set(signs)) > 1), 0)
        shown = " or ".join(f"{n} ({t[first : first + 12]!r})" for n, t in zip(names, texts, strict=True))
        raise ValueError(f"{path} may be {shown}: keep the right name in its cell encoding of articles.tsv.")
    return texts[0].removeprefix("\ufeff")


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
