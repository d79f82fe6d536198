"""Every Chinese term that a table or a chart of the study shows has its English beside it."""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup

from corpus_lib import read_notes
from tests.conftest import ROOT

PATHS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
CHINESE = re.compile(r"[\u3400-\u9fff]")
WORDS = re.compile(r"[A-Za-z']{3}")  # Fu'an is one


@pytest.fixture(scope="module")
def english():
    """The English of each term, system and formula, as the tables of the corpus have it."""
    tables = {"systems": "system", "formulas": "formula", "glosses": "term"}
    frames = {
        name: read_notes(ROOT / "seeds", name).set_index(key)["english"] for name, key in tables.items()
    }
    return {term: gloss for frame in frames.values() for term, gloss in frame.items()}


def outputs(path, kind):
    notebook = nbformat.read(path, as_version=4)
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output for output in shown if kind in output.get("data", {})]


def rows(path):
    """Give each row of each table, and of the data of each chart, as a mapping of its columns."""
    shown = [output.data["text/html"] for output in outputs(path, "text/html")]
    shown += [output.metadata["image/png"]["table"] for output in outputs(path, "image/png")]
    for table in (BeautifulSoup(html, "html.parser") for html in shown):
        names = [cell.get_text() for cell in table.select("thead th")]
        for row in table.select("tbody tr"):
            yield dict(zip(names, (cell.get_text() for cell in row.find_all(["th", "td"])), strict=True))


def unglossed(item, row, english):
    """Say whether a piece of a cell is Chinese without the English of the tables, or without any."""
    if not CHINESE.search(item) or "of what" in row:  # a figure's row says in English what it measures
        return False
    said = " ".join(row.values())
    return english[item] not in said if item in english else not WORDS.search(said)


@pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])
def test_each_term_of_each_table_stands_with_its_gloss(path, english):
    bare = [
        (name, item)
        for row in rows(path)
        for name, cell in row.items()
        for item in cell.split("; ")
        if unglossed(item, row, english)
    ]
    assert bare == []


@pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])
def test_each_term_of_each_chart_stands_with_a_gloss(path, english):
    alts = [output.metadata["image/png"]["alt"] for output in outputs(path, "image/png")]
    named = [piece for alt in alts for piece in alt.split(". ") if CHINESE.search(piece)]
    bare = [
        p for p in named if not any(term in p and gloss in p for term, gloss in english.items() if term in p)
    ]
    assert bare == []


def test_the_tables_give_one_term_one_gloss(english):
    for name, key in {"systems": "system", "formulas": "formula"}.items():
        table = read_notes(ROOT / "seeds", name)
        pairs = zip(table[key], table["english"], strict=True)
        assert [term for term, gloss in pairs if english[term] != gloss] == [], name


def test_no_gloss_is_missing_anywhere():
    for path in PATHS:
        assert "(no gloss)" not in path.read_text(encoding="utf-8"), path.name


def test_a_bare_term_and_a_wrong_gloss_would_be_found(english):
    assert unglossed("警察", {"term": "警察"}, english)
    assert unglossed("公安", {"term": "公安"}, english)
    assert unglossed("公安", {"term": "公安", "english": "a wrong gloss"}, english)
    assert not unglossed("公安", {"term": "公安", "english": english["公安"]}, english)
