"""The command line: `python -m corpus_lib study` and `python -m corpus_lib notebooks`."""

from __future__ import annotations

import argparse
import sys
from io import TextIOWrapper
from pathlib import Path

from corpus_lib.site.build import build_site, read_documents
from corpus_lib.site.content import collect_content
from corpus_lib.site.notebooks import list_notebooks, refresh_notebooks, run_notebooks

# What the study's contrasts are made by: a column of its articles.tsv.
BY = "city"


def main() -> int:
    """Run one command from the study's folder; 0 when all went well, 1 with a message a fault when not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a console that cannot print Chinese shows its code points
            stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="python -m corpus_lib", description=__doc__)
    parser.add_argument(
        "command",
        choices=["study", "notebooks"],
        help="write build/html, or refresh notebooks/",
    )
    parser.add_argument(
        "--without-texts",
        action="store_true",
        help="leave out the page of the articles, for a copy to publish",
    )
    arguments = parser.parse_args()
    try:
        if arguments.command == "study":
            stale = _study(texts=not arguments.without_texts)
        else:
            stale = refresh_notebooks(Path("notebooks"), _say)
    except (OSError, RuntimeError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for claim in stale:
        _say(f"stale: {claim}")
    _say(
        "The study is in build/html/index.html"
        if arguments.command == "study"
        else "The notebooks are refreshed."
    )
    return 1 if stale else 0


def _study(texts: bool) -> list[str]:
    """Run the notebooks and write the site; give the stale claims."""
    root = Path()
    runs = run_notebooks(list_notebooks(root / "notebooks"), _say, read_documents(root))
    build_site(root, Path("build/html"), collect_content(root / "seeds", BY), runs, texts)
    return [claim for run in runs.values() for claim in run.stale]


def _say(line: str) -> None:
    """Print a line at once, so that a slow run is seen to move."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
