"""A built site -> its faults: what its pages fetch, what leads nowhere, what cannot be read or heard.

The files are read, not run: what is not in them cannot happen. Each rule is a function of a page.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from unicodedata import category
from urllib.parse import unquote

from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from corpus_lib.site.pages import POLICY, hash_script

# A page that takes longer to open than to read is no help; two megabytes open at once anywhere.
LARGEST = 2_000_000

# Attributes by which a page reaches for something, and elements that do nothing else.
REACHING = [
    *("src", "srcset", "href", "xlink:href", "action", "formaction"),
    *("poster", "data", "ping", "background", "cite"),
]
REACHERS = [
    *("link", "iframe", "frame", "object", "embed", "base"),
    *("form", "video", "audio", "portal", "applet"),
]

# Words by which a script reaches for something, or writes a page anew.
SCRIPTED = re.compile(
    r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|Worker|eval|Function)\b\s*\("
    r"|\bimport\b\s*[(\"'{*]|\.(src|href|innerHTML|outerHTML)\s*=|document\.write|\bopen\s*\("
)

# What a style sheet may name is in the page: data, and no more.
STYLED = re.compile(r"@import|url\((?!\s*[\"']?data:)|image-set\(|expression\(", re.IGNORECASE)

CHINESE = re.compile(r"[\u3400-\u9fff]")


def find_faults(site: str | Path) -> list[str]:
    """List the faults of every page of a site, each with its page; no fault is an empty list.

    A page loads nothing from outside. Each link and anchor leads somewhere. Chinese is marked as Chinese.
    Every character beyond Latin has a glyph. The files are read and not run, so layout, contrast,
    headings and alternative texts are left to the check in a browser (`make check-pages`).
    """
    site = Path(site)
    soups = {
        p.name: BeautifulSoup(p.read_text(encoding="utf-8"), "html.parser")
        for p in sorted(site.glob("*.html"))
    }
    targets = {p.relative_to(site).as_posix(): set[str]() for p in site.rglob("*") if p.is_file()}
    targets |= {name: {str(tag["id"]) for tag in soup.select("[id]")} for name, soup in soups.items()}
    found = [
        f"{name}: {fault}"
        for name, soup in soups.items()
        for rule in RULES
        for fault in rule(soup, targets | {"": targets[name]})
    ]
    sizes = {name: (site / name).stat().st_size for name in soups}
    large = [
        f"{name}: {size:,} bytes, more than {LARGEST:,}: show fewer rows, or fewer articles"
        for name, size in sizes.items()
        if size > LARGEST
    ]
    return found + large or ([] if soups else [f"{site}: there are no pages"])


def reaches_out(soup: BeautifulSoup, targets: Mapping[str, set[str]]) -> Iterator[str]:
    """Find what a page would fetch, and each link that leads nowhere."""
    for tag in soup.find_all(REACHERS):
        yield f"<{tag.name}> reaches out"
    for tag in soup.find_all(True):
        for name in set(REACHING) & set(tag.attrs):
            address = str(tag[name])
            if address.startswith("data:image/png;base64,") and tag.name == "img":
                continue
            file, _, anchor = address.partition("#")
            if unquote(file) not in targets:
                yield f"<{tag.name} {name}> leads out, or nowhere: {address[:80]}"
            elif (anchor or not file) and unquote(anchor) not in targets[unquote(file)]:
                yield f"<{tag.name} {name}> leads to an anchor that is not there: {address[:80]}"


def runs_or_styles_from_outside(soup: BeautifulSoup, _: Mapping[str, set[str]]) -> Iterator[str]:
    """Find scripts beyond the page's own, what these fetch, and styles that name anything outside."""
    scripts = soup.find_all("script")
    if len(scripts) > 1:
        yield f"{len(scripts)} scripts, and one is the page's own"
    for script in scripts:
        yield from (f"its script has {m[0].strip()!r}" for m in SCRIPTED.finditer(script.get_text()))
    for tag in soup.find_all(True):
        yield from (
            f"<{tag.name}> has a script in {name}" for name in tag.attrs if name.lower().startswith("on")
        )
    styles = [style.get_text() for style in soup.find_all("style")]
    styles += [str(tag["style"]) for tag in soup.select("[style]")]
    yield from (f"a style has {m[0]!r}" for style in styles for m in STYLED.finditer(style))
    if any(str(meta.get("http-equiv", "")).lower() == "refresh" for meta in soup.find_all("meta")):
        yield "it sends its reader elsewhere"
    policy = soup.select_one("head meta[http-equiv=Content-Security-Policy]")
    wanted = [POLICY.format(hash_script(script.get_text())) for script in scripts]
    if policy is None or [policy["content"]] != wanted or policy.find_previous(["style", "script", "link"]):
        yield "no policy that forbids it to load anything, and to run any script but its own"


def hides_its_language(soup: BeautifulSoup, _: Mapping[str, set[str]]) -> Iterator[str]:
    """Find Chinese that is not marked as Chinese, which no browser can tell."""
    for text in soup.find_all(string=CHINESE):
        near = text.find_parent(lang=True)
        marked = near is not None and str(near["lang"]).startswith("zh")
        if not marked and not text.find_parent(["style", "script", "title"]):
            yield f"Chinese that is not marked as Chinese: {text.strip()[:20]}"


def lacks_glyphs(soup: BeautifulSoup, _: Mapping[str, set[str]]) -> Iterator[str]:
    """Find characters beyond Latin that a page shows and its own font has not.

    Marks that are not drawn (joiners, directions) and blanks need no glyph.
    """
    fonts = re.findall(
        r"data:font/woff;base64,([A-Za-z0-9+/=]+)", "".join(s.get_text() for s in soup.find_all("style"))
    )
    has = {code for font in fonts for code in TTFont(BytesIO(b64decode(font))).getBestCmap() or {}}
    body = soup.body.get_text() if soup.body else ""
    drawn = {c for c in body if ord(c) > 0x7F and category(c) not in ("Cf", "Cc", "Zs", "Zl", "Zp", "Mn")}
    for c in sorted(c for c in drawn if ord(c) not in has):
        near = soup.select_one(f"[id]:not(main):-soup-contains('{c}')")
        yield f"no glyph for {c} (U+{ord(c):04X}) at #{near['id'] if near else 'text'}: the font lacks it"


RULES: list[Callable[[BeautifulSoup, Mapping[str, set[str]]], Iterator[str]]] = [
    reaches_out,
    runs_or_styles_from_outside,
    hides_its_language,
    lacks_glyphs,
]
