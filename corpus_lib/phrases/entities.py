"""A register of named systems -> where each is mentioned, and the figures reported for it."""

import re

import pandas as pd

from corpus_lib.columns import refuse_taken, require

# This separates several names, or several figures, in one cell of a register.
PARTED = " | "
# The pattern of an empty register: it matches nothing, while an empty pattern matches everywhere.
NO_NAME = r"(?!)"


def find_entities(lines: pd.DataFrame, systems: pd.DataFrame) -> pd.DataFrame:
    """Find every mention of the systems of a register, by their names and aliases as printed.

    In: `lines` of the zones to search, with `doc_id, start, end, text`; `systems` with `system, aliases`.
    Columns out: those of `lines`, with `start, end, text` now the mention's own, then `system`. A name within
    a longer one (主战中心 in 融合侦查主战中心) is not a mention of its own. Two bodies with the same name
    cannot be told apart. Raises ValueError for a name that belongs to two systems.

    >>> lines = pd.DataFrame({"doc_id": ["a"], "start": 0, "end": 11, "text": ["融合主战中心和主战中心"]})
    >>> register = pd.DataFrame({"system": ["融合主战中心", "主战中心"], "aliases": ["", ""]})
    >>> find_entities(lines, register)[["start", "system"]].to_numpy().tolist()
    [[0, '融合主战中心'], [7, '主战中心']]
    """
    require(lines, "doc_id", "start", "end", "text")
    require(systems, "system", "aliases")
    refuse_taken(lines.columns, ["system"], "find_entities")
    names = _split(systems.assign(names=systems["system"] + PARTED + systems["aliases"]), "names")
    owner = names.drop_duplicates("piece").set_index("piece")["system"]
    if len(twice := names[names["system"] != names["piece"].map(owner)]):
        other, name = twice.iloc[0]
        both = f"both {owner[name]!r} and {other!r}"
        raise ValueError(f"The register lists {name!r} for {both}: keep the name in one of the two rows.")
    pattern = re.compile("|".join(map(re.escape, sorted(owner.index, key=len, reverse=True))) or NO_NAME)
    found = [(i, m.start(), m[0]) for i, text in enumerate(lines["text"]) for m in pattern.finditer(text)]
    place = pd.DataFrame(found, columns=["row", "at", "name"]).astype({"row": int, "at": int, "name": str})
    mentions = lines.take(place["row"].to_numpy()).reset_index(drop=True)
    start, text = mentions["start"].astype("int64") + place["at"], place["name"]
    own = {"end": start + text.str.len(), "text": text, "system": text.map(owner).astype("str")}
    return mentions.assign(start=start, **own).sort_values(["doc_id", "start"], ignore_index=True)


def entity_figures(systems: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Join to each system the figures that its article reports for it, as an annotator listed them.

    In: `systems` with `system, figures` (each figure as `doc_id:start text`; " | " separates several);
    `figures` with `doc_id, start, text`. Columns out: `system`, then those of `figures`; a figure that two
    systems cite has two rows. Raises ValueError for a cited figure that is not among `figures`.

    >>> systems = pd.DataFrame({"system": ["飞鹰队"], "figures": ["a:4 5人"]})
    >>> figures = pd.DataFrame({"doc_id": ["a"], "start": [4], "text": ["5人"], "value": [5.0]})
    >>> entity_figures(systems, figures)[["system", "value"]].to_numpy().tolist()
    [['飞鹰队', 5.0]]
    """
    require(systems, "system", "figures")
    require(figures, "doc_id", "start", "text")
    refuse_taken(figures.columns, ["system"], "entity_figures")
    cited = _split(systems, "figures")
    doc_id, start, text = (figures[column].astype("str") for column in ("doc_id", "start", "text"))
    known = pd.DataFrame({"piece": doc_id + ":" + start + " " + text}).assign(row=range(len(figures)))
    if len(lost := cited[~cited["piece"].isin(known["piece"])]):
        system, citation = lost.iloc[0]
        cure = "there is no such figure: correct its article, start or text"
        raise ValueError(f"The register cites {citation!r} for {system!r}, but {cure}.")
    joined = cited.merge(known, on="piece")
    own = figures.take(joined["row"].to_numpy()).reset_index(drop=True)
    return own.assign(system=joined["system"])[["system", *figures.columns]]


def _split(systems: pd.DataFrame, column: str) -> pd.DataFrame:
    """Split the cells of a register into their pieces, each a row with its system."""
    pieces = systems[column].astype("str").str.split(PARTED, regex=False)
    table = pd.DataFrame({"system": systems["system"], "piece": pieces}).explode("piece").astype("str")
    return table[table["piece"] != ""]
