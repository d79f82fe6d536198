"""Sums are done from the figures found: one that is not there stops the audit, a wrong sum is a verdict."""

import pandas as pd
import pytest

from corpus_lib import find_figures, read_notes
from corpus_lib.figures import check_sums
from corpus_lib.figures.sums import RELATIONS
from tests.conftest import ROOT

TEXT = (
    "2018年至2020年连续3年,9时许到16时许,3名和超5名,30分钟,1小时,10个,三名,30%,33.3%,1000个,3至9个,"
    "12%,37%,8个,376个,1.2万元,12000元,9999元"
)
FIGURES = find_figures(pd.DataFrame({"doc_id": ["a"], "zone": "body", "start": 0, "text": TEXT}))
ARTICLES = pd.DataFrame({"doc_id": ["a", "b"], "date": ["2021-10", "unknown"]})
CHECK = {"check": "c", "relation": "same", "required": "yes", "left": "", "right": "", "note": ""}


def at(text: str) -> str:
    """Refer to a figure of TEXT by its words."""
    return f"a:{TEXT.index(text)} {text}"


def audit(relation: str, left: list[str], right: str, required: str = "yes") -> dict[str, object]:
    sides = {"left": " | ".join(left), "right": right}
    checks = pd.DataFrame([CHECK | sides | {"relation": relation, "required": required}])
    return check_sums(FIGURES, checks, ARTICLES).to_dict("records")[0]


@pytest.mark.parametrize(
    ("relation", "left", "right", "sum_", "verdict"),
    [
        ("count", ["2018年", "2020年"], "3年", "2020 - 2018 + 1 = 3", "agrees"),
        ("difference", ["2018年", "2020年"], "3年", "2020 - 2018 = 2, not 3", "disagrees"),
        ("ends_by", ["2018年", "2020年"], "3年", "2018 + 3 - 1 = 2020 ≤ 2020", "agrees"),
        ("ends_by", ["2020年", "2020年"], "3年", "2020 + 3 - 1 = 2022 > 2020", "disagrees"),
        ("same", ["3名"], "三名", "3 = 3", "agrees"),
        ("same", ["3名"], "超5名", "3 ≠ 5", "disagrees"),
        ("same", ["三名", "超5名"], "3名", "3 ≠ 5 ≠ 3", "disagrees"),
        ("sum", ["3名", "三名"], "超5名", "3 + 3 = 6, not 5", "disagrees"),
        ("at_most", ["3名"], "超5名", "3 ≤ 5", "agrees"),
        ("at_most", ["3名", "三名"], "超5名", "3 + 3 > 5", "disagrees"),
        ("at_most", ["30分钟"], "1小时", "0.5 ≤ 1", "agrees"),
        ("each", ["3名"], "10个", "10 / 3 = 3.333", "agrees"),
        ("each", ["10个"], "3名", "3 / 10 = 0.3", "disagrees"),
        ("each", ["3名", "超5名"], "10个", "10 / (3 + 5) = 1.25", "agrees"),
        ("each", ["3名", "三名", "超5名"], "10个", "10 / (3 + 3 + 5) = 0.9091", "disagrees"),
        ("same", ["1.2万元"], "12000元", "12,000 = 12,000", "agrees"),
        ("same", ["9999元"], "12000元", "9999 ≠ 12,000", "disagrees"),
        ("share", ["30%"], "10个", "3 / 10 = 30%", "agrees"),
        ("share", ["12%"], "8个", "1 / 8 = 12%", "agrees"),  # 12.5 is as near to 12 as to 13
        ("share", ["37%"], "10个", "3 / 10 = 30%, 4 / 10 = 40%, not 37%", "disagrees"),
        ("share", ["33.3%"], "376个", "125 / 376 = 33.2%, 126 / 376 = 33.5%, not 33.3%", "disagrees"),
        ("share", ["33.3%"], "3名", "1 / 3 = 33.3%", "agrees"),
        ("share", ["30%"], "1000个", "300 / 1000 = 30%", "agrees"),
        ("each", ["1小时"], "30分钟", "0.5 / 1 = 0.5", "disagrees"),
        ("share", ["33.3%"], "10个", "3 / 10 = 30.0%, 4 / 10 = 40.0%, not 33.3%", "disagrees"),
    ],
)
def test_a_sum_comes_out_as_by_hand(relation, left, right, sum_, verdict):
    done = audit(relation, [at(text) for text in left], at(right))
    assert (done["sum"], done["verdict"]) == (sum_, verdict)


def test_what_need_not_agree_is_called_consistent_or_different():
    assert audit("same", [at("3名")], at("三名"), "no")["verdict"] == "consistent, not required"
    assert audit("same", [at("3名")], at("超5名"), "no")["verdict"] == "differs, not required"


def test_an_article_s_year_can_stand_in_a_sum():
    done = audit("difference", [at("2018年"), "a:date"], at("3年"))
    assert (done["sum"], done["articles"]) == ("2021 - 2018 = 3", "a")
    assert done["hedged"] is False


