"""Tokens -> counts -> weights: how often each term is used, and how much that says about a group.

Every number here is a count of tokens or a ratio of two such counts, so every table sums back to the tokens.
All verbs treat counts alike: they sum rows that share a group and a term, and a count of zero is no row.
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
# The columns that dispersion makes, in the order of its output.
DISPERSION = ["range", "parts", "dp", "dp_norm"]
# The columns that add_glosses makes, and what it writes for a term without a gloss.
NO_GLOSS = {"english": "(no gloss)", "topic": "no topic", "gloss_source": "none"}


def count_terms(tokens: pd.DataFrame, part: str = "doc_id") -> pd.DataFrame:
    """Count each term in each article, or in each paragraph.

    In: `tokens` with `doc_id, term`, and `paragraph` for `part="paragraph"`. Columns out: `doc_id`,
    `paragraph` if asked for, the columns of the tokens that are not in PLACE_COLUMNS, `n` (tokens). Sorted,
    categories as text; an absent term has no row. It filters nothing: pass `words(counted(tokens))` to count
    the words of the article. Raises ValueError for any other `part`.

    >>> tokens = pd.DataFrame({"doc_id": ["a", "a", "b"], "term": ["警", "警", "民"]})
    >>> count_terms(tokens).values.tolist()
    [['a', '警', 2], ['b', '民', 1]]
    """
    if part not in ("doc_id", "paragraph"):
        raise ValueError(f"part={part!r}: count_terms counts by 'doc_id' (articles) or by 'paragraph'.")
    require(tokens, "doc_id", part, "term")
    carried = [column for column in tokens.columns if column not in PLACE_COLUMNS]
    refuse_taken(carried, ["n", SIZE], "count_terms")
    keys = list(dict.fromkeys(["doc_id", part, *carried]))
    grouped = tokens.groupby(keys, sort=True, dropna=False, observed=True)
    return as_text(grouped.size().rename("n").reset_index())


def add_rates(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Sum the counts of each group, and add each term's rate.

    In: `counts` with `by, doc_id, term, n`, or `n_articles` instead of `doc_id` where they are sums already.
    Columns out: `by, term, n` (uses), `n_articles` (articles of the group with the term), `rate` (uses per
    1,000 counted words of the group, stop words included). A rate from one article describes that article,
    not its group. Raises ValueError for a group of zeros only.

    >>> counts = pd.DataFrame({"doc_id": ["a", "a"], "city": ["X", "X"], "term": ["警", "民"], "n": [3, 1]})
    >>> add_rates(counts, by="city")["rate"].tolist()
    [250.0, 750.0]
    """
    check_counts(counts, by, ["n_articles", "rate"], "add_rates")
    table = _sum_up(counts, _key(by), [], n=("n", "sum"), n_articles=articles_of(counts))
    table["rate"] = 1000 * table["n"] / table.pop(SIZE)
    return table


