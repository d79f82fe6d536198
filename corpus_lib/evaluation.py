"""Rules against annotators: how well what a rule finds agrees with what an annotator has labelled."""

from __future__ import annotations

import numpy as np
import pandas as pd

from corpus_lib.columns import refuse_taken, require

# A figure is found when it stands at the same place in the same words.
PLACE = ["doc_id", "start", "text"]

# It is right in full when all of this is as labelled.
SAYS = ["kind", "value", "value_to", "unit", "qualifier"]

# Labels in decimals are written with four digits, as 33.3333 for a third.
DIGITS = 4

# The place of a word in its article.
SPAN = ["doc_id", "start", "end"]

# The columns of a sentence that those of its words replace.
REPLACED = ["start", "cut"]


def score_figures(found: pd.DataFrame, labelled: pd.DataFrame) -> pd.DataFrame:
    """Count, kind by kind, how many figures two lists have in common.

    In: two tables with `doc_id, start, text, kind, value, value_to, unit, qualifier`: what the
    rules found, and what an annotator labelled; or the lists of two annotators, to see how far
    they agree. Values may be text, as in a file.
    Columns out: `kind` (the last row is all), `labelled, found`, `agree` (same place, words
    and kind), `in_full` (also value, unit and qualifier), `precision` (the share of the found
    figures that agree), `recall` (the same of the labelled ones), both in per cent and missing
    where there is none.

    The score misleads when the labels were made with the rules in view, or the rules with the
    labels in view: then it measures memory.

    >>> row = {"doc_id": "a", "start": 0, "text": "3名", "kind": "quantity", "value": 3.0}
    >>> table = pd.DataFrame([row | {"value_to": None, "unit": "名", "qualifier": "exact"}])
    >>> score_figures(table, table.assign(unit="个"))[["kind", "agree", "in_full"]].to_numpy().tolist()
    [['quantity', 1, 0], ['all', 1, 0]]
    """
    lists = [_comparable(found), _comparable(labelled)]
    placed = lists[0].merge(lists[1], on=PLACE, suffixes=("", "_labelled"))
    agree = placed[placed["kind"] == placed["kind_labelled"]]
    same = [agree[name] == agree[f"{name}_labelled"] for name in SAYS]
    in_full = agree[pd.concat(same, axis=1).all(axis=1)]
    tables = {"labelled": lists[1], "found": lists[0], "agree": agree, "in_full": in_full}
    counts = pd.DataFrame({name: part["kind"].value_counts() for name, part in tables.items()})
    counts = counts.fillna(0).sort_index()
    counts.loc["all"] = counts.sum()
    # A share of nothing is missing.
    counts["precision"] = 100 * counts["agree"] / counts["found"].replace(0, np.nan)
    counts["recall"] = 100 * counts["agree"] / counts["labelled"].replace(0, np.nan)
    return counts.astype(dict.fromkeys(tables, "int64")).rename_axis("kind").reset_index()


def _comparable(figures: pd.DataFrame) -> pd.DataFrame:
    """Bring a list to one form: numbers as rounded text, missing ones as empty text."""
    require(figures, *PLACE, *SAYS)
    table = figures.loc[figures["text"] != "", [*PLACE, *SAYS]].astype({"start": "int64"})
    for name in ("value", "value_to"):
        numbers = pd.to_numeric(table[name], errors="coerce").astype("float64").round(DIGITS)
        table[name] = ["" if pd.isna(number) else str(number) for number in numbers]
    return table.drop_duplicates(PLACE).astype("str").reset_index(drop=True)


