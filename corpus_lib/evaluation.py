"""Rules against annotators: how well what a rule finds agrees with what an annotator has labelled."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from corpus_lib.columns import refuse_taken, require

# A figure is found when it stands at the same place in the same words.
PLACE = ["doc_id", "start", "text"]

# It is right in full when all of this is as labelled.
SAYS = ["kind", "value", "value_to", "unit", "qualifier"]

# Labels in decimals are written with four digits, as 33.3333 for a third.
DIGITS = 4

# A sentence with the mark that ends it and the marks that close a quotation or a bracket; or what is
# left of a line. Each mark is listed with full width and with half width.
SENTENCE = re.compile(r"[^。\uff01\uff1f\uff1b!?;]+(?:[。\uff01\uff1f\uff1b!?;]+[”’」』\")\uff09]*)?")

# In characters: shorter pieces of a line are names and numbers rather than sentences.
SHORTEST = 6

# The place of a word in its article.
SPAN = ["doc_id", "start", "end"]

# What an annotated word has besides the columns of its sentence, and what its error adds.
WORD_COLUMNS = ["start", "end", "term", "mark"]
ERROR_COLUMNS = ["start", "end", "term", "error"]

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
    return (
        counts.astype("int64")
        .assign(
            precision=100 * counts["agree"] / counts["found"].where(counts["found"] > 0),
            recall=100 * counts["agree"] / counts["labelled"].where(counts["labelled"] > 0),
        )
        .rename_axis("kind")
        .reset_index()
    )


def _comparable(figures: pd.DataFrame) -> pd.DataFrame:
    """Bring a list to one form: numbers as rounded text, missing ones as empty text."""
    require(figures, *PLACE, *SAYS)
    table = figures.loc[figures["text"] != "", [*PLACE, *SAYS]].astype({"start": "int64"})
    for name in ("value", "value_to"):
        numbers = pd.to_numeric(table[name], errors="coerce").astype("float64").round(DIGITS)
        table[name] = ["" if pd.isna(number) else str(number) for number in numbers]
    return table.drop_duplicates(PLACE).astype("str").reset_index(drop=True)


def draw_sentences(lines: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    """Draw sentences at random for annotation: the same sentences for the same seed.

    In: `lines` with `doc_id, line, start, text`. A sentence ends at 。, at an exclamation mark, a
    question mark or a semicolon of full or half width, or with its line. Sentences shorter than
    SHORTEST are left out, because they hold little to segment.
    Columns out: `doc_id, line, start, text`, in the order of the articles.

    Raises ValueError when there are fewer sentences than asked for.

    >>> line = {"doc_id": "a", "line": 1, "start": 5, "text": "今天天气好。明天也会下雨吗?"}
    >>> lines = pd.DataFrame([line])
    >>> draw_sentences(lines, 2, seed=1)[["start", "text"]].to_numpy().tolist()
    [[5, '今天天气好。'], [11, '明天也会下雨吗?']]
    """
    columns = ["doc_id", "line", "start", "text"]
    require(lines, *columns)
    rows = [
        (doc_id, line, start + match.start(), match[0])
        for doc_id, line, start, text in lines[columns].to_numpy().tolist()
        for match in SENTENCE.finditer(text)
        if len(match[0]) >= SHORTEST
    ]
    if len(rows) < n:
        raise ValueError(
            f"These lines have {len(rows)} sentences of {SHORTEST} characters or more, and {n} were "
            "asked for: ask for fewer, or pass more lines."
        )
    sentences = pd.DataFrame(rows, columns=columns)
    return sentences.sample(n, random_state=seed).sort_values(["doc_id", "start"], ignore_index=True)


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
    _, annotated = _words(cuts)
    marks = _spans(annotated[annotated["mark"]])
    words, found = _spans(annotated) - marks, _spans(_inside(tokens, cuts)) - marks
    if not words or not found:
        raise ValueError(
            f"The sentences have {len(words)} annotated words and {len(found)} tokens, so there is nothing "
            "to compare: pass the tokens of the articles that the sentences come from."
        )
    agree = len(words & found)
    precision, recall = 100 * agree / len(found), 100 * agree / len(words)
    f1 = 200 * agree / (len(found) + len(words))
    row = (len(words), len(found), agree, precision, recall, f1)
    return pd.DataFrame([row], columns=["words", "tokens", "agree", "precision", "recall", "f1"])


def _spans(words: pd.DataFrame) -> set[tuple[str, int, int]]:
    """Give the places of words, each once."""
    return set(words[SPAN].itertuples(index=False, name=None))


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
    """Say of each annotated word what became of it: whole, split, joined or crossed.

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
    row, words = _words(cuts)
    ends = set(zip(tokens["doc_id"], tokens["start"], strict=True))
    ends |= set(zip(tokens["doc_id"], tokens["end"], strict=True))
    places = words[SPAN].itertuples(index=False, name=None)
    error = pd.Series([_error(doc_id, start, end, ends) for doc_id, start, end in places], dtype="str")
    errors = _with_sentence(cuts, row, words.assign(error=error)[ERROR_COLUMNS], "segmentation_errors")
    return errors[~words["mark"]].reset_index(drop=True)


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
    row, words = _words(cuts)
    return _with_sentence(cuts, row, words[WORD_COLUMNS], "gold_tokens")


def _words(cuts: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Read the words of annotated sentences: the row of each word's sentence, and the word's place."""
    require(cuts, "doc_id", "start", "cut")
    rows = []
    for row, (doc_id, start, cut) in enumerate(cuts[["doc_id", "start", "cut"]].to_numpy().tolist()):
        place = int(start)
        for word in cut.split(" "):
            rows.append((row, doc_id, place, place + len(word), word.replace("␣", " ")))
            place += len(word)
    words = pd.DataFrame(rows, columns=["row", *SPAN, "term"])
    words = words.astype({"row": "int64", "doc_id": "str", "start": "int64", "end": "int64", "term": "str"})
    has_letter = words["term"].str.contains(r"[^\W_]").astype("bool")
    return words["row"].to_numpy(), words.drop(columns="row").assign(mark=~has_letter)


def _with_sentence(cuts: pd.DataFrame, row: np.ndarray, words: pd.DataFrame, verb: str) -> pd.DataFrame:
    """Put the columns of its sentence before those of each word."""
    carried = [column for column in cuts.columns if column not in REPLACED]
    refuse_taken(carried, words.columns, verb)
    return pd.concat([cuts[carried].take(row).reset_index(drop=True), words], axis=1)
