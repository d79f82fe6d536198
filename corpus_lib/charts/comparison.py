"""Terms -> charts of two measures, of single articles, of changes in rank; no label covers another."""

import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib.axes import Axes

from corpus_lib.charts.canvas import (
    GREY,
    PALE,
    PALETTE,
    alt_text,
    axis_name,
    canvas,
    listed,
    marked,
    to_image,
)
from corpus_lib.charts.tables import chart_table, groups_of, refuse_repeated, refuse_rows, row_labels, short

# The number of names that fit legibly below each other beside a chart.
NAMES = 24


def scatter_chart(frame: pd.DataFrame, x: str, y: str, title: str, named: str) -> Image:
    """Draw one point per term by two measures, and name some of the terms beside the chart.

    In: `term, english` (or `label`), `x` (shown as logarithm), `y`, and `named`, True for up to NAMES terms.
    The lengths of the lines to the names mean nothing. Raises ValueError for more names, for x at or below 0.
    >>> frame = pd.DataFrame({"label": ["police"], "n": [2], "dp_norm": [0.5], "named": [True]})
    >>> scatter_chart(frame, "n", "dp_norm", "One term", "named").alt[-19:]
    ' police: 2 and 0.5.'
    """
    drawn = chart_table(frame, {"x": x, "y": y}, {"named": named})
    refuse_rows(drawn["x"] <= 0, f"{x} is zero or less", "they have no logarithm, so drop them")
    which = drawn["named"].eq(True).to_numpy()
    if which.sum() > NAMES:
        raise ValueError(f"{which.sum()} names do not fit beside one chart: name at most {NAMES} terms.")
    chosen = drawn.loc[which, ["x", "y"]].assign(label=row_labels(frame[which]))
    chosen = chosen.sort_values(["y", "x", "label"], ascending=[False, True, True])
    x_name, y_name, height = axis_name(frame, x), axis_name(frame, y), max(4.2, 0.9 + 0.22 * len(chosen))
    with canvas(title, f"{x_name}, on a scale of logarithms", height) as (figure, (ax,)):
        ax.set(xscale="log", ylabel=y_name)
        _draw_scatter(ax, drawn, chosen)
        items = [f"{label}: {short(a)} and {short(b)}" for a, b, label in chosen.to_numpy()]
        kind, axes = f"Scatter of {len(drawn)} points", f"{x_name}; {y_name}"
        return to_image(figure, alt_text(kind, title, axes, items))


def _draw_scatter(ax: Axes, drawn: pd.DataFrame, chosen: pd.DataFrame) -> None:
    """Draw all points, the named ones in colour, and a line from each name to its point."""
    ax.scatter(drawn["x"], drawn["y"], s=14, color=GREY, alpha=0.35, linewidths=0)
    ax.scatter(chosen["x"], chosen["y"], s=26, color=PALETTE[0], zorder=3)
    ticks = [step * 10.0**power for power in range(-3, 7) for step in (1, 2, 5)]
    ax.set_xticks([tick for tick in ticks if drawn["x"].min() <= tick <= drawn["x"].max()])
    ax.xaxis.set_major_formatter("{x:g}")
    ax.xaxis.set_minor_formatter("")
    leader = {"arrowstyle": "-", "color": "#bbbbbb", "linewidth": 0.5, "relpos": (0, 0.5)}
    heights = np.linspace(0.99, 0.01, len(chosen))
    for (x, y, label), height in zip(chosen.to_numpy(), heights, strict=True):
        ax.annotate(label, (x, y), (1.04, height), "data", "axes fraction", leader, va="center", fontsize=8)


def article_chart(
    frame: pd.DataFrame, value: str, title: str, by: tuple[str, str], colours: dict[str, str]
) -> Image:
    """Draw each term of a group with one point per article, to compare the group's articles with the rest.

    In: `term, english` (or `label`), `doc_id`, `value` (zero where the article lacks the term), and in `by`
    two columns: the group of the term (one panel each), and that of the article. The panel's own articles are
    filled, others hollow; a bar joins their means, which may rest on one article. Raises ValueError for two
    rows of one point, for a group without a colour, and for too many groups.
    >>> frame = pd.DataFrame({"label": "police", "doc_id": ["a", "b"], "n": [3, 1], "city": "X"})
    >>> frame, colours = frame.assign(home=["X", "Y"]), {"X": "#0072B2", "Y": "#D55E00"}
    >>> article_chart(frame, "n", "Two articles", ("city", "home"), colours).alt[-20:]
    ' X police: a 3, b 1.'
    """
    names = {"group": by[0], "home": by[1], "article": "doc_id"}
    drawn = chart_table(frame, {"value": value}, names, colours).assign(label=row_labels(frame))
    refuse_repeated(drawn, "point", "group", "label", "article")
    place, ids = pd.factorize(drawn["article"], sort=True)  # an article has one height within all rows
    drawn = drawn.assign(home=drawn["home"].map(str), height=np.linspace(-0.26, 0.26, len(ids))[place])
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
    row, labels = pd.factorize(part["label"])
    part, own = part.assign(row=row), part["home"] == name
    means, rest = (part[rows].groupby("row")["value"].mean() for rows in (own, ~own))
    both = means.index.intersection(rest.index)
    ax.hlines(both, rest[both], means[both], color=colours[name], alpha=0.25, linewidth=5)
    for group, colour, marker in marked(colours):
        its, face = part[part["home"] == group], colour if group == name else "white"
        x, y = its["value"], its["row"] + its["height"]
        ax.scatter(x, y, s=22, marker=marker, facecolors=face, edgecolors=colour, zorder=3)
    ax.set(yticks=range(len(labels)), yticklabels=labels, ylim=(len(labels) - 0.4, -0.6))
    ax.set_title(name, loc="left", fontsize=10, color=GREY)


