"""Frame -> the table behind a chart, or why it cannot be drawn; frame -> labels; frame -> HTML table.

Picture and alternative text both come from the table behind a chart, so they show the same rows.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from unicodedata import category

import numpy as np
import pandas as pd
from IPython.display import HTML, display
from matplotlib.font_manager import get_font
from pylopdf_fonts_zh_cn import sans_path

from corpus_lib.columns import require

# The look of figures set large, inside the HTML, because JupyterLab reads no style sheet of ours.
ROW = "display: flex; flex-wrap: wrap; gap: 0.8em 1.6em; list-style: none; margin: 0 0 1em; padding: 0"
ITEM = "width: 9.5em; margin: 0; line-height: 1.35"
LARGE = "display: block; font-size: 1.8em; line-height: 1.2"
# More circles than this are no longer counted at a glance.
PIPS = 12
# Categories of characters that need no glyph (joiners, directions, spaces, combining marks), and line ends. A
# browser may stop at any other control character, so that it is shown by its code point.
INVISIBLE, ENDS = ("Cf", "Zs", "Zl", "Zp", "Mn"), set("\t\n\v\f\r\x85")
# A table with more rows does not fit a screen, so it scrolls, and its caption says so.
LONG = 40


def chart_table(
    frame: pd.DataFrame, numbers: dict[str, str], names: dict[str, str], colours: dict[str, str] | None = None
) -> pd.DataFrame:
    """Copy the columns that a chart draws into one plain table, under the chart's own names.

    In: `numbers` and `names` map the chart's names to columns of `frame`; `colours`, those of the groups.
    Raises ValueError for what cannot be drawn: no rows, a missing name, no finite number, no colour.
    >>> chart_table(pd.DataFrame({"n": [2], "city": ["X"]}), {"value": "n"}, {"group": "city"}).columns
    Index(['value', 'group'], dtype='str')
    """
    require(frame, *numbers.values(), *names.values())
    if frame.empty:
        raise ValueError("There is nothing to draw, because the frame has no rows: check your last filter.")
    refuse_missing(frame, *names.values())
    drawn = pd.DataFrame({name: list(frame[column]) for name, column in (numbers | names).items()})
    for name, column in numbers.items():
        drawn[name] = pd.to_numeric(drawn[name], errors="coerce").astype("float64")
        refuse_rows(~np.isfinite(drawn[name]), f"{column} has no finite number")
    if "group" not in names:
        return drawn
    drawn["group"] = drawn["group"].map(str)
    if colours is not None and (missing := sorted(set(drawn["group"]) - set(colours))):
        raise ValueError(f"{names['group']} {missing[0]!r} has no colour: pass all groups to group_colours.")
    return drawn


def stack_rows(drawn: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, float]]:
    """Give each row its place `y` on one axis, group after group, and each group's head its own place."""
    parts, heads, y = [], {}, 0.0
    for name, part in drawn.groupby("group") if "group" in drawn else [("", drawn)]:
        if name:
            heads[str(name)], y = y, y + 0.9
        parts.append(part.assign(y=y + np.arange(len(part))))
        y += len(part) + 0.2
    return pd.concat(parts, ignore_index=True), heads


def data_table(drawn: pd.DataFrame, **heads: str | None) -> pd.DataFrame:
    """Choose what a page shows of a chart's data, with a head for each column; not one group for all rows."""
    shown = {name: head for name, head in heads.items() if head and name in drawn}
    if len(drawn) > 1 and "group" in shown and drawn["group"].nunique() == 1:
        del shown["group"]
    return drawn[list(shown)].rename(columns=shown).replace("  ", " ", regex=True)


def refuse_rows(bad: "pd.Series[bool]", fault: str, advice: str = "drop these rows") -> None:
    """Refuse rows that the chart would not draw, and count them."""
    if bad.any():
        raise ValueError(f"{fault} in {bad.sum()} of {len(bad)} rows: {advice}.")


def refuse_missing(frame: pd.DataFrame, *columns: str) -> None:
    """Refuse an unknown column, and rows with a missing cell."""
    require(frame, *columns)
    for column in columns:
        refuse_rows(frame[column].isna(), f"{column} is missing", "fill it in, or drop these rows")


def refuse_repeated(drawn: pd.DataFrame, what: str, *names: str) -> None:
    """Refuse two rows for one place of a chart, and name the place."""
    if drawn.duplicated(list(names)).any():
        place = ", ".join(map(str, drawn.loc[drawn.duplicated(list(names)), list(names)].iloc[0]))
        raise ValueError(f"Two rows are for one {what} ({place}): sum them, or keep one.")


def drawable(text: str) -> str:
    """Write a character that the font lacks as its code point, as the pages do.

    >>> drawable("公安\U0001f44d")
    '公安[U+1F44D]'
    """
    return text.translate({ord(c): f"[U+{ord(c):04X}]" for c in without_glyph(text)})


