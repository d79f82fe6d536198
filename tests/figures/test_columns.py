"""What the verbs for figures ask of columns: those needed are there, those made are new, others stay."""

import numpy as np
import pandas as pd
import pytest

from corpus_lib import add_readings, find_figures
from corpus_lib.figures import check_sums, count_comparable_pairs, explain_pairs, group_comparable
from corpus_lib.figures.find import Figure
from corpus_lib.figures.readings import READING

LINES = pd.DataFrame(
    {
        "doc_id": ["a", "b"],
        "zone": "body",
        "start": [0, 9],
        "end": [6, 15],
        "text": ["抓获3名,4个", "抓获5名,6个"],
    }
)
FIGURES = find_figures(LINES)
MEASURES = pd.DataFrame(
    [
        {"doc_id": "a", "start": "2", "text": "3名"} | dict.fromkeys(READING, "known"),
        {"doc_id": "b", "start": "11", "text": "5名"} | dict.fromkeys(READING, "known"),
    ]
).assign(period_start="2020", period_end="2020")
READ = add_readings(FIGURES, MEASURES)
AXES = group_comparable(READ)
ARTICLES = pd.DataFrame({"doc_id": ["a", "b"], "date": ["2021", "2022"]})
CHECKS = pd.DataFrame(
    [["c", "same", "yes", "a:2 3名", "b:11 5名", ""]],
    columns=["check", "relation", "required", "left", "right", "note"],
)

# Each verb that makes columns, as what it does to the frame whose columns it carries.
MAKING = {
    "find_figures": (find_figures, LINES),
    "add_readings": (lambda figures: add_readings(figures, MEASURES), FIGURES),
    "group_comparable": (group_comparable, READ),
    "check_sums": (lambda checks: check_sums(FIGURES, checks, ARTICLES), CHECKS),
}
MADE = {name: [c for c in verb(frame) if c not in frame] for name, (verb, frame) in MAKING.items()}
each_verb = pytest.mark.parametrize("name", MAKING)

# Names that a corpus may give a column of its own, and that a careless verb would use for itself.
FOREIGN = [
    *(
        "length",
        "kind",
        "comparable_set",
        "value",
        "rule",
        "english",
        "height",
        "row",
        "amount",
        "line_start",
        "index",
    ),
    *("level_0", "_key", "there", "place", "n", "agree_in", "one", "other", "differs_in", "label_of", "sum"),
    *("measure", "articles", "counted_in", "own", "there_x", "text_y", 0),
]


def with_columns(frame: pd.DataFrame, columns: list[object]) -> pd.DataFrame:
    """Give a frame columns of those names, each cell different."""
    cells = {column: [f"{column} {i}" for i in range(len(frame))] for column in columns}
    return pd.concat([frame, pd.DataFrame(cells, index=frame.index)], axis=1)


@pytest.mark.parametrize(("name", "column"), [(name, column) for name in MADE for column in MADE[name]])
def test_a_column_that_a_verb_makes_is_refused_by_name(name, column):
    verb, frame = MAKING[name]
    with pytest.raises(ValueError, match=f"^{name} makes a column '{column}', and there is one"):
        verb(with_columns(frame, [column]))


def test_each_verb_makes_columns():
    assert {name: len(columns) for name, columns in MADE.items()} == {
        "find_figures": len(Figure._fields) - 3,
        "add_readings": len(READING),
        "group_comparable": 3,
        "check_sums": 4,
    }


@each_verb
def test_other_columns_are_carried_and_change_nothing(name):
    verb, frame = MAKING[name]
    foreign = [column for column in FOREIGN if column not in frame and column not in MADE[name]]
    carried, plain = verb(with_columns(frame, foreign)), verb(frame)
    pd.testing.assert_frame_equal(carried[plain.columns], plain, check_column_type=False)
    assert set(carried) == {*plain, *foreign}
    rows = [list(LINES["doc_id"]).index(i) for i in carried["doc_id"]] if name == "find_figures" else None
    for column in foreign:
        assert carried[column].tolist() == [f"{column} {i}" for i in (rows or range(len(carried)))]


@each_verb
def test_a_category_is_carried_as_one(name):
    verb, frame = MAKING[name]
    out = verb(frame.assign(city=pd.Categorical(["X"] * len(frame), categories=["X", "Y"])))
    assert out["city"].dtype == pd.CategoricalDtype(["X", "Y"])


def test_a_category_of_articles_meets_its_readings():
    read = add_readings(FIGURES.astype({"doc_id": "category"}), MEASURES)
    assert read["measure"].tolist() == ["known", "", "known", ""]
    assert read["doc_id"].dtype == "category"


def test_a_further_column_of_the_readings_is_carried_and_must_be_new():
    read = add_readings(FIGURES, MEASURES.assign(level_0=["x", "y"]))
    assert read["level_0"].tolist() == ["x", "", "y", ""]
    with pytest.raises(ValueError, match="add_readings makes a column 'unit'"):
        add_readings(FIGURES, MEASURES.assign(unit="x"))


