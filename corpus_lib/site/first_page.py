"""A text in Markdown, the values of the notebooks, the files of the study -> the study's first page.

The abstract is written by a person in notebooks/index.md. A line of it that reads

    ![Frequent words by the number of articles that have them](bars 02: by_articles)

is drawn as bars: notebook 02 is asked for `by_articles`, numbers by their labels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import requires, version
from pathlib import Path
from platform import python_version
from typing import Any

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from corpus_lib.charts.tables import short
from corpus_lib.site.claims import BARS, WORDS, Value
from corpus_lib.site.pages import Heading, read_html

# A heading with a number in it is a finding; one without only says where one is.
NUMBER = re.compile(rf"\d|\b({'|'.join(WORDS)})\b", re.IGNORECASE)

# The folders whose files the study is made from: the checksums of these stand on the page.
MADE_FROM = ["seeds/*.txt", "seeds/*.tsv", "notebooks/*.ipynb", "notebooks/index.md"]


# A part of the page: plain values by their names, for the template.
Part = dict[str, Any]


def lay_out_abstract(text: str, values: Mapping[str, Mapping[str, Value]]) -> list[Part]:
    r"""Cut the abstract into prose, as HTML, and bars: their caption, and rows of label, number, width.

    `values` gives for each notebook, by its number, what it was asked (`running.Run.values`). Bars begin
    at nought; the longest has a width of 1. Raises ValueError where a notebook gave no numbers.

    >>> parts = lay_out_abstract("So.\n\n![Words](bars 02: n)\n", {"02": {"n": {"one": 2.0, "two": 1.0}}})
    >>> parts[0], parts[1]["rows"]
    ({'html': Markup('<p>So.</p>')}, [('one', '2', 1.0), ('two', '1', 0.5)])
    """
    pieces = BARS.split(text)
    parts: list[Part] = [{"html": _prose(pieces[0])}]
    for caption, notebook, asked, prose in zip(*(pieces[i::4] for i in (1, 2, 3, 4)), strict=True):
        numbers = values[notebook][asked]
        if (
            not isinstance(numbers, Mapping)
            or not numbers
            or min(numbers.values()) < 0
            or not any(numbers.values())
        ):
            raise ValueError(
                f"Notebook {notebook} gives {numbers!r} for {asked!r}: bars want numbers by label."
            )
        most = max(numbers.values())
        rows = [(label, short(n), round(n / most, 3)) for label, n in numbers.items()]
        parts += [{"caption": re.sub("<!--.*?-->", "", caption), "rows": rows}, {"html": _prose(prose)}]
    return [part for part in parts if part.get("html") != ""]


def find_findings(headings: list[Heading]) -> list[Heading]:
    """Keep the headings of the second level that say a number: the findings of a page."""
    return [heading for heading in headings if heading.level == 2 and NUMBER.search(heading.text)]


def list_versions() -> list[tuple[str, str]]:
    """List what the study runs on: Python, and each package that the library asks for."""
    asked = [re.split(r"[^\w.-]", line)[0] for line in requires("corpus-lib") or [] if "extra ==" not in line]
    return [("Python", python_version()), *((name, version(name)) for name in sorted(asked))]


def list_checksums(root: Path) -> list[tuple[str, str]]:
    """List the files that the study is made from, each with its SHA-256."""
    files = [path for pattern in MADE_FROM for path in sorted(root.glob(pattern))]
    return [(path.relative_to(root).as_posix(), checksum(path)) for path in files]


def checksum(path: Path) -> str:
    """Give the SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


def _prose(text: str) -> Markup:
    """Turn Markdown into HTML, its headings with anchors, its comments gone."""
    return Markup(str(read_html(markdown2html_mistune(text.strip()))).strip())
