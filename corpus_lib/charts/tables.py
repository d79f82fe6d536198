"""Frame -> HTML table: a caption with its basis, escaped text, short numbers."""

from __future__ import annotations

from html import escape

import numpy as np
import pandas as pd
from IPython.display import HTML

# A table with more rows does not fit a screen, so it scrolls, and its caption says so.
LONG = 40


def show_table(frame: pd.DataFrame, basis: str) -> HTML:
    """Show a frame as an HTML table, with a caption that says what its numbers are based on.

    In: any `frame`; `basis`, the caption. Cells and caption are escaped, so that text of the corpus stays
    text. Numbers are rounded in the table only (see `short`); the frame is not changed.

    >>> show_table(pd.DataFrame({"term": ["<b>"], "n": [2]}), "two tokens").data.count("<b>")
    0
    """
    shown = frame.rename_axis(columns=None).apply(lambda c: c.map(short) if c.dtype.kind in "if" else c)
    body = shown.to_html(index=False, border=0, escape=True).replace("<th>", '<th scope="col">')
    scrolls = ""
    if len(frame) > LONG:
        scrolls = f" ({len(frame)} rows; the table scrolls)"
        body = body.replace('class="dataframe"', 'class="dataframe long"', 1)
    caption = f"<caption>Basis: {escape(basis)}{scrolls}</caption>"
    return HTML(body.replace("<thead>", f"{caption}\n  <thead>", 1))


def short(value: float) -> str:
    """Print a number briefly: whole numbers with commas, others with about two digits.

    >>> short(1234.0), short(3.14159), short(0.01234)
    ('1,234', '3.1', '0.012')
    """
    if pd.isna(value) or not np.isfinite(value):
        return "" if pd.isna(value) else str(value)
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2g}"
