"""Say of each Chinese term, wherever a page names it, its English, its reading and its uses; link it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from pypinyin import Style, lazy_pinyin

from corpus_lib.site.content import SiteContent
from corpus_lib.site.links import LEFT, address, anchor
from corpus_lib.site.pages import CHINESE, mark_chinese
from corpus_lib.zones import COUNTED

# What follows a term that can get its reading: no Chinese quotation that goes on, and no brackets that have
# a reading already, such as (jiēba) or (chuànbìng, to link cases).
FOLLOWS = re.compile(r"(?!\s*\([^)]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü])(?:[\s,.;:)]|\Z)", re.IGNORECASE)

# Where a term is no part of running text.
ASIDE = ["table", "figcaption", "blockquote", "details"]


class Term(NamedTuple):
    """A Chinese word: its English, its reading, what its box says, and the place of its first use."""

    english: str
    pinyin: str
    note: str
    place: tuple[str, int]


# In characters: words of news have two or three, as a rule.
LONGEST_WORD = 3


def pinyin_of(term: str) -> str:
    """Say how a term is read, as a whole, because 重 alone is read differently.

    Up to three characters are one word, with an apostrophe before a vowel. A longer term is written syllable
    by syllable, because only its meaning says where its words end. A term without Chinese gives nothing.

    >>> pinyin_of("重庆"), pinyin_of("公安"), pinyin_of("社会治理"), pinyin_of("漳州110"), pinyin_of("110")
    ('chóngqìng', "gōng'ān", 'shè huì zhì lǐ', 'zhāng zhōu 110', '')
    """
    syllables = lazy_pinyin(term, style=Style.TONE) if CHINESE.search(term) else []
    if len(term) > LONGEST_WORD or not CHINESE.fullmatch(term):
        return " ".join(syllables)
    return re.sub(" (?=[aoeāáǎàōóǒòēéěè])", "'", " ".join(syllables)).replace(" ", "")


def collect_terms(content: SiteContent) -> dict[str, Term]:
    """Collect what is said of each word, and its first place, in an included line if there is one."""
    marks = content.marks.query("kind == 'word'")[["doc_id", "start", "english"]]
    words = content.tokens.merge(marks, on=["doc_id", "start"])
    order = words.assign(out=~words["zone"].isin(COUNTED)).sort_values(["out", "doc_id", "start"])
    first = order.drop_duplicates("term")[["term", "english", "doc_id", "start"]]
    counts = content.tables["counts"][1].groupby("term")["n"].agg(["sum", "count"])
    uses = {t: f"uses: {n}; articles: {k} of {len(content.articles)}" for t, n, k in counts.itertuples()}
    terms = {}
    for term, english, doc_id, start in first.itertuples(index=False):
        pinyin = pinyin_of(term)
        note = "\n".join(filter(None, [english, pinyin, uses.get(term)]))
        terms[term] = Term(english, pinyin, note, (doc_id, start))
    return terms


def link_terms(soup: BeautifulSoup, terms: Mapping[str, Term], texts: bool = True) -> None:
    """Mark the Chinese of a page, and give each term that is by itself a note and a link to its first place.

    In: `texts` says whether the articles have pages to link to. A term inside a longer run of Chinese or
    inside a quotation is not linked. At its first use in running text a term also gets its reading.

    >>> soup = BeautifulSoup("<p>名 and 5名</p>", "html.parser")
    >>> link_terms(soup, {"名": Term("name", "míng", "", ("a", 1))})
    >>> soup.get_text(), len(soup.select("a.term"))
    ('名 míng and 5名', 1)
    """
    mark_chinese(soup)
    read = set[str]()
    for span in soup.select("span[lang|=zh]"):
        word = span.get_text()
        if word in terms and not _continues(span) and not span.find_parent([*LEFT, "blockquote"]):
            tag = span.wrap(_term_tag(soup, terms[word], texts))
            in_prose = tag.find_parent(["p", "li"]) and not tag.find_parent(ASIDE)
            if word not in read and in_prose and FOLLOWS.match(str(tag.next_sibling or "")):
                read.add(word)
                about = {"class": "pinyin", "lang": "zh-Latn-pinyin"}
                tag.insert_after(" ", soup.new_tag("span", string=terms[word].pinyin, attrs=about))


def _term_tag(soup: BeautifulSoup, term: Term, texts: bool) -> Tag:
    """Make the element of a term: a link to its first place or, without texts, a word to walk to."""
    doc_id, start = term.place
    leads = {"href": address(doc_id, anchor("w", doc_id, start))} if texts else {"tabindex": "0"}
    about = {"class": "term", "data-note": term.note, "data-en": term.english}
    return soup.new_tag("a" if texts else "span", attrs=about | leads)


def _continues(span: Tag) -> bool:
    """Say whether a run of Chinese is part of a longer word: 名 of 5名, 体 of e体+."""
    before, after = (str(near or "") for near in (span.previous_sibling, span.next_sibling))
    return bool(re.search(r"[\w+%]\Z", before) or re.match(r"[\w+%]", after))
