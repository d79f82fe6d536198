"""Contrasts agree with hand arithmetic, with scipy, and with what they say of the edges."""

from math import log, log2, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2_contingency

from corpus_lib import count_terms, counted, keyness, words
from corpus_lib.keyness import log_likelihood, log_odds_z, log_ratio, lower_log_ratio, score_terms

ROWS = [
    ("a", "X", "警", 8),
    ("a", "X", "民", 2),
    ("b", "Y", "警", 2),
    ("b", "Y", "民", 6),
    ("c", "Z", "党", 4),
]
COUNTS = pd.DataFrame(ROWS, columns=["doc_id", "city", "term", "n"])


def contrast(city: str, term: str, **how: str) -> pd.Series:
    return keyness(COUNTS, by="city", target=city, **how).set_index("term").loc[term]


def test_by_hand():
    police = contrast("X", "警")
    assert (police["n"], police["n_rest"], police["n_articles"], police["n_articles_rest"]) == (8, 2, 1, 1)
    assert (police["rate"], police["rate_rest"]) == (8 / 10 * 1000, 2 / 12 * 1000)
    assert police["log_ratio"] == log2((8 / 10) / (2 / 12))


def test_a_count_of_zero_is_read_as_a_half_and_stays_finite():
    party = contrast("Z", "党")
    assert party["log_ratio"] == pytest.approx(log2((4 / 4) / (0.5 / 18)))
    table = keyness(COUNTS, by="city")
    assert np.isfinite(table.select_dtypes("number")).all().all()


def test_a_count_of_one_is_one_and_no_half():
    once, often = pd.Series([1, 9]), pd.Series([4, 6])
    assert log_ratio(once, often)[0] == log2((1 / 10) / (4 / 10))
    assert log_ratio(often, once)[0] == log2((4 / 10) / (1 / 10))


def test_terms_of_one_score_are_in_order_of_their_uses_and_then_of_their_names():
    # Each term is as frequent in X as in Y, which is twice as long: all score zero.
    uses = [("a", "X", "警", 2), ("a", "X", "民", 2), ("a", "X", "党", 6)]
    uses += [("b", "Y", term, 2 * n) for _, _, term, n in uses]
    table = keyness(pd.DataFrame(uses, columns=COUNTS.columns), by="city")
    assert table["log_odds_z"].tolist() == [0] * 6
    assert table["term"].tolist() == ["党", "民", "警"] * 2
    assert table.columns[0] == "city"
    assert table.index.tolist() == list(range(6))


@pytest.mark.parametrize("measure", [log_ratio, lower_log_ratio, log_likelihood, log_odds_z])
def test_the_only_term_of_both_groups_scores_zero(measure):
    assert measure(pd.Series([5]), pd.Series([3])).tolist() == [0]


def test_a_term_is_overused_where_its_rate_is_higher_and_not_its_count():
    rows = [("a", "X", "警", 3), ("a", "X", "民", 7), ("b", "Y", "警", 4), ("b", "Y", "民", 26)]
    scored = score_terms(pd.DataFrame(rows, columns=COUNTS.columns), "city")
    assert scored["overused"].to_dict() == {
        **{("X", "警"): True, ("X", "民"): False},
        **{("Y", "警"): False, ("Y", "民"): True},
    }
    assert (scored["score"] > 0).tolist() == scored["overused"].tolist()


@pytest.mark.parametrize("column", ["n_rest", "rate", "rate_rest", "log_ratio", "lower", "log_odds_z"])
def test_a_column_that_keyness_makes_is_refused(column):
    with pytest.raises(ValueError, match=f"^keyness makes a column '{column}'"):
        keyness(COUNTS.assign(**{column: 1}), by="city")


def test_log_odds_by_hand():
    # The prior of a term is its count in both groups: 10 for police, 22 for all terms.
    expected = log(18 / (32 - 18)) - log(12 / (34 - 12))
    assert contrast("X", "警")["log_odds_z"] == pytest.approx(expected / sqrt(1 / 18 + 1 / 12))


def test_log_likelihood_agrees_with_scipy(study):
    counts = count_terms(words(counted(study.tokens)))
    table = keyness(counts, by="city", target="Fu'an")
    size, rest = table["n"].sum(), table["n_rest"].sum()
    for row in table.head(200).itertuples():
        cells = [[row.n, row.n_rest], [size - row.n, rest - row.n_rest]]
        oracle = chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
        assert abs(row.log_likelihood) == pytest.approx(oracle)
        assert np.sign(row.log_likelihood) == np.sign(row.rate - row.rate_rest)


