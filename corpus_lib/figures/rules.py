"""The rules that find numerals and name their kind, as figure_rules.tsv has them.

Rules are tried from the top of the table at each place of a line: dates, names and slogans, which report
no amount; amounts of one and none; words; ordinals; durations; then all other quantities. The row
gives the reason of a rule and an example that it finds.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from corpus_lib.figures.pieces import write_out


class Rule(NamedTuple):
    """One rule: its name, the kind and the pattern of what it finds, its reason and an example.

    The kind `word` means the kind in numeral_words.tsv. Blanks in a pattern do not count, and <N> is a
    piece (see `pieces`). A pattern may name these groups: `n` and `to` (numerals), `unit`, `before` and
    `after` (qualifiers), `of` (a denominator), `half` (年半), `top` (前三), `none` (counts as 0), `below`
    and `under` (the signs of n and to), `first` (the unit of n alone), `tenths` and `hundredths` (角 and
    分), `coin` (a currency), `like` (the numeral that ends a list) and `listed` (only beside another
    quantity). A group name may occur only once in a pattern, so n2 means n too.
    """

    name: str
    kind: str
    pattern: str
    reason: str
    example: str


_ROWS = Path(__file__).parents[1].joinpath("figure_rules.tsv").read_text(encoding="utf-8").split("\n")
RULES = [Rule(*row.split("\t")) for row in _ROWS[1:-1]]


def rules_at(text: str, place: int) -> Iterator[tuple[Rule, dict[str, str], re.Match[str]]]:
    """Give each rule that matches at one place of a plain text, what its groups have, and the match.

    >>> [(rule.name, parts) for rule, parts, match in rules_at("3名", 0)]
    [('amount', {'n': '3', 'unit': '名'}), ('number', {'n': '3'}), ('left', {})]
    """
    found = all_rules().match(text, place)
    first = int(str(found.lastgroup)[1:]) if found else len(RULES)
    for number in range(first, len(RULES)):
        if match := found if number == first else one_rule(number).match(text, place):
            parts = {part: said for part, name in _groups(number) if (said := match[name])}
            yield RULES[number], parts, match


@lru_cache(maxsize=len(RULES))
def _groups(number: int) -> list[tuple[str, str]]:
    """List the groups of one rule: what each means (n for n2), and its name in a pattern (n2_81)."""
    names = re.findall(r"\?P<(\w+)>", write_out(RULES[number].pattern))
    return [(name.rstrip("23456"), f"{name}_{number}") for name in names]


@lru_cache(maxsize=len(RULES))
def one_rule(number: int) -> re.Pattern[str]:
    """Compile one rule, by its place in the table."""
    return re.compile(_alternative(number), re.VERBOSE)


@lru_cache(maxsize=1)
def all_rules() -> re.Pattern[str]:
    """Compile all rules to one pattern, which saves time; its last group names the rule that matched."""
    return re.compile("|".join(map(_alternative, range(len(RULES)))), re.VERBOSE)


def _alternative(number: int) -> str:
    """Write one rule as a part of the pattern of all, with its place behind the name of each group."""
    pattern = re.sub(r"(\?P<|\?P=|\?\()(\w+)(?=[>)])", rf"\1\2_{number}", write_out(RULES[number].pattern))
    return f"(?:{pattern})(?P<r{number}>)"
