"""The verbs of segmentation, phrases and evaluation refuse the columns that they make, and carry others.

The columns that a verb makes are read from what it returns, so the test knows no list of its own.
"""

import pandas as pd
import pytest

from corpus_lib import label_lines, segment_lines, words
from corpus_lib.evaluation import gold_tokens, score_figures, score_segmentation
from corpus_lib.phrases import (
    collocates,
    concordance,
    count_ngrams,
    entity_figures,
    find_entities,
    shared_passages,
)

SHARED = "全国优秀公安基层单位"
ARTICLES = pd.DataFrame({"doc_id": list("ab"), "city": list("XY")})
LINES = label_lines(ARTICLES.assign(text=[f"标题\n今年{SHARED},群众满意。", f"题目\n{SHARED}民警。"]))
TOKENS = segment_lines(LINES)
SYSTEMS = pd.DataFrame({"system": ["公安"], "aliases": [""], "figures": ["a:4 5人"]})
FIGURE = {"doc_id": "a", "start": 4, "text": "5人", "kind": "quantity", "value": 5.0, "value_to": None}
FIGURES = pd.DataFrame([FIGURE | {"unit": "人", "qualifier": "exact", "city": "X"}])
CUTS = pd.DataFrame({"doc_id": ["a"], "city": ["X"], "start": [3], "cut": ["今年 全国 优秀 公安 ,"]})

# Name: the frame that a verb gets, and the verb; these carry the columns that they do not know.
CARRY = {
    "segment_lines": (LINES, segment_lines),
    "words": (TOKENS, words),
    "concordance": (TOKENS, lambda frame: concordance(frame, "公安")),
    "count_ngrams": (TOKENS, lambda frame: count_ngrams(frame, 2)),
    "shared_passages": (LINES, shared_passages),
    "find_entities": (LINES, lambda frame: find_entities(frame, SYSTEMS)),
    "entity_figures": (FIGURES, lambda frame: entity_figures(SYSTEMS, frame)),
    "gold_tokens": (CUTS, gold_tokens),
}

# These sum up: no column of the frame is in their result.
SUM_UP = {
    "collocates": (TOKENS, lambda frame: collocates(words(frame), "公安")),
    "score_figures, found": (FIGURES, lambda frame: score_figures(frame, FIGURES)),
    "score_figures, labelled": (FIGURES, lambda frame: score_figures(FIGURES, frame)),
    "score_segmentation, tokens": (TOKENS, lambda frame: score_segmentation(frame, CUTS)),
    "score_segmentation, cuts": (CUTS, lambda frame: score_segmentation(TOKENS, frame)),
    "find_entities, register": (SYSTEMS, lambda frame: find_entities(LINES, frame)),
    "entity_figures, register": (SYSTEMS, lambda frame: entity_figures(frame, FIGURES)),
}
VERBS = CARRY | SUM_UP

# Names that a corpus may use, that a verb makes, or that it might use on its way.
FOREIGN = sorted(
    {column for frame, verb in VERBS.values() for column in [*frame, *verb(frame)]}
    | {
        "index",
        "level_0",
        "_key",
        "0",
        "row",
        "at",
        "near",
        "reach",
        "place",
        "span",
        "line_start",
        "span_of",
    }
    | {"kind_labelled", "figures_x", "gram", "first", "after", "ahead", "part", "article", "code", "n_x"}
)

# What a verb replaces by its own: the text of a line by the terms of its tokens, and so on.
REPLACED = {
    "segment_lines": {"start", "end", "text"},
    "gold_tokens": {"start", "cut"},
    # The place of a token, or of a line, is not its article's.
    "count_ngrams": {"line", "paragraph", "zone", "start", "end"},
    "shared_passages": {"paragraph", "zone"},
}


def made(name: str) -> set[str]:
    """List the columns that a verb makes: those of its output that its input lacks."""
    frame, verb = CARRY[name]
    return set(verb(frame).columns) - set(frame.columns)


def others(name: str) -> list[str]:
    """List the names that mean nothing to a verb."""
    known = {*VERBS[name][0].columns, *REPLACED.get(name, ())} | (made(name) if name in CARRY else set())
    return [column for column in FOREIGN if column not in known]


MADE = [(name, column) for name in CARRY for column in sorted(made(name))]
OTHERS = [(name, column) for name in CARRY for column in others(name)]


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_has_something_to_show(name):
    frame, verb = VERBS[name]
    assert len(verb(frame)) > 0


@pytest.mark.parametrize(("name", "column"), MADE)
def test_a_column_that_the_verb_makes_is_refused_by_name(name, column):
    frame, verb = CARRY[name]
    with pytest.raises(ValueError, match=f"makes a column '{column}'"):
        verb(frame.assign(**{column: "mine"}))


@pytest.mark.parametrize(("name", "column"), OTHERS)
def test_any_other_column_is_carried_untouched(name, column):
    frame, verb = CARRY[name]
    carried = verb(frame.assign(**{column: "of " + frame["city"].astype("str")}))
    assert carried[column].tolist() == ("of " + carried["city"].astype("str")).tolist()
    pd.testing.assert_frame_equal(carried.drop(columns=column), verb(frame))


@pytest.mark.parametrize(("name", "column"), [(name, c) for name in SUM_UP for c in others(name)])
def test_a_verb_that_sums_up_is_not_disturbed(name, column):
    frame, verb = SUM_UP[name]
    pd.testing.assert_frame_equal(verb(frame.assign(**{column: "mine"})), verb(frame))


@pytest.mark.parametrize(("name", "column"), [(n, c) for n, (frame, _) in VERBS.items() for c in frame])
def test_a_column_that_the_verb_needs_is_named_when_it_is_missing(name, column):
    """Without a column the verb works as well, or names it: there is no other error."""
    frame, verb = VERBS[name]
    try:
        verb(frame.drop(columns=column))
    except ValueError as error:
        assert column in str(error)  # noqa: PT017


NEEDED = {
    "segment_lines": "text",
    "words": "term",
    "concordance": "line",
    "collocates": "doc_id",
    "count_ngrams": "paragraph",
    "shared_passages": "text",
    "find_entities": "end",
    "find_entities, register": "aliases",
    "entity_figures": "text",
    "entity_figures, register": "figures",
    "gold_tokens": "cut",
    "score_figures, found": "unit",
    "score_segmentation, tokens": "end",
    "score_segmentation, cuts": "cut",
}


@pytest.mark.parametrize(("name", "column"), NEEDED.items())
def test_a_column_that_the_verb_cannot_do_without_is_an_error(name, column):
    frame, verb = VERBS[name]
    with pytest.raises(ValueError, match=column):
        verb(frame.drop(columns=column))


def test_a_lexicon_without_terms_is_an_error():
    with pytest.raises(ValueError, match="no column 'term'"):
        segment_lines(LINES, pd.DataFrame({"word": ["公安"]}))


@pytest.mark.parametrize(("table", "column"), [("figures", "kind"), ("lexicon", "type")])
def test_what_is_to_be_masked_has_the_columns_that_say_so(table, column):
    whole = {"figures": FIGURES, "lexicon": pd.DataFrame({"term": ["福州"], "type": ["place"]})}[table]
    with pytest.raises(ValueError, match=f"no column '{column}'"):
        shared_passages(LINES, **{table: whole.drop(columns=column)})


def test_the_verbs_change_no_frame():
    for frame, verb in VERBS.values():
        before = frame.copy()
        verb(frame)
        pd.testing.assert_frame_equal(frame, before)
