"""At the edges the verbs of contrast give a stated answer or a message, never a NaN or an infinity."""

import numpy as np
import pandas as pd
import pytest

import corpus_lib as lib

ROWS = [
    *(("a", 1, "X", "警", 8), ("a", 1, "X", "民", 2), ("b", 1, "X", "警", 1), ("b", 2, "X", "民", 9)),
    *(("c", 1, "Y", "民", 6), ("c", 2, "Y", "党", 4)),
]
COUNTS = pd.DataFrame(ROWS, columns=["doc_id", "paragraph", "city", "term", "n"])
ONE_GROUP = COUNTS[COUNTS["city"] == "X"]
VERBS = {
    "contrast_terms": lambda counts: lib.contrast_terms(counts, "city"),
    "weigh_evidence": lambda counts: lib.weigh_evidence(counts, "city"),
    "deal_articles": lambda counts: lib.deal_articles(counts, "city"),
    "set_apart": lambda counts: lib.set_apart(counts, "city"),
    "deal_apart": lambda counts: lib.deal_apart(counts, "city"),
    "weigh_ways": lambda counts: lib.weigh_ways(counts, "city"),
    "rank_runs": lambda counts: lib.rank_runs({"main": counts}, "city"),
    "rank_ways": lambda counts: lib.rank_ways(counts, "city"),
}
each_verb = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)


@each_verb
def test_every_number_is_finite_with_a_term_absent_and_a_group_of_one_article(verb):
    numbers = verb(COUNTS).select_dtypes("number")
    assert len(numbers) > 0
    assert np.isfinite(numbers.drop(columns=["best", "worst"], errors="ignore").astype(float)).all().all()


@each_verb
def test_a_single_group_is_refused_by_name(verb):
    with pytest.raises(ValueError, match="city has the one group X"):
        verb(ONE_GROUP)


@each_verb
def test_an_empty_selection_is_refused(verb):
    with pytest.raises(ValueError, match=r"one group \(none\)|There are no counts"):
        verb(COUNTS.head(0))


@each_verb
def test_a_group_that_is_missing_for_some_rows_is_refused(verb):
    with pytest.raises(ValueError, match="city is missing for 2 rows"):
        verb(COUNTS.assign(city=COUNTS["city"].where(COUNTS["city"] != "Y")))


def test_a_stop_list_that_removes_everything_is_refused():
    everything = ["警", "民", "党"]
    with pytest.raises(ValueError, match="3 hidden terms are all there are"):
        lib.rank_ways(COUNTS, "city", everything)
    with pytest.raises(ValueError, match="3 hidden terms are all there are"):
        lib.rank_runs({"main": COUNTS}, "city", everything)


def test_a_term_absent_from_a_group_is_ranked_low_and_has_no_evidence_there():
    table = lib.contrast_terms(COUNTS, "city").set_index(["city", "term"])
    assert table.loc[("X", "党"), ["n", "n_articles"]].tolist() == [0, 0]
    assert table.loc[("X", "党"), "log_ratio"] == pytest.approx(np.log2((0.5 / 20) / (4 / 10)))
    assert ("X", "党") not in lib.weigh_evidence(COUNTS, "city").set_index(["city", "term"]).index
    assert lib.set_apart(COUNTS, "city").set_index(["city", "term"]).loc[("X", "党"), "side"] == "below"


def test_a_group_of_one_article_says_so_and_has_no_run_without_it():
    table = lib.weigh_evidence(COUNTS, "city").set_index(["city", "term"])
    assert table.loc[("Y", "党"), ["badge", "runs"]].tolist() == ["rests on one article", 2]


def test_two_groups_of_one_article_have_no_rank_without_either():
    two = COUNTS[COUNTS["doc_id"] != "b"]
    table = lib.weigh_evidence(two, "city")
    assert table["runs"].tolist() == [0] * len(table)
    assert table[["best", "worst"]].isna().all().all()
    assert lib.deal_articles(two, "city")["least_p"].unique().tolist() == [0.5]