def slope_chart(
    frame: pd.DataFrame, ranks: tuple[str, str], title: str, by: str, colours: dict[str, str]
) -> Image:
    """Draw how terms change rank between two rankings: one line per term, one panel per group.

    In: `term, english` (or `label`), the group column `by`, and in `ranks` the columns for left and right.
    Rising lines are coloured; slopes show order and not distance. Raises ValueError for no rank or colour.
    >>> frame = pd.DataFrame({"label": ["police"], "before": [2], "after": [1], "city": ["X"]})
    >>> slope_chart(frame, ("before", "after"), "One term", "city", {"X": "#0072B2"}).alt[-18:]
    ' X police: 2 to 1.'
    """
    drawn = chart_table(frame, {"left": ranks[0], "right": ranks[1]}, {"group": by}, colours)
    drawn = drawn.assign(label=row_labels(frame))
    panels, axis = groups_of(drawn), f"left: {ranks[0]}; right: {ranks[1]}"
    height, sizes = 0.9 + 0.4 * len(panels) + 0.215 * len(drawn), [len(part) for _, part in panels]
    with canvas(title, axis, height, sizes) as (figure, axes):
        for ax, (name, part) in zip(axes, panels, strict=True):
            _draw_slopes(ax, part, colours[name])
            ax.set_title(name, loc="left", fontsize=10, color=GREY)
        rows = drawn[["group", "label", "left", "right"]].to_numpy()
        items = [f"{group} {label}: {a:.10g} to {b:.10g}" for group, label, a, b in rows]
        return to_image(figure, alt_text("Lines between two rankings", title, axis, items))


def _draw_slopes(ax: Axes, part: pd.DataFrame, colour: str) -> None:
    """Draw one line per row from its position on the left to its position on the right."""
    orders = [part.sort_values([*keys, "label"]) for keys in (("left", "right"), ("right", "left"))]
    for row, rises in (part["right"] < part["left"]).items():
        ends = [order.index.tolist().index(row) for order in orders]
        ax.plot([0, 1], ends, color=colour if rises else "#9a9a9a")
    for side, order, name in zip((ax, ax.twinx()), orders, ("left", "right"), strict=True):
        labels = [f"{n:.10g}  {label}" for n, label in zip(order[name], order["label"], strict=True)]
        side.set(yticks=range(len(order)), yticklabels=labels, ylim=(len(order) - 0.5, -0.5))
        side.tick_params(length=0, labelsize=8)
        side.spines[:].set_visible(False)
    ax.set(xlim=(-0.02, 1.02), xticks=[])


def term_chart(
    frame: pd.DataFrame, value: str, title: str, by: tuple[str, str], colours: dict[str, str]
) -> Image:
    """Draw the leading terms of each group as bars, coloured by kind, with a note beside each bar.

    In: `term, english` (or `label`), `value`, in `by` two columns: the group (one panel each) and the kind of
    the term (a kind without a colour is grey), and `note`, a few characters to the right of the bar, such
    as the `pips` of the articles that have the term. Raises ValueError for a missing number, name or note.
    >>> frame = pd.DataFrame({"label": ["police"], "n": [2], "city": ["X"], "topic": ["order"], "note": "●○"})
    >>> term_chart(frame, "n", "One term", ("city", "topic"), {"order": "#0072B2"}).alt[-24:]
    ' X police (order, ●○) 2.'
    """
    drawn = chart_table(frame, {"value": value}, {"group": by[0], "kind": by[1], "note": "note"})
    drawn, axis = drawn.assign(label=row_labels(frame)), axis_name(frame, value)
    panels, top = groups_of(drawn), 1.3 * max(drawn["value"].max(), 1e-9)
    rows = [len(part) for _, part in panels]
    with canvas(title, axis, 1.3 + 0.5 * len(panels) + 0.25 * len(drawn), rows) as (figure, axes):
        for ax, (name, part) in zip(axes, panels, strict=True):
            shades = [colours.get(kind, PALE) for kind in part["kind"]]
            ax.barh(part.index, part["value"], color=shades, height=0.7)
            ax.set(yticks=part.index, yticklabels=part["label"], xlim=(0, top))
            ax.invert_yaxis()
            ax.set_title(name, loc="left", fontsize=10, color=GREY)
            for y, (number, note) in enumerate(zip(part["value"], part["note"], strict=True)):
                ax.text(number, y, f"  {short(number)}  {note}", va="center", fontsize=8.5, color=GREY)
        for kind in [kind for kind in colours if kind in set(drawn["kind"])]:
            axes[0].barh([0], [0], color=colours[kind], label=kind)
        axes[0].barh([0], [0], color=PALE, label="general words")
        figure.legend(loc="outside lower right", ncols=4, frameon=False)
        words = [f"{n} ({kind}, {note})" for n, kind, note in drawn[["label", "kind", "note"]].to_numpy()]
        said = drawn.assign(label=words)
        return to_image(figure, alt_text("Bar chart", title, axis, listed(said, "group", "label")))
