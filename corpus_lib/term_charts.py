"""Terms -> charts of two measures at once, with labels that do not collide."""

from __future__ import annotations

import numpy as np
import pandas as pd
from IPython.display import Image

from corpus_lib.charts import GREY, PALETTE, canvas, name_chart, to_image
from corpus_lib.labels import alt_text, axis_name, row_labels
from corpus_lib.tables import short

# So many names stand one under the other beside a chart and can be read.
NAMES = 24

# Where an axis of logarithms is marked: 1, 2, 5, 10 and so on.
TICKS = [step * 10.0**power for power in range(-3, 7) for step in (1, 2, 5)]


def scatter_chart(frame: pd.DataFrame, x: str, y: str, title: str, named: str) -> Image:
    """Draw a point a term by two measures, and name some beside the chart, each led to its point.

    In: `frame` with `term, english` (or `label`), the columns `x` (drawn in logs) and `y`,
    and `named`, a column that is True for the terms to be named, at most NAMES of them.
    The names stand at the right in the order of their points, so that none hides another;
    a line leads each to its point, and only says which.

    Raises ValueError for too many names, and for an x of nought or less.
    """
    x_name, y_name = axis_name(frame, x), axis_name(frame, y)
    chosen = frame[frame[named]].sort_values([y, x, "term"], ascending=[False, True, True])
    _refuse(frame, x, len(chosen))
    with canvas(height=max(4.2, 0.9 + 0.22 * len(chosen))) as (figure, (ax,)):
        ax.scatter(frame[x], frame[y], s=14, color=GREY, alpha=0.35, linewidths=0)
        ax.scatter(chosen[x], chosen[y], s=26, color=PALETTE[0], zorder=3)
        ax.set_xscale("log")
        ax.set_xticks([tick for tick in TICKS if frame[x].min() <= tick <= frame[x].max()])
        ax.xaxis.set_major_formatter("{x:g}")
        ax.xaxis.set_minor_formatter("")
        ax.set_ylabel(y_name)
        places = zip(
            row_labels(chosen), chosen[x], chosen[y], np.linspace(0.99, 0.01, len(chosen)), strict=True
        )
        leader = {"arrowstyle": "-", "color": "#bbbbbb", "linewidth": 0.5, "relpos": (0, 0.5)}
        for label, left, up, height in places:
            at, to = (left, up), (1.04, height)
            ax.annotate(label, at, to, "data", "axes fraction", leader, va="center", fontsize=8)
        name_chart(figure, ax, title, f"{x_name}, on a scale of logarithms")
        words = zip(row_labels(chosen), chosen[x], chosen[y], strict=True)
        items = [f"{label.replace('  ', ', ')}: {short(a)} and {short(b)}" for label, a, b in words]
        return to_image(
            figure, alt_text(f"Scatter of {len(frame)} points", title, f"{x_name}; {y_name}", items)
        )


def _refuse(frame: pd.DataFrame, x: str, names: int) -> None:
    """Say what cannot be drawn."""
    if names > NAMES:
        raise ValueError(f"{names} names beside one chart cannot be read: name at most {NAMES}.")
    if (frame[x] <= 0).any():
        raise ValueError(f"{x} is nought or less for {(frame[x] <= 0).sum()} terms: it has no logarithm.")
