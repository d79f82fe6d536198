"""A numeral has its value, or is said not to be one; it never has a wrong value."""

import random
import re
from math import isfinite

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib.characters import fold
from corpus_lib.numerals import DIGITS, PLAIN, amounts, read_value

# Every character of which a numeral may be made, and two that do not belong in one.
ALPHABET = st.sampled_from([*"0123456789.,，．１０半十百千万亿负-廿卅名余", *DIGITS, *map(chr, PLAIN)])

VALUES = {
    "Arabic": {"0": 0, "62.46": 62.46, "1,300": 1300, "350千": 350_000},
    "full width": {"６２．４６": 62.46, "１００": 100, "３，０００": 3000},
    "Chinese": {"十": 10, "十二": 12, "二十三": 23, "一百二十": 120, "一百零二": 102},
    "as people say it": {"一百二": 120, "一千五": 1500, "一百十": 110, "百": 100, "一百零十": 110},
    "digit by digit": {"二〇二四": 2024, "一一九": 119, "二○二四": 2024},
    "with a point": {"三点五": 3.5, "零点五": 0.5, "三点一四": 3.14, "半": 0.5, "½": 0.5},
    "scales": {"百万": 10**6, "一亿零三百": 100_000_300, "万亿": 10**12, "二十万零三百": 200_300},
    "a zero between": {"一万零十二": 10012, "两千零十": 2010, "一万零五": 10005, "一亿零一": 100_000_001},
    "mixed": {"5万3千": 53000, "3万5": 35000, "13万2": 132_000, "5亿3000万": 530_000_000},
    "point and scale": {"十五点八万": 158_000, "四点五亿": 450_000_000, "5.5千": 5500, "1.5万": 15000},
    "capitals": {"壹拾万": 100_000, "伍仟": 5000, "玖仟陆佰陆拾伍": 9665, "肆拾亿": 4 * 10**9},
    "traditional": {"兩萬": 20000, "三億": 3 * 10**8, "參仟": 3000, "一點五": 1.5},
    "twenty and thirty": {"廿": 20, "廿三": 23, "卅": 30, "卅五": 35},
    "signed": {"负1.1": -1.1, "-3": -3, "−10,000": -10000, "负三点五": -3.5},
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), [pair for kind in VALUES.values() for pair in kind.items()])
def test_a_numeral_has_its_value(text, value):
    assert read_value(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "人", "3万余", "3名", "十百", "千百", "亿万", "亿亿", "一亿二亿", "1.2.3", "--3", "四个", "百千",
     "十五十", "五点", "点五", "二三百", "1.5万3", "一百零", "①", "Ⅳ", "3½", "负", "-半年"],
)  # fmt: skip
def test_what_is_not_a_numeral_has_no_value(text):
    assert read_value(text) is None


@given(st.lists(ALPHABET, max_size=7).map("".join))
def test_any_text_has_a_finite_value_or_none(text):
    value = read_value(text)
    assert value is None or isfinite(value)


def test_a_number_too_long_has_no_value():
    assert read_value("9" * 400) is None


def in_chinese(n: int) -> str:
    """Write a number below a million million in Chinese, by the book: 10203 is 一万零二百零三."""
    for size, scale in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if n >= size:
            rest = n % size
            gap = "零" if 0 < rest < size // 10 else ""
            return in_chinese(n // size) + scale + gap + (in_chinese(rest) if rest else "")
    return "零一二三四五六七八九"[n]


@given(st.integers(0, 10**12 - 1))
def test_a_number_written_in_chinese_is_read_back(n):
    assert read_value(in_chinese(n)) == n
    assert read_value(re.sub("^一十", "十", in_chinese(n))) == n
    assert read_value("负" + in_chinese(n)) == -n


@pytest.mark.parametrize("mode", ["low", "up", "direct"])
def test_ten_thousand_numerals_of_cn2an_are_read_back(mode):
    draw = random.Random(1)
    numbers = [draw.randrange(10 ** draw.randint(1, 12)) for _ in range(10_000)]
    assert [n for n in numbers if read_value(cn2an.an2cn(str(n), mode)) != n] == []


def test_decimals_of_cn2an_are_read_back():
    draw = random.Random(2)
    numbers = [f"{draw.randrange(10**6)}.{draw.randrange(1, 1000)}" for _ in range(1_000)]
    assert [n for n in numbers if read_value(cn2an.an2cn(n, "low")) != float(n)] == []


@pytest.mark.parametrize(
    ("text", "pair"),
    [("七八", (7, 8)), ("两三", (2, 3)), ("三五", (3, 5)), ("二三百", (200, 300)), ("三、四百", (300, 400)),
     ("十七八", (17, 18)), ("七八千", (7000, 8000))],
)  # fmt: skip
def test_digits_side_by_side_are_a_range(text, pair):
    assert amounts(text) == pair


@pytest.mark.parametrize("text", ["五三", "王", "三一二", "七九"])
def test_other_digits_side_by_side_are_no_amount(text):
    assert amounts(text) is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [("公\u200b安局", "公安局"), ("ＡＰＰ", "APP"), ("\u2f00线", "一线"), ("\u2ed8年", "青年"),
     ("\u2f8f动", "行动"), ("民\ufeff警", "民警"), ("\uf9e1某", "李某"), ("①二", "①二"),
     ("𬎆", "𬎆"), ("", "")],
)  # fmt: skip
def test_forms_of_a_character_are_folded(text, plain):
    assert fold(text)[0] == plain


@given(st.text())
def test_folding_keeps_the_places(text):
    plain, places = fold(text)
    assert len(places) == len(plain) + 1
    assert places[-1] == len(text)
    assert all(fold(text[place])[0] == sign for place, sign in zip(places[:-1], plain, strict=True))
