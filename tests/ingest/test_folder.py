"""A folder of files becomes a corpus, or it is said what is wrong; nothing that is there is changed."""

import json
import os
import re
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lib import label_lines, load_corpus, read_articles
from corpus_lib.articles import NOTE_COLUMNS
from corpus_lib.ingest import check_folder, draft_folder
from corpus_lib.site.content import grouping_column
from tests.ingest.test_pages import BODY, PAGE

TEXT = "某市公安局破案\n2023年4月5日 来源：某报\n某市公安局今年以来共破获盗窃案件350起。\n"
HEADER = "doc_id\tfile\tsha256\tdate\tdate_basis\toutlet\ttitle\tencoding\tguessed\tyear\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def said(folder: Path, kind: str) -> list[str]:
    return check_folder(folder).query("kind == @kind")["said"].tolist()


CASES = pd.read_csv(
    Path(__file__).parents[1] / "cases" / "folders.tsv", sep="\t", quoting=3, dtype="str", na_filter=False
)
# The contents are written as in JSON, so that invisible characters can be seen.
for column in ("content", "words"):
    CASES[column] = [json.loads(f'"{text}"') for text in CASES[column]]


@pytest.mark.parametrize(
    ("command", "file", "codec", "content", "found", "words"),
    CASES.drop(columns="case").to_numpy().tolist(),
    ids=CASES["case"],
)
def test_each_kind_is_read_right_or_said(tmp_path, command, file, codec, content, found, words):
    """A file beside a good article, or in its place: `check` after `new` for the article, or `new` for both.

    `words` are those of the message; where the file is read they are the whole text.
    """
    write(tmp_path, {"a.txt": TEXT} if file != "a.txt" and found != "read" else {})
    if command == "check":
        draft_folder(write(tmp_path, {"a.txt": TEXT}))
    data = content.encode(codec)
    write(tmp_path, {file: data})
    if found == "refused":
        with pytest.raises(ValueError, match=re.escape(words)):
            draft_folder(tmp_path)
        return
    if command == "new":
        draft_folder(tmp_path)
    assert (tmp_path / file).read_bytes() == data
    if found == "read":
        assert read_articles(tmp_path)["text"].tolist() == [words]
    else:
        assert any(words in line for line in said(tmp_path, found)), check_folder(tmp_path)["said"].tolist()


# What is no ordinary file, made in a folder with a good article, and the message.
ODD = {
    "K19 C016 a pipe": (
        lambda f: (f / "a.txt").unlink() or os.mkfifo(f / "a.txt"),
        "a.txt is a folder, a pipe",
    ),
    "K27 C111 a folder for a table": (
        lambda f: (f / "lexicon.tsv").mkdir(),
        "lexicon.tsv is a folder, a pipe",
    ),
    "a link to nothing": (
        lambda f: (f / "a.txt").unlink() or (f / "a.txt").symlink_to("gone.txt"),
        "a.txt is a folder, a pipe or a broken link",
    ),
    "K19 C026 another Unicode form": (
        lambda f: (f / "a.txt").rename(f / "cafe\u0301.txt") and replace(f, "a.txt", "caf\u00e9.txt"),
        "the names differ in Unicode form",
    ),
    "K19 a table in another case": (
        lambda f: (f / "articles.tsv").rename(f / "Articles.tsv"),
        "Articles.tsv is not read as a table: rename it",
    ),
    "K25 C123 30 MB": (
        lambda f: write(f, {"a.txt": ("今年破案三百五十起。" * 23 + "\n") * 43_000}),
        "a.txt is longer than 1,000,000 characters: split it into articles",
    ),
    "K25 C124 200,000 short lines": (lambda f: write(f, {"a.txt": "今年破案350起\n" * 200_000}), "split it"),
}


def replace(folder: Path, old: str, new: str) -> None:
    table = (folder / "articles.tsv").read_text(encoding="utf-8")
    write(folder, {"articles.tsv": table.replace(old, new)})


@pytest.mark.parametrize("how", ODD)
def test_what_is_no_ordinary_file_is_said(tmp_path, how):
    do, words = ODD[how]
    draft_folder(write(tmp_path, {"a.txt": TEXT}))
    do(tmp_path)
    assert any(words in line for line in said(tmp_path, "fault")), check_folder(tmp_path)["said"].tolist()


