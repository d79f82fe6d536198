"""Notebooks -> notebooks as they run now, and the numbers that their prose binds.

Notebooks are run from the top in a fresh kernel, so that a page shows what its cells compute. When
the cells have run, every bound number is asked of the same kernel (see `claims`).
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from corpus_lib.site.claims import NAME, Value, find_claims, split_key

# The kernel of every run: hashes have one order, and its debugger stays silent.
KERNEL_ENV = {"PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}

# What passes between a kernel and its client is encrypted where the kernel can; else it warns.
TRANSPORT = Config({"KernelManager": {"transport_encryption": "auto"}})

# What a committed notebook says of its kernel: no version, so that machines agree.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

# Computes the bound numbers in the notebook's own kernel. An author's slip must not stop the run:
# it comes back as a message.
PROBE = """
import json
_values = []
for _expression in {expressions!r}:
    try:
        _values.append(float(eval(_expression)))
    except Exception as _error:
        _values.append(f"{{type(_error).__name__}}: {{_error}}")
print(json.dumps(_values))
"""


class Run(NamedTuple):
    """A notebook as it ran, and what its cells compute for each expression that was asked."""

    notebook: NotebookNode
    values: dict[str, Value]


def prose_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """List the cells of a notebook's prose; exercises are left out, since their numbers are to be tried."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "markdown")
    return [cell for cell in cells if "exercise" not in cell.metadata.get("tags", [])]


def prose(notebook: NotebookNode) -> list[str]:
    """List the texts of a notebook's prose, one per cell."""
    return [cell.source for cell in prose_cells(notebook)]


def key_of(path: Path) -> str:
    """Give the key by which a text outside the notebooks names one: 03 for 03_city_contrasts.

    >>> key_of(Path("notebooks/03_city_contrasts.ipynb"))
    '03'
    """
    return path.stem.partition("_")[0]


def run_notebook(path: str | Path, documents: Mapping[str, str] | None = None) -> Run:
    """Run a copy of a notebook from the top, and compute every number that is bound to it.

    In: `documents`, other texts in Markdown by their names (a README); what they bind to this
    notebook, as `17 = 04: n_pairs` to 04_figures, is computed too. The kernel works in the
    notebook's folder, as it does in JupyterLab. The file is not changed.

    Raises RuntimeError when a cell fails, naming the notebook, the cell and its error.
    """
    return asyncio.run(_run(Path(path), documents or {}))


def run_notebooks(
    paths: list[Path], say: Callable[[str], None] = print, documents: Mapping[str, str] | None = None
) -> dict[Path, Run]:
    """Run several notebooks side by side, as many as the machine has processors.

    Each has a kernel of its own, so that what one does no other sees. Out: what `run_notebook` gives
    for each path, in the order of the paths. Raises what it raises, and ValueError when a
    document names a notebook that is not there.
    """
    _refuse_unknown(paths, documents or {})

    async def all_of_them() -> list[Run]:
        places = asyncio.Semaphore(os.cpu_count() or 1)
        return await asyncio.gather(*(_run_aloud(path, places, say, documents or {}) for path in paths))

    return dict(zip(paths, asyncio.run(all_of_them()), strict=True))


def refresh_notebooks(runs: Mapping[Path, Run]) -> None:
    """Save notebooks as they ran."""
    for path, run in runs.items():
        write_notebook(path, run.notebook)


def write_notebook(path: Path, notebook: NotebookNode) -> None:
    """Write a notebook the same way each time."""
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def list_notebooks(folder: Path) -> list[Path]:
    """List the notebooks of a folder in their order, or say that there are none."""
    paths = sorted(folder.glob("[0-9]*.ipynb"))
    if not paths:
        raise FileNotFoundError(
            f"There are no numbered notebooks in {folder.resolve()}: run this from the study's folder."
        )
    return paths


async def _run(path: Path, documents: Mapping[str, str]) -> Run:
    """Run a notebook in a kernel of its own, and ask it for every number that is bound to it."""
    notebook = nbformat.read(path, as_version=4)
    asked = _asked(path, notebook, documents)
    probe = nbformat.v4.new_code_cell(PROBE.format(expressions=list(asked.values())))
    answers = (i for i, cell in enumerate(notebook.cells) if "answer" in cell.metadata.get("tags", []))
    place = next(answers, len(notebook.cells))
    notebook.cells.insert(place, probe)
    await _execute(path, notebook)
    del notebook.cells[place]
    printed = "".join(output.text for output in probe.outputs if output.get("name") == "stdout")
    values = dict(zip(asked, json.loads(printed.splitlines()[-1]), strict=True))  # an expression may print
    notebook.metadata = nbformat.from_dict(METADATA)
    _number_cells(notebook)
    return Run(notebook, values)


def _asked(path: Path, notebook: NotebookNode, documents: Mapping[str, str]) -> dict[str, str]:
    """List the expressions that a notebook is asked for, each by the words of its entry."""
    own = [claim.expression for text in prose(notebook) for claim in find_claims(text)]
    asked = {expression: expression for expression in own if expression and expression != NAME}
    for text in documents.values():
        for entry in [claim.expression for claim in find_claims(text)]:
            key, expression = split_key(entry)
            if key == key_of(path):
                asked[entry] = expression
    return asked


def _number_cells(notebook: NotebookNode) -> None:
    """Count the code cells from 1 on, as if nothing had been asked between them."""
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number


async def _execute(path: Path, notebook: NotebookNode) -> None:
    """Run the cells of a notebook in their order; it is filled with what they give."""
    client = NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        config=TRANSPORT,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        await client.async_execute(env=os.environ | KERNEL_ENV)
    except CellExecutionError as error:
        raise RuntimeError(_failed_cell(path.name, notebook, error)) from None
    except (DeadKernelError, CellTimeoutError) as error:
        raise RuntimeError(f"{path.name}: the run stopped: {error}") from None


async def _run_aloud(
    path: Path, places: asyncio.Semaphore, say: Callable[[str], None], documents: Mapping[str, str]
) -> Run:
    """Run a notebook when there is a place for it, and say how long it took."""
    async with places:
        start = time.perf_counter()
        result = await _run(path, documents)
    say(f"{path.stem}: ran in {time.perf_counter() - start:.1f} s")
    return result


def _refuse_unknown(paths: list[Path], documents: Mapping[str, str]) -> None:
    """Refuse a document that names a notebook that is not there, or none."""
    known = {key_of(path) for path in paths}
    for name, text in documents.items():
        for claim in find_claims(text):
            if claim.at and claim.expression != NAME and split_key(claim.expression)[0] not in known:
                raise ValueError(
                    f"{name}: {claim.said!r} in “{claim.line}” is bound to {claim.expression!r}: "
                    f"name the notebook that computes it, as {claim.said} = 03: n. "
                    f"The notebooks are {', '.join(sorted(known))}."
                )


def _failed_cell(name: str, notebook: NotebookNode, error: CellExecutionError) -> str:
    """Say which cell of which notebook failed, and with what."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    broken = [i for i, cell in enumerate(code, 1) if any(o.output_type == "error" for o in cell.outputs)]
    failed = broken[-1]  # an earlier one may have been allowed to fail
    where = re.search(r"-+> \d+ (.+)", re.sub(r"\x1b\[[\d;]*m", "", str(error)))
    line = f" at: {where[1].strip()}" if where else ""
    return f"{name}: code cell {failed} failed with {error.ename}: {error.evalue}{line}"
