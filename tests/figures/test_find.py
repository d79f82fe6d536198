"""Every numeral is found where it stands; what has a value has one, what reports nothing has none."""

import math
import re
import time
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import add_readings, counted, find_figures, read_notes
from corpus_lib.characters import HALF_WIDTH_NUMERALS
from corpus_lib.evaluation import score_figures
from corpus_lib.figures.find import WITH_VALUE, Figure, figures_in
from corpus_lib.figures.readings import READING
from corpus_lib.figures.rules import RULES, all_rules, one_rule
from corpus_lib.figures.values import QUALIFIERS
from tests.conftest import ROOT

KINDS = {"quantity", "date", "span", "ordinal", "name", "formula", "lexical"}
LABELS = ["text", "kind", "value", "value_to", "unit", "qualifier"]
CASES = ROOT / "tests" / "cases"
LIBRARY = ROOT / "corpus_lib"


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a table whose every cell is text; one that is not there has no rows."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]


def lines(*texts: str, zone: str = "body") -> pd.DataFrame:
    starts = [100 * i for i in range(len(texts))]
    return pd.DataFrame({"doc_id": "a", "year": "2021", "zone": zone, "start": starts, "text": list(texts)})


def number(cell: str | float) -> float | None:
    """Read a value, so that 5 and 5.0 are alike and a missing one is None."""
    return None if cell == "" or math.isnan(float(cell)) else round(float(cell), 9)


def labels(row: Figure | dict[str, str]) -> tuple[object, ...]:
    """Give what is compared: text, kind, value, value_to, unit, qualifier."""
    cells = row if isinstance(row, dict) else row._asdict()
    return tuple(number(cells[c]) if c.startswith("value") else cells[c] for c in LABELS)


# The study's own articles, every numeral as a person labelled it who had not seen the rules.

SEEDS = read_table(CASES / "figures_seeds.tsv")
PLACE = ["doc_id", "line", "start"]


def test_the_figures_of_the_study_are_those_a_person_labelled(study):
    found = {
        tuple(map(str, row[:3])): labels(dict(zip(LABELS, row[3:], strict=True)))
        for row in study.figures[PLACE + LABELS].to_numpy().tolist()
    }
    labelled = {tuple(row[column] for column in PLACE): labels(row) for row in SEEDS}
    assert len(labelled) > 300
    assert found == labelled


# Sentences of other news, written and labelled by somebody else who had not seen the rules. At first
# sight the rules found 147 of the 158 quantities labelled, 7 of the 154 they found were none, and 194
# of 224 rows were right in full. Then rules were mended in general terms, and the labels of seven
# sentences brought into line with those of the study (no 来 or 功 in a span; 几枚 without a value), so
# what passes now no longer says how the rules do on news they have not met: the first score does.
# That was the first 160 sentences. For the last 120 two people labelled each by the written guide. At
# first sight the rules agreed with one in place and kind on 151 of 168 quantities (174 found; 147 right
# in full) and with the other on 153 of 174, while the two agreed with each other on 164. Then rules were
# mended again; where the two differ, the label is the one of the guide and of the study's own habits.
# One label of the first 160 was changed then: 未发生一起 is none. Later all labels of 几 (十几人) became
# approx, as the contract has it, and three days took the part of the day behind them (8月24日上午).

SENTENCES: dict[str, list[dict[str, str]]] = {}
for case in read_table(CASES / "figures_unseen.tsv"):
    SENTENCES.setdefault(case["sentence"], []).append(case)

