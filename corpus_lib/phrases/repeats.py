"""Text -> the longest runs of characters that two or more articles share.

All places of the text begin as runs of one character, and each step makes the runs one character longer.
A run goes on only if two articles have it and if it does not always follow the same character: else
the run that begins one character earlier is the longer one. Few places of ordinary text go on for long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd

# A run neither begins nor ends with a mark (those that HALF_WIDTH leaves, and similar ones).
MARKS = ",.;:!?()[]、。·…—-－/|~"

# What stands for a masked piece while articles are compared: one character each, which no
# text has (private use), and how it is shown.
SLOTS = {"\ue000": "<N>", "\ue001": "<PLACE>"}

# The columns of shared_runs, one row per place.
RUNS = ["place", "length", "n_articles"]


def shared_runs(text: str, article: np.ndarray, part: np.ndarray, shortest: int) -> pd.DataFrame:
    """Find the longest runs that two or more articles share, and all their places.

    In: the `text` of all articles; for each character the number of its `article` and of its `part`,
    both in rising order (a run ends with its part); `shortest`, the least number of characters. A run
    begins and ends with no mark, and less than half of it is slots.
    Columns out, with one row per place: `place` (the run's first character), `length`, `n_articles`.
    A run within a longer one has rows only if more articles share it.

    >>> shared_runs("甲乙丙甲乙", np.array([0, 0, 0, 1, 1]), np.array([0, 0, 0, 1, 1]), 2).to_numpy().tolist()
    [[0, 2, 2], [3, 2, 2]]
    """
    found: dict[str, np.ndarray] = {}
    for places, length in _whole_runs(text, article, part, shortest):
        run = text[places[0] : places[0] + length]
        trimmed = run.strip(MARKS)
        if len(trimmed) >= shortest and 2 * sum(map(trimmed.count, SLOTS)) < len(trimmed):
            starts = places + len(run) - len(run.lstrip(MARKS))
            # A run with marks at its ends has only some of the places of the run without them.
            found[trimmed] = max(found.get(trimmed, starts), starts, key=len)
    tables = [
        pd.DataFrame({"place": places, "length": len(run), "n_articles": len(set(articles))})
        for run, places, articles in _not_within_others(found, article)
    ]
    return pd.concat([pd.DataFrame(columns=RUNS, dtype="int64"), *tables], ignore_index=True)


def _whole_runs(
    text: str, article: np.ndarray, part: np.ndarray, shortest: int
) -> Iterator[tuple[np.ndarray, int]]:
    """Give the places and the length of each shared run that grows on neither side without losing a place."""
    code = np.array([*map(ord, text)], dtype="int64")
    end, place = np.searchsorted(part, part, "right"), np.arange(len(code))
    # The end of a part is like no character, and like no other end.
    before = np.where(np.diff(part, prepend=-1) > 0, -1 - place, np.roll(code, 1))
    run, length = code, 1
    while len(place):
        run = np.unique(run, return_inverse=True)[1]
        goes_on = _varies(run, article[place]) & _varies(run, before[place])
        place, run = place[goes_on], run[goes_on]
        after = np.where(place + length < end[place], code.take(place + length, mode="clip"), -1 - place)
        if length >= shortest:
            whole = _varies(run, after)
            yield from ((places, length) for places in _split(place[whole], run[whole]))
        inside = after >= 0
        place, run = place[inside], (run * (code.max(initial=0) + 1) + after)[inside]
        length += 1


def _varies(run: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Say for each place whether the places of its run have more than one value."""
    one = np.zeros(run.max(initial=-1) + 1, dtype="int64")
    one[run] = values
    return np.asarray(np.bincount(run, one[run] != values)[run] > 0)


def _split(place: np.ndarray, run: np.ndarray) -> list[np.ndarray]:
    """Split places by their run."""
    order = np.argsort(run, kind="stable")
    pieces = np.split(place[order], np.flatnonzero(np.diff(run[order])) + 1)
    return pieces if len(place) else []


def _not_within_others(
    found: dict[str, np.ndarray], article: np.ndarray
) -> Iterator[tuple[str, np.ndarray, tuple[int, ...]]]:
    """Give the runs that no longer run of the same articles contains, with their places and articles."""
    longer: dict[tuple[int, ...], str] = defaultdict(str)
    for run in sorted(found, key=len, reverse=True):
        articles = tuple(pd.unique(article[found[run]]))
        if run not in longer[articles]:
            longer[articles] += f"\n{run}"
            yield run, found[run], articles
