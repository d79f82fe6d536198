"""What a rule has matched -> the value, the unit and the qualifier of a figure.

A rule names the parts of its match (see `rules`). What cannot be read whole has no value: the next rule
is tried, and nothing is reported in part.
"""

import re
from functools import lru_cache
from math import nan

from corpus_lib.numerals import DIGITS, amounts, read_value

# The words beside a numeral that hedge it; a figure without one is exact.
QUALIFIERS = {
    "at_least": "余 多 数 有余 以上 超 超过 过 逾 上 至少 最少 起码 不止 不少于 不低于 高于 多于 开外 "
    "出头 + （含）以上 (含)以上",
    "at_most": "以内 之内 以下 不足 不到 不满 不及 至多 最多 不超过 不多于 不高于 未满 低于 少于 "
    "（含）以下 (含)以下",
    "approx": "约 大约 大概 约莫 近 将近 接近 许 左右 上下 前后 来 几",
}
QUALIFIER = {word: name for name, row in QUALIFIERS.items() for word in row.split()}
# A qualifier a few characters before its numeral: 至少缩短8小时, 超过了80%, 约有500人, 不到以往的六成.
DISTANT = re.compile(
    r"(至[少多]|最[少多]|不(?:超过|低于|少于|多于)|超过|约(?=[有为占合需]))"
    r"[^\W\d零一二两三四五六七八九十百千万亿]{1,4}$"
    r"|(不到|不足|不及|接近|超过)(?=.{0,4}(?:以[往前]|[此之]前|过去|原来|[往去上前同]年|同期|总[数量额]|平均))"
    r"[一-鿿]{2,8}的$"
)
# Numerals that are words (first, not one, half), and shares in words, which become percentages.
SPECIAL = {"首": 1.0, "俩": 2.0, "仨": 3.0, "无一": 0.0, "半": 0.5, "一半": 50.0, "半数": 50.0}
SHARES = {"千分之": "‰", "万分之": "‱"}
# Latin scales, what opens a number (100+), and the digits of a pair such as 7、8.
SHORT = str.maketrans("wWkK", "万万千千", "+")
PAIRED = SHORT | str.maketrans("123456789", "一二三四五六七八九")
# The signs and letters of currencies, by the unit they mean.
CURRENCIES = {"元": "¥ RMB CNY", "美元": "$ US$ USD", "港元": "HK$ HKD", "新台币": "NT$"}
CURRENCIES |= {"欧元": "€ EUR", "英镑": "£ GBP", "日元": "JPY"}
COINS = {sign: unit for unit, row in CURRENCIES.items() for sign in row.split()}


def read_values(parts: dict[str, str], match: re.Match[str]) -> tuple[float, float] | None:
    """Read the value, and the end of a range; None where they cannot be read."""
    n = "零" if "none" in parts else parts.get("n", "一")
    if "top" in parts:
        last = read_value(n)
        return None if last is None else (1.0, last)
    if "of" in parts:
        return _share(n, parts)
    ends = _signed(n, parts) if "below" in parts else _ends(n, parts)
    more = 0.5 if "half" in parts or "个半" in match[0] else _decimals(parts)
    if not ends or (more and ends[0] != int(ends[0])):
        return None
    times = 10 if parts.get("unit") == "成" else 1
    return round((ends[0] + more) * times, 9), ends[1] * times  # 1.82 and not 1.8199999999999998


def _share(n: str, parts: dict[str, str]) -> tuple[float, float] | None:
    """Read a share as a percentage, or as a part of its unit; nothing has zero parts, or more than all."""
    of, ends = parts["of"], _ends(n, parts)
    whole = 100.0 if of in SHARES or of == "百分之" else read_value(of.removesuffix("分之"))
    if not whole or ends is None or ("分之" not in of and not 0 < ends[0] < whole):
        return None
    size = (1 if "unit" in parts else 100) / whole
    return ends[0] * size, ends[1] * size


def _signed(n: str, parts: dict[str, str]) -> tuple[float, float] | None:
    """Read a number below zero; in 零下15至20度 both are, in -5~3℃ and ±3 the second is not."""
    first, last, sign = _amounts(n), _amounts(parts.get("to", n)), parts["below"]
    if first is None or last is None:
        return None
    start, end = -first[0], first[0] if sign == "±" else -first[1]
    if "to" in parts:
        under = parts.get("under", "零下" if sign == "零下" else "零上")
        end = last[0] if under == "零上" else -last[0]
    return (end, start) if end < start else (start, end)


def _ends(n: str, parts: dict[str, str]) -> tuple[float, float] | None:
    """Read a numeral, and the end of its range; in 3至5万元 both are tens of thousands."""
    to, like = parts.get("to", ""), parts.get("like", "")
    scale = re.search("[十百千万亿]+(?=[余多几来+]?$)", to or like)
    large = scale[0].lstrip("十百千") if scale and re.search("[十百千]", n) else scale[0] if scale else ""
    first, last = (SPECIAL[n], nan) if n in SPECIAL else _amounts(n), _amounts(to) if to else None
    scaled = _amounts(n + large) if large and "first" not in parts and not re.search("[万亿]", n) else None
    if not to:
        return scaled if scaled and len(n) <= len(like) else first
    if scaled and last and scaled[0] <= last[0]:
        first = scaled
    return (first[0], last[0]) if first and last and first[0] <= last[0] else None  # a range goes upwards


@lru_cache(maxsize=4096)
def _amounts(n: str) -> tuple[float, float] | None:
    """Read a numeral as `amounts` does, also 10w+ and 7、8."""
    return amounts(n.translate(PAIRED if "、" in n else SHORT))


def _decimals(parts: dict[str, str]) -> float:
    """Read what stands behind a unit as its decimals: 75 in 1米75, 3 and 8 in 十元三角八分."""
    digits = "".join(str(DIGITS.get(c, c)) for c in parts.get("tenths", "0") + parts.get("hundredths", ""))
    return float(f"0.{digits}")


def read_unit(parts: dict[str, str], match: re.Match[str]) -> str:
    """Name the unit; a share is in percent, unless the text says per thousand or per ten thousand."""
    unit = parts.get("unit", "")
    if "coin" in parts:
        return COINS[parts["coin"]]
    if ("of" in parts and not unit) or unit == "成" or parts.get("n") in ("一半", "半数"):
        return SHARES.get(parts.get("of", ""), "%")
    if unit == "月" and "个" in match[0]:
        return "个月"
    return unit or ("元" if match.string.endswith("人民币", 0, match.start()) else "")


def read_qualifier(parts: dict[str, str], match: re.Match[str]) -> str:
    """Find the qualifier: the word beside the figure, or one a few characters before it; empty if none."""
    inside = re.search("[余多几数来+]", parts.get("n", "")) or re.search("(?<=个)多", match[0])
    for word in (parts.get("before"), inside and inside[0], parts.get("after")):
        if word and word in QUALIFIER:
            return QUALIFIER[word]
    distant = DISTANT.search(match.string[max(0, match.start() - 12) : match.start()])
    return QUALIFIER[distant[1] or distant[2]] if distant else ""