# What the rules get wrong, and why they are left so.
FAILURES = {
    "小林在射击项目中拿下头名。": "头 is no numeral of the contract's list",
    "民警破获一起跨省贩卖驾驶证案，抓获一男一女。": "one man and one woman stay two figures of one",
    "法院以盗窃罪判处其有期徒刑三年六个月。": "years and months stay two figures",
    "２０２４年３月，市公安局印发《关于进一步加强电动自行车管理的通告》（公通字〔2024〕17号）。": (
        "where the letters of a document's number begin, running text does not tell"
    ),
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_figures_of_a_sentence_are_those_a_person_labelled(sentence, request):
    if sentence in FAILURES:
        request.applymarker(pytest.mark.xfail(strict=True, reason=FAILURES[sentence]))
    expected = [labels(row) for row in SENTENCES[sentence] if row["text"]]
    assert [labels(figure) for figure in figures_in(sentence)] == expected


def test_the_list_of_failures_names_sentences_that_are_there():
    assert len(SENTENCES) > 100
    assert set(FAILURES) <= set(SENTENCES)


# Inputs that reviewers found to fail (A…, D…), and others of the same kinds (S…), with what is expected:
# `text = value unit, qualifier, kind`, where exact and quantity go unsaid, and `text = kind` without a value.

FAILING = read_table(CASES / "figures_failing.tsv")


def in_short(figure: Figure) -> str:
    """Write a figure as the cases have it."""
    if math.isnan(figure.value):
        return f"{figure.text} = {figure.kind}"
    end = "" if math.isnan(figure.value_to) else f"..{figure.value_to:.10g}"
    more = [figure.qualifier] * (figure.qualifier != "exact") + [figure.kind] * (figure.kind != "quantity")
    return f"{figure.text} = {', '.join([f'{figure.value:.10g}{end} {figure.unit}'.strip(), *more])}"


@pytest.mark.parametrize("case", FAILING, ids=[case["id"] for case in FAILING])
def test_numerals_of_every_kind_are_read_right_or_not_at_all(case, request):
    if case["xfail"]:
        request.applymarker(pytest.mark.xfail(strict=True, reason=case["xfail"]))
    text = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), case["text"])
    assert (" ; ".join(map(in_short, figures_in(text))) or "-") == case["figures"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # A figure that joins the one before it has the qualifier of that one.
        ("约三年六个月", "约三年 = 3 年, approx, span ; 六个月 = 6 个月, approx"),
        ("约3年6个月", "约3年 = 3 年, approx, span ; 6个月 = 6 个月, approx"),
        ("约三年和六个月", "约三年 = 3 年, approx, span ; 六个月 = 6 个月"),
        # A qualifier may stand up to eleven characters before its figure.
        ("不到过去同期平均水平的六成", "六成 = 60 %, at_most"),
        # A range may end where it begins, and below zero it begins with the lower end.
        ("5至5人", "5至5人 = 5..5 人"),
        ("零下七八度", "零下七八度 = -8..-7 度"),
        ("零下15至20度", "零下15至20度 = -20..-15 度"),
        ("±3℃", "±3℃ = -3..3 ℃"),
    ],
)
def test_what_stands_around_a_numeral_is_read_with_it(text, figures):
    assert " ; ".join(map(in_short, figures_in(text))) == figures


def test_nine_in_ten_of_the_failing_inputs_are_mended():
    assert sum(not case["xfail"] for case in FAILING) >= 0.9 * len(FAILING)


# Sentences that were labelled by two people after the rules were last mended, each without sight of the
# other and of the rules. They are a measure, not a list to mend by: a rule that is changed to please one
# of them makes the score worthless, and then new sentences are wanted.


def test_the_rules_do_nearly_as_well_on_news_they_have_never_met():
    cases = pd.DataFrame(read_table(CASES / "figures_heldout.tsv")).rename(columns={"sentence": "doc_id"})
    texts = sorted(set(cases["doc_id"]))
    unseen = pd.DataFrame({"doc_id": texts, "zone": "body", "start": 0, "text": texts})
    first = cases[(cases["annotator"] == "A") & (cases["text"] != "")]
    score = score_figures(find_figures(unseen), first).set_index("kind").loc["quantity"]
    assert len(texts) == 150
    assert set(texts).isdisjoint(SENTENCES)
    assert score["precision"] >= 94
    assert score["recall"] >= 96
    assert score["in_full"] >= 0.94 * score["found"]


# What numerals are made of, and the odd forms of it.

