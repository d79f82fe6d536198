"""A corpus folder -> what is there, what is in doubt, and what stops a study, each with what to do."""

import warnings
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

import corpus_lib as lib
from corpus_lib.articles import ARTICLE_COLUMNS, NOTE_COLUMNS
from corpus_lib.ingest.pages import GUESSED, TEXT_MOST, article_lines
from corpus_lib.zones import LINE_END, STAY_BEHIND

# The tables whose rows apply to words of the articles. One list of glosses may serve several corpora: we tell
# of it only if no row has an effect.
WORD_COLUMNS = {"lexicon": "term", "formulas": "formula", "systems": "system", "glosses": "term"}


def check_folder(folder: str | Path) -> pd.DataFrame:
    """Say what a corpus folder has, what is in doubt and what stops a study, all at once.

    Columns out: `kind` (there, doubt or fault) and `said`, in plain words with the file and what to do.
    Without a fault `load_corpus` reads the folder. No doubt does not mean that the articles are right. Raises
    OSError for a file that the system does not let us read.

    >>> check_folder("seeds")["kind"].unique().tolist()
    ['there']
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = list(_check(Path(folder)))
    found += [("doubt", str(warning.message)) for warning in caught]
    return pd.DataFrame(found, columns=["kind", "said"], dtype="str")


def _check(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the findings; what is in doubt only where nothing stops a study."""
    faults: list[str] = []
    articles = _try(faults, lib.read_articles, folder)
    notes = {name: _try(faults, lib.read_notes, folder, name) for name in NOTE_COLUMNS}
    for row in [] if articles is None else articles.to_dict("records"):
        if len(row["text"]) > TEXT_MOST:
            faults.append(f"{row['file']} is longer than {TEXT_MOST:,} characters: split it into articles.")
    lines: Any = None if faults else _try(faults, lib.label_lines, articles, notes["zones"])
    if not faults:
        tokens = _try(faults, lib.segment_lines, lines.head(0), notes["lexicon"])
        figures = _try(faults, lib.find_figures, lines if len(notes["measures"]) else lines.head(0))
    if not faults:
        _try(faults, lib.count_terms, tokens)
        _try(faults, lib.add_readings, figures, notes["measures"])
    yield from (("fault", fault) for fault in dict.fromkeys(faults))
    if not faults:
        yield "there", _describe(articles, lib.counted(lines))
        yield from (("doubt", said) for said in _doubt_tables(folder, articles, notes))
        yield from (("doubt", said) for said in _doubt_texts(articles, lines, notes["zones"]))


def _try(faults: list[str], do: Callable[..., Any], *arguments: object) -> Any:
    """Call one of our readers; where it refuses, note why."""
    try:
        return do(*arguments)
    except (FileNotFoundError, ValueError) as error:
        faults.extend(str(error).split("\n"))


def _describe(articles: pd.DataFrame, lines: pd.DataFrame) -> str:
    """Say how many articles there are, of which time, and by which columns one may compare them."""
    dates = sorted(filter(None, articles["date"])) or ["no date"]
    own = articles.drop(columns={*ARTICLE_COLUMNS, *STAY_BEHIND} - {"outlet"}, errors="ignore").nunique()
    groups = [f"{name} ({n})" for name, n in own.items() if n > 1]
    return (
        f"Articles: {len(articles)}. Characters: {lines['text'].str.len().sum():,}. Dates: {dates[0]} to "
        f"{dates[-1]}. Columns to compare by, with their numbers of groups: {', '.join(groups) or 'none'}."
    )


def _doubt_tables(folder: Path, articles: pd.DataFrame, notes: dict[str, pd.DataFrame]) -> Iterator[str]:
    """Find tables that are not read, and rows whose words no article has."""
    for path in sorted(folder.glob("*.tsv")):
        if path.stem not in {"articles", *NOTE_COLUMNS}:
            like = get_close_matches(path.stem, NOTE_COLUMNS, 1) or NOTE_COLUMNS
            yield f"{path.name} is not read. The name of a table may be: {', '.join(like)}."
    text = "\n".join(articles["text"])
    for name, column in WORD_COLUMNS.items():
        rows = notes[name].to_dict("records")
        words = [f"{row[column]} | {row.get('aliases', '')}".split(" | ") for row in rows]
        idle = [(i, own[0]) for i, own in enumerate(words, 1) if not any(w and w in text for w in own)]
        if idle and (name != "glosses" or len(idle) == len(rows)):
            row, word = idle[0]
            yield f"{name}.tsv, row {row}: no article has {word} ({len(idle)} such rows). Check its spelling."


def _doubt_texts(articles: pd.DataFrame, lines: pd.DataFrame, zones: pd.DataFrame) -> Iterator[str]:
    """Find pages of which several parts may be the article, and texts that are not what they seem."""
    looked_at = set(zones.loc[~zones["reason"].str.startswith(GUESSED), "doc_id"])
    rows = articles[["doc_id", "file", "text"]].to_numpy().tolist()
    for doc_id, file, text in tqdm(rows, "looking for pages", delay=2):
        if doc_id not in looked_at and article_lines(LINE_END.split(text)[::2])[1]:
            yield f"{file}: several parts may be the article. Zone the others in zones.tsv, with your reason."
    files = dict(zip(articles["doc_id"], articles["file"], strict=True))
    table = lib.check_articles(articles, lines)
    table["n"] = table.groupby(["doc_id", "advice"])["line"].transform("size")
    for doc_id, line, what, advice, n in table.drop_duplicates(["doc_id", "advice"]).to_numpy().tolist():
        where = f", line {line}{f' and {n - 1} more' if n > 1 else ''}" if line else ""
        yield f"{files[doc_id]}{where}: {what}. {advice}"