def tf_idf(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weight each term in each group by TF-IDF; each group is one document.

    In: `counts` with `by, term, n`; with `paragraph` as `by`, `doc_id` is part of the key. Columns out: the
    key, the columns that have one value in each group, `term`, `n` (uses), `tf` (share of the group's words),
    `df` (groups with the term), `idf` (ln of groups / df), `tf_idf` (tf times idf). A term that all groups
    use weighs zero, however much more one uses it; with three groups idf has three values. Raises ValueError
    for a single group, and for one of zeros only. Source: Salton and Buckley (1988), "Term-weighting
    approaches in automatic text retrieval".

    >>> counts = pd.DataFrame({"city": ["X", "X", "Y"], "term": ["警", "民", "民"], "n": [1, 3, 2]})
    >>> tf_idf(counts, by="city")[["term", "tf", "df"]].values.tolist()
    [['民', 0.75, 2], ['警', 0.25, 1], ['民', 1.0, 2]]
    """
    check_counts(counts, by, ["tf", "df", "idf", "tf_idf"], "tf_idf", article=by == "paragraph")
    key, groups = _key(by), sizes(counts, _key(by))
    if len(groups) == 1:
        raise ValueError(f"{by} has the one group {groups.index[0]}, and idf compares groups: pass two.")
    table = _sum_up(counts, key, constant_columns(counts, key), n=("n", "sum"))
    table["tf"] = table["n"] / table.pop(SIZE)
    table["df"] = table.groupby("term")["n"].transform("size")
    table["idf"] = np.log(len(groups) / table["df"])
    return table.assign(tf_idf=table["tf"] * table["idf"])


def dispersion(counts: pd.DataFrame) -> pd.DataFrame:
    """Measure how evenly each term is spread over articles or paragraphs, the parts of the corpus.

    In: `counts` as `count_terms` gives them. Columns out: `term, n` (uses), `range` (parts with the term),
    `parts` (all parts), `dp` (deviation of proportions: half the sum, over all parts, of the absolute
    difference between a part's share of the term and its share of the words; 0 is even) and `dp_norm` (dp
    divided by its maximum; 1 is a term that occurs only in the smallest part). A rare term cannot be even:
    compare terms of similar frequency. Parts of different lengths blur the measure. Raises ValueError for a
    single part, and for one of zeros only. Source: Gries (2008), "Dispersions and adjusted frequencies in
    corpora", International Journal of Corpus Linguistics 13(4), 403-437; the maximum: Lijffijt and Gries
    (2012), same journal 17(1), 147-149.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b", "b"], "term": ["警", "警", "民"], "n": [2, 2, 4]})
    >>> dispersion(counts)[["term", "range", "dp"]].round(3).to_numpy().tolist()
    [['民', 1, 0.25], ['警', 2, 0.25]]
    """
    by = "paragraph" if "paragraph" in counts else "doc_id"
    check_counts(counts, by, DISPERSION, "dispersion")
    parts = sizes(counts, _key(by))
    if len(parts) == 1:
        raise ValueError(f"There is only one part ({parts.index[0]}): dispersion needs two or more parts.")
    table = _sum_up(counts, _key(by), [], n=("n", "sum"))
    share, expected = table["n"] / table.groupby("term")["n"].transform("sum"), table[SIZE] / parts.sum()
    # A part without the term differs by its whole expected share; all of these add up to 1 - expected.
    table["dp"] = (share - expected).abs() - expected
    spread = table.groupby("term").agg(n=("n", "sum"), range=("n", "size"), dp=("dp", "sum"))
    spread = spread.assign(parts=len(parts), dp=(1 + spread["dp"]) / 2)
    spread["dp_norm"] = spread["dp"] / (1 - (parts / parts.sum()).min())
    return spread.reset_index()[["term", "n", *DISPERSION]]


def add_glosses(frame: pd.DataFrame, glosses: pd.DataFrame) -> pd.DataFrame:
    """Add to each term its English gloss, its topic and the source of the gloss.

    In: a frame with `term`; `glosses` with `term, english, topic, source`. Columns out: those of the frame,
    then those of NO_GLOSS, whose words a term without a gloss gets. A gloss gives one sense of a word, and a
    sentence may need another. Raises ValueError for a frame that has glosses and for a term with two glosses.

    >>> glosses = pd.DataFrame({"term": ["警"], "english": "police", "topic": "order", "source": "study"})
    >>> add_glosses(pd.DataFrame({"term": ["警", "民"]}), glosses).values.tolist()
    [['警', 'police', 'order', 'study'], ['民', '(no gloss)', 'no topic', 'none']]
    """
    require(frame, "term")
    require(glosses, "term", "english", "topic", "source")
    refuse_taken(frame.columns, NO_GLOSS, "add_glosses")
    notes = by_term(glosses)[["english", "topic", "source"]].set_axis(list(NO_GLOSS), axis=1)
    found = notes.reindex(frame["term"]).fillna(NO_GLOSS).reset_index(drop=True)
    return pd.concat([frame.reset_index(drop=True), found], axis=1)


def check_counts(counts: pd.DataFrame, by: str, made: list[str], verb: str, article: bool = True) -> None:
    """Check that counts have the columns that a verb needs, and none that it makes."""
    summed = {"n_articles"} if "doc_id" not in counts and by != "n_articles" else set()
    require(counts, *(["doc_id"] if article and not summed & {*counts} else []), *_key(by), "term", "n")
    refuse_taken([by], ["term", "n", SIZE], verb)
    refuse_taken(counts.columns, [name for name in made if name not in summed], verb)


def articles_of(counts: pd.DataFrame) -> tuple[str, str]:
    """Say how to count the articles with a term: by their names, or, where there are none, by the sums."""
    return ("doc_id", "nunique") if "doc_id" in counts else ("n_articles", "sum")


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
    others = [column for column in counts.columns if column not in {*key, "term", "n", "n_articles", SIZE}]
    per_group = counts.groupby(key, dropna=False)[others].nunique(dropna=False)
    return [column for column in others if (per_group[column] <= 1).all()]


def refuse_unparted(frame: pd.DataFrame) -> None:
    """Refuse rows without a paragraph, where a context or a count by paragraph needs it."""
    if "paragraph" not in frame or frame["paragraph"].isna().any():
        raise ValueError("Some or all rows have no paragraph: pass the articles through label_lines first.")


def _key(by: str) -> list[str]:
    """Name the columns that identify a group; a paragraph needs its article too, which numbers its own."""
    return ["doc_id", "paragraph"] if by == "paragraph" else [by]


def _sum_up(counts: pd.DataFrame, key: list[str], also: list[str], **sums: tuple[str, str]) -> pd.DataFrame:
    """Sum up the uses of each term in each group; SIZE is the size of the group."""
    grouped = used_rows(counts).groupby([*key, *also, "term"], sort=True, dropna=False)
    total = sizes(counts, key).rename(SIZE).reset_index()
    return grouped.agg(**sums).reset_index().merge(total, on=key, how="left")


def by_term(glosses: pd.DataFrame) -> pd.DataFrame:
    """Index glosses by their terms; refuse a term with two glosses."""
    twice = glosses.loc[glosses["term"].duplicated(), "term"]
    if len(twice):
        raise ValueError(f"glosses.tsv: the term {twice.iloc[0]!r} has two rows: keep one.")
    return glosses.set_index("term")
