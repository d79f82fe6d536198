"""Terms that set a group's articles apart, and how many articles a plan would need."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib.robustness import articles_needed, separated_terms
from corpus_lib.robustness.power import _power

ROWS = [
    *(("a", "X", "警", 8), ("a", "X", "民", 2), ("b", "X", "警", 6), ("b", "X", "民", 4)),
    *(("c", "Y", "警", 2), ("c", "Y", "民", 6), ("c", "Y", "党", 2)),
]
COUNTS = pd.DataFrame(ROWS, columns=["doc_id", "city", "term", "n"])


def test_sides_renamed_counts():
    sides = separated_terms(COUNTS, "city").set_index(["city", "term"])
    police = sides.loc[("X", "警")]
    assert police[["low", "high", "rest_low", "rest_high"]].tolist() == [600, 800, 200, 200]
    assert sides["direction"].to_dict() == {
        ("X", "警"): "above", ("X", "民"): "below", ("X", "党"): "below",
        ("Y", "警"): "below", ("Y", "民"): "above", ("Y", "党"): "above"}  # fmt: skip


def test_equal_rates_are_no_side():
    even = pd.DataFrame([("a", "X", "警", 1), ("b", "Y", "警", 1)], columns=COUNTS.columns)
    assert separated_terms(even, "city")["direction"].tolist() == ["", ""]


def test_asking_about_some_terms_leaves_the_sizes_of_the_articles():
    one = separated_terms(COUNTS, "city", ["党"]).set_index("city")
    assert one.loc["Y", "low"] == 200
    assert one.loc["X", "high"] == 0


@pytest.mark.parametrize(
    ("counts", "terms", "message"),
    [
        (COUNTS[COUNTS["city"] == "X"], None, "city has the one group X"),
        (COUNTS.head(0), None, r"one group \(none\)"),
        (COUNTS.assign(n=COUNTS["n"].where(COUNTS["doc_id"] != "b", 0)), None, "doc_id 'b' has zeros only"),
    ],
)
def test_what_cannot_be_separated_is_refused(counts, terms, message):
    with pytest.raises(ValueError, match=message):
        separated_terms(counts, "city", terms)


def test_the_rows_are_numbered_from_zero():
    assert separated_terms(COUNTS, "city").index.tolist() == list(range(6))


@pytest.mark.parametrize("terms", [["nowhere"], []])
def test_terms_that_no_article_has_get_no_row(terms):
    all_terms, none = separated_terms(COUNTS, "city"), separated_terms(COUNTS, "city", terms)
    assert none.empty
    pd.testing.assert_series_equal(none.dtypes, all_terms.dtypes)
    assert separated_terms(COUNTS, "city", [*terms, "党"])["term"].tolist() == ["党"] * 2


# Cohen (1988), "Statistical Power Analysis for the Behavioral Sciences", 2nd edition, table 2.4.1
# (pages 54-55): n a group for power .80 and two-sided alpha; the .20, .50 and .80 rows occur again in
# Cohen (1992), "A power primer", Psychological Bulletin 112, table 2 (page 158). He rounds to the nearest
# number, we up, so ours is his or one more.
COHEN = {0.05: {0.2: 393, 0.5: 64, 0.6: 45, 0.7: 33, 0.8: 26, 1.0: 17}, 0.01: {0.2: 586, 0.5: 95, 0.8: 38}}


@pytest.mark.parametrize(
    ("alpha", "size", "printed"), [(a, d, n) for a, row in COHEN.items() for d, n in row.items()]
)
def test_articles_needed_are_cohens_or_one_more(alpha, size, printed):
    assert articles_needed(size, 1, alpha) - printed in {0, 1}


@given(st.floats(0.05, 30), st.floats(0.1, 10), st.floats(1e-6, 0.4), st.floats(0.41, 0.99))
def test_it_is_the_smallest_number_with_the_power(difference, sd, alpha, power):
    n = articles_needed(difference, sd, alpha, power)
    assert n >= 2
    assert _power(n, difference / sd, alpha) >= power
    assert n == 2 or _power(n - 1, difference / sd, alpha) < power


@pytest.mark.parametrize("difference", [1e-9, 1e-300, 5e-324])
def test_more_articles_than_anybody_plans_for_are_refused(difference):
    with pytest.raises(ValueError, match="needs more than 1,073,741,824 articles per group"):
        articles_needed(difference, 1)


@pytest.mark.parametrize("difference", [1e7, 1e200, 1e308])
def test_two_articles_are_enough_for_a_huge_difference(difference):
    assert articles_needed(difference, 1e-3) == 2


@pytest.mark.parametrize(
    ("difference", "sd"), [(0, 1), (1, 0), (1, float("nan")), (float("inf"), 1), (float("nan"), 1)]
)
def test_no_difference_or_deviation_is_refused(difference, sd):
    with pytest.raises(ValueError, match="difference and sd must be finite and not zero"):
        articles_needed(difference, sd)
