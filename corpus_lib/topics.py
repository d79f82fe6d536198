"""Counts -> topics: those that annotators gave to terms, and those found in the paragraphs themselves."""

import numpy as np
import pandas as pd
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfTransformer

from corpus_lib.columns import require
from corpus_lib.terms import NO_GLOSS, by_term, refuse_unparted

# A term of one paragraph tells nothing about which paragraphs are alike.
LEAST_PARAGRAPHS = 2
# Headings and single sentences have too few terms to be about one thing.
SHORTEST = 15


def count_topics(counts: pd.DataFrame, glosses: pd.DataFrame) -> pd.DataFrame:
    """Sum the counts of terms by topic: the result is a table of counts whose terms are topics.

    In: `counts`, by article or paragraph; `glosses` with `term, topic`. Columns out: those of `counts`, with
    the topic in `term` and its uses in `n`; terms without a gloss are summed under "no topic". Topics are an
    annotator's choice: other topics give other results. Raises ValueError for a term with two glosses.

    >>> counts = pd.DataFrame({"doc_id": "a", "term": ["警", "民警", "民"], "n": [1, 2, 3]})
    >>> count_topics(counts, pd.DataFrame({"term": ["警", "民警"], "topic": "police"})).to_numpy().tolist()
    [['a', 'no topic', 3], ['a', 'police', 3]]
    """
    require(counts, "term", "n")
    require(glosses, "term", "topic")
    known = by_term(glosses)["topic"].to_dict()
    topics = [known.get(term) or NO_GLOSS["topic"] for term in counts["term"]]
    keys = [column for column in counts.columns if column != "n"]
    table = counts.assign(term=pd.Series(topics, counts.index, dtype="str"))
    return table.groupby(keys, sort=True, dropna=False)["n"].sum().reset_index()


def find_topics(
    counts: pd.DataFrame, n_topics: int, shortest: int = SHORTEST
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find topics in the text itself, by a non-negative matrix factorisation of the TF-IDF of paragraphs.

    In: `counts` by paragraph (`doc_id, paragraph, term, n`), of the terms that may describe a topic; the
    number of topics; and `shortest`, the fewest uses in a paragraph that is used. Out, two frames: the
    paragraphs, `doc_id, paragraph, found` (the number of its main topic, from 1) and `share` (that topic's
    part of the paragraph, 0 to 1); and the terms, `found, term, weight`, the heaviest first. TF is 1 + ln n.
    The same counts give the same topics. The topics of few articles mirror these articles: leave each out
    and look again. Raises ValueError for fewer paragraphs or terms than topics. Source: Lee and Seung (1999),
    "Learning the parts of objects by non-negative matrix factorization", Nature 401, 788-791.

    >>> counts = pd.DataFrame({"doc_id": "a", "paragraph": [1, 2, 3, 4], "term": [*"警警民民"], "n": 2})
    >>> paragraphs, terms = find_topics(counts, 2, shortest=1)
    >>> paragraphs["found"].tolist(), terms.groupby("found")["term"].first().tolist()
    ([2, 2, 1, 1], ['民', '警'])
    """
    require(counts, "doc_id", "paragraph", "term", "n")
    refuse_unparted(counts)
    grid = counts.groupby(["doc_id", "paragraph", "term"])["n"].sum().unstack(fill_value=0)
    grid = grid.loc[:, (grid > 0).sum() >= LEAST_PARAGRAPHS]
    grid = grid[grid.sum(axis=1) >= shortest]
    if min(grid.shape) < n_topics:
        raise ValueError(
            f"{grid.shape[0]} paragraphs of {shortest} uses and {grid.shape[1]} terms of two paragraphs are "
            f"too few for {n_topics} topics: ask for fewer topics, or for shorter paragraphs."
        )
    model = NMF(n_topics, init="nndsvd", max_iter=2000, random_state=0)
    weights = model.fit_transform(TfidfTransformer(sublinear_tf=True).fit_transform(grid.to_numpy()))
    main, total = weights.argmax(axis=1), np.maximum(weights.sum(axis=1), np.finfo(float).tiny)
    paragraphs = grid.index.to_frame(index=False).assign(found=main + 1, share=weights.max(axis=1) / total)
    terms = pd.DataFrame(model.components_, range(1, n_topics + 1), grid.columns).stack().reset_index()
    terms = terms.set_axis(["found", "term", "weight"], axis=1)
    order = ["found", "weight", "term"]
    return paragraphs, terms.sort_values(order, ascending=[True, False, True], ignore_index=True)
