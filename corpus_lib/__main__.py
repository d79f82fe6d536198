"""The command line: `python -m corpus_lib study` and `python -m corpus_lib notebooks`."""

from __future__ import annotations

import argparse
import sys
from io import TextIOWrapper
from pathlib import Path

from corpus_lib import add_measures, load_corpus, read_notes, write_ledger
from corpus_lib.export import build_study
from corpus_lib.running import refresh_notebooks


def main() -> int:
    """Run one command from the study's folder; 0 when all went well, 1 with one message when not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a console that cannot print Chinese shows its code points
            stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="python -m corpus_lib", description=__doc__)
    parser.add_argument(
        "command",
        choices=["study", "notebooks"],
        help="write build/html and build/data, or refresh notebooks/",
    )
    command = parser.parse_args().command
    try:
        stale = _study() if command == "study" else refresh_notebooks(Path("notebooks"), _say)
    except (OSError, RuntimeError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for claim in stale:
        _say(f"stale: {claim}")
    _say("The study is in build/html/index.html" if command == "study" else "The notebooks are refreshed.")
    return 0


def _study() -> list[str]:
    """Write the pages and the ledger of figures; give the stale claims."""
    stale = build_study(Path("notebooks"), Path("build/html"), _say)
    figures = add_measures(load_corpus("seeds").figures, read_notes("seeds", "measures"))
    write_ledger(figures, Path("build/data"))
    return stale


def _say(line: str) -> None:
    """Print a line at once, so that a slow run is seen to move."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
