"""Numbers in prose that are bound to the cells that compute them.

An author writes the bindings in a comment, which the pages do not show:

    17 of the 145 frequent words occur in every article. <!-- 17 = n_all; 145 = n_frequent -->

Each entry binds the next occurrence of its number after the previous entry's; `110 = name` marks a number
that no cell computes. CONTRIBUTING.md has all the rules, and how to check the numbers.
"""

import re
from collections.abc import Collection, Mapping
from html import escape
from math import isfinite
from typing import NamedTuple

from corpus_lib.site.prose import CODE, COMMENT, FLAGS, WORDS, hide, mask

# The value of an expression, or the message of the error that it gives.
Value = float | str
# Marks a number that no cell computes.
NAME = "name"
# A number in digits, by itself; and in a text, where a minus sign belongs to it unless it joins two words.
PRINTED = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
DIGITS = re.compile(r"(?<![\w.])(?:(?<!\w)-)?\d+(?:,\d{3})*(?:\.\d+)?")
# The start of a list item.
ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
# What may come before the first word of a sentence: nothing, an end of a sentence, marks of Markdown.
OPENS = re.compile(rf"(?m)(?:\A|[.!?:][\"”’)\]]*\s|\n\s*\n|^#[^\n]*\n|^{ITEM.pattern})[\s*_“\"(\u2007]*\Z")


class Claim(NamedTuple):
    """A bound number: as printed, its expression, its line, its place, its place in the comment, its fault.

    `at` is None, and `fault` says why, when the number cannot be found.
    """

    number: str
    expression: str
    line: str
    at: tuple[int, int] | None
    entry: tuple[int, int]
    fault: str


def find_claims(text: str, names: Collection[str] = ()) -> list[Claim]:
    """List the bound numbers of a text in Markdown, in order.

    In: `names` of articles and notebooks, which are not numbers (see `prose.mask`). A comment in
    the wrong place, and an entry that cannot be read, give claims with a fault.

    >>> text = "Of 1,200 words five survive. <!-- 1,200 = total; five = n -->"
    >>> [(claim.number, claim.expression, claim.at) for claim in find_claims(text)]
    [('1,200', 'total', (3, 8)), ('five', 'n', (15, 19))]
    """
    masked = mask(text, names)
    claims: list[Claim] = []
    for comment in re.finditer(COMMENT, hide(text, CODE), FLAGS):
        written = text[slice(*comment.span())]  # as printed: code in the comment is part of an expression
        if "=" not in written:
            continue
        fault = _misplaced(text[: comment.start()], text[comment.end() :])
        place = _block_start(text[: comment.start()].rstrip(" "))
        for entry in re.finditer(r"[^;]+", written[:-3].replace("<!--", "    ")):
            number, _, expression = map(str.strip, entry[0].partition("="))
            begin = comment.start() + entry.end() - len(entry[0].lstrip())
            alone = rf"(?<![\w.])(?<!(?<!\w)-)(?<!\d,){re.escape(number)}(?!\w|[.,]\d)"
            found = re.compile(alone, re.IGNORECASE).search(masked, place, comment.start())
            at = found.span() if found and number and expression and not fault else None
            place = at[1] if at else place
            start = at[0] if at else comment.start()
            line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
            why = "" if at else f"binds {number!r}, which cannot be read: {fault or 'it is not in the block'}"
            line, said = re.sub(COMMENT, "", line).strip(), (begin, begin + len(number))
            claims.append(Claim(number, expression, line, at, said, why))
    return claims


def stale_claims(name: str, claims: list[Claim], values: Mapping[str, Value]) -> list[str]:
    """Describe each claim that differs from its computed value, at the precision that is printed.

    >>> claims = find_claims("Some 3.1 here. <!-- 3.1 = x -->")
    >>> stale_claims("02", claims, {"x": 3.14159}), stale_claims("02", claims, {"x": 2.7})
    ([], ['02: “Some 3.1 here.” says 3.1, but the cells compute x = 2.7.'])
    """
    says = "says {0.number}, but the cells compute {0.expression} = {1}"
    stale = [(c, values.get(c.expression, "nothing")) for c in claims if not _is_true(c, values)]
    return [f"{name}: “{c.line}” {c.fault or says.format(c, value)}." for c, value in stale]


def mark_stale(text: str, values: Mapping[str, Value]) -> str:
    """Mark in a text each bound number that differs from its computed value, for a page that shows it.

    >>> mark_stale("Some 3.1 here. <!-- 3.1 = x -->", {"x": 2.7}).partition(" here")[0]
    'Some <mark class="stale" title="The cells compute 2.7.">3.1</mark>'
    """
    marks = {}
    for claim in find_claims(text):
        if claim.at and not _is_true(claim, values):
            said = escape(f"The cells compute {values.get(claim.expression)}.")
            marks[claim.at] = f'<mark class="stale" title="{said}">{claim.number}</mark>'
    return replace(text, marks)


