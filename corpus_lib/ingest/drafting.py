"""A folder of texts, saved pages or spreadsheets -> drafts of its articles.tsv and zones.tsv.

Nothing that is there is changed or overwritten. What a draft says of an article is guessed from its lines;
the column `guessed` says what, and from which line, so that one can look and correct it.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from bs4.dammit import EncodingDetector
from tqdm import tqdm

from corpus_lib.articles import ARTICLE_COLUMNS, NOTE_COLUMNS
from corpus_lib.characters import HALF_WIDTH
from corpus_lib.ingest.encodings import WIDER, read_bytes, reads_as
from corpus_lib.ingest.pages import GUESSED, TEXT_MOST, TITLE_MOST, draft_zones, page_text, zone_lines
from corpus_lib.zone_rules import OUTLET
from corpus_lib.zones import LINE_END

# The columns of a spreadsheet that we know by name; its other columns may group the articles.
KNOWN = {
    **dict.fromkeys(["content", "body", "正文", "内容", "全文", "文本"], "text"),
    **dict.fromkeys(["headline", "标题", "题目", "题名"], "title"),
    **dict.fromkeys(["published", "日期", "时间", "发布时间", "发布日期"], "date"),
    **dict.fromkeys(["source", "media", "来源", "媒体", "报纸"], "outlet"),
}
# How a table is written: a tab between two cells, and no quoting.
TSV: dict[str, Any] = {"sep": "\t", "index": False, "quoting": csv.QUOTE_NONE, "lineterminator": "\n"}
# A date with its year, and what a byline names as its source.
DATE = re.compile(r"(?<!\d)((?:19|20)\d\d) ?[-年./] ?(1[0-2]|0?[1-9]) ?[-月./] ?(3[01]|[12]\d|0?[1-9])(?!\d)")
SOURCE = re.compile(rf"来源[:：] ?([^\s|()（）]+)|({OUTLET})")


def draft_folder(folder: str | Path) -> list[Path]:
    """Draft the tables of a folder, and a text beside each saved page and each row of a spreadsheet.

    In: a folder with `*.txt`, `*.html` or `*.csv` (with a column text, content or 正文), and without
    `articles.tsv`. Out: the paths of the files written: the texts, `articles.tsv`, and `zones.tsv` where the
    rules would take parts of a page for the article. Raises ValueError where nothing is to be read, for a
    spreadsheet without texts, and for a name that no table can hold.

    It misleads where a page shows the date or the title of another: look at `guessed`, then delete it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder: give the folder that holds the articles.")
    if (folder / "articles.tsv").exists():
        raise ValueError(f"{folder} has an articles.tsv: nothing is overwritten. Move it to draft one anew.")
    sources = [{"doc_id": f"{i:03}", **source} for i, source in enumerate(_read_sources(folder))]
    files = {source["file"]: source["text"] for source in sources}
    rows, zones = [], []
    for source in tqdm(sources, "drafting", delay=2):
        rows.append(_describe(source))
        found = draft_zones(source["text"], source.get("hint", ""))
        zones += [(source["doc_id"], str(n), text, zone, GUESSED) for n, text, zone in found]
    files["articles.tsv"] = pd.DataFrame(rows).fillna("").to_csv(**TSV)
    if zones:
        files["zones.tsv"] = pd.DataFrame(zones, columns=NOTE_COLUMNS["zones"]).to_csv(**TSV)
    written = [folder / name for name in files if not (folder / name).exists()]
    for path in written:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(files[path.name])
    return written


def _read_sources(folder: Path) -> list[dict[str, Any]]:
    """Read what a folder holds, in the order of the names; a text beside its page is read in its place."""
    kinds = [(path.suffix.lower(), path) for path in folder.iterdir() if path.is_file()]
    found: dict[str, dict[str, Any]] = {}
    for kind, path in tqdm(sorted(pair for pair in kinds if pair[0] in READERS), "reading", delay=2):
        if path.name != _cell(path.name):
            raise ValueError(f"{folder} has a file {path.name!a}: rename it to {_cell(path.name)!a}.")
        for source in READERS[kind](path):
            if source["file"] in found and kind != ".txt":
                raise ValueError(f"{path} and another file both give {source['file']}: rename one of them.")
            found[source["file"]] = found.get(source["file"], {}) | source
    if not found:
        raise ValueError(f"{folder} has no *.txt, *.html or *.csv with a text: put the articles there.")
    return [found[name] for name in sorted(found)]


