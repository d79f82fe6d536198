"""At the edges the verbs of contrast give a stated answer or a message, never a NaN or an infinity."""

import numpy as np
import pandas as pd
import pytest

import corpus_lib as lib
from corpus_lib.robustness import (
    flag_robust,
    leave_one_out,
    permutation_test,
    rank_counts,
    rank_weightings,
    separated_terms,
)

ROWS = [
    *(("a", 1, "X", "警", 8), ("a", 1, "X", "民", 2), ("b", 1, "X", "警", 1), ("b", 2, "X", "民", 9)),
    *(("c", 1, "Y", "民", 6), ("c", 2, "Y", "党", 4)),
]
COUNTS = pd.DataFrame(ROWS, columns=["doc_id", "paragraph", "city", "term", "n"])
ONE_GROUP = COUNTS[COUNTS["city"] == "X"]
VERBS = {
    "keyness": lambda counts: lib.keyness(counts, "city"),
    "leave_one_out": lambda counts: leave_one_out(counts, "city"),
    "permutation_test": lambda counts: permutation_test(counts, "city"),
    "separated_terms": lambda counts: separated_terms(counts, "city"),
    "rank_counts": lambda counts: rank_counts({"main": counts}, "city"),
    "rank_weightings": lambda counts: rank_weightings(counts, "city"),
}
SUMS = {
    "add_rates": lambda counts: lib.add_rates(counts, "city"),
    "tf_idf": lambda counts: lib.tf_idf(counts, "city"),
    "dispersion": lib.dispersion,
}
each_verb = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
each_sum = pytest.mark.parametrize("verb", (SUMS | VERBS).values(), ids=SUMS | VERBS)


@each_verb
def test_every_number_is_finite_with_a_term_absent_and_a_group_of_one_article(verb):
    numbers = verb(COUNTS).select_dtypes("number")
    assert len(numbers) > 0
    assert np.isfinite(numbers.astype(float)).all().all()


@each_verb
def test_a_single_group_is_refused_by_name(verb):
    with pytest.raises(ValueError, match="city has the one group X"):
        verb(ONE_GROUP)


@each_verb
def test_an_empty_selection_is_refused(verb):
    with pytest.raises(ValueError, match=r"one group \(none\)"):
        verb(COUNTS.head(0))


@each_sum
def test_zeros_only_are_refused(verb):
    with pytest.raises(ValueError, match="zeros only"):
        verb(COUNTS.assign(n=0))


@each_sum
def test_an_article_or_a_group_of_zeros_is_refused(verb):
    with pytest.raises(ValueError, match=r"'Y' has zeros only|'c'.* has zeros only"):
        verb(COUNTS.assign(n=COUNTS["n"].where(COUNTS["city"] == "X", 0)))


@each_sum
def test_rows_that_share_a_part_and_a_term_are_one(verb):
    split = pd.concat([COUNTS.assign(pos="noun"), COUNTS.assign(pos="verb")], ignore_index=True)
    pd.testing.assert_frame_equal(verb(split), verb(COUNTS.assign(n=2 * COUNTS["n"])))


@each_sum
def test_columns_that_repeat_may_be_categories(verb):
    kinds = COUNTS.astype({"doc_id": "category", "city": "category"})
    pd.testing.assert_frame_equal(verb(kinds), verb(COUNTS), check_dtype=False, check_categorical=False)


@each_verb
def test_a_group_that_is_missing_for_some_rows_is_refused(verb):
    with pytest.raises(ValueError, match="city is missing in 2 rows"):
        verb(COUNTS.assign(city=COUNTS["city"].where(COUNTS["city"] != "Y")))


@each_verb
def test_paragraphs_are_no_groups_and_an_unknown_column_is_named(verb):
    with pytest.raises(ValueError, match="no column 'city'"):
        verb(COUNTS.drop(columns="city"))
    with pytest.raises(ValueError, match="Paragraphs cannot be compared"):
        rank_counts({"main": COUNTS}, "paragraph")


