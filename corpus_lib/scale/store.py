"""Where counts are kept: a folder for each shard, which is complete or absent, and a list of them."""

import re
import shutil
from pathlib import Path
from uuid import uuid4

import pandas as pd

# The list of the shards of a finished run, and its columns.
LISTING = "counted_shards.tsv"
COLUMNS = ["shard", "result", "n_articles", "n_characters", "fault"]
# The sums by a column, which a new run deletes.
SUMS = "counted_by_*.tsv"
# Tables that are kept only if asked for, because they are larger than the texts.
KEPT = ("tokens", "figures")
# The file that makes a folder a whole result. Nothing without it is read as a result, or deleted.
WHOLE = "counted"
# A result that is being written or deleted.
PART = re.compile(r"\.[0-9a-f]{16}\.[0-9a-f]{32}")
# What a folder's name may have, in bytes, for file systems to accept it.
LONGEST = 255
# A table of a result is read as it was written: every cell text, and counts as numbers.
NUMBERS = {"n": "int64", "n_characters": "int64", "n_articles": "int64"}


def name_result(shard: str, key: str) -> str:
    """Name the result of a shard; refuse a name that is too long, or that UTF-8 does not have."""
    if len(shard.encode()) + 1 + len(key) > LONGEST:
        raise ValueError(f"The name {shard} is too long: shorten it.")
    return f"{shard}.{key}"


def write_result(result: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Write the tables of a shard into a temporary folder, then rename it."""
    part = _part(result)
    try:
        part.mkdir()
        for name, table in tables.items():
            if name in KEPT:
                table.to_parquet(part / f"{name}.parquet", index=False)
            else:
                write_table(part / f"{name}.tsv", table)
        (part / WHOLE).touch()
        if result.exists() and not is_whole(result):
            discard(result)
        if not result.exists():
            part.rename(result)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a table into a temporary file, then rename it."""
    part = path.with_name(f".{uuid4().hex}")
    try:
        # With this line end a cell that holds either kind of line end is quoted.
        table.to_csv(part, sep="\t", index=False, lineterminator="\r\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_table(path: Path) -> pd.DataFrame:
    """Read a table as it was written."""
    table = pd.read_csv(path, sep="\t", dtype="str", keep_default_na=False)
    return table.astype({name: kind for name, kind in NUMBERS.items() if name in table})


def is_whole(result: Path) -> bool:
    """Say whether a folder is a whole result."""
    return (result / WHOLE).exists()


def discard(result: Path) -> None:
    """Delete a result; it is renamed first, so that none is read in part."""
    part = _part(result)
    result.rename(part)
    shutil.rmtree(part)


def clean(out: Path, results: set[str]) -> None:
    """Delete results of earlier runs, and what killed workers left behind."""
    for path in out.iterdir():
        if path.is_dir() and not path.is_symlink() and path.name not in results:
            if PART.fullmatch(path.name):
                shutil.rmtree(path)
            elif is_whole(path):
                discard(path)


def prepare(out: Path) -> None:
    """Make the folder of the results; delete the list and the sums of an earlier run."""
    out.mkdir(parents=True, exist_ok=True)
    for path in (out / LISTING, *out.glob(SUMS)):
        path.unlink(missing_ok=True)
    write_table(out / LISTING, pd.DataFrame(columns=COLUMNS))  # it shows that one can write there
    (out / LISTING).unlink()


def list_results(out: str | Path) -> list[Path]:
    """List the results of the finished run."""
    return [Path(out) / name for name in read_listing(out)["result"] if name]


def read_listing(out: str | Path) -> pd.DataFrame:
    """Read the list of the shards of the finished run."""
    listing = Path(out) / LISTING
    if not listing.exists():
        raise FileNotFoundError(f"{out} has no finished run ({LISTING}): check the path, or count again.")
    return read_table(listing)


def _part(result: Path) -> Path:
    """Name a temporary folder."""
    return result.with_name(f".{result.name[-16:]}.{uuid4().hex}")