def _read_txt(path: Path) -> Iterator[dict[str, Any]]:
    """Read an article as received."""
    yield {"file": path.name, **dict(zip(("encoding", "text"), read_bytes(path.read_bytes()), strict=True))}


def _read_html(path: Path) -> Iterator[dict[str, Any]]:
    """Read the text of a saved page, in the encoding that it declares if it can be read so."""
    data = path.read_bytes()
    declared = (EncodingDetector.find_declared_encoding(data, is_html=True) or "utf-8").lower()
    text, title = page_text(reads_as(data, WIDER.get(declared, declared)) or read_bytes(data)[1])
    yield {"file": f"{path.stem}.txt", "text": text, "encoding": "", "hint": title}


def _read_csv(path: Path) -> Iterator[dict[str, Any]]:
    """Read the rows of a spreadsheet that have a text; of two columns with one name the first counts."""
    text = read_bytes(path.read_bytes())[1]
    mark = max(",;\t", key=text.partition("\n")[0].count)
    try:
        cells = pd.read_csv(io.StringIO(text), sep=mark, header=None, dtype="str", keep_default_na=False)
    except ValueError as error:
        raise ValueError(f"{path} cannot be read ({error}): save it again as CSV, UTF-8.") from None
    header, *rows = cells.fillna("").to_numpy().tolist()
    names = [KNOWN.get(name, name) for name in map(str.lower, map(_cell, header))]
    if "text" not in names:
        raise ValueError(f"{path} has the columns {', '.join(names)}: name that of the articles text.")
    for n, row in enumerate(rows, 1):
        own = {name: cell for name, cell in zip(names[::-1], row[::-1], strict=True) if name and cell.strip()}
        if text := own.pop("text", ""):
            own = {name: _cell(cell) for name, cell in own.items()}
            yield {**own, "file": f"{path.stem}_{n:04}.txt", "text": f"{text}\n", "encoding": ""}


READERS = {".txt": _read_txt, ".html": _read_html, ".htm": _read_html, ".csv": _read_csv}


def _describe(source: dict[str, Any]) -> dict[str, Any]:
    """Make the row of an article: what its source says, and what its lines let us guess."""
    about = _guess(LINE_END.split(source["text"][:TEXT_MOST])[::2], source.get("hint", ""))
    found = {name: (_cell(text), i + 1) for name, text, i in about if name not in source}
    basis = f"guessed from line {found['date'][1]}" if "date" in found else "given" * ("date" in source)
    guessed = [f"{name}: line {n}" for name, (_, n) in found.items()]
    guessed += ["encoding"] * bool(source["encoding"])
    row = dict.fromkeys(ARTICLE_COLUMNS, "") | source | {name: text for name, (text, _) in found.items()}
    row |= {"date_basis": basis, "guessed": " | ".join(guessed)}
    return {name: cell for name, cell in row.items() if name not in ("text", "hint")}


def _guess(lines: list[str], hint: str) -> Iterator[tuple[str, str, int]]:
    """Guess title, date and outlet, the likeliest last: what it is, its text, the number of its line from 0.

    Dates and outlets are looked for in bylines, those below the title first. A date of a month is none.
    """
    parts = zone_lines(lines, hint)
    title = next((i for i, line in enumerate(parts) if line[0][0] == "title"), -1)
    if title >= 0 and len(lines[title]) <= TITLE_MOST:
        yield "title", lines[title], title
    for i in [*range(title - 1, -1, -1), *range(len(lines) - 1, title, -1)]:
        text = " ".join(part for zone, part in parts[i] if zone == "byline").translate(HALF_WIDTH)
        for day in reversed(DATE.findall(text)):
            yield "date", "{}-{:0>2}-{:0>2}".format(*day), i
        if outlet := SOURCE.search(text):
            yield "outlet", outlet[1] or outlet[2], i


def _cell(text: str) -> str:
    """Write a text so that it fits one cell of a table."""
    return re.sub('"+', '"', " ".join(re.sub("[\x00-\x1f\x7f\ud800-\udfff]", " ", text).split()))
