"""Prose in Markdown -> the numbers in it that somebody must bind to a cell.

Some numbers need no binding: dates, quotations, code, names. `mask` takes these out of a text and
leaves blanks in their place, so that every character that is left keeps its position.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# Number words that a binding may compare with a value; the position of a word is its value.
WORDS = [
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
]

# A number in digits: a minus sign belongs to it unless it joins two words.
DIGITS = re.compile(r"(?<![\w.])(?:(?<!\w)-)?\d+(?:,\d{3})*(?:\.\d+)?")

# A comment, which no reader sees; and code: between fences, set in after a blank line, or in backticks.
COMMENT = r"<!--.*?-->"
CODE = r"^ *```.*?^ *```|(?:\A|(?<=\n\n))(?: {4,}\S[^\n]*(?:\n|\Z))+|`[^`\n]*`"

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

# Other text whose numbers need no cell, each with its reason. It is masked in this order.
ASIDE = {
    "references and exercises": r"^## (?:References|Further reading|Exercises|Try it)\b.*?(?=^##? |\Z)",
    "a quotation set apart, or its translation": r"^>.*?$",
    "the target of a link": r"\]\([^)]*\)",
    "a quotation": r"[\"“](?:(?!\n\n)[^\"”])*[\"”]",
    "the gloss of a Chinese term": r"[\u3400-\u9fff]\S* \([^)]*\)",
    "a unit": r"\b(?:per|in a|a) (?:1,000|100|thousand|hundred)\b",
    "a date": rf"\b(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?\b|\b(?:19|20)\d\d(?!\d|,\d|\.\d)",
    "the number of a section or of an item": r"^(?:#+ |[ \t]*)\d+\.(?= )",
}
FLAGS = re.MULTILINE | re.DOTALL


def mask(text: str, names: Collection[str] = ()) -> str:
    """Replace what needs no binding by blanks; every other character stays where it is.

    In: `names`, the articles' and the notebooks' own (004, 03): they, and places such as 004:41, are
    masked too.

    >>> mask("In `n = 5`, 7 of 2021; 004:41", ["004"]).replace("\u2007", "_")
    'In _______, 7 of ____; ______'
    """
    for pattern in [CODE, COMMENT, *ASIDE.values(), _named(names)]:
        text = re.sub(pattern, blank, text, flags=FLAGS)
    return text


def blank(found: re.Match[str]) -> str:
    """Give figure spaces for what was found: common spaces at the start of a line would make it code."""
    return re.sub(r"[^\n]", "\u2007", found[0])


def loose_numbers(
    text: str, bound: Collection[tuple[int, int]], names: Collection[str] = ()
) -> list[tuple[str, str]]:
    """List the numbers in digits that no cell computes: the number and its line.

    In: `bound`, where the bound numbers begin and end (`claims.find_claims`); `names` as in `mask`.
    Where it misleads: number words are not looked at, since a program cannot tell a result ("two
    contrasts") from grammar ("one of them"); a four-digit number from 1900 to 2099 counts as a year.

    >>> loose_numbers("Of 12 texts, 5 name the squad in 2023.", [(3, 5)])
    [('5', 'Of 12 texts, 5 name the squad in 2023.')]
    """
    left = mask(text, names)
    for start, end in bound:
        left = left[:start] + "\u2007" * (end - start) + left[end:]
    lines = zip(text.splitlines(), left.splitlines(), strict=True)
    found = ((number, line) for line, rest in lines for number in DIGITS.findall(rest))
    return [(number, re.sub(COMMENT, "", line).strip()) for number, line in found]


def _named(names: Collection[str]) -> str:
    """Write a pattern for the names of articles and notebooks, and for places in an article."""
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return rf"(?<![\w,.])(?:{'|'.join(longest_first) or '(?!)'})(?::\d+)?(?!\w|[.,]\d)"
