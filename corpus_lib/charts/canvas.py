"""An empty canvas in the style of the study, and the picture that a finished one becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO

from IPython.display import Image
from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from PIL import Image as Picture
from pylopdf_fonts_zh_cn import sans_path

# As many colours to a picture as a chart needs, smooth letters included; it has a third of the bytes.
COLOURS = 128

# A page is read at about 720 pixels' width; twice that stays sharp in print.
WIDTH, DPI = 7.2, 200


@lru_cache(maxsize=1)
def _font() -> str:
    """Make the packaged Chinese font known to matplotlib, for good and for all charts; give its name."""
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
