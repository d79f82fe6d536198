"""Figures -> comparable sets: which figures may be compared, and why the others may not.

Two bars side by side invite a comparison. So figures share a comparable set only when they agree in every
criterion. An unknown value agrees with nothing: two unknown periods need not be the same period.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from contextlib import suppress
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from corpus_lib.articles import UNKNOWN
from corpus_lib.columns import refuse_taken, require

# The criteria, in the order in which they are applied, and the name of each on a page.
CRITERIA = {"counted_in": "unit", "measure": "measure", "status": "status"}
CRITERIA |= {"area_level": "level of area", "period_length": "length of period"}
# The columns of a reading that are needed, and the columns that `group_comparable` makes.
NEEDED = ["measure", "status", "area_level", "period_start", "period_end"]
MADE = ["counted_in", "period_length", "comparable_set"]
# Chinese counts people with any of these units: 7个人 and 110名 have the same unit.
PERSONS = {"名": "人", "位": "人"}
# A month is one twelfth of the mean Gregorian year.
DAYS_A_MONTH = 365.2425 / 12


def group_comparable(figures: pd.DataFrame) -> pd.DataFrame:
    """Assign each figure to a set of figures that may be compared with each other.

    In: figures with `unit` and their readings, as `add_readings` gives them. Columns out: those of the
    figures, then `counted_in` (the unit, the same for all units of people), `period_length` (in years, months
    or days) and `comparable_set`, numbered from 1; a figure with an unknown value in any of CRITERIA is
    alone. It misleads where readings use one word for two quantities, or two words for one. The population is
    no criterion, because another place always has another. Raises ValueError for figures without readings.

    >>> figures = pd.DataFrame({"unit": ["名", "人", "个"], "measure": "officers", "status": "result"})
    >>> figures = figures.assign(area_level="district", period_start="2019", period_end="2019")
    >>> group_comparable(figures)["comparable_set"].tolist()
    [1, 1, 2]
    """
    _require_read(figures, "unit", *NEEDED)
    refuse_taken(figures, MADE, "group_comparable")
    figures = figures.fillna(dict.fromkeys(NEEDED, ""))
    periods = map(period_length, figures["period_start"], figures["period_end"])
    lengths = pd.Series(list(periods), index=figures.index, dtype="str")
    asked = figures.assign(counted_in=figures["unit"].replace(PERSONS), period_length=lengths)
    own = np.where(_known(asked, list(CRITERIA)), -1, np.arange(len(asked)))
    alike = asked.groupby([own, *(asked[name] for name in CRITERIA)], sort=False, dropna=False)
    return asked.assign(comparable_set=alike.ngroup() + 1)[[*figures, *MADE]]


def count_comparable_pairs(figures: pd.DataFrame, across: str) -> pd.DataFrame:
    """Count the pairs of figures that remain as the criteria are applied one after another.

    In: figures as `group_comparable` gives them; `across`, the column in which the two figures of a pair must
    differ (`doc_id`: pairs from two articles). Columns out: `agree_in` (first "any two", then each criterion
    together with those before it) and `n` (pairs). The order of CRITERIA decides which criterion seems to
    exclude most pairs. Raises ValueError where `across` is missing, and for figures without comparable sets.

    >>> figures = pd.DataFrame({"doc_id": list("aab"), **dict.fromkeys([*CRITERIA, *MADE], "x")})
    >>> count_comparable_pairs(figures, "doc_id")["n"].tolist()
    [2, 2, 2, 2, 2, 2]
    """
    _require_read(figures, across, *CRITERIA)
    if missing := figures[across].isna().sum():
        raise ValueError(f"{across} is missing in {missing} figures: fill it in, or drop them.")
    applied = [list(CRITERIA)[:i] for i in range(len(CRITERIA) + 1)]
    n = [_pairs(figures[_known(figures, keys)], keys, across) for keys in applied]
    return pd.DataFrame({"agree_in": ["any two", *CRITERIA.values()], "n": n})


def explain_pairs(figures: pd.DataFrame) -> pd.DataFrame:
    """Explain for each pair of a few figures why the two may not be compared.

    In: figures as `group_comparable` gives them, with `area`, and `label` (or else `text`) as a name. Columns
    out: `one, other` (names) and `differs_in` (each criterion in which the two differ, with both values; "may
    share an axis" where they agree; that one place lies in the other is a warning, no criterion). The pairs
    grow with the square of the rows: pass few. Raises ValueError for figures without comparable sets.

    >>> figures = pd.DataFrame({"text": ["3名", "5起"], **dict.fromkeys([*CRITERIA, *MADE, "area"], "x")})
    >>> explain_pairs(figures.assign(measure=["x", "y"]))["differs_in"].tolist()
    ['measure: x / y']
    """
    name = "label" if "label" in figures else "text"
    _require_read(figures, name, "area", *CRITERIA)
    known = figures[[name, "area", *CRITERIA]].fillna("").to_dict("records")
    pairs = combinations(known, 2)
    rows = [(a[name], b[name], "; ".join(_reasons(a, b)) or "may share an axis") for a, b in pairs]
    return pd.DataFrame(rows, columns=["one", "other", "differs_in"], dtype="str")


def _require_read(figures: pd.DataFrame, *needed: str) -> None:
    """Refuse figures that have no readings, no comparable sets, or lack another column."""
    if "measure" not in figures:
        raise ValueError("These figures have no readings: pass them through add_readings first.")
    if "counted_in" in needed and not set(MADE) <= set(figures):
        raise ValueError("These figures have no comparable sets: pass them through group_comparable first.")
    require(figures, *needed)


def period_length(start: str, end: str) -> str:
    """Give the length of a period, both ends included, in whole years, else in months, else in days.

    In: `start` and `end` as YYYY, YYYY-MM or YYYY-MM-DD; a year as an end means its last day. It rounds to
    months from two months on, so 47 days and 60 days are both "2 months". Raises ValueError for another form,
    and for an end before the start.

    >>> period_length("2018", "2020"), period_length("2023", "2023-09-15"), period_length("unknown", "2023")
    ('3 years', '8 months', 'unknown')
    """
    if start in UNKNOWN or end in UNKNOWN:
        return "unknown"
    days = (_calendar(end).end_time - _calendar(start).start_time).days + 1
    if days < 1:
        raise ValueError(f"The period from {start} to {end} ends before it begins: correct measures.tsv.")
    months = round(days / DAYS_A_MONTH)
    n, unit = (months, "month") if months % 12 else (months // 12, "year")
    n, unit = (days, "day") if months < 2 else (n, unit)
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


def _calendar(text: str) -> pd.Period:
    """Convert a year, month or day to a period of the calendar."""
    with suppress(ValueError):  # pandas refuses a month or day that no calendar has
        if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
            return pd.Period(text)
    raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD: correct it in measures.tsv.")


def _known(figures: pd.DataFrame, criteria: list[str]) -> pd.Series[bool]:
    """Mark the figures without an unknown value in the criteria; an empty unit is a unit like others."""
    return ~figures[[name for name in criteria if name != "counted_in"]].isin(UNKNOWN).any(axis=1)


def _pairs(figures: pd.DataFrame, keys: list[str], across: str) -> int:
    """Count the pairs that agree in `keys` and differ in `across`: all pairs less those within a value."""
    agreeing = figures.groupby(keys).size() if keys else pd.Series([len(figures)])
    within = figures.groupby([*keys, across]).size()
    return int(((agreeing**2).sum() - (within**2).sum()) // 2)


def _reasons(a: dict[Hashable, Any], b: dict[Hashable, Any]) -> list[str]:
    """List the criteria in which two figures differ, and whether one place lies in the other."""
    reasons = [
        f"{name}: {a[key] or 'none'} / {b[key] or 'none'}"
        for key, name in CRITERIA.items()
        if a[key] != b[key] or (key != "counted_in" and a[key] in UNKNOWN)
    ]
    inner, outer = sorted((a["area"], b["area"]), key=len, reverse=True)
    return [*reasons, f"place: {inner} lies in {outer}"] if inner.endswith(f", {outer}") else reasons
