"""Every line is labelled once, and what a person corrects is corrected or refused."""

import re
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import add_citations, counted, label_lines, read_articles, read_notes
from corpus_lib.zone_rules import is_wrapped, split_line, unwrap, zone_of, zones_of
from corpus_lib.zones import COUNTED, ZONES, correct
from tests.conftest import ROOT

FOLDER = Path(__file__).parent / "cases"


def read_cases(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.tsv", sep="\t", quoting=3, dtype=str, keep_default_na=False)


CASES, PAGES, FAILING = read_cases("zones"), read_cases("zones_pages"), read_cases("zones_failing")

# Lines that no rule on their words can tell from a heading: bare names of accounts, columns and slogans.
LEFT_WRONG = [
    ("people", "3"), ("qq", "2"), ("ifeng", "13"), ("ifeng", "14"),
    ("gmw", "5"), ("baijiahao", "2"), ("tongbao", "7"),
]  # fmt: skip


def articles(text: str) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": ["a"], "year": ["2021"], "text": [text]})


def corrections(*rows: tuple[int | str, str, str]) -> pd.DataFrame:
    columns = ["doc_id", "line", "text", "zone", "reason"]
    return pd.DataFrame([("a", str(n), text, zone, "") for n, text, zone in rows], columns=columns)


@pytest.mark.parametrize(("line", "zone"), CASES[["line", "zone"]].to_numpy().tolist(), ids=CASES["gloss"])
def test_a_line_is_what_a_reader_would_say(line, zone):
    assert zone_of(line) == zone


FULL_WIDTH = {0x20 + n: 0xFF00 + n for n in range(0x01, 0x20) if chr(0x20 + n) in "!(),:;?"}


@pytest.mark.parametrize(("line", "zone"), CASES[["line", "zone"]].to_numpy().tolist(), ids=CASES["gloss"])
def test_full_width_marks_make_no_difference(line, zone):
    assert zone_of(line.translate(FULL_WIDTH)) == zone


@pytest.mark.parametrize(("line", "zone"), CASES[["line", "zone"]].to_numpy().tolist(), ids=CASES["gloss"])
def test_blanks_around_a_line_make_no_difference(line, zone):
    assert zone_of(f" \u3000{line} \u3000") == zone


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("某某某某 来源:某报", "byline"),  # a name may open a byline, or an outlet
        ("某某某某某 来源:某报", "body"),
        ("某某某某晚报 来源:某报", "byline"),
        ("某某晚报改版 来源:某报", "body"),
    ],
)
def test_a_byline_opens_with_a_short_name_or_an_outlet(line, zone):
    assert zone_of(line) == zone


@pytest.mark.parametrize(("lines", "zones"), [([], []), (["返回首页"], ["boilerplate"]), ([""], ["blank"])])
def test_a_page_without_an_article_has_no_title(lines, zones):
    assert zones_of(lines) == zones


@pytest.mark.xfail(
    strict=True, reason="a caption that is a whole sentence looks like body; zones.tsv is for such"
)
def test_known_failure_a_caption_without_credit():
    assert zone_of("鼓楼公安分局接处警勤务模式改革启动仪式。") == "caption"


@pytest.mark.parametrize("page", PAGES["page"].unique())
def test_every_line_of_a_page_has_its_zone(page):
    rows = PAGES[PAGES["page"] == page]
    wanted = {n: part[["zone", "text"]].to_numpy().tolist() for n, part in rows.groupby("line", sort=False)}
    found = label_lines(articles("\n".join("".join(text for _, text in parts) for parts in wanted.values())))
    lines = {str(n): part[["zone", "text"]].to_numpy().tolist() for n, part in found.groupby("line")}
    assert [(page, n) for n in wanted if lines[n] != wanted[n]] == [at for at in LEFT_WRONG if at[0] == page]


def test_the_pages_are_of_many_makes_and_have_traps():
    assert PAGES["page"].nunique() >= 20
    assert (PAGES["trap"] == "yes").sum() >= 60
    assert set(PAGES.loc[PAGES["trap"] == "yes", "zone"]) == {"heading", "body"}


