"""Figures -> axes: which amounts may stand on one axis, and why the others may not.

Two bars side by side say "compare us". So figures share an axis only when they agree
in everything that a comparison takes for granted, and the unknown agrees with
nothing: an unknown period is not the same as another unknown period.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from corpus_lib.articles import UNKNOWN
from corpus_lib.columns import refuse_taken, require

# What must agree, in the order in which it is asked, and what each is called on a page.
CRITERIA = {
    "counted_in": "unit",
    "measure": "measure",
    "status": "status",
    "area_level": "level of area",
    "period_length": "length of period",
}

# What is asked of a reading, and what `group_comparable` makes of it.
READ = ["measure", "status", "area_level", "period_start", "period_end"]
MADE = ["counted_in", "period_length", "comparable_set"]

# Chinese counts persons with any of these: 7个人 and 110名 are in one unit.
PERSONS = {"名": "人", "位": "人"}

# A month is the twelfth part of the mean Gregorian year.
DAYS_A_MONTH = 365.2425 / 12


def group_comparable(figures: pd.DataFrame) -> pd.DataFrame:
    """Say which figures may share an axis: those of one number in the new column `comparable_set`.

    In: figures with `unit` and their readings, as `add_readings` gives them.
    Columns out: those of the figures, then `counted_in` (the unit, all counters of
    persons being one), `period_length` and `comparable_set`, numbered from 1 in order of first
    use. A figure of which any of CRITERIA is unknown has an axis to itself.

    It misleads where two readings use one word for two things, or two for one: what
    `measure` says is an annotator's judgement. Whether two populations are alike is not
    asked, since another place always has another. Raises ValueError for unread figures.

    >>> same = {"measure": "officers", "status": "result", "area_level": "district"}
    >>> period = {"period_start": "2019", "period_end": "2019"}
    >>> figures = pd.DataFrame([same | period | {"unit": unit} for unit in ("名", "人", "个")])
    >>> group_comparable(figures)["comparable_set"].tolist()
    [1, 1, 2]
    """
    _require_read(figures, "unit", *READ)
    refuse_taken(figures, MADE, "group_comparable")
    figures = figures.fillna(dict.fromkeys(READ, ""))
    periods = zip(figures["period_start"], figures["period_end"], strict=True)
    lengths = pd.Series([period_length(*ends) for ends in periods], index=figures.index, dtype="str")
    asked = figures.assign(counted_in=figures["unit"].replace(PERSONS), period_length=lengths)
    return asked.assign(comparable_set=_number_axes(asked))[[*figures, *MADE]]


def _number_axes(asked: pd.DataFrame) -> np.ndarray:
    """Give one number to figures alike in all CRITERIA; the unknown is alike to nothing."""
    alone = asked[list(CRITERIA)].drop(columns="counted_in").isin(UNKNOWN).any(axis=1)
    own = np.where(alone, np.arange(len(asked)), -1)
    keys = zip(own, *(asked[criterion] for criterion in CRITERIA), strict=True)
    return pd.factorize(pd.Series(list(keys), dtype="object"))[0] + 1


def count_comparable_pairs(figures: pd.DataFrame, across: str) -> pd.DataFrame:
    """Count the pairs of figures that are left as each criterion is asked in its turn.

    In: figures as `group_comparable` gives them; `across`, the column in which the two of a pair
    must differ (`doc_id`: pairs from two articles; `city`: from two cities).
    Columns out: `agree_in` (first "any two", then a criterion with all before it), `n`, pairs.

    No pair is looked at one by one, so a large table takes no longer than a sort.
    Raises ValueError where `across` is missing: such a figure is of no known group.
    """
    _require_read(figures, across, *CRITERIA)
    if figures[across].isna().any():
        raise ValueError(
            f"{across} is missing for {figures[across].isna().sum()} figures: fill it, or drop them."
        )
    counts = [("any two", _pairs(figures, [], across))]
    for i, name in enumerate(CRITERIA.values(), 1):
        keys = list(CRITERIA)[:i]
        known = ~figures[keys].drop(columns="counted_in").isin(UNKNOWN).any(axis=1)
        counts.append((name, _pairs(figures[known], keys, across)))
    return pd.DataFrame(counts, columns=["agree_in", "n"])


def explain_pairs(figures: pd.DataFrame) -> pd.DataFrame:
    """Say of each pair of a few figures what keeps the two from one axis.

    In: figures as `group_comparable` gives them, each with `label` (or else `text`) to call it by.
    Where one place lies in the other, that is said too, as a warning: it keeps no axes apart by itself.
    Columns out: `one, other, apart`; `differs_in` is "may share an axis" where nothing keeps
    them apart. Pairs grow with the square of the rows: pass only the rows to be read.
    """
    name = "label" if "label" in figures else "text"
    _require_read(figures, name, "area", *CRITERIA)
    known = figures[[name, "area", *CRITERIA]].fillna("").to_dict("records")
    pairs = combinations(known, 2)
    rows = [(a[name], b[name], "; ".join(_reasons(a, b)) or "may share an axis") for a, b in pairs]
    return pd.DataFrame(rows, columns=["one", "other", "differs_in"], dtype="str")


def _require_read(figures: pd.DataFrame, *needed: str) -> None:
    """Say that figures have no readings, or no axes, or lack another column."""
    if "measure" not in figures:
        raise ValueError("These figures have no readings: pass them through add_readings first.")
    if "counted_in" in needed and not set(MADE) <= set(figures):
        raise ValueError("These figures have no axes: pass them through group_comparable first.")
    require(figures, *needed)


def period_length(start: str, end: str) -> str:
    """Say how long a period is, both ends counted: in years if whole, else months, else days.

    From two months on the length is rounded to months, so 47 days and 60 are both "2 months".

    Ends are YYYY, YYYY-MM or YYYY-MM-DD; a year as an end means its last day. Raises
    ValueError for another form, and for an end before its start.

    >>> period_length("2018", "2020"), period_length("2021-10-10", "2021-10-10")
    ('3 years', '1 day')
    >>> period_length("2023", "2023-09-15"), period_length("unknown", "2023")
    ('8 months', 'unknown')
    """
    if start in UNKNOWN or end in UNKNOWN:
        return "unknown"
    days = (_day(end, last=True) - _day(start, last=False)).days + 1
    if days < 1:
        raise ValueError(f"A period from {start} to {end} would end before it begins.")
    months = round(days / DAYS_A_MONTH)
    if months < 2:
        return _plural(days, "day")
    return _plural(months // 12, "year") if months % 12 == 0 else _plural(months, "month")


def _day(text: str, last: bool) -> date:
    """Read a year, month or day as its first or last day."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise ValueError(f"{text!r} is no YYYY, YYYY-MM or YYYY-MM-DD: correct it in measures.tsv.")
    try:
        period = pd.Period(text)
    except ValueError:
        raise ValueError(f"{text!r} is no YYYY, YYYY-MM or YYYY-MM-DD: correct it in measures.tsv.") from None
    return (period.end_time if last else period.start_time).date()


def _plural(n: int, word: str) -> str:
    """Put a number before its word."""
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def _pairs(figures: pd.DataFrame, keys: list[str], across: str) -> int:
    """Count pairs alike in `keys` and of different `across`: all pairs less those within."""
    alike = figures.groupby(keys).size() if keys else pd.Series([len(figures)])
    within = figures.groupby([*keys, across]).size()
    return int(((alike**2).sum() - (within**2).sum()) // 2)


def _reasons(a: dict[Hashable, Any], b: dict[Hashable, Any]) -> list[str]:
    """List the criteria in which two figures do not agree, and whether one place lies in the other."""
    reasons = [
        f"{name}: {a[key] or 'none'} / {b[key] or 'none'}"
        for key, name in CRITERIA.items()
        if a[key] != b[key] or (key != "counted_in" and a[key] in UNKNOWN)
    ]
    inner, outer = sorted((a["area"], b["area"]), key=len, reverse=True)
    return [*reasons, f"place: {inner} lies in {outer}"] if inner.endswith(f", {outer}") else reasons
