"""The evidence for a contrast: its articles, its ranks without each article, every possible assignment."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib import count_terms, counted, words
from corpus_lib.robustness import leave_one_out, permutation_test
from corpus_lib.robustness import resampling as module
from corpus_lib.robustness.resampling import assignments

ROWS = [
    *(("a", "X", "警", 8), ("a", "X", "民", 2), ("b", "X", "警", 1), ("b", "X", "民", 9)),
    *(("c", "Y", "警", 2), ("c", "Y", "民", 8), ("c", "Y", "党", 1)),
]
COUNTS = pd.DataFrame(ROWS, columns=["doc_id", "city", "term", "n"])


@pytest.fixture(scope="module")
def counts(study):
    return count_terms(words(counted(study.tokens)))


def test_articles_and_badges_by_hand():
    table = leave_one_out(COUNTS, "city").set_index(["city", "term"])
    assert table.loc[("X", "警"), ["articles", "support"]].tolist() == ["a b", "in all 2 articles"]
    assert table.loc[("Y", "党"), ["articles", "support"]].tolist() == ["c", "rests on one article"]
    assert ("X", "党") not in table.index


def test_the_rank_moves_when_the_article_that_carries_a_word_is_left_out():
    police = leave_one_out(COUNTS, "city").set_index(["city", "term"]).loc[("X", "警")]
    # With both articles X uses it more than Y (9 of 20, 2 of 11); without a, less (1 of 10).
    assert (police["rank"], police["best_rank"], police["worst_rank"], police["n_left_out"]) == (1, 1, 2, 2)


@given(
    st.lists(
        st.tuples(st.sampled_from(["aX", "bX", "cY", "dZ"]), st.sampled_from("警民党"), st.integers(1, 9)),
        min_size=2,
    ).filter(lambda rows: len({name[1] for name, *_ in rows}) > 1)
)
def test_the_rank_is_within_its_range(rows):
    counts = pd.DataFrame([(*name, *rest) for name, *rest in rows], columns=COUNTS.columns)
    table = leave_one_out(counts, "city")
    assert (table["best_rank"] <= table["rank"]).all()
    assert (table["rank"] <= table["worst_rank"]).all()
    assert table["n_left_out"].between(0, counts["doc_id"].nunique()).all()


def test_an_article_whose_count_is_zero_carries_nothing():
    zero = pd.concat([COUNTS, pd.DataFrame([("b", "X", "党", 0)], columns=COUNTS.columns)])
    pd.testing.assert_frame_equal(leave_one_out(zero, "city"), leave_one_out(COUNTS, "city"))


def test_a_group_of_one_article_is_ranked_without_the_others_only():
    people = leave_one_out(COUNTS, "city").set_index(["city", "term"]).loc[("Y", "民")]
    assert people["n_left_out"] == 2


def test_the_support_texts_of_the_study(counts):
    table = leave_one_out(counts, "city")
    assert set(table.loc[table["city"] != "Fuzhou", "support"]) == {"rests on one article"}
    assert {"in all 3 articles", "in 2 of 3 articles"} <= set(table["support"])


def test_five_articles_in_three_one_and_one_have_twenty_assignments(counts):
    tested = permutation_test(counts, "city")
    assert tested["n_permutations"].unique().tolist() == [20]
    smallest = tested.groupby("city")["min_p"].first()
    assert smallest.to_dict() == pytest.approx({"Fu'an": 1 / 5, "Fuzhou": 1 / 10, "Zhangzhou": 1 / 5})
    assert (tested["p"] >= tested["min_p"] - 1e-12).all()


def test_p_is_the_share_counted_set_by_set(counts):
    uses = counts[counts["term"] == "派出所"].set_index("doc_id")["n"]
    total = counts.groupby("doc_id")["n"].sum()
    uses = uses.reindex(total.index, fill_value=0)

    def excess(ids):
        inside = total.index.isin(ids)
        return uses[inside].sum() / total[inside].sum() - uses[~inside].sum() / total[~inside].sum()

    tested = permutation_test(counts, "city").set_index(["city", "term"])["p"]
    for city, ids in {"Fu'an": ["002"], "Fuzhou": ["000", "001", "003"]}.items():
        sets = list(combinations(total.index, len(ids)))
        expected = np.mean([excess(chosen) >= excess(ids) - 1e-12 for chosen in sets])
        assert tested[city, "派出所"] == pytest.approx(expected)


def test_more_assignments_than_can_be_counted_are_drawn_by_seed(monkeypatch):
    monkeypatch.setattr(module, "MOST", 50)
    observed = np.array(["X"] * 6 + ["Y"] * 6)
    drawn = [list(names) for names in assignments(observed, seed=1)]
    assert len(drawn) == 50
    assert drawn == [list(names) for names in assignments(observed, seed=1)]
    assert drawn != [list(names) for names in assignments(observed, seed=2)]
    assert all(names.count("X") == 6 for names in drawn)


def test_one_group_has_nothing_to_be_compared_with():
    with pytest.raises(ValueError, match="one group X"):
        leave_one_out(COUNTS[COUNTS["city"] == "X"], "city")
    with pytest.raises(ValueError, match="one group"):
        permutation_test(COUNTS[COUNTS["city"] == "X"], "city")
