"""Build the site of a study, or of a folder of your own: HTML pages, tables and checksums.

The new site is written beside the last good one, and replaces it when it is complete and has no fault.
The first page is made from the abstract, `notebooks/index.md`. There, `![A caption](03#figure-1)` shows the
chart of the cell with the tag `figure-1` in notebook 03, with its alternative text.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Mapping
from copy import deepcopy
from hashlib import sha256
from importlib.metadata import requires, version
from pathlib import Path
from platform import python_version
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from corpus_lib.charts.tables import without_glyph
from corpus_lib.corpus import grouping_column
from corpus_lib.site.binding import ABSTRACT, read_documents
from corpus_lib.site.claims import mark_stale
from corpus_lib.site.content import SiteContent, collect_content
from corpus_lib.site.downloads import write_downloads
from corpus_lib.site.exporter import PressExporter
from corpus_lib.site.links import link_places
from corpus_lib.site.notebooks import Run, key_of, list_notebooks, prose_cells, run_notebooks, write_notebook
from corpus_lib.site.pages import Page, embed_fonts, read_html, read_page, render, render_page
from corpus_lib.site.prose import WORDS
from corpus_lib.site.quotations import find_translations
from corpus_lib.site.terms import Term, collect_terms, lay_out, link_terms
from corpus_lib.site.validation import find_faults

# A chart of a notebook: the caption, the notebook's key, the tag of the cell. A binding comment may follow.
CHART = re.compile(r"^!\[(.+)\]\((\w+)#(figure-\d+)\)(?: *<!--.*-->)?$", re.MULTILINE)
# A heading with a number is a finding; a heading without one only names its section.
NUMBER = re.compile(rf"\d|\b({'|'.join(WORDS)})\b", re.IGNORECASE)
# The notebook that runs on any corpus, its cells that are about the study, and the first page.
NOTEBOOK = Path("notebooks/07_your_corpus.ipynb")
LEFT_OUT = {"lesson", "exercise", "answer"}
FIRST = """# `{name}`: {n:,} articles

