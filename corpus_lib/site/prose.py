"""Hide what needs no binding in a Markdown text: code, comments, quotations, dates and names."""

import re
from collections.abc import Collection

# Number words that a binding may compare with a value; the index of a word is its value.
WORDS: list[str] = re.findall(r"\w+", "no one two three four five six seven eight nine ten eleven twelve")
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
    return hide(text, CODE, COMMENT, *ASIDE.values(), named)


def hide(text: str, *patterns: str) -> str:
    """Replace matches by figure spaces; common spaces at the start of a line would mean code."""
    for pattern in patterns:
        text = re.sub(pattern, lambda found: re.sub(r"[^\n]", "\u2007", found[0]), text, flags=FLAGS)
    return text