@pytest.mark.parametrize(
    ("zones", "text"), FAILING[["zones", "input"]].to_numpy().tolist(), ids=FAILING["id"]
)
def test_an_input_that_once_failed(zones, text):
    for escape in ("\n", "\u3000", "\u2028"):
        text = text.replace(ascii(escape)[1:-1], escape)
    assert label_lines(articles(text))["zone"].tolist() == zones.split()


UNITS = [
    "1-",
    "记者 ",
    "来源:",
    ">",
    "首页>",
    " ",
    "大 ",
    "(记者 张",
    "[查看原文](http",
    "张某某 ",
    "a.",
    "【",
    "点赞",
    "图1 ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_no_line_takes_long(unit):
    line = unit * (300_000 // len(unit)) + "x"
    started = time.process_time()
    (
        zone_of(line),
        split_line("body", line),
        split_line("body", "今。" + line + "。"),
        zones_of([line, "今。", line]),
    )
    zones_of([unit * (199 // len(unit)) + "。"] * 50)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("text", ["标题\n" + "今天下雨。\n" * 100_000, "今天下雨" * 100_000])
def test_many_lines_and_long_ones_take_seconds(text):
    started = time.process_time()
    assert label_lines(articles(text))["text"].str.len().sum() == len(text.replace("\n", ""))
    assert time.process_time() - started < 20


def test_a_path_above_the_title_that_lists_other_pages_does_not_end_the_page():
    lines = label_lines(articles("热门推荐\n标题\n下雨了。\n天晴了。"))
    assert lines["zone"].tolist() == ["boilerplate", "title", "body", "body"]


def test_a_full_line_above_a_blank_line_is_a_heading():
    text = "标题\n以警务机制体制创新提升打防效能\n\n今天下雨。"
    assert label_lines(articles(text))["zone"].tolist() == ["title", "heading", "body"]


# What rules look for, signs, and every kind of line end and blank.
PIECES = [
    *(
        "公安",
        "记者 ",
        "来源:",
        "（",
        "）",
        "。",
        "，",
        "图",
        "摄",
        ">",
        "1",
        "相关新闻",
        "央视网消息：",
        "字体",
    ),
    *(
        "[查看原文](http://a)",
        "2023-04-05",
        "(记者 某某)",
        "责任编辑",
        "\n",
        "\r",
        "\u2028",
        "\x85",
        "\u3000",
        "\x0b",
        "\x1c",
    ),
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)))
def test_every_non_blank_character_stands_once_and_in_order(text):
    lines = label_lines(articles(text))
    covered = [i for row in lines.itertuples() for i in range(row.start, row.end)]
    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert all(text[row.start : row.end] == row.text for row in lines.itertuples())


def test_the_parts_of_a_line_joined_are_the_line(study):
    for article in study.articles.itertuples():
        physical = re.split(r"\r\n|\n|\r", article.text)
        lines = study.lines[study.lines["doc_id"] == article.doc_id]
        joined = lines.groupby("line")["text"].agg("".join)
        assert joined.to_dict() == {n: line for n, line in enumerate(physical, 1) if line.strip()}


def test_offsets_point_at_the_words(study):
    texts = study.articles.set_index("doc_id")["text"]
    for table in (study.lines, study.tokens.rename(columns={"term": "text"}), study.figures):
        assert len(table) > 0
        assert all(texts[row.doc_id][row.start : row.end] == row.text for row in table.itertuples())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_belongs_to_no_line(end):
    text = end.join(["标题", "", "下雨了。", "天晴了。"])
    lines = label_lines(articles(text))
    assert lines["line"].tolist() == [1, 3, 4]
    assert [text[row.start : row.end] for row in lines.itertuples()] == ["标题", "下雨了。", "天晴了。"]


@pytest.mark.parametrize(
    ("line", "zone"), [("看 >> 图", "boilerplate"), ("甲 2024-01-02 来源:某报", "byline")]
)
def test_some_rules_look_at_the_whole_line(line, zone):
    assert zone_of(line) == zone


def test_counted_has_no_category_without_a_row(study):
    assert set(counted(study.tokens)["zone"].cat.categories) == set(COUNTED)


def test_lines_carry_the_articles_own_columns_and_not_its_text():
    lines = label_lines(articles("标题\n正文。"))
    assert lines.columns.tolist() == ["doc_id", "year", "line", "paragraph", "zone", "start", "end", "text"]


def test_articles_that_are_not_there_have_no_lines_of_the_same_types():
    some, none = label_lines(articles("标题\n正文。")), label_lines(articles("").head(0))
    assert none.empty
    pd.testing.assert_series_equal(none.dtypes, some.dtypes)
    with pytest.raises(ValueError, match="no column 'doc_id'"):
        label_lines(pd.DataFrame())
    with pytest.raises(ValueError, match="no column 'zone'"):
        label_lines(articles("标题"), corrections((1, "标题", "title")).drop(columns="zone"))


def test_the_columns_of_articles_keep_their_types():
    lines = label_lines(articles("标题\n正文。").assign(year=2021, signed=pd.Categorical(["no"])))
    assert lines[["year", "signed"]].dtypes.astype(str).tolist() == ["int64", "category"]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("\n\n天晴了。", [3]),  # nothing is open before the first line
        ("标题\n下雨了,\n\n天晴了。\n明天", [1, 2, 2, 5]),  # a blank line inside a sentence
        ("标题\n“下雨了。”\n天晴了。", [1, 2, 3]),  # a closing quotation mark after the full stop
        ("标题\n下雨了,\n资料图\n天晴了。", [1, 2, 3, 2]),  # a caption between two halves is skipped
        ("标题\n下雨了,\n天气\n天晴了,真的。", [1, 2, 3, 4]),  # nothing joins across a heading
        ("标题\n下雨了……\n天晴了,真的。", [1, 2, 3]),  # dots end a sentence
    ],
)
def test_halves_of_a_sentence_are_one_paragraph(text, paragraphs):
    assert label_lines(articles(text))["paragraph"].tolist() == paragraphs


def test_full_width_marks_end_a_sentence_and_open_a_byline():
    lines = label_lines(articles("标题\n下雨了\uff01\n天晴了。\uff08记者 某某\uff09"))
    assert lines["paragraph"].tolist() == [1, 2, 3, 3]
    assert lines["zone"].tolist() == ["title", "body", "body", "byline"]


def test_after_related_news_nothing_is_the_article():
    lines = label_lines(articles("标题\n下雨了。\n相关新闻\n天晴了。\n来源:某报"))
    assert lines["zone"].tolist() == ["title", "body", *["boilerplate"] * 3]


def test_the_reporters_are_cut_off_the_last_line():
    lines = label_lines(articles("标题\n天晴了。(记者 某某 通讯员 某某)"))
    assert lines[["zone", "text"]].to_numpy().tolist()[1:] == [
        ["body", "天晴了。"],
        ["byline", "(记者 某某 通讯员 某某)"],
    ]


def test_a_correction_rules_over_the_rules_for_a_line_or_its_part():
    fixed = label_lines(
        articles("横幅\n昨日,某报报道 标题很好"),
        corrections((1, "横幅", "subtitle"), (2, "标题很好", "title")),
    )
    assert fixed[["zone", "text"]].to_numpy().tolist() == [
        ["subtitle", "横幅"],
        ["body", "昨日,某报报道 "],
        ["title", "标题很好"],
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            (2, "没有", "body"),
            r"zones\.tsv, row 1 \(a, line 2\): '没有' occurs there 0 times; the line reads '好好",
        ),
        ((2, "好", "body"), "occurs there 2 times"),
        ((9, "好好", "body"), "no such line"),
        (("x", "好好", "body"), "no such line"),
        ((2, "", "body"), "occurs there 0 times"),
        ((2, "好好", "headline"), "'headline' is not a zone; choose one of title"),
    ],
)
def test_a_correction_that_does_not_fit_names_its_row_and_line(row, message):
    with pytest.raises(ValueError, match=message):
        label_lines(articles("标题\n好好,下雨"), corrections(row))


