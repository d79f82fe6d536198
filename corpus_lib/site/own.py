"""A folder of your own -> its site: a first page, the notebook for any corpus, the articles and tables."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from corpus_lib.site.binding import ABSTRACT
from corpus_lib.site.build import build_site
from corpus_lib.site.content import collect_content
from corpus_lib.site.notebooks import list_notebooks, run_notebooks, write_notebook
from corpus_lib.site.pages import without_glyph

# The notebook that runs on any corpus, its cells that are about the study, and the first page.
NOTEBOOK = Path("notebooks/07_your_corpus.ipynb")
LEFT_OUT = {"lesson", "exercise", "answer"}
FIRST = """# `{name}`: {n:,} articles

- [Words and figures](07_your_corpus.ipynb) by `{by}`
- [The articles](reader.html), line by line
- Characters that the font lacks, shown by their code points: {unshown}
"""


def build_own_site(folder: Path, by: str, out: Path, texts: bool, say: Callable[[str], None]) -> None:
    """Write the site of any corpus folder, by the column `by`; with the rest as in `build_site`."""
    content, name = collect_content(folder, by), folder.resolve().name
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