CHARACTERS = "0123456789,.:-+%零一二三十百千万亿两几数半首第多余近约超不到起个名年月日时分号人“”、ANx９％"
ALPHABET = st.sampled_from([*CHARACTERS, "小时", "以上", "至少", "分之", "统一", "年来", "三,"])
ODD = st.sampled_from(
    [
        *CHARACTERS,
        *"兩萬億點負伍仟拾圆廿卅½㎏Ⅱ俩Oo￥$w，/比、±−米块角成",
        " ",
        "\u2009",
        "\u200b",
        "\u3000",
        "US$",
    ]
)

# The table of rules and the data files.


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_finds_its_own_example(rule):
    assert rule.name in {figure.rule for figure in figures_in(rule.example)}


@given(st.lists(ALPHABET | ODD, max_size=14).map("".join))
def test_all_rules_in_one_pattern_find_what_they_find_one_after_another(text):
    """The one pattern only saves time: at every place it names the first rule that matches."""
    for place in range(len(text)):
        found = all_rules().match(text, place)
        first = next((i for i in range(len(RULES)) if one_rule(i).match(text, place)), None)
        assert first == (int(str(found.lastgroup)[1:]) if found else None)


def test_each_rule_has_a_name_of_its_own_a_kind_and_a_reason():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.kind for rule in RULES} <= KINDS | {"word"}
    assert all(rule.reason and rule.pattern == rule.pattern.strip() for rule in RULES)


@pytest.mark.parametrize(
    ("name", "column", "allowed"),
    [
        ("units", "unit", {"classifier", "measure", "money", "time", "rate", "none"}),
        ("numeral_words", "word", KINDS - WITH_VALUE),
    ],
)
def test_a_data_file_lists_each_word_once(name, column, allowed):
    rows = read_table(LIBRARY / f"{name}.tsv")
    words = [row[column] for row in rows]
    assert len(set(words)) == len(words)
    assert {row["type" if name == "units" else "kind"] for row in rows} <= allowed
    assert all(word.strip() == word and word for word in words)


@pytest.mark.parametrize("unit", ["起", "号", "年", "分", "级", "点", "成"])
def test_a_doubtful_unit_has_its_reason(unit):
    (reason,) = [row["reason"] for row in read_table(LIBRARY / "units.tsv") if row["unit"] == unit]
    assert reason != ""


@pytest.mark.parametrize(
    ("text", "unit"),
    [("5分钟", "分钟"), ("98.5分", "分"), ("3平方米", "平方米"), ("2人次", "人次"), ("3个小时", "小时")],
)
def test_the_longest_unit_wins(text, unit):
    assert [figure.unit for figure in figures_in(text)] == [unit]


# The promises of the table.


def test_spans_point_at_their_text_and_do_not_overlap(study):
    texts = dict(zip(study.articles["doc_id"], study.articles["text"], strict=True))
    for doc_id, rows in study.figures.groupby("doc_id"):
        spans = list(zip(rows["start"], rows["end"], rows["text"], strict=True))
        assert all(texts[doc_id][start:end] == text for start, end, text in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_values_are_set_for_the_kinds_that_say_how_much(study):
    figures = study.figures
    assert (figures["value"].notna() == figures["kind"].isin(WITH_VALUE)).all()
    assert not (figures["value_to"].notna() & figures["value"].isna()).any()
    assert figures.loc[figures["value"].isna(), "unit"].eq("").all()


def test_nothing_is_read_from_bylines_and_boilerplate(study):
    assert not set(study.figures["zone"]) & {"byline", "boilerplate"}
    assert find_figures(lines("3名", zone="byline")).empty
    assert find_figures(lines("3名", zone="caption"))["text"].tolist() == ["3名"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []), (" \t\u3000", []), ("No numerals here.", []), ("3 men and 40%", ["3", "40%"]),
        ("日本語で3人", ["3人"]), ("😀５\x00", ["５"]), ("Ⅳ ① ³", []), ("\u0665\u0661", []),
    ],
)  # fmt: skip
def test_what_is_not_chinese_or_nothing_is_answered(text, found):
    """Ringed, raised and Arabic-Indic numerals, and Roman ones but before 级, are none of the contract."""
    assert [figure.text for figure in figures_in(text)] == found