@pytest.mark.parametrize("verb", [permutation_test, separated_terms])
def test_an_article_in_two_groups_is_refused(verb):
    with pytest.raises(ValueError, match="Article a is in 2 groups of city"):
        verb(COUNTS.assign(city=["X", "Y", "X", "X", "Y", "Y"]), "city")


def test_a_group_named_rest_is_refused():
    with pytest.raises(ValueError, match="named 'rest'"):
        lib.keyness(COUNTS.replace({"city": {"Y": "rest"}}), "city")


def test_names_of_articles_may_contain_blanks():
    support = leave_one_out(COUNTS.assign(doc_id="art " + COUNTS["doc_id"]), "city")["support"]
    assert set(support) == {"in all 2 articles", "rests on one article"}


def test_drawn_assignments_include_the_observed_one(monkeypatch):
    monkeypatch.setattr("corpus_lib.robustness.resampling.MOST", 50)
    many = [
        (f"d{i}", 1, "X" if i < 8 else "Y", t, 50 if (i < 8) == (t == "警") else 2)
        for i in range(16)
        for t in "警民"
    ]
    counts = pd.DataFrame(many, columns=COUNTS.columns)
    assert permutation_test(counts, "city")["p"].min() == pytest.approx(1 / 50)


def test_a_term_that_weighs_nothing_leads_nowhere():
    shared = pd.DataFrame(
        [(d, 1, d, t, n) for d, n in (("a", 5), ("b", 4)) for t in "警民党"], columns=COUNTS.columns
    )
    flagged = flag_robust(rank_weightings(shared.assign(n=[5, 1, 1, 4, 3, 3]), "city"))
    assert flagged.loc[flagged["variant"] == "weighting: groups", "robust"].sum() == 0


def test_a_term_used_equally_is_not_used_more():
    equal = pd.DataFrame([(d, 1, d, t, 3) for d in "ab" for t in "警民"], columns=COUNTS.columns)
    assert not rank_counts({"main": equal}, "city")["overused"].any()


def test_rates_that_differ_by_rounding_only_are_as_large():
    # 警 is 3 of 10 words in every article, so each assignment gives the observed difference.
    sizes = {"a": 10, "b": 20, "c": 30, "d": 70}
    rows = [
        (d, 1, "X" if d in "ab" else "Y", t, int(n * s))
        for d, n in sizes.items()
        for t, s in (("警", 0.3), ("民", 0.7))
    ]
    tested = permutation_test(pd.DataFrame(rows, columns=COUNTS.columns), "city")
    assert tested["p"].tolist() == [1.0] * 4


def test_a_term_absent_from_a_group_is_ranked_low_and_has_no_evidence_there():
    table = lib.keyness(COUNTS, "city").set_index(["city", "term"])
    assert table.loc[("X", "党"), ["n", "n_articles"]].tolist() == [0, 0]
    assert table.loc[("X", "党"), "log_ratio"] == pytest.approx(np.log2((0.5 / 20) / (4 / 10)))
    assert ("X", "党") not in leave_one_out(COUNTS, "city").set_index(["city", "term"]).index
    assert (
        separated_terms(COUNTS, "city").set_index(["city", "term"]).loc[("X", "党"), "direction"] == "below"
    )


def test_a_group_of_one_article_says_so_and_has_no_run_without_it():
    table = leave_one_out(COUNTS, "city").set_index(["city", "term"])
    assert table.loc[("Y", "党"), ["support", "n_left_out"]].tolist() == ["rests on one article", 2]


def test_two_groups_of_one_article_have_one_rank_only():
    two = COUNTS[COUNTS["doc_id"] != "b"]
    table = leave_one_out(two, "city")
    assert table["n_left_out"].tolist() == [0] * len(table)
    assert table["best_rank"].tolist() == table["worst_rank"].tolist() == table["rank"].tolist()
    assert permutation_test(two, "city")["min_p"].unique().tolist() == [0.5]
