"""The one frame of all charts: a title that says the finding, a grey line with measure and unit, the chart.

The picture goes with an alternative text and with its data, which a page shows folded under it.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from textwrap import fill
from typing import Any

import pandas as pd
from IPython.display import Image
from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patheffects import Normal, Stroke
from PIL import Image as Picture
from pylopdf_fonts_zh_cn import sans_path

from corpus_lib.charts.tables import refuse_missing, short, show_table

# The colours of Okabe and Ito (2008), which people with any colour vision can distinguish. Their yellow
# is left out (too pale on white). Each colour has a marker, for print without colour.
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
GREY, PALE = "#5f5f5f", "#b9b9b9"
# In inches, and dots per inch. A page shows a chart about 720 pixels wide; twice that is sharp in print.
WIDTH, DPI = 7.2, 200
# In inches: a row of a chart. Twenty rows leave room on a sheet for the heading and the question above.
ROW = 0.21
# In points. A page of A4 prints a chart at 0.95 of its size, so even SMALL is 9 points on paper.
TITLE, TEXT, SMALL = 13.0, 10.0, 9.5
# The packaged font has one weight, so a thin outline in the letters' own colour makes them bold.
BOLD = [Stroke(linewidth=0.6, foreground="black"), Normal()]
# The packaged Chinese font, registered with matplotlib once for all charts.
font_manager.fontManager.addfont(str(sans_path()))
STYLE: dict[Any, Any] = {
    **{"font.family": font_manager.FontProperties(fname=str(sans_path())).get_name(), "font.size": TEXT},
    **{"axes.unicode_minus": False, "text.parse_math": False, "axes.axisbelow": True, "axes.grid": True},
    **{"axes.edgecolor": "#888888", "axes.spines.top": False, "axes.spines.right": False},
    **{"axes.grid.axis": "x", "grid.color": "#e6e6e6", "xtick.major.size": 0, "ytick.major.size": 0},
}
# What the library's own columns measure; any other has its unit in its name: "hours (per case)".
AXES = {
    "n": "number of uses",
    "rate": "uses per 1,000 counted words",
    "share": "share in per cent (%)",
    "tf_idf": "TF-IDF (share of words × ln of groups / groups with the term)",
    "dp_norm": "dispersion (normalised DP; 0 = even, 1 = only in the shortest article)",
    "log_odds_z": "log-odds against the rest (in standard deviations)",
}
# In characters: the longest alternative text. Screen readers read it in one piece, without a pause.
ALT = 150
# A positive measure of which the largest value is more than this many times the smallest needs a
# logarithmic axis, or the small values all fall on zero; its ticks are then the powers of ten.
WIDE = 100


def group_colours(groups: Iterable[str]) -> dict[str, str]:
    """Assign each group its colour, in the order of the sorted names, once for a whole study.

    In: the groups, in any order and with repeats. Raises ValueError for a missing group, and for more than
    seven groups, because no eighth colour is distinct for everybody.
    >>> group_colours(["Y", "X", "Y"])
    {'X': '#0072B2', 'Y': '#D55E00'}
    """
    found = pd.DataFrame({"The group": list(groups)}, dtype="object")
    refuse_missing(found, "The group")
    names = sorted(set(found["The group"].map(str)))
    if len(names) > len(PALETTE):
        raise ValueError(f"There are {len(names)} groups, but only 7 distinct colours: draw fewer groups.")
    return dict(zip(names, PALETTE, strict=False))


@contextmanager
def canvas(title: str, axis: str, height: float) -> Iterator[tuple[Figure, Axes]]:
    """Make a figure with its title and grey line (`axis`), and under them a panel of `height` in inches."""
    head, axis = wrapped(title, 66), wrapped(axis[:1].upper() + axis[1:], 108)
    heights = [0.1, 0.25 * (head.count("\n") + 1), 0.19 * (axis.count("\n") + 1 if axis else 0)]
    whole = height + sum(heights)
    with rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the chart shows a box for it
        layout = ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.06, rect=(0, 0, 1, height / whole))
        figure = Figure(figsize=(WIDTH, whole), layout=layout)
        figure.set_label(title)
        ax = figure.subplots()
        figure.text(0.014, 1 - heights[0] / whole, head, size=TITLE, va="top", path_effects=BOLD)
        figure.text(0.014, 1 - sum(heights[:2]) / whole, axis, color=GREY, va="top")
        yield figure, ax


def wrapped(text: str, columns: int) -> str:
    r"""Break a text into lines of so many columns; a Chinese character takes two.

    >>> wrapped("one two", 4), wrapped("公安派出所", 4)
    ('one\ntwo', '公安\n派出\n所')
    """
    wide = sum(character >= "\u2e80" for character in text)
    return fill(text, max(1, columns * len(text) // (len(text) + wide or 1)), break_on_hyphens=False)


def add_legend(figure: Figure, ax: Axes) -> None:
    """Place the legend of a panel between the grey line and the chart, so that it covers neither."""
    entries = ax.get_legend_handles_labels()[0]
    rows = -(-len(entries) // 4)
    layout: Any = figure.get_layout_engine()
    top = layout.get()["rect"][3]
    layout.set(rect=(0, 0, 1, top - (0.06 + 0.21 * rows) / figure.get_figheight()))
    look: dict[str, Any] = {"frameon": False, "borderpad": 0.2, "columnspacing": 1.4, "handletextpad": 0.5}
    look |= {"loc": "upper left", "bbox_to_anchor": (0, top), "ncols": -(-len(entries) // rows)}
    figure.legend(handles=entries, **look).set_in_layout(False)


def plain_ticks(axis: Axis, values: "pd.Series[float]") -> None:
    """Label a logarithmic axis with plain numbers: 1, 10, 100; also 2 and 5 where the range is short."""
    low, high = values.min(), values.max()
    steps = (1,) if high / low > WIDE else (1, 2, 5)
    ticks = [step * 10.0**power for power in range(-6, 10) for step in steps]
    ticks = [tick for tick in ticks if 0.8 * low <= tick <= 1.25 * high]
    axis.set_ticks([], minor=True)
    axis.set_ticks(ticks, [short(tick) for tick in ticks])


def place_rows(ax: Axes, drawn: pd.DataFrame, heads: dict[str, float]) -> None:
    """Label the rows of a chart at their places `y`, from the top down, and write the groups' heads."""
    ax.set(yticks=drawn["y"], yticklabels=drawn["label"], ylim=(drawn["y"].max() + 0.6, -0.6))
    for name, y in heads.items():
        ax.text(0, y, f" {name}", transform=ax.get_yaxis_transform(), va="center", path_effects=BOLD)


