"""Frame -> chart. The only file that imports matplotlib or wordcloud.

A chart says what it shows without its page: a title, named axes with their units,
an English gloss beside each Chinese label, and an alternative text made from the
plotted data. It is an image for a notebook, and two runs draw it byte for byte alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO

import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes as Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from PIL import Image as Picture
from pylopdf_fonts_zh_cn import sans_path
from wordcloud import WordCloud

from corpus_lib.labels import alt_text, axis_name, listed, refuse_colourless, refuse_empty, row_labels
from corpus_lib.tables import short

# Okabe and Ito's colours, told apart by readers of every kind of colour vision; their
# yellow is left out (too pale on white). A marker goes with each, for print without colour.
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
GREY = "#5f5f5f"

# A grid's darkest cell is no darker than black letters on it can be read: the scale ends above it.
PALER = 1.6

# As many colours to a picture as a chart needs, smooth letters included; it has a third of the bytes.
COLOURS = 128

# A page is read at about 720 pixels' width; twice that stays sharp in print.
WIDTH, DPI = 7.2, 200


def group_colours(groups: Iterable[str]) -> dict[str, str]:
    """Give each group its colour, once for a whole study.

    The colours follow the sorted names, so every chart that is handed the same
    groups paints them alike. Raises ValueError beyond seven groups: no eighth
    colour can be told from the others by everybody.

    >>> group_colours(["Y", "X", "Y"])
    {'X': '#0072B2', 'Y': '#D55E00'}
    """
    names = sorted(set(groups))
    if len(names) > len(PALETTE):
        raise ValueError(
            f"{len(names)} groups, but only {len(PALETTE)} colours that all readers can tell apart."
        )
    return dict(zip(names, PALETTE, strict=False))


def bar_chart(
    frame: pd.DataFrame, value: str, title: str, by: str | None = None, colours: dict[str, str] | None = None
) -> Image:
    """Draw a bar a row, in the order given; with `by`, a panel a group, one scale for all.

    In: `frame` with `term, english` (or `label`) and the column `value`.
    Bars start at nought and carry their number. Long lists make tall charts: pass
    the rows to be read, twenty or so.
    """
    refuse_empty(frame)
    panels = [("", frame)] if by is None else list(frame.groupby(by, sort=True))
    with canvas(0.9 + 0.55 * len(panels) + 0.27 * len(frame), [len(part) for _, part in panels]) as (
        figure,
        axes,
    ):
        for ax, (name, part) in zip(axes, panels, strict=True):
            bars = ax.barh(
                row_labels(part), part[value], color=(colours or {}).get(str(name), PALETTE[0]), height=0.7
            )
            ax.bar_label(bars, [short(v) for v in part[value]], padding=3, color=GREY, fontsize=8.5)
            ax.set_title(str(name), loc="left", fontsize=10, color=GREY)
            ax.set_xlim(
                min(0.0, 1.12 * float(frame[value].min())), max(1.12 * float(frame[value].max()), 1e-9)
            )
            ax.invert_yaxis()
        name_chart(figure, axes[-1], title, axis_name(frame, value))
        return to_image(
            figure, alt_text("Bar chart", title, axis_name(frame, value), listed(frame, value, by))
        )


def dot_chart(frame: pd.DataFrame, value: str, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw a row a term and on it a point a group, to compare groups term by term.

    In: `frame` with `term, english`, the group column `by` and `value`; a term that a
    group lacks should have a row with nought, or its point is missing from the chart.
    """
    refuse_colourless(frame, by, colours)
    labels = list(dict.fromkeys(row_labels(frame)))
    with canvas(height=1.4 + 0.3 * len(labels)) as (figure, (ax,)):
        for marker, (name, colour) in zip(MARKERS, colours.items(), strict=False):
            part = frame[frame[by] == name]
            rows = [labels.index(label) for label in row_labels(part)]
            ax.scatter(
                part[value],
                rows,
                color=colour,
                marker=marker,
                s=50,
                label=name,
                edgecolors="white",
                linewidths=0.8,
                zorder=3,
            )
        ax.set_yticks(range(len(labels)), labels)
        ax.grid(axis="y", color="#e6e6e6")
        ax.set_ylim(-0.6, len(labels) - 0.4)
        ax.set_xlim(left=min(0.0, 1.05 * float(frame[value].min())) - 0.02 * float(frame[value].abs().max()))
        ax.invert_yaxis()
        figure.legend(loc="outside upper right", ncols=len(colours), frameon=False)
        name_chart(figure, ax, title, axis_name(frame, value))
        return to_image(
            figure, alt_text("Dot chart", title, axis_name(frame, value), listed(frame, value, by))
        )


