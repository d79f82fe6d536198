"""A site needs nothing from outside, is the same twice, and survives what fails."""

import re
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import nbformat
import pytest
from bs4 import BeautifulSoup

from corpus_lib.site import notebooks
from corpus_lib.site.binding import list_stale, read_documents
from corpus_lib.site.build import build_site
from corpus_lib.site.content import collect_content
from corpus_lib.site.downloads import pack
from corpus_lib.site.notebooks import list_notebooks, run_notebooks
from corpus_lib.site.validation import find_faults
from tests.conftest import write_corpus, write_notebook

GOOD = [
    "# A title: 2 things about 公安\n<!-- 2 = n -->",
    "n = 2\n"
    "from corpus_lib.charts import bar_chart\n"
    "import pandas as pd\n"
    "bar_chart(pd.DataFrame({'label': ['2019', '2020'], 'n': [3, 1]}), 'n', 'Texts of this corpus, by year')",
    "Text with $x$ and <b>bold</b>, as in a19:1 and b20:2; not at 12:30.\n\n"
    "## A finding of 2\n<!-- 2 = n -->\n\n"
    "警情 (incidents)",
    "print('<i>&', n)",
    "> 警情 (a19:2)\n>\n> Ours: of the bureau.\n\n```python\n# a19:1\n```",
]
TEXTS = {"a19": "标题\n公安局的警情下降5%。\n\n\n记者 甲某", "b20": "公安局的警情下降了。\n群众满意。"}
ABSTRACT = (
    "# The small study\n\n## 1. It has 2\n<!-- 2 = 01: n -->\n\n![Texts by year](01#figure-1)\n\n"
    "See a19:1, in [the texts](reader.html)."
)


def write_study(root: Path) -> Path:
    """Write a study of one notebook and two short articles; give its folder."""
    path = write_notebook(root / "notebooks", "01_small", GOOD)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].metadata["tags"] = ["figure-1"]
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    (root / "notebooks" / "index.md").write_text(ABSTRACT, encoding="utf-8")
    write_corpus(root / "seeds", TEXTS, {"a19": "标题"})
    return root


