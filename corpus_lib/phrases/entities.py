"""A register of named systems -> where each is mentioned, and the figures reported for it."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
import pandas as pd

from corpus_lib.columns import refuse_taken, require

# This separates several names, or several figures, in one cell of a register.
PARTED = " | "

# The pattern of an empty register: it matches nothing, while an empty pattern matches everywhere.
NO_NAME = r"(?!)"


def find_entities(lines: pd.DataFrame, systems: pd.DataFrame) -> pd.DataFrame:
    """Find every mention of the systems of a register, by their names and aliases as printed.

    In: `lines` of the zones to search, with `doc_id, start, end, text`; `systems` with `system,
    aliases` (" | " separates several aliases).
    Columns out: those of `lines`, with `start, end, text` now the mention's own, then `system`. An
    empty register gives no mention. A name within a longer one (主战中心 in 融合侦查主战中心) is not
    a mention of its own.

    Two bodies with the same name cannot be told apart.

    Raises ValueError for a name that belongs to two systems.

    >>> lines = pd.DataFrame({"doc_id": ["a"], "start": 0, "end": 11, "text": ["融合主战中心和主战中心"]})
    >>> register = pd.DataFrame({"system": ["融合主战中心", "主战中心"], "aliases": ["", ""]})
    >>> find_entities(lines, register)[["start", "system"]].to_numpy().tolist()
    [[0, '融合主战中心'], [7, '主战中心']]
    """
    require(lines, "doc_id", "start", "end", "text")
    require(systems, "system", "aliases")
    refuse_taken(lines.columns, ["system"], "find_entities")
    names = _names(systems)
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, longest_first)) or NO_NAME)
    found = [(i, m.start(), m[0]) for i, text in enumerate(lines["text"]) for m in pattern.finditer(text)]
    mentions = lines.take([line for line, *_ in found]).reset_index(drop=True)
    start = mentions["start"].astype("int64") + np.array([at for _, at, _ in found], dtype="int64")
    text = pd.Series([name for *_, name in found], dtype="str")
    system = pd.Series([names[name] for name in text], dtype="str")
    mentions = mentions.assign(start=start, end=start + text.str.len(), text=text, system=system)
    return mentions.sort_values(["doc_id", "start"], ignore_index=True)


def entity_figures(systems: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Join to each system the figures that its article reports for it, as an annotator listed them.

    In: `systems` with `system, figures` (each figure as `doc_id:start text`; " | " separates several);
    `figures` with `doc_id, start, text`, or their readings.
    Columns out: `system`, then those of `figures`. A system without figures has no row, and a
    figure that two systems cite has two rows.

    Raises ValueError for a cited figure that is not among `figures`; the message names its system.

    >>> systems = pd.DataFrame({"system": ["飞鹰队"], "figures": ["a:4 5人"]})
    >>> figures = pd.DataFrame({"doc_id": ["a"], "start": [4], "text": ["5人"], "value": [5.0]})
    >>> entity_figures(systems, figures)[["system", "value"]].to_numpy().tolist()
    [['飞鹰队', 5.0]]
    """
    require(systems, "system", "figures")
    require(figures, "doc_id", "start", "text")
    refuse_taken(figures.columns, ["system"], "entity_figures")
    rows = defaultdict(list)
    for row, figure in enumerate(zip(figures["doc_id"], figures["start"], figures["text"], strict=True)):
        rows["{}:{} {}".format(*figure)].append(row)
    cited = []
    for system, cell in zip(systems["system"], systems["figures"], strict=True):
        for citation in filter(None, cell.split(PARTED)):
            if citation not in rows:
                raise ValueError(
                    f"The register cites {citation!r} for {system!r}, but there is no such figure: "
                    "correct its article, start or text."
                )
            cited += [(system, row) for row in rows[citation]]
    joined = figures.take([row for _, row in cited]).reset_index(drop=True)
    names = pd.Series([system for system, _ in cited], dtype="str")
    return joined.assign(system=names)[["system", *figures.columns]]


def _names(systems: pd.DataFrame) -> dict[str, str]:
    """Say to which system each name and alias belongs."""
    names: dict[str, str] = {}
    for system, aliases in zip(systems["system"], systems["aliases"], strict=True):
        for name in filter(None, [system, *aliases.split(PARTED)]):
            if names.setdefault(name, system) != system:
                raise ValueError(
                    f"The register lists {name!r} for both {names[name]!r} and {system!r}: "
                    "keep the name in one of the two rows."
                )
    return names
