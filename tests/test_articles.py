"""A corpus is read as it was received, or the reason why not is said."""

import os
import re
import warnings
from collections.abc import Callable
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
    assert (table.dtypes == "str").all()


@pytest.mark.parametrize(
    "name",
    ["zones", "lexicon", "stopwords", "glosses", "topics", "measures", "checks", "formulas", "systems"],
)
def test_each_table_of_the_study_has_rows_and_its_columns(name):
    table = read_notes(ROOT / "seeds", name)
    assert len(table) > 0
    assert set(NOTE_COLUMNS[name]) <= set(table.columns)


def test_an_empty_digest_means_not_frozen(make_corpus):
    folder = make_corpus({"a": "标题"})
    digest = read_articles(folder)["sha256"][0]
    edit(folder / "articles.tsv", digest, "")
    (folder / "a.txt").write_text("另一个", encoding="utf-8")
    assert read_articles(folder)["text"][0] == "另一个"


def replace_by(make: Callable[[Path], None], path: Path) -> None:
    path.unlink()
    make(path)


def add_row(folder: Path, doc_id: str, file: str) -> None:
    with (folder / "articles.tsv").open("a", encoding="utf-8", newline="\n") as table:
        table.write("\t".join([doc_id, file, "", "", "unknown", "", "", "x"]) + "\n")


