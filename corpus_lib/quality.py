"""Articles that are not what they seem: markup, a wrong encoding, lost characters, OCR, one text twice.

`check_articles` looks for them in `articles` and `lines` and gives a table of warnings. It changes no text.
Each `find_` function looks for one kind: it takes a text and says what it found, or gives "" where there is
nothing. Each reads a text from left to right and never goes back, so that 30 MB take seconds.

All of this is rare in Chinese news, yet a warning is a guess: a text about HTML may quote a whole element.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial

import pandas as pd

from corpus_lib.characters import HAN, RARE, TRADITIONAL
from corpus_lib.columns import require

# The columns of the table of warnings; `line` is 0 where a warning is about the whole article.
WARNINGS = {"doc_id": "str", "line": "int64", "found": "str", "advice": "str"}
# A third of a traditional text is such characters; a name or a quotation has a few. From one tenth on, and
# five at least, the dictionary of the segmenter, which is simplified, misses too many words.
TRADITIONAL_SHARE, TRADITIONAL_LEAST = 0.1, 5
# Two thirds of the characters are rare where UTF-8 was read as GBK, and two fifths or more where GBK and
# Big5 were confused. In the five articles no line has more than one of nine; a list of names may have a few.
RARE_SHARE, RARE_LEAST = 0.4, 6
# A few of these do no harm. From three on, and two in a thousand characters, they come from the program that
# made the file (a PDF, a copy protection) and may split many words.
INVISIBLE_FROM = (3, 0.002)
# Soft hyphens, zero-width characters and marks of direction; radicals and compatibility forms that look like
# ordinary characters; characters of private use. The joiner of emoji (U+200D) is none of them.
INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\u2e80-\u2fdf\ue000-\uf8ff\uf900-\ufaff\U0002f800-\U0002fa1f]"
)
# No text has the sign for what a program could not read, or controls but tabs, line ends and page breaks.
LOST = re.compile("\ufffd")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# Four single characters with a blank between each two. Two or three may be a title (公 告) or a name, and
# numerals stand so in tables (一 二 三 四).
SINGLE = "(?![一二三四五六七八九十])[\u4e00-\u9fff]"
SPACED = re.compile(rf"(?<![\u4e00-\u9fff]){SINGLE}(?:[ \u3000\xa0]{SINGLE}){{3,}}(?![\u4e00-\u9fff])")
# The later bytes of a Chinese character in UTF-8 as Latin-1 and Windows-1252 show them, then a whole one.
SIGN = "[\x80-\xbf]"
NEXT = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
LATIN_HAN = f"[ä-é](?:{SIGN}{NEXT}|{NEXT}{SIGN})"
# What text shows when it was read in the wrong encoding.
MOJIBAKE = re.compile(
    "[\x80-\x9f]"  # these are no characters of any text
    f"|ï[¼½]{NEXT}|ã€|â€|[ÃÂ]{SIGN}"  # Chinese marks, and letters with an accent: one is enough
    f"|{LATIN_HAN}(?=.*{LATIN_HAN})"  # Chinese characters: two, since é·“ may end a foreign name
    "|[¡-¯²-¶¸-ÖØ-ÿ]{8}"  # GBK as Latin-1; no word is so long, and × · ° ± do occur in a row
    "|锟斤拷|烫{3}|屯{3}"  # U+FFFD and unused memory as GBK
)
# The tags of saved pages. A text about HTML may mention one, so we ask for more than a bare tag.
TAG = (
    "(?:a|b|body|br|center|div|dd|dl|dt|em|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta"
    "|ol|p|script|section|span|strong|style|table|tbody|td|th|title|tr|u|ul)"
)
ANY_TAG = rf"</?{TAG}(?:\s[^<>]*)?/?>"
# One row is a kind of markup and a pattern of it.
MARKUP = [
    # A tag with an attribute, a comment; an element with content; a line of nothing but tags.
    ("HTML", rf"</?{TAG}\s+[\w-]+\s*=|<!--|<!DOCTYPE|<\?xml"),
    ("HTML", rf"<({TAG})>(?![和与或及至到、,，]*</)[^<]+</\1>|^(?:\s*{ANY_TAG})+\s*$"),
    # A tag after a sentence, before one, or at the end of a line.
    ("HTML", rf"[。！？”]\s*{ANY_TAG}(?![和与或、标元])|(?:<br\s*/?>|</{TAG}>)\s*$"),
    ("HTML", r"^\s*<(?:p|div|li|td|h[1-6]|br)>(?![和与或、标元])[^<]+[。！？]"),
    ("HTML", r"&(?:[a-z]{2,8}[0-9]?|#[0-9]{2,6}|#x[0-9a-f]{2,6});"),
    # Headings, tables, links, and bold words at the beginning of a line: names are masked so (张**、李**).
    ("Markdown", r"^#{1,6}\s[^#]+$|^\s*\|[^|]+\|.*\|\s*$|^```"),
    ("Markdown", r"\[[^\[\]]*\]\((?:https?:|www\.|/|#)[^()\s]*\)"),
    ("Markdown", r"^\*\*[^*\s]{2,}\*\*(?=[:：,，。\s]|$)"),
    ("a template or a forum", r"\[/(?:b|i|u|url|img|color|size|quote|font)\]|\{\{[^{}]+\}\}|\{%[^%]+%\}"),
    ("a program (escapes)", r"\\u[0-9a-f]{4}|(?:%[0-9a-f]{2}){3}"),
]
MARKUP_PATTERNS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in MARKUP]


def check_articles(articles: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """List what makes an article doubtful: texts that would be counted, and are not what they seem.

    In: `articles` with `doc_id, text`; `lines` with `doc_id, line, text`, from `label_lines`. Columns out:
    `doc_id`; `line`, or 0 for the whole article; `found`, what and an example; `advice`, what to do. One row
    is one kind on one line, in the order of the articles. After you correct a text, record its new SHA-256.
    It misleads where a text is damaged in a way it does not know, and where a text is about such things.

    >>> articles = pd.DataFrame({"doc_id": ["a"], "text": ["破案3起。<br>"]})
    >>> check_articles(articles, articles.assign(line=1))[["line", "found"]].values.tolist()
    [[1, "markup of HTML: '。<br>'"]]
    """
    require(articles, "doc_id", "text")
    require(lines, "doc_id", "line", "text")
    whole = articles.assign(line=0)
    tables = [
        *(_report(lines, map(find, lines["text"]), advice) for find, advice in OF_A_LINE),
        *(_report(whole, map(find, whole["text"]), advice) for find, advice in OF_AN_ARTICLE),
        _report(whole, find_repeated(articles), "Keep one of them: every word is counted twice."),
    ]
    table = pd.concat(tables, ignore_index=True).drop_duplicates(["doc_id", "line", "advice"])
    table["place"] = table["doc_id"].map(dict(zip(articles["doc_id"], range(len(articles)), strict=True)))
    return table.sort_values(["place", "line"], kind="stable", ignore_index=True).drop(columns="place")


def find_markup(line: str) -> str:
    """Find what a web page, Markdown or a program has left in a line.

    >>> find_markup("平安&nbsp;建设"), find_markup("段落用<p>标签。")
    ("markup of HTML: '&nbsp;'", '')
    """
    found = ((kind, pattern.search(line)) for kind, pattern in MARKUP_PATTERNS)
    return next((f"markup of {kind}: {markup[0][:30]!r}" for kind, markup in found if markup), "")


def find_mojibake(line: str) -> str:
    """Find text that was decoded in the wrong encoding: by its typical sequences, or its rare characters.

    >>> find_mojibake("å…¬å®‰å±€"), find_mojibake("鍏畨灞€鐮存3璧凤紝鎶撹幏"), find_mojibake("Café公安局")
    ("mojibake: 'å…¬å®‰å±€'", 'mojibake: 6 of 11 Chinese characters are rare', '')
    """
    if found := MOJIBAKE.search(line):
        return f"mojibake: {line[found.start() : found.start() + 20]!r}"
    rare = len(RARE.findall(line))
    if rare < RARE_LEAST or rare < RARE_SHARE * (n := len(HAN.findall(line))):
        return ""
    return f"mojibake: {rare} of {n} Chinese characters are rare"


def find_signs(signs: re.Pattern[str], kind: str, least: int, share: float, text: str) -> str:
    r"""Find characters that do not belong into a text, where there are as many as `least` and `share` say.

    >>> find_signs(CONTROL, "control characters", 1, 0, "破案\x1b[31m3起")
    'control characters (U+001B): 1'
    """
    found = signs.findall(text)
    codes = ", ".join(f"U+{ord(sign):04X}" for sign in sorted(set(found))[:3])
    return f"{kind} ({codes}): {len(found)}" if len(found) >= max(least, share * len(text)) else ""


find_lost = partial(find_signs, LOST, "lost characters", 1, 0)
find_controls = partial(find_signs, CONTROL, "control characters", 1, 0)
find_invisible = partial(find_signs, INVISIBLE, "invisible or look-alike characters", *INVISIBLE_FROM)


def find_spaced(line: str) -> str:
    """Find words with a blank between each two characters, as text recognition (OCR) may write them.

    >>> find_spaced("警 方 破 获 3起"), find_spaced("公 告")
    ("blanks inside words: '警 方 破 获'", '')
    """
    found = SPACED.search(line)
    return f"blanks inside words: {found[0][:20]!r}" if found else ""


def find_traditional(text: str) -> str:
    """Find an article in traditional script.

    >>> find_traditional("臺灣警方偵破電信詐騙案件"), find_traditional("黄仁宇《萬曆十五年》在福州首发")
    ('traditional script: 6 of 12 Chinese characters', '')
    """
    found = len(TRADITIONAL.findall(text))
    if found < TRADITIONAL_LEAST or found < TRADITIONAL_SHARE * (n := len(HAN.findall(text))):
        return ""
    return f"traditional script: {found} of {n} Chinese characters"


def find_empty(text: str) -> str:
    """Find a text without a letter, a digit or a Chinese character.

    >>> find_empty("。。。"), find_empty("110")
    ('no letter, digit or Chinese character', '')
    """
    return "" if any(map(str.isalnum, text)) else "no letter, digit or Chinese character"


def find_repeated(articles: pd.DataFrame) -> list[str]:
    """Find for each article an earlier one with the same text, blanks and line ends aside.

    >>> find_repeated(pd.DataFrame({"doc_id": ["a", "b"], "text": ["破案 3起", "破案3起"]}))
    ['', 'the same text as article a']
    """
    texts, own = ["".join(text.split()) for text in articles["text"]], articles["doc_id"].tolist()
    first = dict(zip(reversed(texts), reversed(own), strict=True))
    pairs = ((first[text], doc_id) for text, doc_id in zip(texts, own, strict=True))
    return ["" if same == doc_id else f"the same text as article {same}" for same, doc_id in pairs]


def _report(frame: pd.DataFrame, found: Iterable[str], advice: str) -> pd.DataFrame:
    """Make the warnings of one kind: a row for each line, or article, in which something was found."""
    table = frame[["doc_id", "line"]].assign(found=list(found), advice=advice).astype(WARNINGS)
    return table[table["found"] != ""]


# Each kind, how it is found, and what to do.
OF_A_LINE: list[tuple[Callable[[str], str], str]] = [
    (find_markup, "Save the article again as plain text, without markup."),
    (find_mojibake, "Save the article again from its source: it was read in a wrong encoding."),
    (find_lost, "Save the article again from its source: nothing restores the lost characters."),
    (find_controls, "Save the article again as plain text: a program may stop at these characters."),
    (find_spaced, "Take the blanks out: each character is counted as a word."),
]
OF_AN_ARTICLE: list[tuple[Callable[[str], str], str]] = [
    (find_traditional, "Convert it to simplified script: the dictionary is simplified and misses its words."),
    (find_invisible, "Save the article again as plain text: these characters may split words."),
    (find_empty, "Take the article and its row out, or save it again: there is nothing to count."),
]
