"""Shards -> counted tables: each shard is counted once, by whichever worker is free, and kept.

A result is a folder that appears whole: it is written under another name first. Its own name holds a hash of
the shard, the lexicon and the programs, so that what has changed is counted again and nothing else is.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pandas as pd
from joblib import Parallel, delayed

from corpus_lib.articles import read_notes
from corpus_lib.figures import find_figures
from corpus_lib.scale.shards import hash_shard, list_shards, read_shard, shard_lines
from corpus_lib.segmentation import segment_lines
from corpus_lib.terms import count_terms
from corpus_lib.vocabulary import compound_terms, words
from corpus_lib.zones import STAY_BEHIND, counted

# The list of the shards of a finished run, and its columns.
LISTING = "shards.tsv"
COLUMNS = ["shard", "result", "n_articles", "n_characters", "fault"]
# The name of a result; one that a worker is writing begins with a point.
RESULT = re.compile(r"\.?.+\.[0-9a-f]{16}(\.[0-9a-f]{32})?")
# Tables that are kept only if asked for, because they are larger than the texts.
KEPT = ("tokens", "figures")
AGAIN = "Finished shards are kept: run the same command again."


class Job(NamedTuple):
    """What a worker must know: where the shards are, where results go, and how to count."""

    folder: Path
    out: Path
    engine: str
    keep: tuple[str, ...]
    setting: dict[str, str]


def count_shards(
    folder: str | Path, out: str | Path, engine: str = "jieba", keep: Iterable[str] = (), skip: bool = False
) -> pd.DataFrame:
    """Count the words of each shard of a folder, and keep the counts in another folder.

    In: `folder`, as `list_shards` takes it, with a `lexicon.tsv` if there is one; `engine`, as in
    `segment_lines`; `keep`, of "tokens" and "figures", tables to write as Parquet too; `skip`, whether a
    shard that cannot be read is left out. Columns out: `shard, result` (the folder of its tables),
    `n_articles, n_characters, fault` (why it could not be read, or empty). Memory is set by the largest
    shard. Counts again only what has changed: a shard, the lexicon, the engine, this library. One run at a
    time may write to `out`. Raises ValueError for a shard that cannot be read, and RuntimeError for a run
    that stopped; finished shards are kept.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as out:
    ...     print(count_shards("seeds", out)[["shard", "n_articles"]].to_numpy().tolist())
    [['seeds', 5]]
    """
    return finish(out, list(count_each(folder, out, engine, keep)), skip)


def count_each(
    folder: str | Path, out: str | Path, engine: str = "jieba", keep: Iterable[str] = ()
) -> Iterator[dict[str, Any]]:
    """Count each shard, and give a row of `count_shards` as soon as it is finished."""
    folder, out, keep = Path(folder).resolve(), Path(out).resolve(), tuple(keep)
    if unknown := sorted(set(keep) - set(KEPT)):
        raise ValueError(f"keep={unknown[0]!r}: one can keep {' and '.join(KEPT)}.")
    if keep and not find_spec("pyarrow"):
        raise ModuleNotFoundError("To keep tables needs pyarrow: run pip install -e '.[scale]' in the study.")
    shards = list_shards(folder)
    segment_lines(pd.DataFrame({"start": [0], "text": [""]}), read_notes(folder, "lexicon"), engine=engine)
    _writable(out)
    job = Job(folder, out, engine, keep, _setting(folder, engine, keep))
    tasks = (delayed(count_shard)(job, shard) for shard in shards)
    try:
        yield from Parallel(return_as="generator_unordered")(tasks)
    except RuntimeError as error:
        if type(error) is RuntimeError:
            raise
        raise RuntimeError(f"A worker stopped, perhaps for want of memory ({error}). {AGAIN}") from None
    except Exception as error:  # Dask has errors of its own, which we do not import
        raise RuntimeError(f"The run stopped ({type(error).__name__}: {error}). {AGAIN}") from error


def count_shard(job: Job, shard: Path) -> dict[str, Any]:
    """Count one shard, unless its result is there, and give its row; what a worker runs.

    Raises RuntimeError for a worker whose lexicon or programs differ, and where it cannot write.
    """
    own = _setting(job.folder, job.engine, job.keep)
    if other := sorted(name for name, value in job.setting.items() if own[name] != value):
        raise RuntimeError(
            f"A worker has another {other[0]} than this machine ({own[other[0]]}, not "
            f"{job.setting[other[0]]}): install the same on all. {AGAIN}"
        )
    row = dict.fromkeys(COLUMNS, "") | {"shard": shard.name, "n_articles": 0, "n_characters": 0}
    try:
        key = sha256(json.dumps([hash_shard(shard), own]).encode()).hexdigest()[:16]
        result = job.out / f"{shard.name}.{key}"
        tables = {} if result.exists() else _tables(shard, job)
    except (ValueError, OSError) as error:
        said = str(error)
        return row | {"fault": said if str(shard) in said else f"{shard}: {said}"}
    if tables:
        _write(result, tables)
    sizes = pd.read_csv(result / "articles.tsv", sep="\t", usecols=["n_characters"])["n_characters"]
    return row | {"result": result.name, "n_articles": len(sizes), "n_characters": int(sizes.sum())}


def finish(out: str | Path, rows: list[dict[str, Any]], skip: bool = False) -> pd.DataFrame:
    """List the results of a run, take away those of earlier runs, and refuse shards with a fault."""
    out, table = Path(out), pd.DataFrame(rows, columns=COLUMNS).sort_values("shard", ignore_index=True)
    faults = table.loc[table["fault"] != "", "fault"].tolist()
    if faults and (not skip or len(faults) == len(table)):
        said = "\n".join(faults[:5])
        raise ValueError(f"{len(faults)} of {len(table)} shards cannot be read. {AGAIN}\n{said}")
    for path in out.iterdir():
        if RESULT.fullmatch(path.name) and path.name not in set(table["result"]):
            shutil.rmtree(path)
    table.to_csv(out / f".{LISTING}", sep="\t", index=False)
    (out / f".{LISTING}").replace(out / LISTING)
    return table


def _tables(shard: Path, job: Job) -> dict[str, pd.DataFrame]:
    """Take one shard along the whole path: its articles, its counts, and what is to be kept."""
    articles, lexicon = read_shard(shard), read_notes(job.folder, "lexicon")
    lines = shard_lines(shard, articles)
    tokens = compound_terms(segment_lines(lines, lexicon, engine=job.engine), lexicon)
    kept = {"tokens": lambda: tokens, "figures": lambda: find_figures(lines)}
    return {
        "articles": articles.drop(columns=STAY_BEHIND, errors="ignore").assign(
            n_characters=articles["text"].str.len()
        ),
        "counts": count_terms(words(counted(tokens[["doc_id", "zone", "start", "end", "term"]]))),
        **{name: kept[name]() for name in job.keep},
    }


def _write(result: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Write the tables of a shard, so that the folder is there whole or not at all."""
    part = result.with_name(f".{result.name}.{uuid4().hex}")
    try:
        part.mkdir()
        for name, table in tables.items():
            if name in KEPT:
                table.to_parquet(part / f"{name}.parquet", index=False)
            else:
                # With this line end a cell that holds either kind of line end is quoted.
                table.to_csv(part / f"{name}.tsv", sep="\t", index=False, lineterminator="\r\n")
        if not result.exists():
            part.rename(result)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RuntimeError(f"{result} cannot be written: {reason}. {AGAIN}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _writable(out: Path) -> None:
    """Make the folder of the results; say at once where it cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / ".try").touch()
        (out / ".try").unlink()
        (out / LISTING).unlink(missing_ok=True)
    except OSError as error:
        raise RuntimeError(f"{out} cannot be written ({error.strerror}): choose another folder.") from error


def _setting(folder: Path, engine: str, keep: tuple[str, ...]) -> dict[str, str]:
    """Say what a count depends on, beside its shard."""
    lexicon = folder / "lexicon.tsv"
    return {
        "lexicon": sha256(lexicon.read_bytes() if lexicon.exists() else b"").hexdigest(),
        "engine": f"{engine} {version(engine)}",
        "corpus_lib": _own_hash(),
        "keep": " ".join(keep),
    }


@lru_cache(maxsize=1)
def _own_hash() -> str:
    """Hash this library: its programs and its tables of rules."""
    root = Path(__file__).parents[1]
    files = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".tsv"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
