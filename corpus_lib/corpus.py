"""A corpus folder -> the four tables that all others are made from."""

import warnings
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from corpus_lib.articles import ARTICLE_COLUMNS, read_articles, read_notes
from corpus_lib.figures import find_figures
from corpus_lib.quality import check_articles
from corpus_lib.segmentation import segment_lines
from corpus_lib.vocabulary import compound_terms
from corpus_lib.zones import STAY_BEHIND, label_lines


class Corpus(NamedTuple):
    """The four tables of a corpus: articles, lines, tokens and figures."""

    articles: pd.DataFrame
    lines: pd.DataFrame
    tokens: pd.DataFrame
    figures: pd.DataFrame


def load_corpus(folder: str | Path) -> Corpus:
    """Read a corpus folder and make its four tables.

    Nothing is filtered: `tokens` holds every zone and every punctuation mark. Pass
    `words(counted(corpus.tokens))` on where you mean the words of the articles. Raises what `read_articles`,
    `read_notes` and `label_lines` raise. One UserWarning counts what `check_articles` finds in texts that
    are not what they seem; the tables hold these texts all the same.

    >>> len(load_corpus("seeds").articles)
    5
    """
    articles = read_articles(folder)
    lines = label_lines(articles, read_notes(folder, "zones"))
    if len(found := check_articles(articles, lines)):
        warnings.warn(
            f"{folder}: {found['doc_id'].nunique()} of {len(articles)} articles may not be what they seem "
            f"(warnings: {len(found)}). Call check_articles(corpus.articles, corpus.lines) to see them.",
            UserWarning,
            stacklevel=2,
        )
    lexicon = read_notes(folder, "lexicon")
    tokens = compound_terms(segment_lines(lines, lexicon), lexicon)
    return Corpus(articles, lines, tokens, find_figures(lines))


def grouping_column(articles: pd.DataFrame) -> str | None:
    """Choose the column to compare articles by: the first of their own columns with two groups or more.

    A column with a different value for every article is chosen only if there is no other.

    >>> articles = pd.DataFrame({"doc_id": list("abc"), "title": list("abc"), "year": ["1", "2", "2"]})
    >>> grouping_column(articles)
    'year'
    """
    sizes = articles.drop(columns=[*ARTICLE_COLUMNS, *STAY_BEHIND], errors="ignore").nunique()
    groups = [*sizes.index[(sizes > 1) & (sizes < len(articles))], *sizes.index[sizes > 1]]
    return groups[0] if groups else None
