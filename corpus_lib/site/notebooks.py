"""Run notebooks from the top in fresh kernels, and compute the numbers that texts bind to their cells.

A page therefore shows what its cells compute. The kernel that runs a notebook also evaluates every
expression that is bound to it (see `claims`).
"""

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

from corpus_lib.site.claims import NAME, Value, find_claims

# A cell may take ten minutes. A saved notebook holds no times, and what a cell prints as one text. The
# messages between kernel and client are encrypted where the kernel can do so; else there is a warning.
CLIENT: dict[str, Any] = {"timeout": 600, "record_timing": False, "coalesce_streams": True}
TRANSPORT = Config({"KernelManager": {"transport_encryption": "auto"}})

# Sets have the same order in every run; the debugger prints no warning, and no progress bar gets into a page.
KERNEL_ENV = {"PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "TQDM_DISABLE": "1"}
# Committed notebooks name no version of Python, so that all machines write the same file.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# What an author may say of a notebook in its metadata, and what a run keeps.
DESCRIBED = ["title", "authors", "license", "keywords"]


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
    """Give the key by which other texts name a notebook: 03 for 03_city_contrasts."""
    return path.stem.partition("_")[0]


def run_notebooks(
    paths: list[Path], say: Callable[[str], None] = print, documents: Mapping[str, str] | None = None
) -> dict[Path, Run]:
    """Run notebooks in parallel, as many at a time as the machine has processors.

    In: `say` receives a line when a notebook has run. `documents` holds other texts in Markdown by their
    names, such as a README. What they bind, as in `17 = 04: n_pairs`, is computed in that notebook.
    Out: one run for each path, in the same order. Each notebook has its own kernel, which works in the
    notebook's folder as in JupyterLab. The files do not change. Raises RuntimeError when a cell fails, and
    ValueError when a document names no notebook or one that does not exist.
    """
    bound = _bound_outside(paths, documents or {})
    processors = asyncio.Semaphore(os.cpu_count() or 1)

    async def run(path: Path) -> Run:
        async with processors:
            start = time.perf_counter()
            result = await _run(path, bound[key_of(path)])
        say(f"{path.stem}: ran in {time.perf_counter() - start:.1f} s")
        return result

    async def run_all() -> list[Run]:
        return await asyncio.gather(*map(run, paths))

    return dict(zip(paths, asyncio.run(run_all()), strict=True))


def write_notebook(path: Path, notebook: NotebookNode) -> None:
    """Write a notebook; the same notebook gives the same bytes on every system."""
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def list_notebooks(folder: Path) -> list[Path]:
    """List the numbered notebooks of a folder in order; raise FileNotFoundError when there are none."""
    if not (paths := sorted(folder.glob("[0-9]*.ipynb"))):
        none = f"There are no numbered notebooks in {folder.resolve()}: run this from the study's folder."
        raise FileNotFoundError(none)
    return paths


async def _run(path: Path, bound: dict[str, str]) -> Run:
    """Run one notebook in its own kernel, with what its prose binds and what other texts do."""
    notebook = nbformat.read(path, as_version=4)
    own = [claim.expression for text in prose(notebook) for claim in find_claims(text)]
    asked = {expression: expression for expression in own if expression not in ("", NAME)}
    folder = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, kernel_name="python3", config=TRANSPORT, resources=folder, **CLIENT)
    try:
        values = await _execute(client, asked | bound)
    except CellExecutionError as error:
        where = re.search(r"-+> \d+ (.+)", re.sub(r"\x1b\[[\d;]*m", "", str(error)))
        line = f" at: {where[1].strip()}" if where else ""
        cell = f"{path.name}: code cell {client.code_cells_executed}"
        raise RuntimeError(f"{cell} failed with {error.ename}: {error.evalue}{line}") from None
    except (DeadKernelError, TimeoutError) as error:
        raise RuntimeError(f"{path.name}: the run stopped: {error}") from None
    told = {name: notebook.metadata[name] for name in DESCRIBED if name in notebook.metadata}
    notebook.metadata = nbformat.from_dict(METADATA | told)
    return Run(notebook, values)


async def _execute(client: NotebookClient, expressions: Mapping[str, str]) -> dict[str, Value]:
    """Run all cells, and evaluate the bound expressions before the first answer to an exercise.

    An expression that fails gives the message of its error, and does not stop the run.
    """
    cells = client.nb.cells
    answers = (i for i, cell in enumerate(cells) if "answer" in cell.metadata.get("tags", []))
    first_answer = next(answers, len(cells))
    asked = {entry: f"float({expression})" for entry, expression in expressions.items()}
    options = {"silent": True, "user_expressions": asked, "timeout": client.timeout}
    async with client.async_setup_kernel(env=os.environ | KERNEL_ENV):
        kernel: Any = client.kc
        for i in range(first_answer):
            await client.async_execute_cell(cells[i], i)
        reply = await kernel.execute_interactive("", **options)
        for i in range(first_answer, len(cells)):
            await client.async_execute_cell(cells[i], i)
    answers = reply["content"]["user_expressions"].items()
    return {
        entry: float(a["data"]["text/plain"]) if a["status"] == "ok" else f"{a['ename']}: {a['evalue']}"
        for entry, a in answers
    }


def _bound_outside(paths: list[Path], documents: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """List what other texts bind, for each notebook's key; refuse a number that names no notebook."""
    bound: dict[str, dict[str, str]] = {key_of(path): {} for path in paths}
    for name, text in documents.items():
        for claim in find_claims(text):
            key, _, expression = claim.expression.partition(":")
            if key in bound and expression:
                bound[key][claim.expression] = expression.strip()
            elif claim.at and claim.expression != NAME:
                wrong = f"{name}: {claim.number!r} in “{claim.line}” is bound to {claim.expression!r}"
                right = f"name the notebook that computes it, as in {claim.number} = 03: n"
                raise ValueError(f"{wrong}: {right}. The notebooks are {', '.join(sorted(bound))}.")
    return bound
