"""Pages need nothing from outside, carry their language, and survive a run that fails."""

import re
from pathlib import Path

import nbformat
import pytest

from corpus_lib.export import build_study
from corpus_lib.pages import mark_chinese
from corpus_lib.running import refresh_notebooks, run_notebook
from tests.conftest import ROOT

GOOD = [
    "# A title: 2<!--=n--> things about 公安",
    "n = 2",
    "Text with $x$ and <b>bold</b>.\n\n## A finding of 2<!--=n-->",
    "print('<i>&', n)",
]


def write(folder: Path, name: str, sources: list[str]) -> Path:
    """Write a notebook whose even cells are prose and whose odd cells are code."""
    make = (nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell)
    cells = [make[i % 2](source, id=f"c{i}") for i, source in enumerate(sources)]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    return path


def pages(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A study of one small notebook, built twice."""
    folder = tmp_path_factory.mktemp("study")
    write(folder / "notebooks", "01_small", GOOD)
    said: list[str] = []
    stale = build_study(folder / "notebooks", folder / "html", said.append)
    first = pages(folder / "html")
    build_study(folder / "notebooks", folder / "html", said.append)
    return folder, first, stale, said


def test_two_builds_are_byte_identical(built):
    folder, first, *_ = built
    assert pages(folder / "html") == first
    assert sorted(first) == ["01_small.html", "index.html"]


def test_a_run_is_told_line_by_line_and_nothing_is_stale(built):
    _, _, stale, said = built
    assert stale == []
    assert re.fullmatch(r"01_small: ran in \d+\.\d s", said[0])


def test_a_page_carries_its_language_and_hides_its_comments(built):
    page = built[1]["01_small.html"].decode()
    assert '<html lang="en">' in page
    assert '<span lang="zh-Hans">公安</span>' in page
    assert "<!--=" not in page
    assert "<title>A title: 2 things about 公安</title>" in page
    assert "&lt;i&gt;&amp; 2" in page


def test_a_page_names_no_place_outside_itself(built):
    for page in built[1].values():
        assert len(re.findall(rb"<script", page)) == 1  # the search box's own
        links = re.findall(rb'(?:src|href)="([^"]+)"', page) + re.findall(rb"url\(([^)]+)\)", page)
        assert links
        assert all(re.match(rb'"?(data:|#|[\w]+\.html(#|$))', link) for link in links)


def test_the_index_lists_the_findings(built):
    index = built[1]["index.html"].decode()
    assert '<a href="01_small.html#a-finding-of-2">A finding of 2</a>' in index
    assert 'href="01_small.html"' in index


def test_a_failing_cell_is_named_and_the_last_good_pages_stay(built):
    folder, first, *_ = built
    write(folder / "broken", "02_bad", ["# Bad", "x = 1", "more", "1 / (x - 1)"])
    with pytest.raises(
        RuntimeError, match=r"02_bad\.ipynb: code cell 2 failed with ZeroDivisionError: division by zero"
    ):
        build_study(folder / "broken", folder / "html", lambda line: None)
    assert pages(folder / "html") == first


def test_a_stale_number_is_named_but_the_run_goes_on(tmp_path):
    path = write(tmp_path, "01_stale", ["There are 3<!--=n--> of them and 4<!--=m-->.", "n = 2"])
    notebook, stale, _ = run_notebook(path)
    assert stale[0] == "01_stale: “There are 3 of them and 4.” says 3; the cells compute n = 2.0."
    assert "NameError" in stale[1]
    assert len(notebook.cells) == 2


def test_refreshing_saves_executed_notebooks_the_same_each_time(tmp_path):
    path = write(tmp_path, "01_small", GOOD)
    refresh_notebooks(tmp_path, lambda line: None)
    first = path.read_bytes()
    refresh_notebooks(tmp_path, lambda line: None)
    assert path.read_bytes() == first
    assert [c.execution_count for c in nbformat.reads(first, 4).cells if c.cell_type == "code"] == [1, 2]


def test_a_folder_without_notebooks_says_where_to_run(tmp_path):
    with pytest.raises(FileNotFoundError, match="no numbered notebooks"):
        build_study(tmp_path, tmp_path / "html", print)


def test_marking_chinese_escapes_and_spares_code():
    html = '<p>a &lt;b&gt; 公安, “平安”。</p><style>p::before{content:"公"}</style>'
    marked = mark_chinese(html)
    assert "a &lt;b&gt; " in marked
    assert marked.count("lang=") == 3
    assert 'content:"公"' in marked


def test_the_template_is_shipped():
    assert {path.name for path in (ROOT / "corpus_lib" / "template").iterdir()} == {
        "conf.json",
        "index.html.j2",
        "page.css",
        "search.js",
    }
