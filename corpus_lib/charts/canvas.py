"""An empty canvas in the style of the study, its colours and its words, and its conversion to a picture."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pandas as pd
from IPython.display import Image
from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from PIL import Image as Picture
from pylopdf_fonts_zh_cn import sans_path

from corpus_lib.charts.tables import refuse_missing, short

# The colours of Okabe and Ito (2008), which people with any colour vision can distinguish. Their yellow
# is left out (too pale on white). Each colour has a marker, for print without colour.
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
GREY, PALE = "#5f5f5f", "#b9b9b9"
# In inches, and dots per inch. A page shows a chart about 720 pixels wide; twice that is sharp in print.
WIDTH, DPI = 7.2, 200
# The packaged Chinese font, registered with matplotlib once for all charts.
font_manager.fontManager.addfont(str(sans_path()))
STYLE: dict[Any, Any] = {
    **{"font.family": font_manager.FontProperties(fname=str(sans_path())).get_name(), "font.size": 9.5},
    **{"axes.unicode_minus": False, "text.parse_math": False, "axes.axisbelow": True, "axes.grid": True},
    **{"axes.edgecolor": "#888888", "axes.spines.top": False, "axes.spines.right": False},
    **{"axes.grid.axis": "x", "grid.color": "#e6e6e6", "xtick.major.size": 0, "ytick.major.size": 0},
}
# The axis names of the library's own columns; any other has its unit in its name: "hours (per case)".
AXES = {
    "n": "occurrences (count)",
    "rate": "rate (uses per 1,000 counted words)",
    "share": "share (per cent)",
    "tf_idf": "TF-IDF (share of words × ln of groups / groups with the term)",
    "dp_norm": "unevenness (DP normalised: 0 even, 1 most uneven)",
    "log_odds_z": "log-odds against the rest (standard deviations)",
}
# An alternative text lists this many items and counts the others.
LISTED = 60


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


def marked(colours: dict[str, str]) -> list[tuple[str, str, str]]:
    """List each group with its colour and its marker; refuse more groups than there are markers."""
    if len(colours) > len(MARKERS):
        raise ValueError(f"There are {len(colours)} colours, but only 7 markers: draw fewer groups.")
    return list(zip(colours, colours.values(), MARKERS, strict=False))


@contextmanager
def canvas(
    title: str, axis: str, height: float, rows: Sequence[int] = (1,), share: bool = True
) -> Iterator[tuple[Figure, list[Axes]]]:
    """Make a figure with its title and axis name, and panels as high as their rows; `share` one scale."""
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.08))
        axes = figure.subplots(len(rows), 1, sharex=share, squeeze=False, height_ratios=rows)[:, 0]
        figure.suptitle(title, x=0.01, ha="left", fontsize=12)
        axes[-1].set_xlabel(axis)
        yield figure, list(axes)


def axis_name(frame: pd.DataFrame, value: str) -> str:
    """Name a column with its unit; refuse one without a unit, and figures that may not be compared."""
    if "comparable_set" in frame and frame["comparable_set"].nunique() > 1:
        raise ValueError(
            "These figures are in more than one comparable_set and may not share an axis: draw them with "
            "comparable_chart, and see explain_pairs. If the column means something else, rename it."
        )
    if value not in AXES and "(" not in value:
        raise ValueError(f"There is no unit for {value!r}: rename the column with it, as in '{value} (…)'.")
    return AXES.get(value, value)


def listed(drawn: pd.DataFrame, *names: str) -> list[str]:
    """Describe each row of a chart's table in words, for the alternative text: names, then value."""
    cells = [drawn[name].map(str) for name in names if name in drawn]
    return [" ".join(filter(None, row)) for row in zip(*cells, map(short, drawn["value"]), strict=True)]


def alt_text(kind: str, title: str, axis: str, items: list[str]) -> str:
    """Describe in words what the chart shows, with a comma where a label has two blanks."""
    more = f"; and {len(items) - LISTED} more" if len(items) > LISTED else ""
    return f"{kind}: {title}. {axis}. {'; '.join(items[:LISTED]).replace('  ', ', ')}{more}."


def to_image(figure: Figure, alt: str) -> Image:
    """Convert the figure to a picture with its alternative text."""
    drawn, small = BytesIO(), BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI)
    # Enough colours for a chart with smooth letters; the file is a third as large as in full colour.
    Picture.open(drawn).convert("RGB").quantize(128).save(small, format="png", optimize=True)
    return Image(data=small.getvalue(), alt=alt, width=round(100 * WIDTH))
