"""Counts sum to what was counted; weights are the arithmetic they say they are."""

from math import log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfTransformer

from corpus_lib import (
    add_glosses,
    add_rates,
    count_terms,
    count_topics,
    counted,
    dispersion,
    read_notes,
    tf_idf,
    words,
)
from corpus_lib.terms import refuse_unparted, used_rows
from tests.conftest import ROOT

# The quick brown fox jumped / over the lazy brown dog: two documents of six words.
DOCS = {"a": "the quick brown fox jumped jumped", "b": "over the lazy brown dog dog"}
TOKENS = pd.DataFrame(
    [
        {
            "doc_id": doc,
            "city": doc.upper(),
            "line": 1,
            "paragraph": 1,
            "zone": "body",
            "start": i,
            "end": i + 1,
            "term": term,
        }
        for doc, text in DOCS.items()
        for i, term in enumerate(text.split())
    ]
)
COUNTS = count_terms(TOKENS)
frames = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from("XY"), st.sampled_from("警民党安")), min_size=1
)


def test_tf_idf_by_hand():
    weights = tf_idf(COUNTS, by="doc_id").set_index(["doc_id", "term"])
    a = weights.loc["a"]
    assert a["tf"].to_dict() == {"the": 1 / 6, "quick": 1 / 6, "brown": 1 / 6, "fox": 1 / 6, "jumped": 2 / 6}
    assert a["idf"].to_dict() == {"the": 0, "quick": log(2), "brown": 0, "fox": log(2), "jumped": log(2)}
    assert a.loc["jumped", "tf_idf"] == 2 / 6 * log(2)
    assert weights.loc[("b", "brown"), "tf_idf"] == 0


def test_rates_by_hand():
    rates = add_rates(COUNTS, by="city").set_index(["city", "term"])
    assert rates.loc[("A", "jumped"), "rate"] == 2 / 6 * 1000
    assert rates.loc[("B", "the"), "rate"] == 1 / 6 * 1000
    assert rates.loc[("A", "the"), "n_articles"] == 1


def test_weights_agree_with_scikit_learn(study):
    counts = count_terms(words(counted(study.tokens)))
    weights = tf_idf(counts, by="city")
    matrix = counts.pivot_table(index="city", columns="term", values="n", aggfunc="sum", fill_value=0)
    # scikit-learn's unsmoothed idf is ln(N / df) + 1, so tf * idf + tf is what it gives on tf.
    tf = matrix.div(matrix.sum(axis=1), axis=0)
    oracle = TfidfTransformer(norm=None, smooth_idf=False).fit(matrix).transform(tf).toarray()
    ours = weights.assign(both=weights["tf_idf"] + weights["tf"]).pivot_table(
        index="city", columns="term", values="both", fill_value=0
    )
    np.testing.assert_allclose(ours.to_numpy(), oracle, rtol=1e-12, atol=1e-15)


@given(frames)
def test_counts_sum_to_tokens_and_tf_to_one(rows):
    tokens = pd.DataFrame(rows, columns=["doc_id", "city", "term"])
    counts = count_terms(tokens)
    assert counts["n"].sum() == len(tokens)
    assert not counts.duplicated(["doc_id", "city", "term"]).any()
    if counts["city"].nunique() > 1:
        assert np.allclose(tf_idf(counts, by="city").groupby("city")["tf"].sum(), 1)


def test_the_order_of_tokens_and_categories_make_no_difference():
    kinds = TOKENS.astype({"doc_id": "category", "city": "category", "term": "category"})
    for tokens in (TOKENS[::-1], kinds):
        pd.testing.assert_frame_equal(count_terms(tokens), COUNTS)


def test_tokens_without_a_value_in_some_column_are_counted():
    assert count_terms(TOKENS.assign(city=None))["n"].sum() == len(TOKENS)


# Each verb, and the columns that it makes.
VERBS = {
    "add_rates": (lambda counts: add_rates(counts, "city"), ["n_articles", "rate"]),
    "tf_idf": (lambda counts: tf_idf(counts, "city"), ["tf", "df", "idf", "tf_idf"]),
    "dispersion": (dispersion, ["range", "parts", "dp", "dp_norm"]),
}


@pytest.mark.parametrize(("name", "column"), [(name, c) for name in VERBS for c in VERBS[name][1]])
def test_a_column_that_a_verb_makes_is_refused_with_the_name_of_the_verb(name, column):
    with pytest.raises(ValueError, match=f"^{name} makes a column '{column}'"):
        VERBS[name][0](COUNTS.assign(**{column: 1}))