- [Words and figures](07_your_corpus.ipynb) by `{by}`
- [The articles](reader.html), line by line
- Characters that the font lacks, shown by their code points: {unshown}
"""


def build_site(
    root: Path, out: Path, content: SiteContent, runs: Mapping[Path, Run], texts: bool = True
) -> None:
    """Write the site of a study from the runs of its notebooks.

    In: `root` holds `notebooks/` (with `index.md`, the abstract) and `seeds/`. `content` is what the site
    shows of the corpus. `texts` says whether the articles themselves get pages; without them, nothing is
    linked to them. Raises RuntimeError when the pages have faults, and lists the faults.
    """
    new, old = out.with_name(out.name + ".new"), out.with_name(out.name + ".old")
    shutil.rmtree(new, ignore_errors=True)
    files = write_downloads(content.tables, root, new / "data")
    pages = [_read_notebook(*each) for each in runs.items()]
    notebooks = {key_of(path): run.notebook for path, run in runs.items()}
    abstract = lay_out_abstract(read_documents(root).get(ABSTRACT, "# The study"), notebooks)
    findings = [(p.name, p.title, [h for h in p.soup("h2") if NUMBER.search(h.text)]) for p in pages]
    first = render("first_page.html.j2", parts=abstract, findings=findings, downloads=files)
    pages.insert(0, read_page("index", first, "The study"))
    terms = collect_terms(content)
    reader = _read_articles(pages, content, terms) if texts else []
    for page in pages:
        for link in page.soup.select("a[href^='reader.html']") if not texts else []:
            link.unwrap()
        link_terms(page.soup, terms, texts)
    _write_pages([*pages, *reader[:1]], reader[1:], new)
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def build_own_site(folder: Path, by: str | None, out: Path, texts: bool, say: Callable[[str], None]) -> None:
    """Write the site of any corpus folder, by the column `by` or one that fits; the rest as `build_site`."""
    content, name = collect_content(folder, by), folder.resolve().name
    by = by or grouping_column(content.articles) or "doc_id"
    say(f"The articles are compared by {by}.")
    codes = [f"U+{ord(c):04X}" for c in without_glyph("".join(content.articles["text"]))]
    page = FIRST.format(name=name, n=len(content.articles), by=by, unshown=", ".join(codes) or "none")
    say(page.splitlines()[-1].removeprefix("- "))
    with TemporaryDirectory() as made:  # a copy, so that no page names a folder of the machine
        root, path = Path(made), Path(made) / NOTEBOOK
        for made_folder in (path.parent, root / name):
            made_folder.mkdir(exist_ok=True)
        for file in (file for file in folder.iterdir() if file.suffix.lower() in (".txt", ".tsv")):
            shutil.copyfile(file, root / name / file.name)
        (root / ABSTRACT).write_text(page, encoding="utf-8", newline="\n")
        write_notebook(path, adapt_notebook(f"../{name}", by))
        runs = run_notebooks([path], say)
        write_notebook(path, runs[path].notebook)
        build_site(root, out, content, runs, texts)


def adapt_notebook(corpus: str, by: str) -> nbformat.NotebookNode:
    """Read the notebook for any corpus, set its parameters, and leave out what is about the study."""
    list_notebooks(NOTEBOOK.parent)  # it refuses another working folder
    cells, values = nbformat.read(NOTEBOOK, as_version=4).cells, {"CORPUS": corpus, "BY": by}
    kept = [cell for cell in cells if not LEFT_OUT & {*cell.metadata.get("tags", [])}]
    for cell in (cell for cell in kept if "parameters" in cell.metadata.get("tags", [])):
        setting = re.compile(r"^(CORPUS|BY) = .*$", re.MULTILINE)
        plain = re.sub("; try .*", "", cell.source)  # these values are for the articles of the study
        cell.source = setting.sub(lambda found: f"{found[1]} = {values[found[1]]!r}", plain)
    title = nbformat.v4.new_markdown_cell(f"# Words and figures: `{Path(corpus).name}` by `{by}`", id="title")
    notebook: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=[title, *kept])
    return notebook


def _read_notebook(path: Path, run: Run) -> Page:
    """Turn a notebook into a page, with each stale number of its prose marked."""
    notebook = deepcopy(run.notebook)
    for cell in prose_cells(notebook):
        cell.source = mark_stale(cell.source, run.values)
    return PressExporter().read_notebook(notebook, {"metadata": {"name": path.stem}})[0]  # type: ignore


def lay_out_abstract(text: str, notebooks: Mapping[str, nbformat.NotebookNode]) -> list[dict[str, Any]]:
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


def _chart(notebooks: Mapping[str, nbformat.NotebookNode], key: str, tag: str) -> dict[str, Any]:
    """Find the chart of a notebook's tagged cell."""
    cells = notebooks[key].cells if key in notebooks else []
    tagged = (cell for cell in cells if tag in cell.metadata.get("tags", []))
    for output in (output for cell in tagged for output in cell.get("outputs", [])):
        if "image/png" in output.get("data", {}):
            about, data = output.metadata.get("image/png", {}), output.data["image/png"].replace("\n", "")
            return {"data": data, "width": about.get("width", 720), "alt": about.get("alt", "")}
    raise ValueError(f"index.md shows {key}#{tag}: no cell of notebook {key} with that tag has a chart.")


def _read_articles(pages: list[Page], content: SiteContent, terms: Mapping[str, Term]) -> list[Page]:
    """Make the list of the articles and a page of each; link each place that the `pages` name to its line."""
    articles = lay_out(content, terms)
    lines = {line["place"]: line["text"] for article in articles for line in article["lines"]}
    cited = defaultdict[str, dict[tuple[str, str], list[str]]](lambda: defaultdict(list))
    for citation in (citation for page in pages for citation in link_places(page, lines)):
        cited[citation.place][citation.page, citation.heading].append(citation.href)
    said = find_translations(pages, lines, content.titles)
    own = {"titles": content.titles, "cited": cited, "said": said}
    listed = ("reader", render("reader.html.j2", articles=articles, **own), "The articles")
    shown = ((a["name"], render("article.html.j2", article=a, **own)) for a in articles)
    return [read_page(*page) for page in (listed, *shown)]


def _write_pages(pages: list[Page], articles: list[Page], folder: Path) -> None:
    """Write the pages, the versions and the checksums; raise RuntimeError when the pages have faults."""
    rows = [*((page, pages) for page in pages), *((article, articles) for article in articles)]
    written = embed_fonts({f"{page.name}.html": render_page(page, pages, row) for page, row in rows})
    needed = [line for line in requires("corpus-lib") or [] if "extra ==" not in line]
    packages = sorted(re.split(r"[^\w.-]", line)[0] for line in needed)
    versions = [f"python {python_version()}\n", *(f"{name} {version(name)}\n" for name in packages)]
    written["VERSIONS"] = "".join(versions)
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n" for p in paths]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    if faults := find_faults(folder):
        listed = "\n".join(faults[:40])
        raise RuntimeError(f"The pages in {folder} have {len(faults)} faults:\n{listed}")
