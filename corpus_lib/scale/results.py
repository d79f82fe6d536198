"""Counted shards -> the tables of a study: by article, or summed by group; and a term in its contexts."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from corpus_lib.articles import read_notes
from corpus_lib.characters import fold
from corpus_lib.columns import as_text, refuse_taken, require
from corpus_lib.corpus import Corpus
from corpus_lib.figures import find_figures
from corpus_lib.phrases import concordance
from corpus_lib.scale.shards import list_shards, read_shard, shard_lines
from corpus_lib.scale.store import list_results, read_listing, read_table
from corpus_lib.segmentation import segment_lines
from corpus_lib.terms import SIZE
from corpus_lib.vocabulary import compound_terms
from corpus_lib.zones import counted


def read_counts(out: str | Path, by: str | None = None) -> pd.DataFrame:
    """Read the counts of all shards: by article, or summed by a column of the articles.

    Columns out, without `by`: as `count_terms` gives them for all articles at once, which must fit into
    memory. With `by`: `by, term, n` (uses), `n_articles` (with the term), summed shard by shard, so that
    memory is set by a shard and the vocabulary. `add_rates`, `tf_idf` and `keyness` take both. `dispersion`
    and `leave_one_out` need counts by article; to compare groups, rename the column `by` to `doc_id`. Raises
    FileNotFoundError for a folder without a finished run, and ValueError for a column that a shard lacks.

    >>> from tempfile import TemporaryDirectory
    >>> from corpus_lib.scale import count_shards
    >>> with TemporaryDirectory() as out:
    ...     _ = count_shards("seeds", out)
    ...     print(read_counts(out, by="city").columns.tolist())
    ['city', 'term', 'n', 'n_articles']
    """
    tables, total = [], pd.DataFrame()
    if by is not None:
        refuse_taken([by], ["term", "n", "n_articles", SIZE], "read_counts")
    for result in list_results(out):
        articles, counts = read_table(result / "articles.tsv"), read_table(result / "counts.tsv")
        table = articles.drop(columns="n_characters").merge(counts, on="doc_id")
        if by is None:
            tables.append(table)
        else:
            _require_by(result, table, by)
            total = _add(total, table, by)
    if by is not None:
        return as_text(total.reset_index())
    whole = pd.concat(tables).fillna("").sort_values(["doc_id", "term"], ignore_index=True)
    return whole[[*whole.columns.drop(["term", "n"]), "term", "n"]]


def read_kept(out: str | Path, name: str) -> Iterator[pd.DataFrame]:
    """Read the tokens or the figures that were kept, a shard at a time."""
    for result in list_results(out):
        if not (path := result / f"{name}.parquet").exists():
            raise FileNotFoundError(f"{path} does not exist: count again and keep {name}.")
        yield pd.read_parquet(path)


def load_counted(folder: str | Path, out: str | Path) -> tuple[Corpus, pd.DataFrame]:
    """Give a counted corpus as far as memory allows: all articles and counts, and the lines of one shard.

    In: the `folder` and `out` of a finished run. Out: a Corpus with the articles of all shards (without their
    texts), and with the lines, tokens and figures of the first shard alone, as a sample; then the counts by
    article, as `read_counts` gives them. What the sample shows may not hold for the other shards.

    >>> from tempfile import TemporaryDirectory
    >>> from corpus_lib.scale import count_shards
    >>> with TemporaryDirectory() as out:
    ...     _ = count_shards("seeds", out)
    ...     print(len(load_counted("seeds", out)[0].articles))
    5
    """
    lexicon, first = read_notes(folder, "lexicon"), _shard_of(list_results(out)[0], folder)
    lines = shard_lines(first, read_shard(first))
    tokens = compound_terms(segment_lines(lines, lexicon), lexicon)
    articles = pd.concat(
        [read_table(result / "articles.tsv") for result in list_results(out)], ignore_index=True
    )
    return Corpus(articles.fillna(""), lines, tokens, find_figures(lines)), read_counts(out)


def list_faults(out: str | Path) -> pd.DataFrame:
    """List the shards that the finished run left out: `kind` (fault) and `said` (the message)."""
    said = read_listing(out)["fault"]
    return pd.DataFrame({"kind": "fault", "said": said[said != ""]})


def find_contexts(folder: str | Path, out: str | Path, term: str) -> pd.DataFrame:
    """Show a counted term in each of its contexts, as `concordance` does, where it is a whole word.

    In: the `folder` and `out` of a finished run. Only the shards that have the term are opened. A string that
    is no counted term gives an empty table. If the shards or the lexicon have changed, count again first.
    Contexts are segmented by jieba.
    """
    term = fold(term)[0]
    lexicon, results, tables = read_notes(folder, "lexicon"), list_results(out), []
    having = {result: _articles_with(result, term) for result in results}
    for result in [r for r in results if having[r]] or results[:1]:  # one gives an empty table its columns
        shard = _shard_of(result, folder)
        lines = shard_lines(shard, read_shard(shard))
        tokens = segment_lines(counted(lines[lines["doc_id"].isin(having[result])]), lexicon)
        found = concordance(compound_terms(tokens, lexicon), term)
        tables.append(found[found["whole"]])
    return pd.concat(tables, ignore_index=True)


def _articles_with(result: Path, term: str) -> set[str]:
    """Name the articles of a shard that have a term."""
    counts = read_table(result / "counts.tsv")
    return set(counts.loc[counts["term"] == term, "doc_id"])


def _shard_of(result: Path, folder: str | Path) -> Path:
    """Find the shard of a result."""
    name = result.name.rpartition(".")[0]
    for shard in list_shards(Path(folder).resolve()):
        if shard.name == name:
            return shard
    raise ValueError(f"{name} is not in {folder}: give the folder that was counted.")


def _require_by(result: Path, table: pd.DataFrame, by: str) -> None:
    """Say which shard lacks the column to sum by."""
    try:
        require(table, by)
    except ValueError as error:
        raise ValueError(f"{result.name.rpartition('.')[0]}: {error}") from None


def _add(total: pd.DataFrame, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Add the counts of a shard to those before it."""
    own = table.groupby([by, "term"]).agg(n=("n", "sum"), n_articles=("doc_id", "size"))
    return own if total.empty else pd.concat([total, own]).groupby(level=[0, 1]).sum()