def without_glyph(text: str) -> list[str]:
    """List the characters of a text that the packaged font lacks, and control characters."""
    return sorted(c for c in {*text} - ENDS if ord(c) not in _glyphs() and category(c) not in INVISIBLE)


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    """List the characters of the packaged font."""
    return frozenset(get_font(str(sans_path())).get_charmap())


def row_labels(frame: pd.DataFrame) -> list[str]:
    """Label each row by its `label`, or by its term and gloss; refuse Chinese without English."""
    names = ["label"] if "label" in frame else ["term", "english"] if "english" in frame else ["term"]
    refuse_missing(frame, *names)
    labels = [drawable("  ".join(cells)) for cells in frame[names].astype("str").to_numpy()]
    bare = [text for text in labels if re.fullmatch(r"[^A-Za-z]*[\u3400-\u9fff][^A-Za-z]*", text)]
    if bare and "english" not in names:
        raise ValueError(f"Chinese labels lack a gloss ({bare[0]} …): use add_glosses first.")
    return labels


def show_table(frame: pd.DataFrame, basis: str) -> HTML:
    """Show a frame as an HTML table, with a caption that says what its numbers are based on.

    In: any `frame`; `basis`, the caption. Text of the corpus is escaped, numbers are rounded, those of a
    column alike (see `alike`).
    >>> show_table(pd.DataFrame({"term": ["<b>"], "n": [2]}), "two tokens").data.count("<b>")
    0
    """
    plain = frame.rename_axis(columns=None)
    shown = plain.apply(lambda c: pd.Series(alike(c), c.index) if c.dtype.kind in "if" else c)
    long = f" ({len(frame)} rows; the table scrolls)" if len(frame) > LONG else ""
    body = shown.to_html(index=False, border=0, classes=["long"] if long else [])
    caption = f"<caption>{escape(basis)}{long}</caption>"
    return HTML(body.replace("<th>", '<th scope="col">').replace("<thead>", f"{caption}\n  <thead>", 1))


def show_figures(frame: pd.DataFrame, basis: str, by: str) -> HTML:
    """Show figures set large, each over what it is, in one block per group: a table to read, not to compare.

    In: `number` (as text, with its unit), `label` (of what), `note` (where and when), and the group column
    `by`, in the order of the rows; `basis`, the caption. Text of the corpus is escaped.
    >>> frame = pd.DataFrame({"number": ["62%"], "label": ["fall"], "note": ["2024"], "city": ["X"]})
    >>> show_figures(frame, "One figure.", "city").data.count("62%")
    1
    """
    drawn = chart_table(frame, {}, {"group": by, "number": "number", "label": "label", "note": "note"})
    blocks = [f"<p>{escape(basis)}</p>"]
    for group, part in drawn.astype("str").map(escape).groupby("group", sort=False):
        blocks += [f"<p><b>{group}</b></p>", f'<ul style="{ROW}">']
        for number, label, note in part[["number", "label", "note"]].to_numpy():
            large = f'<b style="{LARGE}">{number}</b>'
            blocks.append(f'<li style="{ITEM}">{large}{label}<br><small>{note}</small></li>')
        blocks.append("</ul>")
    return HTML("\n".join(blocks))


def short(value: float) -> str:
    """Print a number briefly: whole numbers with commas, others with about two digits.

    >>> short(1234.0), short(3.14159), short(0.01234)
    ('1,234', '3.1', '0.012')
    """
    if pd.isna(value):
        return ""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2g}"


def alike(values: "pd.Series[float]") -> list[str]:
    """Print numbers that are read together with the same decimals, zero as 0 and no number as nothing.

    >>> alike(pd.Series([12.0, 0.83, 0.0])), alike(pd.Series([0.046, 0.2])), alike(pd.Series([2.0, 1234.0]))
    (['12.0', '0.8', '0'], ['0.05', '0.20'], ['2', '1,234'])
    """
    finite = values.dropna()[lambda known: np.isfinite(known.astype("float64"))]
    whole = (finite % 1 == 0).all()
    places = 0 if whole else max(1, 2 - int(np.ceil(np.log10(finite.abs().max()))))
    return ["" if pd.isna(value) else f"{value:,.{places}f}" if value else "0" for value in values]


def pips(counts: "pd.Series[int]", of: int) -> "pd.Series[str]":
    """Write each count as filled circles among `of`: ●●○○○ is two of five; in words among more than PIPS.

    >>> pips(pd.Series([2, 5]), 5).tolist(), pips(pd.Series([2]), 30).tolist()
    (['●●○○○', '●●●●●'], ['in 2 of 30'])
    """
    if of > PIPS:
        return counts.map(lambda n: f"in {n:,} of {of:,}").astype("str")
    return counts.map(lambda n: "●" * int(n) + "○" * (of - int(n))).astype("str")


@contextmanager
def say_why() -> Iterator[None]:
    """Where the library refuses something, such as to compare one group, show its reason and go on."""
    try:
        yield
    except ValueError as error:
        display(HTML(f"<p>Not shown: {escape(str(error))}</p>"))
