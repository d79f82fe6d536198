"""Terms -> charts of two measures, of single articles, of changes in rank; no label covers another."""

from __future__ import annotations

import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib.axes import Axes

from corpus_lib.charts.canvas import canvas, to_image
from corpus_lib.charts.colours import GREY, PALETTE, marked
from corpus_lib.charts.labels import alt_text, axis_name, chart_table, groups_of, row_labels
from corpus_lib.charts.refusals import refuse_colourless, refuse_low, refuse_repeated
from corpus_lib.charts.tables import short

# The number of names that fit legibly below each other beside a chart.
NAMES = 24

# The ticks of a logarithmic axis: 1, 2, 5, 10 and so on.
TICKS = [step * 10.0**power for power in range(-3, 7) for step in (1, 2, 5)]


def scatter_chart(frame: pd.DataFrame, x: str, y: str, title: str, named: str) -> Image:
    """Draw one point per term by two measures, and name some of the terms beside the chart.

    In: `frame` with `term, english` (or `label`), the columns `x` (on a logarithmic axis) and `y`, and
    `named`, a column that is True for the terms to name, at most NAMES of them. The names are at the right in
    the order of their points. A line joins each name to its point; its length means nothing. Raises
    ValueError for too many names, and for an x of zero or less.

    >>> frame = pd.DataFrame({"label": ["police"], "n": [2], "dp_norm": [0.5], "named": [True]})
    >>> scatter_chart(frame, "n", "dp_norm", "One term", "named").alt[-19:]
    ' police: 2 and 0.5.'
    """
    drawn = chart_table(frame, {"x": x, "y": y}, {"named": named})
    refuse_low(drawn["x"], x, "logarithm")
    which = drawn["named"].eq(True).to_numpy()
    if which.sum() > NAMES:
        raise ValueError(f"{which.sum()} names do not fit beside one chart: name at most {NAMES} terms.")
    chosen = drawn[which].assign(label=row_labels(frame[which]))
    chosen = chosen.sort_values(["y", "x", "label"], ascending=[False, True, True])
    x_name, y_name, height = axis_name(frame, x), axis_name(frame, y), max(4.2, 0.9 + 0.22 * len(chosen))
    with canvas(title, f"{x_name}, on a scale of logarithms", height) as (figure, (ax,)):
        _draw_scatter(ax, drawn, chosen)
        ax.set_ylabel(y_name)
        rows = zip(chosen["label"], chosen["x"], chosen["y"], strict=True)
        items = [f"{label}: {short(a)} and {short(b)}" for label, a, b in rows]
        kind = f"Scatter of {len(drawn)} points"
        return to_image(figure, alt_text(kind, title, f"{x_name}; {y_name}", items))


def _draw_scatter(ax: Axes, drawn: pd.DataFrame, chosen: pd.DataFrame) -> None:
    """Draw all points, the named ones in colour, and a line from each name to its point."""
    ax.scatter(drawn["x"], drawn["y"], s=14, color=GREY, alpha=0.35, linewidths=0)
    ax.scatter(chosen["x"], chosen["y"], s=26, color=PALETTE[0], zorder=3)
    ax.set_xscale("log")
    ax.set_xticks([tick for tick in TICKS if drawn["x"].min() <= tick <= drawn["x"].max()])
    ax.xaxis.set_major_formatter("{x:g}")
    ax.xaxis.set_minor_formatter("")
    leader = {"arrowstyle": "-", "color": "#bbbbbb", "linewidth": 0.5, "relpos": (0, 0.5)}
    heights = np.linspace(0.99, 0.01, len(chosen))
    for label, x, y, height in zip(chosen["label"], chosen["x"], chosen["y"], heights, strict=True):
        at, to = (x, y), (1.04, height)
        ax.annotate(label, at, to, "data", "axes fraction", leader, va="center", fontsize=8)