@pytest.mark.parametrize("column", ["n", "n_characters"])
def test_tokens_have_no_column_that_counts_make(column):
    with pytest.raises(ValueError, match=f"^count_terms makes a column '{column}'"):
        count_terms(TOKENS.assign(**{column: 1}))


@pytest.mark.parametrize("by", ["term", "n", "n_characters"])
def test_terms_and_their_numbers_are_no_groups(by):
    with pytest.raises(ValueError, match=f"^add_rates makes a column '{by}'"):
        add_rates(COUNTS.assign(n_characters=6), by)


GLOSSES = pd.DataFrame({"term": ["dog"], "english": ["chien"], "topic": ["animals"], "source": ["study"]})
MISSING = [
    *(
        (lambda counts: add_rates(counts, "city"), COUNTS, column)
        for column in ("doc_id", "city", "term", "n")
    ),
    *((lambda counts: tf_idf(counts, "city"), COUNTS, column) for column in ("city", "term", "n")),
    (lambda counts: tf_idf(counts, "paragraph"), COUNTS.assign(paragraph=1), "doc_id"),
    *((dispersion, COUNTS, column) for column in ("doc_id", "term", "n")),
    (lambda counts: add_glosses(counts, GLOSSES), COUNTS, "term"),
    *((lambda glosses: add_glosses(COUNTS, glosses), GLOSSES, column) for column in GLOSSES),
]


@pytest.mark.parametrize(("verb", "frame", "column"), MISSING)
def test_a_column_that_is_missing_is_named(verb, frame, column):
    with pytest.raises(ValueError, match=f"^There is no column '{column}'"):
        verb(frame.drop(columns=column))


def test_a_group_without_an_article_s_number_has_weights():
    pd.testing.assert_frame_equal(
        tf_idf(COUNTS.drop(columns="doc_id"), "city"), tf_idf(COUNTS, "city").drop(columns="doc_id")
    )


def test_zeros_only_are_refused_and_no_rows_are_no_rates():
    with pytest.raises(ValueError, match="The counts are zeros only"):
        used_rows(COUNTS.assign(n=0))
    assert used_rows(COUNTS.head(0)).empty
    assert add_rates(COUNTS.head(0), "city").empty


@pytest.mark.parametrize("paragraphs", [{}, {"paragraph": [1, 2, None]}, {"paragraph": [None, None, None]}])
def test_rows_without_a_paragraph_are_refused(paragraphs):
    with pytest.raises(ValueError, match="Some or all rows have no paragraph"):
        refuse_unparted(pd.DataFrame({"line": [1, 2, 3]} | paragraphs))


def test_rows_with_paragraphs_are_not_refused():
    refuse_unparted(pd.DataFrame({"paragraph": [1, 2]}))


def test_substrings_have_rates_per_character_of_their_articles():
    rows = [
        ("a", "X", "警", 1, 10),
        ("a", "X", "民", 2, 10),
        ("b", "X", "警", 3, 10),
        ("c", "Y", "警", 1, 40),
    ]
    counts = pd.DataFrame(rows, columns=["doc_id", "city", "term", "n", "n_characters"])
    rates = add_rates(counts, "city")
    assert rates["rate"].tolist() == [1000 * 2 / 20, 1000 * 4 / 20, 1000 * 1 / 40]


def test_groups_of_one_term_each_are_weighted():
    counts = pd.DataFrame({"city": ["X", "Y"], "term": ["警", "民"], "n": [2, 3]})
    assert tf_idf(counts, "city")["tf_idf"].tolist() == [log(2), log(2)]


@pytest.mark.parametrize(
    ("cities", "years", "constant"),
    [
        (["X", "X", "Y"], ["1", "1", "2"], True),
        (["X", "X", "Y"], ["1", None, "2"], False),  # a value and none are two
        (["X", None, None], ["1", "1", "2"], False),  # rows without a group are a group
    ],
)
def test_a_column_with_one_value_in_each_group_describes_the_group(cities, years, constant):
    counts = pd.DataFrame({"city": cities, "year": years, "term": "警", "n": 1})
    assert ("year" in tf_idf(counts, "city")) == constant


def test_one_group_has_no_idf_and_is_named():
    with pytest.raises(ValueError, match="all has the one group x, and idf compares groups: pass two"):
        tf_idf(COUNTS.assign(all="x"), by="all")


def test_counts_by_paragraph_sum_to_counts_by_article(study):
    tokens = words(counted(study.tokens))
    fine, whole = count_terms(tokens, part="paragraph"), count_terms(tokens)
    assert (
        fine.groupby(["doc_id", "term"])["n"].sum().to_dict()
        == whole.set_index(["doc_id", "term"])["n"].to_dict()
    )
    keys = ["doc_id", "paragraph"]
    weights = tf_idf(fine, by="paragraph")
    assert weights.columns.tolist()[:2] == keys
    assert np.allclose(weights.groupby(keys)["tf"].sum(), 1)