def test_a_folder_of_all_kinds_becomes_a_corpus(tmp_path):
    page = "<title>某市公安局破案三百五十起_某网</title>" + "".join(f"<p>{line}</p>" for line in PAGE)
    rows = [
        "标题,日期,正文,Region,,正文",
        f'甲市破案,2024-01-02,"{BODY}\n第二段。",north,x,other',
        ",,,",
        f',,"{TEXT}第三段。",south',
    ]
    sheet = "\ufeff" + "\r\n".join(rows)
    files = {"a.txt": TEXT.encode("gbk"), "b.html": page, "c.csv": sheet.encode("gb18030"), "d.pdf": b"%PDF"}
    before = {path.name: path.read_bytes() for path in write(tmp_path, files).iterdir()}
    draft_folder(tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    articles = load_corpus(tmp_path).articles.set_index("file")
    assert articles.index.tolist() == ["a.txt", "b.txt", "c_0001.txt", "c_0003.txt"]
    assert articles["title"].tolist() == ["某市公安局破案", PAGE[4], "甲市破案", "某市公安局破案"]
    assert articles["date"].tolist() == ["2023-04-05", "2023-04-05", "2024-01-02", "2023-04-05"]
    assert articles["date_basis"].tolist()[1:3] == ["guessed from line 6", "given"]
    assert articles["outlet"].tolist() == ["某报", "某报", "", "某报"]
    assert articles["encoding"].tolist() == ["gb18030", "", "", ""]
    assert articles["region"].tolist() == ["", "", "north", "south"]
    assert articles["guessed"]["a.txt"] == "title: line 1 | date: line 2 | outlet: line 2 | encoding"
    assert articles["guessed"]["c_0001.txt"] == ""
    assert articles["text"]["c_0001.txt"] == f"{BODY}\n第二段。\n"
    assert said(tmp_path, "fault") == []
    assert said(tmp_path, "there") == [
        "Articles: 4. Characters: 146. Dates: 2023-04-05 to 2024-01-02. "
        "Columns to compare by, with their numbers of groups: outlet (2), region (3)."
    ]


def test_what_the_draft_adds_is_no_group_and_stays_with_the_articles(make_corpus):
    folder = make_corpus({"a": TEXT, "b": TEXT + "第二段。"})
    rows = [f"{i}\t{i}.txt\t\t\t\t\t\tutf-8\ttitle: line {n}\t{n}\n" for n, i in enumerate("ab")]
    write(folder, {"articles.tsv": HEADER + "".join(rows)})
    articles = read_articles(folder)
    assert grouping_column(articles) == "year"
    assert label_lines(articles).columns.intersection(["encoding", "guessed"]).empty


def test_nothing_is_overwritten(tmp_path):
    write(tmp_path, {"a.html": "<p>页</p>", "a.txt": TEXT, "b.txt": "\n".join(PAGE), "zones.tsv": "x"})
    assert [path.name for path in draft_folder(tmp_path)] == ["articles.tsv"]
    assert [(tmp_path / name).read_text(encoding="utf-8") for name in ("a.txt", "zones.tsv")] == [TEXT, "x"]
    with pytest.raises(ValueError, match=r"has an articles\.tsv: nothing is overwritten"):
        draft_folder(tmp_path)


def test_the_title_of_a_page_is_used_for_the_text_beside_it(tmp_path):
    lines = ["某市公安局破案三百五十起", "警方提示各位市民朋友们", BODY, "版权所有"]
    write(tmp_path, {"a.html": f"<title>{lines[0]}_某网</title><p>x</p>", "a.txt": "\n".join(lines)})
    draft_folder(tmp_path)
    assert read_articles(tmp_path)["title"].tolist() == [lines[0]]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("标题\n2022年13月40日 来源：某报\n正文。", ""),
        ("标题\n今年2022年10月16日，某市破案。", ""),
        ("标题\n2022/10/6 08:00\n正文。", "2022-10-06"),
        ("2021-01-01 来源：旧报\n标题标题\n2022/10/6 来源：新报\n正文。", "2022-10-06"),
    ],
    ids=["no day", "a date of the article's own", "a date alone", "one above and one below the title"],
)
def test_a_date_is_guessed_from_a_byline_only(tmp_path, text, date):
    draft_folder(write(tmp_path, {"a.txt": text}))
    assert read_articles(tmp_path)["date"].tolist() == [date]


# The files of a folder, and what `new` says.
REFUSED = {
    "nothing": ({"a.pdf": b"x"}, r"has no \*\.txt, \*\.html or \*\.csv"),
    "a tab in a name": ({"a\tb.txt": TEXT}, r"a file 'a\\tb.txt': rename it to 'a b.txt'"),
    "a blank before a name": ({" a.txt": TEXT}, "a file ' a.txt': rename it to 'a.txt'"),
    "two pages of one name": (
        {"a.htm": "<p>x", "a.html": "<p>x"},
        "and another file both give a.txt: rename",
    ),
}


