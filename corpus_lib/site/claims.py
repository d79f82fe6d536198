"""Numbers in prose, bound to the cells that compute them.

An author names the values behind a paragraph, in a comment that no reader sees:

    17 of the 145 frequent words occur in every article. <!-- 17 = n_all; 145 = n_frequent -->

The comment ends its paragraph or list item on the same line. Under a heading or a table it stands
alone on the next line. Entries are split at `;`, and at their first `=`. Each entry binds the next
place of its number after the last entry's. A number is written as it is printed, without % and bold; number
words up to twelve may be bound in any case. `110 = name` marks a number that no cell computes. In
a text outside the notebooks every entry names its notebook: `17 = 02: n_all`.

`python -m corpus_lib claims` compares all bound numbers, and lists those in digits that are not bound.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from math import isfinite
from typing import NamedTuple

from corpus_lib.site.prose import CODE, COMMENT, FLAGS, WORDS, blank, mask

# What a cell may answer: a number, or what went wrong.
Value = float | str

# The expression of a number that is a name and no result.
NAME = "name"

# An entry of a text outside the notebooks: the notebook, and the expression.
KEYED = re.compile(r"(\w+):\s*(.+)", re.DOTALL)

ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")

# What may stand before the first word of a sentence: nothing, a mark that ends one, marks of Markdown.
OPENS = re.compile(r"(?:\A|[.!?:]\s|\n\s*\n|^\s*(?:[-*+]|\d+[.)])\s)[\s*_“\"(\u2007]*\Z", re.MULTILINE)


class Claim(NamedTuple):
    """A number that an author has bound: as printed, its expression, its line, and where both stand.

    `at` is None where the number is not in its block; `entry` is where the comment repeats it.
    """

    said: str
    expression: str
    line: str
    at: tuple[int, int] | None
    entry: tuple[int, int]


def find_claims(text: str, names: Collection[str] = ()) -> list[Claim]:
    """List the bound numbers of a text in Markdown, in their order.

    In: `names` of articles and notebooks, which are not numbers (see `prose.mask`). A comment in
    the wrong place and an entry that cannot be read are listed too, without a place: they are stale.

    >>> text = "Of 1,200 words five stay. <!-- 1,200 = total; five = n -->"
    >>> [(claim.said, claim.expression, claim.at) for claim in find_claims(text)]
    [('1,200', 'total', (3, 8)), ('five', 'n', (15, 19))]
    """
    read = mask(text, names)
    claims: list[Claim] = []
    for place, comment, wrong in _comments(text):
        for said, expression, entry in _entries(comment):
            found = None if wrong or not expression else _find(said, read, place, comment.start())
            place = found[1] if found else place
            line = _line(text, found[0] if found else comment.start())
            claims.append(Claim(said, wrong or expression, line, found, entry))
    return claims


def stale_claims(name: str, claims: list[Claim], values: Mapping[str, Value]) -> list[str]:
    """Name each sentence whose number is not, to its own digits, the computed value.

    >>> claims = find_claims("Some 3.1 here. <!-- 3.1 = x -->")
    >>> stale_claims("02", claims, {"x": 3.14159})
    []
    >>> stale_claims("02", claims, {"x": 2.7})
    ['02: “Some 3.1 here.” says 3.1, but the cells compute x = 2.7.']
    """
    return [
        f"{name}: “{claim.line}” {_fault(claim, values)}."
        for claim in claims
        if claim.at is None or not _holds(claim, values)
    ]


def fix_claims(text: str, claims: list[Claim], values: Mapping[str, Value]) -> tuple[str, list[Claim]]:
    """Write the computed values into a text; give it back with the claims that could not be written.

    Decimals, separators and case stay as they were. Not written: what has no place or no
    value, a step from or to one (its noun changes), and digits that would open a sentence.

    >>> text = "Of 5 words, three stay. <!-- 5 = n; three = m -->"
    >>> fix_claims(text, find_claims(text), {"n": 6.0, "m": 4.0})[0]
    'Of 6 words, four stay. <!-- 6 = n; four = m -->'
    """
    stale = [claim for claim in claims if claim.at is None or not _holds(claim, values)]
    written = {claim: _written(text, claim, values.get(claim.expression)) for claim in stale}
    edits = [(span, new) for claim, new in written.items() if new for span in (claim.at, claim.entry) if span]
    for (start, end), new in sorted(edits, reverse=True):
        text = text[:start] + (new.capitalize() if text[start].isupper() else new) + text[end:]
    return text, [claim for claim, new in written.items() if new is None]


def says(said: str, value: float) -> bool:
    """Tell whether a printed number is the value, rounded to the digits that are printed.

    >>> says("62.5", 62.46), says("1,200", 1200), says("Five", 5), says("5", 5.6)
    (True, True, True, False)
    """
    if said.lower() in WORDS:
        return WORDS.index(said.lower()) == value
    if not re.fullmatch(r"-?\d[\d,]*(?:\.\d+)?", said):
        return False
    return _rounded(value, said) == said.replace(",", "")


def split_key(expression: str) -> tuple[str, str]:
    """Split an entry outside the notebooks into the notebook's key and the expression.

    >>> split_key("02: n_all"), split_key("n_all")
    (('02', 'n_all'), ('', 'n_all'))
    """
    keyed = KEYED.fullmatch(expression)
    return (keyed[1], keyed[2]) if keyed else ("", expression)


def _comments(text: str) -> Iterator[tuple[int, re.Match[str], str]]:
    """Give each binding comment with the start of its block, and with what is wrong with its place."""
    for comment in re.finditer(COMMENT, re.sub(CODE, blank, text, flags=FLAGS), FLAGS):
        if "=" in comment[0]:
            before, after = text[: comment.start()], text[comment.end() :].split("\n", 2)
            yield _block_start(before.rstrip(" ")), comment, _misplaced(before, after)


def _misplaced(before: str, after: list[str]) -> str:
    """Say what is wrong with the place of a comment, from the text before it and the lines after it."""
    alone = not before.rpartition("\n")[2].strip()
    above = before.rstrip().rpartition("\n")[2].lstrip()
    if alone and not above.startswith(("#", "|")):
        return "the comment stands alone, and above it is neither a heading nor a table"
    below = after[1] if len(after) > 1 else ""
    goes_on = below.strip() and not alone and not ITEM.match(below) and not below.startswith("#")
    return "the comment must end its paragraph or list item" if after[0].strip() or goes_on else ""


def _block_start(before: str) -> int:
    """Find where a block begins: after a blank line, at a heading or list item, or after another comment."""
    start = len(before)
    for line in reversed(before.splitlines(keepends=True)):
        heading = line.startswith("#")
        if not line.strip() or line.lstrip().startswith("<!--") or (heading and start < len(before)):
            break
        start -= len(line)
        if heading or ITEM.match(line):
            break
    return start


def _entries(comment: re.Match[str]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Give each entry of a comment: the number, the expression, and where the number stands."""
    at = comment.start() + len("<!--")
    for entry in comment[0][len("<!--") : -len("-->")].split(";"):
        said, _, expression = entry.partition("=")
        start = at + len(said) - len(said.lstrip())
        yield said.strip(), expression.strip(), (start, start + len(said.strip()))
        at += len(entry) + 1


