"""Terms -> charts of two measures, of articles one by one, of moves in rank; no label hides another."""

from __future__ import annotations

import numpy as np
import pandas as pd
from IPython.display import Image

from corpus_lib.charts import GREY, MARKERS, PALETTE, Axes, canvas, name_chart, to_image
from corpus_lib.labels import alt_text, axis_name, refuse_colourless, refuse_empty, refuse_unfit, row_labels
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


def article_chart(
    frame: pd.DataFrame, value: str, title: str, by: tuple[str, str], colours: dict[str, str]
) -> Image:
    """Draw each term's use in a group against the rest, every article a point of its own.

    In: `frame`, a row a term and article: `term, english` (or `label`), `doc_id`, `value`
    (nought where the article lacks the term), and the two columns of `by`: the group whose
    term it is (a panel each), and the group to which the article belongs. Filled points are
    the panel's own articles, hollow ones the others; each article keeps one height within
    its row, the first uppermost. The bar leads from the mean of the others to the mean of
    the group's own.
    """
    panel, home = by
    refuse_colourless(frame, home, colours)
    refuse_colourless(frame, panel, colours)
    axis = axis_name(frame, value)
    frame = frame.assign(height=frame["doc_id"].map(_heights(frame)))
    rows = frame.groupby(panel, sort=True)["term"].nunique().to_list()
    with canvas(1.3 + 0.42 * len(rows) + 0.38 * sum(rows), rows) as (figure, axes):
        for ax, (name, part) in zip(axes, frame.groupby(panel, sort=True), strict=True):
            labels = list(dict.fromkeys(row_labels(part)))
            part = part.assign(row=[labels.index(label) for label in row_labels(part)])
            _draw_means(ax, part, value, part[home] == name, colours[str(name)])
            _draw_articles(ax, part, value, (home, str(name)), colours)
            ax.set_yticks(range(len(labels)), labels)
            ax.set_ylim(len(labels) - 0.4, -0.6)
            ax.set_title(str(name), loc="left", fontsize=10, color=GREY)
        for marker, (group, colour) in zip(MARKERS, colours.items(), strict=False):
            axes[0].scatter([], [], s=30, color=colour, marker=marker, label=f"article of {group}")
        figure.legend(loc="outside lower right", ncols=len(colours), frameon=False)
        name_chart(figure, axes[-1], title, axis)
        return to_image(figure, alt_text("Points, an article each", title, axis, _said(frame, value, panel)))


def move_chart(
    frame: pd.DataFrame, ranks: tuple[str, str], title: str, by: str, colours: dict[str, str]
) -> Image:
    """Draw how terms move between two rankings: a line a term, a panel a group.

    In: `frame` with `term, english` (or `label`), the group column `by`, and two columns of
    `ranks` (whole numbers; the columns' names are the sides' names), left and right. Each
    side lists the same terms in the order of its ranks, the rank before the term, so that
    no label can hide another; lines that rise are in the group's colour, others grey.
    """
    refuse_colourless(frame, by, colours)
    refuse_empty(frame)
    for rank in ranks:
        refuse_unfit(frame, rank)
    sides = f"left: {ranks[0]}; right: {ranks[1]}"
    sizes = frame.groupby(by, sort=True).size().to_list()
    with canvas(0.9 + 0.4 * len(sizes) + 0.215 * len(frame), sizes) as (figure, axes):
        for ax, (name, part) in zip(axes, frame.groupby(by, sort=True), strict=True):
            _draw_moves(ax, part, ranks, colours[str(name)])
            ax.set_title(str(name), loc="left", fontsize=10, color=GREY)
        name_chart(figure, axes[-1], title, sides)
        rows = zip(frame[by], row_labels(frame), *(frame[rank] for rank in ranks), strict=True)
        items = [f"{group} {label.replace('  ', ', ')}: {a} to {b}" for group, label, a, b in rows]
        return to_image(figure, alt_text("Lines between two rankings", title, sides, items))


def _draw_articles(
    ax: Axes, part: pd.DataFrame, value: str, own: tuple[str, str], colours: dict[str, str]
) -> None:
    """Draw a point an article: filled where it is of the panel's own group."""
    home, name = own
    for marker, (group, colour) in zip(MARKERS, colours.items(), strict=False):
        its = part[part[home] == group]
        face = colour if group == name else "white"
        ax.scatter(its[value], its["row"] + its["height"], s=22, marker=marker, facecolors=face,
                   edgecolors=colour, zorder=3)  # fmt: skip


def _draw_means(ax: Axes, part: pd.DataFrame, value: str, own: pd.Series[bool], colour: str) -> None:
    """Draw a bar from the mean of the other articles to the mean of a group's own."""
    ours, others = (part[side].groupby("row")[value].mean() for side in (own, ~own))
    rows = ours.index.intersection(others.index)
    ax.hlines(rows, others[rows], ours[rows], color=colour, alpha=0.25, linewidth=5)


def _draw_moves(ax: Axes, part: pd.DataFrame, ranks: tuple[str, str], colour: str) -> None:
    """Draw a line a term from its place on the left to its place on the right."""
    orders = [part.sort_values([side, other, "term"]) for side, other in (ranks, ranks[::-1])]
    place = [{term: i for i, term in enumerate(order["term"])} for order in orders]
    for term, left, right in zip(part["term"], part[ranks[0]], part[ranks[1]], strict=True):
        ax.plot([0, 1], [side[term] for side in place], color=colour if right < left else "#9a9a9a")
    for side, order, rank in zip((ax, ax.twinx()), orders, ranks, strict=True):
        labels = [f"{n}  {label}" for n, label in zip(order[rank], row_labels(order), strict=True)]
        side.set_yticks(range(len(order)), labels, fontsize=8)
        side.set_ylim(len(order) - 0.5, -0.5)
        side.tick_params(length=0)
        side.spines[:].set_visible(False)
    ax.set_xlim(-0.02, 1.02)
    ax.set_xticks([])


def _heights(frame: pd.DataFrame) -> dict[str, float]:
    """Give each article a height of its own within a row."""
    ids = sorted(set(frame["doc_id"]))
    return dict(zip(ids, np.linspace(-0.26, 0.26, len(ids)), strict=True))


def _said(frame: pd.DataFrame, value: str, panel: str) -> list[str]:
    """Put each term's articles into words."""
    labels = [label.replace("  ", ", ") for label in row_labels(frame)]
    points = [f"{i} {short(number)}" for i, number in zip(frame["doc_id"], frame[value], strict=True)]
    said = [f"{group} {label}" for group, label in zip(frame[panel], labels, strict=True)]
    terms = pd.Series(points).groupby(said, sort=False).agg(", ".join)
    return [f"{label}: {numbers}" for label, numbers in terms.items()]


def _refuse(frame: pd.DataFrame, x: str, names: int) -> None:
    """Say what cannot be drawn."""
    if names > NAMES:
        raise ValueError(f"{names} names beside one chart cannot be read: name at most {NAMES}.")
    if (frame[x] <= 0).any():
        raise ValueError(f"{x} is nought or less for {(frame[x] <= 0).sum()} terms: it has no logarithm.")