def test_unknown_columns_are_carried():
    assert count_terms(TOKENS.assign(mood="dry")).columns.tolist() == ["doc_id", "city", "term", "mood", "n"]
    weights = tf_idf(COUNTS.assign(year="2021"), by="doc_id")
    assert weights.columns.tolist() == ["doc_id", "city", "year", "term", "n", "tf", "df", "idf", "tf_idf"]
    assert "doc_id" not in tf_idf(count_terms(TOKENS.assign(half=["x", "y"] * 6)), by="half")


def test_nothing_is_changed_in_place():
    before = COUNTS.copy()
    tf_idf(COUNTS, by="doc_id")
    add_rates(COUNTS, by="city")
    pd.testing.assert_frame_equal(COUNTS, before)


def test_counts_of_lines_are_refused_for_want_of_terms(study):
    with pytest.raises(ValueError, match="no column 'term'"):
        count_terms(study.lines)


def test_a_part_that_is_neither_article_nor_paragraph_is_refused():
    with pytest.raises(ValueError, match="part='line'"):
        count_terms(TOKENS, part="line")


def test_a_missing_gloss_is_plain():
    glosses = pd.DataFrame({"term": ["dog"], "english": ["chien"], "topic": ["animals"], "source": ["study"]})
    glossed = add_glosses(COUNTS, glosses).set_index("term")
    assert glossed.loc["dog", ["english", "topic", "gloss_source"]].tolist() == ["chien", "animals", "study"]
    assert glossed.loc["fox", ["english", "topic", "gloss_source"]].tolist() == [
        "(no gloss)",
        "no topic",
        "none",
    ]
    assert len(glossed) == len(COUNTS)


def test_every_counted_word_of_the_study_has_a_gloss_and_a_topic(study):
    glosses = read_notes(ROOT / "seeds", "glosses")
    glossed = add_glosses(count_terms(words(counted(study.tokens))), glosses)
    assert glossed.loc[glossed["topic"] == "no topic", "term"].unique().tolist() == []
    assert glosses["topic"].nunique() == 8
    words_alone = glosses[glosses["term"].str.len() <= 9]  # longer ones are headlines and claims
    assert (words_alone["english"].str.len() <= 50).all()


def test_rows_without_a_value_in_some_column_are_not_lost():
    counts = COUNTS.assign(year=COUNTS["city"].map({"A": "2020"}))
    assert tf_idf(counts, by="doc_id")["n"].sum() == counts["n"].sum()
    assert tf_idf(counts, by="year")["n"].sum() == counts["n"].sum()
    assert add_rates(counts, by="year")["n"].sum() == counts["n"].sum()


def test_paragraphs_of_two_articles_are_not_merged():
    fine = count_terms(TOKENS, part="paragraph")
    assert (
        add_rates(fine, by="paragraph")["rate"]
        .groupby(add_rates(fine, by="paragraph")["doc_id"])
        .sum()
        .tolist()
        == [pytest.approx(1000)] * 2
    )


# Gries (2008), "Dispersions and adjusted frequencies in corpora", International Journal of Corpus
# Linguistics 13(4), 403-437: the made-up corpus of five parts and fifty words that the measures are shown
# on; for the word a, DP is 0.18, and after Lijffijt and Gries (2012) normalised 0.2195.
GRIES = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]


def test_dispersion_comes_out_as_gries_printed_it():
    rows = [(str(i), letter, part.count(letter)) for i, part in enumerate(GRIES) for letter in set(part)]
    spread = dispersion(pd.DataFrame(rows, columns=["doc_id", "term", "n"])).set_index("term")
    assert spread.loc["a", ["n", "range", "parts"]].tolist() == [15, 5, 5]
    assert round(spread.loc["a", "dp"], 2) == 0.18
    assert round(spread.loc["a", "dp_norm"], 4) == 0.2195
    # e stands once in the parts of 9, 10, 10, 10 and 11: even, but for the parts' sizes.
    assert spread.loc["e", "dp"] == pytest.approx((0.02 + 0.02) / 2)
    # x stands once, in the longest part: half of (the other parts, 0.78, and 1 - 0.22).
    assert spread.loc["x", "dp"] == pytest.approx(0.78)


def test_a_term_of_the_smallest_part_alone_is_as_uneven_as_can_be():
    counts = pd.DataFrame({"doc_id": ["a", "b", "c"], "term": ["x", "y", "y"], "n": [1, 4, 5]})
    spread = dispersion(counts).set_index("term")
    assert spread.loc["x", "dp_norm"] == pytest.approx(1)
    assert spread.loc["y", "dp_norm"] == pytest.approx(0.1 / 0.9)


