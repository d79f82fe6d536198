"""Numbers in prose, bound to the cells that compute them.

An author writes the name of a value behind a number, in a comment no reader sees:

    Fu'an has 29.6<!--=fuan_rate--> of them per thousand words

The name (or any short expression) is computed when all cells have run, and compared
with the number before it, to as many digits as are printed. Numbers up to twelve may
be written as words. What differs is a stale claim, and is named with its sentence.

A page outside the notebooks, as the README, names the notebook too: 11<!--=01: left_out-->.
A number that is a name is marked as one, 110<!--name-->. Any other number is loose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nbformat import NotebookNode

WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
# A number, in digits or a word, its percent sign or bold mark, and the comment that binds it.
CLAIM = re.compile(
    rf"(?<![\w.-])(-?\d[\d,]*(?:\.\d+)?|(?:{'|'.join(WORDS)}))%?(?:\*\*)?<!--=(.+?)-->", re.IGNORECASE
)

# What a reader sees as a number: digits, and words from two on. Not so "one", "no", "once",
# "twice", "half" and the ordinals, which are grammar more often than amounts.
LOOSE = re.compile(
    r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)\b",
    re.IGNORECASE,
)

# Code in Markdown: a block between fences, or one that is set in after a blank line, or between backticks.
CODE = r"^ *```.*?^ *```|(?:\A|(?<=\n\n))(?: {4,}\S[^\n]*(?:\n|\Z))+|`[^`\n]*`"
ASIDE_FLAGS = re.MULTILINE | re.DOTALL

# Numbers that need no cell, each with its reason; taken out in this order before loose ones are sought.
ASIDE = {
    "what bars are asked for": r"\]\(bars \d\d: [^\n]*\)$",
    "code, or a name in a cell or a file": CODE,
    "a quotation set apart, or its rendering": r"^>.*?$",
    "a link's target": r"\]\([^)]*\)",
    "a name, marked as one": r"[\w,.+-]+<!--name-->",
    "a quotation": r"[\"“](?:(?!\n\n)[^\"”])*[\"”]",
    "the gloss of a Chinese term": r"[\u3400-\u9fff]\S* \([^)]*\)",
    "an article, or a line of one": r"(?<![\w,.])0\d\d(?::\d+)?\b",
    "a notebook": r"\b0[1-9]\b",
    "a unit": r"\b(?:per|in a|a) (?:thousand|hundred)\b",
    "a date": r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)(?: \d{4})?\b|\b(?:19|20)\d\d(?!\d|,\d|\.\d)",
    "the number of a section": r"^(?:#+ )?\d+\.(?= )",
}

# A line of Markdown that asks a notebook for numbers to draw as bars: the caption, the notebook, the
# expression. It looks like a picture with its caption, as it is one on the page.
BARS = re.compile(r"^!\[(.+)\]\(bars (\d\d): (.+)\)$", re.MULTILINE)

# What a cell may answer: a number, numbers by their labels, or what went wrong.
Value = float | str | dict[str, float]

# Evaluates the claims in the notebook's own kernel, when all its cells have run. An
# author's slip must not stop the run: it comes back as a message.
PROBE = """
import json
_values = []
for _expression in {expressions!r}:
    try:
        _value = eval(_expression)
        _pairs = getattr(_value, "items", None)
        _values.append({{str(k): float(v) for k, v in _pairs()}} if _pairs else float(_value))
    except Exception as _error:
        _values.append(f"{{type(_error).__name__}}: {{_error}}")
print(json.dumps(_values))
"""


def prose(notebook: NotebookNode) -> str:
    """Join the prose of a notebook, its cells a blank line apart."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def find_claims(text: str, notebook: str = "") -> list[tuple[str, str, str]]:
    """List the bound numbers of a text in Markdown: the line, the number, the expression.

    Given the number of a notebook, list only those that rest on it, as <!--=03: n-->.

    >>> [claim[1:] for claim in find_claims("Of 1,200<!--=total--> words five<!--=n--> stay.")]
    [('1,200', 'total'), ('five', 'n')]
    """
    lines = list(
        zip(text.splitlines(), re.sub(CODE, _blank, text, flags=ASIDE_FLAGS).splitlines(), strict=True)
    )
    bound = [
        (line, said, expression.strip()) for line, read in lines for said, expression in CLAIM.findall(read)
    ]
    if notebook:
        own = f"{notebook}:"
        return [(line, said, e[len(own) :].strip()) for line, said, e in bound if e.startswith(own)]
    loose = [line for line, read in lines if len(CLAIM.findall(read)) < len(re.findall(r"<!--\s*=", read))]
    return bound + [
        (line, "what cannot be read", "no number stands right before the comment") for line in loose
    ]


def find_asked(text: str, notebook: str) -> list[str]:
    """List what a text asks of a notebook for its bars: the expression of each.

    >>> find_asked("![Words by the number of articles](bars 02: by_range)", "02")
    ['by_range']
    """
    return [expression for _, number, expression in BARS.findall(text) if number == notebook]


def loose_numbers(text: str) -> list[tuple[str, str]]:
    """List the numbers of a text in Markdown that no cell computes: the number, and its line.

    Dates, quotations, code, glosses, marked names and what else `ASIDE` lists are no claims.
    Where it misleads: "one", "twice" and the like are taken for words, and a four-digit
    number from 1900 to 2099 for a year.

    >>> loose_numbers("Of five<!--=n--> texts, two name the 110<!--name--> squad in 2023.")
    [('two', 'Of five<!--=n--> texts, two name the 110<!--name--> squad in 2023.')]
    """
    left = CLAIM.sub(_blank, text)
    for pattern in ASIDE.values():
        left = re.sub(pattern, _blank, left, flags=ASIDE_FLAGS)
    lines = zip(text.splitlines(), left.splitlines(), strict=True)
    return [(number, line) for line, rest in lines for number in LOOSE.findall(rest)]


def _blank(found: re.Match[str]) -> str:
    """Put blanks in the place of what was found, so that every line stays in its place.

    They are figure spaces: four common blanks at the start of a line would make it code.
    """
    return re.sub(r"[^\n]", "\u2007", found[0])


def stale_claims(name: str, claims: list[tuple[str, str, str]], values: Mapping[str, Value]) -> list[str]:
    """Name each sentence whose number is not, to its own digits, the computed value.

    >>> stale_claims("02", [("Some 3.1<!--=x--> here.", "3.1", "x")], {"x": 3.14159})
    []
    >>> stale_claims("02", [("Some 3.1<!--=x--> here.", "3.1", "x")], {"x": 2.7})
    ['02: “Some 3.1 here.” says 3.1; the cells compute x = 2.7.']
    """
    return [
        f"{name}: “{re.sub(r'<!--.*?-->', '', line)}” says {said}; the cells compute {expression} = {value}."
        for line, said, expression in claims
        if not isinstance(value := values[expression], float) or not says(said, value)
    ]


def says(said: str, value: float) -> bool:
    """Tell whether a printed number is the value, rounded to the digits that are printed.

    >>> says("62.5", 62.46), says("1,200", 1200), says("Five", 5), says("5", 5.6)
    (True, True, True, False)
    """
    if said.lower() in WORDS:
        return WORDS.index(said.lower()) == value
    if not said.lstrip("-")[:1].isdigit():
        return False
    decimals = len(said.partition(".")[2])
    rounded = round(value, decimals) + 0.0  # so that minus nought is nought
    return f"{rounded:.{decimals}f}" == said.replace(",", "")
