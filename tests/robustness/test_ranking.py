"""A contrast survives in a variant when the group uses the term more and it is top-ranked there."""

from math import hypot, log

import pandas as pd
import pytest

from corpus_lib import (
    add_rates,
    count_terms,
    counted,
    dispersion,
    keyness,
    read_notes,
    segment_lines,
    tf_idf,
    words,
)
from corpus_lib.robustness import (
    count_variants,
    flag_robust,
    leave_one_out,
    permutation_test,
    rank_counts,
    rank_weightings,
    separated_terms,
    summarize_robustness,
)
from corpus_lib.robustness.variants import _count_substrings, _weigh
from tests.conftest import ROOT

ROWS = [
    ("a", "X", "警", 8),
    ("a", "X", "民", 2),
    ("b", "Y", "警", 2),
    ("b", "Y", "民", 8),
    ("b", "Y", "党", 1),
]
COUNTS = pd.DataFrame(ROWS, columns=["doc_id", "city", "term", "n"])
VARIANTS = {"main": COUNTS, "without 民": COUNTS[COUNTS["term"] != "民"]}


def test_robust_terms_counted_one_by_one():
    flagged = flag_robust(rank_counts(VARIANTS, "city"), first=1)
    found = flagged[flagged["robust"]][["city", "term", "variant"]].to_numpy().tolist()
    # With 民, X uses 警 more (8 of 10, 2 of 11), Y 民. Without it X has nothing but 警, Y has 党 too.
    assert found == [
        ["X", "警", "main"],
        ["Y", "民", "main"],
        ["X", "警", "without 民"],
        ["Y", "党", "without 民"],
    ]


def test_a_term_does_not_survive_in_a_variant_that_lacks_it():
    flagged = flag_robust(rank_counts(VARIANTS, "city"))
    table = summarize_robustness(flagged, "city").set_index(["city", "term"])
    assert table.loc[("Y", "民"), ["robust_in", "n_variants", "fails_in"]].tolist() == [1, 2, "without 民"]
    assert table.loc[("X", "警"), ["robust_in", "fails_in"]].tolist() == [2, ""]


def test_a_run_in_which_a_group_is_gone_counts_against_it():
    counts = pd.concat([COUNTS, pd.DataFrame([("c", "Z", "党", 3)], columns=COUNTS.columns)])
    flagged = flag_robust(rank_counts({"main": counts, "without a": counts[counts["doc_id"] != "a"]}, "city"))
    assert summarize_robustness(flagged, "city").query("city == 'X'")["fails_in"].tolist() == ["without a"]


def test_a_variant_with_one_group_compares_nothing_and_still_counts():
    flagged = flag_robust(rank_counts({"main": COUNTS, "without b": COUNTS[COUNTS["city"] == "X"]}, "city"))
    assert flagged.loc[flagged["variant"] == "without b", "rank"].isna().all()
    assert summarize_robustness(flagged, "city")["n_variants"].unique().tolist() == [2]
    assert summarize_robustness(flagged, "city")["fails_in"].unique().tolist() == ["without b"]


@pytest.mark.parametrize(
    ("variants", "message"),
    [
        ({}, "There is no variant to rank"),
        ({"main": COUNTS[COUNTS["city"] == "X"]}, "city has the one group X"),
        ({"main": COUNTS.head(0)}, "one group"),
    ],
)
def test_what_cannot_be_ranked_is_refused(variants, message):
    with pytest.raises(ValueError, match=message):
        rank_counts(variants, "city")


@pytest.fixture(scope="module")
def lexicon():
    return read_notes(ROOT / "seeds", "lexicon")


def test_ranking_methods_agree_with_the_verbs_and_scikit_learn(study):
    fine = count_terms(words(counted(study.tokens)), part="paragraph")
    weights = _weigh(fine, "city")
    assert weights.notna().all().all()
    groups = tf_idf(count_terms(words(counted(study.tokens))), "city").set_index(["city", "term"])
    assert weights["groups"].tolist() == pytest.approx(groups["tf_idf"].tolist())
    odds = keyness(fine, "city").set_index(["city", "term"])["log_odds_z"]
    # In the text 派出所 occurs 37 times in Fu'an's article, and in 4 of 5 articles of all cities.
    station = weights.loc[("Fu'an", "派出所")]
    assert station["groups"] == 0
    assert (weights.groupby("city")["smoothed"].agg(lambda w: (w**2).sum()) - 1).abs().max() < 1e-9
    ranks = rank_counts({"main": fine}, "city").set_index(["city", "term"])["rank"]
    ranked_odds = odds.groupby("city").rank(ascending=False, method="min").astype("int64")
    assert ranks.tolist() == ranked_odds.reindex(ranks.index).tolist()
    ranked = rank_weightings(fine, "city")
    assert ranked["variant"].unique().tolist() == [
        f"weighting: {method}" for method in ("groups", "articles", "paragraphs", "smoothed")]  # fmt: skip


