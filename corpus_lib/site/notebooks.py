"""Run notebooks from the top in fresh kernels, and compute the numbers that texts bind to their cells.

A page therefore shows what its cells compute. The kernel that runs a notebook also evaluates every
expression that is bound to it (see `claims`).
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from corpus_lib.site.claims import NAME, Value, find_claims, split_key

# The longest time that a cell may take, in seconds.
TIMEOUT = 600

# Sets have the same order in every run, and the debugger prints no warning.
KERNEL_ENV = {"PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}

# Encrypts the messages between kernel and client where the kernel can do so; otherwise there is a warning.
TRANSPORT = Config({"KernelManager": {"transport_encryption": "auto"}})

# Committed notebooks name no version of Python, so that all machines write the same file.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class Run(NamedTuple):
    """An executed notebook, and the value of each expression that is bound to it."""

    notebook: NotebookNode
    values: dict[str, Value]


def prose_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """List the text cells of a notebook, except the exercises: students change the numbers there."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "markdown")
    return [cell for cell in cells if "exercise" not in cell.metadata.get("tags", [])]


def prose(notebook: NotebookNode) -> list[str]:
    """List the texts of these cells, one string per cell."""
    return [cell.source for cell in prose_cells(notebook)]


def key_of(path: Path) -> str:
    """Give the key by which other texts name a notebook: 03 for 03_city_contrasts.

    >>> key_of(Path("notebooks/03_city_contrasts.ipynb"))
    '03'
    """
    return path.stem.partition("_")[0]


def run_notebooks(
    paths: list[Path], say: Callable[[str], None] = print, documents: Mapping[str, str] | None = None
) -> dict[Path, Run]:
    """Run notebooks in parallel, as many at a time as the machine has processors.

    In: `say` receives a line when a notebook has run. `documents` holds other texts in Markdown by their
    names, such as a README. What they bind, as in `17 = 04: n_pairs`, is computed in that notebook.
    Out: one run for each path, in the same order. Each notebook has its own kernel, which works in the
    notebook's folder as in JupyterLab. The files do not change.

    Raises RuntimeError when a cell fails, with the notebook, the cell and the error. Raises ValueError
    when a document names no notebook or one that does not exist.
    """
    documents = documents or {}
    _refuse_unknown(paths, documents)

    processors = asyncio.Semaphore(os.cpu_count() or 1)

    async def run(path: Path) -> Run:
        async with processors:
            start = time.perf_counter()
            result = await _run(path, documents)
        say(f"{path.stem}: ran in {time.perf_counter() - start:.1f} s")
        return result

    async def run_all() -> list[Run]:
        return await asyncio.gather(*map(run, paths))

    return dict(zip(paths, asyncio.run(run_all()), strict=True))


def refresh_notebooks(runs: Mapping[Path, Run]) -> None:
    """Save the executed notebooks in place of their files."""
    for path, run in runs.items():
        write_notebook(path, run.notebook)


def write_notebook(path: Path, notebook: NotebookNode) -> None:
    """Write a notebook; the same notebook gives the same bytes on every system."""
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def list_notebooks(folder: Path) -> list[Path]:
    """List the numbered notebooks of a folder in order; raise FileNotFoundError when there are none."""
    paths = sorted(folder.glob("[0-9]*.ipynb"))
    if not paths:
        raise FileNotFoundError(
            f"There are no numbered notebooks in {folder.resolve()}: run this from the study's folder."
        )
    return paths


async def _run(path: Path, documents: Mapping[str, str]) -> Run:
    """Run one notebook in its own kernel, with every expression that is bound to it."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        config=TRANSPORT,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        values = await _execute(client, _bound(path, notebook, documents))
    except CellExecutionError as error:
        raise RuntimeError(_describe(path.name, client.code_cells_executed, error)) from None
    except (DeadKernelError, TimeoutError) as error:
        raise RuntimeError(f"{path.name}: the run stopped: {error}") from None
    notebook.metadata = nbformat.from_dict(METADATA)
    return Run(notebook, values)


async def _execute(client: NotebookClient, expressions: Mapping[str, str]) -> dict[str, Value]:
    """Run all cells, and evaluate the bound expressions before the first answer to an exercise.

    An expression that fails gives the message of its error, and does not stop the run.
    """
    cells = client.nb.cells
    answers = (i for i, cell in enumerate(cells) if "answer" in cell.metadata.get("tags", []))
    first_answer = next(answers, len(cells))
    asked = {entry: f"float({expression})" for entry, expression in expressions.items()}
    async with client.async_setup_kernel(env=os.environ | KERNEL_ENV):
        kernel: Any = client.kc
        for i in range(first_answer):
            await client.async_execute_cell(cells[i], i)
        reply = await kernel.execute_interactive("", silent=True, user_expressions=asked, timeout=TIMEOUT)
        for i in range(first_answer, len(cells)):
            await client.async_execute_cell(cells[i], i)
    answers = reply["content"]["user_expressions"].items()
    return {
        entry: float(a["data"]["text/plain"]) if a["status"] == "ok" else f"{a['ename']}: {a['evalue']}"
        for entry, a in answers
    }


def _bound(path: Path, notebook: NotebookNode, documents: Mapping[str, str]) -> dict[str, str]:
    """List the expressions that are bound to a notebook, by their entries in a comment."""
    own = [claim.expression for text in prose(notebook) for claim in find_claims(text)]
    entries = [claim.expression for text in documents.values() for claim in find_claims(text)]
    keyed = {entry: split_key(entry) for entry in entries}
    return {expression: expression for expression in own if expression not in ("", NAME)} | {
        entry: expression for entry, (key, expression) in keyed.items() if key == key_of(path)
    }


def _refuse_unknown(paths: list[Path], documents: Mapping[str, str]) -> None:
    """Raise ValueError for a bound number of a document that names none of the notebooks."""
    known = {key_of(path) for path in paths}
    for name, text in documents.items():
        for claim in find_claims(text):
            if claim.at and claim.expression != NAME and split_key(claim.expression)[0] not in known:
                raise ValueError(
                    f"{name}: {claim.number!r} in “{claim.line}” is bound to {claim.expression!r}: "
                    f"name the notebook that computes it, as in {claim.number} = 03: n. "
                    f"The notebooks are {', '.join(sorted(known))}."
                )


def _describe(name: str, cell: int, error: CellExecutionError) -> str:
    """Name the notebook, the code cell, the error and the line of code that failed."""
    where = re.search(r"-+> \d+ (.+)", re.sub(r"\x1b\[[\d;]*m", "", str(error)))
    line = f" at: {where[1].strip()}" if where else ""
    return f"{name}: code cell {cell} failed with {error.ename}: {error.evalue}{line}"