def test_a_date_counts_as_its_hour_wherever_it_stands_in_it():
    text = "10月10日16:30到18:30,历时2小时"
    figures = find_figures(pd.DataFrame({"doc_id": ["b"], "zone": "body", "start": 0, "text": text}))
    first, second, hours = (f"b:{start} {said}" for start, said in figures[["start", "text"]].to_numpy())
    checks = pd.DataFrame([CHECK | {"relation": "difference", "left": f"{first} | {second}", "right": hours}])
    done = check_sums(figures, checks, ARTICLES).to_dict("records")[0]
    assert (done["sum"], done["articles"]) == ("18 - 16 = 2", "b")


@pytest.mark.parametrize(
    ("left", "right", "hedged"),
    [
        ("9时许", "9时许", True), ("超5名", "超5名", True), ("3名", "超5名", True), ("超5名", "3名", True),
        ("3名", "3名", False), ("2018年", "2018年", False),
    ],
)  # fmt: skip
def test_a_hedged_figure_makes_a_hedged_sum(left, right, hedged):
    assert audit("at_most", [at(left)], at(right))["hedged"] is hedged


@pytest.mark.parametrize(
    ("relation", "left", "right", "message"),
    [
        (
            "same",
            ["a:0 4名"],
            at("3名"),
            "no figure 'a:0 4名' with one value; the figure there is 'a:0 2018年'",
        ),
        ("same", ["a:999 4名"], at("3名"), "there is no figure 'a:999 4名' with one value"),
        ("same", ["b:date"], at("3年"), "no figure 'b:date'"),
        ("same", [], at("3名"), "no figure ''"),
        ("same", [at("3名")], at("10个"), "the units 个, 人 do not match"),
        ("sum", [at("2018年")], at("9时许"), "do not match"),
        ("same", [at("3至9个")], at("10个"), "no figure '.*3至9个'"),
        ("share", [at("3名")], at("10个"), "the unit on the left is 人: 'share' needs %"),
        ("ratio", [at("3名")], at("三名"), "there is no relation 'ratio': write one of same"),
        ("count", [at("2018年")], at("3年"), "there are 1 figures on the left: write two"),
        ("same", [at("3名")], f"{at('3名')} | {at('三名')}", "2 figures on the right"),
    ],
)
def test_a_check_that_cannot_be_done_names_its_row(relation, left, right, message):
    with pytest.raises(ValueError, match=r"checks\.tsv, row 1 \(c\): .*" + message):
        audit(relation, left, right)


def test_required_is_yes_or_no():
    with pytest.raises(ValueError, match="required is 'maybe'"):
        audit("same", [at("3名")], at("三名"), "maybe")


def test_an_empty_list_of_checks_gives_an_empty_table_with_its_columns():
    done = check_sums(FIGURES, pd.DataFrame(columns=list(CHECK)), ARTICLES)
    assert done.empty
    assert done.columns.tolist() == ["check", "articles", "sum", "hedged", "verdict", "note"]


def test_the_study_s_checks_are_done_from_figures_that_are_there(study):
    checks = read_notes(ROOT / "seeds", "checks")
    done = check_sums(study.figures, checks, study.articles).set_index("check")
    assert len(done) >= 30
    assert set(checks["relation"]) == set(RELATIONS)
    assert done.loc["hours from the theft to the arrest, and from the call", "sum"] == "16 - 9 = 7"
    assert done.loc["the rate of capture and the suspects caught", "verdict"] == "differs, not required"
    assert done.loc["grid workers and officers for each community", "sum"] == "4130 / 2065 = 2"
    assert done.loc["the fifth Police Day", "verdict"] == "consistent, not required"


def test_a_changed_figure_would_be_seen(study):
    checks = read_notes(ROOT / "seeds", "checks")
    banners = (study.figures["unit"] == "面") & (study.figures["value"] == 3)
    wrong = study.figures.assign(value=study.figures["value"].where(~banners, 4))
    done = check_sums(wrong, checks, study.articles).set_index("check")
    assert done.loc["the banners, one by one", "sum"] == "1 + 1 + 1 = 3, not 4"
    assert done.loc["the banners, one by one", "verdict"] == "disagrees"


@pytest.mark.parametrize(
    ("relation", "left", "right", "needs"),
    [
        ("each", "0名", "3名", "'each' needs a number above zero on the left"),
        ("share", "30%", "0名", "'share' needs one percentage on the left and a number above zero"),
    ],
)
def test_a_share_or_rate_of_zero_is_refused(relation, left, right, needs):
    text = "0名,3名,30%"
    figures = find_figures(pd.DataFrame({"doc_id": ["a"], "zone": "body", "start": 0, "text": text}))
    sides = {"left": f"a:{text.index(left)} {left}", "right": f"a:{text.index(right)} {right}"}
    with pytest.raises(ValueError, match=rf"checks\.tsv, row 1 \(c\): {needs}"):
        check_sums(figures, pd.DataFrame([CHECK | sides | {"relation": relation}]), ARTICLES)


def test_an_error_in_the_arithmetic_is_not_put_on_the_row(monkeypatch):
    def broken(left: list[float], right: float) -> tuple[bool, str]:
        raise ValueError("broken")

    monkeypatch.setitem(RELATIONS, "same", broken)
    with pytest.raises(ValueError, match=r"^broken$"):
        audit("same", [at("3名")], at("三名"))
