"""Check the numbers in a study's texts against the runs of its notebooks, or correct them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from corpus_lib.articles import read_articles
from corpus_lib.site.claims import NAME, Value, find_claims, fix_claims, loose_numbers, matches, stale_claims
from corpus_lib.site.notebooks import Run, key_of, list_notebooks, prose, prose_cells, write_notebook

# The texts outside the notebooks whose numbers are bound.
ABSTRACT = "notebooks/index.md"
DOCUMENTS = ["README.md", ABSTRACT]


def read_documents(root: Path) -> dict[str, str]:
    """Read the README and the abstract of a study by name; a file that does not exist is left out."""
    return {name: (root / name).read_text(encoding="utf-8") for name in DOCUMENTS if (root / name).exists()}


def list_stale(root: Path, runs: Mapping[Path, Run]) -> list[str]:
    """Describe each bound number in a study's texts that differs from its computed value."""
    names, texts = _names(root), _texts(root, runs)
    stale = (stale_claims(name, find_claims(text, names), values) for name, text, values in texts)
    return [fault for faults in stale for fault in faults]


def list_loose(root: Path, runs: Mapping[Path, Run]) -> list[str]:
    """Describe each number in digits that is bound to no cell, with its line."""
    names, texts = _names(root), _texts(root, runs)
    loose = ((name, *found) for name, text, _ in texts for found in loose_numbers(text, names))
    return [f"{name}: no cell computes {number} in “{line}”." for name, number, line in loose]


def stale_numbers(path: str | Path, names: Mapping[str, Any]) -> pd.DataFrame:
    """List the sentences of a notebook that no longer hold, from inside it: call it with `globals()`.

    In: the notebook's file, as saved; `names`, the values of its cells. Columns out: `sentence`, `written`
    (the number in the sentence) and `computed` (its value now, or the error of its expression). A student who
    has changed a parameter sees which sentences the change has made false.
    """
    rows = []
    for claim in (claim for text in prose(nbformat.read(path, as_version=4)) for claim in find_claims(text)):
        value: Value
        try:
            value = float(eval(claim.expression, dict(names)))  # the notebook's own code, in its own kernel
        except Exception as error:  # any error of the student's change is an answer here
            value = f"{type(error).__name__}: {error}"
        if claim.expression != NAME and not matches(claim.number, value):
            rows.append((claim.line, claim.number, value))
    return pd.DataFrame(rows, columns=["sentence", "written", "computed"])


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
    return [*read_articles(root / "seeds")["doc_id"], *map(key_of, list_notebooks(root / "notebooks"))]


def _texts(root: Path, runs: Mapping[Path, Run]) -> Iterator[tuple[str, str, Mapping[str, Value]]]:
    """Yield each text of a study, with its name and the values that its numbers are bound to."""
    for path, run in runs.items():
        yield from ((path.stem, text, run.values) for text in prose(run.notebook))
    every = {entry: value for run in runs.values() for entry, value in run.values.items()}
    yield from ((name, text, every) for name, text in read_documents(root).items())
