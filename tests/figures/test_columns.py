"""What the verbs for figures ask of columns: those needed are there, those made are new, others stay."""

import csv
import json

import numpy as np
import pandas as pd
import pytest

from corpus_lib import add_measures, find_figures
from corpus_lib.figures import add_axes, check_figures, count_pairs, why_apart
from corpus_lib.figures.find import Figure
from corpus_lib.figures.readings import READING
from corpus_lib.site.tables import write_ledger

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
READ = add_measures(FIGURES, MEASURES)
AXES = add_axes(READ)
ARTICLES = pd.DataFrame({"doc_id": ["a", "b"], "date": ["2021", "2022"]})
CHECKS = pd.DataFrame(
    [["c", "same", "yes", "a:2 3名", "b:11 5名", ""]],
    columns=["check", "relation", "required", "left", "right", "note"],
)

# Each verb that makes columns, as what it does to the frame whose columns it carries.
MAKING = {
    "find_figures": (find_figures, LINES),
    "add_measures": (lambda figures: add_measures(figures, MEASURES), FIGURES),
    "add_axes": (add_axes, READ),
    "check_figures": (lambda checks: check_figures(FIGURES, checks, ARTICLES), CHECKS),
}
MADE = {name: [c for c in verb(frame) if c not in frame] for name, (verb, frame) in MAKING.items()}
each_verb = pytest.mark.parametrize("name", MAKING)

# Names that a corpus may give a column of its own, and that a careless verb would use for itself.
FOREIGN = [
    *("length", "kind", "axis", "value", "rule", "english", "height", "row", "amount", "line_start", "index"),
    *("level_0", "_key", "there", "place", "n", "agree_in", "one", "other", "apart", "label_of", "sum"),
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
        "add_measures": len(READING),
        "add_axes": 3,
        "check_figures": 4,
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
    read = add_measures(FIGURES.astype({"doc_id": "category"}), MEASURES)
    assert read["measure"].tolist() == ["known", "", "known", ""]
    assert read["doc_id"].dtype == "category"


def test_a_further_column_of_the_readings_is_carried_and_must_be_new():
    read = add_measures(FIGURES, MEASURES.assign(level_0=["x", "y"]))
    assert read["level_0"].tolist() == ["x", "", "y", ""]
    with pytest.raises(ValueError, match="add_measures makes a column 'unit'"):
        add_measures(FIGURES, MEASURES.assign(unit="x"))


def test_counts_and_reasons_are_the_same_with_any_other_column():
    foreign = with_columns(AXES, [column for column in FOREIGN if column not in AXES])
    pd.testing.assert_frame_equal(count_pairs(foreign, "doc_id"), count_pairs(AXES, "doc_id"))
    pd.testing.assert_frame_equal(why_apart(foreign), why_apart(AXES))


@pytest.mark.parametrize("across", ["agree_in", "n", "measure", "one"])
def test_pairs_are_counted_across_a_column_of_any_name(across):
    renamed = AXES.assign(**{across: AXES["doc_id"]})
    counts = count_pairs(renamed, across)
    assert counts["n"].iloc[0] == 4
    assert counts["n"].iloc[-1] == (0 if across == "measure" else 1)


def test_a_file_holds_every_column_whatever_its_name(tmp_path):
    foreign = [column for column in FOREIGN if column not in AXES]
    write_ledger(with_columns(AXES, foreign), tmp_path)
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    records = [json.loads(line) for line in (tmp_path / "figures.jsonl").read_text("utf-8").splitlines()]
    for i, (row, record) in enumerate(zip(rows, records, strict=True)):
        assert all(row[str(column)] == record[str(column)] == f"{column} {i}" for column in foreign)


# A column that is needed and not there is named, and those that are there are listed.

NEEDED = {
    "find_figures": (find_figures, LINES, ["zone", "start", "text"]),
    "add_measures": (lambda f: add_measures(f, MEASURES), FIGURES, ["doc_id", "start", "text"]),
    "add_measures, readings": (lambda m: add_measures(FIGURES, m), MEASURES, ["doc_id", "start", "text"]),
    "add_axes": (add_axes, READ, ["unit", "status", "area_level", "period_start", "period_end"]),
    "count_pairs": (lambda f: count_pairs(f, "doc_id"), AXES, ["doc_id", "status", "area_level"]),
    "why_apart": (why_apart, AXES, ["text", "area", "status", "area_level"]),
    "check_figures": (
        lambda f: check_figures(f, CHECKS, ARTICLES),
        FIGURES,
        ["doc_id", "start", "text", "kind", "value", "unit", "qualifier"],
    ),
    "check_figures, checks": (lambda c: check_figures(FIGURES, c, ARTICLES), CHECKS, list(CHECKS)),
    "check_figures, articles": (lambda a: check_figures(FIGURES, CHECKS, a), ARTICLES, list(ARTICLES)),
}


@pytest.mark.parametrize(("name", "column"), [(name, c) for name in NEEDED for c in NEEDED[name][2]])
def test_a_column_that_is_needed_is_named_and_the_others_are_listed(name, column):
    verb, frame, _ = NEEDED[name]
    there = ", ".join(c for c in frame if c != column)
    with pytest.raises(ValueError, match=f"^There is no column '{column}'. The columns are: {there}.$"):
        verb(frame.drop(columns=column))


def test_pairs_across_an_unknown_column_are_refused_by_name():
    with pytest.raises(ValueError, match=r"There is no column 'jahr'\. The columns are: doc_id"):
        count_pairs(AXES, "jahr")


# Nothing found is an empty table with its columns and types.

EMPTY = {
    "lines without numerals": (find_figures(LINES.assign(text="没有")), FIGURES),
    "no lines": (find_figures(LINES.head(0)), FIGURES),
    "no figures": (add_measures(FIGURES.head(0), MEASURES.head(0)), READ),
    "no readings of no figures": (
        add_measures(FIGURES.head(0), MEASURES.head(0).drop(columns="subject")),
        READ,
    ),
    "no axes": (add_axes(READ.head(0)), AXES),
    "no reasons": (why_apart(AXES.head(1)), why_apart(AXES)),
    "no checks": (
        check_figures(FIGURES, CHECKS.head(0), ARTICLES),
        check_figures(FIGURES, CHECKS, ARTICLES),
    ),
    "no checks of no figures": (
        check_figures(FIGURES.head(0), CHECKS.head(0), ARTICLES.head(0)),
        check_figures(FIGURES, CHECKS, ARTICLES),
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
    counts = count_pairs(AXES.head(0), "doc_id")
    assert counts["n"].tolist() == [0] * len(count_pairs(AXES, "doc_id"))
    assert counts.dtypes.tolist() == count_pairs(AXES, "doc_id").dtypes.tolist()


def test_a_figure_that_nobody_has_read_stands_alone():
    assert AXES["axis"].tolist() == [1, 2, 1, 3]
    assert np.array_equal(AXES["counted_in"], ["人", "个", "人", "个"])