def test_the_parts_are_what_was_counted():
    by_article, by_paragraph = count_terms(TOKENS), count_terms(TOKENS, part="paragraph")
    assert dispersion(by_article)["parts"].unique().tolist() == [2]
    assert dispersion(by_paragraph)["parts"].iloc[0] == by_paragraph.groupby(["doc_id", "paragraph"]).ngroups


def test_dispersion_over_paragraphs_by_hand():
    # Three paragraphs of 2, 2 and 4 words; 警 stands in the first only, which is a quarter of the words.
    rows = [("a", 1, "警", 2), ("a", 2, "民", 2), ("b", 1, "民", 4)]
    spread = dispersion(pd.DataFrame(rows, columns=["doc_id", "paragraph", "term", "n"])).set_index("term")
    assert spread.loc["警", ["range", "parts", "dp", "dp_norm"]].tolist() == [1, 3, 0.75, 1]
    assert spread.loc["民", ["range", "parts", "dp"]].tolist() == [2, 3, 0.25]


def test_one_part_has_nothing_to_be_spread_over():
    with pytest.raises(ValueError, match=r"only one part \(a\)"):
        dispersion(COUNTS[COUNTS["doc_id"] == "a"])


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(1, 9)), min_size=2))
def test_dispersion_lies_between_zero_and_one_however_the_rows_are_split(rows):
    counts = pd.DataFrame(rows, columns=["doc_id", "term", "n"])
    if counts["doc_id"].nunique() > 1:
        spread = dispersion(counts)
        assert (spread["range"] <= spread["parts"]).all()
        assert spread["dp"].between(-1e-9, 1).all()
        assert spread["dp_norm"].between(-1e-9, 1 + 1e-9).all()


def test_a_column_of_the_tokens_changes_no_dispersion(study):
    tokens = words(counted(study.tokens))
    plain = dispersion(count_terms(tokens))
    parity = tokens["start"].map(lambda start: "even" if start % 2 == 0 else "odd")
    split = count_terms(tokens.assign(pos=parity))
    assert split.duplicated(["doc_id", "term"]).any()
    pd.testing.assert_frame_equal(dispersion(split), plain)


def test_a_count_of_zero_is_the_same_as_no_row():
    zero = pd.concat([COUNTS, COUNTS.assign(term="cat", n=0), COUNTS.head(2).assign(term="dog", n=0)])
    pd.testing.assert_frame_equal(add_rates(zero, "city"), add_rates(COUNTS, "city"))
    pd.testing.assert_frame_equal(tf_idf(zero, "city"), tf_idf(COUNTS, "city"))
    pd.testing.assert_frame_equal(dispersion(zero), dispersion(COUNTS))


def test_a_part_of_zeros_has_no_rates_and_is_named():
    zero = pd.concat([COUNTS, COUNTS.head(1).assign(doc_id="c", city="C", n=0)])
    for verb in (add_rates, tf_idf):
        with pytest.raises(ValueError, match="city 'C' has zeros only"):
            verb(zero, "city")
    with pytest.raises(ValueError, match="doc_id 'c' has zeros only"):
        dispersion(zero)


def test_glosses_are_put_once_and_a_term_has_one():
    glosses = pd.DataFrame({"term": ["dog"], "english": ["chien"], "topic": ["animals"], "source": ["study"]})
    with pytest.raises(ValueError, match="add_glosses makes a column 'english'"):
        add_glosses(add_glosses(COUNTS, glosses), glosses)
    for verb in (add_glosses, count_topics):
        with pytest.raises(ValueError, match="the term 'dog' has two rows"):
            verb(COUNTS, pd.concat([glosses, glosses]))


def test_rows_of_a_missing_group_are_kept_as_a_group():
    counts = COUNTS.assign(city=COUNTS["city"].where(COUNTS["city"] == "A"))
    rates, weights = add_rates(counts, "city"), tf_idf(counts, "city")
    assert rates["rate"].notna().all()
    assert weights.groupby("city", dropna=False)["tf"].sum().tolist() == [pytest.approx(1)] * 2


@pytest.mark.parametrize("topic", [{"term": ["警"], "topic": [""]}, {"term": [], "topic": []}])
def test_a_term_without_a_topic_is_counted_under_no_topic(topic):
    counts = pd.DataFrame({"doc_id": ["a"], "term": ["警"], "n": [1]})
    topics = count_topics(counts, pd.DataFrame(topic, dtype="str"))
    assert topics.to_numpy().tolist() == [["a", "no topic", 1]]
