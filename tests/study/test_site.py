"""The study's own site: every row and quotation leads to its line and back; the articles are shown whole."""

import re
from zipfile import ZipFile

import pytest

from corpus_lib import read_notes
from corpus_lib.site.build import build_site
from corpus_lib.site.content import collect_content
from corpus_lib.site.pages import parse
from corpus_lib.site.terms import pinyin_of
from tests.conftest import ROOT

PATHS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
NAMES = [path.stem for path in PATHS]
ARTICLES = [f"article-{doc_id}" for doc_id in ("000", "001", "002", "003", "004")]
CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def site(tmp_path_factory, runs):
    """The study's site, built from the run of its notebooks."""
    out = tmp_path_factory.mktemp("build") / "html"
    build_site(ROOT, out, collect_content(ROOT / "seeds"), runs)
    return out


@pytest.fixture(scope="module")
def pages(site):
    return {path.stem: parse(path.read_text(encoding="utf-8")) for path in site.glob("*.html")}


def test_the_site_is_whole_and_has_no_fault(site, pages):
    assert sorted(pages) == [*NAMES, *ARTICLES, "index", "reader"]  # build_site refuses a page with a fault
    assert not site.with_name("html.new").exists()


def linked(tag):
    """The lines that a part of a page leads to."""
    return {link["href"] for link in tag.select("a.place")}


def captioned(pages, name, words):
    """The rows of the one table of a page whose basis says these words."""
    tables = [t for t in pages[name].find_all("table") if words in t.caption.get_text()]
    assert len(tables) == 1, words
    return tables[0].select("tbody tr")


@pytest.mark.parametrize(
    ("name", "words", "least"),
    [
        ("04_figures", "all quantities in counted lines", 100),
        ("05_shared_language", "mentions found by name and alias", 100),
        ("05_shared_language", "a claim to be first", 20),
        ("05_shared_language", "characters or more that two articles share; length", 30),
        ("05_shared_language", "shared only when numerals", 10),
    ],
)
def test_every_row_of_the_evidence_leads_to_its_line_and_back(pages, name, words, least):
    rows = captioned(pages, name, words)
    assert len(rows) >= least
    backs = {}
    for article in ARTICLES:
        for line in pages[article].select(".line"):
            backs[f"{article}.html#{line['id']}"] = {back["href"] for back in line.select(".cited a")}
    for row in rows:
        assert linked(row), row.get_text(" ")
        for link in row.select("a.place"):
            assert f"{name}.html#{link['id']}" in backs[link["href"]]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "07_your_corpus"])
def test_every_quotation_leads_to_its_line(pages, name):
    quotes = [
        tag
        for tag in pages[name].find_all(["blockquote", "li", "p"])
        if "Our translation" in tag.get_text() and CHINESE.search(tag.get_text()) and not tag.find("li")
    ]
    assert quotes
    assert [quote.get_text() for quote in quotes if not linked(quote)] == []


def test_the_reader_shows_every_article_character_by_character(pages, study):
    for article in study.articles.itertuples():
        lines = pages[f"article-{article.doc_id}"].select(".line .words")
        shown = [line.get_text() for line in lines]
        assert shown == [line for line in article.text.splitlines() if line.strip()]


def test_every_word_figure_and_system_of_the_articles_says_its_english(pages, study):
    said = [word["data-note"] for article in ARTICLES for word in pages[article].select(".w")]
    assert len(said) > 5000
    assert [note for note in said if "(no gloss)" in note] == []
    assert (
        sum("quantity, as reported" in note for note in said) >= (study.figures["kind"] == "quantity").sum()
    )
    assert sum("shared passage" in note for note in said) > 200
    assert sum("named system:" in note for note in said) > 200


@pytest.mark.parametrize("name", [*NAMES, "index"])
def test_every_term_of_a_page_says_its_english_its_reading_and_its_uses(pages, name):
    notes = {link.get_text(): link["data-note"].split("\n") for link in pages[name].select("a.term")}
    assert notes
    assert [term for term, (english, *_) in notes.items() if not re.search("[a-z]", english)] == []
    assert [
        term for term, (_, read, *_) in notes.items() if CHINESE.search(read) or read != pinyin_of(term)
    ] == []
    counted = [uses for _, _, *uses in notes.values() if uses]
    assert all(re.fullmatch(r"uses: \d+; articles: [1-5] of 5", uses) for (uses,) in counted)
    assert len(counted) > len(notes) / 2


