"""Scores by hand: three found, four labelled, two in common, one of them right in full."""

import pandas as pd
import pytest

from corpus_lib import score_figures

COLUMNS = ["doc_id", "start", "text", "kind", "value", "value_to", "unit", "qualifier"]
FOUND = pd.DataFrame(
    [
        ("a", 0, "3名", "quantity", 3.0, None, "名", "exact"),
        ("a", 9, "三分之一", "quantity", 100 / 3, None, "%", "exact"),
        ("b", 0, "一起", "lexical", None, None, "", ""),
    ],
    columns=COLUMNS,
)
LABELLED = pd.DataFrame(
    [
        ("a", "0", "3名", "quantity", "3", "", "名", "at_least"),
        ("a", "9", "三分之一", "quantity", "33.3333", "", "%", "exact"),
        ("b", "0", "一起", "quantity", "1", "", "起", "exact"),
        ("c", "5", "2021年", "date", "", "", "", ""),
        ("d", "", "", "", "", "", "", ""),
    ],
    columns=COLUMNS,
).loc[lambda table: table["text"] != ""]


def test_a_score_is_what_one_counts_by_hand():
    score = score_figures(FOUND, LABELLED).set_index("kind")
    assert score.loc["quantity", ["labelled", "found", "agree", "in_full"]].tolist() == [3, 2, 2, 1]
    assert score.loc["quantity", "precision"] == 100
    assert score.loc["quantity", "recall"] == pytest.approx(200 / 3)
    assert score.loc["all", ["labelled", "found", "agree", "in_full"]].tolist() == [4, 3, 2, 1]
    assert score.index[-1] == "all"


def test_a_kind_that_one_list_lacks_has_no_precision_or_no_recall():
    score = score_figures(FOUND, LABELLED).set_index("kind")
    assert pd.isna(score.loc["date", "precision"])
    assert score.loc["date", "recall"] == 0
    assert pd.isna(score.loc["lexical", "recall"])


def test_a_list_agrees_with_itself_in_full():
    score = score_figures(FOUND, FOUND)
    assert (score["in_full"] == score["labelled"]).all()
    assert score["precision"].eq(100).all()


def test_nothing_found_and_nothing_labelled_are_nought():
    score = score_figures(FOUND.head(0), LABELLED).set_index("kind")
    assert score.loc["all", ["labelled", "found", "agree"]].tolist() == [4, 0, 0]
    assert score_figures(FOUND.head(0), LABELLED.head(0))["agree"].tolist() == [0]
