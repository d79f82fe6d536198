"""Groups -> colours and markers, the same in every chart of a study."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from corpus_lib.charts.refusals import refuse_rows

# The colours of Okabe and Ito (2008), which people with any colour vision can distinguish. Their yellow
# is left out (too pale on white). Each colour has a marker, for print without colour.
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
GREY = "#5f5f5f"


def group_colours(groups: Iterable[str]) -> dict[str, str]:
    """Assign each group its colour, once for a whole study.

    In: the groups, in any order and with repeats. Out: the colour of each by its name. Colours follow the
    sorted names, so charts of the same groups use the same colours; another group may shift them. Raises
    ValueError for a missing group, and for more than seven groups, because no eighth colour is distinct for
    everybody.

    >>> group_colours(["Y", "X", "Y"])
    {'X': '#0072B2', 'Y': '#D55E00'}
    """
    found = pd.Series(list(groups), dtype="object")
    refuse_rows(found.isna(), "The group is missing", "fill it in, or drop these rows")
    names = sorted(set(found.map(str)))
    if len(names) > len(PALETTE):
        raise ValueError(f"There are {len(names)} groups, but only 7 distinct colours: draw fewer groups.")
    return dict(zip(names, PALETTE, strict=False))


def marked(colours: dict[str, str]) -> list[tuple[str, str, str]]:
    """List each group with its colour and its marker; refuse more groups than there are markers."""
    if len(colours) > len(MARKERS):
        raise ValueError(f"There are {len(colours)} colours, but only 7 markers: draw fewer groups.")
    return [(name, colour, marker) for (name, colour), marker in zip(colours.items(), MARKERS, strict=False)]