def fix_claims(text: str, claims: list[Claim], values: Mapping[str, Value]) -> tuple[str, list[Claim]]:
    """Write the computed values into a text; return it with the claims that cannot be written.

    Decimals, separators and case do not change. Three kinds of claim cannot be written: those
    without a place or a value, a change from or to one (the noun changes), and digits at the start of
    a sentence.

    >>> text = "Of 5 words, three survive. <!-- 5 = n; three = m -->"
    >>> fix_claims(text, find_claims(text), {"n": 6.0, "m": 4.0})[0]
    'Of 6 words, four survive. <!-- 6 = n; four = m -->'
    """

    def without_numbers(text: str) -> str:
        marks = {claim.at: "\0" for claim in find_claims(text) if claim.at}
        return re.sub(COMMENT, "", replace(text, marks), flags=FLAGS)

    stale = [claim for claim in claims if not _is_true(claim, values)]
    written = {claim: _write(text, claim, values.get(claim.expression)) for claim in stale}
    edits = [(span, new) for claim, new in written.items() if new for span in (claim.at, claim.entry) if span]
    fixed = replace(text, {at: new.capitalize() if text[at[0]].isupper() else new for at, new in edits})
    if without_numbers(fixed) != without_numbers(text):  # an entry now binds another number
        return text, stale
    return fixed, [claim for claim, new in written.items() if new is None]


def matches(number: str, value: Value | None) -> bool:
    """Say whether a printed number is the value, rounded to the printed digits; no message is.

    >>> matches("62.5", 62.46), matches("1,200", 1200), matches("Five", 5), matches("5", 5.6)
    (True, True, True, False)
    """
    if number.lower() in WORDS:
        return WORDS.index(number.lower()) == value
    if value is None or isinstance(value, str) or not PRINTED.fullmatch(number):
        return False
    return _rounded(value, number) == number.replace(",", "")


def loose_numbers(text: str, names: Collection[str] = ()) -> list[tuple[str, str]]:
    """List each number in digits that is not bound, with its line; `names` as in `find_claims`.

    Limits: number words are not listed, because a program cannot tell a result ("two contrasts") from
    grammar ("one of them"). A number from 1900 to 2099 without a separator counts as a year.

    >>> loose_numbers("Of 12 texts, 5 name the squad in 2023. <!-- 12 = n -->")
    [('5', 'Of 12 texts, 5 name the squad in 2023.')]
    """
    bound = {claim.at: "\u2007" for claim in find_claims(text, names) if claim.at}
    lines = zip(text.splitlines(), replace(mask(text, names), bound).splitlines(), strict=True)
    return [(n, re.sub(COMMENT, "", line).strip()) for line, rest in lines for n in DIGITS.findall(rest)]


def replace(text: str, edits: Mapping[tuple[int, int], str]) -> str:
    """Write new words at some places of a text; a place is a start and an end."""
    for (start, end), new in sorted(edits.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _misplaced(before: str, after: str) -> str:
    """Say what is wrong with the place of a comment, from the text before and after it."""
    alone = not before.rpartition("\n")[2].strip()
    above = before.rstrip().rpartition("\n")[2].lstrip()
    if alone and not above.startswith(("#", "|")):
        return "the comment is alone on its line, and the line above is neither a heading nor a table"
    rest, below = (*after.split("\n", 2), "")[:2]
    goes_on = below.strip() and not alone and not ITEM.match(below) and not below.startswith("#")
    return "the comment must end its paragraph or list item" if rest.strip() or goes_on else ""


def _block_start(before: str) -> int:
    """Find where a block begins: after a blank line or a comment, at a heading or a list item."""
    start = len(before)
    table = before.rstrip().rpartition("\n")[2].lstrip().startswith("|")
    for line in reversed(before.splitlines(keepends=True)):
        heading = line.startswith("#")
        above = not line.strip() or (table and not line.lstrip().startswith("|"))
        if above or line.lstrip().startswith("<!--") or (heading and start < len(before)):
            break
        start -= len(line)
        if heading or ITEM.match(line):
            break
    return start


def _is_true(claim: Claim, values: Mapping[str, Value]) -> bool:
    """Say whether a claim is the value of its expression; a name needs no value."""
    true = claim.expression == NAME or matches(claim.number, values.get(claim.expression))
    return true and not claim.fault


def _rounded(value: float, number: str, comma: str = "") -> str:
    """Round a value to the decimals of a printed number; zero has no sign."""
    decimals = len(number.partition(".")[2])
    return f"{round(value, decimals) + 0.0:{comma}.{decimals}f}"


def _write(text: str, claim: Claim, value: Value | None) -> str | None:
    """Write a value as its number is printed, or return None where the sentence would be wrong."""
    word = claim.number.lower() in WORDS
    printed = word or PRINTED.fullmatch(claim.number)
    if not printed or claim.at is None or not isinstance(value, float) or not isfinite(value):
        return None
    old = WORDS.index(claim.number.lower()) if word else float(claim.number.replace(",", ""))
    new = float(_rounded(value, claim.number))
    if (old == 1) != (new == 1) or (word and ((old == 0) != (new == 0) or new != value)):
        return None
    if word and 0 <= new < len(WORDS):
        return WORDS[int(new)]
    if word and OPENS.search(text[: claim.at[0]]):
        return None
    comma = "," if "," in claim.number or abs(old) < 1000 else ""
    digits = _rounded(value, claim.number, comma)
    return None if re.fullmatch(r"(?:19|20)\d\d", digits) else digits  # it would be read as a year
