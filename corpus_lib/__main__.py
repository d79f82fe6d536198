"""The command line: `python -m corpus_lib study`, `notebooks` and `claims`, run from the study's folder."""

from __future__ import annotations

import argparse
import sys
import traceback
import warnings
from io import TextIOWrapper
from pathlib import Path
from threading import Event, Thread

from corpus_lib.articles import read_articles
from corpus_lib.site.binding import fix_numbers, list_loose, list_stale, read_documents
from corpus_lib.site.build import build_site
from corpus_lib.site.content import collect_content, grouping_column
from corpus_lib.site.notebooks import Run, list_notebooks, run_notebooks, write_notebook
from corpus_lib.site.own import build_own_site

SITE = Path("build/html")
# In seconds: nobody should wait longer without a sign of life.
BEAT = 8.0


def main() -> int:
    """Run one command; give 0 when all went well, else 1 after a message for each fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a console that cannot print Chinese shows its code points
            stream.reconfigure(errors="backslashreplace")
    arguments, done = _parser().parse_args(), Event()
    Thread(target=_beat, args=[done], daemon=True).start()
    try:
        faults = COMMANDS[arguments.command](arguments)
    except (OSError, RuntimeError, ValueError) as error:
        if not _is_message(error):
            raise
        print(f"error: {error}", file=sys.stderr)
        return 1
    finally:
        done.set()
    for fault in faults:
        _say(fault)
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    parser = argparse.ArgumentParser(prog="python -m corpus_lib", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    study = commands.add_parser("study", help=f"run the notebooks and write the pages to {SITE}")
    study.add_argument("--without-texts", action="store_true", help="leave out the page of the articles")
    study.add_argument("--by", help="the column of articles.tsv to compare by")
    commands.add_parser("notebooks", help="run the notebooks and save them executed")
    claims = commands.add_parser("claims", help="list the numbers in the prose that no cell computes")
    claims.add_argument("--fix", action="store_true", help="write the computed numbers into the prose")
    return parser


def _study(arguments: argparse.Namespace) -> list[str]:
    """Run the notebooks and write the site; list what is stale."""
    content = collect_content("seeds", arguments.by)
    runs = _run()
    build_site(Path(), SITE, content, runs, not arguments.without_texts)
    _say(f"The study is in {SITE}/index.html")
    return _stale(runs)


def _study_own(arguments: argparse.Namespace) -> list[str]:
    """Check a folder of your own, and write its site if it has no fault."""
    if faults := _check(arguments):
        return faults
    by = arguments.by or grouping_column(read_articles(arguments.folder)) or "doc_id"
    _say(f"The articles are compared by {by}.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the check has said it
        build_own_site(arguments.folder, by, arguments.out, not arguments.without_texts, _say)
    _say(f"The pages are in {arguments.out}/index.html")
    return []


def _notebooks(_: argparse.Namespace) -> list[str]:
    """Run the notebooks and save them executed; list what is stale."""
    runs = _run()
    for path, run in runs.items():
        write_notebook(path, run.notebook)
    _say("The notebooks are saved as they ran.")
    return _stale(runs)


def _claims(arguments: argparse.Namespace) -> list[str]:
    """List the numbers that are stale or loose; or write the stale ones anew and list what is left."""
    runs = _run()
    loose = [f"loose: {fault}" for fault in list_loose(Path(), runs)]
    left = fix_numbers(Path(), runs) if arguments.fix else list_stale(Path(), runs)
    return [*(f"stale: {fault}" for fault in left), *loose]


COMMANDS = {"study": _study, "notebooks": _notebooks, "claims": _claims}


def _run() -> dict[Path, Run]:
    """Run the notebooks of the study, with the numbers of the texts beside them."""
    return run_notebooks(list_notebooks(Path("notebooks")), _say, read_documents(Path()))


def _stale(runs: dict[Path, Run]) -> list[str]:
    """List the stale numbers of a study."""
    return [f"stale: {fault}" for fault in list_stale(Path(), runs)]


def _is_message(error: Exception) -> bool:
    """Say whether the message of an error is enough: the library wrote it, or the system did about a file.

    An error that Python or another package raises is a fault of the library: it keeps its traceback.
    """
    if isinstance(error, OSError):
        return True
    last = traceback.extract_tb(error.__traceback__)[-1]
    library = Path(last.filename).is_relative_to(Path(__file__).parent)
    return library and (last.line or "").startswith("raise ")


def _beat(done: Event) -> None:
    """Print a line now and then, so that a slow run is seen to move."""
    while not done.wait(BEAT):
        _say("... at work")


def _say(line: str) -> None:
    """Print a line at once, so that a slow run is seen to move."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
