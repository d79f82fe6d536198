"""A register of named systems -> where each is mentioned, and the figures reported for it."""

from __future__ import annotations

import re

import pandas as pd

# Several names in one cell of a register are parted by this.
PARTED = " | "


def find_systems(lines: pd.DataFrame, systems: pd.DataFrame) -> pd.DataFrame:
    """Find every mention of the systems of a register, by their names and aliases as printed.

    In: `lines` of the zones to search; `systems` with `system, aliases` (several parted by
    " | ").
    Columns out: those of `lines`, `start, end, text` now the mention's own, then `system`. A name
    within a longer one (主战中心 in 融合侦查主战中心) is no mention of its own.

    Two bodies of one name cannot be told apart; the register says where that is so.

    Raises ValueError for a name that stands for two systems, and for a register without rows.

    >>> lines = pd.DataFrame({"doc_id": ["a"], "start": 0, "end": 11, "text": ["融合主战中心和主战中心"]})
    >>> register = pd.DataFrame({"system": ["融合主战中心", "主战中心"], "aliases": ["", ""]})
    >>> find_systems(lines, register)[["start", "system"]].to_numpy().tolist()
    [[0, '融合主战中心'], [7, '主战中心']]
    """
    names = _names(systems)
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    rows = [
        {**row, "start": row["start"] + m.start(), "end": row["start"] + m.end(), "text": m[0]}
        for row in lines.to_dict("records")
        for m in pattern.finditer(row["text"])
    ]
    found = pd.DataFrame(rows, columns=lines.columns)
    return found.assign(system=found["text"].map(names)).sort_values(["doc_id", "start"], ignore_index=True)


def join_figures(systems: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Join to each system the figures that its article reports for it, as a person has read them.

    In: `systems` with `system, figures` (each as `doc_id:start text`, several parted by " | ");
    `figures`, or their readings. Columns out: `system`, then those of `figures`; a system
    without figures has no row, a figure reported for two has two.

    Raises ValueError for a figure that does not stand there, by the system that cites it.

    >>> systems = pd.DataFrame({"system": ["飞鹰队"], "figures": ["a:4 5人"]})
    >>> figures = pd.DataFrame({"doc_id": ["a"], "start": [4], "text": ["5人"], "value": [5.0]})
    >>> join_figures(systems, figures)[["system", "value"]].to_numpy().tolist()
    [['飞鹰队', 5.0]]
    """
    cited = systems[["system", "figures"]].assign(figures=systems["figures"].str.split(PARTED, regex=False))
    cited = cited.explode("figures", ignore_index=True)
    cited = cited[cited["figures"] != ""]
    named = figures["doc_id"] + ":" + figures["start"].astype(str) + " " + figures["text"]
    unknown = cited[~cited["figures"].isin(named)]
    if not unknown.empty:
        system, figure = unknown.iloc[0]
        raise ValueError(
            f"{system!r} cites {figure!r}, and no such figure is found: check its start and text."
        )
    joined = cited.merge(figures.assign(figures=named), on="figures", how="left")
    return joined.drop(columns="figures")


def _names(systems: pd.DataFrame) -> dict[str, str]:
    """Say of each name and alias which system it stands for."""
    if systems.empty:
        raise ValueError("The register has no row: there is nothing to look for.")
    names: dict[str, str] = {}
    for system, aliases in zip(systems["system"], systems["aliases"], strict=True):
        for name in filter(None, [system, *aliases.split(PARTED)]):
            if names.setdefault(name, system) != system:
                raise ValueError(f"{name!r} stands for both {names[name]!r} and {system!r}: name it once.")
    return names
