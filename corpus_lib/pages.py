"""HTML -> HTML that needs nothing from outside and says which of its words are Chinese."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape
from io import BytesIO

from bs4 import BeautifulSoup, Comment
from fontTools import subset
from pylopdf_fonts_zh_cn import sans_path

# A run of Chinese: characters and the marks that only Chinese fonts have.
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


def mark_chinese(html: str) -> str:
    """Mark every run of Chinese as Chinese, for screen readers and for fonts; drop the comments.

    Headings get an anchor each, made of their words.

    >>> mark_chinese("<p>about 公安<!--=n--> here</p>")
    '<p>about <span lang="zh-Hans">公安</span> here</p>'
    """
    soup = BeautifulSoup(html, "html.parser")
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for heading in soup.find_all(["h1", "h2", "h3"]):
        heading["id"] = anchor(heading.get_text())
    for text in soup.find_all(string=CHINESE):
        if text.find_parent(["style", "script", "title"]) is None:
            spans = CHINESE.sub(
                lambda m: f'<span lang="zh-Hans">{m[0]}</span>', escape(str(text), quote=False)
            )
            text.replace_with(BeautifulSoup(spans, "html.parser"))
    return str(soup)


def anchor(heading: str) -> str:
    """Make the anchor of a heading from its words.

    >>> anchor("Of 147 words, 公安 leads")
    'of-147-words-公安-leads'
    """
    return re.sub(r"\W+", "-", heading.lower()).strip("-")


def embed_font(html: str) -> str:
    """Put the Chinese characters that a page shows into the page, as a font of just these.

    Without it a machine that has no Chinese font shows empty boxes. The whole font is 8 MB;
    the part of it that a page needs is about 200 kB.
    """
    shown = "".join(sorted(set("".join(CHINESE.findall(html)))))
    options = subset.Options(flavor="woff", recalc_timestamp=False, layout_features=[], hinting=False)
    buffer = BytesIO()
    with subset.load_font(str(sans_path()), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=shown)
        subsetter.subset(font)
        subset.save_font(font, buffer, options)
    data = b64encode(buffer.getvalue()).decode("ascii")
    face = f'@font-face {{ font-family: "Study"; src: url("data:font/woff;base64,{data}") format("woff"); }}'
    return html.replace("<style>", f"<style>\n{face}", 1)
