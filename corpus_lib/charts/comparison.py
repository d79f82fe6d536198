"""Terms -> a chart of two measures, and one of the leading terms of groups; no label covers another."""

import numpy as np
import pandas as pd
from IPython.display import Image
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from corpus_lib.charts import canvas as c
from corpus_lib.charts import tables as t

# The number of names in a scatter: more cover each other, or the eye stops reading them.
NAMES = 8
# In points: the places of a name beside its point that are tried in this order, and its alignment there.
SIDES = [
    *((7, 0, "left", "center"), (-7, 0, "right", "center")),
    *((0, 7, "center", "bottom"), (0, -7, "center", "top")),
]
# Words for the ends, 0 and 1, of a measure that has ends.
ENDS = {"dp_norm": ("even  0", "in one article  1")}


def scatter_chart(frame: pd.DataFrame, x: str, y: str, title: str, named: str) -> Image:
    """Draw one point per term by two measures, and name up to NAMES of the terms beside their points.

    In: `term, english` (or `label`), `x` (shown as logarithm), `y`, and `named`, True for the terms to name;
    those far from each other come first, and one whose name would cover something stays without. Raises
    ValueError for x at or below 0.
    >>> frame = pd.DataFrame({"label": ["police"], "n": [2], "dp_norm": [0.5], "named": [True]})
    >>> scatter_chart(frame, "n", "dp_norm", "One term", "named").alt
    'Scatter of 1 points: One term. Highest: police, 2, 0.5.'
    """
    drawn = t.chart_table(frame, {"x": x, "y": y}, {"named": named}).assign(label=t.row_labels(frame))
    t.refuse_rows(drawn["x"] <= 0, f"{x} is zero or less", "they have no logarithm, so drop them")
    chosen = drawn[drawn["named"].eq(True)].sort_values(["y", "x", "label"], ascending=[False, True, True])
    x_name, y_name = c.axis_name(frame, x), c.axis_name(frame, y)
    with c.canvas(title, f"Up: {y_name}. Across: {x_name}, on a logarithmic scale", 4.2) as (figure, ax):
        ax.set(xscale="log", xlim=(0.85 * drawn["x"].min(), 1.35 * drawn["x"].max()))
        c.plain_ticks(ax.xaxis, drawn["x"])
        if y in ENDS:
            ax.set_ylim(-0.03, 1.05)
            ax.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1], [ENDS[y][0], "0.2", "0.4", "0.6", "0.8", ENDS[y][1]])
        ax.scatter(drawn["x"], drawn["y"], s=16, color=c.GREY, alpha=0.35, linewidths=0)
        figure.draw_without_rendering()  # it settles where the points are
        _name_points(ax, drawn, chosen)
        data = t.data_table(drawn, label="item", x=x_name, y=y_name)
        return c.to_image(figure, f"Scatter of {len(drawn)} points", data)


def _name_points(ax: Axes, drawn: pd.DataFrame, chosen: pd.DataFrame) -> None:
    """Name points far from each other, each beside its point, where the name covers nothing."""
    taken = [Bbox.from_bounds(x - 4, y - 4, 8, 8) for x, y in ax.transData.transform(drawn[["x", "y"]])]
    order = _spread(ax.transData.transform(chosen[["x", "y"]]))
    full = len(taken) + NAMES
    for x, y, label in chosen[["x", "y", "label"]].iloc[order].to_numpy():
        for right, up, ha, va in SIDES if len(taken) < full else []:
            name = ax.annotate(label, (x, y), (right, up), textcoords="offset points", ha=ha, va=va)
            box = name.get_window_extent()
            if box.x0 > ax.bbox.x0 and box.x1 < ax.figure.bbox.x1 and not box.count_overlaps(taken):
                taken.append(box)
                name.set_in_layout(False)
                ax.scatter([x], [y], s=34, color=c.PALETTE[0], zorder=3)
                break
            name.remove()


def _spread(points: np.ndarray) -> list[int]:
    """Order points so that each is far from those before it; the rightmost comes first."""
    order = [int(points[:, 0].argmax())] if len(points) else []
    while len(order) < len(points):
        near = np.linalg.norm(points[:, None] - points[order], axis=2).min(axis=1)
        near[order] = -1
        order.append(int(near.argmax()))
    return order


def term_chart(
    frame: pd.DataFrame, value: str, title: str, by: tuple[str, str, str], colours: dict[str, str]
) -> Image:
    """Draw the leading terms of each group as bars, coloured by kind, with a note beside each bar.

    In: `term, english` (or `label`), `value`, and in `by` three columns: the group (one block each), the kind
    of the term (a kind without a colour is grey), and a few characters to the right of the bar, such as the
    `pips` of the articles that have the term. Raises ValueError for a missing number, name or note.
    >>> frame = pd.DataFrame({"label": ["police"], "n": [2], "city": ["X"], "topic": ["order"], "has": "●○"})
    >>> term_chart(frame, "n", "One term", ("city", "topic", "has"), {"order": "#0072B2"}).alt
    'Bar chart: One term. Highest: X, police, 2.'
    """
    drawn = t.chart_table(frame, {"value": value}, {"group": by[0], "kind": by[1], "note": by[2]})
    drawn = drawn.assign(label=t.row_labels(frame), text=t.alike(drawn["value"]))
    names = {"group": by[0], "label": "item", "kind": by[1], "note": by[2]}
    data = t.data_table(drawn, **names, value=c.axis_name(frame, value))
    drawn, heads = t.stack_rows(drawn)
    with c.canvas(title, data.columns[-1], 1.0 + c.ROW * (drawn["y"].max() + 1)) as (figure, ax):
        kinds = {kind: colour for kind, colour in colours.items() if kind in set(drawn["kind"])}
        general = {} if set(drawn["kind"]) <= set(kinds) else {"general words": c.PALE}
        for kind, colour in (kinds | general).items():
            ax.barh([0], [0], color=colour, label=kind)
        ax.barh(drawn["y"], drawn["value"], color=[kinds.get(k, c.PALE) for k in drawn["kind"]], height=0.7)
        for number, y, text, note in drawn[["value", "y", "text", "note"]].to_numpy():
            ax.text(number, y, f"  {text}  {note}", va="center", size=c.SMALL, color=c.GREY)
        c.place_rows(ax, drawn, heads)
        ax.set_xlim(0, 1.3 * max(drawn["value"].max(), 1e-9))
        c.add_legend(figure, ax)
        return c.to_image(figure, "Bar chart", data, c.extremes(data.drop(columns=[by[1], by[2]])))