def score_segmentation(tokens: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """Count how many words of an annotator a segmenter, or another annotator, divides alike.

    In: `tokens` with `doc_id, start, end`; `cuts`, annotated sentences with `doc_id, start` and
    `cut`, the words with one blank between them (a blank of the text is written ␣). Tokens outside
    the sentences are left out. A word agrees when both its ends do; marks do not count.
    Columns out, in one row: `words` (annotated), `tokens`, `agree`, `precision` (the share of the
    tokens that agree), `recall` (the same of the words) and `f1`, their harmonic mean, all three
    in per cent.

    The score depends on the rules of annotation: other rules would give another score.

    >>> tokens = pd.DataFrame({"doc_id": "a", "start": [0, 2], "end": [2, 4]})
    >>> cuts = pd.DataFrame({"doc_id": ["a"], "start": [0], "cut": ["公安 民 警"]})
    >>> score_segmentation(tokens, cuts)[["words", "tokens", "agree"]].to_numpy().tolist()
    [[3, 2, 1]]
    """
    require(tokens, *SPAN)
    annotated = _words(cuts)
    marks = set(_spans(annotated[annotated["mark"]]))
    words, found = ({*_spans(rows)} - marks for rows in (annotated, _inside(tokens, cuts)))
    if not words or not found:
        raise ValueError(
            f"The sentences have {len(words)} annotated words and {len(found)} tokens, so there is nothing "
            "to compare: pass the tokens of the articles that the sentences come from."
        )
    agree = len(words & found)
    table = pd.DataFrame({"words": [len(words)], "tokens": len(found), "agree": agree})
    shares = {"precision": 100 * agree / len(found), "recall": 100 * agree / len(words)}
    return table.assign(**shares, f1=200 * agree / (len(found) + len(words)))


def _spans(words: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Give the places of words."""
    return list(zip(words["doc_id"], words["start"], words["end"], strict=True))


def _inside(tokens: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """Keep the tokens that lie in one of the sentences.

    A token lies in one when it ends no later than any sentence that begins at or before it.
    """
    kinds = {"doc_id": "str", "start": "int64", "end": "int64"}
    size = cuts["cut"].str.replace(" ", "").str.len().astype("int64")
    sentences = cuts[["doc_id", "start"]].assign(end=cuts["start"].astype("int64") + size)
    sentences = sentences.astype(kinds).sort_values("start")
    reach = sentences[["doc_id", "start"]].assign(reach=sentences.groupby("doc_id")["end"].cummax())
    placed = pd.merge_asof(tokens[SPAN].astype(kinds).sort_values("start"), reach, on="start", by="doc_id")
    return placed[placed["end"] <= placed["reach"]]


def segmentation_errors(tokens: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """Say of each annotated word what became of it: whole, split, merged or misaligned.

    In: as `score_segmentation`. Columns out: those of `cuts` without `start, cut`, then the word's own
    `start, end, term` and `error`: `whole` (both ends agree), `split` (divided inside), `merged`
    (part of a longer token), `misaligned` (both at once: its token ends inside it and begins
    outside). Marks are left out.

    >>> tokens = pd.DataFrame({"doc_id": "a", "start": [0, 2, 3], "end": [2, 3, 4]})
    >>> cuts = pd.DataFrame({"doc_id": ["a"], "start": [0], "cut": ["公 安 民警"]})
    >>> segmentation_errors(tokens, cuts)["error"].tolist()
    ['merged', 'merged', 'split']
    """
    require(tokens, *SPAN)
    words = _words(cuts)
    ends = {(doc_id, place) for doc_id, *places in _spans(tokens) for place in places}
    words["error"] = pd.Series([_error(*place, ends) for place in _spans(words)], words.index, dtype="str")
    made = ["start", "end", "term", "error"]
    return _with_sentence(cuts, words[~words["mark"]], made, "segmentation_errors")


def _error(doc_id: str, start: int, end: int, ends: set[tuple[str, int]]) -> str:
    """Name what a segmenter did to one word, from the places where its tokens begin or end."""
    inside = any((doc_id, place) in ends for place in range(start + 1, end))
    outside = (doc_id, start) in ends and (doc_id, end) in ends
    if outside:
        return "split" if inside else "whole"
    return "misaligned" if inside else "merged"


def gold_tokens(cuts: pd.DataFrame) -> pd.DataFrame:
    """Turn annotated sentences into a row for each word.

    In: `cuts` as in `score_segmentation`. Columns out: those of `cuts` without `start, cut`, then the word's
    own `start, end, term`, and `mark`: whether it has no letter, digit or Chinese character.

    >>> cuts = pd.DataFrame({"doc_id": ["a"], "start": ["7"], "cut": ["公安 。"]})
    >>> gold_tokens(cuts)[["start", "end", "term", "mark"]].to_numpy().tolist()
    [[7, 9, '公安', False], [9, 10, '。', True]]
    """
    return _with_sentence(cuts, _words(cuts), ["start", "end", "term", "mark"], "gold_tokens")


def _words(cuts: pd.DataFrame) -> pd.DataFrame:
    """Read the words of annotated sentences; the index is the row of each word's sentence."""
    require(cuts, "doc_id", "start", "cut")
    words = cuts[["doc_id"]].assign(term=cuts["cut"].str.split(" ")).reset_index(drop=True)
    words = words.explode("term").astype("str")
    size = words["term"].str.len().astype("int64")
    begin = cuts["start"].astype("int64").to_numpy()[words.index]
    end = begin + size.groupby(level=0).cumsum()
    has_letter = words["term"].str.contains(r"[^\W_]").astype("bool")
    return words.assign(term=words["term"].str.replace("␣", " "), start=end - size, end=end, mark=~has_letter)


def _with_sentence(cuts: pd.DataFrame, words: pd.DataFrame, made: list[str], verb: str) -> pd.DataFrame:
    """Put the columns of its sentence before those of each word."""
    carried = [column for column in cuts.columns if column not in REPLACED]
    refuse_taken(carried, made, verb)
    sentences = cuts[carried].take(words.index.to_numpy()).reset_index(drop=True)
    return pd.concat([sentences, words[made].reset_index(drop=True)], axis=1)
