"""Lines -> figures: every numeral with its place and its kind.

Many numerals in Chinese news report nothing: 一起 may be one case or "together", 110 a hotline or a number of
people, 五年 a time looked back on or a prison sentence. A table of rules, tried in order at each place,
decides. The column `rule` names the rule that decided, so that a doubtful figure can be traced to its reason.
"""

import re
from collections.abc import Iterator, Sequence
from math import nan
from typing import NamedTuple

import pandas as pd

from corpus_lib.columns import refuse_taken, require
from corpus_lib.figures.pieces import compile_pieces
from corpus_lib.figures.plain import plain
from corpus_lib.figures.rules import Rule, rules_at
from corpus_lib.figures.values import read_qualifier, read_unit, read_values
from corpus_lib.numerals import numeral_words

# Bylines and boilerplate (printing dates, other pages' headlines) are not what the article reports.
SKIPPED_ZONES = ["byline", "boilerplate"]
# Only these kinds have a value; a date, a name, a slogan and a word have none.
WITH_VALUE = {"quantity", "span", "ordinal"}
# The text between two counted things in a list: 两匹马、一峰骆驼.
LISTED = re.compile("[一-鿿]{1,8}[、和及与]")
# Where a figure may begin; the lookahead for first characters only saves time.
START = r"""
    (?=[0-9A-Z零〇○一二两三四五六七八九十百千万亿半首第无每前几数不至最超过起低高少多未逾将接大约近上〔\[（(±−负俩仨$¥€£双正腊冬-]|<PLATE>)
    (?:[0-9零〇○一二两三四五六七八九十百千半俩仨]|首|万(?!某)(?<!书记.|[市县局院校厅处所队省]长.)|亿|第(?=[0-9]|<Z>|[百千])|[无每]一|前<N>|数以
    |(?!数字)[几数]|<B>(?=[0-9半几数$¥€£]|<CHINESE>)|[〔\[（(]<Y>(?=[〕\])）])|<PLATE>[A-Z](?=[A-Z0-9·×*])
    |<LETTERS>|[负±−-]|<COIN>(?=-?[0-9])|双(?:十[一二]|1[12])|[正腊冬]月(?=初|[二十廿三123])|大年(?=初|三))
    |(?<=[“‘「『])<H>(?=<H>{0,2}(?:[0-9]|<Z>))|<PHRASE>|<WORD>"""


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


def find_figures(lines: pd.DataFrame) -> pd.DataFrame:
    """Find every numeral of every line, with its kind, value and unit.

    In: `lines` with `zone, start, text`; bylines and boilerplate are skipped. Columns out: those of `lines`,
    with the figure's own `start, end` (characters in the article) and `text`, then `kind` (quantity, date,
    span, ordinal, name, formula, lexical), `value`, `value_to` (only in a range), `unit`, `qualifier`,
    `rule`. Values are floats, missing where a kind has none; shares are percentages: 三成 is 30 with unit %.

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
    made = pd.DataFrame([f for figures in found for f in figures], columns=list(Figure._fields))
    made = made.astype(Figure.__annotations__)  # an empty table is typed like a full one
    before = read["start"].iloc[rows].to_numpy(dtype="int64")
    return pd.concat([carried, made.assign(start=made["start"] + before, end=made["end"] + before)], axis=1)


def figures_in(text: str) -> list[Figure]:
    """Find the numerals of one string, from left to right, none inside another.

    >>> [(f.text, f.kind, f.value) for f in figures_in("五年来,抓获1名潜逃25年的嫌疑人")]
    [('五年', 'span', 5.0), ('1名', 'quantity', 1.0), ('25年', 'quantity', 25.0)]
    """
    smooth, places = plain(text)
    position, found = 0, list[Figure]()
    while place := compile_pieces(START).search(smooth, position):
        # A rule that cannot read what it has matched leaves it to the rules after it.
        read = (_figure(*match, found[-1] if found else None) for match in rules_at(smooth, place.start()))
        figure = next(filter(None, read), None)
        position = figure.end if figure else place.start() + 1
        found += [figure] if figure else []
    return found if smooth == text else list(_put_back(found, text, [*places, len(text)]))


def _put_back(found: list[Figure], text: str, places: Sequence[int]) -> Iterator[Figure]:
    """Give figures of the plain text the place they have in the article; half a sign (½ is 1/2) is none."""
    for figure in found:
        start, end = places[figure.start], places[figure.end - 1] + 1
        if places[figure.end] >= end and (figure.start == 0 or places[figure.start - 1] < start):
            yield figure._replace(start=start, end=end, text=text[start:end])


def _figure(
    rule: Rule, parts: dict[str, str], match: re.Match[str], previous: Figure | None
) -> Figure | None:
    """Make the row of one match; None where the rule cannot read what it has matched."""
    counted = previous if previous and previous.kind == "quantity" else None
    if "listed" in parts and not (counted and LISTED.fullmatch(match.string, counted.end, match.start())):
        return None
    kind = numeral_words()[match[0]] if rule.kind == "word" else rule.kind
    where = (match.start(), match.end(), match[0], kind)
    if kind not in WITH_VALUE:
        return Figure(*where, nan, nan, "", "approx" if "after" in parts else "", rule.name)
    values = read_values(parts, match)
    # A figure that joins the one before it has the qualifier of that one: 约三年六个月.
    joins = previous and previous.end == match.start() and not previous.text[0].isdigit()
    hedge = read_qualifier(parts, match) or (previous.qualifier if previous and joins else "") or "exact"
    return Figure(*where, *values, read_unit(parts, match), hedge, rule.name) if values else None
