"""Figures -> verdicts: whether figures agree that, for an annotator, must agree or might.

A figure that the rules did not find is an error, so a verdict is about the article's arithmetic.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from math import floor, isclose, isnan, nan
from typing import NamedTuple

import pandas as pd

from corpus_lib.articles import NOTE_COLUMNS
from corpus_lib.columns import refuse_taken, require
from corpus_lib.figures.comparable import PERSONS

# The columns that a figure and a check must have, and those that check_sums makes, with their types.
FIGURE = ["doc_id", "start", "text", "kind", "value", "unit", "qualifier"]
CHECK = NOTE_COLUMNS["checks"]
MADE = {"articles": "str", "sum": "str", "hedged": "bool", "verdict": "str"}
# Durations in two units are compared in hours.
HOURS = {"分钟": 1 / 60, "小时": 1.0}
# Percentages that differ by less than this are equal, apart from rounding.
CLOSE = 1e-9
# The verdict of a check by whether its figures are required to agree: first if they do not, then if they do.
VERDICTS = {"yes": ("disagrees", "agrees"), "no": ("differs, not required", "consistent, not required")}
# In a sum a date counts as its first hour, or else as its year, as printed: 下午4时 is 4.
HOUR, YEAR = re.compile(r"(\d{1,2})[时点:]"), re.compile(r"(\d{4})")


class Operand(NamedTuple):
    """One figure of a sum: its value, its unit, and whether a qualifier hedges it."""

    value: float
    unit: str
    hedged: bool


def check_sums(figures: pd.DataFrame, checks: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Do the sums of an annotator's checks, and give a verdict on each.

    In: `figures`, unfiltered; `checks`, the folder's checks.tsv, with the columns CHECK; `articles` with
    `doc_id, date`. Left and right list figures as `doc_id:start text`, separated by ` | `; `004:date` is the
    year of an article. A range cannot be cited; a date counts as its hour, or else its year. Columns out:
    `check, articles, sum` (as computed), `hedged` (whether a figure has a qualifier), `verdict`, `note`, then
    any others of `checks`. Figures that agree may both be wrong. Raises ValueError, naming the row, for a
    figure not found as written, for units that do not match, and for a malformed check.

    >>> figures = {"doc_id": "a", "start": [0, 3], "text": ["2名", "4名"], "kind": "quantity"}
    >>> figures = pd.DataFrame(figures | {"value": [2.0, 4.0], "unit": "名", "qualifier": "exact"})
    >>> checks = pd.DataFrame([["c", "same", "yes", "a:0 2名", "a:3 4名", ""]], columns=CHECK)
    >>> check_sums(figures, checks, pd.DataFrame({"doc_id": ["a"], "date": ["2021"]}))["sum"].tolist()
    ['2 ≠ 4']
    """
    require(figures, *FIGURE)
    require(checks, *CHECK)
    require(articles, "doc_id", "date")
    refuse_taken(checks, MADE, "check_sums")
    known = _operands(figures, articles)
    rows = [_check(i, row, known) for i, row in enumerate(checks[CHECK].to_numpy().tolist(), 1)]
    made = pd.DataFrame(rows, columns=list(MADE)).astype(MADE)
    own = [column for column in checks if column not in CHECK]
    return pd.concat([checks.reset_index(drop=True), made], axis=1)[["check", *MADE, "note", *own]]


def _check(number: int, row: list[str], known: dict[str, Operand]) -> tuple[str, str, bool, str]:
    """Do one check, durations in hours; refuse one that cannot be done, and name its row."""
    name, relation, required, *sides, _ = row
    listed = [side.split(" | ") for side in sides]
    if fault := next(_faults(relation, required, listed, known), None):
        raise ValueError(f"checks.tsv, row {number} ({name}): {fault}.")
    operands = [known[reference] for side in listed for reference in side]
    scale = HOURS if {operand.unit for operand in operands} == set(HOURS) else {}
    *left, right = (operand.value * scale.get(operand.unit, 1.0) for operand in operands)
    agrees, done = RELATIONS[relation](left, right)
    articles = sorted({reference.partition(":")[0] for side in listed for reference in side})
    return " ".join(articles), done, any(operand.hedged for operand in operands), VERDICTS[required][agrees]


def _faults(relation: str, required: str, sides: list[list[str]], known: dict[str, Operand]) -> Iterator[str]:
    """Say why a check cannot be done, one fault at a time: each presumes that there is none before it."""
    left, right = sides
    if required not in VERDICTS:
        yield f"required is {required!r}: write yes or no"
    for reference in [reference for reference in [*left, *right] if reference not in known]:
        there = [key for key in known if key.partition(" ")[0] == reference.partition(" ")[0]]
        other = f"; the figure there is {there[0]!r}" if there else ""
        yield f"there is no figure {reference!r} with one value{other}"
    if relation not in RELATIONS:
        yield f"there is no relation {relation!r}: write one of {', '.join(RELATIONS)}"
    if len(right) != 1:
        yield f"there are {len(right)} figures on the right: write one"
    if relation in PAIRED and len(left) != 2:
        yield f"there are {len(left)} figures on the left: write two, a first and a second"
    units = {known[reference].unit for reference in (left if relation in UNLIKE else [*left, *right])}
    if len(units) > 1 and units != set(HOURS):
        yield f"the units {', '.join(sorted(units))} do not match: cite figures of one unit"
    if relation == "share" and units != {"%"}:
        yield f"the unit on the left is {', '.join(sorted(units))}: 'share' needs %"
    if relation == "share" and (known[right[0]].value <= 0 or len(left) != 1):
        yield "'share' needs one percentage on the left and a number above zero on the right"
    if relation == "each" and sum(known[reference].value for reference in left) == 0:
        yield "'each' needs a number above zero on the left"


