"""How numbers are written: one numeral -> its value.

A value is read in exact decimals, so that 1.1亿 is exactly 110000000. The grammar is small: digits,
十百千万亿, 零, 点, 负, and the forms that banks, old texts and full-width keyboards have of them. What is
outside it has no value. Where a sentence has a numeral, and what it counts, the rules of `figures` decide.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from math import isfinite, nan
from pathlib import Path

from corpus_lib.characters import HALF_WIDTH

# A numeral in Arabic digits, with its point, its grouping commas and its percent sign: 62.46%, 1,300.
ARABIC_NUMERAL = re.compile(r"[0-9０-９]+(?:,[0-9]{3}(?![0-9]))*(?:[.．][0-9０-９]+)?[%\uff05‰]?")
# The signs with which a numeral is written inside a figure; its unit and other words are not among them.
NUMERAL_SIGNS = re.compile(r"[0-9０-９.,．〇零一二两三四五六七八九十百千万亿两半几]+[余多]?[万亿]?%?")
# What each character of a numeral means. Banks write capitals (壹, 佰), older texts 兩 and 萬; 〇, ○ and
# the letter O are zeros of years.
PLAIN = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟貳參叄陸弍弎〇○兩億萬點負幺",
    "一二三四五六七八九十百千二三三六二三零零两亿万点负一",
)
LONG = {"廿": "二十", "卅": "三十", "卌": "四十"}
USUAL = HALF_WIDTH | PLAIN | str.maketrans(LONG)
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "○": 0}
LARGE = {"亿": 10**8, "万": 10**4}
# A number below 万 in words: 三千零五十, 一百二 (120), 一百十 (110), 5千. 零 marks a place left out.
_DIGIT = "[一二两三四五六七八九1-9]"
_WORDS = re.compile(
    rf"(?=.)零?(?:(?P<k>{_DIGIT}?)千)?(?P<gap>零)?(?:(?P<h>{_DIGIT}|(?<!千))百)?(?P<gap2>零)?"
    rf"(?:(?P<t>{_DIGIT}?)十)?(?P<o>{_DIGIT}?)"
)
# 七八 and 三四十 name two numbers side by side; 三五 (three to five) is the only pair that skips one.
NEIGHBOURS = ["一二", "一两", "二三", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"]
PAIR = re.compile(r"((?:.*[十百千])?)([一两二三四五六七八])、?([二两三四五六七八九])([十百千万亿]*)")


@lru_cache(maxsize=1)
def units() -> dict[str, str]:
    """Give each unit that may follow a numeral, with its type: classifier, measure, money, rate or time.

    >>> units()["公里"], units()["名"]
    ('measure', 'classifier')
    """
    return {unit: kind for unit, kind in two_columns("units").items() if kind != "none"}


def no_units() -> list[str]:
    """List the words of the table of units that begin like a unit and are none: 人民 after 3.

    >>> "人民" in no_units(), "人" in no_units()
    (True, False)
    """
    return [word for word, kind in two_columns("units").items() if kind == "none"]


def numeral_words() -> dict[str, str]:
    """Give the words and names that contain a numeral and report nothing, each with its kind.

    >>> numeral_words()["统一"]
    'lexical'
    """
    return two_columns("numeral_words")


@lru_cache(maxsize=3)
def two_columns(name: str) -> dict[str, str]:
    """Read the first two columns of one of the data files beside this module."""
    rows = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {row.split("\t")[0]: row.split("\t")[1] for row in rows}


def read_value(text: str) -> float | None:
    """Say what number a numeral means, whether it is Arabic, full-width, Chinese or mixed.

    In: the numeral alone, without unit or words such as 余; 负 or a minus may stand before it. Digits without
    十, 百, 千 are read one by one, as years are: 二〇二四 is 2024. 一百二 is 120 and 3万5 is 35000, as people
    say them. Out: None for a text that is not a numeral, and for one too long to be a number.

    >>> [read_value(s) for s in ("62.46", "１,３００", "二十三", "5万3千", "1.1亿", "三点五", "半", "四个")]
    [62.46, 1300.0, 23.0, 53000.0, 110000000.0, 3.5, 0.5, None]
    """
    exact = _exact(text)
    value = nan if exact is None else float(exact)
    return value if isfinite(value) else None


def amounts(text: str) -> tuple[float, float] | None:
    """Read a numeral as a sentence has it: give its value and, for a range, its end; None if it is no amount.

    余, 多, 几 and 数 only open a numeral upwards, so they add nothing: 十几 and 几十 are 10, 数百 is 100.
    七八 is 7 to 8; other digits in a row are no amount (王五三人 is a name and three persons).

    >>> amounts("30余万"), amounts("七八"), amounts("五三")
    ((300000.0, nan), (7.0, 8.0), None)
    """
    plain = re.sub("[余多几数来]", "", text.translate(PLAIN))
    pair = PAIR.fullmatch(plain)
    if pair and pair[2] + pair[3] in NEIGHBOURS:
        value, value_to = (read_value(pair[1] + digit + pair[4]) for digit in pair.group(2, 3))
    elif re.fullmatch("[一二两三四五六七八九]{2,}", plain):
        return None
    else:
        value, value_to = read_value(plain), nan
    return None if value is None or value_to is None else (value, value_to)


def _exact(text: str) -> Decimal | None:
    """Read a numeral of any form in exact decimals, or give None."""
    plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", text.translate(USUAL))
    unsigned = plain[1:] if plain[:1] in {"负", "-", "−"} else plain
    part = unicodedata.numeric(unsigned, 0) if len(unsigned) == 1 else 0  # ½ is one character
    value = Decimal("0.5") if unsigned == "半" else Decimal(part) if 0 < part < 1 else _read(unsigned)
    return -value if value is not None and unsigned != plain else value


def _read(text: str) -> Decimal | None:
    """Read a numeral: what is before its last 亿 or 万, times that, and what follows."""
    for sign, size in LARGE.items():
        before, found, after = text.rpartition(sign)
        if found and sign not in before:
            head, tail = _read(before) if before else Decimal(1), _tail(after, size)
            whole = head is not None and (not after or head == int(head))
            return head * size + tail if whole and head is not None and tail is not None else None
    return _read_decimal(text)


def _tail(text: str, size: int) -> Decimal | None:
    """Read what follows a scale; a lone digit counts tenths of it (3万5), unless 零 is between them."""
    if not text:
        return Decimal(0)
    if len(text) == 1 and (text.isdigit() or text in DIGITS):
        return Decimal(DIGITS.get(text, text)) * size / 10
    value = _read("零" + text if text[0] in "点." else text)
    return value if value is not None and 0 < value < size and text[0] not in "百千万" else None


def _read_decimal(text: str) -> Decimal | None:
    """Read a numeral below 万 that may have a point: 3.14, 三点一四, 十五点八, 1.5千."""
    whole, point, rest = text.replace("点", ".").partition(".")
    if not point:
        return _read_small(whole)
    head = _read_small(whole)
    digits = re.fullmatch("([零一二三四五六七八九0-9]+)([百千]?)", rest)
    if head is None or digits is None:
        return None
    fraction = "".join(str(DIGITS.get(c, c)) for c in digits[1])
    return Decimal(f"{head}.{fraction}") * {"": 1, "百": 100, "千": 1000}[digits[2]]


def _read_small(text: str) -> Decimal | None:
    """Read a whole number below 万: digits one by one (二〇二四, 350千), or digits with 千, 百, 十."""
    digits = "".join(str(DIGITS.get(c, c)) for c in text)
    if re.fullmatch("[0-9]+", digits):
        return Decimal(digits)
    if scaled := re.fullmatch("([0-9]+)([千百十])", text):
        return Decimal(scaled[1]) * {"千": 1000, "百": 100, "十": 10}[scaled[2]]
    parts = _WORDS.fullmatch(text)
    return Decimal(_sum_parts(parts)) if parts and text[-1] != "零" else None


def _sum_parts(parts: re.Match[str]) -> int:
    """Add thousands, hundreds, tens and ones; an empty one is one of its kind (十, 百, 一百十).

    A lone digit after 千 or 百 counts the next smaller kind (一百二 is 120), unless 零 is before it.
    """
    k, h, t, o = (None if p is None else int(DIGITS.get(p, p or 1)) for p in parts.group("k", "h", "t", "o"))
    value = (k or 0) * 1000 + (h or 0) * 100 + (t or 0) * 10
    if not parts["o"]:
        return value
    gap = parts["gap"] or parts["gap2"] or t is not None
    size = 1 if gap else 10 if h is not None else 100 if k is not None else 1
    return value + (o or 0) * size
