"""A study's texts and runs -> the numbers that are stale or loose, and the texts written anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat

from corpus_lib.articles import read_articles
from corpus_lib.site.claims import Value, find_claims, fix_claims, stale_claims
from corpus_lib.site.notebooks import Run, key_of, list_notebooks, prose, prose_cells, write_notebook
from corpus_lib.site.prose import loose_numbers

# Texts outside the notebooks whose numbers are bound to them: the front door, and the abstract.
ABSTRACT = "notebooks/index.md"
DOCUMENTS = ["README.md", ABSTRACT]


def read_documents(root: Path) -> dict[str, str]:
    """Read the texts outside the notebooks whose numbers are bound to them, as far as the study has them."""
    return {name: (root / name).read_text(encoding="utf-8") for name in DOCUMENTS if (root / name).exists()}


def read_names(root: Path) -> list[str]:
    """List what looks like a number in a study's prose and is a name: its articles, its notebooks."""
    articles = read_articles(root / "seeds")["doc_id"].tolist()
    return [*articles, *(key_of(path) for path in list_notebooks(root / "notebooks"))]


def list_stale(root: Path, runs: Mapping[Path, Run]) -> list[str]:
    """Name each sentence of a study whose number is not what the cells compute."""
    names = read_names(root)
    return [
        fault
        for name, text, values in _texts(root, runs)
        for fault in stale_claims(name, find_claims(text, names), values)
    ]


def list_loose(root: Path, runs: Mapping[Path, Run]) -> list[str]:
    """Name each number in digits that is bound to no cell, with its line."""
    names = read_names(root)
    return [
        f"{name}: no cell computes {number} in “{line}”."
        for name, text, _ in _texts(root, runs)
        for number, line in loose_numbers(text, [c.at for c in find_claims(text, names) if c.at], names)
    ]


def fix_numbers(root: Path, runs: Mapping[Path, Run]) -> list[str]:
    """Write the computed values into the prose and the documents; list what could not be written."""
    names = read_names(root)
    left: list[str] = []
    for path, run in runs.items():
        notebook = nbformat.read(path, as_version=4)
        for cell in prose_cells(notebook):
            cell.source, unwritten = _fix(path.stem, cell.source, run.values, names)
            left += unwritten
        write_notebook(path, notebook)
    for name, text in read_documents(root).items():
        fixed, unwritten = _fix(name, text, _all_values(runs), names)
        (root / name).write_text(fixed, encoding="utf-8", newline="\n")
        left += unwritten
    return left


def _fix(name: str, text: str, values: Mapping[str, Value], names: list[str]) -> tuple[str, list[str]]:
    """Write the computed values into one text; give it back with what could not be written."""
    fixed, unwritten = fix_claims(text, find_claims(text, names), values)
    return fixed, stale_claims(name, unwritten, values)


def _texts(root: Path, runs: Mapping[Path, Run]) -> Iterator[tuple[str, str, Mapping[str, Value]]]:
    """Give each text of a study with its name and the values that its numbers are bound to."""
    for path, run in runs.items():
        yield from ((path.stem, text, run.values) for text in prose(run.notebook))
    for name, text in read_documents(root).items():
        yield name, text, _all_values(runs)


def _all_values(runs: Mapping[Path, Run]) -> dict[str, Value]:
    """Join the values of all notebooks; an entry of a document names its notebook, so none has two."""
    return {entry: value for run in runs.values() for entry, value in run.values.items()}