def test_two_corrections_of_the_same_words_are_refused():
    with pytest.raises(ValueError, match=r"row 2.*another row has these words"):
        label_lines(articles("标题\n好好,下雨"), corrections((2, "好好,下雨", "body"), (2, "下雨", "byline")))


def test_a_correction_of_an_unknown_article_is_refused():
    row = corrections((1, "标题", "title")).assign(doc_id="b")
    with pytest.raises(ValueError, match="no article b; there are a"):
        label_lines(articles("标题"), row)


def test_every_correction_of_the_study_changes_something_and_says_why():
    seeds = read_articles(ROOT / "seeds")
    zones = read_notes(ROOT / "seeds", "zones")
    plain = label_lines(seeds).set_index(["doc_id", "line", "zone"])
    for row in zones.itertuples():
        ruled = plain.xs((row.doc_id, int(row.line)), level=("doc_id", "line"))
        assert row.zone not in ruled.index, row
        assert len(row.reason) > 20


def test_counted_keeps_the_four_zones_and_nothing_else(study):
    kept = counted(study.lines)
    assert set(kept["zone"]) == set(COUNTED)
    assert len(kept) == study.lines["zone"].isin(COUNTED).sum()
    assert set(study.lines["zone"]) <= set(ZONES)


def test_the_doubtful_lines_are_decided(study):
    decided = study.lines.groupby(["doc_id", "line"])["zone"].agg(list)
    assert decided["000", 5] == ["subtitle"]
    assert decided["000", 15] == ["subtitle"]
    assert decided["000", 17] == ["title"]
    assert decided["000", 46] == decided["000", 50] == decided["001", 12] == ["caption"]
    assert decided["001", 44] == decided["003", 22] == ["body", "byline"]
    assert decided["002", 6] == ["byline", "title", "subtitle"]
    assert decided["002", 1] == decided["004", 1] == ["boilerplate"]
    assert all(decided["003", n] == ["body"] for n in range(24, 34))


