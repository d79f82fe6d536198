"""Frame -> table on a page: its basis above it, its text escaped, its numbers short."""

from __future__ import annotations

from html import escape

import numpy as np
import pandas as pd
from IPython.display import HTML

# More rows than this do not fit a screen; such a table scrolls inside itself, and says so.
LONG = 40


def show_table(frame: pd.DataFrame, basis: str) -> HTML:
    """Show a frame as a table that says above itself what its numbers rest on.

    Every cell and the caption are escaped, so text of the corpus stays text. Numbers are
    printed short; the frame keeps them whole.

    >>> show_table(pd.DataFrame({"term": ["<b>"], "n": [2]}), "two tokens").data.count("<b>")
    0
    """
    shown = frame.rename_axis(columns=None).apply(
        lambda column: column.map(short) if column.dtype.kind in "if" else column
    )
    body = shown.to_html(index=False, border=0, escape=True).replace("<th>", '<th scope="col">')
    long = len(frame) > LONG
    scrolls = f" ({len(frame)} rows; the table scrolls)" if long else ""
    caption = f"<caption>Basis: {escape(basis)}{scrolls}</caption>"
    body = body.replace('class="dataframe"', 'class="dataframe long"', 1) if long else body
    return HTML(body.replace("<thead>", f"{caption}\n  <thead>", 1))


def short(value: float) -> str:
    """Print a number as short as a reader can use it.

    >>> short(1234.0), short(3.14159), short(0.01234)
    ('1,234', '3.1', '0.012')
    """
    if pd.isna(value):
        return ""
    if not np.isfinite(value):
        return str(value)
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2g}"
