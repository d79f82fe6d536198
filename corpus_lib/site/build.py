"""Build the site of a study: HTML pages, tables and checksums. Only this module converts notebooks to HTML.

The new site is written beside the last good one, and replaces it when it is complete and has no fault.
The first page is made from the abstract, `notebooks/index.md`. A line of the abstract such as

    ![Topics of each article](03#figure-1)

shows the chart of the cell with the tag `figure-1` in notebook 03, with its alternative text.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import requires, version
from pathlib import Path
from platform import python_version
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbformat import NotebookNode

from corpus_lib.site.binding import ABSTRACT, read_documents
from corpus_lib.site.content import SiteContent
from corpus_lib.site.downloads import write_downloads
from corpus_lib.site.links import Citation, link_places, link_terms, word_id
from corpus_lib.site.notebooks import Run, key_of
from corpus_lib.site.pages import TEMPLATES, embed_fonts, read_html, render, render_page
from corpus_lib.site.prose import WORDS
from corpus_lib.site.reader import first_places, lay_out
from corpus_lib.site.validation import find_faults

# A chart of a notebook: the caption, the notebook's key, the tag of the cell. A binding comment may follow.
CHART = re.compile(r"^!\[(.+)\]\((\w+)#(figure-\d+)\)(?: *<!--.*-->)?$", re.MULTILINE)

# A heading with a number is a finding; a heading without one only names its section.
NUMBER = re.compile(rf"\d|\b({'|'.join(WORDS)})\b", re.IGNORECASE)


class Page(NamedTuple):
    """A page before it is written: the name of its file, its label in lists of pages, its text."""

    name: str
    label: str
    soup: BeautifulSoup


def build_site(
    root: Path, out: Path, content: SiteContent, runs: Mapping[Path, Run], texts: bool = True
) -> None:
    """Write the site of a study from the runs of its notebooks.

    In: `root` holds `notebooks/` (with `index.md`, the abstract) and `seeds/`. `content` is what the site
    shows of the corpus. `texts` says whether the articles themselves get a page; without it, places and
    terms are not linked. The site in `out` is replaced only by a complete one.

    Raises RuntimeError when the pages have faults, and lists the faults.
    """
    new, old = out.with_name(out.name + ".new"), out.with_name(out.name + ".old")
    shutil.rmtree(new, ignore_errors=True)
    files = write_downloads(content.tables, root, new / "data")
    pages = [_read_notebook(run.notebook, path.stem) for path, run in runs.items()]
    notebooks = {key_of(path): run.notebook for path, run in runs.items()}
    abstract = lay_out_abstract(read_documents(root).get(ABSTRACT, "# The study"), notebooks)
    findings = [(p.name, _title(p), [h for h in p.soup("h2") if NUMBER.search(h.text)]) for p in pages]
    first = render("first_page.html.j2", parts=abstract, findings=findings, downloads=files)
    pages.insert(0, Page("index", "The study", read_html(first)))
    if texts:
        articles = lay_out(content, _link_pages(pages, content))
        pages.append(Page("reader", "The articles", read_html(render("reader.html.j2", articles=articles))))
    else:
        for link in (link for page in pages for link in page.soup.select("a[href^='reader.html']")):
            link.unwrap()
    _write_pages(pages, new)
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def lay_out_abstract(text: str, notebooks: Mapping[str, NotebookNode]) -> list[dict[str, Any]]:
    r"""Split the abstract into prose, as HTML, and charts: caption, picture, width, alternative text.

    In: the executed `notebooks`, by their keys. Raises ValueError for a chart that does not exist.

    >>> lay_out_abstract("So.\n", {})
    [{'html': Markup('<p>So.</p>')}]
    """
    parts: list[dict[str, Any]] = []
    pieces = ["", "", "", *CHART.split(text)]
    for caption, key, tag, prose in zip(*(pieces[i::4] for i in range(4)), strict=True):
        if caption:
            parts.append({"caption": caption, **_chart(notebooks, key, tag)})
        if prose.strip():
            parts.append({"html": Markup(str(read_html(markdown2html_mistune(prose.strip()))).strip())})
    return parts


def _chart(notebooks: Mapping[str, NotebookNode], key: str, tag: str) -> dict[str, Any]:
    """Find the chart of a notebook's tagged cell."""
    cells = notebooks[key].cells if key in notebooks else []
    tagged = (cell for cell in cells if tag in cell.metadata.get("tags", []))
    for output in (output for cell in tagged for output in cell.get("outputs", [])):
        if "image/png" in output.get("data", {}):
            about, data = output.metadata.get("image/png", {}), output.data["image/png"].replace("\n", "")
            return {"data": data, "width": about.get("width", 720), "alt": about.get("alt", "")}
    raise ValueError(f"index.md shows {key}#{tag}: no cell of notebook {key} with that tag has a chart.")


def _read_notebook(notebook: NotebookNode, name: str) -> Page:
    """Convert an executed notebook to a page; the label is its title up to the first colon."""
    exporter = HTMLExporter(template_name=TEMPLATES.name, extra_template_basedirs=[str(TEMPLATES.parent)])
    soup = read_html(exporter.from_notebook_node(notebook)[0])
    return Page(name, _title(Page(name, name, soup)).split(":")[0], soup)


def _title(page: Page) -> str:
    """Return the first heading of a page, or the label of a page without headings."""
    heading = page.soup.find(["h1", "h2", "h3"])
    return heading.get_text().strip() if heading else page.label


def _link_pages(pages: list[Page], content: SiteContent) -> list[Citation]:
    """Link every place and term that the pages name to the page of the articles; list the citations."""
    lines = content.tokens[["doc_id", "line"]].drop_duplicates().itertuples(index=False)
    places = {f"{doc_id}:{line}" for doc_id, line in lines}
    first = first_places(content.tokens, content.marks)
    words = {term: word_id(*place) for term, place in first.items()}
    citations = []
    for page in pages:
        citations += link_places(page.soup, page.name, page.label, places)
        link_terms(page.soup, words)
    return citations


def _write_pages(pages: list[Page], folder: Path) -> None:
    """Write the pages, the versions and the checksums; raise RuntimeError when the pages have faults."""
    written = {}
    for page, before, after in zip(pages, [None, *pages], [*pages[1:], None], strict=False):
        values = {"name": page.name, "title": _title(page), "pages": pages, "before": before, "after": after}
        written[page.name] = render_page(str(page.soup), contents=page.soup("h2"), **values)
    files = {f"{name}.html": html for name, html in embed_fonts(written).items()}
    for name, text in (files | {"VERSIONS": _list_versions()}).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n" for p in paths]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    faults = find_faults(folder)
    if faults:
        listed = "\n".join(faults[:40])
        raise RuntimeError(f"The pages in {folder} have {len(faults)} faults:\n{listed}")


def _list_versions() -> str:
    """List the versions of Python and of each package that the library needs."""
    needed = [
        re.split(r"[^\w.-]", line)[0] for line in requires("corpus-lib") or [] if "extra ==" not in line
    ]
    rows = [("python", python_version()), *((name, version(name)) for name in sorted(needed))]
    return "".join(f"{name} {number}\n" for name, number in rows)
