"""The command line: `new`, `check`, `study` for a folder of your own, `count` for a very large one.

`study`, `notebooks` and `claims` are for the study of the five articles.
"""

import argparse
import logging
import re
import sys
import traceback
import warnings
from collections.abc import Callable
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from threading import Event, Thread
from typing import Any

from corpus_lib.columns import require
from corpus_lib.ingest import check_folder, draft_folder
from corpus_lib.scale import count_each, finish, list_shards, read_counts, read_shard, watch, workers
from corpus_lib.scale.store import KEPT, SUMS, write_table
from corpus_lib.site.binding import fix_numbers, list_loose, list_stale, read_documents
from corpus_lib.site.build import build_own_site, build_site
from corpus_lib.site.content import collect_content
from corpus_lib.site.notebooks import Run, list_notebooks, run_notebooks, write_notebook

SEEDS, SITE, COUNTS = Path("seeds"), Path("build/html"), Path("build/counts")
# In seconds: nobody should wait longer without a sign of life.
BEAT = 8.0
# Prints a line at once, so that a slow run is seen to move.
_say = partial(print, flush=True)


def main() -> int:
    """Run one command; give 0 when all went well, else 1 after a message for each fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a console that cannot print Chinese shows its code points
            stream.reconfigure(errors="backslashreplace")
    arguments, done = _parser().parse_args(), Event()
    Thread(target=_beat, args=[done], daemon=True).start()
    try:
        faults = COMMANDS[arguments.command](arguments)
    except KeyboardInterrupt:
        faults = ["stopped."]
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        faults = [f"error: {_explain(error)}"]
    finally:
        done.set()
    for fault in faults:
        _say(fault, file=sys.stderr)
    return 1 if faults else 0


COUNT = "count a corpus too large for memory, shard by shard"
FAULT = "a fault of corpus_lib, not of your files: {}: {}. Run python -X dev -m corpus_lib, and report it."
EXAMPLES = """examples:
  python -m corpus_lib new my_articles       draft the tables of a folder of texts, pages or CSV files
  python -m corpus_lib check my_articles     say what is there, what is wrong and what to do
  python -m corpus_lib study my_articles --by year --out my_pages       write the pages of a folder
  python -m corpus_lib count my_shards --by year --workers 4            count a corpus too large for memory
