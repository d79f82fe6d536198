"""Lines -> figures: every numeral where it stands, and what it is.

Chinese news is full of numerals that report nothing: 一起 may be one case or
"together", 110 a squad or so many men, 五年 a frame or a sentence served. A table
of rules, tried in order at each place, says which; `rule` in the output names the
rule that decided, so that a doubtful figure can be traced to its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import nan
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from corpus_lib.numerals import CHINESE, HALF_WIDTH, NUMERAL, amounts, numeral_value

__all__ = ["Figure", "figures_in", "find_figures", "numeral_value"]

# Reporters' lines, dates of printing and other pages' headlines are not what the article reports.
NOT_READ = ["byline", "boilerplate"]

# Only these kinds say how much; a date, a name, a slogan or a word has no value.
WITH_VALUE = {"quantity", "span", "ordinal"}

# What stands beside a numeral and loosens it; anything not listed is exact.
QUALIFIERS = {
    "at_least": "余 多 几 数 有余 以上 超 超过 逾 上 至少 最少 不少于 不低于",
    "at_most": "以内 之内 以下 不足 不到 不满 至多 最多 不超过 不多于 不高于",
    "approx": "约 大约 近 将近 接近 许 左右 上下 来",
}
QUALIFIER = {word: name for name, row in QUALIFIERS.items() for word in row.split()}

# A qualifier that stands a word away from its numeral: 至少缩短8小时, 超过了80%, 约有500人.
FAR = re.compile(r"(至[少多]|最[少多]|不(?:超过|低于|少于|多于)|超过|约(?=[有为占合需]))[^\W\d零一二两三四五六七八九十百千万亿]{1,4}$")

# Values that are words and no numeral: the first, not one, none, a half.
SPECIAL = {"首": 1.0, "无一": 0.0, "半": 0.5, "一半": 0.5}
PARTS_OF = {"百分之": "%", "千分之": "‰", "万分之": "‱"}

# The columns of a figure that are text, so that an empty table is typed like a full one.
TEXT_COLUMNS = ["text", "kind", "unit", "qualifier", "rule"]

# Words whose first character looks like a unit; a unit is none where one of them begins.
NO_UNIT = (
    "(?!人[民员才脸大工体均]|部[门队分署委位]|家[庭长属园乡]|道[路德理]|台[风湾账]|场[所景地馆]|条[件例款]|面[对向积临]|代表|成[立员功为果本]"
    "|分[局析类管别之]|组织|队伍|班子|手段|口[岸头]|头部|站点|方[面向法便]|步[骤伐]|封闭|发[展生现放]|集[体团中]|单位|排查|行[动业政]|本[报地]"
    "|次日|具[有体]|处[置理]|所[有在]|位[于列置]|名[单列]|年[级代轻龄货检]|份额|片区|根[据本]|只[要有]|把[握关]|通[过知报信]|对[于接口]"
    "|双[方向]|度假|倍感|票房|群[众防]|类[似型]|章程|款项|节[日假]|页面|笔记|周[边围]|天[津网]|夜间|起[来诉草点到因步]|点[位对]|档案|项目部|门[店口]|车[辆站祸])"
)


class Rule(NamedTuple):
    """One row of the table: what it is called, what it finds, why, and where one sees it.

    A pattern may name `n` and `to` (numerals), `unit`, `before` and `after` (qualifiers),
    `of` (a denominator), `mid` (个半, 个多) and `half` (年半).
    """

    number: int
    name: str
    kind: str
    pattern: str
    reason: str
    example: str


# Pieces of the patterns, written <N> there. Repeats are possessive or bounded, so that no line makes a rule run on.
# fmt: off
PIECES = {
    "H": "[一-鿿]",
    "Z": "[一二两三四五六七八九十]",
    "N": NUMERAL,
    # A character that neither counts nor is counted with.
    "X": r"(?![零一二两三四五六七八九十百千万亿年月日天次个名人件元级等第])<H>",
    # 近, 约 and 超 belong to the word before them in 最近, 附近, 节约.
    "B": r"""(?:不(?:超过|足|到|满|低于|高于|少于|多于)|至[少多]|最[少多]|超过|逾|超|将近|接近|大约
         |(?<![节签契预合公条])约|(?<![附最临靠邻相])近|上(?=[百千万亿]))""",
    "A": r"(?:以上|以内|之内|以下|左右|上下|有余|许(?!多)|(?<=[年月天时里岁吨元倍米])[多余](?![个名家项种元次人来]))",
    # 个 between a numeral and a unit that is not itself counted by numerals alone: 7个小时, 两个半月.
    "K": r"""(?:个[多半]?(?=小时|月|星期|礼拜|钟头|季度|工作日|学期|世纪|年度|批次|单元|人(?![民员才工大体]))|(?!月))""",
    "T": r"(?:年(?![级代轻龄])|月|周(?![年岁边围])|星期|天(?!津)|日|小时|分钟|秒钟|秒|季度|世纪)",
    "Y": r"(?:[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})",
    "M": r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])",
    "D": r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])",
    "S": r"[-—–~至到]",
    "HOUR": r"""(?:[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:])
         |(?:[0-2]?[0-9]|二?十[一二三四五六七八九]?|[零一二两三四五六七八九])
         (?:时(?![间代期段刻候速光])|点(?!建议|要求|意见|措施|希望|体会|内容|经验|原因|启示|共识)
            (?:(?<=[0-9]点)|(?=[半许多左整钟]|[零一二三四五六七八九十]{1,3}分)))
         (?:(?:[0-5]?[0-9]|[零一二三四五]?十?[一二三四五六七八九]?)分(?!钟)(?:[0-5]?[0-9]秒)?|半|整|钟)?)""",
    "HOLIDAY": "(?:五一|六一|七一|八一|五四|三八|十一)",
    # Events one is glad to have none of; 零 before any other noun is a figure of speech (零距离).
    "NONE": "(?:发案|发生|事故|伤亡|死亡|投诉|上访|违纪|违法|案件|失误|差错|感染|火灾|增长|死角|警情|命案|犯罪|复发|举报)",
    # What 起, 宗 and 例 count; without one of these near, 一起 means together.
    "CASE": "(?:案|事故|纠纷|警情|火灾|事件|火情|诈骗|盗窃|火警|病例|险情|骗局)",
    # Deeds whose object is counted: 指派一支, 发现一个.
    "DEED": "(?<=指派|派出|出动|增派|抽调|组建|成立|抓获|打掉|捣毁|摧毁|发现|查获|破获|缴获|扣押|查扣|新建|设立|建成|查处|端掉|侦破|救出|救起)",
    # Words after which a duration is what is reported.
    "LASTING": "(?:(?<=连续|潜逃|历时|长达|持续|坚守|从警|从业|逃亡|外逃|隐匿|判处|徒刑|刑期|服役|工作|任职|扎根|坚持|用时|耗时|工龄|党龄|警龄"
         "|为期|执勤|驻村|拘役|管制|处理|缩短|延长|提前|有效)|(?<=[达满判]))",
}

RULES = [Rule(*row) for row in (
    # Dates: one row for all that is written together.
    (10, "iso_date", "date", r"<Y>[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])(?:[ T]?<HOUR>)?",
     "A date in digits, with its time.", "2021-10-22 17:23:21"),
    (20, "calendar", "date", r"""
        (?: <Y><S><Y>年 | <Y>年(?:<M><S><M>月 | <M>月份?(?:<D>(?:<S><D>)?[日号])?)?
        | <M><S><M>月 | <M>月份?(?:<D>(?:<S><D>)?[日号])? | <D>(?:<S><D>)?日(?!以?内|之内|[游无]) )
        (?:(?:上午|下午|晚上?|凌晨|中午|清晨|傍晚|早上|深夜)?<HOUR>)? (?P<after>许|左右|前后)?""",
     "Year, month, day and hour, or any of them.", "10月10日16时许"),
    (30, "century", "date", r"(?:<D>世纪(?:[1-9]0年代|[二三四五六七八九]十年代)?|(?:[1-9]0|[二三四五六七八九]十)年代)(?!来)",
     "A century or decade of the calendar.", "20世纪90年代"),
    (40, "clock", "date", r"<HOUR>(?P<after>许|左右)?", "A time of day.", "9时许"),
    # Names: numerals that tell things apart.
    (110, "document", "name", r"(?<=[〔\[(（])[12][0-9]{3}(?=[〕\])）]第?[0-9])", "The year in a document's number.", "〔2023〕5号"),
    (120, "identifier", "name", r"""
        1[3-9][0-9]{9}(?![0-9]) | 0[0-9]{2,3}-[0-9]{7,8} | [48]00-[0-9]{3,4}-[0-9]{3,4}
        | [0-9]{16,}+ | [零〇一二两三四五六七八九十百千万亿]{16,}+""",
     "Telephone numbers, and runs too long to be an amount.", "13800000000"),
    (130, "bare_year", "date", r"(?:19|20)[0-9]{2}(?![0-9%余多万亿]|[.,:][0-9]|个|<U>)",
     "Four digits that begin with 19 or 20 and count nothing.", "创安2021"),
    (140, "hotline", "name", r"""
        (?:11[0479]|12[0-2]|12[0-9]{3}|100[0-9]{2}|95[0-9]{3}|96[0-9]{3,4})
        (?![0-9%余多万亿]|[.,][0-9]|<S>[0-9]|个|<U>)""",
     "Short numbers one dials; before a unit they count.", "12348平台"),
    (150, "letters", "name", r"(?:(?<=[A-Za-z])|(?<=[A-Za-z]-))[0-9]++|(?!<N><U>(?![A-Za-z]))[0-9]++(?:\.[0-9]++)?[A-Za-z]++",
     "Digits joined to Latin letters, unless those are a unit.", "24T自助服务中心"),
    (160, "congress", "name", r"(?:十[一二三四五六七八九]|二十)(?:届[一二三四五六七]中全会|大(?![队量批]))", "A party congress.", "二十大"),
    (170, "plan", "name", r"十[一二三四]五(?=[”]|规划|计划|期间|时期|以来|开局|收官|末)", "A five-year plan.", "“十四五”"),
    (180, "holiday", "name", r"<HOLIDAY>(?=[”]|国际|劳动|儿童|建军|勋章|青年|奖[章状]|小?长?假|黄金周|期间|节|红旗手|妇女|广场)",
     "A day that has become a name.", "五一劳动奖章"),
    (190, "dotted_day", "name", r"[0-9]{1,2}·[0-9]{1,2}(?![0-9])|(?<=“)[0-9]{1,2}\.[0-9]{1,2}(?=”)|<Z>·<Z>{1,3}",
     "A case or day named by its date.", "“3·15”晚会"),
    (200, "scheme", "name", r"""
        <N>小时(?=<H>{0,3}?(?:过境|免签|自助|便利|书[屋房]|药店|热线|图书馆|营业厅|不打烊))
        | <N>年(?=行动|计划|攻坚|规划|专项)""", "A scheme called after its term.", "240小时过境免签"),
    (210, "generation", "name", r"[0-9]0后|[零五六七八九][零〇]后", "People by the decade of their birth.", "90后民警"),
    (220, "road", "name", r"[0-9]++(?=国道|省道|县道|路公交|次列车|航班)", "Roads, lines and trains.", "324国道"),
    (230, "house", "name", r"<N>号(?:楼|院|馆|线|令)?", "A house, building or document; a day stands behind its month.", "中平路169号"),
    # Slogans and set abbreviations.
    (310, "sum", "formula", r"[0-9]++(?:\+(?:[0-9]++|[NnXx](?![A-Za-z])))++", "A mechanism written as a sum.", "1+2+N"),
    (320, "product", "formula", r"[0-9]++[×xX*][0-9]++(?:小时|天)?", "A service written as a product.", "7×24小时"),
    (330, "quoted_pair", "formula", r"(?<=[“‘])<H>{0,3}?<Z><H>{1,3}、<H>{0,3}?<Z><H>{1,3}(?=[”’])",
     "A quotation of two short limbs, each with a numeral.", "“乡镇一间房、城市一张床”"),
    (340, "quoted_set", "formula", r"""
        (?<=[“‘「『]) (?:(?![零一二两三四五六七八九十百千万亿第])<H>){0,3}?
        (?!1[12][0-9](?![0-9])|(?:19|20)[0-9]{2}|二十|<HOLIDAY>|<N><K><MEASURE>|[0-9]++<U>)
        (?:[二两三四五六七八九]|[0-9]{1,4}(?![0-9]))(?![级等届岁名位人])<H>{0,7}(?=[”’」』])""",
     "A short quotation that holds a numeral and no measure.", "“四个铁一般”"),
    (350, "set_noun", "formula", r"""
        <Z>个(?:维护|确立|意识|自信|铁一般|绝对|全面|代表|坚持|务必|必须|一律|确保|不准|严禁|一百年|结合|更加|强化|严格)
        | [三四五六七八]位一体 | 八类(?=[严暴主])""", "A set phrase without quotation marks.", "两个维护"),
    # One that counts, before 一 is given up as a word.
    (410, "fraction", "quantity", r"(?P<before><B>)?(?P<of>[百千万]分之|<N>分之)(?P<n><N>)(?P<after><A>)?", "A share in words.", "三分之二"),
    (420, "one_case", "quantity", r"(?P<n>一)(?P<unit>[起宗例])(?=<H>{0,10}?<CASE>)", "一起 counts when a case follows.", "一起涉诈案件"),
    (430, "one_of_a_deed", "quantity", r"<DEED>(?P<n>一)(?P<unit><U>)", "What was found, sent or founded is counted.", "发现一个团伙"),
    (440, "one_listed", "quantity", r"(?<=[:：、，,;；])(?P<n>一)(?P<unit><U>)(?=是)", "Things told off one by one.", "一面是群众赠送"),
    (450, "none", "quantity", r"(?P<n>无一)(?P<unit><U>)|(?P<zero>零|0)(?=<NONE>)", "Nobody, and none of an event.", "无一人违纪"),
    # Words, before their numerals can be taken for amounts.
    (510, "phrase", "word", r"<PHRASE>", "Idioms and fixed names of four characters and more, from numeral_words.tsv.", "三十五年如一日"),
    (520, "couplet", "formula", r"<Z><X><Z><X>", "Numeral, word, numeral, word: a slogan.", "四降两升"),
    (530, "repeated", "lexical", r"一(<H>)(?:接着|又|连着|复)一\1|一(<H>)\2", "Many, one after the other.", "一次次"),
    (540, "word", "word", r"(?!(?<=系)统一)<WORD>(?!钟)", "Shorter words and names, from numeral_words.tsv.", "统一"),
    (550, "some", "lexical", r"多[个种项年次名位家起类条天处批件场份]|(?:几|数(?!字))(?:个(?:小时|月|工作日)|<U>)|每一<U>?|零(?=<H>)(?!点|时)",
     "Several, each, and 零 as a figure of speech.", "多个部门"),
    # Ordinals.
    (610, "nth_range", "ordinal", r"第(?P<n><N>)(?:、|<S>)(?P<to><N>)(?P<unit><U>)?", "Two places named together.", "第四、五名"),
    (620, "nth", "ordinal", r"第(?P<n><N>)(?P<unit><U>)?", "第 before a numeral.", "第一期"),
    (630, "first", "ordinal", r"(?P<n>首)(?P<unit>(?!日|天|夜|周|部|发|席|班|尾|层|站|封)<U>)", "首 before a counter.", "首批"),
    (640, "grade", "ordinal", r"""(?P<n>[一二三四])(?:、(?P<to>[二三四]))?(?P<unit>等)(?=功|奖) | (?P<rank><Z>)(?P<level>级)
        (?=巡视|英雄|警|调研|主任|高级|法官|检察|教授|甲|乙|医院|响应|重点|保护|文物|公路|军士|科员|建造|教师|律师|伤残|预警|裁判|运动)""",
     "A rank or a class of honour.", "二等功"),
    (650, "session", "ordinal", r"(?<!连续)(?P<n>[二三四五六七八九]?十[一二三四五六七八九]?)(?P<unit>届)", "Large numbers of 届 name one meeting.", "十四届全国人大"),
    (660, "stage", "ordinal", r"(?P<n>[一二三四五])(?P<unit>期)(?=工程|项目|建设)", "A stage of works.", "二期工程"),
    (670, "item", "ordinal", r"(?:(?<=[,，。;；:：、])|(?<![^\s]))(?P<n><Z>)(?=是|要)|(?<![^\s（(])(?P<item><Z>{1,3})(?=、|[)）])",
     "Points of an argument, numbered.", "一是"),
    (680, "top", "ordinal", r"(?<=[列居进入]前)(?P<n><N>)(?P<unit>名|位)?", "A place among the first.", "位列前三"),
    # Durations: reported, or a frame.
    (710, "lasting", "quantity", r"<LASTING>(?P<before><B>)?(?P<n><N>)<K>(?P<unit><T>)(?P<half>半)?(?P<after><A>)?", "How long, reported.", "潜逃25年"),
    (720, "in_a_row", "quantity", r"(?P<n><N>)(?P<unit>年|届|个月)(?=连[续降增升胜冠获年])", "An unbroken run of years.", "6年连降"),
    (730, "frame", "span", r"""(?P<before><B>)?(?P<n><N>)<K>(?P<unit><T>)(?P<half>半)?(?P<after>[多余](?=[来前后]))?
        (?=以?来|[之以]?[前后](?![续期台勤方往者])|[间里](?![断隔]))|(?P<day>一)(?P<days>天)(?=内)""",
     "The time looked back on, or up to a moment.", "五年来"),
    (740, "anniversary", "span", r"(?P<n><N>)(?P<unit>周年)", "So many years since.", "建党100周年"),
    (750, "years", "span", r"(?P<before>将近|近|约|大约)?(?P<n><N>)(?P<unit>年)(?P<half>半)?(?![级代轻龄半]|<A>)",
     "Years without a verb that reports them are a frame.", "十年风雨兼程"),
    # Amounts.
    (810, "range", "quantity", r"""(?P<before><B>)?(?P<n><N>)(?P<first><U>)?<S>(?P<to><N>)<K>
        (?P<unit>(?(first)(?P=first)|<U>))(?P<after><A>)?""", "From so many to so many.", "3至5人"),
    (820, "half", "quantity", r"(?P<before><B>)?(?:(?P<n>半)个?(?P<unit>小时|月|年|天|世纪|学期|钟头)|(?P<share>一半))", "Half of a unit, or of all.", "半小时"),
    (830, "one_amount", "quantity", r"""(?: (?P<before><B>)一<K>(?P<unit><U>)
        | 一<K>(?P<single>(?!角|度|分(?!钟))<MEASURE>|人次|[名位人辆户艘具]) )(?P<half>半)?(?P<after><A>)?""", "One that is a measure, a person or a vehicle.", "不到一个小时"),
    (840, "amount", "quantity", r"(?!一(?:个|<U>))(?P<before><B>)?(?P<n><N>)<K>(?P<unit><U>)(?P<half>半)?(?P<after><A>)?",
     "A numeral with its unit.", "3000多份"),
    (850, "one_thing", "lexical", r"一(?:个|<U>)", "一 with a counter says a, not one.", "一个缩影"),
    (860, "number", "quantity", r"(?P<before><B>)?(?P<n>(?=[0-9]|[一二两三四五六七八九][十百千万亿]|十[一二三四五六七八九]|[几数])<N>)(?P<after><A>)?",
     "A numeral without a unit.", "得分98.5"),
    (870, "round", "quantity", r"(?P<before><B>)(?P<n><N>)", "A round number after a qualifier.", "上万"),
    (910, "left", "lexical", r"一<H>?|<N><H>?", "A numeral character that no rule above explains is part of a word.", "一路"),
)]
# fmt: on
# Groups that an alternative must call otherwise, and what they stand for.
ALIASES = {"zero": "n", "rank": "n", "level": "unit", "item": "n", "day": "n", "days": "unit", "share": "n", "single": "unit"}


class Figure(NamedTuple):
    """One numeral of a string: where it stands, what it is, what it says."""

    start: int
    end: int
    text: str
    kind: str
    value: float
    value_to: float
    unit: str
    qualifier: str
    rule: str


def find_figures(lines: pd.DataFrame) -> pd.DataFrame:
    """Find every numeral of every line and say what it is.

    In: `lines` with `zone, start, text`; bylines and boilerplate are not read.
    Columns out: those of `lines`, with `start, end, text` now the figure's own, then
    `kind`, `value`, `value_to` (the end of a range), `unit`, `qualifier` and `rule`.
    Kinds, units and qualifiers are described in the package; value and value_to are
    floats, missing where there is none; a percentage is 62.46 with unit %.

    It misleads where only knowledge of the world tells: whether 一支队伍 is one of
    several, whether a span of years is boasted of or merely looked back on. A line
    is read alone, so a numeral cut in two by a line end is two figures.

    >>> lines = pd.DataFrame({"zone": ["body"], "start": [10], "text": ["建成34个窗口。"]})
    >>> find_figures(lines)[["start", "text", "kind", "value", "unit"]].values.tolist()
    [[12, '34个', 'quantity', 34.0, '个']]
    """
    read = lines[~lines["zone"].isin(NOT_READ)]
    found = [figures_in(text) for text in read["text"]]
    rows = read.drop(columns=["text", "end"], errors="ignore").rename(columns={"start": "line_start"})
    rows = rows.loc[rows.index.repeat([len(figures) for figures in found])].reset_index(drop=True)
    table = pd.DataFrame([figure for figures in found for figure in figures], columns=list(Figure._fields))
    table = table.astype(dict.fromkeys(TEXT_COLUMNS, "str") | dict.fromkeys(["value", "value_to"], "float64"))
    for column in ("start", "end"):
        table[column] = table[column].astype("int64") + rows["line_start"].astype("int64")
    return pd.concat([rows.drop(columns="line_start"), table], axis=1)


def figures_in(text: str) -> list[Figure]:
    """Find the numerals of one string, from left to right, none inside another.

    >>> [(f.text, f.kind, f.value) for f in figures_in("五年来,抓获1名潜逃25年的嫌疑人")]
    [('五年', 'span', 5.0), ('1名', 'quantity', 1.0), ('25年', 'quantity', 25.0)]
    """
    return list(_scan(text, text.translate(HALF_WIDTH)))


def _scan(text: str, plain: str) -> Iterator[Figure]:
    """Go through a string once, giving each figure; `plain` is the string in half-width signs."""
    position, previous = 0, None
    while place := _start().search(plain, position):
        found = _figure_at(text, plain, place.start(), previous)
        position = found.end if found else place.start() + 1
        if found:
            yield found
            previous = found


def _figure_at(text: str, plain: str, start: int, previous: Figure | None) -> Figure | None:
    """Try the rules in order at one place; a numeral that cannot be read is left to the next rule."""
    for rule, pattern in _rules():
        match = pattern.match(plain, start)
        if match is None or match.end() == start:
            continue
        try:
            return _figure(rule, match, text, previous)
        except ValueError:
            continue
    return None


def _figure(rule: Rule, match: re.Match[str], text: str, previous: Figure | None) -> Figure:
    """Make the row of one match."""
    parts = {ALIASES.get(name, name): part for name, part in match.groupdict().items() if part}
    kind = _words()[match[0]] if rule.kind == "word" else rule.kind
    where = (match.start(), match.end(), text[match.start() : match.end()], kind)
    if kind not in WITH_VALUE:
        return Figure(*where, nan, nan, "", "approx" if "after" in parts else "", rule.name)
    unit = PARTS_OF.get(parts.get("of", ""), parts.get("unit", ""))
    return Figure(*where, *_values(parts, match[0]), unit, _qualifier(parts, match, previous), rule.name)


def _values(parts: dict[str, str], text: str) -> tuple[float, float]:
    """Say how much, and up to how much; in 3至5万元 both ends are tens of thousands."""
    n, of, to = parts.get("n", "一"), parts.get("of", ""), parts.get("to")
    if n in SPECIAL:
        return SPECIAL[n], nan
    if to:
        scale = re.search("[十百千万亿]*$", to)
        n += scale[0] if scale and not re.search("[十百千万亿]", n) else ""
        return amounts(n)[0], amounts(to)[0]
    if of and of not in PARTS_OF:
        return numeral_value(n) / numeral_value(of.removesuffix("分之")), nan
    value, value_to = amounts(n)
    return value + (0.5 if "half" in parts or "个半" in text else 0), value_to


def _qualifier(parts: dict[str, str], match: re.Match[str], previous: Figure | None) -> str:
    """Say how firm a figure is: by the word that touches it, the word before that, or the figure it joins."""
    inside = re.search("[余多几数来]", parts.get("n", "")) or re.search("(?<=个)多", match[0])
    for word in (parts.get("before"), inside and inside[0], parts.get("after")):
        if word:
            return QUALIFIER[word]
    far = FAR.search(match.string[max(0, match.start() - 10) : match.start()])
    if far:
        return QUALIFIER[far[1]]
    joined = previous is not None and previous.end == match.start() and not previous.text[0].isdigit()
    return previous.qualifier if previous and joined and previous.qualifier else "exact"


@lru_cache(maxsize=1)
def _rules() -> list[tuple[Rule, re.Pattern[str]]]:
    """Compile the table of rules, with the units and words of the data files in it."""
    return [(rule, _compile(rule.pattern)) for rule in RULES]


@lru_cache(maxsize=1)
def _start() -> re.Pattern[str]:
    """Compile the places worth a look: a numeral, a qualifier before one, a word with one, an open quotation."""
    return _compile(
        r"[0-9零〇○一二两三四五六七八九十百千万亿首半]|第(?=[0-9]|<Z>|[百千])|[无每]一|[多几数](?=<U>|[十百千万亿])"
        r"|<B>(?=[0-9半几数]|<CHINESE>)|(?<=[“‘「『])<H>|<PHRASE>|<WORD>"
    )


def _compile(pattern: str) -> re.Pattern[str]:
    """Put the pieces into a pattern, pieces of pieces too, and compile it."""
    while names := set(re.findall("<([A-Z]+)>", pattern)):
        for name in names:
            pattern = pattern.replace(f"<{name}>", _pieces()[name])
    return re.compile(pattern, re.VERBOSE)


@lru_cache(maxsize=1)
def _pieces() -> dict[str, str]:
    """Give all pieces of patterns, those made from the data files among them."""
    units, words = _table("units"), _words()
    measures = [unit for unit, kind, _ in units if kind != "classifier"]
    return {
        **PIECES,
        "CHINESE": CHINESE,
        "U": NO_UNIT + _any_of([unit for unit, *_ in units]),
        "MEASURE": NO_UNIT + _any_of(measures),
        "PHRASE": _any_of([word for word in words if len(word) >= 4]),
        "WORD": _any_of([word for word in words if len(word) < 4]),
    }


def _any_of(words: list[str]) -> str:
    """Write a pattern for any of some words, longest first: 分钟 before 分; no Latin unit inside a Latin word."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(w) + ('(?![A-Za-z])' if w[-1].isascii() and w[-1].isalpha() else '') for w in longest)})"


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Read the words and names that hold a numeral, each with its kind."""
    return {word: kind for word, kind, _ in _table("numeral_words")}


@lru_cache(maxsize=2)
def _table(name: str) -> list[tuple[str, str, str]]:
    """Read one of the two data files beside this module."""
    lines = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(row[0], row[1], row[2]) for row in (line.split("\t") for line in lines)]
