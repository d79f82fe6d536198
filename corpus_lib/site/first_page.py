"""A text in Markdown, the notebooks -> the study's first page.

The abstract is notebooks/index.md. A line of it that reads

    ![Topics of each article](03#figure-1)

shows the chart of the cell with the tag `figure-1` in notebook 03, with its alternative text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import requires, version
from platform import python_version
from typing import Any

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbformat import NotebookNode

from corpus_lib.site.pages import Heading, read_html
from corpus_lib.site.prose import WORDS

# A chart of a notebook: the caption, the notebook's key, the tag of the cell. A binding comment may follow.
CHART = re.compile(r"^!\[(.+)\]\((\w+)#(figure-\d+)\)(?: *<!--.*-->)?$", re.MULTILINE)

# A heading with a number in it is a finding; one without only says where one is.
NUMBER = re.compile(rf"\d|\b({'|'.join(WORDS)})\b", re.IGNORECASE)

# A part of the page: plain values by their names, for the template.
Part = dict[str, Any]


def lay_out_abstract(text: str, notebooks: Mapping[str, NotebookNode]) -> list[Part]:
    r"""Split the abstract into prose, as HTML, and charts: caption, picture, width, alternative text.

    In: `notebooks`, executed, by their keys. Raises ValueError for a chart that is not there.

    >>> lay_out_abstract("So.\n", {})
    [{'html': Markup('<p>So.</p>')}]
    """
    pieces = CHART.split(text)
    parts: list[Part] = [{"html": _prose(pieces[0])}]
    for caption, key, tag, prose in zip(*(pieces[i::4] for i in (1, 2, 3, 4)), strict=True):
        parts += [{"caption": caption, **_chart(notebooks, key, tag)}, {"html": _prose(prose)}]
    return [part for part in parts if part.get("html") != ""]


def find_findings(headings: list[Heading]) -> list[Heading]:
    """Keep the headings of the second level that say a number: the findings of a page."""
    return [heading for heading in headings if heading.level == 2 and NUMBER.search(heading.text)]


def list_versions() -> str:
    """List what the study runs on: Python, and each package that the library asks for."""
    asked = [re.split(r"[^\w.-]", line)[0] for line in requires("corpus-lib") or [] if "extra ==" not in line]
    rows = [("python", python_version()), *((name, version(name)) for name in sorted(asked))]
    return "".join(f"{name} {number}\n" for name, number in rows)


def _chart(notebooks: Mapping[str, NotebookNode], key: str, tag: str) -> Part:
    """Find the picture of a notebook's tagged cell."""
    cells = notebooks[key].cells if key in notebooks else []
    tagged = [cell for cell in cells if tag in cell.metadata.get("tags", [])]
    for output in (output for cell in tagged for output in cell.get("outputs", [])):
        if "image/png" in output.get("data", {}):
            about = output.metadata.get("image/png", {})
            data = output.data["image/png"].replace("\n", "")
            return {"data": data, "width": about.get("width", 720), "alt": about.get("alt", "")}
    raise ValueError(f"index.md shows {key}#{tag}: no cell of notebook {key} with that tag has a chart.")


def _prose(text: str) -> Markup:
    """Turn Markdown into HTML, its headings with anchors, its comments gone."""
    return Markup(str(read_html(markdown2html_mistune(text.strip()))).strip())
