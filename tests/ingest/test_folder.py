"""A folder of files becomes a corpus, or it is said what is wrong; nothing that is there is changed."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lib import load_corpus, read_articles
from corpus_lib.articles import NOTE_COLUMNS
from corpus_lib.ingest import check_folder, draft_folder
from tests.ingest.test_pages import BODY, PAGE

TEXT = f"某市公安局破案\n2023年4月5日 来源：某报\n{BODY}\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def said(folder: Path, kind: str) -> list[str]:
    return check_folder(folder).query("kind == @kind")["said"].tolist()


def test_a_folder_of_all_kinds_becomes_a_corpus(tmp_path):
    page = "<title>某市公安局破案三百五十起_某网</title>" + "".join(f"<p>{line}</p>" for line in PAGE)
    rows = [
        "标题,日期,正文,Region",
        f'甲市破案,2024-01-02,"{BODY}\n第二段。",north',
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
    assert articles["text"]["c_0001.txt"] == f"{BODY}\n第二段。\n"
    assert said(tmp_path, "fault") == []


def test_nothing_is_overwritten(tmp_path):
    write(tmp_path, {"a.html": "<p>页</p>", "a.txt": TEXT})
    draft_folder(tmp_path)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == TEXT
    write(tmp_path, {"b.txt": "\n".join(PAGE), "zones.tsv": "x"})
    with pytest.raises(ValueError, match=r"has articles\.tsv and zones\.tsv\. Delete"):
        draft_folder(tmp_path)
    (tmp_path / "articles.tsv").unlink()
    draft_folder(tmp_path)
    assert (tmp_path / "zones.tsv").read_bytes() == b"x"


def test_zones_are_drafted_for_a_table_that_is_there(make_corpus):
    folder = make_corpus({"a": "\n".join(PAGE)})
    assert [path.name for path in draft_folder(folder)] == ["zones.tsv"]
    assert load_corpus(folder).lines.query("zone == 'body'")["text"].tolist() == [BODY, BODY]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("标题\n2022年13月40日 来源：某报\n正文。", {}),
        ("标题\n今年2022年10月16日，某市破案。", {}),
        ("标题\n2022/10/6 08:00\n正文。", {"date": "2022-10-06"}),
    ],
    ids=["no day", "a date of the article's own", "a date alone"],
)
def test_a_date_is_guessed_from_a_byline_only(tmp_path, text, found):
    draft_folder(write(tmp_path, {"a.txt": text}))
    assert read_articles(tmp_path)["date"].tolist() == [found.get("date", "")]


# The files of a folder, and what `new` says.
REFUSED = {
    "nothing": ({"a.pdf": b"x"}, r"has no \*\.txt, \*\.html or \*\.csv"),
    "a sheet without texts": ({"a.csv": "title,words\n甲,乙\n"}, "columns title, words: give the one"),
    "an empty sheet": ({"a.csv": ""}, "has the columns no name: give"),
    "a broken sheet": ({"a.csv": 'text\n"甲\r乙'.encode("utf-16") + b"\xff"}, "a.csv has the columns"),
    "a tab in a name": ({"a\tb.txt": TEXT}, r"a file 'a\\tb.txt': rename it"),
    "a blank before a name": ({" a.txt": TEXT}, "a file ' a.txt': rename it"),
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
    assert "There is no folder" in said(tmp_path / "a", "fault")[0]


def table(header: str, *rows: str) -> str:
    return "\n".join([header.replace(" ", "\t"), *(row.replace(" ", "\t") for row in rows)]) + "\n"


# What is added to a folder with a good article: the kind of the finding, and its key words.
ADDED = {
    "an empty article": ({"a.txt": "。。。"}, "fault", "a.txt is empty"),
    "another encoding": ({"a.txt": TEXT.encode("gbk")}, "fault", "seems to be GB18030"),
    "an article not listed": ({"z.txt": TEXT}, "fault", "z.txt is not listed"),
    "zones of no article": (
        {"zones.tsv": table("doc_id line text zone reason", "zz 1 x body x")},
        "fault",
        "no article zz",
    ),
    "readings of no article": (
        {
            "measures.tsv": table(
                " ".join(NOTE_COLUMNS["measures"]),
                "zz 1 x" + " x" * 9,
            )
        },
        "fault",
        "measures.tsv names the article 'zz'",
    ),
    "a table in pieces": ({"lexicon.tsv": "term,type,reason\n"}, "fault", "commas separate the cells"),
    "a table misspelt": (
        {"lexikon.tsv": "x"},
        "doubt",
        "lexikon.tsv is not read. The name of a table may be: lexicon",
    ),
    "words without effect": (
        {"lexicon.tsv": table("term type reason", "天网 name x")},
        "doubt",
        "no article has 天网",
    ),
    "markup": ({"a.txt": TEXT + "<br>\n"}, "doubt", "a.txt, line 4: markup of HTML"),
    "mojibake": ({"a.txt": TEXT + "å…¬å®‰å±€\n"}, "doubt", "a.txt, line 4: mojibake"),
    "a long text": ({"a.txt": TEXT * 60_000}, "fault", "characters, more than an article: split it"),
    "a page in doubt": (
        {"a.txt": "\n".join(["标题", BODY, "网友评论", BODY + BODY])},
        "doubt",
        "a.txt is a page of which several parts",
    ),
}


@pytest.mark.parametrize("how", ADDED)
def test_what_is_wrong_is_said(tmp_path, how):
    files, kind, words = ADDED[how]
    draft_folder(write(tmp_path, {"a.txt": TEXT}))
    assert set(check_folder(tmp_path)["kind"]) == {"there"}
    write(tmp_path, files)
    assert any(words in line for line in said(tmp_path, kind)), check_folder(tmp_path)["said"].tolist()


def test_all_faults_are_said_at_once(make_corpus):
    folder = make_corpus({"a": TEXT.encode("gbk"), "b": "。", "c": TEXT})
    (folder / "lexicon.tsv").mkdir()
    faults = said(folder, "fault")
    assert [word in fault for word, fault in zip(["a.txt", "b.txt", "lexicon.tsv"], faults, strict=True)] == [
        True
    ] * 3


def test_the_same_article_twice_and_an_inner_folder(make_corpus):
    folder = make_corpus({"a": TEXT, "b": TEXT})
    (folder / "later").mkdir()
    write(folder / "later", {"c.txt": TEXT})
    doubts = said(folder, "doubt")
    assert any("b.txt: the same text as article a" in line for line in doubts)
    assert any("c.txt is not read" in line for line in doubts)


NAMES = st.sampled_from(
    ["a.txt", "b.html", "c.csv", "articles.tsv", "zones.tsv", "lexicon.tsv", "d.TXT", "e"]
)
PIECES = st.sampled_from(
    [b"", b"text,title\n", b'"', b"<p>", b"\xff\xfe", TEXT.encode(), TEXT.encode("gbk"), b"\t", b"\r\n"]
)
CONTENT = st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=5).map(b"".join))


@settings(max_examples=60)
@given(st.dictionaries(NAMES, CONTENT, max_size=4))
def test_any_bytes_give_a_corpus_or_a_sentence(files):
    messages: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name), files)
        try:
            draft_folder(folder)
        except ValueError as error:
            messages.append(str(error))
        assert all(os.fspath(folder) in message or "articles.tsv" in message for message in messages)
        findings = check_folder(folder)
        assert {path: (folder / path).read_bytes() for path in files} == files
        if "fault" not in set(findings["kind"]):
            assert not read_articles(folder).empty