def test_each_choice_of_the_study_is_a_variant_by_its_name(study, lexicon):
    variants = count_variants(
        study.lines, lexicon, {"honours out": study.lines.query("doc_id == '003' and line >= 24")}
    )
    assert list(variants) == [
        "baseline", "without HMM", "without lexicon", "substrings", "with captions",
        "without titles, headings",
        "without place names", "honours out",
        "without 000", "without 001", "without 002", "without 003", "without 004"]  # fmt: skip
    sums = {name: counts_of["n"].sum() for name, counts_of in variants.items()}
    assert variants["baseline"]["n"].sum() == len(words(counted(study.tokens)))
    assert sums["with captions"] > sums["baseline"] > sums["without titles, headings"]
    assert not variants["without place names"]["term"].str.contains("福州").any()
    assert "003" in set(variants["honours out"]["doc_id"])
    assert "公安" in set(variants["substrings"]["term"])
    assert variants["substrings"]["term"].str.len().min() == 2
    plain = segment_lines(counted(study.lines))
    assert variants["without lexicon"]["n"].sum() == len(words(plain))
    assert set(variants["without lexicon"]["term"]) == set(words(plain)["term"])
    assert "003" not in set(variants["without 003"]["doc_id"])


def test_a_choice_that_changes_nothing_is_no_variant_and_one_without_lines_is_refused(study, lexicon):
    lines = study.lines[study.lines["zone"] == "body"]
    variants = count_variants(lines, lexicon[lexicon["type"] != "place"])
    assert not {"with captions", "without titles, headings", "without place names"} & set(variants)
    with pytest.raises(ValueError, match="has no lines to leave out"):
        count_variants(lines, lexicon, {"none": lines.head(0)})
    with pytest.raises(ValueError, match="There is a variant 'without lexicon' already"):
        count_variants(lines, lexicon, {"without lexicon": lines.head(1)})
    with pytest.raises(ValueError, match="have no paragraph: pass the articles through label_lines"):
        count_variants(lines.drop(columns="paragraph"), lexicon)


def test_an_empty_variant_has_no_robust_term_and_a_lexicon_of_terms_alone_will_do(study, lexicon):
    titles = study.lines[study.lines["zone"] == "title"]
    variants = count_variants(titles, lexicon[["term"]])
    assert variants["without titles, headings"].empty
    flagged = flag_robust(rank_counts(variants, "doc_id"))
    assert not flagged.loc[flagged["variant"] == "without titles, headings", "robust"].any()
    assert flagged["variant"].nunique() == len(variants)


def test_strings_that_overlap_more_than_there_are_characters_are_the_size():
    lines = pd.DataFrame({"doc_id": ["a"], "city": ["X"], "text": ["警警警"]})
    rows = _count_substrings(lines.assign(text="警警警民"), ["警警", "警警警", "警民", "警警民", "警"])
    assert rows.set_index("term")["n"].to_dict() == {"警民": 1, "警警": 1, "警警民": 1, "警警警": 1}
    assert rows["n_characters"].tolist() == [4] * 4
    assert _count_substrings(lines, ["警警", "警警警", "警警"])["n_characters"].tolist() == [3] * 2


STRINGS = pd.DataFrame(
    [("a", "X", "公安局和公安"), ("b", "X", "今天下雨"), ("c", "Y", "公安"), ("c", "Y", "民警和群众")],
    columns=["doc_id", "city", "text"],
)


def test_rates_of_strings_are_per_character_in_every_verb():
    """Say the rest of the characters as a term of its own: then the sizes are sums, as of words."""
    strings = _count_substrings(STRINGS, ["公安", "民警", "群众", "法院"])
    sums = strings.groupby(["doc_id", "city"], as_index=False).agg(
        n=("n", "sum"), of=("n_characters", "first")
    )
    rest = sums.assign(term="rest", n=sums["of"] - sums["n"]).drop(columns="of")
    whole = pd.concat([strings.drop(columns="n_characters"), rest])
    for verb in (add_rates, tf_idf, separated_terms, leave_one_out, permutation_test, keyness):
        ours, expected = verb(strings, "city"), verb(whole, "city")
        expected = expected[expected["term"] != "rest"].reset_index(drop=True)
        # The rest is one of the terms ranked.
        kept = [column for column in ours.columns if column not in {"rank", "best_rank", "worst_rank"}]
        pd.testing.assert_frame_equal(ours[kept], expected[kept])
    more, also = (rank_counts({"main": rows}, "city").query("term != 'rest'") for rows in (strings, whole))
    assert more["overused"].tolist() == also["overused"].tolist()
    spread = dispersion(whole)
    pd.testing.assert_frame_equal(
        dispersion(strings), spread[spread["term"] != "rest"].reset_index(drop=True)
    )


