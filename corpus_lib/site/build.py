"""Build the site of a study: HTML pages, tables and checksums.

The new site is written beside the last good one, and replaces it when it is complete and has no fault.
The first page is made from the abstract, `notebooks/index.md`. A line of the abstract such as

    ![Topics of each article](03#figure-1)

shows the chart of the cell with the tag `figure-1` in notebook 03, with its alternative text.
"""

import re
import shutil
from collections.abc import Mapping
from copy import deepcopy
from hashlib import sha256
from importlib.metadata import requires, version
from pathlib import Path
from platform import python_version
from typing import Any

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbformat import NotebookNode

from corpus_lib.site.binding import ABSTRACT, read_documents
from corpus_lib.site.claims import mark_stale
from corpus_lib.site.content import SiteContent
from corpus_lib.site.downloads import write_downloads
from corpus_lib.site.exporter import PressExporter
from corpus_lib.site.links import Citation, anchor, link_places, link_terms
from corpus_lib.site.notebooks import Run, key_of, prose_cells
from corpus_lib.site.pages import Page, embed_fonts, read_html, read_page, render, render_page
from corpus_lib.site.prose import WORDS
from corpus_lib.site.reader import first_places, lay_out
from corpus_lib.site.validation import find_faults

# A chart of a notebook: the caption, the notebook's key, the tag of the cell. A binding comment may follow.
CHART = re.compile(r"^!\[(.+)\]\((\w+)#(figure-\d+)\)(?: *<!--.*-->)?$", re.MULTILINE)

# A heading with a number is a finding; a heading without one only names its section.
NUMBER = re.compile(rf"\d|\b({'|'.join(WORDS)})\b", re.IGNORECASE)


def build_site(
    root: Path, out: Path, content: SiteContent, runs: Mapping[Path, Run], texts: bool = True
) -> None:
    """Write the site of a study from the runs of its notebooks.

    In: `root` holds `notebooks/` (with `index.md`, the abstract) and `seeds/`. `content` is what the site
    shows of the corpus. `texts` says whether the articles themselves get a page; without it, places and
    terms are not linked. Raises RuntimeError when the pages have faults, and lists the faults.
    """
    new, old = out.with_name(out.name + ".new"), out.with_name(out.name + ".old")
    shutil.rmtree(new, ignore_errors=True)
    files = write_downloads(content.tables, root, new / "data")
    pages = _read_pages(runs)
    notebooks = {key_of(path): run.notebook for path, run in runs.items()}
    abstract = lay_out_abstract(read_documents(root).get(ABSTRACT, "# The study"), notebooks)
    findings = [(p.name, p.title, [h for h in p.soup("h2") if NUMBER.search(h.text)]) for p in pages]
    first = render("first_page.html.j2", parts=abstract, findings=findings, downloads=files)
    pages.insert(0, read_page("index", first, "The study"))
    if texts:
        articles = lay_out(content, _link_pages(pages, content))
        pages.append(read_page("reader", render("reader.html.j2", articles=articles), "The articles"))
    else:
        for link in (link for page in pages for link in page.soup.select("a[href^='reader.html']")):
            link.unwrap()
    _write_pages(pages, new)
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _read_pages(runs: Mapping[Path, Run]) -> list[Page]:
    """Turn each notebook into a page."""
    press = PressExporter()  # type: ignore[no-untyped-call]  # it takes its arguments from nbconvert
    names = ({"metadata": {"name": path.stem}} for path in runs)
    return [
        press.read_notebook(_marked(run), name)[0] for run, name in zip(runs.values(), names, strict=True)
    ]


def _marked(run: Run) -> NotebookNode:
    """Copy a notebook with each stale number of its prose marked."""
    notebook = deepcopy(run.notebook)
    for cell in prose_cells(notebook):
        cell.source = mark_stale(cell.source, run.values)
    return notebook


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


def _link_pages(pages: list[Page], content: SiteContent) -> list[Citation]:
    """Link every place and term that the pages name to the page of the articles; list the citations."""
    lines = content.tokens[["doc_id", "line"]].itertuples(index=False)
    places = {f"{doc_id}:{line}" for doc_id, line in lines}
    first = first_places(content.tokens, content.marks)
    words = {term: anchor("w", *place) for term, place in first.items()}
    citations = []
    for page in pages:
        citations += link_places(page, places)
        link_terms(page.soup, words)
    return citations


def _write_pages(pages: list[Page], folder: Path) -> None:
    """Write the pages, the versions and the checksums; raise RuntimeError when the pages have faults."""
    written = embed_fonts({f"{page.name}.html": render_page(page, pages) for page in pages})
    needed = [line for line in requires("corpus-lib") or [] if "extra ==" not in line]
    packages = sorted(re.split(r"[^\w.-]", line)[0] for line in needed)
    versions = [("python", python_version()), *((name, version(name)) for name in packages)]
    written["VERSIONS"] = "".join(f"{name} {number}\n" for name, number in versions)
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n" for p in paths]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    if faults := find_faults(folder):
        listed = "\n".join(faults[:40])
        raise RuntimeError(f"The pages in {folder} have {len(faults)} faults:\n{listed}")
