"""Rules against annotators: how well what a rule finds agrees with what an annotator has labelled."""

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


def score_figures(found: pd.DataFrame, labelled: pd.DataFrame) -> pd.DataFrame:
    """Count, kind by kind, how many figures two lists have in common.

    In: two tables with `doc_id, start, text, kind, value, value_to, unit, qualifier`: what the rules, or one
    annotator, found, and what another annotator labelled. Values may be text, as in a file. Columns out:
    `kind` (the last row is all), `labelled, found`, `agree` (same place, words and kind), `in_full` (also
    value, unit and qualifier), `precision` (the share of the found figures that agree), `recall` (the same of
    the labelled ones), both in per cent and missing where there is none. Labels made with the rules in view,
    or rules with the labels in view, measure memory.

    >>> row = {"doc_id": "a", "start": 0, "text": "3名", "kind": "quantity", "value": 3.0}
    >>> table = pd.DataFrame([row | {"value_to": None, "unit": "名", "qualifier": "exact"}])
    >>> score_figures(table, table.assign(unit="个"))[["kind", "agree", "in_full"]].to_numpy().tolist()
    [['quantity', 1, 0], ['all', 1, 0]]
    """
    ours, theirs = _comparable(found), _comparable(labelled)
    both = {"agree": ours.merge(theirs, on=[*PLACE, "kind"]), "in_full": ours.merge(theirs)}
    tables = {"labelled": theirs, "found": ours, **both}
    counts = pd.DataFrame({name: table["kind"].value_counts() for name, table in tables.items()})
    counts = counts.fillna(0).sort_index()
    counts.loc["all"] = counts.sum()
    # A share of nothing is missing.
    counts["precision"] = 100 * counts["agree"] / counts["found"].replace(0, np.nan)
    counts["recall"] = 100 * counts["agree"] / counts["labelled"].replace(0, np.nan)
    return counts.astype(dict.fromkeys(tables, "int64")).rename_axis("kind").reset_index()


def _comparable(figures: pd.DataFrame) -> pd.DataFrame:
    """Bring a list to one form: each figure once, and all cells text, numbers rounded."""
    require(figures, *PLACE, *SAYS)
    table = figures.loc[figures["text"] != "", [*PLACE, *SAYS]].astype({"start": "int64"})
    for name in ("value", "value_to"):
        table[name] = pd.to_numeric(table[name], errors="coerce").astype("float64").round(DIGITS)
    return table.drop_duplicates(PLACE).astype("str")


def score_segmentation(tokens: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """Count how many words of an annotator a segmenter, or another annotator, divides alike.

    In: `tokens` with `doc_id, start, end`; `cuts`, annotated sentences with `doc_id, start` and `cut`, the
    words with one blank between them (a blank of the text is written ␣). Tokens outside the sentences are
    left out. A word agrees when both its ends do; marks do not count. Columns out, in one row: `words`
    (annotated), `tokens`, `agree`, `precision` (the share of the tokens that agree), `recall` (the same of
    the words) and `f1`, their harmonic mean, all three in per cent. Other rules of annotation would give
    another score. Raises ValueError when there are no words or no tokens.

    >>> tokens = pd.DataFrame({"doc_id": "a", "start": [0, 2], "end": [2, 4]})
    >>> cuts = pd.DataFrame({"doc_id": ["a"], "start": [0], "cut": ["公安 民 警"]})
    >>> score_segmentation(tokens, cuts)[["words", "tokens", "agree"]].to_numpy().tolist()
    [[3, 2, 1]]
    """
    require(tokens, *SPAN)
    require(cuts, "doc_id", "start", "cut")
    annotated = gold_tokens(cuts[["doc_id", "start", "cut"]].assign(row=range(len(cuts))))
    sentences = annotated.groupby("row").agg({"doc_id": "first", "start": "min", "end": "max"})
    # The end of the sentence at each character; of the one that ends last, where sentences overlap.
    spans = _spans(sentences.sort_values("end"))
    ends = {(doc_id, place): end for doc_id, start, end in spans for place in range(start, end)}
    marks = set(_spans(annotated[annotated["mark"]]))
    words = set(_spans(annotated)) - marks
    found = {span for span in _spans(tokens) if span[2] <= ends.get(span[:2], -1)} - marks
    n, m, agree = len(words), len(found), len(words & found)
    if not words or not found:
        raise ValueError(f"{n} annotated words and {m} tokens: pass the tokens of the sentences' articles.")
    table = pd.DataFrame({"words": [n], "tokens": m, "agree": agree})
    return table.assign(precision=100 * agree / m, recall=100 * agree / n, f1=200 * agree / (n + m))


def gold_tokens(cuts: pd.DataFrame) -> pd.DataFrame:
    """Turn annotated sentences into a row for each word.

    In: `cuts` as in `score_segmentation`. Columns out: those of `cuts` without `start, cut`, then the word's
    own `start, end, term`, and `mark`: whether it has no letter, digit or Chinese character.

    >>> cuts = pd.DataFrame({"doc_id": ["a"], "start": ["7"], "cut": ["公安 。"]})
    >>> gold_tokens(cuts)[["start", "end", "term", "mark"]].to_numpy().tolist()
    [[7, 9, '公安', False], [9, 10, '。', True]]
    """
    require(cuts, "doc_id", "start", "cut")
    sentences = cuts.reset_index(drop=True).drop(columns=["start", "cut"])
    refuse_taken(sentences, ["start", "end", "term", "mark"], "gold_tokens")
    # One word a row; the index is the row of its sentence.
    term = cuts["cut"].astype("str").reset_index(drop=True).str.split(" ").explode().astype("str")
    size, start = term.str.len().astype("int64"), cuts["start"].astype("int64").to_numpy()[term.index]
    end, mark = start + size.groupby(level=0).cumsum(), ~term.str.contains(r"[^\W_]").astype("bool")
    words = sentences.take(term.index.to_numpy()).assign(start=end - size, end=end)
    return words.assign(term=term.str.replace("␣", " "), mark=mark).reset_index(drop=True)


def _spans(words: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Give the places of words, as text and numbers."""
    places = words[SPAN].astype({"doc_id": "str", "start": "int64", "end": "int64"})
    return list(places.itertuples(index=False, name=None))
