"""What a verb asks of the columns of its frame: all that it needs, none that it makes, and any others."""

from collections.abc import Collection, Iterable

import pandas as pd


def require(frame: pd.DataFrame, *needed: str) -> None:
    """Raise ValueError when a frame lacks a column; the message lists those that it has.

    >>> require(pd.DataFrame({"term": [], "n": []}), "term", "n")
    """
    if missing := [column for column in needed if column not in frame.columns]:
        there = ", ".join(map(str, frame.columns)) or "none"
        raise ValueError(f"There is no column {missing[0]!r}. The columns are: {there}.")


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Give plain text for categories of text, where a table for readers begins."""
    texts = [c for c in frame.select_dtypes("category") if frame[c].cat.categories.dtype == "str"]
    return frame.astype(dict.fromkeys(texts, "str"))


def refuse_taken(columns: Iterable[object], made: Collection[str], verb: str) -> None:
    """Raise ValueError when a column that comes in has the name of one that `verb` makes.

    >>> refuse_taken(["doc_id", "city"], ["n", "rate"], "add_rates")
    """
    if taken := [column for column in columns if column in made]:
        raise ValueError(
            f"{verb} makes a column {taken[0]!r}, and there is one of that name already: rename yours "
            "(in articles.tsv, if it comes from there)."
        )