@pytest.mark.parametrize("how", REFUSED)
def test_what_cannot_be_drafted_is_said(tmp_path, how):
    files, message = REFUSED[how]
    with pytest.raises(ValueError, match=message):
        draft_folder(write(tmp_path, files))
    assert {path.name for path in tmp_path.iterdir()} == set(files)


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(ValueError, match="is not a folder"):
        draft_folder(tmp_path / "a")
    assert said(tmp_path / "a", "fault") == [f"There is no folder {tmp_path / 'a'}."]


def test_all_faults_are_said_at_once(make_corpus):
    folder = make_corpus({"a": TEXT.encode("gbk"), "b": "。", "c": TEXT})
    (folder / "lexicon.tsv").mkdir()
    faults = said(folder, "fault")
    assert len(faults) == 3
    assert all(name in fault for name, fault in zip(["a.txt", "b.txt", "lexicon.tsv"], faults, strict=True))


def test_articles_in_an_inner_folder_and_many_like_doubts_are_told_of_once(make_corpus):
    folder = make_corpus({"a": TEXT + "<br>\n" * 9})
    (folder / "later").mkdir()
    write(folder / "later", {"c.txt": TEXT})
    markup, inner = said(folder, "doubt")
    assert "a.txt, line 4 and 8 more: markup of HTML: '<br>'" in markup
    assert "c.txt is not read: put it into" in inner


def test_zones_that_someone_has_looked_at_are_in_doubt_no_more(tmp_path):
    text = f"标题\n{BODY}\n网友评论\n{BODY}{BODY}\n"
    draft_folder(write(tmp_path, {"a.txt": text}))
    assert any("several parts" in line for line in said(tmp_path, "doubt"))
    zones = f"doc_id\tline\ttext\tzone\treason\n000\t4\t{BODY}{BODY}\tboilerplate\ta comment\n"
    assert said(write(tmp_path, {"zones.tsv": zones}), "doubt") == []


NAMES = st.sampled_from(
    ["a.txt", "b.html", "c.csv", "articles.tsv", "zones.tsv", "lexicon.tsv", "measures.tsv", "d.TXT", "e"]
)
PIECES = st.sampled_from(
    [
        *(
            b"text,title\n",
            b'"',
            b"<p>",
            b"\xff\xfe",
            TEXT.encode(),
            TEXT.encode("gbk"),
            b"\t",
            b"\r\n",
            b"\0",
        ),
        *(
            b"<meta charset=unicode_escape>",
            b"\\ud800",
            HEADER.encode(),
            b"a\ta.txt",
            b"\t" * 8,
            b",,",
            b"&#0;",
        ),
        b"term\ttype\treason\n",
    ]
)
CONTENT = st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=6).map(b"".join))


@pytest.mark.filterwarnings("ignore:.* articles may not be")
@pytest.mark.filterwarnings("ignore:.* is not read")
@settings(max_examples=150)
@given(st.dictionaries(NAMES, CONTENT, max_size=4))
def test_any_bytes_give_a_corpus_or_a_sentence(files):
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name), files)
        message = ""
        try:
            draft_folder(folder)
        except ValueError as error:
            message = str(error)
        assert not message or name in message  # ours: it names the folder or a file of it
        findings = check_folder(folder)
        assert {path: (folder / path).read_bytes() for path in files} == files
        if "fault" in set(findings["kind"]):
            assert findings["said"].str.contains("(?i)tsv|txt").all()
        else:
            load_corpus(folder)


CELLS = st.sampled_from(
    [
        *(
            "",
            "000",
            "a.txt",
            "1",
            "01",
            "-1",
            "350起",
            str(TEXT.index("350起")),
            "body",
            "x",
            '"x"',
            "\u200b",
        ),
        *(
            " 公安局 ",
            "公安局 | 天网",
            "unknown",
            "2023-04-05",
            "[",
            "utf-16",
            "gb18030 | big5",
            "某市公安局破案",
        ),
    ]
)
COLUMNS = {**NOTE_COLUMNS, "articles": [*HEADER.strip().split("\t")]}


@pytest.mark.filterwarnings("ignore:.* articles may not be")
@settings(max_examples=200)
@given(st.sampled_from(sorted(COLUMNS)), st.lists(st.lists(CELLS, min_size=12, max_size=12), max_size=3))
def test_any_table_gives_a_corpus_or_a_sentence(name, rows):
    with tempfile.TemporaryDirectory() as folder:
        draft_folder(write(Path(folder), {"a.txt": TEXT}))
        lines = [COLUMNS[name], *(row[: len(COLUMNS[name])] for row in rows)]
        write(Path(folder), {f"{name}.tsv": "\n".join(map("\t".join, lines))})
        findings = check_folder(folder)
        if "fault" in set(findings["kind"]):
            assert findings["said"].str.contains("tsv|txt").all()
        else:
            load_corpus(folder)
