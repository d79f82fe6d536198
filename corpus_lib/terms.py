"""Tokens -> counts -> weights: how often each term is used, and how much that says about a group.

Every number here is a count of tokens or a ratio of two such counts, so every table sums back to the
tokens. All verbs treat counts alike: they sum rows that share a group and a term, and they treat a
count of zero as an absent row.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from corpus_lib.columns import as_text, refuse_taken, require

# Columns that say where a token is, not which article it is from: a count drops them.
PLACE_COLUMNS = ["line", "paragraph", "zone", "start", "end"]

# The size of an article is the sum of its counts. Substrings overlap and omit characters, so a table of
# substring counts has the article's size in a column of this name.
SIZE = "n_characters"

# The columns that each verb makes, in the order of its output.
RATES = ["n_articles", "rate"]
WEIGHTS = ["tf", "df", "idf", "tf_idf"]
DISPERSION = ["range", "parts", "dp", "dp_norm"]
GLOSSES = ["english", "topic", "gloss_source"]

# What add_glosses writes for a term without a gloss.
NO_GLOSS = ["(no gloss)", "no topic", "none"]


def count_terms(tokens: pd.DataFrame, part: str = "doc_id") -> pd.DataFrame:
    """Count each term in each article, or in each paragraph.

    In: `tokens` with `doc_id, term`, and `paragraph` for `part="paragraph"`.
    Columns out: `doc_id`, `paragraph` if asked for, the columns of the tokens that are not in
    PLACE_COLUMNS, `n` (tokens). Sorted, categories as text; an absent term has no row.

    It filters nothing: pass `words(counted(tokens))` to count the words of the article. Raises
    ValueError for any other `part`.

    >>> tokens = pd.DataFrame({"doc_id": ["a", "a", "b"], "term": ["警", "警", "民"]})
    >>> count_terms(tokens).values.tolist()
    [['a', '警', 2], ['b', '民', 1]]
    """
    if part not in ("doc_id", "paragraph"):
        raise ValueError(
            f"part={part!r} is not possible: count_terms counts by 'doc_id' (articles) or 'paragraph'."
        )
    require(tokens, "doc_id", part, "term")
    carried = [column for column in tokens.columns if column not in PLACE_COLUMNS]
    refuse_taken(carried, ["n", SIZE], "count_terms")
    keys = list(dict.fromkeys(["doc_id", part, *carried]))
    grouped = tokens.groupby(keys, sort=True, dropna=False, observed=True)
    return as_text(grouped.size().rename("n").reset_index())


def add_rates(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Sum the counts of each group, and add each term's rate.

    In: `counts` with `by, doc_id, term, n`. Columns out: `by, term, n` (uses), `n_articles` (articles
    of the group with the term), `rate` (uses per 1,000 counted words of the group, stop words
    included).

    A rate from one article describes that article, not its group. Raises ValueError for a group of
    zeros only.

    >>> counts = pd.DataFrame({"doc_id": ["a", "a"], "city": ["X", "X"], "term": ["警", "民"], "n": [3, 1]})
    >>> add_rates(counts, by="city")["rate"].tolist()
    [250.0, 750.0]
    """
    key = group_key(by)
    check_counts(counts, by, RATES, "add_rates")
    grouped = used_rows(counts).groupby([*key, "term"], sort=True, dropna=False)
    table = grouped.agg(n=("n", "sum"), n_articles=("doc_id", "nunique")).reset_index()
    table["rate"] = 1000 * table["n"] / _sizes_beside(table, counts, key)
    return table[[*key, "term", "n", *RATES]]


