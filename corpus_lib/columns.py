"""What a verb asks of the columns of its frame: that they are there, and that none is taken.

A frame may carry any column that a verb does not know. Two kinds of column are an error: one that
the verb needs and the frame lacks, and one that the verb makes and the frame has already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd


def require(frame: pd.DataFrame, *needed: str) -> None:
    """Raise ValueError when a frame lacks a column; the message lists those that it has.

    >>> require(pd.DataFrame({"term": [], "n": []}), "term", "n")
    """
    missing = [column for column in needed if column not in frame.columns]
    if missing:
        there = ", ".join(map(str, frame.columns)) or "none"
        raise ValueError(f"There is no column {missing[0]!r}. The columns are: {there}.")


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Give plain text for categories of text, where a table for readers begins.

    >>> str(as_text(pd.DataFrame({"city": ["X"]}, dtype="category"))["city"].dtype)
    'str'
    """
    texts = [c for c in frame.select_dtypes("category") if frame[c].cat.categories.dtype == "str"]
    return frame.astype(dict.fromkeys(texts, "str"))


def refuse_taken(columns: Iterable[object], made: Collection[str], verb: str) -> None:
    """Raise ValueError when a frame, or a `by`, has a column that `verb` makes itself.

    In: the `columns` that come in and are carried; `made`, those that the verb adds; the verb's name.

    >>> refuse_taken(["doc_id", "city"], ["n", "rate"], "add_rates")
    """
    taken = [column for column in columns if column in made]
    if taken:
        raise ValueError(
            f"{verb} makes a column {taken[0]!r}, and there is one of that name already: rename yours "
            "(in articles.tsv, if it comes from there)."
        )
