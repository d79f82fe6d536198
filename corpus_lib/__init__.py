r"""Read a small corpus of Chinese news closely: every number and every term links to its sentence.

A text takes one path. Each step is a file of this folder, with pandas frames between the steps:

    a folder -> articles -> lines -> tokens -> counts -> weights, contrasts
                                 \-> figures

A folder of this folder is a question that one may ask of these tables (`figures`, `phrases`,
`robustness`), a door (`ingest`) or machinery (`charts`, `site`). Its names are imported from it, for example
`from corpus_lib.robustness import leave_one_out`.

`start` and `end` are offsets into the article's decoded text (code points, end exclusive), so that
`text[start:end]` is what a row of lines, tokens or figures is about.

=========  =======================  ============================================================
table      one row is               columns
=========  =======================  ============================================================
articles   an article               doc_id, ..., date, outlet, file, sha256, title, text
lines      a line, or a part of it  doc_id, ..., line, paragraph, zone, start, end, text
tokens     a word where it stands   doc_id, ..., line, paragraph, zone, start, end, term
figures    a numeral where it is    as lines, then kind, value, value_to, unit, qualifier, rule
counts     a term in a part         doc_id, (paragraph), ..., term, n
weights    a term in a group        <by>, term, n, tf, df, idf, tf_idf
contrasts  a term in a group        <by>, term, n, n_rest, log_ratio, lower, log_likelihood, ...
=========  =======================  ============================================================

`add_readings` adds to a figure what an annotator has read: measure, population, area, period_start,
period_end, status (result, standard, target or threshold), direction (up or down), comparison, note,
area_level and subject. Empty means that nobody has read it; "unknown" means that the article does not say.

"..." stands for the corpus's own columns of articles.tsv, such as city or year.
Every verb carries the columns that it does not know. A column with the name of one that the verb
makes is an error. Nothing found is an empty frame with its columns; what cannot be computed is an
error.
"""

from corpus_lib.articles import read_articles, read_notes
from corpus_lib.corpus import Corpus, load_corpus
from corpus_lib.figures import add_readings, find_figures
from corpus_lib.keyness import keyness
from corpus_lib.quality import check_articles
from corpus_lib.segmentation import segment_lines
from corpus_lib.terms import add_glosses, add_rates, count_terms, dispersion, tf_idf
from corpus_lib.topics import count_topics, find_topics
from corpus_lib.vocabulary import compound_terms, words
from corpus_lib.zones import add_citations, counted, label_lines

__all__ = [
    "Corpus",
    "add_citations",
    "add_glosses",
    "add_rates",
    "add_readings",
    "check_articles",
    "compound_terms",
    "count_terms",
    "count_topics",
    "counted",
    "dispersion",
    "find_figures",
    "find_topics",
    "keyness",
    "label_lines",
    "load_corpus",
    "read_articles",
    "read_notes",
    "segment_lines",
    "tf_idf",
    "words",
]
