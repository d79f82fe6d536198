"""Tokens -> counts -> weights: how often a term is used, and how telling that is.

Everything here is a count of tokens or a ratio of two such counts, so every
table can be summed back to the tokens it came from.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

# Where a token stands, as against what its article is; dropped when tokens are counted.
PLACE_COLUMNS = ["line", "paragraph", "zone", "start", "end"]


def count_terms(tokens: pd.DataFrame, part: str = "doc_id") -> pd.DataFrame:
    """Count each term in each article, or in each paragraph.

    In: `tokens` with `doc_id, term` (and `paragraph` for `part="paragraph"`).
    Columns out: `doc_id`, `paragraph` if asked for, the articles' own columns,
    `term`, `n` (tokens). Sorted; a term that is absent has no row.

    Nothing is filtered here: pass `words(counted(tokens))` for words of the article.

    Raises ValueError for a part that is neither, or when there is nothing to count.

    >>> tokens = pd.DataFrame({"doc_id": ["a", "a", "b"], "term": ["警", "警", "民"]})
    >>> count_terms(tokens).values.tolist()
    [['a', '警', 2], ['b', '民', 1]]
    """
    if part not in ("doc_id", "paragraph"):
        raise ValueError(f"part={part!r}: terms are counted by 'doc_id' (articles) or 'paragraph'.")
    _refuse_empty(tokens, "tokens")
    drop = [column for column in PLACE_COLUMNS if column != part]
    keys = [column for column in tokens.columns if column not in drop]
    keys = list(dict.fromkeys(["doc_id", part, *keys]))
    return tokens.groupby(keys, sort=True, dropna=False).size().rename("n").reset_index()


def add_rates(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Sum counts by a group and put the rate per thousand words beside each.

    In: `counts` with `by, doc_id, term, n`. Columns out: `by, term, n, n_articles`
    (articles of the group that have the term), `rate` (per thousand of the
    group's counted words, stop words included).

    A rate from one article is that article's habit, not its city's.

    >>> counts = pd.DataFrame({"doc_id": ["a", "a"], "city": ["X", "X"], "term": ["警", "民"], "n": [3, 1]})
    >>> add_rates(counts, by="city")["rate"].tolist()
    [250.0, 750.0]
    """
    _refuse_empty(counts, "counts")
    key = group_key(by)
    grouped = counts.groupby([*key, "term"], sort=True, dropna=False)
    table = grouped.agg(n=("n", "sum"), n_articles=("doc_id", "nunique")).reset_index()
    return table.assign(rate=1000 * table["n"] / table.groupby(key, dropna=False)["n"].transform("sum"))