def test_counts_and_reasons_are_the_same_with_any_other_column():
    foreign = with_columns(AXES, [column for column in FOREIGN if column not in AXES])
    pd.testing.assert_frame_equal(
        count_comparable_pairs(foreign, "doc_id"), count_comparable_pairs(AXES, "doc_id")
    )
    pd.testing.assert_frame_equal(explain_pairs(foreign), explain_pairs(AXES))


@pytest.mark.parametrize("across", ["agree_in", "n", "measure", "one"])
def test_pairs_are_counted_across_a_column_of_any_name(across):
    renamed = AXES.assign(**{across: AXES["doc_id"]})
    counts = count_comparable_pairs(renamed, across)
    assert counts["n"].iloc[0] == 4
    assert counts["n"].iloc[-1] == (0 if across == "measure" else 1)


# A column that is needed and not there is named, and those that are there are listed.

NEEDED = {
    "find_figures": (find_figures, LINES, ["zone", "start", "text"]),
    "add_readings": (lambda f: add_readings(f, MEASURES), FIGURES, ["doc_id", "start", "text"]),
    "add_readings, readings": (lambda m: add_readings(FIGURES, m), MEASURES, ["doc_id", "start", "text"]),
    "group_comparable": (
        group_comparable,
        READ,
        ["unit", "status", "area_level", "period_start", "period_end"],
    ),
    "count_comparable_pairs": (
        lambda f: count_comparable_pairs(f, "doc_id"),
        AXES,
        ["doc_id", "status", "area_level"],
    ),
    "explain_pairs": (explain_pairs, AXES, ["text", "area", "status", "area_level"]),
    "check_sums": (
        lambda f: check_sums(f, CHECKS, ARTICLES),
        FIGURES,
        ["doc_id", "start", "text", "kind", "value", "unit", "qualifier"],
    ),
    "check_sums, checks": (lambda c: check_sums(FIGURES, c, ARTICLES), CHECKS, list(CHECKS)),
    "check_sums, articles": (lambda a: check_sums(FIGURES, CHECKS, a), ARTICLES, list(ARTICLES)),
}


@pytest.mark.parametrize(("name", "column"), [(name, c) for name in NEEDED for c in NEEDED[name][2]])
def test_a_column_that_is_needed_is_named_and_the_others_are_listed(name, column):
    verb, frame, _ = NEEDED[name]
    there = ", ".join(c for c in frame if c != column)
    with pytest.raises(ValueError, match=f"^There is no column '{column}'. The columns are: {there}.$"):
        verb(frame.drop(columns=column))


def test_pairs_across_an_unknown_column_are_refused_by_name():
    with pytest.raises(ValueError, match=r"There is no column 'jahr'\. The columns are: doc_id"):
        count_comparable_pairs(AXES, "jahr")


# Nothing found is an empty table with its columns and types.

EMPTY = {
    "lines without numerals": (find_figures(LINES.assign(text="没有")), FIGURES),
    "no lines": (find_figures(LINES.head(0)), FIGURES),
    "no figures": (add_readings(FIGURES.head(0), MEASURES.head(0)), READ),
    "no readings of no figures": (
        add_readings(FIGURES.head(0), MEASURES.head(0).drop(columns="subject")),
        READ,
    ),
    "no axes": (group_comparable(READ.head(0)), AXES),
    "no reasons": (explain_pairs(AXES.head(1)), explain_pairs(AXES)),
    "no checks": (
        check_sums(FIGURES, CHECKS.head(0), ARTICLES),
        check_sums(FIGURES, CHECKS, ARTICLES),
    ),
    "no checks of no figures": (
        check_sums(FIGURES.head(0), CHECKS.head(0), ARTICLES.head(0)),
        check_sums(FIGURES, CHECKS, ARTICLES),
    ),
}


@pytest.mark.parametrize("case", EMPTY)
def test_nothing_found_is_an_empty_table_of_the_same_columns_and_types(case):
    empty, full = EMPTY[case]
    assert len(empty) == 0
    assert len(full) > 0
    assert list(empty) == list(full)
    assert empty.dtypes.tolist() == full.dtypes.tolist()


def test_no_figures_have_no_pairs():
    counts = count_comparable_pairs(AXES.head(0), "doc_id")
    assert counts["n"].tolist() == [0] * len(count_comparable_pairs(AXES, "doc_id"))
    assert counts.dtypes.tolist() == count_comparable_pairs(AXES, "doc_id").dtypes.tolist()


def test_a_figure_that_nobody_has_read_stands_alone():
    assert AXES["comparable_set"].tolist() == [1, 2, 1, 3]
    assert np.array_equal(AXES["counted_in"], ["人", "个", "人", "个"])
