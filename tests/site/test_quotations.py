"""A translation is found with the words and the line that it translates."""

import pytest

from corpus_lib.site.links import link_places
from corpus_lib.site.pages import read_page
from corpus_lib.site.quotations import find_translations

LINES = {"a:1": "今年警情下降了。", "a:2": "群众满意。", "b:1": "群众的事"}
SAID = 'Our translation: "Incidents fell."'


def translations(*texts: str, titles: dict[str, str] | None = None) -> dict[str, list[tuple[str, str]]]:
    pages = [read_page("a", text) for text in texts]
    for page in pages:
        link_places(page, LINES)
    return find_translations(pages, LINES, titles or {})


@pytest.mark.parametrize(
    "html",
    [
        f"<blockquote><p>警情下降 (a:1)</p><p>{SAID}</p></blockquote>",
        f"<ul><li>One<ul><li>警情下降 (a:1). {SAID}</li></ul></li></ul>",
        f"<p>As a:2 has 群众, so here 警情下降. {SAID} (a:1).</p>",
        f"<ul><li><p>警情下降 (a:1). {SAID}</p></li></ul>",
        "<table><thead><tr><th>claim</th><th>english</th><th>at</th></tr></thead>"
        "<tbody><tr><td>警情下降</td><td>Incidents fell.</td><td>a:1</td></tr></tbody></table>",
    ],
)
def test_a_translation_belongs_to_the_line_that_it_translates(html):
    assert translations(html) == {"a:1": [("警情下降", "Incidents fell.")]}


def test_two_translations_in_a_paragraph_belong_to_two_lines():
    found = translations(f'<p>警情下降. {SAID} (a:1). But 群众的事. Our translation: "the public" (b:1).</p>')
    assert found == {"a:1": [("警情下降", "Incidents fell.")], "b:1": [("", "the public")]}


def test_the_same_translation_is_shown_once_and_a_whole_line_needs_no_words():
    html = '<blockquote><p>群众满意 (a:2)</p><p>Our translation: "{}"</p></blockquote>'
    found = translations(html.format("The public is content."), html.format("the public is content"))
    assert found == {"a:2": [("", "The public is content.")]}


def test_a_title_is_translated_under_its_line():
    assert translations("<p>x</p>", titles={"群众的事": "Of “us”"}) == {"b:1": [("", "Of ‘us’")]}
    assert translations("<p>x</p>", titles={"警情下降": "Fewer"}) == {"a:1": [("警情下降", "Fewer")]}


def test_a_translation_without_a_place_or_of_other_words_is_left_out():
    assert translations(f"<p>{SAID}</p><p>xyz (a:1). {SAID}</p>") == {}