def test_columns_keep_their_order_and_unknown_ones_are_carried(study):
    own = [column for column in study.lines.columns if column not in {"start", "end", "text"}]
    assert study.figures.columns.tolist() == [*own, *Figure._fields]
    assert find_figures(lines("3名", "无"))["year"].tolist() == ["2021"]


def test_an_empty_result_keeps_columns_and_types():
    full, empty = find_figures(lines("3名")), find_figures(lines("无"))
    assert empty.empty
    assert empty.columns.tolist() == full.columns.tolist()
    types = ["start", "end", "text", "kind", "value", "value_to", "unit", "qualifier", "rule"]
    assert empty[types].dtypes.tolist() == full[types].dtypes.tolist()
    assert find_figures(lines()).columns.tolist() == full.columns.tolist()


def test_the_lines_are_left_as_they_were():
    before = lines("抓获3名", "第二次").set_index(pd.Index([7, 7]))
    found = find_figures(before)
    assert found[["start", "text"]].to_numpy().tolist() == [[2, "3名"], [100, "第二次"]]
    pd.testing.assert_frame_equal(before, lines("抓获3名", "第二次").set_index(pd.Index([7, 7])))


@given(st.lists(ALPHABET | ODD, max_size=14).map("".join))
def test_any_mix_of_digits_and_units_keeps_the_promises(text):
    end = 0
    for figure in figures_in(text):
        assert end <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        assert figure.kind in KINDS
        assert math.isfinite(figure.value) == (figure.kind in WITH_VALUE)
        assert math.isnan(figure.value_to) or figure.kind in WITH_VALUE
        assert figure.qualifier in {*QUALIFIERS, "exact"} if figure.kind in WITH_VALUE else figure.unit == ""
        end = figure.end


@given(st.lists(ALPHABET, max_size=14).map("".join))
def test_no_digit_is_left_out(text):
    covered = {i for figure in figures_in(text) for i in range(figure.start, figure.end)}
    assert {i for i, c in enumerate(text) if c in "0123456789零一二三十百千万亿"} <= covered


@given(st.lists(ALPHABET, max_size=14).map("".join))
def test_full_width_equals_half_width(text):
    half = [figure._replace(text="") for figure in figures_in(text.translate(HALF_WIDTH_NUMERALS))]
    assert repr([figure._replace(text="") for figure in figures_in(text)]) == repr(half)


# Lines made to make a rule run on. A rule that does not come to an end is noticed.


@pytest.mark.parametrize(
    "part",
    ["1", "一", "万", "一个", "1,111", "1万", "1+", "、一", "1年", "1:", "1-", "零", "“中", "约1", "三分之"],
)  # fmt: skip
def test_a_line_of_100_000_characters_is_read_to_its_end(part):
    text = (part * 100_000)[:100_000]
    figures = figures_in(text)
    covered = {i for figure in figures for i in range(figure.start, figure.end)}
    assert all(first.end <= second.start for first, second in pairwise(figures))
    assert {i for i, c in enumerate(text) if c in "01一万三零"} <= covered


@pytest.mark.parametrize("part", ["1-", "1,", "一", "1:", "0.", "十万", "第", "（2019"])
def test_a_line_of_300_000_parts_takes_no_more_than_linear_time(part):
    """A rule that reads a line again at every place would take minutes."""
    figures_in("3名")
    start = time.perf_counter()
    figures_in(part * 300_000)
    assert time.perf_counter() - start < 10


# Readings.

MEASURES = read_notes(ROOT / "seeds", "measures")


def test_every_counted_quantity_of_the_study_is_read_and_every_reading_meets_one(study):
    quantities = counted(study.figures).query("kind == 'quantity'")
    read = add_readings(quantities, MEASURES)
    assert len(read) == len(quantities) == len(MEASURES)
    required = [column for column in READING if column != "note"]
    assert (read[required] != "").all().all()
    assert set(read["status"]) <= {"result", "standard", "target", "threshold", "unknown"}
    assert set(read["direction"]) <= {"up", "down", "none", "unknown"}


