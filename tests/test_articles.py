"""A corpus is read as it was received, or the reason why not is said."""

import re
from pathlib import Path

import pytest

from corpus_lib import label_lines, read_articles, read_notes
from corpus_lib.articles import NOTE_COLUMNS
from tests.conftest import ROOT


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_texts_are_the_files_byte_for_byte(study):
    for article in study.articles.itertuples():
        assert article.text.encode() == (ROOT / "seeds" / article.file).read_bytes()


def test_every_cell_is_text(make_corpus):
    folder = make_corpus({"000": "标题"})
    (folder / "lexicon.tsv").write_text('term\ttype\treason\nNA\tset\t"\n007\tname\t\n', encoding="utf-8-sig")
    assert read_articles(folder)["doc_id"].tolist() == ["000"]
    assert read_notes(folder, "lexicon").to_numpy().tolist() == [["NA", "set", '"'], ["007", "name", ""]]


def test_a_byte_order_mark_is_not_text_and_line_ends_stay(make_corpus):
    folder = make_corpus({"a": b"\xef\xbb\xbf\xe6\xa0\x87\xe9\xa2\x98\r\nx"})
    assert read_articles(folder)["text"].tolist() == ["标题\r\nx"]


@pytest.mark.parametrize("name", NOTE_COLUMNS)
def test_an_absent_table_is_empty_with_its_columns(make_corpus, name):
    table = read_notes(make_corpus({"a": "标题"}), name)
    assert table.empty
    assert table.columns.tolist() == NOTE_COLUMNS[name]


def test_an_empty_digest_means_not_frozen(make_corpus):
    folder = make_corpus({"a": "标题"})
    digest = read_articles(folder)["sha256"][0]
    edit(folder / "articles.tsv", digest, "")
    (folder / "a.txt").write_text("另一个", encoding="utf-8")
    assert read_articles(folder)["text"][0] == "另一个"


BREAKS = {
    "changed": (lambda f: (f / "a.txt").write_text("变了", encoding="utf-8"), "a.txt has changed"),
    "line ends": (
        lambda f: (f / "a.txt").write_bytes("标题\r\n正文。".encode()),
        "only in its line ends.*-text",
    ),
    "missing": (lambda f: (f / "a.txt").unlink(), "a.txt is listed.*not there"),
    "unlisted": (lambda f: (f / "b.txt").write_text("x", encoding="utf-8"), "b.txt is not listed"),
    "no table": (lambda f: (f / "articles.tsv").unlink(), "no .*articles.tsv.*doc_id"),
    "not UTF-8": (lambda f: (f / "a.txt").write_bytes("标题".encode("gb18030")), "a.txt"),
    "cells": (
        lambda f: edit(f / "articles.tsv", "\tunknown", ""),
        "articles.tsv, line 2: the line has 7 cells and the header has 8",
    ),
    "no column": (lambda f: edit(f / "articles.tsv", "sha256", "hash"), "line 1: no column sha256"),
    "no row": (lambda f: (f / "articles.tsv").write_text("doc_id\n", encoding="utf-8"), "no column"),
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_broken_corpus_says_what_and_where(make_corpus, how):
    folder = make_corpus({"a": "标题\n正文。"})
    do, message = BREAKS[how]
    do(folder)
    with pytest.raises((ValueError, FileNotFoundError), match=message):
        read_articles(folder)


def unfreeze(folder: Path) -> None:
    table = folder / "articles.tsv"
    text = re.sub(r"[0-9a-f]{64}", "", table.read_text(encoding="utf-8"))
    table.write_text(text, encoding="utf-8", newline="\n")


def test_a_path_may_not_leave_its_folder_even_when_it_leads_to_a_file(make_corpus):
    folder = make_corpus({"a": "标题"})
    unfreeze(folder)
    (folder.parent / "elsewhere.txt").write_text("x", encoding="utf-8")
    (folder / "a.txt").unlink()
    edit(folder / "articles.tsv", "a.txt", "../elsewhere.txt")
    with pytest.raises(ValueError, match=r"not a \*\.txt file of"):
        read_articles(folder)


def test_what_is_not_utf8_says_so_with_the_byte(make_corpus):
    folder = make_corpus({"a": "标题".encode("gb18030")})
    with pytest.raises(ValueError, match=r"a\.txt is not UTF-8: byte 0.*GB18030"):
        read_articles(folder)


@pytest.mark.parametrize("nothing", ["", " \n\n", "\ufeff"])
def test_an_empty_article_is_refused_by_name(make_corpus, nothing):
    with pytest.raises(ValueError, match=r"a\.txt is empty"):
        read_articles(make_corpus({"a": nothing}))


def test_a_manifest_without_rows_is_refused(make_corpus):
    folder = make_corpus({"a": "x"})
    header = (folder / "articles.tsv").read_text(encoding="utf-8").split("\n")[0]
    (folder / "articles.tsv").write_text(header + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lists no article"):
        read_articles(folder)


@pytest.mark.parametrize("second", ["x\tset\t", "\tset\t"])
def test_a_word_written_twice_or_not_at_all_is_refused(make_corpus, second):
    folder = make_corpus({"a": "x"})
    (folder / "lexicon.tsv").write_text(f"term\ttype\treason\nx\tset\t\n{second}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"lexicon\.tsv, line 3"):
        read_notes(folder, "lexicon")


def test_a_table_that_we_do_not_have_is_refused_by_name(make_corpus):
    with pytest.raises(ValueError, match=r"no table 'lexikon'\. A corpus folder may have zones, lexicon"):
        read_notes(make_corpus({"a": "x"}), "lexikon")
    with pytest.raises(FileNotFoundError, match="no folder"):
        read_notes("nowhere", "lexicon")


@pytest.mark.parametrize("name", ["length", "rank", "n", "line", "zone", "index"])
def test_a_column_of_any_name_is_read_until_a_verb_makes_it(make_corpus, name):
    folder = make_corpus({"a": "标题"})
    edit(folder / "articles.tsv", "year", name)
    articles = read_articles(folder)
    assert articles[name].tolist() == ["a"]
    if name in {"line", "zone"}:
        with pytest.raises(ValueError, match=f"label_lines makes a column '{name}'"):
            label_lines(articles)
    else:
        assert label_lines(articles)[name].tolist() == ["a"]


def test_a_column_named_text_is_refused(make_corpus):
    folder = make_corpus({"a": "标题"})
    edit(folder / "articles.tsv", "year", "text")
    with pytest.raises(ValueError, match="read_articles makes a column 'text'"):
        read_articles(folder)


def test_a_header_with_a_column_twice_is_refused(make_corpus):
    folder = make_corpus({"a": "标题"})
    edit(folder / "articles.tsv", "year", "title")
    with pytest.raises(ValueError, match=r"line 1: .*has a column twice"):
        read_articles(folder)


@pytest.mark.parametrize("file", ["./a.txt", "articles.tsv"])
def test_an_article_is_named_plainly_and_is_a_text_file(make_corpus, file):
    folder = make_corpus({"a": "标题"})
    unfreeze(folder)
    edit(folder / "articles.tsv", "a\ta.txt", f"a\t{file}")
    (folder / "a.txt").unlink()
    with pytest.raises(ValueError, match=r"not a \*\.txt file"):
        read_articles(folder)