def _find(said: str, read: str, start: int, end: int) -> tuple[int, int] | None:
    """Find the next place of a number in a block, where it is no part of a longer one."""
    number = rf"(?<![\w.])(?<![^\w\s]-)(?<!\d,){re.escape(said)}(?!\w|[.,]\d)"
    found = re.compile(number, re.IGNORECASE).search(read, start, end) if said else None
    return found.span() if found else None


def _line(text: str, at: int) -> str:
    """Give the line that holds a position, without comments."""
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    return re.sub(COMMENT, "", line).strip()


def _holds(claim: Claim, values: Mapping[str, Value]) -> bool:
    """Say whether a claim is what its cell computes; a name needs no cell."""
    value = values.get(claim.expression)
    return claim.expression == NAME or (isinstance(value, float) and says(claim.said, value))


def _fault(claim: Claim, values: Mapping[str, Value]) -> str:
    """Put into words what is wrong with a claim."""
    if claim.at is None:
        why = claim.expression if claim.expression.startswith("the comment") else "it is not in the block"
        return f"binds {claim.said!r}, which cannot be read: {why}"
    value = values.get(claim.expression, "nothing")
    return f"says {claim.said}, but the cells compute {claim.expression} = {value}"


def _rounded(value: float, said: str) -> str:
    """Round a value to as many decimals as a printed number has; zero has no sign."""
    decimals = len(said.partition(".")[2])
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def _written(text: str, claim: Claim, value: Value | None) -> str | None:
    """Write a value as its number was printed, or give None where that would make a wrong sentence."""
    if claim.at is None or not isinstance(value, float) or not isfinite(value):
        return None
    word = claim.said.lower() in WORDS
    old = WORDS.index(claim.said.lower()) if word else float(claim.said.replace(",", ""))
    new = float(_rounded(value, claim.said))
    if (old == 1) != (new == 1):
        return None
    if word and new == value and 0 <= new < len(WORDS):
        return WORDS[int(new)]
    if word and (new != value or OPENS.search(text[: claim.at[0]])):
        return None
    grouped = "," in claim.said or abs(old) < 1000
    digits = f"{new:,.{len(claim.said.partition('.')[2])}f}"
    return digits if grouped else digits.replace(",", "")
