"""Read a small corpus of Chinese news closely; every number and term walks back to its sentence.

The path goes one way, a module a step, pandas frames between them:

    a folder -> articles -> lines -> tokens -> counts -> weights, contrasts
                                 \\-> figures

`start` and `end` are offsets into the article's text (code points, end exclusive),
so `text[start:end]` is what a row of lines, tokens or figures is about.

=========  =====================  ==========================================================
table      one row is             columns
=========  =====================  ==========================================================
articles   an article             doc_id, ..., file, sha256, title, text
lines      a line, or its part    doc_id, ..., line, paragraph, zone, start, end, text
tokens     a word in its place    doc_id, ..., line, paragraph, zone, start, end, term
figures    a numeral in its place the same, then text, kind, value, value_to, unit, qualifier, rule
counts     a term in a part       doc_id, (paragraph), ..., term, n
weights    a term in a group      <by>, term, n, tf, df, idf, tf_idf
contrasts  a term against others  <by>, term, n, n_rest, log_ratio, log_likelihood, log_odds_z, n_articles
=========  =====================  ==========================================================

"..." stands for the corpus's own columns of articles.tsv (here date, outlet, city, place,
level, signed, occasion); every verb carries the columns that it does not know.
"""
