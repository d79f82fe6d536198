"""A verb refuses a column that it makes itself, and no other name means anything to it.

A new verb needs one line here: in GROUPED if it takes a `by`, else in PLAIN.
"""

import pandas as pd
import pytest

import corpus_lib as lib
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

ARTICLES = pd.DataFrame({"doc_id": list("abc"), "city": list("XXY")})
TEXTS = ARTICLES.assign(text=["标题\n公安局和公安。", "标题\n民警和群众。", "标题\n再快一秒,公安。"])
LINES = lib.label_lines(TEXTS)
TOKENS = lib.words(lib.segment_lines(LINES))
COUNTS = lib.count_terms(TOKENS, part="paragraph")
RANKED = rank_counts({"main": COUNTS, "other": COUNTS.assign(n=1)}, "city")
GLOSSES = pd.DataFrame({"term": ["公安"], "english": ["police"], "topic": ["order"], "source": ["study"]})

# Name: a frame, and the verb on it.
PLAIN = {
    "label_lines": (TEXTS, lib.label_lines),
    "counted": (LINES, lib.counted),
    "count_terms": (TOKENS, lib.count_terms),
    "count_terms by paragraph": (TOKENS, lambda frame: lib.count_terms(frame, part="paragraph")),
    "dispersion": (COUNTS, lib.dispersion),
    "add_glosses": (COUNTS, lambda frame: lib.add_glosses(frame, GLOSSES)),
    "add_citations": (TOKENS, lambda frame: lib.add_citations(frame, LINES)),
    "count_topics": (COUNTS, lambda frame: lib.count_topics(frame, GLOSSES)),
    "flag_robust": (RANKED, flag_robust),
    "count_variants": (LINES, lambda frame: count_variants(frame)["baseline"]),
}

# Name: a frame, and the verb on it and on the column `by`.
GROUPED = {
    "add_rates": (COUNTS, lib.add_rates),
    "tf_idf": (COUNTS, lib.tf_idf),
    "keyness": (COUNTS, lib.keyness),
    "leave_one_out": (COUNTS, leave_one_out),
    "permutation_test": (COUNTS, permutation_test),
    "separated_terms": (COUNTS, separated_terms),
    "rank_counts": (COUNTS, lambda frame, by: rank_counts({"main": frame}, by)),
    "rank_weightings": (COUNTS, rank_weightings),
    "summarize_robustness": (flag_robust(RANKED), summarize_robustness),
}


def at_city(verb):
    return lambda frame: verb(frame, "city")


VERBS = PLAIN | {name: (frame, at_city(verb)) for name, (frame, verb) in GROUPED.items()}

# Verbs that compare, and so cannot do without rows.
COMPARE = {"count_variants", *GROUPED} - {"add_rates", "tf_idf", "summarize_robustness"}

# Names that a corpus may well use, or that a verb might use on its way.
FOREIGN = [
    *("length", "phrase", "left", "rank", "articles", "log_ratio", "index", "level_0", "_key", "expected"),
    *("gap", "row", "span", "score", "variant", "overused", "size", "in", "have", "0"),
]


def made(name: str) -> list[str]:
    """List the columns that a verb makes: those of its output that its input lacks."""
    frame, verb = VERBS[name]
    return [column for column in verb(frame).columns if column not in frame.columns]


MADE = [(name, column) for name in VERBS for column in made(name)]
OTHERS = [
    (name, column)
    for name, (frame, _) in VERBS.items()
    for column in FOREIGN
    if column not in frame and (name, column) not in MADE
]


@pytest.mark.parametrize(("name", "column"), MADE)
def test_a_column_that_the_verb_makes_is_refused_by_name(name, column):
    frame, verb = VERBS[name]
    with pytest.raises(ValueError, match=f"'{column}'"):
        verb(frame.assign(**{column: "mine"}))


@pytest.mark.parametrize(("name", "column"), OTHERS)
def test_any_other_column_is_carried_untouched_or_changes_nothing(name, column):
    frame, verb = VERBS[name]
    own = "of " + frame["city"].astype("str")
    given = [verb(frame.assign(**{c: own})) for c in (column, "an unlikely name")]
    plain = given[0].drop(columns=column, errors="ignore")
    pd.testing.assert_frame_equal(plain, verb(frame))
    assert (column in given[0]) == ("an unlikely name" in given[1])
    if column in given[0]:
        assert given[0][column].tolist() == ("of " + given[0]["city"].astype("str")).tolist()


@pytest.mark.parametrize(("name", "column"), [pair for pair in OTHERS if pair[0] in GROUPED])
def test_groups_may_have_any_name_that_the_verb_does_not_make(name, column):
    frame, verb = GROUPED[name]
    ours = verb(frame.rename(columns={"city": column}), column)
    pd.testing.assert_frame_equal(ours.rename(columns={column: "city"}), verb(frame, "city"))


@pytest.mark.parametrize(("name", "column"), [pair for pair in MADE if pair[0] in GROUPED])
def test_groups_of_a_name_that_the_verb_makes_are_refused(name, column):
    frame, verb = GROUPED[name]
    with pytest.raises(ValueError, match=f"'{column}'"):
        verb(frame.rename(columns={"city": column}), column)


@pytest.mark.parametrize("name", GROUPED)
def test_an_unknown_group_is_named_with_the_columns_there_are(name):
    frame, verb = GROUPED[name]
    with pytest.raises(ValueError, match=r"no column 'jahr'. The columns are: .*city"):
        verb(frame, "jahr")
    for own in {"term", "n"} & set(frame.columns):
        with pytest.raises(ValueError, match=own):
            verb(frame, own)


@pytest.mark.parametrize(("name", "column"), [(n, c) for n, (frame, _) in VERBS.items() for c in frame])
def test_a_column_that_the_verb_needs_is_named_when_it_is_not_there(name, column):
    """Without a column the verb works as well, or names it: there is no other error."""
    frame, verb = VERBS[name]
    try:
        verb(frame.drop(columns=column))
    except ValueError as error:
        assert column in str(error)  # noqa: PT017


@pytest.mark.parametrize("name", sorted(VERBS.keys() - COMPARE))
def test_no_rows_give_no_rows_of_the_same_types(name):
    frame, verb = VERBS[name]
    some, none = verb(frame), verb(frame.head(0))
    assert none.empty
    # Of no rows, every column has one value in each group: tf_idf carries them all.
    pd.testing.assert_series_equal(none.dtypes[some.columns], some.dtypes)


@pytest.mark.parametrize("name", sorted(COMPARE))
def test_no_rows_cannot_be_compared(name):
    frame, verb = VERBS[name]
    with pytest.raises(ValueError, match=r"one group \(none\)|No line has a counted word"):
        verb(frame.head(0))


def test_the_verbs_change_no_frame():
    for frame, verb in VERBS.values():
        before = frame.copy()
        verb(frame)
        pd.testing.assert_frame_equal(frame, before)
