"""Say of each Chinese term, in a page or an article, its English, its reading and its uses; link it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import pandas as pd
from bs4 import BeautifulSoup, Tag
from pypinyin import Style, lazy_pinyin

from corpus_lib.site.content import SiteContent
from corpus_lib.site.links import LEFT, address, anchor
from corpus_lib.site.pages import CHINESE, mark_chinese
from corpus_lib.zones import COUNTED

# What follows a term that can get its reading: no Chinese quotation that goes on, and no brackets that have
# a reading already, such as (jiēba) or (chuànbìng, to link cases).
FOLLOWS = re.compile(r"(?!\s*\([^)]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü])(?:[\s,.;:]|\)(?!\w)|\Z)", re.IGNORECASE)
# Where a term is no part of running text.
ASIDE = ["table", "figcaption", "blockquote", "details"]
# The class of each kind of mark in the style sheet, in the order in which a note lists them.
STYLES = {"word": "", "figure": "f", "numeral": "n", "system": "s", "passage": "p"}

Row = Mapping[Any, Any]
# The marks on each character, as (kind, english), by doc_id and offset.
Cover = Mapping[tuple[str, int], list[tuple[str, str]]]


class Term(NamedTuple):
    """A Chinese word: its English, its reading, what its box says, and the place of its first use."""

    english: str
    pinyin: str
    note: str
    place: tuple[str, int]


# What pypinyin reads wrongly: in another sense or, in few words only, with the tones of speech.
READINGS = """海都 hǎi dū; 古朴 gǔ pǔ; 为笔 wéi bǐ; 重塑 chóng sù; 硕果累累 shuò guǒ léi léi; 诉调 sù tiáo;
联调 lián tiáo; 调委会 tiáo wěi huì; 一旦 yī dàn; 一流 yī liú; 一起 yī qǐ; 一个个 yī gè gè; 一代代 yī dài dài;
不到 bù dào; 进一步 jìn yī bù; 焕然一新 huàn rán yī xīn"""
OWN = {word: read for word, *read in map(str.split, READINGS.split(";"))}
# A term with these words in its gloss gets no reading: that of a surname is often an exception.
NAME = "person's name"
# In characters: words of news have two or three, as a rule.
LONGEST_WORD = 3


def pinyin_of(term: str) -> str:
    """Say how a term is read, as a whole, because 重 alone is read differently.

    Up to three characters are one word, with an apostrophe before a vowel. A longer term is written syllable
    by syllable, because only its meaning says where its words end. A term without Chinese gives nothing.

    >>> pinyin_of("重庆"), pinyin_of("公安"), pinyin_of("社会治理"), pinyin_of("漳州110"), pinyin_of("110")
    ('chóngqìng', "gōng'ān", 'shè huì zhì lǐ', 'zhāng zhōu 110', '')
    """
    parts = re.split(f"({'|'.join(OWN)})", term) if CHINESE.search(term) else []
    syllables = [s for part in parts for s in OWN.get(part) or lazy_pinyin(part, style=Style.TONE)]
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
        read = "" if NAME in english else pinyin_of(term)
        note = "\n".join(filter(None, [english, read, uses.get(term)]))
        terms[term] = Term(english, read, note, (doc_id, start))
    return terms


def link_terms(soup: BeautifulSoup, terms: Mapping[str, Term], texts: bool = True) -> None:
    """Mark the Chinese of a page, and give each term that is by itself a note and a link to its first place.

    In: without `texts`, the articles have no pages, and a term is a word to walk to. One in a longer run of
    Chinese or in a quotation is not linked. Its first use in running text also gets its reading.

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
            english, pinyin, note, (doc_id, start) = terms[word]
            leads = {"href": address(doc_id, anchor("w", doc_id, start))} if texts else {"tabindex": "0"}
            about = {"class": "term", "data-note": note, "data-en": english}
            tag = span.wrap(soup.new_tag("a" if texts else "span", attrs=about | leads))
            in_prose = tag.find_parent(["p", "li"]) and not tag.find_parent(ASIDE)
            if word not in read and in_prose and FOLLOWS.match(str(tag.next_sibling or "")):
                read.add(word)
                reading = {"class": "pinyin", "lang": "zh-Latn-pinyin"}
                tag.insert_after(" ", soup.new_tag("span", string=pinyin, attrs=reading))


def lay_out(content: SiteContent, terms: Mapping[str, Term]) -> list[Row]:
    """Lay out the articles as plain values, which the template escapes: one dictionary per article.

    Out: each article has its lines, a line has parts of one zone each, and a part has tokens. Joined, the
    tokens are the line as received.
    """
    cover, lines = _cover(content.marks), defaultdict[str, list[Row]](list)
    rows = content.tokens.sort_values(["doc_id", "start"]).to_dict("records")
    for (doc_id, number), found in groupby(rows, key=itemgetter("doc_id", "line")):
        tokens = list(found)
        zones = groupby(tokens, key=itemgetter("zone"))
        parts = [(zone, zone in COUNTED, [_token(row, cover, terms) for row in part]) for zone, part in zones]
        line = {"number": number, "place": f"{doc_id}:{number}", "id": anchor(doc_id, number), "parts": parts}
        lines[doc_id].append({**line, "text": "".join(token["term"] for token in tokens)})
    articles = content.articles.to_dict("records")
    return [{**a, "name": anchor("article", a["doc_id"]), "lines": lines[a["doc_id"]]} for a in articles]


def _cover(marks: pd.DataFrame) -> Cover:
    """List the marks on each character of the articles."""
    cover = defaultdict[tuple[str, int], list[tuple[str, str]]](list)
    ordered = marks.sort_values("kind", key=lambda kinds: kinds.map(list(STYLES).index), kind="stable")
    for mark in ordered.to_dict("records"):
        for at in range(mark["start"], mark["end"]):
            cover[mark["doc_id"], at].append((mark["kind"], mark["english"]))
    return cover


def _token(row: Row, cover: Cover, terms: Mapping[str, Term]) -> Row:
    """Lay out a token: what its box says, and its pieces where a mark covers only part of it."""
    doc_id, start, text = row["doc_id"], row["start"], row["term"]
    marks = [cover.get((doc_id, at), []) for at in range(start, row["end"])]
    described = list(dict.fromkeys(mark for here in marks for mark in here))
    styles = [" ".join(dict.fromkeys(STYLES[kind] for kind, _ in here if STYLES[kind])) for here in marks]
    pieces = groupby(zip(styles, text, strict=True), key=itemgetter(0))
    term = terms[text] if any(kind == "word" for kind, _ in described) else None
    says = [term.note if term else "", *(english for kind, english in described if kind != "word")]
    return {
        "id": anchor("w", doc_id, start) if term and term.place == (doc_id, start) else "",
        "gloss": term.english if term else "",
        "note": "\n".join(filter(None, says)),
        "pieces": [(style, "".join(character for _, character in piece)) for style, piece in pieces],
    }


def _continues(span: Tag) -> bool:
    """Say whether a run of Chinese is part of a longer word: 名 of 5名, 体 of e体+."""
    before, after = (str(near or "") for near in (span.previous_sibling, span.next_sibling))
    return bool(re.search(r"[\w+%]\Z", before) or re.match(r"[\w+%]", after))