def build(root: Path, out: str = "html", texts: bool = True) -> list[str]:
    """Run a study's notebooks and build its site; give what is stale, and what was said."""
    said: list[str] = []
    runs = run_notebooks(list_notebooks(root / "notebooks"), said.append, read_documents(root))
    build_site(root, root / out, collect_content(root / "seeds", "year"), runs, texts)
    return list_stale(root, runs) + said


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def soup(root: Path, page: str, out: str = "html") -> BeautifulSoup:
    return BeautifulSoup((root / out / page).read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small study, built twice: its folder, the files of the first site, and what was said."""
    root = write_study(tmp_path_factory.mktemp("study"))
    said = build(root)
    first = files(root / "html")
    build(root)
    return root, first, said


def test_two_builds_are_byte_identical(built):
    root, first, _ = built
    assert files(root / "html") == first
    pages = {"index.html", "01_small.html", "reader.html", "article-a19.html", "article-b20.html"}
    assert pages | {"SHA256SUMS", "data/study.zip"} < set(first)


def test_a_run_reports_a_line_per_notebook_and_nothing_is_stale(built):
    (said,) = built[2]
    assert re.fullmatch(r"01_small: ran in \d+\.\d s", said)


def test_a_page_carries_its_language_and_hides_its_comments(built):
    page = built[1]["01_small.html"].decode()
    assert '<html lang="en">' in page
    assert '<span lang="zh-Hans">公安</span>' in page
    assert "<!--" not in page.replace("<!DOCTYPE", "")
    assert "<title>A title: 2 things about 公安</title>" in page
    assert "&lt;i&gt;&amp; 2" in page


def test_the_site_has_no_fault(built):
    assert find_faults(built[0] / "html") == []


def test_the_checksums_are_those_of_the_files(built):
    _, first, _ = built
    listed = dict(reversed(line.split("  ")) for line in first["SHA256SUMS"].decode().splitlines())
    assert listed == {n: sha256(data).hexdigest() for n, data in first.items() if n != "SHA256SUMS"}


def test_the_first_page_has_the_abstract_its_charts_and_the_findings(built):
    page = soup(built[0], "index.html")
    assert page.h1.get_text() == "The small study"
    (figure,) = page.select("figure")
    assert figure.img["alt"].startswith("Bar chart: Texts of this corpus")
    assert figure.img["src"] == soup(built[0], "01_small.html").img["src"]
    assert figure.figcaption.get_text() == "Texts by year. Source: the articles, counted here."
    assert figure.figcaption.a["href"] == "reader.html"
    assert page.find("a", href="01_small.html#a-finding-of-2").get_text() == "A finding of 2"
    assert page.find("a", href="data/figures.csv")


def test_pages_lead_to_the_one_before_and_the_next(built):
    page = soup(built[0], "01_small.html")
    assert page.find("a", rel="prev")["href"] == "index.html"
    assert page.find("a", rel="next")["href"] == "reader.html"
    assert page.select_one("details.toc a")["href"] == "#a-finding-of-2"


def target(root: Path, link) -> BeautifulSoup:
    """The part of a page that a link leads to."""
    page, _, part = link["href"].partition("#")
    return soup(root, page).find(id=part)


def test_a_place_leads_to_its_line_and_back(built):
    links = soup(built[0], "01_small.html").select("a.place")
    assert [link.get_text() for link in links] == ["a19:1", "b20:2", "a19:2"]
    for link in links:
        backs = target(built[0], link).select(".cited a")
        assert f"01_small.html#{link['id']}" in [back["href"] for back in backs]


def test_a_term_leads_to_its_first_place_but_not_from_a_quotation(built):
    (link,) = soup(built[0], "01_small.html").select("main a.term")
    assert target(built[0], link).get_text() == link.get_text() == "警情"


def test_each_article_has_a_page_with_every_line_as_received(built):
    for doc_id, text in TEXTS.items():
        page = soup(built[0], f"article-{doc_id}.html")
        assert [line.get_text() for line in page.select(".line .words")] == [t for t in text.split("\n") if t]
        assert "For local review only." in page.select_one(".rights").get_text()
    page = soup(built[0], "article-a19.html")
    assert [blank.get_text() for blank in page.select(".blank")] == ["lines 3 to 4 are blank"]
    assert page.find(id="a19-5")["class"] == ["line", "not"]


def test_the_list_of_articles_leads_to_each_and_each_to_the_next(built):
    listed = soup(built[0], "reader.html").select("tbody tr")
    hrefs = [row.a["href"] for row in listed]
    assert hrefs == ["article-a19.html", "article-b20.html"]
    assert [row.find_all("td")[-1].get_text() for row in listed] == ["5", "6"]
    first, last = (soup(built[0], href) for href in hrefs)
    assert (first.find("a", rel="next")["href"], first.find("a", rel="prev")) == (hrefs[1], None)
    assert (last.find("a", rel="prev")["href"], last.find("a", rel="next")) == (hrefs[0], None)
    assert first.select_one("header a[aria-current]")["href"] == "reader.html"


def test_every_page_with_terms_has_one_switch_for_their_english(built):
    pages = {name: soup(built[0], name) for name in built[1] if name.endswith(".html")}
    switched = {name for name, page in pages.items() if page.select("header label select#glosses")}
    assert switched == {name for name, page in pages.items() if page.select(".term, .w")}
    assert {"01_small.html", "article-a19.html"} <= switched


def test_without_texts_there_is_no_page_of_them_and_no_link_to_it(tmp_path):
    root = write_study(tmp_path)
    build(root, texts=False)
    page = soup(root, "01_small.html")
    assert sorted(path.name for path in (root / "html").glob("*.html")) == ["01_small.html", "index.html"]
    assert page.select("a.place, a.term") == []
    assert page.select_one("span.term")["data-note"].endswith("uses: 2; articles: 2 of 2")
    whole = [line for text in TEXTS.values() for line in text.splitlines() if len(line) > 4]
    with ZipFile(root / "html" / "data" / "study.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    texts = [data.decode(errors="ignore") for data in (files(root / "html") | packed).values()]
    assert [line for line in whole for text in texts if line in text] == []


def test_a_failing_cell_is_named_and_the_last_good_site_stays(built):
    root, first, _ = built
    write_notebook(root / "broken" / "notebooks", "02_bad", ["# Bad", "x = 1", "more", "1 / (x - 1)"])
    with pytest.raises(
        RuntimeError, match=r"02_bad\.ipynb: code cell 2 failed with ZeroDivisionError: division by zero"
    ):
        run_notebooks(list_notebooks(root / "broken" / "notebooks"), lambda line: None)
    assert files(root / "html") == first


def test_a_page_with_a_fault_is_named_and_the_last_good_site_stays(built):
    root, first, _ = built
    index = root / "notebooks" / "index.md"
    index.write_text(ABSTRACT + "\n\n[Elsewhere](nowhere.html)", encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"index\.html: <a href> leads to no file of the site: nowhere"):
        build(root)
    index.write_text(ABSTRACT, encoding="utf-8")
    assert files(root / "html") == first


def test_a_file_that_contains_an_article_is_not_packed(tmp_path):
    root = write_study(tmp_path)
    long = "警情下降。" * 30
    (root / "seeds" / "c.txt").write_text(f"标题\n{long}", encoding="utf-8")
    (root / "NOTES.md").write_text(f"As it says: {long}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"NOTES\.md contains an article"):
        pack(root, root)


def test_a_corpus_of_one_article_has_no_table_that_needs_two(tmp_path):
    seeds = write_corpus(tmp_path, {"only": "标题\n公安局的警情下降5%。"})
    assert set(collect_content(seeds, "year").tables) == {"articles", "lines", "figures", "counts"}


def test_a_chart_that_does_not_exist_is_named(tmp_path):
    root = write_study(tmp_path)
    for chart in ("01#figure-2", "09#figure-1"):
        (root / "notebooks" / "index.md").write_text(f"# A\n\n![B]({chart})", encoding="utf-8")
        with pytest.raises(ValueError, match=f"index.md shows {chart}: no cell of notebook"):
            build(root)


def test_a_stale_number_is_named_but_the_run_goes_on(tmp_path):
    root = write_study(tmp_path)
    prose = ["There are 3 of them and 4. <!-- 3 = n; 4 = m -->", "n = 2"]
    path = write_notebook(root / "notebooks", "01_small", prose)
    runs = run_notebooks([path], lambda line: None)
    stale = list_stale(root, runs)
    assert stale[0] == "01_small: “There are 3 of them and 4.” says 3, but the cells compute n = 2.0."
    assert "NameError" in stale[1]
    assert len(runs[path].notebook.cells) == 2


def test_a_document_must_name_its_notebook(tmp_path):
    path = write_notebook(tmp_path, "01_a", ["# A", "n = 2"])
    said = {"README.md": "So 3. <!-- 3 = 01: [0, n, 3][1:][1] -->"}
    assert run_notebooks([path], lambda line: None, said)[path].values == {"01: [0, n, 3][1:][1]": 3.0}
    for entry in ("3 = 02: n", "3 = n", "3 = 01:"):
        with pytest.raises(ValueError, match="name the notebook that computes it"):
            run_notebooks([path], lambda line: None, {"README.md": f"So 3. <!-- {entry} -->"})


def test_executed_notebooks_are_saved_the_same_each_time(tmp_path):
    path = write_notebook(tmp_path, "01_small", GOOD)
    saved = set()
    for _ in range(2):
        notebooks.write_notebook(path, run_notebooks([path], lambda line: None)[path].notebook)
        saved.add(path.read_bytes())
    assert len(saved) == 1
    counts = [cell.execution_count for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert counts == [1, 2]


def test_a_folder_without_notebooks_says_where_to_run(tmp_path):
    with pytest.raises(FileNotFoundError, match="no numbered notebooks"):
        list_notebooks(tmp_path)