BREAKS = {
    "changed": (lambda f: (f / "a.txt").write_text("变了", encoding="utf-8"), "a.txt has changed"),
    "line ends": (
        lambda f: (f / "a.txt").write_bytes("标题\r\n正文。".encode()),
        "only in its line ends.*-text",
    ),
    "missing": (lambda f: (f / "a.txt").unlink(), "a.txt is listed.*not there"),
    "unlisted": (lambda f: (f / "b.txt").write_text("x", encoding="utf-8"), "b.txt is not listed"),
    "no table": (lambda f: (f / "articles.tsv").unlink(), "no .*articles.tsv.*doc_id"),
    "not UTF-8": (lambda f: (f / "a.txt").write_bytes("标题".encode("gb18030")), r"a\.txt is not UTF-8"),
    "a folder": (lambda f: replace_by(os.mkdir, f / "a.txt"), "a.txt is a folder, a pipe or a broken link"),
    "case": (
        lambda f: edit(f / "articles.tsv", "a.txt", "A.txt"),
        "holds 'a.txt' and .* lists 'A.txt': .* differ in case. Copy the name",
    ),
    "a long name": (
        lambda f: add_row(f, "b", "好" * 300 + ".txt"),
        r"好+ is listed in articles\.tsv but not there",
    ),
    "a table in other case": (
        lambda f: (f / "articles.tsv").rename(f / "Articles.TSV"),
        r"Articles\.TSV is not read as a table: rename it to articles\.tsv",
    ),
    "cells": (
        lambda f: edit(f / "articles.tsv", "\tunknown", ""),
        "articles.tsv, line 2: the line has 7 cells and the header has 8",
    ),
    "no column": (lambda f: edit(f / "articles.tsv", "sha256", "hash"), "line 1: no column sha256"),
    "a file twice": (lambda f: add_row(f, "b", "a.txt"), r"articles\.tsv lists a\.txt twice; keep one row"),
    "a digest with a digit too many": (
        lambda f: edit(f / "articles.tsv", "\t\tunknown", "0\t\tunknown"),
        "a.txt: '[0-9a-f]{64}0' is not a SHA-256",
    ),
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


BODY = "公安局破案3起。\n今年以来，抓获嫌疑人5名。"
TRADITIONAL = "公安局破案3起。\n警方偵破電信詐騙案件。"
# The bytes of an article, and the key words of the message: the true cause and its cure.
ENCODED = {
    "GB18030": (BODY.encode("gb18030"), "byte 0 .*seems to be GB18030 and to begin '公安局破案3起。"),
    "Big5": (TRADITIONAL.encode("big5"), "byte 0 .*seems to be Big5 and to begin '公安局破案3起。"),
    "UTF-16 with a mark": (BODY.encode("utf-16"), "byte 0 .*seems to be UTF-16 and to begin '公安局"),
    "UTF-16 LE": (BODY.encode("utf-16-le"), "seems to be UTF-16 and to begin '公安局"),
    "UTF-16 BE": (BODY.encode("utf-16-be"), "seems to be UTF-16 and to begin '公安局"),
    "UTF-16 of rare characters": (
        "\ufeff𠀀𠀁𠀂".encode("utf-16-le"),
        "seems to be UTF-16 and to begin '𠀀𠀁𠀂'",
    ),
    "UTF-16 that reads as UTF-8": ("Police 35".encode("utf-16-le"), "has NULs.*UTF-16 and to begin 'Police"),
    "UTF-32": (BODY.encode("utf-32-le"), "seems to be UTF-32 and to begin '公安局"),
    "EUC-TW": (bytes.fromhex("c4e3badcdfa1dfa8e8a1f0c3"), "byte 0 .*none of .*GB18030, Big5"),
    "after a byte-order mark": ("\ufeff公安".encode() + b"\xb9\xab", "byte 9 .*before is UTF-8: line 1"),
    "two encodings": (BODY.encode() * 9 + b"\n" + BODY.encode("gbk"), "before is UTF-8: line 11"),
    "cut short": (BODY.encode()[:-2], "byte 57 .*line 2 is damaged"),
}


@pytest.mark.parametrize("how", ENCODED)
def test_another_encoding_is_named_with_a_cure(make_corpus, how):
    data, message = ENCODED[how]
    with pytest.raises(ValueError, match=rf"(?s)a\.txt is not UTF-8: .*{message}"):
        read_articles(make_corpus({"a": data}))


def test_a_nul_in_utf8_is_text_and_others_warn_of_it(make_corpus):
    assert read_articles(make_corpus({"a": "破案\x003起"}))["text"].tolist() == ["破案\x003起"]


@pytest.mark.parametrize("nothing", ["", " \n\n", "\ufeff", "\u200b\u200b", "。。。", "——\n\xa0"])
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


# What a program makes of a table (of the lines of articles.tsv), and the key words of the message.
TABLES = {
    "commas": (lambda t: t.replace("\t", ","), "line 1: commas separate the cells: save .* tabs"),
    "semicolons": (lambda t: t.replace("\t", ";"), "line 1: semicolons separate the cells"),
    "full-width blanks": (
        lambda t: t.replace("\t", "\u3000"),
        "line 1: full-width blanks separate the cells",
    ),
    "blanks": (lambda t: t.replace("\t", "  "), "line 1: blanks separate the cells"),
    "bars": (lambda t: "| " + t.replace("\t", " | "), "line 1: bars separate the cells"),
    "commas and quotes": (lambda t: re.sub("[^\t\n]+", r'"\g<0>"', t).replace("\t", ","), "line 1: commas"),
    "quotes": (lambda t: re.sub("[^\t\n]+", r'"\g<0>"', t), "line 1: quotation marks enclose"),
    "quotes in a row": (
        lambda t: t.replace("\na\ta.txt", '\n"a"\t"a.txt"'),
        "line 2: quotation marks enclose",
    ),
    "quotes in a cell": (
        lambda t: t.replace("unknown", '"他说""好"""'),
        "line 2: quotation marks enclose .*Save the table without",
    ),
    "a header that ends in a tab": (lambda t: t.replace("\n", "\t\n", 1), "line 1: a column has no name"),
    "lines that end in a tab": (lambda t: t.replace("\n", "\t\n"), "line 1: a column has no name"),
    "no SHA-256": (lambda t: re.sub("[0-9a-f]{64}", "NA", t), "a.txt: 'NA' is not a SHA-256 .*Leave .*empty"),
    "a key with a blank": (
        lambda t: t + t.split("\n")[1].replace("a\t", " a\t", 1),
        "line 3: doc_id a is on",
    ),
}


@pytest.mark.parametrize("how", TABLES)
def test_a_table_that_another_program_wrote_says_what_is_wrong(make_corpus, how):
    folder = make_corpus({"a": "标题"})
    change, message = TABLES[how]
    table = folder / "articles.tsv"
    table.write_text(change(table.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    with pytest.raises(ValueError, match=message):
        read_articles(folder)


def test_a_table_in_utf16_is_named(make_corpus):
    folder = make_corpus({"a": "标题"})
    table = folder / "articles.tsv"
    table.write_bytes(table.read_text(encoding="utf-8").encode("utf-16"))
    with pytest.raises(ValueError, match=r"articles\.tsv is not UTF-8.*UTF-16 and to begin 'doc_id"):
        read_articles(folder)


def test_blanks_around_cells_are_no_part_of_them_but_in_a_text(make_corpus):
    folder = make_corpus({"a": "标题"})
    edit(folder / "articles.tsv", "a\ta.txt\t", " a\u3000\ta.txt \t ")
    edit(folder / "articles.tsv", "file\t", "file \t")
    assert read_articles(folder)[["doc_id", "file"]].to_numpy().tolist() == [["a", "a.txt"]]
    rows = 'doc_id\tline\ttext\tzone\treason\n a\t1 \t 标题\u3000\tbody\t"甲""乙"\n'
    (folder / "zones.tsv").write_text(rows, encoding="utf-8")
    assert read_notes(folder, "zones").to_numpy().tolist() == [["a", "1", " 标题\u3000", "body", '"甲""乙"']]


def test_two_spellings_of_a_letter_are_told_apart(make_corpus):
    folder = make_corpus({"a": "标题"})
    (folder / "a.txt").rename(folder / "caf\xe9.txt")
    edit(folder / "articles.tsv", "a.txt", "cafe\u0301.txt")
    with pytest.raises(
        ValueError, match=r"'caf\\xe9.txt' and .*'cafe\\u0301.txt'.*Unicode form.*Copy the name"
    ):
        read_articles(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_refused_and_not_waited_for(make_corpus):
    folder = make_corpus({"a": "标题"})
    replace_by(os.mkfifo, folder / "a.txt")
    with pytest.raises(ValueError, match=r"a\.txt is a folder, a pipe or a broken link"):
        read_articles(folder)


def test_a_note_table_is_a_file_with_its_name_in_small_letters(make_corpus):
    folder = make_corpus({"a": "标题"})
    (folder / "lexicon.tsv").mkdir()
    with pytest.raises(ValueError, match=r"lexicon\.tsv is a folder, a pipe or a broken link"):
        read_notes(folder, "lexicon")
    (folder / "Glosses.TSV").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"Glosses\.TSV is not read as a table: rename it to glosses\.tsv"):
        read_notes(folder, "glosses")


def test_a_file_is_no_folder(make_corpus):
    folder = make_corpus({"a": "标题"})
    with pytest.raises(ValueError, match=r"a\.txt is a file: give the folder"):
        read_articles(folder / "a.txt")
    with pytest.raises(FileNotFoundError, match="no folder"):
        read_articles(folder / "elsewhere")


def test_articles_in_an_inner_folder_are_told_of_and_hidden_folders_are_not_looked_into(make_corpus):
    folder = make_corpus({"a": "标题"})
    for name in (".ipynb_checkpoints", "later"):
        (folder / name).mkdir()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            read_articles(folder)
        (folder / name / "b.TXT").write_text("标题", encoding="utf-8")
    with pytest.warns(UserWarning, match=r"later.b\.TXT is not read: put it into .* and list it"):
        assert read_articles(folder)["doc_id"].tolist() == ["a"]


NOTICE = "No. 公安局破案,抓获嫌疑人五名以上。".encode("gb18030")
# The encoding that a row names, and how the message ends. Where several read the bytes, they are shown from
# the first character in which they differ.
ROW_ENCODINGS = {
    "gb18030 | latin-1": "may be gb18030 ('公安局破案,抓获嫌疑人五') or latin-1 ('¹«°²¾ÖÆÆ°¸,×'): keep",
    "gbk | gb18030": "may be gbk ('No. 公安局破案,抓获') or gb18030 ('No. 公安局破案,抓获'): keep",
    "ascii": "cannot be read as 'ascii', its encoding in articles.tsv at byte 4. Write gb18030",
    "gb": "cannot be read as 'gb', its encoding in articles.tsv. Write gb18030",
}


def name_encoding(folder: Path, encoding: str) -> None:
    edit(folder / "articles.tsv", "\tyear\n", "\tencoding\n")
    edit(folder / "articles.tsv", "\ta\n", f"\t{encoding}\n")


@pytest.mark.parametrize("encoding", ROW_ENCODINGS)
def test_an_encoding_that_does_not_settle_the_text_says_why(make_corpus, encoding):
    folder = make_corpus({"a": NOTICE})
    name_encoding(folder, encoding)
    with pytest.raises(ValueError, match=re.escape(f"a.txt {ROW_ENCODINGS[encoding]}")):
        read_articles(folder)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", ""])
def test_an_article_is_read_in_the_encoding_of_its_row_without_its_mark(make_corpus, encoding):
    folder = make_corpus({"a": "\ufeff公安局。".encode(encoding or "utf-8")})
    name_encoding(folder, encoding)
    assert read_articles(folder)["text"].tolist() == ["公安局。"]