def article_chart(
    frame: pd.DataFrame, value: str, title: str, by: tuple[str, str], colours: dict[str, str]
) -> Image:
    """Draw each term of a group with one point per article, to compare the group's articles with the rest.

    In: `frame`, one row per term and article: `term, english` (or `label`), `doc_id`, `value` (zero where the
    article lacks the term), and the two columns of `by`: the group that the term belongs to (one panel each),
    and the group of the article. Filled points are the articles of the panel's group, hollow points the
    others. An article has the same height in every row. A bar joins the mean of the other articles to the
    mean of the group; with one article in a group that mean is the article. Raises ValueError for two rows of
    one point, for a group without a colour, and for too many groups.

    >>> frame = pd.DataFrame({"label": "police", "doc_id": ["a", "b"], "n": [3, 1], "city": "X"})
    >>> frame, colours = frame.assign(home=["X", "Y"]), {"X": "#0072B2", "Y": "#D55E00"}
    >>> article_chart(frame, "n", "Two articles", ("city", "home"), colours).alt[-20:]
    ' X police: a 3, b 1.'
    """
    names = {"group": by[0], "home": by[1], "article": "doc_id"}
    drawn = chart_table(frame, {"value": value}, names).assign(label=row_labels(frame))
    refuse_repeated(drawn, "point", "group", "label", "article")
    refuse_colourless(drawn["home"], by[1], colours)
    refuse_colourless(drawn["group"], by[0], colours)
    ids = sorted(set(drawn["article"]))  # an article has one height within all rows
    heights = drawn["article"].map(dict(zip(ids, np.linspace(-0.26, 0.26, len(ids)), strict=True)))
    drawn = drawn.assign(home=drawn["home"].map(str), height=heights)
    axis, panels = axis_name(frame, value), groups_of(drawn)
    rows = [part["label"].nunique() for _, part in panels]
    with canvas(title, axis, 1.3 + 0.42 * len(rows) + 0.38 * sum(rows), rows) as (figure, axes):
        for ax, (name, part) in zip(axes, panels, strict=True):
            _draw_panel(ax, part, name, colours)
        for group, colour, marker in marked(colours):
            axes[0].scatter([], [], s=30, color=colour, marker=marker, label=f"article of {group}")
        figure.legend(loc="outside lower right", ncols=len(colours), frameon=False)
        points = drawn["article"].map(str) + " " + drawn["value"].map(short)
        terms = points.groupby(drawn["group"].map(str) + " " + drawn["label"], sort=False)
        items = [f"{term}: {', '.join(numbers)}" for term, numbers in terms]
        return to_image(figure, alt_text("Points, an article each", title, axis, items))


def _draw_panel(ax: Axes, part: pd.DataFrame, name: str, colours: dict[str, str]) -> None:
    """Draw one row per term of a group: its articles, the others, and a bar between the means."""
    labels = list(dict.fromkeys(part["label"]))
    part = part.assign(row=part["label"].map(labels.index))
    own = part["home"] == name
    means, rest = (part[rows].groupby("row")["value"].mean() for rows in (own, ~own))
    both = means.index.intersection(rest.index)
    ax.hlines(both, rest[both], means[both], color=colours[name], alpha=0.25, linewidth=5)
    for group, colour, marker in marked(colours):
        its, face = part[part["home"] == group], colour if group == name else "white"
        x, y = its["value"], its["row"] + its["height"]
        ax.scatter(x, y, s=22, marker=marker, facecolors=face, edgecolors=colour, zorder=3)
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.set_title(name, loc="left", fontsize=10, color=GREY)


def slope_chart(
    frame: pd.DataFrame, ranks: tuple[str, str], title: str, by: str, colours: dict[str, str]
) -> Image:
    """Draw how terms change rank between two rankings: one line per term, one panel per group.

    In: `frame` with `term, english` (or `label`), the group column `by`, and the two columns of `ranks`
    (whole numbers), left and right, whose names are shown. Each side lists the same terms in the order of its
    ranks, with the rank before the term. Rising lines have the group's colour, the others are grey. Terms are
    spaced evenly, so slopes show order and not distance. Two rows give two lines. Raises ValueError for a
    missing rank, and for a group without a colour.

    >>> frame = pd.DataFrame({"label": ["police"], "before": [2], "after": [1], "city": ["X"]})
    >>> slope_chart(frame, ("before", "after"), "One term", "city", {"X": "#0072B2"}).alt[-18:]
    ' X police: 2 to 1.'
    """
    drawn = chart_table(frame, {"left": ranks[0], "right": ranks[1]}, {"group": by})
    drawn = drawn.assign(label=row_labels(frame))
    refuse_colourless(drawn["group"], by, colours)
    panels, axis = groups_of(drawn), f"left: {ranks[0]}; right: {ranks[1]}"
    height, sizes = 0.9 + 0.4 * len(panels) + 0.215 * len(drawn), [len(part) for _, part in panels]
    with canvas(title, axis, height, sizes) as (figure, axes):
        for ax, (name, part) in zip(axes, panels, strict=True):
            _draw_slopes(ax, part, colours[name])
            ax.set_title(name, loc="left", fontsize=10, color=GREY)
        rows = drawn[["group", "label", "left", "right"]].itertuples(index=False, name=None)
        items = [f"{group} {label}: {a:.10g} to {b:.10g}" for group, label, a, b in rows]
        return to_image(figure, alt_text("Lines between two rankings", title, axis, items))


def _draw_slopes(ax: Axes, part: pd.DataFrame, colour: str) -> None:
    """Draw one line per row from its position on the left to its position on the right."""
    orders = [part.sort_values([*keys, "label"]) for keys in (("left", "right"), ("right", "left"))]
    positions = [{row: i for i, row in enumerate(order.index)} for order in orders]
    for row, rises in (part["right"] < part["left"]).items():
        ends = [position[row] for position in positions]
        ax.plot([0, 1], ends, color=colour if rises else "#9a9a9a")
    for side, order, name in zip((ax, ax.twinx()), orders, ("left", "right"), strict=True):
        labels = [f"{n:.10g}  {label}" for n, label in zip(order[name], order["label"], strict=True)]
        side.set_yticks(range(len(order)), labels, fontsize=8)
        side.set_ylim(len(order) - 0.5, -0.5)
        side.tick_params(length=0)
        side.spines[:].set_visible(False)
    ax.set_xlim(-0.02, 1.02)
    ax.set_xticks([])
