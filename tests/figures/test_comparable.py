"""Figures share an axis only when all that a comparison presumes agrees; unknown agrees with nothing."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import add_readings, counted, read_notes
from corpus_lib.figures import count_comparable_pairs, explain_pairs, group_comparable
from corpus_lib.figures.comparable import CRITERIA, period_length
from tests.conftest import ROOT

READ = {
    **{"doc_id": "a", "text": "5名", "unit": "名", "measure": "officers", "population": "police"},
    **{"area": "X", "area_level": "district", "status": "result"},
    **{"period_start": "2019", "period_end": "2020"},
}


def figures(*changes: dict[str, str]) -> pd.DataFrame:
    """A figure, then one for each change to it."""
    return pd.DataFrame([READ, *(READ | change for change in changes)])


@pytest.mark.parametrize(
    ("change", "apart"),
    [
        ({}, "may share an axis"),
        ({"unit": "人"}, "may share an axis"),
        ({"period_start": "2021", "period_end": "2022"}, "may share an axis"),
        ({"population": "others", "area": "Y"}, "may share an axis"),
        ({"unit": "个"}, "unit: 人 / 个"),
        ({"unit": ""}, "unit: 人 / none"),
        ({"measure": "drivers"}, "measure: officers / drivers"),
        ({"status": "target"}, "status: result / target"),
        ({"area": "City", "area_level": "city"}, "level of area: district / city"),
        ({"period_end": "2019"}, "length of period: 2 years / 1 year"),
        ({"period_end": "unknown"}, "length of period: 2 years / unknown"),
    ],
)
def test_one_difference_keeps_two_figures_apart(change, apart):
    read = group_comparable(figures(change))
    assert (read["comparable_set"].nunique() == 1) == (apart == "may share an axis")
    assert explain_pairs(read)["differs_in"].tolist() == [apart]


def test_a_pair_is_named_by_labels_where_there_are_some_and_what_is_not_said_is_none():
    read = group_comparable(figures({"unit": "个"}).assign(unit=["", "个"]))
    assert explain_pairs(read).to_numpy().tolist() == [["5名", "5名", "unit: none / 个"]]
    labelled = explain_pairs(read.assign(label=["one", "two"]))
    assert labelled[["one", "other"]].to_numpy().tolist() == [["one", "two"]]


def test_the_criteria_are_counted_in_their_order():
    counts = count_comparable_pairs(group_comparable(figures({"doc_id": "b", "status": "target"})), "doc_id")
    assert counts.to_numpy().tolist() == [
        ["any two", 1], ["unit", 1], ["measure", 1], ["status", 0],
        ["level of area", 0], ["length of period", 0],
    ]  # fmt: skip


def test_a_place_within_the_other_is_said_and_keeps_no_axes_apart():
    read = group_comparable(figures({"area": "Y, X"}, {"area": "XY"}))
    assert read["comparable_set"].tolist() == [1, 1, 1]
    assert explain_pairs(read)["differs_in"].tolist()[:2] == ["place: Y, X lies in X", "may share an axis"]


def test_a_place_within_the_other_is_a_reason():
    read = group_comparable(figures({"area": "Y", "area_level": "city"}, {"area": "X, Y"}))
    assert (
        explain_pairs(read)["differs_in"].tolist()[-1]
        == "level of area: city / district; place: X, Y lies in Y"
    )


@pytest.mark.parametrize("column", ["measure", "status", "area_level", "period_start"])
@pytest.mark.parametrize("word", ["", "unknown"])
def test_unknown_agrees_with_nothing_not_even_unknown(column, word):
    unread = {column: word}
    read = group_comparable(figures(unread, unread).iloc[1:].reset_index(drop=True))
    assert read["comparable_set"].tolist() == [1, 2]
    assert (
        CRITERIA["period_length" if column == "period_start" else column]
        in explain_pairs(read)["differs_in"].iloc[0]
    )


cells = st.fixed_dictionaries(
    {
        "doc_id": st.sampled_from("ab"),
        "unit": st.sampled_from(["名", "人", "个"]),
        "measure": st.sampled_from(["m", "n", ""]),
        "status": st.sampled_from(["result", "unknown"]),
        "area_level": st.just("district"),
        "area": st.just("X"),
        "period_start": st.sampled_from(["2019", "2020", "unknown"]),
        "period_end": st.just("2020"),
        "text": st.just("5名"),
    }
)


@given(st.lists(cells, max_size=8))
def test_pairs_axes_and_reasons_say_the_same(rows):
    read = group_comparable(pd.DataFrame(rows, columns=list(READ)))
    pairs = list(combinations(read.to_dict("records"), 2))
    share = [a["comparable_set"] == b["comparable_set"] for a, b in pairs]
    assert share == (explain_pairs(read)["differs_in"] == "may share an axis").tolist()
    across = [a["doc_id"] != b["doc_id"] for a, b in pairs]
    counted_pairs = count_comparable_pairs(read, "doc_id")["n"].tolist()
    assert counted_pairs[0] == sum(across)
    assert counted_pairs[-1] == sum(s and x for s, x in zip(share, across, strict=True))
    assert counted_pairs == sorted(counted_pairs, reverse=True)


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ("2000", "2024", "25 years"), ("2013", "2021", "9 years"), ("2018", "2020", "3 years"),
        ("2020", "2020", "1 year"),
        ("2023", "2023-09-15", "8 months"), ("2020-01", "2025-01", "61 months"),
        ("2024-09", "2024-09", "30 days"), ("2021-10-10", "2021-10-10", "1 day"),
        ("2020-02-29", "2021-02-28", "1 year"), ("", "2020", "unknown"), ("2020", "unknown", "unknown"),
    ],
)  # fmt: skip
def test_a_period_is_as_long_as_the_calendar_says(start, end, length):
    assert period_length(start, end) == length


@pytest.mark.parametrize(
    ("start", "end", "message"), [("2021", "2020", "before it begins"), ("Mai", "2020", "Mai")]
)
def test_a_period_that_is_none_is_refused(start, end, message):
    with pytest.raises(ValueError, match=message):
        period_length(start, end)


def test_the_figures_given_are_left_as_they_were():
    before = figures({"unit": "个"})
    group_comparable(before)
    pd.testing.assert_frame_equal(before, figures({"unit": "个"}))


def test_no_two_articles_of_the_study_share_an_axis_and_one_squad_does_with_itself(study):
    quantities = counted(study.figures).query("kind == 'quantity'")
    read = group_comparable(add_readings(quantities, read_notes(ROOT / "seeds", "measures")))
    shared = read[read.duplicated("comparable_set", keep=False)]
    assert shared[["doc_id", "measure", "text"]].to_numpy().tolist() == [
        ["004", "strength of the squad", "7个人"],
        ["004", "strength of the squad", "110名"],
    ]
    assert read.groupby("area")["area_level"].nunique().eq(1).all()


def test_figures_that_nobody_has_read_and_missing_groups_are_refused():
    with pytest.raises(ValueError, match="pass them through add_readings"):
        group_comparable(pd.DataFrame({"unit": ["名"]}))
    with pytest.raises(ValueError, match="doc_id is missing in 1 figures"):
        count_comparable_pairs(group_comparable(figures({"doc_id": None})), "doc_id")
    with pytest.raises(ValueError, match="pass them through group_comparable"):
        count_comparable_pairs(figures({}), "doc_id")
    with pytest.raises(ValueError, match="pass them through group_comparable"):
        explain_pairs(figures({}))


def test_a_missing_cell_is_unknown_too():
    read = group_comparable(figures({"measure": None}, {"measure": None}).iloc[1:])
    assert read["comparable_set"].tolist() == [1, 2]