def test_the_groups_are_mirrors_of_each_other():
    x = keyness(COUNTS, "city", "X", reference="Y").set_index("term")
    y = keyness(COUNTS, "city", "Y", reference="X").set_index("term")
    for column in ("log_ratio", "lower", "log_likelihood", "log_odds_z"):
        np.testing.assert_allclose(x[column], -y[column].reindex(x.index))


def test_a_named_reference_leaves_the_others_out():
    assert set(keyness(COUNTS, "city", "X", reference="Y")["term"]) == {"警", "民"}
    assert set(keyness(COUNTS, "city", reference="Y")["city"]) == {"X", "Z"}


def test_equal_use_scores_zero():
    even = pd.Series([5, 5]), pd.Series([10, 10])
    for measure in (log_ratio, log_likelihood, log_odds_z):
        assert measure(*even).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("frame", "how", "message"),
    [
        (COUNTS, {"target": "W"}, "city has no group 'W'. Its groups are: X, Y, Z"),
        (COUNTS, {"reference": "W"}, "city has no group 'W'"),
        (COUNTS[COUNTS["city"] == "X"], {}, "one group X, so there is nothing to compare"),
        (COUNTS.head(0), {}, r"one group \(none\)"),
        (COUNTS, {"target": "X", "reference": "X"}, "cannot be compared with itself"),
    ],
)
def test_what_cannot_be_compared_is_refused(frame, how, message):
    with pytest.raises(ValueError, match=message):
        keyness(frame, by="city", **how)


def test_a_group_that_is_missing_for_some_rows_is_refused():
    with pytest.raises(ValueError, match="city is missing in 1 rows"):
        keyness(COUNTS.assign(city=COUNTS["city"].where(COUNTS["city"] != "Z")), by="city")


def test_the_rest_is_no_target():
    with pytest.raises(ValueError, match="city has no group 'rest'"):
        keyness(COUNTS, by="city", target="rest", reference="X")


# Dunning (1993), "Accurate methods for the statistics of surprise and coincidence", Computational
# Linguistics 19(1), 61-74, section 6, the bigrams ranked by log-likelihood: the four cells of each, and
# the value as printed there.
DUNNING = [
    ((110, 2442, 111, 29114), 270.72),  # the swiss
    ((29, 13, 123, 31612), 263.90),  # can be
    ((31, 23, 139, 31584), 256.84),  # previous year
    ((10, 0, 3, 31764), 167.23),  # mineral water
]


@pytest.mark.parametrize(("cells", "printed"), DUNNING)
def test_log_likelihood_comes_out_as_dunning_printed_it(cells, printed):
    a, b, c, d = cells
    g2 = log_likelihood(pd.Series([a, c]), pd.Series([b, d]))
    assert round(g2.iloc[0], 2) == printed


def test_the_lower_bound_is_the_end_of_the_exact_interval_nearer_to_zero():
    n, n_rest = pd.Series([40, 5, 0, 955]), pd.Series([10, 5, 60, 1925])
    expected = []
    for a, b in zip(n, n_rest, strict=True):
        # Four terms, so the interval of each is at 1 - 0.05 / 4.
        ends = binomtest(int(a), int(a + b)).proportion_ci(1 - 0.05 / 4, method="exact")
        low, high = (log2(p / (1 - p) * 2000 / 1000) if 0 < p < 1 else 0 for p in ends)
        expected.append(max(low, 0) or min(high, 0))
    assert lower_log_ratio(n, n_rest).tolist() == pytest.approx(expected)
    assert expected[0] > 1
    assert expected[1] == 0
    assert expected[2] < -2


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).filter(any), min_size=2, max_size=8))
def test_the_lower_bound_never_says_more_than_the_log_ratio(pairs):
    n, n_rest = (pd.Series(side) for side in zip(*pairs, strict=True))
    if n.sum() == 0 or n_rest.sum() == 0:
        return
    lower, ratio = lower_log_ratio(n, n_rest), log_ratio(n, n_rest)
    certain = (n > 0) & (n_rest > 0)
    assert np.isfinite(lower).all()
    assert (lower[certain].abs() <= ratio[certain].abs() + 1e-9).all()
    assert (lower[certain] * ratio[certain] >= 0).all()
