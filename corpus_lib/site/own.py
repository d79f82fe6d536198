"""A folder of your own -> its site: a first page, the notebook for any corpus, the articles and tables."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat import NotebookNode

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
    """Write the site of any corpus folder from a copy of it, so that no page names a folder of the machine.

    In: `by`, the column that makes the groups; `texts` as in `build_site`; `say` receives what is done.
    """
    content, name = collect_content(folder, by), folder.resolve().name
    with TemporaryDirectory() as made:
        root, path = Path(made), Path(made) / NOTEBOOK
        for made_folder in (path.parent, root / name):
            made_folder.mkdir(exist_ok=True)
        for file in (file for file in folder.iterdir() if file.suffix.lower() in (".txt", ".tsv")):
            shutil.copyfile(file, root / name / file.name)
        write_notebook(path, adapt_notebook(name, by))
        runs = run_notebooks([path], say)
        write_notebook(path, runs[path].notebook)
        codes = [f"U+{ord(c):04X}" for c in without_glyph("".join(content.articles["text"]))]
        unshown = ", ".join(codes) or "none"
        say(f"Characters that the font lacks, shown by their code points: {unshown}")
        page = FIRST.format(name=name, n=len(content.articles), by=by, unshown=unshown)
        (root / ABSTRACT).write_text(page, encoding="utf-8", newline="\n")
        build_site(root, out, content, runs, texts)


def adapt_notebook(name: str, by: str) -> NotebookNode:
    """Read the notebook for any corpus, set its parameters, and leave out what is about the study."""
    list_notebooks(NOTEBOOK.parent)  # it refuses another working folder
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    cells = [cell for cell in notebook.cells if not LEFT_OUT & {*cell.metadata.get("tags", [])}]
    title = nbformat.v4.new_markdown_cell(f"# Words and figures: `{name}` by `{by}`", id="title")
    notebook.update(cells=[title, *cells], metadata=nbformat.from_dict({}))
    parameters = next(cell for cell in cells if "parameters" in cell.metadata.get("tags", []))
    for parameter, value in {"CORPUS": f"../{name}", "BY": by}.items():
        line = f"{parameter} = {value!r}"
        parameters.source = re.sub(rf"(?m)^{parameter} = .*$", lambda _, new=line: new, parameters.source)
    return notebook