def test_strings_are_counted_by_article_with_the_columns_that_have_one_value_there():
    moods = _count_substrings(STRINGS.assign(mood=["dry", "dry", "dry", "wet"]), ["公安"])
    pd.testing.assert_frame_equal(moods, _count_substrings(STRINGS, ["公安", "公安", "公"]))
    assert _count_substrings(STRINGS, []).columns.tolist() == ["doc_id", "city", "term", "n", "n_characters"]


def test_a_column_of_the_lines_leaves_the_plain_strings_whole(study, lexicon):
    lines = study.lines[study.lines["doc_id"].isin(["000", "004"])]
    plain, wide = (
        count_variants(frame, lexicon)["substrings"]
        for frame in (lines, lines.assign(length=lines["text"].str.len()))
    )
    pd.testing.assert_frame_equal(plain, wide)


def test_a_corpus_without_a_lexicon_is_ranked_as_with_an_empty_one(study, lexicon):
    lines = study.lines[study.lines["doc_id"].isin(["000", "004"])]
    without, empty = (count_variants(lines, known) for known in (None, lexicon.head(0)))
    pd.testing.assert_frame_equal(rank_counts(without, "doc_id"), rank_counts(empty, "doc_id"))
    assert "without place names" not in without


def test_lines_without_a_word_cannot_be_varied(study, lexicon):
    for lines in (study.lines.head(0), study.lines.assign(zone="byline"), study.lines.assign(text="。")):
        with pytest.raises(ValueError, match="No line has a counted word"):
            count_variants(lines, lexicon)
    with pytest.raises(ValueError, match="no column 'doc_id'"):
        count_variants(pd.DataFrame(), lexicon)


def test_no_robust_term_gives_no_row():
    flagged = flag_robust(rank_counts(VARIANTS, "city"), first=0)
    none = summarize_robustness(flagged, "city")
    assert none.empty
    assert none.columns.tolist() == ["city", "term", "robust_in", "n_variants", "fails_in"]
    assert summarize_robustness(flagged.head(0), "city").empty
    assert flag_robust(rank_counts(VARIANTS, "city").head(0))["robust"].dtype == bool


def test_the_ranking_methods_on_a_small_example():
    rows = [("a", 1, "X", "警", 3), ("a", 2, "X", "民", 1), ("b", 1, "Y", "民", 2)]
    weights = _weigh(pd.DataFrame(rows, columns=["doc_id", "paragraph", "city", "term", "n"]), "city")
    police = weights.loc[("X", "警")]
    # 警 is three quarters of X's words and occurs in one of two cities, one of three paragraphs.
    assert police["groups"] == pytest.approx(3 / 4 * log(2))
    assert police["paragraphs"] == pytest.approx(3 / 4 * log(3))
    police_weight, people_weight = (1 + log(3)) * (1 + log(3 / 2)), 1.0
    assert police["smoothed"] == pytest.approx(police_weight / hypot(police_weight, people_weight))


def test_the_variants_and_the_weightings_are_ranked_twice_alike(study, lexicon):
    def rank_all():
        variants = count_variants(study.lines, lexicon)
        return pd.concat([rank_counts(variants, "city"), rank_weightings(variants["baseline"], "city")])

    first = rank_all()
    pd.testing.assert_frame_equal(first, rank_all())
    assert first["variant"].nunique() == 12 + 4
    assert not first["term"].eq("").any()


def test_strings_are_counted_where_no_word_is_cut(study):
    lines = counted(study.lines)
    strings = _count_substrings(lines[["doc_id", "city", "text"]], ["公安", "..", "公"])
    text = "\n".join(lines.loc[lines["doc_id"] == "004", "text"])
    row = strings[(strings["doc_id"] == "004") & (strings["term"] == "公安")]
    assert row["n"].tolist() == [text.count("公安")]
    assert strings.columns.tolist() == ["doc_id", "city", "term", "n", "n_characters"]
    sizes = lines.groupby("doc_id")["text"].agg(lambda texts: texts.str.len().sum())
    assert strings.groupby("doc_id")["n_characters"].unique().map(list).tolist() == [[n] for n in sizes]


def test_one_word_and_the_name_of_a_city_survive_whichever_article_is_left_out(study):
    counts = count_terms(words(counted(study.tokens)))
    variants = {"main": counts} | {
        i: counts[counts["doc_id"] != i] for i in sorted(counts["doc_id"].unique())
    }
    table = summarize_robustness(flag_robust(rank_counts(variants, "city")), "city")
    assert table.loc[table["robust_in"] == 6, ["city", "term"]].to_numpy().tolist() == [
        ["Fuzhou", "全国"],
        ["Fuzhou", "福州"],
    ]