def tf_idf(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weight each term in each group by TF-IDF; each group is one document.

    In: `counts` with `by, term, n`; with `paragraph` as `by`, `doc_id` is part of the key.
    Columns out: the key, the columns that have one value in each group, `term`, `n` (uses), `tf` (share
    of the group's words), `df` (groups with the term), `idf` (ln of groups / df), `tf_idf` (tf times
    idf). Source: Salton and Buckley (1988), "Term-weighting approaches in automatic text retrieval".

    A term that all groups use weighs zero, however much more one group uses it; with three groups idf
    has only three values. Raises ValueError for a group of zeros only.

    >>> counts = pd.DataFrame({"city": ["X", "X", "Y"], "term": ["警", "民", "民"], "n": [1, 3, 2]})
    >>> tf_idf(counts, by="city")[["term", "tf", "df"]].values.tolist()
    [['民', 0.75, 2], ['警', 0.25, 1], ['民', 1.0, 2]]
    """
    key = group_key(by)
    check_counts(counts, by, WEIGHTS, "tf_idf", article=by == "paragraph")
    carried = constant_columns(counts, key)
    grouped = used_rows(counts).groupby([*key, *carried, "term"], sort=True, dropna=False)
    table = grouped["n"].sum().reset_index()
    table["tf"] = table["n"] / _sizes_beside(table, counts, key)
    table["df"] = table.groupby("term")["n"].transform("size")
    table["idf"] = np.log(len(sizes(counts, key)) / table["df"])
    table["tf_idf"] = table["tf"] * table["idf"]
    return table[[*key, *carried, "term", "n", *WEIGHTS]]


def dispersion(counts: pd.DataFrame) -> pd.DataFrame:
    """Measure how evenly each term is spread over articles or paragraphs, the parts of the corpus.

    In: `counts`, by article or by paragraph, as `count_terms` gives them.
    Columns out: `term, n` (uses), `range` (parts with the term), `parts` (all parts), `dp` (deviation of
    proportions: half the sum, over all parts, of the absolute difference between a part's share of the
    term and its share of the words; 0 is even) and `dp_norm` (dp divided by its maximum; 1 is a term that
    occurs only in the smallest part).
    Source: Gries (2008), "Dispersions and adjusted frequencies in corpora", International Journal of
    Corpus Linguistics 13(4), 403-437; the maximum is from Lijffijt and Gries (2012), same journal
    17(1), 147-149.

    A rare term cannot be even, because a term with one use is in one part. Compare terms of similar
    frequency. Parts of different lengths blur the measure further. Raises ValueError when there is
    only one part, and for a part of zeros only.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b", "b"], "term": ["警", "警", "民"], "n": [2, 2, 4]})
    >>> dispersion(counts)[["term", "range", "dp"]].round(3).to_numpy().tolist()
    [['民', 1, 0.25], ['警', 2, 0.25]]
    """
    key = group_key("paragraph" if "paragraph" in counts else "doc_id")
    check_counts(counts, key[-1], DISPERSION, "dispersion")
    parts = sizes(counts, key)
    if len(parts) == 1:
        raise ValueError(f"There is only one part ({parts.index[0]}): dispersion needs two or more parts.")
    table = used_rows(counts).groupby([*key, "term"], sort=True, dropna=False)["n"].sum().reset_index()
    share = table["n"] / table.groupby("term")["n"].transform("sum")
    table["expected"] = _sizes_beside(table, counts, key) / parts.sum()
    table["gap"] = (share - table["expected"]).abs()
    spread = table.groupby("term").agg(
        n=("n", "sum"), range=("n", "size"), expected=("expected", "sum"), gap=("gap", "sum")
    )
    # A part without the term differs by its whole expected share, which adds up to 1 - expected.
    spread = spread.assign(parts=len(parts), dp=(spread["gap"] + 1 - spread["expected"]) / 2)
    spread["dp_norm"] = spread["dp"] / (1 - (parts / parts.sum()).min())
    return spread.reset_index()[["term", "n", *DISPERSION]]


def add_glosses(frame: pd.DataFrame, glosses: pd.DataFrame) -> pd.DataFrame:
    """Add to each term its English gloss, its topic and the source of the gloss.

    In: a frame with `term`; `glosses` with `term, english, topic, source`.
    Columns out: those of the frame, then `english`, `topic`, `gloss_source`. A term without a gloss
    gets NO_GLOSS, so that no cell is blank.

    A gloss gives one sense of a word, and a sentence may need another. Raises ValueError when the
    frame has glosses already, and for a term with two glosses.

    >>> glosses = pd.DataFrame({"term": ["警"], "english": ["police"], "topic": ["organisation"]})
    >>> glosses = glosses.assign(source="study")
    >>> add_glosses(pd.DataFrame({"term": ["警", "民"]}), glosses).values.tolist()
    [['警', 'police', 'organisation', 'study'], ['民', '(no gloss)', 'no topic', 'none']]
    """
    require(frame, "term")
    require(glosses, "term", "english", "topic", "source")
    refuse_taken(frame.columns, GLOSSES, "add_glosses")
    notes = _by_term(glosses)[["english", "topic", "source"]]
    found = notes.set_axis(GLOSSES, axis=1).reindex(frame["term"])
    found = found.fillna(dict(zip(GLOSSES, NO_GLOSS, strict=True)))
    return pd.concat([frame.reset_index(drop=True), found.reset_index(drop=True)], axis=1)


def count_topics(counts: pd.DataFrame, glosses: pd.DataFrame) -> pd.DataFrame:
    """Sum the counts of terms by topic: the result is a table of counts whose terms are topics.

    In: `counts`, by article or paragraph; `glosses` with `term, topic`.
    Columns out: those of `counts`, with the topic in `term` and its uses in `n`. Every verb that takes
    counts accepts these. Terms without a gloss are summed under "no topic".

    Topics are an annotator's choice: other topics give other results. Raises ValueError for a term
    with two glosses.

    >>> counts = pd.DataFrame({"doc_id": "a", "term": ["警", "民警", "民"], "n": [1, 2, 3]})
    >>> glosses = pd.DataFrame({"term": ["警", "民警"], "topic": "police"})
    >>> count_topics(counts, glosses).to_numpy().tolist()
    [['a', 'no topic', 3], ['a', 'police', 3]]
    """
    require(counts, "term", "n")
    require(glosses, "term", "topic")
    known = _by_term(glosses)["topic"].to_dict()
    topics = pd.Series([known.get(term) or NO_GLOSS[1] for term in counts["term"]], counts.index, dtype="str")
    keys = [column for column in counts.columns if column != "n"]
    return counts.assign(term=topics).groupby(keys, sort=True, dropna=False)["n"].sum().reset_index()


def group_key(by: str) -> list[str]:
    """Name the columns that identify a group; paragraphs need the article too, which numbers its own.

    >>> group_key("city"), group_key("paragraph")
    (['city'], ['doc_id', 'paragraph'])
    """
    return ["doc_id", "paragraph"] if by == "paragraph" else [by]


def check_counts(counts: pd.DataFrame, by: str, made: list[str], verb: str, article: bool = True) -> None:
    """Check that counts have the columns that a verb needs, and none that it makes."""
    require(counts, *(["doc_id"] if article else []), *group_key(by), "term", "n")
    refuse_taken([by], ["term", "n", SIZE], verb)
    refuse_taken(counts.columns, made, verb)


def used_rows(counts: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows whose count is not zero; refuse a table of zeros only."""
    used = counts[counts["n"] != 0]
    if used.empty and not counts.empty:
        raise ValueError("The counts are zeros only, so no term is used: check the step before this one.")
    return used


def sizes(counts: pd.DataFrame, key: list[str]) -> pd.Series[int]:
    """Compute the size of each group: the sum of its counts, or of its articles' characters."""
    whole = counts.drop_duplicates("doc_id") if SIZE in counts else counts
    total = whole.groupby(key, sort=True, dropna=False)[SIZE if SIZE in counts else "n"].sum()
    if (total == 0).any():
        zero = total.index[total == 0][0]
        raise ValueError(f"{', '.join(key)} {zero!r} has zeros only, so it has no rates: drop its rows.")
    return total


def constant_columns(counts: pd.DataFrame, key: list[str]) -> list[str]:
    """Find the columns that have one value in each group, such as the city of an article."""
    others = [column for column in counts.columns if column not in {*key, "term", "n", SIZE}]
    per_group = counts.groupby(key, dropna=False)[others].nunique(dropna=False)
    return [column for column in others if (per_group[column] <= 1).all()]


def refuse_unparted(frame: pd.DataFrame) -> None:
    """Refuse rows without a paragraph, where a context or a count by paragraph needs it."""
    if "paragraph" not in frame or frame["paragraph"].isna().any():
        raise ValueError("Some or all rows have no paragraph: pass the articles through label_lines first.")


def _sizes_beside(table: pd.DataFrame, counts: pd.DataFrame, key: list[str]) -> np.ndarray:
    """Give for each row of a table the size of its group."""
    total = sizes(counts, key).rename(SIZE).reset_index()
    return table[key].merge(total, on=key, how="left")[SIZE].to_numpy()


def _by_term(glosses: pd.DataFrame) -> pd.DataFrame:
    """Index glosses by their terms; refuse a term with two glosses."""
    twice = glosses.loc[glosses["term"].duplicated(), "term"]
    if len(twice):
        raise ValueError(f"glosses.tsv: the term {twice.iloc[0]!r} has two rows: keep one.")
    return glosses.set_index("term")
