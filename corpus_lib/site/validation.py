"""Find the faults of a built site that can be found by reading its files.

Layout, contrast and alternative texts are left to the check in a browser (`make check-pages`).
"""

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import chain
from pathlib import Path
from unicodedata import category
from urllib.parse import unquote

from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from corpus_lib.charts.tables import INVISIBLE
from corpus_lib.site.pages import CHINESE, POLICY, SCRIPT

# The largest page, in bytes: a page of this size still opens at once.
LARGEST = 1_500_000
# Attributes that load or open something, and elements that serve only to do so.
ATTRIBUTES = re.compile("src|srcset|(xlink:)?href|action|formaction|poster|data|ping|background|cite")
ELEMENTS = re.compile("^(link|iframe|frame|object|embed|base|form|video|audio|portal|applet)$")
# Text in a style sheet that may load something. `url(data:…)` is in the page itself.
STYLED = re.compile(r"@import|url\((?!\s*[\"']?data:)|image-set\(|expression\(", re.IGNORECASE)


def find_faults(site: str | Path) -> list[str]:
    """List the faults of every page of a site, each with its page; a good site gives an empty list.

    A page must load nothing from outside and run only its own script. Each link must lead to a file or
    an anchor of the site. Chinese must be marked as Chinese, and the font must have its characters.
    """
    site = Path(site)
    pages = {path.name: path.read_text(encoding="utf-8") for path in sorted(site.glob("*.html"))}
    soups = {name: BeautifulSoup(html, "html.parser") for name, html in pages.items()}
    targets = {p.relative_to(site).as_posix(): set[str]() for p in site.rglob("*") if p.is_file()}
    targets |= {name: {str(tag["id"]) for tag in soup.select("[id]")} for name, soup in soups.items()}
    faults = [] if pages else [f"{site}: there are no pages"]
    for name, soup in soups.items():
        found = chain(_links(soup, targets | {"": targets[name]}), _code(soup), _text(soup))
        faults += [f"{name}: {fault}" for fault in found]
        if (size := len(pages[name].encode())) > LARGEST:
            faults.append(f"{name}: {size:,} bytes, more than {LARGEST:,}: show fewer rows or fewer articles")
    return faults


def _links(soup: BeautifulSoup, targets: Mapping[str, set[str]]) -> Iterator[str]:
    """Find what a page would load, and each link that leads to no file or anchor of the `targets`."""
    yield from (f"<{tag.name}> loads or opens something" for tag in soup.find_all(ELEMENTS))
    for tag in soup.find_all(True):
        for name in filter(ATTRIBUTES.fullmatch, tag.attrs):
            address = str(tag[name])
            file, _, anchor = address.partition("#")
            if address.startswith("data:image/png;base64,") and tag.name == "img":
                continue
            if address.startswith(("https://", "http://")) and (tag.name, name) == ("a", "href"):
                continue  # a reference: a reader may follow it, and the page loads nothing
            if unquote(file) not in targets:
                yield f"<{tag.name} {name}> leads to no file of the site: {address[:80]}"
            elif (anchor or not file) and unquote(anchor) not in targets[unquote(file)]:
                yield f"<{tag.name} {name}> leads to an anchor that does not exist: {address[:80]}"


def _code(soup: BeautifulSoup) -> Iterator[str]:
    """Find other scripts than the page's own, a weaker policy, and styles that would load something."""
    if [script.get_text() for script in soup.find_all("script")] != [SCRIPT]:
        yield "its scripts are not exactly the one of corpus_lib/site/template/page.js"
    for tag in soup.find_all(True):
        yield from (f"<{tag.name}> has a script in {a}" for a in tag.attrs if a.lower().startswith("on"))
    if any(str(meta.get("http-equiv", "")).lower() == "refresh" for meta in soup.find_all("meta")):
        yield "it opens another page by itself"
    policy = soup.select_one("head meta[http-equiv=Content-Security-Policy]")
    if policy is None or policy["content"] != POLICY or policy.find_previous(["style", "script", "link"]):
        yield "no policy forbids it to load anything and to run other scripts than its own"
    styles = [style.get_text() for style in soup.find_all("style")]
    styles += [str(tag["style"]) for tag in soup.select("[style]")]
    yield from (f"a style has {found[0]!r}" for style in styles for found in STYLED.finditer(style))


def _text(soup: BeautifulSoup) -> Iterator[str]:
    """Find Chinese that is not marked as Chinese, and visible characters that the page's font lacks."""
    for text in soup.find_all(string=CHINESE):
        near = text.find_parent(lang=True) or {"lang": ""}
        if not str(near["lang"]).startswith("zh") and not text.find_parent(["style", "script", "title"]):
            yield f"Chinese that is not marked as Chinese: {text.strip()[:20]}"
    styles = "".join(style.get_text() for style in soup.find_all("style"))
    fonts = re.findall(r"data:font/woff;base64,([A-Za-z0-9+/=]+)", styles)
    has = {code for font in fonts for code in TTFont(BytesIO(b64decode(font))).getBestCmap() or {}}
    drawn = {c for c in soup.get_text() if not c.isascii() and category(c) not in INVISIBLE}
    for c in sorted(c for c in drawn if ord(c) not in has):
        near = soup.select_one(f"[id]:not(main):-soup-contains('{c}')") or {"id": "text"}
        yield f"no glyph for {c} (U+{ord(c):04X}) at #{near['id']}: the font lacks it"
