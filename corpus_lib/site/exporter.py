"""Turn a notebook into one whole HTML page, as the format `press` of `jupyter nbconvert` and JupyterLab.

    jupyter nbconvert --to press notebooks/03_city_contrasts.ipynb

The page loads nothing, and looks as on the site, which is built on it. It shows the notebook as saved:
nothing is run, checked or linked to an article. A picture outside it is replaced by its alternative text.
"""

from typing import Any

from nbconvert import HTMLExporter
from nbformat import NotebookNode
from traitlets import List, Unicode

from corpus_lib.site.pages import TEMPLATES, Page, embed_fonts, read_page, render_page

# Links that work wherever the page is: inside it, and to the web. Its neighbours may not be there.
KEPT = "[href^='#'], [href^='https://'], [href^='http://']"


class PressExporter(HTMLExporter):
    """Exports a notebook as one page that needs no other file."""

    # The name in menus that ask for one; JupyterLab shows the name of the entry point.
    export_from_notebook = "Press"
    template_name = Unicode(TEMPLATES.name).tag(config=True, affects_template=True)
    extra_template_basedirs = List([str(TEMPLATES.parent)]).tag(config=True, affects_environment=True)

    def read_notebook(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Page, Any]:
        """Read a notebook as a page of the site, without frame and font; its name is in the `resources`."""
        html, filled = super().from_notebook_node(nb, resources, **kw)
        return read_page(filled["metadata"]["name"] or "Notebook", html), filled

    # Text instead of a notebook, as every exporter to text gives.
    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Convert a notebook to a whole page; what leads to other files becomes plain text."""
        page, filled = self.read_notebook(nb, resources, **kw)
        for link in page.soup.select(f"a[href]:not({KEPT})"):
            link.unwrap()
        for picture in page.soup.select("img:not([src^='data:'])"):
            picture.replace_with(str(picture["alt"]))
        return embed_fonts({page.name: render_page(page, [])})[page.name], filled
