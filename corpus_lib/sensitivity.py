"""Runs of a study -> what holds in how many of them.

A result that hangs on one defensible choice (how words are cut, what is counted, which
article is in) is a result about that choice. So the same contrast is asked again with one
choice changed at a time. "Holds in n of m runs" sums up what was tried; it is no
probability, since the runs are neither drawn at random nor independent.
"""

from __future__ import annotations

import pandas as pd

from corpus_lib.contrasts import contrast_terms

# How far down a list a term may stand and still be called one of its first.
FIRST = 20


def hold_in_runs(runs: dict[str, pd.DataFrame], by: str, first: int = FIRST) -> pd.DataFrame:
    """Say of each term in each group and run whether its contrast holds.

    In: `runs`, a name and the counts of each way of going about it (`doc_id, by, term, n`,
    as `count_terms` gives them), the main way first. A contrast *holds* in a run when the
    group uses the term more often than the rest, and the term is among the group's `first`
    by log-odds there; terms with one score share the better rank.
    Columns out: `by, term, run, rank, holds`, a row for each term that has a rank in the
    run; a term that a run does not know has no row there, and does not hold.

    Raises ValueError for no runs, and what `contrast_terms` raises, with the run's name.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b"], "city": ["X", "Y"], "term": "警", "n": [3, 1]})
    >>> counts = pd.concat([counts, counts.assign(term="民", n=[1, 3])])
    >>> held = hold_in_runs({"main": counts, "no 民": counts[counts["term"] == "警"]}, "city", first=1)
    >>> held[held["holds"]][["city", "term", "run"]].to_numpy().tolist()
    [['X', '警', 'main'], ['Y', '民', 'main']]
    """
    if not runs:
        raise ValueError("No runs were given: name at least the main way.")
    return pd.concat([_one_run(name, counts, by, first) for name, counts in runs.items()], ignore_index=True)


def sum_runs(held: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count for each term of a group in how many runs it holds, and name those where it does not.

    In: what `hold_in_runs` gives. Columns out: `by, term, holds_in, runs, not_in` (the runs
    in which it does not hold, parted by "; "), for terms that hold somewhere; those that
    hold in most come first.

    >>> held = pd.DataFrame({"city": "X", "term": "警", "run": ["main", "other"], "holds": [True, False]})
    >>> sum_runs(held, "city")[["holds_in", "runs", "not_in"]].to_numpy().tolist()
    [[1, 2, 'other']]
    """
    names = list(dict.fromkeys(held["run"]))
    held_in = held[held["holds"]].groupby([by, "term"])["run"].agg(list)
    table = held_in.rename("in").reset_index().assign(runs=len(names))
    table["holds_in"] = table["in"].str.len()
    table["not_in"] = ["; ".join(name for name in names if name not in there) for there in table["in"]]
    table = table.sort_values([by, "holds_in", "term"], ascending=[True, False, True], ignore_index=True)
    return table[[by, "term", "holds_in", "runs", "not_in"]]


def count_strings(lines: pd.DataFrame, terms: list[str], by: list[str]) -> pd.DataFrame:
    """Count terms as strings of characters, without cutting words: a run that no segmenter touches.

    In: lines with `doc_id, text` and the columns `by` to carry; the terms to look for.
    Columns out: `doc_id`, those of `by`, `term`, `n`. All other characters of an article
    stand in one row, the term "" (nothing), so that rates are per character.

    It counts 公安 inside 公安局 too, and a longer term with the shorter that it holds.

    >>> lines = pd.DataFrame({"doc_id": ["a"], "city": ["X"], "text": ["公安局和公安"]})
    >>> count_strings(lines, ["公安", "民警"], ["city"]).to_numpy().tolist()
    [['a', 'X', '公安', 2], ['a', 'X', '', 2]]
    """
    texts = lines.groupby(["doc_id", *by], sort=True)["text"].agg("\n".join)
    rows = []
    for key, text in zip(texts.index, texts, strict=True):
        found = {term: text.count(term) for term in terms if term in text}
        left = len(text) - sum(len(term) * n for term, n in found.items())
        rows += [(*key, term, n) for term, n in {**found, "": max(left, 0)}.items()]
    return pd.DataFrame(rows, columns=["doc_id", *by, "term", "n"])


def _one_run(name: str, counts: pd.DataFrame, by: str, first: int) -> pd.DataFrame:
    """Rank the terms of one run and say which hold."""
    try:
        table = contrast_terms(counts, by)
    except ValueError as error:
        raise ValueError(f"run {name!r}: {error}") from None
    rank = table.groupby(by)["log_odds_z"].rank(ascending=False, method="min").astype("int64")
    holds = (table["rate"] > table["rate_rest"]) & (rank <= first)
    return table.assign(run=name, rank=rank, holds=holds)[[by, "term", "run", "rank", "holds"]]
