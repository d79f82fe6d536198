"""Notebooks -> HTML. The only file that imports nbclient or nbconvert.

Notebooks are run from the top in a fresh kernel, so what a page shows is what its
cells compute, and each number in the prose is compared with its cell (see `claims`).
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from corpus_lib.claims import PROBE, WORDS, find_claims, prose, stale_claims
from corpus_lib.pages import anchor, embed_font, mark_chinese

# The kernel of every run: hashes ordered alike, and no word from its debugger.
KERNEL_ENV = {"PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}

# What passes between a kernel and its client is encrypted where the kernel can; else it warns.
TRANSPORT = Config({"KernelManager": {"transport_encryption": "auto"}})

# What a committed notebook says of its kernel: no version, so that machines agree.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def run_notebook(path: str | Path) -> tuple[NotebookNode, list[str]]:
    """Run a copy of a notebook from the top; give it back with its stale claims.

    The file is not changed. The kernel works in the notebook's folder, as it does in
    JupyterLab. A stale claim is a sentence whose number is not what the cells compute.

    Raises RuntimeError when a cell fails, naming the notebook, the cell and its error.
    """
    return asyncio.run(_run(Path(path)))


async def _run(path: Path) -> tuple[NotebookNode, list[str]]:
    """Run a notebook in a kernel of its own."""
    notebook = nbformat.read(path, as_version=4)
    claims = find_claims(prose(notebook))
    probe = nbformat.v4.new_code_cell(PROBE.format(expressions=[expression for _, _, expression in claims]))
    notebook.cells.append(probe)
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
    values = json.loads(notebook.cells.pop().outputs[0].text)
    notebook.metadata = nbformat.from_dict(METADATA)
    return notebook, stale_claims(path.stem, claims, values)


def run_notebooks(
    paths: list[Path], say: Callable[[str], None] = print
) -> dict[Path, tuple[NotebookNode, list[str]]]:
    """Run several notebooks side by side, as many as the machine has processors.

    Each has a kernel, and so a process, of its own: what one does no other sees. Out: what
    `run_notebook` gives for each path, in the order of the paths. Raises what it raises.
    """

    async def all_of_them() -> list[tuple[NotebookNode, list[str]]]:
        places = asyncio.Semaphore(os.cpu_count() or 1)
        return await asyncio.gather(*(_run_aloud(path, places, say) for path in paths))

    return dict(zip(paths, asyncio.run(all_of_them()), strict=True))


def refresh_notebooks(folder: Path, say: Callable[[str], None] = print) -> list[str]:
    """Run every notebook of a folder and save it executed; give the stale claims."""
    runs = run_notebooks(_notebooks(folder), say)
    for path, (notebook, _) in runs.items():
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    return [claim for _, found in runs.values() for claim in found]


def build_study(folder: Path, out: Path, say: Callable[[str], None] = print) -> list[str]:
    """Run copies of the notebooks and write their pages; give the stale claims.

    Writes `out` beside itself and renames it when all pages are there, so a run that
    fails leaves the last good pages as they were.
    """
    runs = {path.stem: run for path, run in run_notebooks(_notebooks(folder), say).items()}
    new = out.with_name(out.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    notebooks = {name: notebook for name, (notebook, _) in runs.items()}
    pages = {"index": index_notebook(notebooks), **notebooks}
    titles = {name: _headings(notebook)[0][1] for name, notebook in pages.items()}
    for name, notebook in pages.items():
        (new / f"{name}.html").write_text(export_page(notebook, name, titles), encoding="utf-8", newline="\n")
    shutil.rmtree(out, ignore_errors=True)
    new.rename(out)
    return [claim for _, found in runs.values() for claim in found]


def export_page(notebook: NotebookNode, name: str, titles: dict[str, str]) -> str:
    """Turn an executed notebook into one page that needs nothing from outside.

    `titles` names every page of the study in order; the page links to the others.
    """
    exporter = HTMLExporter(
        template_name="template",
        extra_template_basedirs=[str(Path(__file__).parent)],
        exclude_anchor_links=True,
    )
    study = {"title": titles[name], "links": _links(name, titles)}
    html, _ = exporter.from_notebook_node(notebook, resources={"study": study})
    return embed_font(mark_chinese(html))


def index_notebook(notebooks: dict[str, NotebookNode]) -> NotebookNode:
    """Make the study's first page from the headings of the others, where the findings stand."""
    lines = ["# How five newspaper articles from Fujian write about policing", INDEX_LEAD]
    for name, notebook in notebooks.items():
        (_, title), *rest = _headings(notebook)
        findings = [
            f"- [{text}]({name}.html#{anchor(text)})"
            for level, text in rest
            if level == 2 and re.search(NUMBER, text, re.IGNORECASE)
        ]
        lines += [f"## [{title}]({name}.html)", "\n".join(findings)]
    index: NotebookNode = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("\n\n".join(lines))])
    return index


# A heading with a number in it is a finding; one without only says where one is.
NUMBER = rf"\d|\b({'|'.join(WORDS)})\b"

INDEX_LEAD = (
    "Five features from the local press, read closely: what they talk about, what sets three "
    "cities apart, and which numbers they report. Each line below is a finding; its page shows what it "
    "rests on and what it cannot tell. The pages need no network, and every Chinese word is glossed."
)


def _notebooks(folder: Path) -> list[Path]:
    """List the notebooks of a folder in their order, or say that there are none."""
    paths = sorted(folder.glob("[0-9]*.ipynb"))
    if not paths:
        raise FileNotFoundError(
            f"There are no numbered notebooks in {folder.resolve()}: run this from the study's folder."
        )
    return paths


async def _run_aloud(
    path: Path, places: asyncio.Semaphore, say: Callable[[str], None]
) -> tuple[NotebookNode, list[str]]:
    """Run a notebook when there is a place for it, and say how long it took."""
    async with places:
        start = time.perf_counter()
        result = await _run(path)
    say(f"{path.stem}: ran in {time.perf_counter() - start:.1f} s")
    return result


def _failed_cell(name: str, notebook: NotebookNode, error: CellExecutionError) -> str:
    """Say which cell of which notebook failed, and with what."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    failed = next(i for i, cell in enumerate(code, 1) if any(o.output_type == "error" for o in cell.outputs))
    where = re.search(r"-+> \d+ (.+)", re.sub(r"\x1b\[[\d;]*m", "", str(error)))
    line = f" at: {where[1].strip()}" if where else ""
    return f"{name}: code cell {failed} failed with {error.ename}: {error.evalue}{line}"


def _headings(notebook: NotebookNode) -> list[tuple[int, str]]:
    """List the headings of a notebook's prose with their levels, claims unbound."""
    found = re.findall(r"^(#{1,3}) (.+)$", re.sub(r"<!--.*?-->", "", prose(notebook)), re.MULTILINE)
    return [(len(marks), text.strip()) for marks, text in found] or [(1, "Untitled")]


def _links(here: str, titles: dict[str, str]) -> str:
    """Link to every page of the study; the page itself is named without a link."""
    short = {name: "The study" if name == "index" else title.split(":")[0] for name, title in titles.items()}
    return " ".join(
        f'<span aria-current="page">{escape(text)}</span>'
        if name == here
        else f'<a href="{name}.html">{escape(text)}</a>'
        for name, text in short.items()
    )
