"""One numeral -> its value: 62.46, 1,300, 二十三, 5万3千, 二〇二四. Pure functions on strings.

This file knows how a numeral, and what stands beside it, is written, as pieces of
patterns; `figures` makes its rules of them. It also reads numerals, in exact
decimals, so that 1.1亿 is 110000000 and not a hair more. Units, and words that hold
a numeral, come from units.tsv and numeral_words.tsv beside it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from math import isfinite, nan
from pathlib import Path

# Full-width digits, letters and the signs of numbers as their half-width twins, one for one: offsets
# into a text stay what they were. The full-width comma is left alone, since it ends clauses.
ASCII = [c for c in map(chr, range(0x21, 0x7F)) if c.isalnum() or c in "%+-.:/~"]
HALF_WIDTH = str.maketrans({chr(0xFEE0 + ord(c)): c for c in ASCII})

# 两 is two before a counter; 〇 and ○ are the zero of years written in Chinese.
DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "两": 2, "〇": 0, "○": 0}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"亿": 10**8, "万": 10**4}

# What a numeral is made of, as pieces of a pattern; every repeat is possessive, so nothing is read twice.
# A comma groups digits only by three: 1,300.
ARABIC = r"(?:[0-9]++(?:,[0-9]{3}(?![0-9]))*+(?:\.[0-9]++)?+)"
# 千 belongs to the unit in 5千瓦 and 5千克.
SCALE = r"(?:[十百万亿]|千(?![瓦克米伏卡]))"
CHINESE = rf"(?:(?:[零〇○一二两三四五六七八九]|{SCALE})++(?:点[零一二三四五六七八九]++)?+)"

# 余 and 多 may stand inside a numeral (30余万, 20多万) or after it (20多人); 十几, 几十 and 数百 are as
# open. Not before the words that 多 and 余 begin.
OPEN = r"(?:[余几]|多(?!元化|方|样|边|维|层|功能)|来(?=[个名位人年天件家户岁]))"
NUMERAL = (
    rf"(?:{ARABIC}(?:[余多几]?+{SCALE}++(?:[0-9]++{SCALE}++)*+)?+"
    rf"|[几数](?={SCALE}){CHINESE}|{CHINESE}(?:[余多几]{SCALE}++)?+){OPEN}?+"
)

# Words that only look as if they began with a unit; where one of them begins there is no unit.
NO_UNIT = """(?!人[民员才脸大工体均]|部[门队分署委位]|家[庭长属园乡]|道[路德理]|台[风湾账]|场[所景地馆]
    |条[件例款]|面[对向积临]|代表|成[立员功为果本]|分[局析类管别之]|组织|队伍|班子|手段|口[岸头]|头部|站点
    |方[面向法便]|步[骤伐]|封闭|发[展生现放]|集[体团中]|单位|排查|行[动业政]|本[报地]|次日|具[有体]|处[置理]
    |所[有在]|位[于列置]|名[单列]|年[级代轻龄货检]|份额|片区|根[据本]|只[要有]|把[握关]|通[过知报信]|对[于接口]
    |双[方向]|度假|倍感|票房|群[众防]|类[似型]|章程|款项|节[日假]|页面|笔记|周[边围]|天[津网]|夜间
    |起[来诉草点到因步]|点[位对]|档案|项目部|门[店口]|车[辆站祸]|省[级内外委厅公会]|市[民场区值政级局委]
    |县[级委域城局]|区[域级委局分]|镇[街区政]|乡[村镇亲贤]|村[民居委级庄]|国[家内道际庆有企外])"""

# Pieces of patterns, written <N> where they are used; those for units and words come from the data files.
# Every repeat is bounded or possessive, so that no line makes a pattern run on.
# fmt: off
PIECES = {
    "N": NUMERAL,
    "CHINESE": CHINESE,
    # A Chinese digit; a year, month and day; the sign of a range.
    "Z": "[一二两三四五六七八九十]",
    "Y": "(?:[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})",
    "M": "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])",
    "D": "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])",
    "S": "[-—–~至到]",
    # 点 is an hour only where the next word says so: 5点建议 are five points.
    "HOUR": r"""(?:[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:])
        |(?:[0-2]?[0-9]|二?十[一二三四五六七八九]?|[零一二两三四五六七八九])
        (?:时(?![间代期段刻候速光])|点(?!建议|要求|意见|措施|希望|体会|内容|经验|原因|启示|共识)
            (?:(?<=[0-9]点)|(?=[半许多左整钟]|[零一二三四五六七八九十]{1,3}分)))
        (?:(?:[0-5]?[0-9]|[零一二三四五]?十?[一二三四五六七八九]?)分(?!钟)(?:[0-5]?[0-9]秒)?|半|整|钟)?)""",
    "H": "[一-鿿]",
    # A character that neither counts nor is counted with.
    "X": "(?![零一二两三四五六七八九十百千万亿年月日天次个名人件元级等第])<H>",
    # 近, 约 and 不到 belong to the word before them in 最近, 节约, 找不到; 近 in 近五年来 means recent.
    "B": """(?:(?<![找看听想做办收买拿见得说])不到|不(?:超过|足|满|低于|高于|少于|多于)|至[少多]|最[少多]
        |超过|逾|超|将近|接近|大约|(?<![节签契预合公条])约|(?<![附最临靠邻相])近(?!<N>年来)|上(?=[百千万亿]))""",
    "A": """(?:以上|以内|之内|以下|左右|上下|有余|许(?!多)
        |(?<=[年月天时里岁吨元倍米])[多余](?![个名家项种元次人来]))""",
    # 个 before a unit that does not follow a numeral by itself: 7个小时, 两个半月.
    "K": """(?:个[多半]?(?=小时|月|星期|礼拜|钟头|季度|工作日|学期|世纪|年度|批次|单元
        |人(?![民员才工大体]))|(?!月))""",
    "T": "(?:年(?![级代轻龄])|月|周(?![年岁边围])|星期|天(?!津)|日|小时|分钟|秒钟|秒|季度|世纪)",
    "BEFORE": "(?P<before><B>)?",
    "AFTER": "(?P<after><A>)?",
    "NUMBER": "(?P<n><N>)",
    "UNIT": "(?P<unit><U>)",
    "HOLIDAY": "(?:五一|六一|七一|八一|五四|三八|十一)",
    # Events one is glad to have none of; 零 before any other noun is a figure of speech (零距离).
    "NONE": """(?:发案|发生|事故|伤亡|死亡|投诉|上访|违纪|违法|案件|失误|差错|感染|火灾|增长|警情|命案|犯罪
        |复发|举报)""",
    # What 起, 宗 and 例 count; without one of these near, 一起 means together.
    "CASE": "(?:案|事故|纠纷|警情|火灾|事件|火情|诈骗|盗窃|火警|病例|险情|骗局)",
    # Deeds whose object is counted: 指派一支, 发现一个, 翻一番.
    "DEED": """(?:(?<=指派|派出|出动|增派|抽调|组建|成立|抓获|打掉|捣毁|摧毁|发现|查获|破获|缴获|扣押|查扣
        |新建|设立|建成|查处|端掉|侦破|救出|救起)|(?<=翻)(?=一番)|(?<=翻了)(?=一番))""",
    # Words after which a duration is what is reported.
    "LASTING": """(?:(?<=连续|潜逃|历时|长达|持续|坚守|从警|从业|逃亡|外逃|隐匿|判处|徒刑|刑期|服役|工作|任职
        |扎根|坚持|用时|耗时|工龄|党龄|警龄|为期|执勤|驻村|拘役|管制|缩短|延长|提前)|(?<=[达满判]))""",
    # Ranks and grades, of people and things.
    "RANK": """(?:巡视|英雄|警|调研|主任|高级|法官|检察|教授|甲|乙|医院|响应|重点|保护|文物|公路|军士|科员
        |建造|教师|律师|伤残|预警|裁判|运动)""",
}
# fmt: on

# 七八 and 三四十 name two numbers side by side; 三五 (three to five) is the only pair that skips one.
PAIR = re.compile(r"(.*?)([一两二三四五六七八])([二两三四五六七八九])([十百千万亿]*)")


def numeral_value(text: str) -> float:
    """Say what number a numeral stands for, be it Arabic, full-width, Chinese or mixed.

    In: the numeral alone, without unit, sign or words such as 余. Digits without
    十, 百, 千 are read one by one, as years are: 二〇二四 is 2024. 一百二 is 120 and
    3万5 is 35000, as one says them.

    Raises ValueError for what is no numeral, and for one too long to be a number.

    >>> [numeral_value(s) for s in ("62.46", "１,３００", "二十三", "5万3千", "1.1亿", "三点五", "半")]
    [62.46, 1300.0, 23.0, 53000.0, 110000000.0, 3.5, 0.5]
    """
    plain = text.translate(HALF_WIDTH).replace("点", ".")
    plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", plain)
    value = float(Decimal("0.5") if plain == "半" else _read(plain, text))
    if not isfinite(value):
        raise ValueError(f"{text[:20]}… is too long to be a number ({len(text)} characters): an identifier?")
    return value


def amounts(text: str) -> tuple[float, float]:
    """Read a numeral as it stands in a sentence: give its value, and where a range ends.

    余, 多, 几 and 数 only open a numeral upwards, so they add nothing: 十几 and 几十
    are 10, 数百 is 100, each with `at_least` said elsewhere. 七八 is 7 to 8; other digits
    in a row are no amount (王五三人 is a name and three persons), and raise ValueError.

    >>> amounts("30余万"), amounts("七八")
    ((300000.0, nan), (7.0, 8.0))
    """
    plain = re.sub("[余多几数来]", "", text)
    pair = PAIR.fullmatch(plain)
    if pair and _side_by_side(pair[2], pair[3]) and (not pair[1] or pair[1][-1] in SMALL):
        first, second = (numeral_value(pair[1] + digit + pair[4]) for digit in pair.group(2, 3))
        return first, second
    if re.fullmatch("[一二两三四五六七八九]{2,}", plain):
        raise ValueError(
            f"{text[:20]!r} is no amount: its digits neither follow each other nor have a scale."
        )
    return numeral_value(plain), nan


def _side_by_side(first: str, second: str) -> bool:
    """Say whether two digits name neighbours (七八, 两三), or are 三五."""
    return first + second == "三五" or DIGITS[second] - DIGITS[first] == 1


def _read(text: str, whole: str) -> Decimal:
    """Read a numeral: what stands before its last 亿 or 万, times that, and what follows."""
    for sign, size in LARGE.items():
        before, found, after = text.rpartition(sign)
        if found and sign not in before:
            head = _read(before, whole) if before else Decimal(1)
            return head * size + _tail(after, size, whole)
    return _read_small(text, whole)


def _tail(text: str, size: int, whole: str) -> Decimal:
    """Read what follows a scale; a lone digit counts tenths of it (3万5), unless 零 stands between."""
    if not text:
        return Decimal(0)
    if text in DIGITS or (len(text) == 1 and text.isdigit()):
        return _read_small(text, whole) * size / 10
    value = _read(text, whole)
    if value >= size or text[0] in "百千万":
        raise ValueError(f"{whole[:20]!r} is no numeral: what follows a scale must be smaller than it.")
    return value


def _read_small(text: str, whole: str) -> Decimal:
    """Read a numeral below 万: digits one by one, or digits and 千, 百, 十 in falling order."""
    digits = "".join(str(DIGITS.get(c, c)) for c in text)
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits):
        return Decimal(digits)
    parts = re.fullmatch(r"(?:([^千]*)千)?(?:([^千百]*)百)?(?:([^千百十]*)十)?([^千百十]*)", digits)
    if not text or parts is None or parts[0] == "":
        raise ValueError(
            f"{whole[:20]!r} is no numeral: give Arabic or Chinese digits, with 十百千万亿 in falling order."
        )
    return _sum_parts(list(parts.groups()), whole)


def _sum_parts(parts: list[str | None], whole: str) -> Decimal:
    """Add thousands, hundreds, tens and ones; an empty part is one of its kind (十, 百)."""
    total, last = Decimal(0), 1
    for part, size in zip(parts, (1000, 100, 10, 1), strict=True):
        if part is None or (part == "" and size == 1):
            continue
        filler = re.fullmatch(r"0?([0-9]+(?:\.[0-9]+)?)|", part)
        if filler is None or (part == "" and last > 1 and size > 10):
            raise ValueError(f"{whole[:20]!r} is no numeral: {part[:20]!r} in it cannot be read.")
        short = size == 1 and len(part) == 1 and last >= 100
        total += Decimal(filler[1] or 1) * (last // 10 if short else size)
        last = size
    return total


def compile_pieces(pattern: str) -> re.Pattern[str]:
    """Put the pieces into a pattern, pieces of pieces too, and compile it."""
    pieces = PIECES | _listed()
    while names := set(re.findall("<([A-Z]+)>", pattern)):
        for name in names:
            pattern = pattern.replace(f"<{name}>", pieces[name])
    return re.compile(pattern, re.VERBOSE)


@lru_cache(maxsize=1)
def _listed() -> dict[str, str]:
    """Make pieces of patterns from the data files: units, measures, phrases and words."""
    units, words = _table("units"), list(known_words())
    return {
        "U": NO_UNIT + _any_of([unit for unit, _ in units]),
        "MEASURE": NO_UNIT + _any_of([unit for unit, kind in units if kind != "classifier"]),
        "PHRASE": _any_of([word for word in words if len(word) >= 4]),
        "WORD": _any_of([word for word in words if len(word) < 4]),
    }


def _any_of(words: list[str]) -> str:
    """Write a pattern for any of some words, longest first (分钟 before 分), no Latin one cut short.

    The look ahead at first characters lets most places be passed over at once.
    """
    longest = sorted(words, key=lambda word: (-len(word), word))
    whole = [re.escape(word) + ("(?![A-Za-z])" if re.search("[A-Za-z]$", word) else "") for word in longest]
    return f"(?=[{re.escape(''.join(sorted({word[0] for word in words})))}])(?:{'|'.join(whole)})"


@lru_cache(maxsize=1)
def known_words() -> dict[str, str]:
    """Read the words and names that hold a numeral, each with its kind."""
    return dict(_table("numeral_words"))


def _table(name: str) -> list[tuple[str, str]]:
    """Read the first two columns of one of the data files beside this module."""
    lines = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(row[0], row[1]) for row in (line.split("\t") for line in lines)]