def test_six_sentences_of_000_are_joined_again(study):
    body = study.lines.query("doc_id == '000' and zone == 'body' and line != paragraph")
    assert body[["paragraph", "line"]].to_numpy().tolist() == [
        [34, 36], [38, 40], [60, 62], [66, 68], [82, 84], [88, 90],
    ]  # fmt: skip


def test_a_sentence_that_begins_like_the_end_of_a_page_does_not_end_it():
    lines = label_lines(articles("标题\n相关新闻发布会上,局长说明了情况。\n天晴了,真的。"))
    assert lines["zone"].tolist() == ["title", "body", "body"]


def test_two_corrections_that_overlap_in_part_are_refused():
    with pytest.raises(ValueError, match=r"row 2.*another row has these words"):
        label_lines(
            articles("标题\n甲乙丙丁戊。"), corrections((2, "甲乙丙", "title"), (2, "乙丙丁", "byline"))
        )


@pytest.mark.parametrize(
    ("parts", "words", "corrected"),
    [
        ("body 甲乙丙", "甲", "title 甲|body 乙丙"),
        ("body 甲乙丙", "乙", "body 甲|title 乙|body 丙"),
        ("body 甲乙丙", "丙", "body 甲乙|title 丙"),
        ("body 甲乙丙", "甲乙丙", "title 甲乙丙"),
        ("body 甲 乙", "甲", "title 甲 |body 乙"),  # a blank belongs to the part before it
        ("body 甲 乙", "乙", "body 甲 |title 乙"),
        ("body  甲乙", "乙", "body  甲|title 乙"),  # nothing is before the first blank
        ("byline 甲乙|body 丙丁", "丁", "byline 甲乙|body 丙|title 丁"),
        ("byline 甲乙|body 丙丁", "乙丙", "byline 甲|title 乙丙|body 丁"),
    ],
)
def test_the_words_of_a_correction_get_its_zone_and_the_rest_keeps_its_own(parts, words, corrected):
    before, after = ([tuple(part.split(" ", 1)) for part in side.split("|")] for side in (parts, corrected))
    assert correct(before, words, "title") == after


