"""A notebook becomes one whole page by `jupyter nbconvert --to press`, which needs nothing else."""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import get_exporter

from corpus_lib.site.notebooks import list_notebooks
from corpus_lib.site.validation import find_faults
from tests.conftest import ROOT, write_notebook

NOTEBOOK = ROOT / "notebooks" / "03_city_contrasts.ipynb"
STRANGE = [
    "Not a heading: [next](02_b.ipynb#x), [texts](reader.html), [web](https://example.org), "
    "<b>[here](#finding)</b>.\n\n## Finding\n\n![A river](river.png) and ![A hill](https://example.org/h.png)",
    "x = 1",
]


def export(path) -> str:
    return get_exporter("press")().from_filename(str(path))[0]


@pytest.fixture(scope="module")
def html() -> str:
    return export(NOTEBOOK)


@pytest.fixture(scope="module")
def page(html) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_every_notebook_gives_a_page_without_a_fault(tmp_path):
    """It loads nothing, leads nowhere that is not there, marks its Chinese and carries its font."""
    for path in list_notebooks(ROOT / "notebooks"):
        (tmp_path / f"{path.stem}.html").write_text(export(path), encoding="utf-8")
        assert find_faults(tmp_path) == []
        (tmp_path / f"{path.stem}.html").unlink()


def test_two_exports_are_byte_identical(html):
    assert export(NOTEBOOK) == html


def test_every_chart_keeps_its_alternative_text(page):
    outputs = [out for cell in nbformat.read(NOTEBOOK, 4).cells for out in cell.get("outputs", [])]
    said = [out.metadata["image/png"]["alt"] for out in outputs if "image/png" in out.get("data", {})]
    assert [image["alt"] for image in page.select("img")] == said
    assert len(said) > 1
    assert all(said)


def test_nothing_is_loaded_from_outside(page):
    assert [tag for tag in page.select("[src]") if not tag["src"].startswith("data:")] == []
    assert page.select("link, script[src], iframe, object") == []
    assert not re.search(r"cdnjs|unpkg|require\.min|mathjax", str(page), re.IGNORECASE)


def test_the_page_says_its_language_and_its_title(page):
    assert page.html["lang"] == "en"
    assert page.select("[lang=zh-Hans]")
    assert page.title.get_text() == page.h1.get_text().strip()


def test_code_and_answers_are_folded(page):
    cells = [cell for cell in nbformat.read(NOTEBOOK, 4).cells if cell.cell_type == "code"]
    answers = [cell for cell in cells if "answer" in cell.metadata.get("tags", [])]
    assert len(page.select("details.code")) == len(cells)
    assert len(page.select("details.answer")) == len(answers) > 0
    assert page.select("details.code[open], details.answer[open]") == []


def test_no_link_leads_to_a_page_that_is_not_there(page):
    assert page.select("body > header, body > footer, a[href*='.html'], a[href*='.ipynb']") == []
    assert page.select("details.toc a[href^='#']")


def test_any_notebook_gives_a_page_that_stands_alone(tmp_path):
    """Links to files become text, and so do pictures that are not in the notebook."""
    shown = BeautifulSoup(export(write_notebook(tmp_path, "odd", STRANGE)), "html.parser")
    assert [link["href"] for link in shown.select("main a")] == ["https://example.org", "#finding"]
    assert shown.select("img") == []
    assert "A river and A hill" in shown.get_text()
    assert shown.b.get_text() == "here"
    assert shown.title.get_text() == "Finding"
