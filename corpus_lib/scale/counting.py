"""Shards -> counted tables: each shard is counted once, by whichever worker is free, and kept.

The name of a result holds a hash of its shard, of the lexicon and of the programs, so that what has changed
is counted again and nothing else is.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from joblib import Parallel, delayed

from corpus_lib.articles import read_notes
from corpus_lib.columns import refuse_taken
from corpus_lib.figures import find_figures
from corpus_lib.scale.shards import hash_shard, list_shards, read_shard, shard_lines, warn_passed
from corpus_lib.scale.store import (
    COLUMNS,
    KEPT,
    LISTING,
    clean,
    is_whole,
    name_result,
    prepare,
    read_table,
    write_result,
    write_table,
)
from corpus_lib.segmentation import segment_lines
from corpus_lib.terms import SIZE, count_terms
from corpus_lib.vocabulary import compound_terms, words
from corpus_lib.zones import STAY_BEHIND, counted

AGAIN = "Finished shards are kept: run the same command again."
CORRECT = "Correct them and run again, or leave them out (--skip). Finished shards are kept."


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
    shard. A changed shard is counted again; with another lexicon, engine, `keep` or library, every shard is.
    Use a folder `out` for each corpus: a finished run deletes the results of earlier runs from it. Raises
    ValueError for a shard that cannot be read and for an article in two shards, and RuntimeError for a run
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
    job = _plan(Path(folder).resolve(), Path(out).resolve(), engine, keep)
    tasks = (delayed(count_shard)(job, shard) for shard in list_shards(job.folder))
    try:
        yield from Parallel(return_as="generator_unordered")(tasks)
    except RuntimeError as error:
        said = f"A worker stopped, perhaps out of memory: use smaller shards ({error}). {AGAIN}"
        raise RuntimeError(str(error) if type(error) is RuntimeError else said) from None
    except Exception as error:  # Dask has errors of its own, which we do not import
        raise RuntimeError(f"The run stopped ({type(error).__name__}: {error}). {AGAIN}") from error


def count_shard(job: Job, shard: Path) -> dict[str, Any]:
    """Count one shard, unless its result is there, and give its row; what a worker runs.

    Raises RuntimeError for a worker whose lexicon or programs differ, and where it cannot write.
    """
    own = _setting(job.folder, job.engine, job.keep)
    if other := sorted(name for name, value in job.setting.items() if own[name] != value):
        there, here = own[other[0]], job.setting[other[0]]
        differs = f"The {other[0]} of a worker differs from the one here ({there[:20]}, not {here[:20]})"
        cure = f"each worker must see {job.folder} under this path, and have the same version of all programs"
        raise RuntimeError(f"{differs}: {cure}. {AGAIN}")
    row = dict.fromkeys(COLUMNS, "") | {"shard": _printed(shard.name), "n_articles": 0, "n_characters": 0}
    try:
        key = sha256(json.dumps([hash_shard(shard), own]).encode()).hexdigest()[:16]
        result = job.out / name_result(shard.name, key)
        tables = {} if is_whole(result) else _tables(shard, job)
    except (ValueError, OSError) as error:
        said = _printed(str(error))
        return row | {"fault": said if shard.name in said else f"{_printed(str(shard))}: {said}"}
    try:
        if tables:
            write_result(result, tables)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RuntimeError(f"{result} cannot be written: {reason}. {AGAIN}") from error
    sizes = read_table(result / "articles.tsv")[SIZE]
    return row | {"result": result.name, "n_articles": len(sizes), "n_characters": int(sizes.sum())}


def finish(out: str | Path, rows: list[dict[str, Any]], skip: bool = False) -> pd.DataFrame:
    """List the results of a run, delete those of earlier runs, and refuse shards with a fault."""
    out, table = Path(out), pd.DataFrame(rows, columns=COLUMNS).sort_values("shard", ignore_index=True)
    faults = table.loc[table["fault"] != "", "fault"].tolist()
    if faults and (not skip or len(faults) == len(table)):
        said = "\n".join(faults[:5])
        raise ValueError(
            f"{len(faults)} of {len(table)} shards cannot be read, such as these. {CORRECT}\n{said}"
        )
    results = table.loc[table["fault"] == "", "result"]
    ids = pd.concat({name: read_table(out / name / "articles.tsv")["doc_id"] for name in results})
    twice = ids[ids.duplicated(keep=False)].sort_values()
    if len(twice):
        places = " and ".join(name.rpartition(".")[0] for name in twice.index.get_level_values(0)[:2])
        raise ValueError(f"The doc_id {twice.iloc[0]!r} is in {places}: give each article its own doc_id.")
    clean(out, set(results))
    write_table(out / LISTING, table)
    return table


def _plan(folder: Path, out: Path, engine: str, keep: Iterable[str]) -> Job:
    """Check at once what is asked for, before any shard is read."""
    keep = tuple(sorted({keep} if isinstance(keep, str) else set(keep)))
    if unknown := sorted(set(keep) - set(KEPT)):
        raise ValueError(f"keep={unknown[0]!r} is not possible: choose {' or '.join(KEPT)}.")
    if keep and not find_spec("pyarrow"):
        raise ModuleNotFoundError("To keep tables, install pyarrow: pip install -e '.[scale]'.")
    shards = list_shards(folder)
    warn_passed(folder, shards, out)
    if out in (folder, *shards):
        raise ValueError(f"{out} holds the texts: choose another folder for the counts.")
    # An engine that is not installed, or a lexicon with a fault, is said here and not once a shard.
    segment_lines(pd.DataFrame({"start": [0], "text": [""]}), read_notes(folder, "lexicon"), engine=engine)
    try:
        prepare(out)
    except OSError as error:
        raise RuntimeError(f"{out} cannot be written ({error.strerror}): choose another folder.") from error
    return Job(folder, out, engine, keep, _setting(folder, engine, keep))


def _tables(shard: Path, job: Job) -> dict[str, pd.DataFrame]:
    """Take one shard along the whole path: its articles, its counts, and what is to be kept."""
    articles, lexicon = read_shard(shard), read_notes(job.folder, "lexicon")
    refuse_taken(articles.columns, ["n", "n_articles", "term", SIZE], "count_shards")
    lines = shard_lines(shard, articles)
    tokens = compound_terms(segment_lines(lines, lexicon, engine=job.engine), lexicon)
    kept = {"tokens": lambda: tokens, "figures": lambda: find_figures(lines)}
    own = articles.drop(columns=STAY_BEHIND, errors="ignore").assign(**{SIZE: articles["text"].str.len()})
    counts = count_terms(words(counted(tokens[["doc_id", "zone", "start", "end", "term"]])))
    return {"articles": own, "counts": counts, **{name: kept[name]() for name in job.keep}}


def _setting(folder: Path, engine: str, keep: tuple[str, ...]) -> dict[str, str]:
    """Say what a count depends on, beside its shard."""
    lexicon = folder / "lexicon.tsv"
    return {
        "lexicon": sha256(lexicon.read_bytes() if lexicon.exists() else b"").hexdigest(),
        "engine": " ".join(f"{name} {version(name)}" for name in sorted({"jieba", engine})),
        "corpus_lib": _own_hash(),
        "keep": " ".join(keep),
    }


@lru_cache(maxsize=1)
def _own_hash() -> str:
    """Hash this library: its programs and its tables of rules."""
    root = Path(__file__).parents[1]
    files = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".tsv"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _printed(text: str) -> str:
    """Write a name that is not UTF-8 with backslashes, so that a table can hold it."""
    return text.encode("utf-8", "backslashreplace").decode()