exit codes: 0 all is well, 1 something needs your attention (it is said), 2 the command is not understood"""


def _parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    plain: dict[str, Any] = {"formatter_class": argparse.RawDescriptionHelpFormatter, "epilog": EXAMPLES}
    parser = argparse.ArgumentParser(prog="python -m corpus_lib", description=__doc__, **plain)
    commands = parser.add_subparsers(dest="command", required=True)
    uses = {"new": "draft the tables of a folder of your own", "check": "say what is wrong in a folder"}
    for name, use in uses.items():
        commands.add_parser(name, help=use, description=use, **plain).add_argument("folder", type=Path)
    study = commands.add_parser("study", help="run the notebooks and write the pages", **plain)
    study.add_argument("folder", type=Path, nargs="?", default=SEEDS, help=f"the corpus (default: {SEEDS})")
    study.add_argument("--out", type=Path, default=SITE, help=f"where the pages go (default: {SITE})")
    study.add_argument("--without-texts", action="store_true", help="leave out the page of the articles")
    study.add_argument("--by", help="the column of articles.tsv to compare by")
    _add_count(commands.add_parser("count", help=COUNT, description=COUNT, **plain))
    commands.add_parser("notebooks", help="run the notebooks and save them executed")
    claims = commands.add_parser("claims", help="list the numbers in the prose that no cell computes")
    claims.add_argument("--fix", action="store_true", help="write the computed numbers into the prose")
    return parser


def _add_count(count: argparse.ArgumentParser) -> None:
    """Describe the options of `count`."""
    count.add_argument(
        "folder", type=Path, help="shards: *.jsonl, *.parquet, folders of *.txt, corpus folders"
    )
    count.add_argument("--by", help="the column to group by; writes counted_by_COLUMN.tsv")
    count.add_argument(
        "--out", type=Path, default=COUNTS, help=f"a folder for this corpus alone (default: {COUNTS})"
    )
    count.add_argument("--engine", default="jieba", help="jieba, or rjieba (faster; the extra fast)")
    count.add_argument("--workers", type=int, default=1, help="number of processes (default: 1)")
    count.add_argument("--cluster", default="", help="the address of a Dask scheduler, instead of --workers")
    count.add_argument(
        "--keep", action="append", default=[], choices=KEPT, help="also save this table as Parquet"
    )
    count.add_argument(
        "--skip", action="store_true", help="leave out shards that cannot be read (exit code 1)"
    )


def _new(arguments: argparse.Namespace) -> list[str]:
    """Draft the tables of a folder, then check it."""
    for path in draft_folder(arguments.folder):
        if path.suffix == ".tsv":
            _say(f"{path} is drafted. What it says of an article is guessed: look, and correct it.")
    return _check(arguments)


def _check(arguments: argparse.Namespace) -> list[str]:
    """Say what is there and what is in doubt; give the faults."""
    said = check_folder(arguments.folder).groupby("kind")["said"].agg(list)
    for line in [*said.get("there", []), *(f"in doubt: {doubt}" for doubt in said.get("doubt", []))]:
        _say(line)
    faults = [f"to do: {fault}" for fault in said.get("fault", [])]
    _say(f"To do before a study: {len(faults)}." if faults else f"{arguments.folder} can be studied.")
    return faults


def _study(arguments: argparse.Namespace) -> list[str]:
    """Run the notebooks and write the site; list what is stale."""
    if arguments.folder.resolve() != SEEDS.resolve():
        return _study_own(arguments)
    content = collect_content(str(arguments.folder), arguments.by)
    runs = _run()
    build_site(Path(), arguments.out, content, runs, not arguments.without_texts)
    _say(f"The study is in {arguments.out}/index.html")
    return [f"stale: {fault}" for fault in list_stale(Path(), runs)]


def _study_own(arguments: argparse.Namespace) -> list[str]:
    """Check a folder of your own, and write its site if it has no fault."""
    if faults := _check(arguments):
        return faults
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the check has said it
        build_own_site(arguments.folder, arguments.by, arguments.out, not arguments.without_texts, _say)
    _say(f"The pages are in {arguments.out}/index.html")
    return []


def _count(arguments: argparse.Namespace) -> list[str]:
    """Count the shards of a folder with a bar, and sum the counts by a column."""
    folder, out = arguments.folder, arguments.out
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said in one sentence
    if arguments.by and not arguments.skip:  # better now than after hours
        require(read_shard(list_shards(folder)[0]), arguments.by)
    with workers(arguments.workers, arguments.cluster):
        rows = list(
            watch(count_each(folder, out, arguments.engine, arguments.keep), len(list_shards(folder)))
        )
    table = finish(out, rows, arguments.skip)
    faults = table.loc[table["fault"] != "", "fault"].tolist()
    _say(f"{len(table) - len(faults)} of {len(table)} shards: {table['n_articles'].sum():,} articles.")
    if arguments.by:
        path = out / SUMS.replace("*", re.sub(r"\W", "_", arguments.by))
        write_table(path, read_counts(out, arguments.by))
        _say(f"The counts by {arguments.by} are in {path}")
    return [f"left out: {fault}" for fault in faults]


def _notebooks(_: argparse.Namespace) -> list[str]:
    """Run the notebooks and save them executed; list what is stale."""
    runs = _run()
    for path, run in runs.items():
        write_notebook(path, run.notebook)
    _say("The notebooks are saved as they ran.")
    return [f"stale: {fault}" for fault in list_stale(Path(), runs)]


def _claims(arguments: argparse.Namespace) -> list[str]:
    """List the numbers that are stale or loose; or write the stale ones anew and list what is left."""
    runs = _run()
    loose = [f"loose: {fault}" for fault in list_loose(Path(), runs)]
    left = fix_numbers(Path(), runs) if arguments.fix else list_stale(Path(), runs)
    return [*(f"stale: {fault}" for fault in left), *loose]


COMMANDS: dict[str, Callable[[argparse.Namespace], list[str]]]
COMMANDS = {"new": _new, "check": _check, "study": _study, "count": _count}
COMMANDS |= {"notebooks": _notebooks, "claims": _claims}


def _run() -> dict[Path, Run]:
    """Run the notebooks of the study, with the numbers of the texts beside them."""
    return run_notebooks(list_notebooks(Path("notebooks")), _say, read_documents(Path()))


def _explain(error: Exception) -> str:
    """Say what an error means, if the system raised it, or Python, which is a fault of the library."""
    if isinstance(error, OSError) and error.errno:
        where = error.filename or "a file"
        return f"{where}: {error.strerror}. The system refused it: check its name, rights and disk."
    last = traceback.extract_tb(error.__traceback__)[-1]
    library = Path(last.filename).is_relative_to(Path(__file__).parent)
    message = library and (last.line or "").startswith("raise ")
    return str(error) if message else FAULT.format(type(error).__name__, error)


def _beat(done: Event) -> None:
    """Print a line now and then, so that a slow run is seen to move."""
    while not done.wait(BEAT):
        _say("... at work")


if __name__ == "__main__":
    sys.exit(main())
