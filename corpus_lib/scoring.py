"""Rules against readers: how well what a rule finds agrees with what a person has labelled."""

from __future__ import annotations

import pandas as pd

# A figure is found when it stands at the same place in the same words.
PLACE = ["doc_id", "start", "text"]

# It is right in full when all of this is as labelled.
SAYS = ["kind", "value", "value_to", "unit", "qualifier"]

# Labels in decimals are written with four digits, as 33.3333 for a third.
DIGITS = 4


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
    counts = pd.DataFrame({name: part["kind"].value_counts() for name, part in tables.items()}).fillna(0)
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
        numbers = pd.to_numeric(table[name], errors="coerce").round(DIGITS)
        table[name] = ["" if pd.isna(number) else str(number) for number in numbers]
    return table.astype("str").reset_index(drop=True)
