"""A contrast holds in a run when the group uses the term more and it is among its first there."""

import pandas as pd
import pytest

from corpus_lib import count_strings, count_terms, counted, hold_in_runs, sum_runs, words

ROWS = [
    ("a", "X", "警", 8),
    ("a", "X", "民", 2),
    ("b", "Y", "警", 2),
    ("b", "Y", "民", 8),
    ("b", "Y", "党", 1),
]
COUNTS = pd.DataFrame(ROWS, columns=["doc_id", "city", "term", "n"])


def test_what_holds_by_hand():
    held = hold_in_runs({"main": COUNTS, "without 民": COUNTS[COUNTS["term"] != "民"]}, "city", first=1)
    found = held[held["holds"]][["city", "term", "run"]].to_numpy().tolist()
    # With 民, X uses 警 more (8 of 10, 2 of 11), Y 民. Without it X has nothing but 警, Y has 党 too.
    assert found == [
        ["X", "警", "main"],
        ["Y", "民", "main"],
        ["X", "警", "without 民"],
        ["Y", "党", "without 民"],
    ]


def test_a_run_that_lacks_a_term_does_not_hold_it():
    held = hold_in_runs({"main": COUNTS, "without 民": COUNTS[COUNTS["term"] != "民"]}, "city")
    table = sum_runs(held, "city").set_index(["city", "term"])
    assert table.loc[("Y", "民"), ["holds_in", "runs", "not_in"]].tolist() == [1, 2, "without 民"]
    assert table.loc[("X", "警"), ["holds_in", "not_in"]].tolist() == [2, ""]


def test_a_run_in_which_a_group_is_gone_counts_against_it():
    counts = pd.concat([COUNTS, pd.DataFrame([("c", "Z", "党", 3)], columns=COUNTS.columns)])
    held = hold_in_runs({"main": counts, "without a": counts[counts["doc_id"] != "a"]}, "city")
    assert sum_runs(held, "city").query("city == 'X'")["not_in"].tolist() == ["without a"]


def test_no_runs_and_a_run_with_nothing_to_compare_are_named():
    with pytest.raises(ValueError, match="No runs were given"):
        hold_in_runs({}, "city")
    with pytest.raises(ValueError, match="run 'short': city has the one group X"):
        hold_in_runs({"main": COUNTS, "short": COUNTS[COUNTS["city"] == "X"]}, "city")


def test_strings_are_counted_where_no_word_is_cut(study):
    lines = counted(study.lines)
    strings = count_strings(lines, ["公安", "."], ["city"])
    text = "\n".join(lines.loc[lines["doc_id"] == "004", "text"])
    row = strings[(strings["doc_id"] == "004") & (strings["term"] == "公安")]
    assert row["n"].tolist() == [text.count("公安")]
    assert strings.columns.tolist() == ["doc_id", "city", "term", "n"]
    assert (strings.loc[strings["term"] == "", "n"] > 1000).all()


def test_one_word_and_the_name_of_a_city_hold_whichever_article_is_out(study):
    counts = count_terms(words(counted(study.tokens)))
    runs = {"main": counts} | {i: counts[counts["doc_id"] != i] for i in sorted(counts["doc_id"].unique())}
    table = sum_runs(hold_in_runs(runs, "city"), "city")
    assert table.loc[table["holds_in"] == 6, ["city", "term"]].to_numpy().tolist() == [
        ["Fuzhou", "全国"],
        ["Fuzhou", "福州"],
    ]