def test_periods_are_dates_in_order_or_unknown():
    dates = MEASURES["period_start"].str.cat(MEASURES["period_end"], sep=" ")
    assert dates.str.fullmatch(r"(unknown|\d{4}(-\d\d){0,2}) (unknown|\d{4}(-\d\d){0,2})").all()
    known = MEASURES[(MEASURES["period_start"] != "unknown") & (MEASURES["period_end"] != "unknown")]
    assert len(known) > 40
    assert (known["period_start"] <= known["period_end"]).all()


def test_a_figure_that_nobody_has_read_has_empty_cells():
    figures = find_figures(lines("抓获3名"))
    assert add_readings(figures, MEASURES.head(0))[READING].to_numpy().tolist() == [[""] * len(READING)]


@pytest.mark.parametrize(
    ("doc_id", "start", "text", "message"),
    [
        ("a", "9", "3名", "no figure starts there"), ("a", "2", "4名", "the figure there is '3名'"),
        ("zz", "2", "3名", "article 'zz' has no figures; the articles with figures are a, b"),
        ("a", "02", "3名", "write 2 for 02"), ("a", "２", "3名", "write 2 for ２"),
        ("a", "2.0", "3名", "'2.0' is not an offset: write the number of characters before the figure"),
    ],
)  # fmt: skip
def test_a_reading_that_meets_no_figure_names_its_row_and_says_why(doc_id, start, text, message):
    figures = find_figures(pd.concat([lines("抓获3名"), lines("5名").assign(doc_id="b")]))
    reading = MEASURES.head(1).assign(doc_id=doc_id, start=start, text=text)
    place = re.escape(f"measures.tsv, row 1 ({doc_id}, {start}, '{text}'): {message}.")
    with pytest.raises(ValueError, match=f"^{place}$"):
        add_readings(figures, reading)


def test_readings_keep_the_rows_of_the_figures_whatever_their_index():
    figures = find_figures(lines("抓获3名", "第二次")).set_index(pd.Index([7, 7]))
    reading = MEASURES.head(1).assign(doc_id="a", start="100", text="第二次", measure="time", own="x")
    read = add_readings(figures, reading)
    assert read[["text", "measure", "own"]].to_numpy().tolist() == [["3名", "", ""], ["第二次", "time", "x"]]


# A rule that cannot read what it has matched says so with None; an error is a fault, and is not passed over.


@pytest.mark.parametrize("name", ["values._amounts", "values.read_value", "find.read_qualifier"])
def test_an_error_inside_a_rule_s_reader_is_seen(name, monkeypatch):
    def broken(*_: object) -> None:
        raise ValueError("a fault of the program")

    monkeypatch.setattr(f"corpus_lib.figures.{name}", broken)
    with pytest.raises(ValueError, match="a fault of the program"):
        figures_in("前三名,三分之一,3名")


def test_a_numeral_that_cannot_be_read_is_left_to_the_next_rule(monkeypatch):
    assert [figure.rule for figure in figures_in("3名")] == ["amount"]
    monkeypatch.setattr("corpus_lib.figures.values._amounts", lambda text: None)
    assert [figure.rule for figure in figures_in("3名")] == ["left"]


@pytest.mark.parametrize(
    "text", ["0分之0", "零分之一", "〇分之一", "00分之三", "0.0分之5", "三十至五人", "5-3人"]
)
def test_a_share_of_zero_parts_and_a_range_that_runs_backwards_are_no_figures_of_their_own(text):
    figures = figures_in(text)
    assert len(figures) >= 2
    assert all(math.isnan(figure.value_to) for figure in figures)


def test_a_figure_read_twice_is_refused():
    reading = MEASURES.head(1).assign(doc_id="a", start="2", text="3名")
    with pytest.raises(ValueError, match=r"measures\.tsv, row 2 \(a, 2, '3名'\): this figure has two rows"):
        add_readings(find_figures(lines("抓获3名")), pd.concat([reading, reading]))
