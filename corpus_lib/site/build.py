"""Notebooks, a corpus, an abstract -> a site of HTML pages. Notebooks become HTML here alone.

The pages are written beside the last good ones, and take their place when all of them are there
and `proof` finds no fault in them.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from corpus_lib.site import downloads
from corpus_lib.site import first_page as front
from corpus_lib.site.binding import ABSTRACT, read_documents
from corpus_lib.site.links import Citation, line_id, link_places, link_terms
from corpus_lib.site.notebooks import Run, key_of
from corpus_lib.site.pages import (
    TEMPLATES,
    embed_fonts,
    headings,
    mark_chinese,
    read_html,
    render,
    render_page,
)
from corpus_lib.site.reader import SiteContent, first_places, lay_out, word_id
from corpus_lib.site.validation import find_faults

# What stands on the first page where nobody has written an abstract.
NO_ABSTRACT = "# The study"


class Page(NamedTuple):
    """A page on its way: the name of its file, its name in the list of pages, its text."""

    name: str
    short: str
    soup: BeautifulSoup


def build_site(
    root: Path, out: Path, shown: SiteContent, runs: Mapping[Path, Run], texts: bool = True
) -> None:
    """Write the site of a study from the runs of its notebooks.

    `root` holds `notebooks/` (with `index.md`, the abstract) and `seeds/`; `shown` is what is shown of
    the corpus; `texts` says whether the articles themselves get a page: without it the places are named,
    and not linked. `out` is replaced when the new site is whole: what fails leaves the last one as it was.

    Raises RuntimeError when the pages have faults, which it lists.
    """
    new = out.with_name(out.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    listed = downloads.write_downloads(shown.tables, root, new / "data")
    pages = [read_notebook(run.notebook, path.stem) for path, run in runs.items()]
    executed = {key_of(path): run.notebook for path, run in runs.items()}
    abstract = front.lay_out_abstract(read_documents(root).get(ABSTRACT, NO_ABSTRACT), executed)
    pages.insert(0, front_page(abstract, pages, listed))
    if texts:
        pages.append(reader_page(shown, link_pages(pages, shown)))
    else:
        _unlink(pages)
    write_pages(pages, new)
    _replace(out, new)


def _unlink(pages: list[Page]) -> None:
    """Leave the words of each link to the page of the articles, where there is no such page."""
    for page in pages:
        for link in page.soup.select("a[href^='reader.html']"):
            link.unwrap()


def _replace(out: Path, new: Path) -> None:
    """Put a folder in the place of another; the other goes only when the new one stands there."""
    old = out.with_name(out.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    try:
        new.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def read_notebook(notebook: NotebookNode, name: str) -> Page:
    """Turn an executed notebook into the text of a page."""
    exporter = HTMLExporter(
        template_name=TEMPLATES.name,
        extra_template_basedirs=[str(TEMPLATES.parent)],
        exclude_anchor_links=True,
    )
    html, _ = exporter.from_notebook_node(notebook)
    soup = read_html(html)
    title = next((heading.text for heading in headings(soup)), name)
    return Page(name, title.split(":")[0], soup)


def front_page(abstract: list[front.Part], pages: list[Page], listed: list[front.Part]) -> Page:
    """Make the first page: the abstract, then all findings and the downloads."""
    told = [
        {"name": p.name, "findings": front.find_findings(found), "title": found[0].text if found else p.name}
        for p in pages
        for found in [headings(p.soup)]
    ]
    html = render(
        "front.html.j2",
        parts=abstract,
        pages=told,
        downloads=listed,
    )
    return Page("index", "The study", read_html(html))


def link_pages(pages: list[Page], shown: SiteContent) -> list[Citation]:
    """Link every place and term that the pages name to the page of the articles; list the places named."""
    lines = shown.tokens[["doc_id", "line"]].drop_duplicates().itertuples(index=False)
    places = {f"{doc_id}:{line}": f"reader.html#{line_id(doc_id, line)}" for doc_id, line in lines}
    first = first_places(shown.tokens, shown.marks)
    words = {term: f"reader.html#{word_id(*place)}" for term, place in first.items()}
    uses = []
    for page in pages:
        uses += link_places(page.soup, page.name, page.short, places)
        mark_chinese(page.soup)
        link_terms(page.soup, words)
    return uses


def reader_page(shown: SiteContent, uses: list[Citation]) -> Page:
    """Make the page of the articles, line by line."""
    html = render("reader.html.j2", articles=lay_out(shown, uses))
    return Page("reader", "The articles", read_html(html))


def write_pages(pages: list[Page], folder: Path) -> None:
    """Write the pages and the checksums of all files; raise RuntimeError when they have faults."""
    written = {}
    for i, page in enumerate(pages):
        found = headings(page.soup)
        written[page.name] = render_page(
            str(page.soup),
            name=page.name,
            title=found[0].text if found else page.short,
            pages=pages,
            before=pages[i - 1] if i else None,
            after=pages[i + 1] if i + 1 < len(pages) else None,
            contents=[heading for heading in found if heading.level == 2],
        )
    for name, html in embed_fonts(written).items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8", newline="\n")
    _write_sums(folder)
    faults = find_faults(folder)
    if faults:
        raise RuntimeError(
            f"The pages have {len(faults)} faults, and are left in {folder}:\n" + "\n".join(faults[:40])
        )


def _write_sums(folder: Path) -> None:
    """Write the versions of what made a site, and the checksum of each of its files."""
    (folder / "VERSIONS").write_text(front.list_versions(), encoding="utf-8", newline="\n")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files
    ]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