def _same(left: list[float], right: float) -> tuple[bool, str]:
    """Check that every figure on the left equals the one on the right."""
    signs = [" = " if isclose(a, b) else " ≠ " for a, b in pairwise([*left, right])]
    text = "".join(_number(a) + sign for a, sign in zip(left, signs, strict=True)) + _number(right)
    return " ≠ " not in signs, text


def _difference(left: list[float], right: float, more: float = 0) -> tuple[bool, str]:
    """Check that the second figure minus the first is the one on the right: elapsed years or hours."""
    text = f"{_number(left[1])} - {_number(left[0])}" + (f" + {_number(more)}" if more else "")
    return _compare(text, left[1] - left[0] + more, right)


def _ends_by(left: list[float], right: float) -> tuple[bool, str]:
    """Check that a period from the first figure, as long as the figure on the right, ends by the second."""
    end = left[0] + right - 1
    return _compare(f"{_number(left[0])} + {_number(right)} - 1 = {_number(end)}", end, left[1], limit=True)


def _each(left: list[float], right: float) -> tuple[bool, str]:
    """Check that the right has at least one for each of the sum of the left."""
    below = f"({_added(left)})" if len(left) > 1 else _added(left)
    return right >= sum(left), f"{_number(right)} / {below} = {right / sum(left):,.4g}"


def _share(left: list[float], right: float) -> tuple[bool, str]:
    """Check that some whole number out of the right gives the percentage on the left, to its digits."""
    digits = len(_number(left[0]).partition(".")[2])
    below = floor(left[0] * right / 100)
    made = [n for n in (below, below + 1) if abs(100 * n / right - left[0]) <= 0.5 * 10**-digits + CLOSE]
    shown = made[:1] or [below, below + 1]
    tried = [f"{n} / {_number(right)} = {100 * n / right:.{digits}f}%" for n in shown]
    return bool(made), ", ".join(tried) + ("" if made else f", not {_number(left[0])}%")


# How each relation does its sum. A count runs from the first year to the second, both included.
RELATIONS: dict[str, Callable[[list[float], float], tuple[bool, str]]] = {
    "same": _same,
    "sum": lambda left, right: _compare(_added(left), sum(left), right),
    "difference": _difference,
    "count": partial(_difference, more=1),
    "ends_by": _ends_by,
    "at_most": lambda left, right: _compare(_added(left), sum(left), right, limit=True),
    **{"each": _each, "share": _share},
}
# These relations have two figures on the left, a first and a second.
PAIRED = {"difference", "count", "ends_by"}
# In these relations the right may have another unit: officers and communities, years and an ordinal.
UNLIKE = {"count", "ends_by", "each", "share"}


def _compare(text: str, done: float, right: float, limit: bool = False) -> tuple[bool, str]:
    """Write a sum with its result, and the reported figure that it differs from or may not exceed."""
    agrees = isclose(done, right) or (limit and done < right)
    if limit:
        return agrees, f"{text} {'≤' if agrees else '>'} {_number(right)}"
    return agrees, f"{text} = {_number(done)}" + ("" if agrees else f", not {_number(right)}")


def _added(numbers: list[float]) -> str:
    """Write numbers with a plus between them."""
    return " + ".join(map(_number, numbers))


def _number(value: float) -> str:
    """Write a number; below 10,000, as in years, without a comma."""
    return f"{value:.10g}" if value < 10_000 else f"{value:,.10g}"


def _operands(figures: pd.DataFrame, articles: pd.DataFrame) -> dict[str, Operand]:
    """Make an operand of each article's year, and of each figure with one value, an hour or a year."""
    dates = articles[["doc_id", "date"]].astype("str").to_numpy().tolist()
    years = [(doc_id, YEAR.match(date)) for doc_id, date in dates]
    made = {f"{doc_id}:date": Operand(float(year[1]), "年", False) for doc_id, year in years if year}
    single = figures[figures["value_to"].isna()] if "value_to" in figures else figures
    for doc_id, start, text, kind, value, unit, qualifier in single[FIGURE].to_numpy().tolist():
        if kind == "date":
            found = HOUR.search(text) or YEAR.search(text)
            value, unit = (float(found[1]), "小时" if found.re is HOUR else "年") if found else (nan, "")
        if not isnan(value):
            hedged = qualifier not in ("exact", "")
            made[f"{doc_id}:{start} {text}"] = Operand(value, PERSONS.get(unit, unit), hedged)
    return made