@pytest.mark.parametrize("rows", [("甲乙丙", "丁戊"), ("丁戊", "甲乙丙")])
def test_two_corrections_side_by_side_are_both_made(rows):
    fixed = label_lines(
        articles("标题\n甲乙丙丁戊。"), corrections((2, rows[0], "title"), (2, rows[1], "byline"))
    )
    zones = dict(zip(rows, ("title", "byline"), strict=True)) | {"。": "body"}
    assert dict(zip(fixed["text"][1:], fixed["zone"][1:], strict=True)) == zones


@pytest.mark.parametrize(
    "rows", [("甲乙丙", "乙丙丁"), ("乙丙丁", "甲乙丙"), ("甲乙丙丁", "乙"), ("乙", "甲乙丙丁")]
)
def test_two_corrections_that_overlap_in_any_way_are_refused(rows):
    with pytest.raises(ValueError, match=r"^zones\.tsv, row 2 \(a, line 2\): another row has these words"):
        label_lines(articles("标题\n甲乙丙丁戊。"), corrections(*((2, words, "title") for words in rows)))


@pytest.mark.parametrize("number", ["0", "3", "2x", "x2", "-1", ""])
def test_a_correction_of_a_line_that_is_none_is_refused(number):
    with pytest.raises(ValueError, match="occurs there 0 times; there is no such line, or it is blank"):
        label_lines(articles("标题\n好好,下雨"), corrections((number, "好好", "body")))


def test_a_row_is_cited_by_its_line_whose_parts_are_joined():
    lines = label_lines(articles("标题\n天晴了。(记者 某某)"))
    rows = pd.DataFrame({"doc_id": ["a", "a"], "line": [2, 1], "own": ["x", "y"]}, index=[7, 7])
    for frame in (rows, rows.astype({"doc_id": "category"})):
        cited = add_citations(frame, lines)
        assert cited.index.tolist() == [0, 1]
        assert cited.columns.tolist() == ["doc_id", "line", "own", "cite", "line_text"]
        assert cited[["own", "cite", "line_text"]].to_numpy().tolist() == [
            ["x", "a:2", "天晴了。(记者 某某)"],
            ["y", "a:1", "标题"],
        ]
    assert add_citations(rows.head(0), lines).dtypes.tolist() == add_citations(rows, lines).dtypes.tolist()


@pytest.mark.parametrize(
    ("rows", "kept", "message"),
    [
        ({"doc_id": ["a"], "line": [9]}, ["doc_id", "line", "text"], "^a:9 is not among the lines"),
        ({"doc_id": ["b"], "line": [1]}, ["doc_id", "line", "text"], "^b:1 is not among the lines"),
        ({"doc_id": ["a"]}, ["doc_id", "line", "text"], "^There is no column 'line'"),
        ({"line": [1]}, ["doc_id", "line", "text"], "^There is no column 'doc_id'"),
        ({"doc_id": ["a"], "line": [1]}, ["doc_id", "line"], "^There is no column 'text'"),
        (
            {"doc_id": ["a"], "line": [1], "cite": [""]},
            ["doc_id", "line", "text"],
            "^add_citations makes .*'cite'",
        ),
        (
            {"doc_id": ["a"], "line": [1], "line_text": [""]},
            ["doc_id", "line", "text"],
            "^add_citations .*'line_text'",
        ),
    ],
)
def test_a_row_that_cannot_be_cited_is_refused(rows, kept, message):
    with pytest.raises(ValueError, match=message):
        add_citations(pd.DataFrame(rows), label_lines(articles("标题"))[kept])


def test_counted_rows_are_numbered_anew_and_have_the_same_columns():
    rows = pd.DataFrame({"zone": ["byline", "body", "title"], "own": ["x", "y", "z"]})
    kept = pd.DataFrame({"zone": ["body", "title"], "own": ["y", "z"]})
    pd.testing.assert_frame_equal(counted(rows), kept)
    with pytest.raises(ValueError, match=r"^There is no column 'zone'"):
        counted(rows[["own"]])


# A line of 15 Chinese characters is 30 columns wide, which is the least of a text cut to one width.
FULL, SHORT = "字" * 15, "字" * 13


