"""The pieces of the rules for figures: how numerals are written, and which words occur beside them.

A piece is a named part of a pattern, such as <N> for a numeral and <U> for a unit. `write_out` inserts each
piece where a rule names it. Lists of words are in figure_pieces.tsv; units, and words that contain a numeral,
are in the tables of `numerals`. Rules are written for plain characters without blanks, as `plain` gives them.
"""

import re
from functools import cache

from corpus_lib.numerals import no_units, numeral_words, two_columns, units

# The parts of a numeral. Every repeat is possessive, so that no character is matched twice.
# A comma groups three digits: 1,300.
ARABIC = r"(?:[0-9]++(?:,[0-9]{3}(?![0-9]))*+(?:\.[0-9]++)?+)"
DIGIT = "[零〇○一二两三四五六七八九]"
# 千 belongs to the unit in 5千瓦 and 5千克, but not in 三万四千克; 百 is no scale in 七十百姓.
SCALE = """(?:[万亿]|(?<![一二三四五六七八九]十)[十百]|(?<![一二三四五六七八九][十百])千(?![瓦克米伏卡])
    |(?<=[万亿][一二三四五六七八九1-9])千(?![千万亿]))"""
# A scale that no other numeral stands before.
TIMES = "(?:[十百万亿]|千(?![瓦克米伏卡]))"
CHINESE = rf"(?:(?:{DIGIT}|{SCALE})++(?:点[零一二三四五六七八九]++{TIMES}*+)?+)"
# Latin scales of prices and clicks; 4k and 60w may be a screen and a lamp.
LATIN = r"""[0-9]++(?:\.[0-9]++)?+(?:[wk](?![A-Za-z0-9]|高?清|屏|视频|电[视池机]|画|灯|功率|[超快]充)
    |[wkWK](?=\+))"""
# 余, 多, 几 and 来 may occur inside a numeral (30余万, 20多万) or after it (20多人); 十几, 几十 and 数百 are
# approximate in the same way. 多 and 余 do not count where they begin a word. 100+ is open too.
OPEN = r"""(?:[余几]|多(?!元化|方|样|边|维|层|功能)|\+(?![0-9A-Za-z])
    |来(?=[个名位人年天件家户岁张次辆起里米吨斤级套只头条项座间]|公[里斤顷]))"""
# Digits after a scale: 5万3千, 二万5千, 13万2; not the first of a range, and not a date.
MORE = rf"(?:(?<=[十百千万亿])零?(?:[0-9]++|[一二三四五六七八九]){SCALE}++)"
TAIL = """(?:(?<=[百千万亿])零?(?:[0-9]++(?![.,:/%年月日号时点~至到、–—-])
    |[一二三四五六七八九](?=[元的块]|[^一-鿿]|$)))"""
NUMERAL = rf"""(?:{LATIN}|(?:{ARABIC}|(?:[几数](?=[十百千万亿]))?+{CHINESE})(?:[余多几来]?+{TIMES}++)?+)
    {MORE}*+{TAIL}?+(?:[余多几来]{TIMES}++)?+{OPEN}?+"""
