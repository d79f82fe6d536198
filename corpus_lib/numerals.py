"""One numeral -> its value: 62.46, 1,300, 二十三, 5万3千, 二〇二四. Pure functions on strings.

They are read in exact decimals, so that 1.1亿 is exactly 110000000. A text that is no numeral
has no value: the readers give None, and only `numeral_value` raises. Where a sentence has a
numeral, and what it counts, `figures` tells by its rules.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite, nan

# Every full-width form as its half-width twin, and the Chinese space as a space: each stands for
# one character, so that offsets into a text stay what they were.
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# The same for what a numeral is made of, and no more: the full-width comma ends a clause, while the
# half-width one may group digits (1,300).
HALF_WIDTH_NUMERALS = {
    full: half for full, half in HALF_WIDTH.items() if chr(half).isalnum() or chr(half) in "%+-.:/~"
}

# A numeral in Arabic digits, with its point, its grouping commas and its percent sign: 62.46%, 1,300.
ARABIC_NUMERAL = re.compile(r"[0-9０-９]+(?:,[0-9]{3}(?![0-9]))*(?:[.．][0-9０-９]+)?[%\uff05‰]?")

# The signs with which a numeral is written inside a figure; its unit and other words are none of them.
NUMERAL_SIGNS = re.compile(r"[0-9０-９.,．〇零一二三四五六七八九十百千万亿两半几]+[余多]?[万亿]?%?")

# 两 is two before a counter; 〇 and ○ are the zero of years written in Chinese.
DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "两": 2, "〇": 0, "○": 0}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"亿": 10**8, "万": 10**4}

# 七八 and 三四十 name two numbers side by side; 三五 (three to five) is the only pair that skips one.
PAIR = re.compile(r"(.*?)([一两二三四五六七八])([二两三四五六七八九])([十百千万亿]*)")


def numeral_value(text: str) -> float:
    """Say what number a numeral stands for, be it Arabic, full-width, Chinese or mixed.

    In: the numeral alone, without unit, sign or words such as 余. Digits without
    十, 百, 千 are read one by one, as years are: 二〇二四 is 2024. 一百二 is 120 and
    3万5 is 35000, as one says them.

    Raises ValueError for a text that is not a numeral, and for one too long to be a number.

    >>> [numeral_value(s) for s in ("62.46", "１,３００", "二十三", "5万3千", "1.1亿", "三点五", "半")]
    [62.46, 1300.0, 23.0, 53000.0, 110000000.0, 3.5, 0.5]
    """
    exact = _exact(text)
    if exact is None:
        raise ValueError(
            f"{text[:20]!r} is no numeral: give Arabic or Chinese digits, with 十百千万亿 in falling order."
        )
    if not isfinite(float(exact)):
        raise ValueError(f"{text[:20]}… is too long to be a number ({len(text)} characters): an identifier?")
    return float(exact)


def read_value(text: str) -> float | None:
    """Give the number that a text is, as `numeral_value` does, or None where it is no number.

    >>> read_value("二十三"), read_value("四个")
    (23.0, None)
    """
    exact = _exact(text)
    value = nan if exact is None else float(exact)
    return value if isfinite(value) else None


def amounts(text: str) -> tuple[float, float] | None:
    """Read a numeral as a sentence has it: give its value and, for a range, its end; None if it is no amount.

    余, 多, 几 and 数 only open a numeral upwards, so they add nothing: 十几 and 几十
    are 10, 数百 is 100, each with `at_least` said elsewhere. 七八 is 7 to 8; other digits
    in a row are no amount (王五三人 is a name and three persons).

    >>> amounts("30余万"), amounts("七八"), amounts("五三")
    ((300000.0, nan), (7.0, 8.0), None)
    """
    plain = re.sub("[余多几数来]", "", text)
    pair = PAIR.fullmatch(plain)
    if pair and _side_by_side(pair[2], pair[3]) and (not pair[1] or pair[1][-1] in SMALL):
        return _both(*(read_value(pair[1] + digit + pair[4]) for digit in pair.group(2, 3)))
    if re.fullmatch("[一二两三四五六七八九]{2,}", plain):
        return None
    return _both(read_value(plain), nan)


def _both(value: float | None, value_to: float | None) -> tuple[float, float] | None:
    """Put the ends of a range together; None where one of them cannot be read."""
    return None if value is None or value_to is None else (value, value_to)


def _side_by_side(first: str, second: str) -> bool:
    """Say whether two digits name neighbours (七八, 两三), or are 三五."""
    return first + second == "三五" or DIGITS[second] - DIGITS[first] == 1


def _exact(text: str) -> Decimal | None:
    """Read a numeral of any form in exact decimals, or give None."""
    plain = text.translate(HALF_WIDTH_NUMERALS).replace("点", ".")
    plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", plain)
    return Decimal("0.5") if plain == "半" else _read(plain)


def _read(text: str) -> Decimal | None:
    """Read a numeral: what is before its last 亿 or 万, times that, and what follows."""
    for sign, size in LARGE.items():
        before, found, after = text.rpartition(sign)
        if found and sign not in before:
            head, tail = _read(before) if before else Decimal(1), _tail(after, size)
            return None if head is None or tail is None else head * size + tail
    return _read_small(text)


def _tail(text: str, size: int) -> Decimal | None:
    """Read what follows a scale; a lone digit counts tenths of it (3万5), unless 零 is between them."""
    if not text:
        return Decimal(0)
    if text in DIGITS or (len(text) == 1 and text.isdigit()):
        tenths = _read_small(text)
        return None if tenths is None else tenths * size / 10
    value = _read(text)
    smaller = value is not None and value < size and text[0] not in "百千万"
    return value if smaller else None


def _read_small(text: str) -> Decimal | None:
    """Read a numeral below 万: digits one by one, or digits and 千, 百, 十 in falling order."""
    digits = "".join(str(DIGITS.get(c, c)) for c in text)
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits):
        return Decimal(digits)
    parts = re.fullmatch(r"(?:([^千]*)千)?(?:([^千百]*)百)?(?:([^千百十]*)十)?([^千百十]*)", digits)
    return _sum_parts(list(parts.groups())) if parts and parts[0] else None


def _sum_parts(parts: list[str | None]) -> Decimal | None:
    """Add thousands, hundreds, tens and ones; an empty part is one of its kind (十, 百)."""
    total, last = Decimal(0), 1
    for part, size in zip(parts, (1000, 100, 10, 1), strict=True):
        if part is None or (part == "" and size == 1):
            continue
        filler = re.fullmatch(r"0?([0-9]+(?:\.[0-9]+)?)|", part)
        if filler is None or (part == "" and last > 1 and size > 10):
            return None
        short = size == 1 and len(part) == 1 and last >= 100
        total += Decimal(filler[1] or 1) * (last // 10 if short else size)
        last = size
    return total