def weigh_terms(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Weigh each term in each group by TF-IDF, a group being one document.

    In: `counts` with `by, term, n`; `by` may be any column, also `doc_id` or
    `paragraph` (then the article is part of the key).
    Columns out: the key, the columns that have one value in each group, `term`,
    `n`, `tf` (share of the group's words; sums to 1), `df` (groups that have the
    term), `idf` (natural log of groups / df), `tf_idf` (their product).

    The formula is the plainest: idf = ln(N / df), so a term that every group has
    weighs nothing, however differently it is used; with three groups idf takes
    three values only. Salton and Buckley (1988), "Term-weighting approaches in
    automatic text retrieval", weighs this and the other choices.

    >>> counts = pd.DataFrame({"city": ["X", "X", "Y"], "term": ["警", "民", "民"], "n": [1, 3, 2]})
    >>> weigh_terms(counts, by="city")[["term", "tf", "df"]].values.tolist()
    [['民', 0.75, 2], ['警', 0.25, 1], ['民', 1.0, 2]]
    """
    _refuse_empty(counts, "counts")
    key = group_key(by)
    carried = _constant_columns(counts, key)
    table = counts.groupby([*key, *carried, "term"], sort=True, dropna=False)["n"].sum().reset_index()
    table["tf"] = table["n"] / table.groupby(key, dropna=False)["n"].transform("sum")
    table["df"] = table.groupby("term")["n"].transform("size")
    table["idf"] = np.log(table[key].drop_duplicates().shape[0] / table["df"])
    return table.assign(tf_idf=table["tf"] * table["idf"])


def dispersion(counts: pd.DataFrame) -> pd.DataFrame:
    """Say how evenly each term is spread over the parts that were counted.

    In: `counts`, by article or by paragraph, as `count_terms` gives them; those parts are
    the parts here, and their sizes are their counted words.
    Columns out: `term, n`, `range` (parts that have the term), `parts` (all of them), `dp`
    (deviation of proportions: half the sum, over the parts, of the difference between a
    part's share of the term and its share of the words; 0 is as even as the parts allow)
    and `dp_norm` (dp over the most it could be: 1 is a term that only the smallest part
    has). Gries (2008), "Dispersions and adjusted frequencies in corpora", International
    Journal of Corpus Linguistics 13(4), 403-437; the norm is Lijffijt and Gries's (2012),
    same journal 17(1), 147-149.

    Raises ValueError when there is one part only: there is nothing to be spread over.

    A rare term cannot be even: one that stands once is in one part, whatever it means.
    Compare terms of like frequency. Parts of unlike length blur it further.

    >>> counts = pd.DataFrame({"doc_id": ["a", "b", "b"], "term": ["警", "警", "民"], "n": [2, 2, 4]})
    >>> dispersion(counts)[["term", "range", "dp"]].round(3).to_numpy().tolist()
    [['民', 1, 0.25], ['警', 2, 0.25]]
    """
    _refuse_empty(counts, "counts")
    key = ["doc_id", "paragraph"] if "paragraph" in counts else ["doc_id"]
    sizes = counts.groupby(key, dropna=False)["n"].sum()
    if len(sizes) < 2:
        raise ValueError(f"There is one part only ({sizes.index[0]}): nothing can be spread over it.")
    size = counts.groupby(key, dropna=False)["n"].transform("sum") / sizes.sum()
    share = counts["n"] / counts.groupby("term")["n"].transform("sum")
    # A part without the term differs by its whole size; those sizes are what the others leave.
    apart = pd.DataFrame(
        {"term": counts["term"], "n": counts["n"], "there": size, "off": (share - size).abs()}
    )
    table = apart.groupby("term").agg(
        n=("n", "sum"), range=("n", "size"), there=("there", "sum"), off=("off", "sum")
    )
    table = table.assign(parts=len(sizes), dp=(table["off"] + 1 - table["there"]) / 2)
    table["dp_norm"] = table["dp"] / (1 - sizes.min() / sizes.sum())
    return table.reset_index()[["term", "n", "range", "parts", "dp", "dp_norm"]]


def add_glosses(frame: pd.DataFrame, glosses: pd.DataFrame) -> pd.DataFrame:
    """Put the English of each term beside it, its topic, and where the gloss comes from.

    In: a frame with `term`; `glosses` with `term, english, topic, source`.
    Columns out: those of the frame, then `english, topic, gloss_source` (`study`: written for
    this study). A term without a gloss says so, "(no gloss)", and has the topic "no topic" and
    the source "none": it is never left blank.

    A gloss is one sense of a word, chosen by reading these articles.

    >>> glosses = pd.DataFrame({"term": ["警"], "english": ["police"], "topic": ["organisation"]})
    >>> glosses = glosses.assign(source="study")
    >>> add_glosses(pd.DataFrame({"term": ["警", "民"]}), glosses).values.tolist()
    [['警', 'police', 'organisation', 'study'], ['民', '(no gloss)', 'no topic', 'none']]
    """
    notes = glosses[["term", "english", "topic", "source"]].rename(columns={"source": "gloss_source"})
    found = frame.drop(columns=["english", "topic", "gloss_source"], errors="ignore").merge(
        notes, on="term", how="left", validate="many_to_one"
    )
    return found.fillna({"english": "(no gloss)", "topic": "no topic", "gloss_source": "none"})


def count_topics(counts: pd.DataFrame, glosses: pd.DataFrame) -> pd.DataFrame:
    """Sum the counts of terms by their topics: a table of counts whose terms are topics.

    In: `counts`, by article or paragraph; `glosses` with `term, english, topic`.
    Columns out: those of `counts`, `term` now the topic. Every verb that takes counts takes
    these. Terms without a gloss are summed under "no topic".

    A topic is one reader's sorting of words; what its borders do to a result is to be tried.

    >>> counts = pd.DataFrame({"doc_id": "a", "term": ["警", "民警", "民"], "n": [1, 2, 3]})
    >>> glosses = pd.DataFrame({"term": ["警", "民警"], "english": ["", ""], "topic": "police"})
    >>> count_topics(counts, glosses).to_numpy().tolist()
    [['a', 'no topic', 3], ['a', 'police', 3]]
    """
    _refuse_empty(counts, "counts")
    topics = counts["term"].map(glosses.set_index("term")["topic"]).fillna("no topic")
    keys = [column for column in counts.columns if column != "n"]
    return counts.assign(term=topics).groupby(keys, sort=True, dropna=False)["n"].sum().reset_index()


def group_key(by: str) -> list[str]:
    """Name the columns that tell groups apart: a paragraph's number is its article's own.

    >>> group_key("city"), group_key("paragraph")
    (['city'], ['doc_id', 'paragraph'])
    """
    return ["doc_id", "paragraph"] if by == "paragraph" else [by]


def refuse_unparted(frame: pd.DataFrame) -> None:
    """Say that the paragraphs are missing, where a context or a count by paragraph needs them."""
    if "paragraph" not in frame or frame["paragraph"].isna().any():
        raise ValueError("Some or all rows have no paragraph: pass the articles through label_lines first.")


def _constant_columns(counts: pd.DataFrame, key: list[str]) -> list[str]:
    """Find the columns that say something about the whole group, such as an article's city."""
    others = [column for column in counts.columns if column not in {*key, "term", "n"}]
    per_group = counts.groupby(key, dropna=False)[others].nunique(dropna=False)
    return [column for column in others if (per_group[column] <= 1).all()]


def _refuse_empty(frame: pd.DataFrame, what: str) -> None:
    """Say that there is nothing to count, before a total of zero is divided by."""
    if frame.empty:
        raise ValueError(
            f"There are no {what}: the selection before this step kept no row. Look at its last filter."
        )
