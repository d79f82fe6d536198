"""A corpus that means harm, or only looks so, is shown as it is written, and runs nothing."""

import re

import pytest

from corpus_lib.site.build import build_site
from corpus_lib.site.content import collect_content
from corpus_lib.site.links import anchor
from corpus_lib.site.notebooks import list_notebooks, run_notebooks
from corpus_lib.site.pages import parse
from corpus_lib.site.validation import find_faults
from tests.conftest import write_corpus, write_notebook

# These texts hold markup, and the library warns of it.
pytestmark = pytest.mark.filterwarnings("ignore:.*may not be what they seem")

SCRIPT = "<script>alert(1)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(2)>"
BRACES = "{{ 7 * 7 }}{% raw %}${8 * 8}<%= 9 * 9 %>"
BACKWARDS = "\u202egpj.exe\u202c\u200f"
DOC = 'a"b <i>&amp;'
TEXTS = {
    DOC: f"{SCRIPT}公安\n公安{BREAKOUT}民警5名。\n{BRACES}公安局。\n"
    f"</p></main></body>{BACKWARDS}群众。\n<!-- 公安 -->公安。",
    "b": f"公安{SCRIPT}\n{BRACES}公安局在社会治安整体防控。\n民警6名{BREAKOUT}。javascript:alert(3)",
}
TITLES = {DOC: f"{SCRIPT}公安", "b": f"{BRACES}{BREAKOUT}"}
ARTICLES = [anchor("article", doc_id) for doc_id in TEXTS]
FILES = {DOC: f"{SCRIPT.replace('/', '')}{BRACES}.txt"}
NOTES = {
    "glosses": f"term\tenglish\ttopic\tsource\n公安\t{BREAKOUT}{SCRIPT}\tother\tstudy\n"
    f"民警\t{BRACES}{BACKWARDS}\tother\tstudy\n",
    "systems": "system\taliases\tdoc_ids\ttype\tplace\tenglish\twhat\tfigures\n"
    f"公安局\t\tb\t{BRACES}\t\t{SCRIPT}\t{BREAKOUT}\t\n",
}
SOURCES = [
    "# A study of harm",
    "from corpus_lib import add_glosses, count_terms, counted, load_corpus, read_notes, words\n"
    "from corpus_lib.charts import bar_chart\n"
    "from corpus_lib.charts import show_table\n"
    "corpus = load_corpus('../seeds')\n"
    "counts = count_terms(words(counted(corpus.tokens)))\n"
    "terms = add_glosses(counts, read_notes('../seeds', 'glosses'))",
    "Titles in a table, whose caption is one of them.",
    "show_table(corpus.articles[['doc_id', 'file', 'title', 'text']], corpus.articles['title'].str.cat())",
    "Terms in a chart, whose title is a title.",
    "bar_chart(terms.head(3), 'n', corpus.articles['title'].iloc[0] + ' and what else it says of itself')",
    "Lines, and what is printed.",
    "print(corpus.articles['text'].str.cat())\n"
    "show_table(corpus.lines[['doc_id', 'line', 'text']], corpus.lines['text'].iloc[0])",
    "A value, as it is.",
    "corpus.articles['text'].iloc[0] + '<b>plain</b>'",
    "The end.",
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The site of the hostile corpus: its folder, and its pages."""
    root = tmp_path_factory.mktemp("hostile")
    seeds = write_corpus(root / "seeds", TEXTS, TITLES, FILES)
    for name, table in NOTES.items():
        (seeds / f"{name}.tsv").write_text(table, encoding="utf-8", newline="\n")
    write_notebook(root / "notebooks", "01_harm", SOURCES)
    runs = run_notebooks(list_notebooks(root / "notebooks"), lambda line: None)
    build_site(root, root / "html", collect_content(seeds, "year"), runs)
    return {path.stem: path.read_text(encoding="utf-8") for path in (root / "html").glob("*.html")} | {
        "": root
    }


def test_the_pages_have_no_fault_and_one_script_each(pages):
    assert find_faults(pages[""] / "html") == []
    for name in ("index", "01_harm", "reader", *ARTICLES):
        page = parse(pages[name])
        assert len(page.find_all("script")) == 1
        assert [tag.name for tag in page.find_all(True) if tag.has_attr("onerror")] == []
        assert [
            image for image in page.find_all("img") if not image["src"].startswith("data:image/png")
        ] == []


def test_the_texts_stand_as_they_are_written(pages):
    lines = [words.get_text() for name in ARTICLES for words in parse(pages[name]).select(".line .words")]
    assert lines == [line for text in TEXTS.values() for line in text.splitlines()]
    shown = parse(pages["01_harm"]).get_text()
    assert all(harm in shown for harm in (SCRIPT, BREAKOUT, BRACES, BACKWARDS, FILES[DOC]))
    assert "<b>plain</b>" in shown
    assert not {"49", "64", "81"} & set(re.findall(r"\d+", " ".join(lines)))


def test_glosses_alternative_texts_and_captions_are_text(pages):
    page, words = parse(pages["01_harm"]), [w for name in ARTICLES for w in parse(pages[name]).select(".w")]
    said = {word["data-note"].partition("\n")[0] for word in words if word.get_text() == "公安"}
    assert said == {BREAKOUT + SCRIPT}
    assert any(SCRIPT in word["data-note"] for word in words if "s" in word["class"])
    assert SCRIPT in page.img["alt"]
    assert BREAKOUT in page.caption.get_text()


def test_every_line_can_be_reached_whatever_its_article_is_called(pages):
    links = parse(pages["01_harm"]).select("td a.place")
    assert len(links) == sum(len(text.splitlines()) for text in TEXTS.values())
    assert len({link["href"] for link in links}) == len(links)


def test_a_word_that_runs_backwards_does_not_turn_its_neighbours_round(pages):
    """A mark of direction ends with its element: what is Chinese is isolated from the words around it."""
    assert re.search(r'\[lang\|="zh"\] \{[^}]*unicode-bidi: isolate', pages[ARTICLES[0]])
    assert "bdi, td, th, caption" in pages[ARTICLES[0]]
