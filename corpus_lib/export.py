"""Notebooks -> HTML. The only file that imports nbconvert; `running` runs the notebooks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from corpus_lib.claims import WORDS, prose
from corpus_lib.pages import anchor, embed_font, mark_chinese
from corpus_lib.running import list_notebooks, run_notebooks


def build_study(folder: Path, out: Path, say: Callable[[str], None] = print) -> list[str]:
    """Run copies of the notebooks and write their pages; give the stale claims.

    Writes `out` beside itself and renames it when all pages are there, so a run that
    fails leaves the last good pages as they were.
    """
    runs = {path.stem: run for path, run in run_notebooks(list_notebooks(folder), say).items()}
    new = out.with_name(out.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    notebooks = {name: run.notebook for name, run in runs.items()}
    pages = {"index": index_notebook(notebooks), **notebooks}
    titles = {name: _headings(notebook)[0][1] for name, notebook in pages.items()}
    for name, notebook in pages.items():
        (new / f"{name}.html").write_text(export_page(notebook, name, titles), encoding="utf-8", newline="\n")
    shutil.rmtree(out, ignore_errors=True)
    new.rename(out)
    return [claim for run in runs.values() for claim in run.stale]


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
