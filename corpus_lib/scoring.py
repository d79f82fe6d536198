"""Rules against readers: how well what a rule finds agrees with what a person has labelled."""

from __future__ import annotations

import re

import pandas as pd

# A figure is found when it stands at the same place in the same words.
PLACE = ["doc_id", "start", "text"]

# It is right in full when all of this is as labelled.
SAYS = ["kind", "value", "value_to", "unit", "qualifier"]

# Labels in decimals are written with four digits, as 33.3333 for a third.
DIGITS = 4

# A sentence with the mark that ends it and the quotation marks that close it; or what is left of a line.
SENTENCE = re.compile(r"[^。!?;!?;]+(?:[。!?;!?;]+[”’」』\")]*)?")

# In characters: shorter pieces of a line are names and numbers rather than sentences.
SHORTEST = 6


def score_figures(found: pd.DataFrame, labelled: pd.DataFrame) -> pd.DataFrame:
    """Count, kind by kind, how many figures two lists have in common.

    In: two tables with `doc_id, start, text, kind, value, value_to, unit, qualifier`: what
    the rules found, and what a person labelled; or the lists of two persons, to see how
    far anybody can agree. Values may be text, as they stand in a file.
    Columns out: `kind` (the last row is all), `labelled, found`, `agree` (same place, words
    and kind), `in_full` (also value, unit and qualifier), `precision` (of those found how
    many agree), `recall` (of those labelled), both per cent, missing where there is none.

    It misleads when the labels were made by looking at the rules, or the rules by
    looking at the labels: then it measures memory.

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
    counts = (
        pd.DataFrame({name: part["kind"].value_counts() for name, part in tables.items()})
        .fillna(0)
        .sort_index()
    )
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
    """Bring a list to one form: numbers as rounded text, missing ones as nothing."""
    table = figures.loc[figures["text"] != "", [*PLACE, *SAYS]].astype({"start": "int64"})
    for name in ("value", "value_to"):
        numbers = pd.to_numeric(table[name], errors="coerce").astype("float64").round(DIGITS)
        table[name] = ["" if pd.isna(number) else str(number) for number in numbers]
    return table.drop_duplicates(PLACE).astype("str").reset_index(drop=True)


def draw_sentences(lines: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    """Draw sentences at random, to be labelled or cut by hand: the same ones for the same seed.

    In: lines with `doc_id, line, start, text`. A sentence ends at 。!?; or with its line;
    shorter ones than SHORTEST are left out, since they hold little to cut.
    Columns out: `doc_id, line, start, text`, in the order of the articles.

    Raises ValueError when there are fewer sentences than asked for.

    >>> line = {"doc_id": "a", "line": 1, "start": 5, "text": "今天天气好。明天也会下雨吗?"}
    >>> lines = pd.DataFrame([line])
    >>> draw_sentences(lines, 2, seed=1)[["start", "text"]].to_numpy().tolist()
    [[5, '今天天气好。'], [11, '明天也会下雨吗?']]
    """
    rows = [
        (doc_id, line, start + match.start(), match[0])
        for doc_id, line, start, text in lines[["doc_id", "line", "start", "text"]].to_numpy().tolist()
        for match in SENTENCE.finditer(text)
        if len(match[0]) >= SHORTEST
    ]
    if len(rows) < n:
        raise ValueError(
            f"There are {len(rows)} sentences of {SHORTEST} characters or more; {n} were asked for."
        )
    sentences = pd.DataFrame(rows, columns=["doc_id", "line", "start", "text"])
    return sentences.sample(n, random_state=seed).sort_values(["doc_id", "start"], ignore_index=True)


def score_cuts(tokens: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """Count how many words a segmenter, or another person, cuts as one person did by hand.

    In: tokens with `doc_id, start, end`; `cuts`, sentences cut by hand, with `doc_id, start`
    and `cut`, the words parted by one blank (a blank of the text is ␣). Tokens outside the
    sentences are passed over. A word agrees when both ends do; marks are left out.
    Columns out, in one row: `words` (by hand), `tokens`, `agree`, `precision` (of the tokens),
    `recall` (of the words) and `f1`, their harmonic mean, all three per cent.

    It misleads as far as the rules for cutting do: another guide would give another score.

    >>> tokens = pd.DataFrame({"doc_id": "a", "start": [0, 2], "end": [2, 4]})
    >>> cuts = pd.DataFrame({"doc_id": ["a"], "start": [0], "cut": ["公安 民 警"]})
    >>> score_cuts(tokens, cuts)[["words", "tokens", "agree"]].to_numpy().tolist()
    [[3, 2, 1]]
    """
    by_hand = cut_spans(cuts)
    sentences = cuts.assign(end=cuts["start"].astype("int64") + cuts["cut"].str.replace(" ", "").str.len())
    inside = tokens[["doc_id", "start", "end"]].merge(sentences, on="doc_id", suffixes=("", "_of"))
    within = (inside["start"] >= inside["start_of"].astype("int64")) & (inside["end"] <= inside["end_of"])
    found = set(inside.loc[within, ["doc_id", "start", "end"]].itertuples(index=False, name=None))
    words = set(by_hand[["doc_id", "start", "end"]].itertuples(index=False, name=None))
    marks = set(by_hand.loc[by_hand["mark"], ["doc_id", "start", "end"]].itertuples(index=False, name=None))
    words, found = words - marks, found - marks
    if not words or not found:
        raise ValueError(f"{len(words)} words by hand, {len(found)} tokens there: nothing can be compared.")
    agree = len(words & found)
    precision, recall = 100 * agree / len(found), 100 * agree / len(words)
    f1 = 200 * agree / (len(found) + len(words))
    row = (len(words), len(found), agree, precision, recall, f1)
    return pd.DataFrame([row], columns=["words", "tokens", "agree", "precision", "recall", "f1"])


def cut_errors(tokens: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """Say of each word cut by hand what became of it: whole, split, joined or crossed.

    In: as `score_cuts`. Columns out: `doc_id, start, end, term, error`: `whole` (both ends
    agree), `split` (cut inside), `joined` (part of a longer token), `crossed` (both at once:
    its token ends inside it and begins outside). Marks are left out.

    >>> tokens = pd.DataFrame({"doc_id": "a", "start": [0, 2, 3], "end": [2, 3, 4]})
    >>> cuts = pd.DataFrame({"doc_id": ["a"], "start": [0], "cut": ["公 安 民警"]})
    >>> cut_errors(tokens, cuts)["error"].tolist()
    ['joined', 'joined', 'split']
    """
    by_hand = cut_spans(cuts)
    by_hand = by_hand[~by_hand["mark"]].drop(columns="mark")
    ends = set(zip(tokens["doc_id"], tokens["start"], strict=True))
    ends |= set(zip(tokens["doc_id"], tokens["end"], strict=True))
    places = by_hand[["doc_id", "start", "end"]].itertuples(index=False, name=None)
    return by_hand.assign(error=[_error(doc_id, start, end, ends) for doc_id, start, end in places])


def _error(doc_id: str, start: int, end: int, ends: set[tuple[str, int]]) -> str:
    """Name what a segmenter did to one word, from the places where it cut."""
    inside = any((doc_id, place) in ends for place in range(start + 1, end))
    outside = (doc_id, start) in ends and (doc_id, end) in ends
    if outside:
        return "split" if inside else "whole"
    return "crossed" if inside else "joined"


def cut_spans(cuts: pd.DataFrame) -> pd.DataFrame:
    """Turn sentences cut by hand into a row a word: `doc_id, start, end, term, mark`.

    >>> cuts = pd.DataFrame({"doc_id": ["a"], "start": ["7"], "cut": ["公安 。"]})
    >>> cut_spans(cuts)[["start", "end", "term", "mark"]].to_numpy().tolist()
    [[7, 9, '公安', False], [9, 10, '。', True]]
    """
    rows = []
    for doc_id, start, cut in cuts[["doc_id", "start", "cut"]].to_numpy().tolist():
        place = int(start)
        for word in cut.split(" "):
            rows.append((doc_id, place, place + len(word), word.replace("␣", " ")))
            place += len(word)
    spans = pd.DataFrame(rows, columns=["doc_id", "start", "end", "term"])
    return spans.assign(mark=~spans["term"].str.contains(r"[^\W_]"))
