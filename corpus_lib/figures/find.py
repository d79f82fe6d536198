"""Lines -> figures: every numeral with its place and its kind.

Many numerals in Chinese news report nothing: 一起 may be one case or "together", 110 a hotline or a
number of people, 五年 a time looked back on or a prison sentence. A table of rules, tried in order at
each place, decides. The column `rule` names the rule that decided, so that a doubtful figure can be
traced to its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from math import nan
from typing import NamedTuple

import pandas as pd

from corpus_lib.columns import refuse_taken, require
from corpus_lib.figures.pieces import compile_pieces, known_words
from corpus_lib.figures.rules import RULES, Rule
from corpus_lib.numerals import HALF_WIDTH_NUMERALS, amounts, read_value

# Bylines and boilerplate (printing dates, other pages' headlines) are not what the article reports.
SKIPPED_ZONES = ["byline", "boilerplate"]

# Only these kinds have a value; a date, a name, a slogan and a word have none.
WITH_VALUE = {"quantity", "span", "ordinal"}

# The words beside a numeral that hedge it; a figure without one is exact.
QUALIFIERS = {
    "at_least": "余 多 几 数 有余 以上 超 超过 逾 上 至少 最少 不少于 不低于",
    "at_most": "以内 之内 以下 不足 不到 不满 不及 至多 最多 不超过 不多于 不高于",
    "approx": "约 大约 近 将近 接近 许 左右 上下 前后 来",
}
QUALIFIER = {word: name for name, row in QUALIFIERS.items() for word in row.split()}

# A qualifier a few characters before its numeral: 至少缩短8小时, 超过了80%, 约有500人, 不到以往的六成.
DISTANT = re.compile(
    r"(至[少多]|最[少多]|不(?:超过|低于|少于|多于)|超过|约(?=[有为占合需]))"
    r"[^\W\d零一二两三四五六七八九十百千万亿]{1,4}$"
    r"|(不到|不足|不及|接近|超过)(?=.{0,4}(?:以[往前]|[此之]前|过去|原来|[往去上前同]年|同期|总[数量额]|平均))"
    r"[一-鿿]{2,8}的$"
)

# The text between two counted things in a list: 两匹马、一峰骆驼.
LISTED = re.compile("[一-鿿]{1,8}[、和及与]")

# Numerals that are words (first, not one, half), and shares in words, which become percentages.
SPECIAL = {"首": 1.0, "无一": 0.0, "半": 0.5, "一半": 50.0, "半数": 50.0}
SHARES = {"千分之": "‰", "万分之": "‱"}


class Figure(NamedTuple):
    """One numeral of a string: its place, its kind and its value."""

    start: int
    end: int
    text: str
    kind: str
    value: float
    value_to: float
    unit: str
    qualifier: str
    rule: str


# The columns of its line that a figure replaces, and the columns that it adds.
SPAN = ["start", "end", "text"]
MADE = [column for column in Figure._fields if column not in SPAN]

# The types of a table of figures, so that an empty one is typed like a full one.
TYPES = dict.fromkeys(Figure._fields, "str") | {"start": "int64", "end": "int64"}
TYPES |= {"value": "float64", "value_to": "float64"}


def find_figures(lines: pd.DataFrame) -> pd.DataFrame:
    """Find every numeral of every line, with its kind, value and unit.

    In: `lines` with `zone, start, text`; bylines and boilerplate are skipped.
    Columns out: those of `lines`, with the figure's own `start, end` (characters in the article) and `text`,
    then `kind` (quantity, date, span, ordinal, name, formula, lexical), `value`, `value_to` (only in a
    range), `unit`, `qualifier`, `rule`. Values are floats, missing where a kind has none; shares are
    percentages, so 三成 is 30 with unit %.

    It misleads where only knowledge of the world decides: whether 一支队伍 is one of several, or whether
    years are an achievement or a time looked back on. 几十 and 数百 get their lowest value, 10 and 100. A
    numeral that a line end divides becomes two figures. Raises ValueError for a column that it makes.

    >>> lines = pd.DataFrame({"zone": ["body"], "start": [10], "text": ["建成34个窗口。"]})
    >>> find_figures(lines)[["start", "text", "kind", "value", "unit"]].values.tolist()
    [[12, '34个', 'quantity', 34.0, '个']]
    """
    require(lines, "zone", "start", "text")
    refuse_taken(lines, MADE, "find_figures")
    read = lines[~lines["zone"].isin(SKIPPED_ZONES)]
    found = [figures_in(text) for text in read["text"]]
    rows = [i for i, figures in enumerate(found) for _ in figures]
    carried = read.drop(columns=SPAN, errors="ignore").iloc[rows].reset_index(drop=True)
    made = pd.DataFrame([f for figures in found for f in figures], columns=list(TYPES)).astype(TYPES)
    before = read["start"].iloc[rows].to_numpy(dtype="int64")
    made = made.assign(start=made["start"] + before, end=made["end"] + before)
    return pd.concat([carried, made], axis=1)


def figures_in(text: str) -> list[Figure]:
    """Find the numerals of one string, from left to right, none inside another.

    >>> [(f.text, f.kind, f.value) for f in figures_in("五年来,抓获1名潜逃25年的嫌疑人")]
    [('五年', 'span', 5.0), ('1名', 'quantity', 1.0), ('25年', 'quantity', 25.0)]
    """
    plain, position, found = text.translate(HALF_WIDTH_NUMERALS), 0, list[Figure]()
    while place := _start().search(plain, position):
        figure = _figure_at(text, plain, place.start(), found[-1] if found else None)
        position = figure.end if figure else place.start() + 1
        if figure:
            found.append(figure)
    return found


def _figure_at(text: str, plain: str, start: int, previous: Figure | None) -> Figure | None:
    """Try the rules in order at one place of the half-width text; skip a rule that cannot read it."""
    for rule, match_at in _rules():
        match = match_at(plain, start)
        if match and (figure := _figure(rule, match, text, previous)):
            return figure
    return None


def _figure(rule: Rule, match: re.Match[str], text: str, previous: Figure | None) -> Figure | None:
    """Make the row of one match; None where the rule cannot read what it has matched."""
    parts = {name.rstrip("234"): part for name, part in match.groupdict().items() if part}
    counted = previous if previous and previous.kind == "quantity" else None
    if "listed" in parts and not (counted and LISTED.fullmatch(match.string, counted.end, match.start())):
        return None
    kind = known_words()[match[0]] if rule.kind == "word" else rule.kind
    where = (match.start(), match.end(), text[match.start() : match.end()], kind)
    if kind not in WITH_VALUE:
        return Figure(*where, nan, nan, "", "approx" if "after" in parts else "", rule.name)
    values = _values(parts, match[0])
    amount = values and (*values, _unit(parts), _qualifier(parts, match, previous))
    return Figure(*where, *amount, rule.name) if amount else None


def _values(parts: dict[str, str], text: str) -> tuple[float, float] | None:
    """Read the value, and the end of a range; None where they cannot be read."""
    n = "零" if "none" in parts else parts.get("n", "一")
    if "top" in parts:
        last = read_value(n)
        return None if last is None else (1.0, last)
    if "of" in parts:
        return _share(n, parts["of"])
    ends = _ends(n, parts.get("to", ""))
    half = 0.5 if "half" in parts or "个半" in text else 0
    times = 10 if parts.get("unit") == "成" else -1 if "below" in parts else 1
    return ends and ((ends[0] + half) * times, ends[1] * times)


def _share(n: str, of: str) -> tuple[float, float] | None:
    """Read a share as a percentage; 零分之一 is none, because nothing has zero parts."""
    part = read_value(n)
    whole = 100.0 if of in SHARES or of == "百分之" else read_value(of.removesuffix("分之"))
    return (part * (100 / whole), nan) if whole and part is not None else None


def _ends(n: str, to: str) -> tuple[float, float] | None:
    """Read a numeral, and the end of its range; in 3至5万元 both are tens of thousands."""
    if not to:
        return (SPECIAL[n], nan) if n in SPECIAL else amounts(n)
    if not re.search("[十百千万亿]", n):
        n += to[len(to.rstrip("十百千万亿")) :]
    first, last = _ends(n, ""), amounts(to)
    if first is None or last is None or last[0] < first[0]:  # a range does not go downwards
        return None
    return first[0], last[0]


def _unit(parts: dict[str, str]) -> str:
    """Name the unit; a share is in percent, unless the text says per thousand or per ten thousand."""
    unit = parts.get("unit", "")
    if "of" in parts or unit == "成" or parts.get("n") in ("一半", "半数"):
        return SHARES.get(parts.get("of", ""), "%")
    return unit


def _qualifier(parts: dict[str, str], match: re.Match[str], previous: Figure | None) -> str:
    """Find the qualifier: the word beside the figure, an earlier one, or that of the figure it joins."""
    inside = re.search("[余多几数来]", parts.get("n", "")) or re.search("(?<=个)多", match[0])
    for word in (parts.get("before"), inside and inside[0], parts.get("after")):
        if word and word in QUALIFIER:
            return QUALIFIER[word]
    if distant := DISTANT.search(match.string[max(0, match.start() - 12) : match.start()]):
        return QUALIFIER[distant[1] or distant[2]]
    joins = previous and previous.end == match.start() and not previous.text[0].isdigit()
    return (previous.qualifier if previous and joins else "") or "exact"


@lru_cache(maxsize=1)
def _rules() -> list[tuple[Rule, Callable[[str, int], re.Match[str] | None]]]:
    """Compile the table of rules, with the units and words of the data files."""
    return [(rule, compile_pieces(rule.pattern).match) for rule in RULES]


@lru_cache(maxsize=1)
def _start() -> re.Pattern[str]:
    """Compile the places where a figure may begin; the lookahead for first characters only saves time."""
    return compile_pieces(
        r"""(?=[0-9A-Z零〇○一二两三四五六七八九十百千万亿半首第无每前几数不至最超逾将接大约近上〔\[（(−双正腊冬-]|<PLATE>)
        (?:[0-9零〇○一二两三四五六七八九十百千首半]|万(?!某)|亿|第(?=[0-9]|<Z>|[百千])|[无每]一|前<N>|数以
        |[几数](?=个|<U>|[十百千万亿])|<B>(?=[0-9半几数]|<CHINESE>)|[〔\[（(]<Y>|<PLATE>[A-Z](?=[A-Z0-9·×*])
        |<LETTERS>|<MINUS>|双(?:十[一二]|1[12])|[正腊冬]月(?=初|[二十廿三123])|大年(?=初|三))
        |(?<=[“‘「『])<H>|<PHRASE>|<WORD>"""
    )
