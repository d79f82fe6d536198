"""A folder of shards -> the articles of each. A shard is what one worker reads at once.

There are four kinds: a corpus folder (with `articles.tsv`), a folder of `*.txt` alone, a file of JSON Lines
(`*.jsonl`) and a Parquet file (`*.parquet`, where pyarrow is installed). The folder may itself be a shard.
"""

import json
import warnings
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pandas as pd

from corpus_lib.articles import read_articles, read_notes
from corpus_lib.characters import decode
from corpus_lib.zones import label_lines

# The files that are a shard each, and those that may lie beside shards.
SUFFIXES, BESIDE = [".jsonl", ".parquet"], [".tsv", ".md"]
# The table that makes a folder a corpus folder.
ARTICLES = "articles.tsv"
# Bytes that are hashed at once: a file need not fit into memory twice.
CHUNK = 1 << 20


def list_shards(folder: str | Path) -> list[Path]:
    """List the shards of a folder, sorted by name; the folder alone where it holds texts itself.

    Raises FileNotFoundError for a folder that is not there, and ValueError for one without a shard, for texts
    beside shards, and for a lexicon in a shard: one lexicon, beside the shards, applies to all.

    >>> [shard.name for shard in list_shards("seeds")]
    ['seeds']
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"There is no folder {folder}. Give the folder that contains the shards.")
    inner = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    shards = [p for p in inner if p.suffix.lower() in SUFFIXES or (p.is_dir() and _has_texts(p))]
    if _has_texts(folder):
        if shards:
            raise ValueError(f"{folder} holds texts and the shard {shards[0].name}: move one of them.")
        return [folder]
    if not shards:
        raise ValueError(f"{folder} has no shard: no *.jsonl, no *.parquet, and no folder of *.txt.")
    for path in (shard / "lexicon.tsv" for shard in shards):
        if path.exists():
            raise ValueError(f"{path} is in one shard: move it to {folder}, where it applies to all shards.")
    return shards


def warn_passed(folder: Path, shards: list[Path], out: Path) -> None:
    """Warn of what lies beside the shards and is not read: files of other kinds, folders of folders."""
    known = [folder, *shards, out, *out.parents]
    inner = [] if shards == [folder] else sorted(folder.iterdir())
    passed = [p.name for p in inner if p not in known and p.suffix not in BESIDE and p.name[0] != "."]
    if passed:
        warnings.warn(f"In {folder}, not read: {', '.join(passed[:5])} (these are not shards).", stacklevel=3)


def read_shard(path: str | Path) -> pd.DataFrame:
    """Read the articles of one shard, with all columns as text.

    Columns out: `doc_id`, those of the shard, `text`. Without `doc_id`, an article is named by its folder and
    file (`news/a`), or by the shard and its row (`news-3`). Raises ValueError, or FileNotFoundError, for what
    cannot be read; the message names the file, and the line where there is one.

    >>> read_shard("seeds")["doc_id"].tolist()
    ['000', '001', '002', '003', '004']
    """
    path = Path(path)
    if path.is_dir():
        return read_articles(path) if (path / ARTICLES).exists() else _read_texts(path)
    return _checked(path, _read_lines(path) if path.suffix.lower() == ".jsonl" else _read_parquet(path))


def shard_lines(path: Path, articles: pd.DataFrame) -> pd.DataFrame:
    """Label the lines of a shard's articles, with the corrections that a corpus folder has."""
    return label_lines(articles, read_notes(path, "zones") if path.is_dir() else None)


def hash_shard(path: Path) -> str:
    """Hash a shard: the names and the bytes of its files. Files in an inner folder are not read."""
    if not path.is_file() and not path.is_dir():
        raise ValueError(f"{path} is neither a file nor a folder: remove it.")
    digest = sha256()
    for file in sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]:
        digest.update(f"{file.name} {file.stat().st_size}\n".encode())
        with file.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def _has_texts(folder: Path) -> bool:
    """Say whether a folder holds articles itself."""
    return (folder / ARTICLES).exists() or any(map(_is_text, folder.iterdir()))


def _is_text(path: Path) -> bool:
    """Say whether a path is a text file."""
    return path.suffix.lower() == ".txt" and path.is_file()


def _read_texts(folder: Path) -> pd.DataFrame:
    """Read a folder of texts without a table."""
    files = sorted(filter(_is_text, folder.iterdir()))
    rows = [(f"{folder.name}/{file.stem}", decode(file)) for file in files]
    return _checked(folder, pd.DataFrame(rows, columns=["doc_id", "text"]))


def _read_lines(path: Path) -> pd.DataFrame:
    """Read a file of JSON Lines: one article a line, an object with text."""
    rows = []
    for n, line in enumerate(decode(path).split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
                if isinstance(row, dict):
                    "".join(map(str, [*row, *row.values()])).encode()  # no half of a character
            except (ValueError, RecursionError) as error:
                raise ValueError(f"{path}, line {n} is not JSON ({error}): correct the line.") from None
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise ValueError(
                    f'{path}, line {n} is not an article: write {{"doc_id": "1", "text": "..."}}.'
                )
            rows.append(row)
    return pd.DataFrame(rows, columns=None if rows else ["doc_id", "text"], dtype="object")


def _read_parquet(path: Path) -> pd.DataFrame:
    """Read a Parquet file; a named index is a column like others."""
    try:
        table = pd.read_parquet(path, dtype_backend="numpy_nullable")
    except ImportError:
        raise ValueError(f"{path} needs pyarrow: run pip install -e '.[scale]' in the project.") from None
    except Exception as error:  # pyarrow has errors of its own, which we do not import
        raise ValueError(f"{path} cannot be read as Parquet ({error}): export it again.") from None
    return table if table.index.names == [None] else table.reset_index()


def _checked(path: Path, table: pd.DataFrame) -> pd.DataFrame:
    """Make every cell text, name each article, and refuse one without a text and one that is there twice."""
    if table.empty:
        raise ValueError(f"{path} has no article: add one, or remove it.")
    if "text" not in table or not table["text"].map(lambda text: isinstance(text, str)).all():
        raise ValueError(f"{path} has rows without a text: each needs one, in a column text.")
    table = table.astype("object").fillna("").astype("str")
    own = table["doc_id"] if "doc_id" in table else pd.Series("", table.index)
    names = own.mask(own == "", [f"{path.stem}-{n}" for n in range(1, len(table) + 1)])
    name, n = Counter(names).most_common(1)[0]
    if n > 1:
        raise ValueError(f"{path}: the doc_id {name!r} is on {n} articles: give each its own doc_id.")
    return pd.concat([names.rename("doc_id"), table.drop(columns="doc_id", errors="ignore")], axis=1)
