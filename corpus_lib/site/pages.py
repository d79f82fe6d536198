"""Make HTML pages that load nothing from outside and mark their Chinese."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString
from fontTools import subset
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pylopdf_fonts_zh_cn import sans_path

from corpus_lib.charts.tables import drawable

TEMPLATES = Path(__file__).parent / "template"
ENVIRONMENT = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)

# A run of Chinese: characters, and punctuation that only Chinese fonts have.
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
# Anchors of the page itself, which no heading may take. Links to places have the anchors at-1, at-2 ….
RESERVED = re.compile(r"text|glosses|note|at-\d+")

# The only script that a page may run, and the policy that says so: a page may load nothing else than
# the pictures and the font that it contains.
SCRIPT = f"\n{ENVIRONMENT.get_template('page.js').render()}"
POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src "
    f"'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'; base-uri 'none'; form-action 'none'"
)


class Page(NamedTuple):
    """A page before it is written: the name of its file, its title, its label in lists of pages, its text."""

    name: str
    title: str
    label: str
    soup: BeautifulSoup


def render(template: str, **values: Any) -> str:
    """Fill a template; all values are escaped except those marked as HTML. A missing value is an error."""
    return ENVIRONMENT.get_template(template).render(**values)


def render_page(page: Page, pages: Sequence[Page], row: Sequence[Page] = ()) -> str:
    """Put the frame around the text of a page, and mark its Chinese.

    In: `pages`, which every page links to; a page alone has none. `row` has the pages before and after it.
    """
    marked_up = {"script": Markup(SCRIPT), "body": Markup(str(page.soup))}
    soup = parse(render("page.html.j2", page=page, pages=pages, row=row, policy=POLICY, **marked_up))
    mark_chinese(soup)
    return str(soup)


def parse(html: str) -> BeautifulSoup:
    """Parse HTML, and keep the spaces in paragraphs: those of an article belong to its text."""
    return BeautifulSoup(html, "html.parser", preserve_whitespace_tags={"p", "pre", "textarea"})


def read_html(html: str) -> BeautifulSoup:
    """Parse HTML without comments and anchor links, and give each heading an anchor made of its words.

    An anchor has only the Latin letters and digits, so that every tool can follow it. A comment under a
    heading, `<!-- contents: Topics -->`, is its short label in the list of contents.

    >>> str(read_html("<h2>Of 147 words, 公安</h2><h2>Of 147 words</h2><!-- = -->"))
    '<h2 id="of-147-words">Of 147 words, 公安</h2><h2 id="of-147-words-2">Of 147 words</h2>'
    """
    soup = parse(html)
    hidden = soup.find_all(string=lambda text: isinstance(text, Comment))
    for part in [*hidden, *soup.select("a.anchor-link")]:
        if (label := re.match(" *contents:(.+)", str(part))) and (above := part.find_previous("h2")):
            above["data-short"] = label[1].strip()
        part.extract()
    taken = {str(tag["id"]) for tag in soup.select("[id]:not(h1, h2, h3)")}
    for heading in soup.find_all(["h1", "h2", "h3"]):
        words = re.sub(r"[^a-z0-9]+", "-", heading.get_text().lower()).strip("-") or "heading"
        anchors = chain([words], (f"{words}-{n}" for n in count(2)))
        heading["id"] = next(a for a in anchors if a not in taken and not RESERVED.fullmatch(a))
        taken.add(str(heading["id"]))
    return soup


def read_page(name: str, html: str, label: str = "") -> Page:
    """Read a page. Its title is its first heading, and its label the title up to the first colon."""
    soup = read_html(html)
    for link in soup.select("a[href$='.ipynb']"):  # a link between notebooks is one between their pages
        link["href"] = str(link["href"]).removesuffix(".ipynb") + ".html"
    heading = soup.find(["h1", "h2", "h3"])
    title = heading.get_text().strip() if heading else name
    return Page(name, title, label or title.split(":")[0], soup)


def mark_chinese(soup: BeautifulSoup) -> None:
    """Mark every run of Chinese with its language, for screen readers and fonts. Changes the page in place.

    >>> soup = BeautifulSoup("<p>about 公安 here</p>", "html.parser")
    >>> mark_chinese(soup)
    >>> str(soup)
    '<p>about <span lang="zh-Hans">公安</span> here</p>'
    """
    for text in soup.find_all(string=CHINESE):
        if text.parent and not text.parent.css.closest("style, script, title, [lang|=zh]"):
            wrap_matches(text, CHINESE, lambda run: soup.new_tag("span", string=run, lang="zh-Hans"))


def wrap_matches(text: NavigableString, pattern: re.Pattern[str], wrap: Callable[[str], Tag | None]) -> None:
    """Replace each match in a text of a page by the tag that `wrap` makes of it; None leaves it as text."""
    pieces = re.split(f"({pattern.pattern})", text)
    tags = [wrap(piece) if i % 2 else None for i, piece in enumerate(pieces)]
    text.replace_with(*(tag or NavigableString(piece) for tag, piece in zip(tags, pieces, strict=True)))


def embed_fonts(pages: Mapping[str, str]) -> dict[str, str]:
    """Add to each page a font with the characters beyond ASCII that it uses.

    Without it, a machine that has no Chinese font shows empty boxes. The whole font has 8 MB, and a page
    needs about 200 kB of it. The whole font is slow to open, so it is first cut to what all pages use.
    A character that the font lacks is shown by its code point, as [U+1F600].
    """
    pages = {name: drawable(html) for name, html in pages.items()}
    used = {name: {c for c in html if not c.isascii()} for name, html in pages.items()}
    font = _cut(sans_path().read_bytes(), set().union(*used.values()))
    face = '<style>\n@font-face { font-family: "Study"; src: url("data:font/woff;base64,'
    cut = {name: b64encode(_cut(font, characters, "woff")).decode() for name, characters in used.items()}
    return {name: html.replace(face, face + cut[name], 1) for name, html in pages.items()}


def _cut(font: bytes, characters: set[str], flavor: str | None = None) -> bytes:
    """Keep only some characters of a font."""
    options = subset.Options(flavor=flavor, recalc_timestamp=False, layout_features=[], hinting=False)
    buffer = BytesIO()
    with subset.load_font(BytesIO(font), options) as opened:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(sorted(characters)))
        subsetter.subset(opened)
        subset.save_font(opened, buffer, options)
    return buffer.getvalue()