# The pieces, written <N> where a rule uses them.
# Every repeat is bounded or possessive, so that no line makes matching slow.
# fmt: off
PIECES = {
    "N": NUMERAL,
    "LATIN": LATIN,
    "CHINESE": CHINESE,
    # A Chinese digit; a year, month and day; the sign of a range.
    "Z": "[一二两三四五六七八九十]",
    "Y": "(?:[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})",
    "M": "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])",
    "D": "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])",
    "S": "[-—–~至到]",
    # A sign that makes a number negative, as opposed to the dash of a range or a list.
    "MINUS": "(?<![-—–~0-9A-Za-z年月日%℃度])[-−](?=[0-9])",
    # The same before any unit: the hyphen of a bullet or of 歼-20 is none; 负 in 负责 and 胜负 is none.
    "SIGN": """(?:±|(?<![0-9A-Za-z])−|(?<=[为是达至到约:])-
        |(?<![胜欠担背抱自肩辜平])负(?!(?:[0-9]|<CHAR>){1,3}[层楼平胜负场局代]))
        (?=[0-9]|<CHINESE>(?:<U>|$|[^一-鿿]))""",
    # A number below a thousand in words, well formed (百分之七十 before 百姓); signs and letters of money.
    "SMALL": """(?:[0-9]++(?:\\.[0-9]++)?+|(?:<Z>?百)?零?(?:<Z>?十)?
        (?:[一两]二|[二两]三|三[四五]|四五|五六|六七|七八|八九|[零一二两三四五六七八九])?(?<=<CHAR>)
        (?:点[零一二三四五六七八九]++)?)[多余几]?""",
    # A scale after a word that ends like a numeral: 二百五 is no word in 二百五十二万.
    "ON": "[十百千万亿](?<=[零一二两三四五六七八九十百千万].)",
    "ONE": "[一二两三四五六七八九1-9]",
    "CHAR": "[零一二两三四五六七八九十百]",
    # 三、四百人 and 5、6万元 at the start of a line, where 三、 may number a heading.
    "FEW": "(?:<Z>{1,2}、[二三四五六七八九]|[2-9]、[2-9])(?:[十百千万亿]{1,2}|(?=[岁天]))<U>",
    "COIN": "(?:(?:US|HK|NT)?[$]|[¥€£]|(?:RMB|CNY|USD|HKD|EUR|GBP|JPY)(?![A-Za-z]))",
    # A dash joins two dates or hours to one figure; with 至 between them they are two figures.
    "DASH": "[-—–~]{1,2}",
    "LETTERS": "(?<![A-Za-z0-9])[A-Z]{1,2}-?[0-9]",
    "MONTH": """(?:<M>月(?!龄|大[的男女婴])份?(?:<D>(?:<S><D>)?[日号](?:<DASH><D>[日号])?
        |[上中下]旬|[上中]下旬|上中旬)?)""",
    # The lunar calendar, whose days are written without 日: 正月初五.
    "LUNAR": """(?:(?:[正腊冬]|十[一二]|<Z>)月(?>初<Z>|(?:二?十|廿)[一二三四五六七八九]|[二三]十|十)
        (?:(?![日号余多几万个]|<U>|<S>)|(?<=[正腊冬]月..)|(?<=[正腊冬]月...))
        |[正腊冬]月(?:1[0-9]|2[0-9]|30)|大年(?:初<Z>|三十))""",
    # 点 is an hour only where the context shows it: 5点建议 means five suggestions.
    "HOUR": r"""(?:[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:])
        |(?:[0-2]?[0-9]|二?十[一二三四五六七八九]?|[零一二两三四五六七八九])
        (?:时(?![间代期段刻候速光])|点(?!建议|要求|意见|措施|希望|体会|内容|经验|原因|启示|共识)
            (?:(?<=[0-9]点)|(?<=[午晨晚上间夜]<Z>点)|(?<=[午晨晚上间夜]十[一二]点)
            |(?=[半许多左整钟]|不到|出[发门]|起床|[上下]班|准时|[零一二三四五六七八九十]{1,3}分)))
        (?:(?:[0-5]?[0-9]|[零一二三四五]?十?[一二三四五六七八九]?)分(?!钟)(?:[0-5]?[0-9]秒)?|半|整|钟)?)""",
    "H": "[一-鿿]",
    # A character that is neither a numeral nor a unit.
    "X": "(?![零一二两三四五六七八九十百千万亿年月日天次个名人件元级等第至到比乘])<H>",
    "BEFORE": "(?P<before><B>)?",
    "AFTER": "(?P<after><A>)?",
    "NUMBER": "(?P<n><N>)",
    "UNIT": "(?P<unit><U>)",
}
# fmt: on


@cache
def compile_pieces(pattern: str) -> re.Pattern[str]:
    """Insert the pieces into a pattern and compile it, once."""
    return re.compile(write_out(pattern), re.VERBOSE)


def write_out(pattern: str) -> str:
    """Insert the pieces into a pattern, also those inside other pieces."""
    pieces = PIECES | _listed()
    while names := set(re.findall("<([A-Z]+)>", pattern)):
        for name in names:
            pattern = pattern.replace(f"<{name}>", pieces[name])
    return pattern


@cache
def _listed() -> dict[str, str]:
    """Make pieces from the tables: lists of words, units, measures, and words that contain a numeral."""
    words = list(numeral_words())
    return two_columns("figure_pieces") | {
        "U": _unit(list(units())),
        "MEASURE": _unit([unit for unit, kind in units().items() if kind != "classifier"]),
        "PHRASE": _any_of([word for word in words if len(word) >= 4]),
        "WORD": _any_of([word for word in words if len(word) < 4]),
    }


def _unit(words: list[str]) -> str:
    """Write a pattern for any of some units, but no word that only begins like one (人民 after 3)."""
    heads = {word[0] for word in words}
    none = _any_of([word for word in no_units() if word[0] in heads])
    return f"(?!{none}|眼(?!机?井|泉)|兆(?!宽带)){_any_of(words)}"


def _any_of(words: list[str]) -> str:
    """Write a pattern for any of some words, the longest first (分钟 before 分); Latin words match whole.

    A lookahead for the first characters skips most places at once, and words with the same beginning
    share it (分[钟贝]?), so that a long list stays fast.
    """
    heads = "".join(sorted({word[0] for word in words}))
    return f"(?=[{re.escape(heads)}]){_branches(words)}(?!(?<=[A-Za-z])[A-Za-z])"


def _branches(words: list[str]) -> str:
    """Write the pattern for words, or for the rests of words that begin alike; an empty rest is optional."""
    rests: dict[str, list[str]] = {}
    for word in sorted(filter(None, words)):
        rests.setdefault(word[0], []).append(word[1:])
    single = "".join(first for first, rest in rests.items() if rest == [""])
    branches = [re.escape(first) + _branches(rest) for first, rest in rests.items() if rest != [""]]
    branches += [f"[{re.escape(single)}]"] if single else []
    pattern = "|".join(branches) if len(rests) == len(single) else f"(?:{'|'.join(branches)})"
    return pattern + "?" if "" in words and rests else pattern
