"""A fault of a page is found: each rule is shown a page that breaks it, and one that does not."""

import pytest

from corpus_lib.site.pages import embed_fonts, read_page, render_page
from corpus_lib.site.validation import LARGEST, find_faults

ALT = "Bar chart: what the picture shows, said in as many words as a reader without it would need."
PIXEL = "data:image/png;base64,iVBORw0KGgo="
TABLE = '<table><caption>two</caption><thead><tr><th scope="col">n</th></tr></thead></table>'


# A page of the study around nothing, made once; it carries these characters.
SHOWN = "公安“”≥…■①②③"
PAGE = embed_fonts({"a": render_page(read_page("a", f"<p>{SHOWN}</p>"), [])})["a"]


def write(folder, body, change=lambda html: html):
    """Write the page around a text, then change it."""
    before, _, after = PAGE.partition('<main id="text">')
    html = f'{before}<main id="text">{body}</main>{after.partition("</main>")[2]}'
    (folder / "a.html").write_text(change(html), encoding="utf-8")


@pytest.mark.parametrize(
    "body",
    [
        "<h1>A</h1>",
        '<h1 id="x">A</h1><p><a href="#x">x</a> <a href="a.html#x">x</a> <a href="a.html">a</a></p>',
        f'<h1 lang="zh-Hans">公安</h1><img src="{PIXEL}" alt="{ALT}">',
        f"<h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2>{TABLE}",
        '<h1>A</h1><p style="color: red">“≥ 5”, ■ and ①②③ …</p>',
        "<h1>A</h1><p>https://example.org in words, fetch(this) and url(that) are words</p>",
        '<h1>A</h1><p>A reference: <a href="https://example.org/x">x</a></p>',
    ],
)
def test_a_good_page_has_no_fault(tmp_path, body):
    write(tmp_path, body)
    assert find_faults(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<h1>A</h1><img src="https://example.org/a.png" alt="x">', "<img src> leads to no file of the site"),
        ('<h1>A</h1><img src="//example.org/a.png" alt="x">', "<img src> leads to no file of the site"),
        (
            '<h1>A</h1><img src="a.png" srcset="b.png 2x" alt="x">',
            "<img srcset> leads to no file of the site",
        ),
        ('<h1>A</h1><a href="nowhere.html">x</a>', "<a href> leads to no file of the site"),
        ('<h1>A</h1><a href="javascript:alert(1)">x</a>', "<a href> leads to no file of the site"),
        ('<h1>A</h1><a href="data:text/html,x">x</a>', "<a href> leads to no file of the site"),
        ('<h1>A</h1><a href="/etc/hosts">x</a>', "<a href> leads to no file of the site"),
        ('<h1>A</h1><a href="../x.html">x</a>', "<a href> leads to no file of the site"),
        ('<h1>A</h1><a href="gone.html">x</a>', "<a href> leads to no file of the site: gone.html"),
        ('<h1>A</h1><a href="#gone">x</a>', "an anchor that does not exist: #gone"),
        ('<h1>A</h1><a href="a.html#gone">x</a>', "an anchor that does not exist: a.html#gone"),
        ('<h1>A</h1><a href="#">x</a>', "an anchor that does not exist"),
        (
            '<h1>A</h1><svg><use xlink:href="b.svg#x"></use></svg>',
            "<use xlink:href> leads to no file of the site",
        ),
        ('<h1>A</h1><form action="x"></form>', "<form> loads or opens something"),
        ('<h1>A</h1><iframe srcdoc="x"></iframe>', "<iframe> loads or opens something"),
        ('<h1>A</h1><link rel="prefetch" href="a.html">', "<link> loads or opens something"),
        ("<h1>A</h1><script>1</script>", "its scripts are not exactly the one"),
        ("<h1>A</h1><script>fetch ('x')</script>", "its scripts are not exactly the one"),
        ("<h1>A</h1><script>import('x')</script>", "its scripts are not exactly the one"),
        ("<h1>A</h1><script>i.src = 'x'</script>", "its scripts are not exactly the one"),
        ('<h1 onclick="x()">A</h1>', "<h1> has a script in onclick"),
        ('<h1>A</h1><p style="background: url(x.png)">x</p>', "a style has 'url('"),
        ("<h1>A</h1><style>@import 'x.css';</style>", "a style has '@import'"),
        ('<h1>A</h1><style>p { background: url( "https://x" ) }</style>', "a style has 'url('"),
        ('<h1>A</h1><meta http-equiv="refresh" content="0; url=x">', "opens another page by itself"),
        ("<h1>A</h1><p>\U0001f600</p>", "no glyph for \U0001f600 (U+1F600)"),
    ],
)
def test_a_fault_is_found(tmp_path, body, fault):
    write(tmp_path, body)
    assert any(fault in found for found in find_faults(tmp_path)), find_faults(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('<span lang="zh-Hans">公安</span>', "公安", "not marked as Chinese: on 公安"),
        ("default-src 'none'", "default-src *", "no policy"),
        ("script-src 'sha256-", "script-src 'unsafe-inline' 'sha256-", "no policy"),
        ("base-uri 'none'", "", "no policy"),
        ("const rest", "const  rest", "its scripts are not exactly the one"),
        ("const rest", "fetch('x'); const rest", "its scripts are not exactly the one"),
        ("data:font/woff;base64,", "data:font/woff;base65,", "no glyph for 公 (U+516C)"),
    ],
)
def test_a_changed_page_is_found(tmp_path, old, new, fault):
    write(
        tmp_path, '<h1>A</h1><p>on <span lang="zh-Hans">公安</span></p>', lambda html: html.replace(old, new)
    )
    assert any(fault in found for found in find_faults(tmp_path))


def test_a_page_that_is_too_large_is_found(tmp_path):
    write(tmp_path, f"<h1>A</h1><p>{'x ' * (LARGEST // 2)}</p>")
    assert ["bytes" in fault for fault in find_faults(tmp_path)] == [True]


def test_a_site_without_pages_is_a_fault(tmp_path):
    assert find_faults(tmp_path) == [f"{tmp_path}: there are no pages"]