@pytest.mark.parametrize("name", [*NAMES, "index"])
def test_a_page_gives_the_reading_of_a_term_once_in_its_prose(pages, name):
    read = [(span.find_previous("a").get_text(), span.get_text()) for span in pages[name].select(".pinyin")]
    assert read or name == "07_your_corpus"  # its prose is for any corpus
    assert [pair for pair in read if pair[1] != pinyin_of(pair[0])] == []
    assert len(read) == len(set(read))
    assert pages[name].select(":is(table, h1, h2, h3, caption, blockquote) .pinyin") == []


def test_every_translated_quotation_is_under_its_line(pages):
    """Each quotation that the study translates is found again under the line that it names."""
    shown = {
        line["id"]: " ".join(said.get_text() for said in line.select(".said"))
        for article in ARTICLES
        for line in pages[article].select(".line")
    }
    found = []
    for name in NAMES:
        for quote in pages[name].select("blockquote, li:not(:has(li)), p:not(blockquote p, li p)"):
            places = [shown[link["href"].partition("#")[2]] for link in quote.select("a.place")]
            for english in re.findall('Our translation: "([^"]+)"', quote.get_text()):
                words = english.strip(" .…")
                found.append(any(words.lower() in said.lower() for said in places) or (name, words))
    assert len(found) >= 30
    assert [quote for quote in found if quote is not True] == []
    assert sum(said.count("Our translation") for said in shown.values()) >= 50


def test_no_translation_is_shown_twice_under_a_line(pages):
    lines = [line for article in ARTICLES for line in pages[article].select(".line:has(.said)")]
    said = [[p.get_text() for p in line.select(".said")] for line in lines]
    assert [texts for texts in said if len(set(texts)) != len(texts)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_list_of_contents_names_every_section_in_five_words(pages, name):
    links = pages[name].select(".contents a")
    assert [link["href"].removeprefix("#") for link in links] == [h["id"] for h in pages[name]("h2")]
    assert [link.get_text() for link in links if len(link.get_text().split()) > 5] == []


def test_the_findings_of_the_first_page_are_cards(pages):
    cards = pages["index"].select(".findings > .card")
    assert len(cards) == 5
    assert [card.h3.get_text() for card in cards if not card.find("a", href=re.compile("^0"))] == []
    assert "References" in [fold.summary.get_text() for fold in pages["index"].select("details.more")]


def test_nothing_to_take_away_gives_an_article_back(site, study):
    """Of an article's lines of a sentence or more, hardly one stands whole in a download."""
    with ZipFile(site / "data" / "study.zip") as archive:
        names, taken = (
            archive.namelist(),
            [archive.read(name).decode(errors="ignore") for name in archive.namelist()],
        )
    assert [name for name in names if name.startswith("study/tests") or "seeds/0" in name] == []
    taken += [path.read_text(encoding="utf-8") for path in (site / "data").glob("*.csv")]
    lines = study.lines[(study.lines["zone"] == "body") & (study.lines["text"].str.len() > 40)]
    given = lines["text"].map(lambda text: any(text in data for data in taken))
    assert given.groupby(lines["doc_id"]).mean().max() < 0.1


def test_no_person_is_ranked_in_a_table_to_take_away(site):
    lexicon = read_notes(ROOT / "seeds", "lexicon")
    persons = lexicon.loc[lexicon["type"] == "person", "term"]
    assert len(persons) >= 10
    for name in ("counts", "dispersion", "contrasts", "passages"):
        table = (site / "data" / f"{name}.csv").read_text(encoding="utf-8-sig")
        assert [person for person in persons if person in table] == [], name


def test_the_name_of_a_person_has_a_gloss_and_no_reading_that_may_be_wrong(pages):
    words = pages["article-003"].select('.w[data-en*="person\'s name"]')
    assert words
    assert [word["data-note"] for word in words if "\n" in word["data-note"]] == []
