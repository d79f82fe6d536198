"""Notebooks -> notebooks as they run now. The only file that imports nbclient.

Notebooks are run from the top in a fresh kernel, so what a page shows is what its
cells compute, and each number in the prose is compared with its cell (see `claims`).
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

from corpus_lib.site.claims import PROBE, Value, find_asked, find_claims, prose, stale_claims

# The kernel of every run: hashes ordered alike, and no word from its debugger.
KERNEL_ENV = {"PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}

# What passes between a kernel and its client is encrypted where the kernel can; else it warns.
TRANSPORT = Config({"KernelManager": {"transport_encryption": "auto"}})

# What a committed notebook says of its kernel: no version, so that machines agree.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class Run(NamedTuple):
    """A notebook as it ran, the claims that its cells do not bear out, and the values asked for."""

    notebook: NotebookNode
    stale: list[str]
    values: dict[str, Value]


def run_notebook(path: str | Path, documents: Mapping[str, str] | None = None) -> Run:
    """Run a copy of a notebook from the top; give it back with its stale claims.

    The file is not changed. The kernel works in the notebook's folder, as it does in
    JupyterLab. A stale claim is a sentence whose number is not what the cells compute.
    `documents` are other texts in Markdown by their names (a README); what they claim of
    this notebook, as `<!--=04: n_pairs-->` of 04_figures, is compared too.

    Raises RuntimeError when a cell fails, naming the notebook, the cell and its error.
    """
    return asyncio.run(_run(Path(path), documents or {}))


def run_notebooks(
    paths: list[Path], say: Callable[[str], None] = print, documents: Mapping[str, str] | None = None
) -> dict[Path, Run]:
    """Run several notebooks side by side, as many as the machine has processors.

    Each has a kernel, and so a process, of its own: what one does no other sees. Out: what
    `run_notebook` gives for each path, in the order of the paths. Raises what it raises, and
    ValueError when a document asks a notebook that is not there.
    """
    _refuse_unknown(paths, documents or {})

    async def all_of_them() -> list[Run]:
        places = asyncio.Semaphore(os.cpu_count() or 1)
        return await asyncio.gather(*(_run_aloud(path, places, say, documents or {}) for path in paths))

    return dict(zip(paths, asyncio.run(all_of_them()), strict=True))


def refresh_notebooks(folder: Path, say: Callable[[str], None] = print) -> list[str]:
    """Run every notebook of a folder and save it executed; give the stale claims."""
    runs = run_notebooks(list_notebooks(folder), say)
    for path, run in runs.items():
        path.write_text(nbformat.writes(run.notebook) + "\n", encoding="utf-8", newline="\n")
    return [claim for run in runs.values() for claim in run.stale]


def list_notebooks(folder: Path) -> list[Path]:
    """List the notebooks of a folder in their order, or say that there are none."""
    paths = sorted(folder.glob("[0-9]*.ipynb"))
    if not paths:
        raise FileNotFoundError(
            f"There are no numbered notebooks in {folder.resolve()}: run this from the study's folder."
        )
    return paths


async def _run(path: Path, documents: Mapping[str, str]) -> Run:
    """Run a notebook in a kernel of its own, and ask it for every number that rests on it."""
    notebook = nbformat.read(path, as_version=4)
    claims = {path.stem: find_claims(prose(notebook))}
    claims |= {name: find_claims(text, path.stem[:2]) for name, text in documents.items()}
    asked = sorted({e for text in documents.values() for e in find_asked(text, path.stem[:2])})
    asked += [expression for found in claims.values() for _, _, expression in found]
    notebook.cells.append(nbformat.v4.new_code_cell(PROBE.format(expressions=asked)))
    await _execute(path, notebook)
    printed = "".join(o.text for o in notebook.cells.pop().outputs if o.get("name") == "stdout")
    values = dict(zip(asked, json.loads(printed.splitlines()[-1]), strict=True))  # an expression may print
    notebook.metadata = nbformat.from_dict(METADATA)
    stale = [claim for name, found in claims.items() for claim in stale_claims(name, found, values)]
    return Run(notebook, stale, values)


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
    """Refuse a document that asks a notebook that is not there, or asks none."""
    known = {path.stem[:2] for path in paths}
    for name, text in documents.items():
        for line, said, expression in find_claims(text):
            if expression[:2] not in known or expression[2:3] != ":":
                raise ValueError(
                    f"{name}: {said!r} in “{line}” rests on {expression!r}; say which notebook "
                    f"computes it, as <!--=03: name-->. There are {', '.join(sorted(known))}."
                )


def _failed_cell(name: str, notebook: NotebookNode, error: CellExecutionError) -> str:
    """Say which cell of which notebook failed, and with what."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    broken = [i for i, cell in enumerate(code, 1) if any(o.output_type == "error" for o in cell.outputs)]
    failed = broken[-1]  # an earlier one may have been allowed to fail
    where = re.search(r"-+> \d+ (.+)", re.sub(r"\x1b\[[\d;]*m", "", str(error)))
    line = f" at: {where[1].strip()}" if where else ""
    return f"{name}: code cell {failed} failed with {error.ename}: {error.evalue}{line}"
