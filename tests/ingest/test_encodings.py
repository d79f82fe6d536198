"""An encoding is found, or named as unknown, or shown as in doubt; the bytes stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import read_articles
from corpus_lib.ingest.encodings import read_bytes

SIMPLE = "公安局破案3起。\n今年以来，抓获嫌疑人5名。"
TRADITIONAL = "警方偵破電信詐騙案件，公安機關抓獲嫌疑人。"

# The text, the codec that wrote it, and the name that the table gets.
WRITTEN = [
    (SIMPLE, "utf-8", ""),
    (SIMPLE, "utf-8-sig", ""),
    (SIMPLE, "gb2312", "gb18030"),
    (SIMPLE, "gbk", "gb18030"),
    (SIMPLE + "𠀀", "gb18030", "gb18030"),
    (TRADITIONAL, "big5", "big5hkscs"),
    (TRADITIONAL, "gbk", "gb18030"),
    (SIMPLE, "utf-16", "utf-16-le"),
    ("\ufeff" + SIMPLE, "utf-16-be", "utf-16-be"),
    (SIMPLE, "utf-16-le", "utf-16-le"),
    (SIMPLE, "utf-16-be", "utf-16-be"),
    ("Police 35", "utf-16-le", "utf-16-le"),
    (SIMPLE, "utf-32", "utf-32-le"),
    (SIMPLE, "utf-32-be", "utf-32-be"),
    ("Police, 35 cases.", "ascii", ""),
]


@pytest.mark.parametrize(("text", "codec", "name"), WRITTEN)
def test_an_encoding_is_found(text, codec, name):
    assert read_bytes(text.encode(codec)) == (name, text.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    "data",
    [
        bytes.fromhex("c4e3badcdfa1dfa8e8a1f0c3"),
        SIMPLE.encode() * 9 + SIMPLE.encode("gbk"),
        SIMPLE.encode()[:-2],
        b"",
        "破案\x003起".encode(),
    ],
    ids=["EUC-TW", "two encodings", "cut short", "nothing", "a NUL"],
)
def test_what_no_encoding_reads_stays_utf8(data):
    assert read_bytes(data)[0] == ""


@pytest.mark.parametrize(
    ("text", "codec"),
    [("Müller: für die Größe der Straße gibt es keine Prüfung.", "latin-1"), ("部署,更", "gb18030")],
)
def test_two_readings_that_both_look_like_text_are_named(text, codec):
    assert read_bytes(text.encode(codec))[0].count(" | ") == 1


@given(st.binary())
def test_any_bytes_have_a_text(data):
    encoding, text = read_bytes(data)
    for name in filter(None, encoding.split(" | ")):
        data.decode(name)
    assert isinstance(text, str)


def with_encoding(folder, encoding):
    table = folder / "articles.tsv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("year", "encoding").replace("\ta\n", f"\t{encoding}\n"),
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize(("text", "codec", "name"), WRITTEN)
def test_an_article_is_read_by_its_column(make_corpus, text, codec, name):
    folder = with_encoding(make_corpus({"a": text.encode(codec)}), name)
    assert read_articles(folder)["text"].tolist() == [text.removeprefix("\ufeff")]
    assert (folder / "a.txt").read_bytes() == text.encode(codec)


# What the cell says of an article in GB18030, and the message.
WRONG = {
    "gb18030 | big5hkscs": r"may be gb18030 \('公安.*'\) or big5hkscs \('.*'\): keep the right name",
    "utf-16-le": "cannot be read as 'utf-16-le', its encoding in articles.tsv at byte .*Write gb18030",
    "gb18031": r"a\.txt cannot be read as 'gb18031', its encoding in articles.tsv. Write gb18030",
    "hex": "cannot be read as 'hex'",
    "undefined": "cannot be read as 'undefined'",
    "": "is not UTF-8: byte 0",
}


@pytest.mark.parametrize("cell", WRONG)
def test_a_wrong_cell_is_said(make_corpus, cell):
    folder = with_encoding(make_corpus({"a": ("公安局。" * 2 + "。").encode("gbk") + b"a"}), cell)
    with pytest.raises(ValueError, match=WRONG[cell]):
        read_articles(folder)
