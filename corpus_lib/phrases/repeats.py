"""Symbols -> the longest runs of symbols that two or more articles share.

There are four steps. None of them takes more than sorting does, however often a text repeats itself.

1. Each run of `shortest` symbols gets a number by doubling (Karp, Miller and Rosenberg 1972). Only
   the places where a run begins that two articles have go on to the next steps.
2. These places are sorted by what follows them (a suffix array: Manber and Myers 1993). Places that
   begin with the same symbols are then neighbours. A group of them is a node of a tree.
3. A node gives a run if the run cannot be made longer, on either side, without the loss of a place.
4. A run within a longer one is left out if both have the same articles.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def shared_runs(symbols: pd.DataFrame, shortest: int) -> pd.DataFrame:
    """Find the longest runs that two or more articles share, and all their places.

    In: `symbols` in the order of the text, with `code`, `article` and `part` (numbers; a run ends
    with its part), `mark` (no run begins or ends with one) and `slot` (always less than half of a
    run); `shortest`, the least number of symbols.
    Columns out, with one row per place: `place` (the run's first symbol), `length`, `n_articles`.

    >>> symbols = pd.DataFrame({"code": [7, 8, 9, 7, 8], "article": [0, 0, 0, 1, 1]})
    >>> symbols = symbols.assign(part=symbols["article"], mark=False, slot=False)
    >>> shared_runs(symbols, 2).to_numpy().tolist()
    [[0, 2, 2], [3, 2, 2]]
    """
    grams = _shared_grams(symbols, shortest)
    ends = np.searchsorted(grams["run"], grams["run"], "right")
    longest = int((ends - np.arange(len(ends))).max(initial=1))
    blocks = _blocks(grams["gram"].to_numpy(), ends, longest)
    order = np.argsort(blocks[-1], kind="stable")
    places = grams["place"].to_numpy()[order]
    nodes = _nodes(_agreements(blocks, ends, order), grams["article"].to_numpy()[order], order)
    runs = _trimmed(symbols, places[nodes["first"]], nodes["depth"].to_numpy() + shortest - 1)
    is_run = (nodes["n_articles"] > 1) & _is_whole(nodes, grams, order) & (runs["length"] >= shortest)
    chosen = _largest(nodes, runs, blocks, np.flatnonzero(is_run), shortest)
    kept = chosen[~_covered(nodes, blocks, chosen)[chosen]]
    return _rows(nodes.iloc[kept], runs.iloc[kept], places)


def _shared_grams(symbols: pd.DataFrame, shortest: int) -> pd.DataFrame:
    """Keep the places where a run of `shortest` symbols begins that two articles have.

    Columns out: `place`, `gram` (the run's number), `article`, `run` (a number; places that follow
    each other in the text are one run).
    """
    code, article, part = (symbols[column].to_numpy() for column in ("code", "article", "part"))
    ends = np.searchsorted(part, part, "right")
    place = np.flatnonzero(np.arange(len(code)) + shortest <= ends)
    # Blocks of half the length or more are enough: two of them, overlapping, make the run.
    gram = _names(_blocks(code, ends, shortest // 2 + 1), place, np.full(len(place), shortest))
    lowest, highest = np.full(len(code), len(code)), np.full(len(code), -1)
    np.minimum.at(lowest, gram, article[place])
    np.maximum.at(highest, gram, article[place])
    kept = (lowest < highest)[gram]
    place, gram = place[kept], gram[kept]
    run = (np.diff(place, prepend=-2) != 1) | (np.diff(part[place], prepend=-1) != 0)
    return pd.DataFrame({"place": place, "gram": gram, "article": article[place], "run": run.cumsum()})


def _number(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Give pairs of numbers one number each, in their order: equal pairs get equal numbers."""
    pairs = first * (int(second.max(initial=0)) + 2) + second + 1
    return np.unique(pairs, return_inverse=True)[1]


def _blocks(code: np.ndarray, ends: np.ndarray, longest: int) -> np.ndarray:
    """Give the runs of 1, 2, 4 … symbols from each place a number each, up to `longest` or more.

    A run that would go past its end stops there, and is sorted before the longer ones.
    """
    blocks = [_number(code, np.zeros_like(code))]
    while 2 ** (len(blocks) - 1) < longest:
        after = np.arange(len(code)) + 2 ** (len(blocks) - 1)
        following = np.where(after < ends, blocks[-1].take(after, mode="clip"), -1)
        blocks.append(_number(blocks[-1], following))
    return np.array(blocks)


def _names(blocks: np.ndarray, at: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Give runs of any length a number each: two overlapping blocks tell which symbols a run has."""
    level = np.log2(length).astype("int64")
    tail = at + length - 2**level
    return _number(_number(blocks[level, at], blocks[level, tail]), length)


def _agreements(blocks: np.ndarray, ends: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Say in how many symbols each place agrees with the one sorted before it; -1 at both borders."""
    one, other, length = order[:-1], order[1:], np.zeros(max(0, len(order) - 1), dtype="int64")
    for level in reversed(range(len(blocks))):
        a, b = one + length, other + length
        # A block that ends early is equal to none that does not, so one of the two is asked.
        fits = a + 2**level <= ends[one]
        same = blocks[level].take(a, mode="clip") == blocks[level].take(b, mode="clip")
        length = length + 2**level * (fits & same)
    return np.concatenate([[-1], length, [-1]])


def _nodes(common: np.ndarray, article: np.ndarray, order: np.ndarray) -> pd.DataFrame:
    """Find the groups of sorted places that agree further than any larger group: the nodes of a tree.

    Columns out: `first, after` (of the sorted places), `at` (one of its places), `depth` (how far
    they agree), `parent` (the row of the next larger group, or -1), `n_articles`. The deepest
    nodes come first.
    """
    values, inner = common.tolist(), np.flatnonzero(common > 0)
    first = np.array(_last_smaller(values), dtype="int64")[inner]
    after = len(values) - 1 - np.array(_last_smaller(values[::-1]), dtype="int64")[::-1][inner]
    number = _number(common.max() - common[inner], first)
    one = np.unique(number, return_index=True)[1]
    first, after = first[one], after[one]
    node_of = np.full(len(common), -1)
    node_of[inner] = number
    parent = node_of[np.where(common[first] >= common[after], first, after)]
    place = np.arange(len(order))
    smallest = node_of[np.where(common[place] >= common[place + 1], place, place + 1)]
    n_articles = _count_articles(parent.tolist(), smallest.tolist(), article.tolist())
    columns = {"first": first, "after": after, "at": order[first], "depth": common[inner][one]}
    return pd.DataFrame(columns | {"parent": parent, "n_articles": np.array(n_articles, dtype="int64")})


def _last_smaller(values: list[int]) -> list[int]:
    """Say for each value where the last smaller one before it is; -1 where there is none."""
    found: list[int] = []
    rising: list[int] = []
    for place, value in enumerate(values):
        while rising and values[rising[-1]] >= value:
            rising.pop()
        found.append(rising[-1] if rising else -1)
        rising.append(place)
    return found


def _count_articles(parents: list[int], smallest: list[int], article: list[int]) -> list[int]:
    """Count the articles of each node, from those of its places and of the nodes below it."""
    articles = [0] * len(parents)  # a bit for each article
    for node, number in zip(smallest, article, strict=True):
        articles[node] |= 1 << number
    for node, parent in enumerate(parents):
        if parent >= 0:
            articles[parent] |= articles[node]
    return [bits.bit_count() for bits in articles]


def _trimmed(symbols: pd.DataFrame, place: np.ndarray, length: np.ndarray) -> pd.DataFrame:
    """Take the marks off both ends of runs; a run of which half or more is slots gets no length.

    Columns out: `ahead` (marks taken off before it), `length`.
    """
    after = place + length
    others = np.concatenate([np.flatnonzero(~symbols["mark"]), [len(symbols)]])
    first = others[np.searchsorted(others, place)]
    last = others[np.searchsorted(others, after) - 1]
    slots = np.concatenate([[0], symbols["slot"].cumsum()])
    length = np.where(first < after, last + 1 - first, 0)
    n_slots = slots[first + length] - slots[first]
    return pd.DataFrame({"ahead": first - place, "length": np.where(2 * n_slots < length, length, 0)})


def _is_whole(nodes: pd.DataFrame, grams: pd.DataFrame, order: np.ndarray) -> np.ndarray:
    """Say of each node whether its places differ in the symbol before them; a start differs from all."""
    gram, run = grams["gram"].to_numpy(), grams["run"].to_numpy()
    goes_on = np.diff(run, prepend=-1) == 0
    before = np.where(goes_on, np.roll(gram, 1), -1 - np.arange(len(gram)))[order]
    changes = np.concatenate([[0], np.cumsum(np.diff(before) != 0)])
    return np.asarray(changes[nodes["after"] - 1] > changes[nodes["first"]])


def _largest(
    nodes: pd.DataFrame, runs: pd.DataFrame, blocks: np.ndarray, rows: np.ndarray, shortest: int
) -> np.ndarray:
    """Keep one of the nodes that differ in their marks only: the node with all places of the run."""
    size = (nodes["after"] - nodes["first"]).to_numpy()
    rows = rows[np.argsort(-size[rows], kind="stable")]
    at, length = nodes["at"] + runs["ahead"], runs["length"] - shortest + 1
    names = _names(blocks, at.to_numpy()[rows], length.to_numpy()[rows])
    return np.sort(rows[np.unique(names, return_index=True)[1]])


def _covered(nodes: pd.DataFrame, blocks: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Say of each node whether a chosen one that contains it has the same articles.

    The longer run becomes the shorter one when it loses first and last symbols. It passes from node
    to node on the way, and if both runs have the same articles, so has each node between them.
    """
    n_articles, covers = nodes["n_articles"].tolist(), np.isin(np.arange(len(nodes)), chosen).tolist()
    covered = [False] * len(nodes)
    steps = zip(_without_first(nodes, blocks).tolist(), nodes["parent"].tolist(), strict=True)
    for node, shorter in enumerate(steps):  # the longest nodes come first
        for inner in shorter:
            if covers[node] and inner >= 0 and n_articles[inner] == n_articles[node]:
                covers[inner] = covered[inner] = True
    return np.array(covered, dtype="bool")


def _without_first(nodes: pd.DataFrame, blocks: np.ndarray) -> np.ndarray:
    """Say which node each node becomes without its first symbol; -1 where it has only one."""
    at, depth = nodes["at"].to_numpy(), nodes["depth"].to_numpy()
    longer = np.flatnonzero(depth > 1)
    places, lengths = np.concatenate([at, at[longer] + 1]), np.concatenate([depth, depth[longer] - 1])
    names = _names(blocks, places, lengths)
    node_of, found = np.full(len(names), -1), np.full(len(nodes), -1)
    node_of[names[: len(nodes)]] = np.arange(len(nodes))
    found[longer] = node_of[names[len(nodes) :]]
    return found


def _rows(nodes: pd.DataFrame, runs: pd.DataFrame, places: np.ndarray) -> pd.DataFrame:
    """Make a row for each place of each run."""
    first, after = nodes["first"].to_numpy(), nodes["after"].to_numpy()
    begins = [places[a:b] + ahead for a, b, ahead in zip(first, after, runs["ahead"], strict=True)]
    length, n_articles = (
        np.repeat(column.to_numpy(), after - first) for column in (runs["length"], nodes["n_articles"])
    )
    place = np.concatenate([places[:0], *begins])
    return pd.DataFrame({"place": place, "length": length, "n_articles": n_articles})
