"""Run each notebook with each value that the comments of its parameters list: `python -m tests.try_values`.

A comment such as `# how many terms; try 5, 15` lists two values. Each is set alone, the others stay. Every
run must end without an error. It takes some minutes, so `.ci/run` does it and `make test` does not.
"""

import ast
import asyncio
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from corpus_lib.site.notebooks import CLIENT, KERNEL_ENV, TRANSPORT, list_notebooks
from tests.conftest import ROOT

# A parameter: its name, its value, and the values to try behind its comment.
LISTED = re.compile(r"^(\w+) = (.+?)  # .*?; try (.+)$", re.MULTILINE)


def changed(path: Path) -> Iterator[tuple[str, NotebookNode]]:
    """Yield the notebook once for each listed value, with the name of the change."""
    for found in LISTED.finditer("\n".join(parameters(nbformat.read(path, as_version=4)))):
        for value in ast.parse(f"[{found[3]}]", mode="eval").body.elts:  # type: ignore[attr-defined]
            notebook, new = nbformat.read(path, as_version=4), f"{found[1]} = {ast.unparse(value)}"
            for cell in notebook.cells:
                if "parameters" in cell.metadata.get("tags", []):
                    cell.source = cell.source.replace(f"{found[1]} = {found[2]}", new)
            yield f"{path.stem}: {new}", notebook


def parameters(notebook: NotebookNode) -> list[str]:
    """List the sources of the cells with parameters."""
    return [cell.source for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]


async def fault(name: str, notebook: NotebookNode, processors: asyncio.Semaphore) -> str:
    """Run one changed notebook; give what is wrong with it, or nothing."""
    folder = {"metadata": {"path": str(ROOT / "notebooks")}}
    client = NotebookClient(notebook, kernel_name="python3", config=TRANSPORT, resources=folder, **CLIENT)
    async with processors:
        try:
            await client.async_execute(env=os.environ | KERNEL_ENV)
        except CellExecutionError as error:
            return f"{name}: {error.ename}: {error.evalue}"
    print(f"{name}: ran", flush=True)
    return ""


async def main() -> int:
    """Run all; print the faults and give the exit status."""
    processors = asyncio.Semaphore(os.cpu_count() or 1)
    runs = [run for path in list_notebooks(ROOT / "notebooks") for run in changed(path)]
    faults = [text for text in await asyncio.gather(*(fault(*run, processors) for run in runs)) if text]
    print(f"{len(runs)} changed notebooks ran; {len(faults)} failed.", *faults, sep="\n")
    return 1 if faults or not runs else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
