"""HTML -> HTML that needs nothing from outside and says which of its words are Chinese.

`render` fills the templates; what comes from a corpus or a notebook is escaped there.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from html import escape
from io import BytesIO
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Comment
from fontTools import subset
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pylopdf_fonts_zh_cn import sans_path

TEMPLATES = Path(__file__).parent / "template"

# A run of Chinese: characters and the marks that only Chinese fonts have.
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")

# What a page shows beyond plain Latin: these characters it carries with it, where the font has them.
BEYOND_LATIN = re.compile(r"[^\x00-\x7f]")


# The anchors of the page itself: no heading may take them.
OWN = ["text", "gloss", "between"]

# What a page may load: only the pictures and the font that it carries. It runs one script, its own.
POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "script-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
)


class Heading(NamedTuple):
    """A heading: its level, its anchor and its words."""

    level: int
    id: str
    text: str


def render(template: str, **values: Any) -> str:
    """Fill a template of the library; every value is escaped, unless it is marked as HTML already."""
    return _templates().get_template(template).render(**values)


def render_page(body: str, **values: Any) -> str:
    """Put the page around a text in HTML, and mark its Chinese.

    `values`: `name, title, pages, before, after, contents`; see the template. The page's policy
    lets it load nothing and run its own script only, which is known by its hash.
    """
    script = f"\n{(TEMPLATES / 'page.js').read_text(encoding='utf-8')}"
    digest = hash_script(script)
    html = render(
        "page.html.j2",
        body=Markup(body),
        style=Markup((TEMPLATES / "page.css").read_text(encoding="utf-8")),
        script=Markup(script),
        policy=POLICY.format(digest),
        **values,
    )
    soup = parse(html)
    mark_chinese(soup)
    return str(soup)


def hash_script(script: str) -> str:
    """Give the hash by which a policy knows a script."""
    return b64encode(sha256(script.encode()).digest()).decode("ascii")


def parse(html: str) -> BeautifulSoup:
    """Parse HTML and keep the blanks of paragraphs as they are: those of an article are its own."""
    return BeautifulSoup(html, "html.parser", preserve_whitespace_tags={"p", "pre", "textarea"})


def read_html(html: str) -> BeautifulSoup:
    """Read a text in HTML: comments and pilcrows go, headings get an anchor each, made of their words.

    >>> str(read_html("<h2>Of 147 words</h2><h2>Of 147 words</h2><!-- = -->"))
    '<h2 id="of-147-words">Of 147 words</h2><h2 id="of-147-words-2">Of 147 words</h2>'
    """
    soup = parse(html)
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for pilcrow in soup.select("a.anchor-link"):
        pilcrow.decompose()
    taken = {*OWN, *(str(tag["id"]) for tag in soup.select("[id]:not(h1, h2, h3)"))}
    for heading in soup.find_all(["h1", "h2", "h3"]):
        name = _free(anchor(heading.get_text()), taken)
        heading["id"] = name
        taken.add(name)
    return soup


def _free(name: str, taken: set[str]) -> str:
    """Give a name, or the first of name-2, name-3 … that is free; at-1 is the name of a link to a place."""
    others = (f"{name}-{n}" for n in count(2))
    return next(n for n in chain([name], others) if n not in taken and not re.fullmatch(r"at-\d+", n))


def headings(soup: BeautifulSoup) -> list[Heading]:
    """List the headings of a text that `read_html` has read."""
    found = soup.find_all(["h1", "h2", "h3"])
    return [Heading(int(h.name[1]), str(h["id"]), h.get_text().strip()) for h in found]


def mark_chinese(soup: BeautifulSoup) -> None:
    """Mark every run of Chinese as Chinese, for screen readers and for fonts. The page is changed in place.

    >>> soup = BeautifulSoup("<p>about 公安 here</p>", "html.parser")
    >>> mark_chinese(soup)
    >>> str(soup)
    '<p>about <span lang="zh-Hans">公安</span> here</p>'
    """
    for text in soup.find_all(string=CHINESE):
        if text.find_parent(["style", "script", "title"]) or text.find_parent(lang=re.compile("^zh")):
            continue
        spans = CHINESE.sub(lambda m: f'<span lang="zh-Hans">{m[0]}</span>', escape(str(text), quote=False))
        text.replace_with(BeautifulSoup(spans, "html.parser"))


def anchor(heading: str) -> str:
    """Make the anchor of a heading from its words; Chinese is left out, so that any tool can follow it.

    >>> anchor("Of 147 words, 公安 leads")
    'of-147-words-leads'
    """
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") or "heading"


def embed_fonts(pages: Mapping[str, str]) -> dict[str, str]:
    """Put the characters beyond Latin that each page shows into it, as a font of just these.

    Without it a machine that has no Chinese font shows empty boxes. The whole font is 8 MB;
    the part of it that a page needs is about 200 kB. It is cut to what all pages show first,
    since the whole is slow to open.
    """
    shown = {name: set(BEYOND_LATIN.findall(html)) for name, html in pages.items()}
    font = _cut(sans_path().read_bytes(), set().union(*shown.values()))
    return {name: _embed(html, _cut(font, shown[name], "woff")) for name, html in pages.items()}


def _cut(font: bytes, characters: set[str], flavor: str | None = None) -> bytes:
    """Cut a font to some of its characters."""
    options = subset.Options(flavor=flavor, recalc_timestamp=False, layout_features=[], hinting=False)
    buffer = BytesIO()
    with subset.load_font(BytesIO(font), options) as opened:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(sorted(characters)))
        subsetter.subset(opened)
        subset.save_font(opened, buffer, options)
    return buffer.getvalue()


def _embed(html: str, font: bytes) -> str:
    """Put a font into the style sheet of a page."""
    data = b64encode(font).decode("ascii")
    face = f'@font-face {{ font-family: "Study"; src: url("data:font/woff;base64,{data}") format("woff"); }}'
    return html.replace("<style>", f"<style>\n{face}", 1)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    """Open the library's templates; a value that is missing is an error, and every other is escaped."""
    loader = FileSystemLoader(TEMPLATES, encoding="utf-8")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