@pytest.mark.parametrize(
    ("lines", "wrapped"),
    [
        ([FULL] * 3, True),
        ([FULL] * 2, False),
        ([FULL] * 3 + [SHORT] * 6, True),  # a third of the lines
        ([FULL] * 3 + [SHORT] * 7, False),
        ([FULL] * 3 + ["", " "] * 9, True),  # blank lines do not count
        (["字" * 14] * 3, False),
        (["字" * 20] * 2 + ["字" * 19] + [FULL] * 6, True),  # one character narrower is as wide
        (["字" * 20] * 2 + ["字" * 18] + [FULL] * 6, False),
        (["a" * 30] * 3, True),  # a Latin letter is half as wide
        ([], False),
    ],
)
def test_a_text_is_cut_to_one_width_where_a_third_of_its_lines_are_full(lines, wrapped):
    assert is_wrapped(lines) is wrapped


@pytest.mark.parametrize(
    ("lines", "zones"),
    [
        ([FULL, "字。"], "body body"),
        (["字" * 14, "字。"], "heading body"),  # narrower than any cut text
        (["字" * 14] * 3 + ["字。"], "body body body body"),  # but for three lines of one width
        ([FULL, "字" * 14, "字。"], "body body body"),  # a mark may have made a line narrower
        (["字" * 16, "字" * 14, "字。"], "heading heading body"),
        ([FULL, "字" * 19 + "。"], "heading body"),  # some line is wider than the heading
        ([FULL, ""], "heading blank"),
        ([FULL], "heading"),
        ([], ""),
    ],
)
def test_a_full_line_goes_on_in_the_body_below_it(lines, zones):
    kinds = [zone_of(line) if line else "blank" for line in lines]
    assert unwrap(kinds, lines) == zones.split()


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("某某网消息:", [("byline", "某某网消息:")]),
        ("(记者 某某)", [("byline", "(记者 某某)")]),
        (
            "明天晴。(记者 某某)[查看原文](http://a)",
            [("body", "明天晴。"), ("byline", "(记者 某某)"), ("boilerplate", "[查看原文](http://a)")],
        ),
        (
            "明天晴。(图源:某报)(记者 某某)[查看原文](http://a)",
            [
                *(("body", "明天晴。"), ("caption", "(图源:某报)"), ("byline", "(记者 某某)")),
                ("boilerplate", "[查看原文](http://a)"),
            ],
        ),
        ("明天晴。(图源:某报)", [("body", "明天晴。"), ("caption", "(图源:某报)")]),
    ],
)
def test_what_stands_around_the_words_of_a_body_line_is_cut_off(line, parts):
    assert split_line("body", line) == parts


@pytest.mark.parametrize("zone", ["title", "caption"])
def test_a_line_of_another_zone_is_one_part(zone):
    assert split_line(zone, "某某网消息:明天晴。") == [(zone, "某某网消息:明天晴。")]


EVERY_ZONE = ["title", "subtitle", "byline", "heading", "body", "caption", "boilerplate"]


@pytest.mark.parametrize("zone", EVERY_ZONE)
def test_a_line_may_be_corrected_to_any_zone(zone):
    assert label_lines(articles("标题"), corrections((1, "标题", zone)))["zone"].tolist() == [zone]


def test_what_the_article_says_is_counted():
    kept = counted(pd.DataFrame({"zone": EVERY_ZONE}))
    assert kept["zone"].tolist() == ["title", "subtitle", "heading", "body"]


def test_where_a_text_comes_from_stays_with_its_article():
    sources = ["file", "sha256", "title", "encoding", "guessed"]
    lines = label_lines(articles("标题").assign(**dict.fromkeys(sources, "x")))
    assert lines.columns.tolist() == label_lines(articles("标题")).columns.tolist()


@pytest.mark.parametrize("mark", "。!?…\uff01\uff1f")
@pytest.mark.parametrize("closing", ["", *"”’」』\"')\uff02\uff07\uff09"])
def test_a_mark_that_ends_a_sentence_ends_its_paragraph(mark, closing):
    text = f"标题\n今天下雨,真的{mark}{closing}\n天晴了,真的。"
    assert label_lines(articles(text))["paragraph"].tolist() == [1, 2, 3]
