"""An empty canvas in the style of the study, and its conversion to a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Any

from IPython.display import Image
from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from PIL import Image as Picture
from pylopdf_fonts_zh_cn import sans_path

# Enough colours for a chart with smooth letters; the file is a third as large as in full colour.
COLOURS = 128

# In inches, and dots per inch. A page shows a chart about 720 pixels wide; twice that is sharp in print.
WIDTH, DPI = 7.2, 200

STYLE: dict[Any, Any] = {
    **{"font.size": 9.5, "axes.unicode_minus": False, "text.parse_math": False, "axes.axisbelow": True},
    **{"axes.edgecolor": "#888888", "axes.spines.top": False, "axes.spines.right": False},
}


@lru_cache(maxsize=1)
def _font() -> str:
    """Register the packaged Chinese font with matplotlib, once for all charts, and give its name."""
    font_manager.fontManager.addfont(str(sans_path()))
    return font_manager.FontProperties(fname=str(sans_path())).get_name()


@contextmanager
def canvas(
    title: str, axis: str, height: float, rows: Sequence[int] = (1,), share: bool = True
) -> Iterator[tuple[Figure, list[Axes]]]:
    """Make a figure with its title and axis name, and panels as high as their rows; `share` one scale."""
    with rc_context(STYLE | {"font.family": _font()}):
        figure = Figure(figsize=(WIDTH, height), layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.08))
        axes = figure.subplots(len(rows), 1, sharex=share, squeeze=False, height_ratios=rows)[:, 0]
        for ax in axes:
            ax.grid(axis="x", color="#e6e6e6")
            ax.tick_params(length=0)
        figure.suptitle(title, x=0.01, ha="left", fontsize=12)
        axes[-1].set_xlabel(axis)
        yield figure, list(axes)


def to_image(figure: Figure, alt: str) -> Image:
    """Convert the figure to a picture with its alternative text."""
    drawn, small = BytesIO(), BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI)
    Picture.open(drawn).convert("RGB").quantize(COLOURS).save(small, format="png", optimize=True)
    return Image(data=small.getvalue(), alt=alt, width=round(100 * WIDTH))