def rank_chart(frame: pd.DataFrame, value: str, title: str, by: str, colours: dict[str, str]) -> Image:
    """Draw Zipf's curve: each group's terms from the most to the least used, both axes in logs.

    In: `frame` with the group column `by` and `value`, a count or a rate above nought.
    """
    refuse_colourless(frame, by, colours)
    tops = []
    with canvas(height=4.6) as (figure, (ax,)):
        for name, colour in ((g, colours[g]) for g in sorted(set(frame[by]))):
            ordered = np.sort(frame.loc[frame[by] == name, value].to_numpy(dtype=float))[::-1]
            ax.loglog(
                np.arange(1, len(ordered) + 1),
                ordered,
                color=colour,
                label=f"{name} ({len(ordered):,} types)",
            )
            tops.append(
                f"{name}: first {short(ordered[0])}, hundredth {short(ordered[min(99, len(ordered) - 1)])}"
            )
        ax.legend(frameon=False)
        ax.set_ylabel(axis_name(frame, value))
        name_chart(figure, ax, title, "rank of the word (1 = most used)")
        return to_image(
            figure, alt_text("Line chart, both axes logarithmic", title, axis_name(frame, value), tops)
        )


def heat_map(frame: pd.DataFrame, value: str, title: str, rows: str, columns: str) -> Image:
    """Draw a grid with a number in each cell, darker for more; an absent cell is blank.

    In: `frame` with the columns `rows`, `columns` and `value`, one row a cell. Rows and
    columns stand in the order in which the frame has them.
    """
    order = [list(dict.fromkeys(frame[name])) for name in (rows, columns)]
    grid = frame.pivot(index=rows, columns=columns, values=value).reindex(index=order[0], columns=order[1])
    numbers = grid.to_numpy(dtype=float)
    with canvas(height=1.6 + 0.36 * len(grid)) as (figure, (ax,)):
        ax.imshow(numbers, cmap="Blues", vmin=0, vmax=PALER * max(np.nanmax(numbers), 1e-9), aspect="auto")
        ax.grid(visible=False)
        slope = 30 if grid.shape[1] <= 8 else 60  # steeper where columns are too narrow for their names
        ax.set_xticks(range(grid.shape[1]), grid.columns, rotation=slope, ha="right", rotation_mode="anchor")
        ax.set_yticks(range(grid.shape[0]), grid.index)
        ax.set_ylabel(rows)
        for (i, j), number in np.ndenumerate(numbers):
            ax.text(j, i, "" if np.isnan(number) else short(number), ha="center", va="center", fontsize=8.5)
        name_chart(figure, ax, title, f"{columns}; in the cells: {axis_name(frame, value)}")
        return to_image(
            figure, alt_text("Grid", title, axis_name(frame, value), listed(frame, value, rows, columns))
        )


def word_cloud(frame: pd.DataFrame, value: str, title: str) -> Image:
    """Draw a word cloud: size for use, and nothing else that can be measured.

    In: `frame` with `term` and `value`. It has no axes, its longer words look weightier
    and its places mean nothing: put a bar chart beside it.
    """
    cloud = WordCloud(
        font_path=str(sans_path()),
        width=1440,
        height=720,
        background_color="white",
        prefer_horizontal=1.0,
        color_func=lambda *_, **__: PALETTE[0],
        random_state=0,
    )
    weights = dict(zip(frame["term"], frame[value].astype(float), strict=True))
    with canvas(height=4.2) as (figure, (ax,)):
        ax.imshow(cloud.generate_from_frequencies(weights).to_array(), interpolation="bilinear")
        ax.set_axis_off()
        name_chart(figure, ax, title, "")
        return to_image(
            figure, alt_text("Word cloud", title, f"size: {axis_name(frame, value)}", listed(frame, value))
        )


@lru_cache(maxsize=1)
def _font() -> str:
    """Make the packaged Chinese font known to matplotlib; give its name.

    Adding a font is the one thing here that outlasts a call; it changes no other chart.
    """
    font_manager.fontManager.addfont(str(sans_path()))
    return font_manager.FontProperties(fname=str(sans_path())).get_name()


@contextmanager
def canvas(
    height: float, rows: Sequence[int] = (1,), share: bool = True
) -> Iterator[tuple[Figure, list[Axes]]]:
    """Lay out an empty figure in the house style, panels as high as their rows; `share` one scale."""
    house = rc_context(
        {
            "font.family": _font(),
            "font.size": 9.5,
            "axes.unicode_minus": False,
            "text.parse_math": False,
            "axes.axisbelow": True,
            "axes.edgecolor": "#888888",
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    )
    with house:
        figure = Figure(figsize=(WIDTH, height), layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.08))
        axes = figure.subplots(len(rows), 1, sharex=share, squeeze=False, height_ratios=rows)[:, 0]
        for ax in axes:
            ax.grid(axis="x", color="#e6e6e6")
            ax.tick_params(length=0)
        yield figure, list(axes)


def name_chart(figure: Figure, ax: Axes, title: str, axis: str) -> None:
    """Put the title over the chart and a name under its axis."""
    figure.suptitle(title, x=0.01, ha="left", fontsize=12)
    ax.set_xlabel(axis)


def to_image(figure: Figure, alt: str) -> Image:
    """Draw the figure to a picture that carries its alternative text."""
    drawn, small = BytesIO(), BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI)
    Picture.open(drawn).convert("RGB").quantize(COLOURS).save(small, format="png", optimize=True)
    return Image(data=small.getvalue(), alt=alt, width=round(100 * WIDTH))
