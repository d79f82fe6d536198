"""Find the numbers in a Markdown text that need a binding.

Dates, quotations, code and names need none. `mask` replaces them by blanks, so that every other
character keeps its position.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# Number words that a binding may compare with a value; the index of a word is its value.
WORDS: list[str] = re.findall(r"\w+", "no one two three four five six seven eight nine ten eleven twelve")

# A number in digits; a minus sign belongs to it unless it joins two words.
DIGITS = re.compile(r"(?<![\w.])(?:(?<!\w)-)?\d+(?:,\d{3})*(?:\.\d+)?")

# A comment; and code: between fences, indented after a blank line, or in backticks.
COMMENT = r"<!--.*?-->"
CODE = r"^ *```.*?^ *```|^ *~~~.*?^ *~~~|(?:\A|(?<=\n\n))(?: {4,}\S[^\n]*(?:\n|\Z))+|`[^`\n]*`"
FLAGS = re.MULTILINE | re.DOTALL

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

# Other text whose numbers need no cell, with the reason for each. The order matters.
ASIDE = {
    "references and exercises": r"^## (?:References|Further reading|Exercises|Try it)\b.*?(?=^##? |\Z)",
    "a block quotation, or its translation": r"^>.*?$",
    "the target of a link": r"\]\([^)]*\)",
    "a quotation": r"[\"“](?:(?!\n\n)[^\"”])*[\"”]",
    "the gloss of a Chinese term": r"[\u3400-\u9fff]\S* \([^)]*\)",
    "a unit": r"\b(?:per|in a|a) (?:1,000|100|thousand|hundred)\b",
    "a date": rf"\b(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?\b|\b(?:19|20)\d\d(?!\d|,\d|\.\d)",
    "the number of a section or of an item": r"^(?:#+ |[ \t]*)\d+\.(?= )",
}


def mask(text: str, names: Collection[str] = ()) -> str:
    """Replace text that needs no binding by blanks; every other character keeps its position.

    In: `names` of articles and notebooks (004, 03). They are masked, and so are places such as 004:41.

    >>> mask("In `n = 5`, 7 of 2021; 004:41", ["004"]).replace("\u2007", "_")
    'In _______, 7 of ____; ______'
    """
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    named = rf"(?<![\w,.])(?:{'|'.join(longest_first) or '(?!)'})(?::\d+)?(?!\w|[.,]\d)"
    for pattern in [CODE, COMMENT, *ASIDE.values(), named]:
        text = re.sub(pattern, blank, text, flags=FLAGS)
    return text


def blank(found: re.Match[str]) -> str:
    """Return figure spaces as long as a match; common spaces at the start of a line would mean code."""
    return re.sub(r"[^\n]", "\u2007", found[0])


def loose_numbers(
    text: str, bound: Collection[tuple[int, int]], names: Collection[str] = ()
) -> list[tuple[str, str]]:
    """List each number in digits that is not bound, with its line.

    In: `bound`, the start and end of each bound number (see `claims.find_claims`); `names` as in `mask`.
    Limits: number words are not listed, because a program cannot tell a result ("two contrasts") from
    grammar ("one of them"). A number from 1900 to 2099 without a separator counts as a year.

    >>> loose_numbers("Of 12 texts, 5 name the squad in 2023.", [(3, 5)])
    [('5', 'Of 12 texts, 5 name the squad in 2023.')]
    """
    masked = mask(text, names)
    for start, end in bound:
        masked = masked[:start] + "\u2007" * (end - start) + masked[end:]
    lines = zip(text.splitlines(), masked.splitlines(), strict=True)
    found = ((number, line) for line, rest in lines for number in DIGITS.findall(rest))
    return [(number, re.sub(COMMENT, "", line).strip()) for number, line in found]