def axis_name(frame: pd.DataFrame, value: str) -> str:
    """Name a column with its unit; refuse one without a unit, and figures that may not be compared."""
    if "comparable_set" in frame and frame["comparable_set"].nunique() > 1:
        raise ValueError(
            "These figures are in more than one comparable_set and may not share an axis: print them with "
            "show_figures, and see explain_pairs. If the column means something else, rename it."
        )
    if value not in AXES and "(" not in value:
        raise ValueError(f"There is no unit for {value!r}: rename the column with it, as in '{value} (…)'.")
    return AXES.get(value, value)


def extremes(data: pd.DataFrame) -> list[str]:
    """Put the rows with the largest and the smallest value into words; the last column has the values."""
    values = data.iloc[:, -1].reset_index(drop=True)
    rows = {"Highest": values.argmax()} | ({"Lowest": values.argmin()} if values.nunique() > 1 else {})
    cells = data.map(lambda cell: short(cell) if isinstance(cell, float) else str(cell)).to_numpy()
    return [f"{word}: {', '.join(cells[row])}" for word, row in rows.items()]


def alt_text(kind: str, title: str, said: Sequence[str]) -> str:
    """Describe a chart in at most ALT characters: its kind, its title, and what fits of what it says.

    >>> alt_text("Bar chart", "Police leads", ["Highest: police,  12", "x" * 150])
    'Bar chart: Police leads. Highest: police, 12.'
    """
    text = f"{kind}: {title}."
    for item in (" ".join(item.split()) for item in said):
        text += f" {item}." if len(text) + len(item) + 2 <= ALT else ""
    return text if len(text) <= ALT else text[: ALT - 1] + "…"


def to_image(figure: Figure, kind: str, data: pd.DataFrame, said: Sequence[str] | None = None) -> Image:
    """Convert the figure to a picture with its alternative text, and with its data as an HTML table.

    In: `said`, what the alternative text says of the data, else the rows with their largest and smallest
    value. Text and table go into the output's metadata, where JupyterLab leaves the table out of sight.
    """
    drawn, small = BytesIO(), BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI)
    # Enough colours for a chart with smooth letters; the file is a third as large as in full colour.
    Picture.open(drawn).convert("RGB").quantize(128).save(small, format="png", optimize=True)
    title, table = str(figure.get_label()), show_table(data, f"{figure.get_label()}.").data
    alt = alt_text(kind, title, extremes(data) if said is None else said)
    return Image(data=small.getvalue(), alt=alt, width=round(100 * WIDTH), metadata={"table": table})
