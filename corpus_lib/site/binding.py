"""Check the numbers in a study's texts against the runs of its notebooks, or correct them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat

from corpus_lib.articles import read_articles
from corpus_lib.site.claims import Value, find_claims, fix_claims, stale_claims
from corpus_lib.site.notebooks import Run, key_of, list_notebooks, prose, prose_cells, write_notebook
from corpus_lib.site.prose import loose_numbers

# The texts outside the notebooks whose numbers are bound.
ABSTRACT = "notebooks/index.md"
DOCUMENTS = ["README.md", ABSTRACT]


def read_documents(root: Path) -> dict[str, str]:
    """Read the README and the abstract of a study by name; a file that does not exist is left out."""
    return {name: (root / name).read_text(encoding="utf-8") for name in DOCUMENTS if (root / name).exists()}


def list_stale(root: Path, runs: Mapping[Path, Run]) -> list[str]:
    """Describe each bound number in a study's texts that differs from its computed value."""
    names = _names(root)
    return [
        fault
        for name, text, values in _texts(root, runs)
        for fault in stale_claims(name, find_claims(text, names), values)
    ]


def list_loose(root: Path, runs: Mapping[Path, Run]) -> list[str]:
    """Describe each number in digits that is bound to no cell, with its line."""
    names = _names(root)
    return [
        f"{name}: no cell computes {number} in “{line}”."
        for name, text, _ in _texts(root, runs)
        for number, line in loose_numbers(text, [c.at for c in find_claims(text, names) if c.at], names)
    ]


def fix_numbers(root: Path, runs: Mapping[Path, Run]) -> list[str]:
    """Write the computed values into the notebooks and documents; list the numbers that remain stale."""
    names, remaining = _names(root), list[str]()

    def fix(name: str, text: str, values: Mapping[str, Value]) -> str:
        fixed, unwritten = fix_claims(text, find_claims(text, names), values)
        remaining.extend(stale_claims(name, unwritten, values))
        return fixed

    for path, run in runs.items():
        notebook = nbformat.read(path, as_version=4)
        for cell in prose_cells(notebook):
            cell.source = fix(path.stem, cell.source, run.values)
        write_notebook(path, notebook)
    for name, text, values in _texts(root, runs):
        if name in DOCUMENTS:
            (root / name).write_text(fix(name, text, values), encoding="utf-8", newline="\n")
    return remaining


def _names(root: Path) -> list[str]:
    """List the names that look like numbers: those of the articles and of the notebooks."""
    articles = read_articles(root / "seeds")["doc_id"].tolist()
    return [*articles, *(key_of(path) for path in list_notebooks(root / "notebooks"))]


def _texts(root: Path, runs: Mapping[Path, Run]) -> Iterator[tuple[str, str, Mapping[str, Value]]]:
    """Yield each text of a study, with its name and the values that its numbers are bound to."""
    for path, run in runs.items():
        yield from ((path.stem, text, run.values) for text in prose(run.notebook))
    all_values = {entry: value for run in runs.values() for entry, value in run.values.items()}
    yield from ((name, text, all_values) for name, text in read_documents(root).items())
