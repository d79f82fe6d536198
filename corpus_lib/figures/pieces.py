"""The pieces of the rules for figures: how numerals are written, and which words occur beside them.

A piece is a named part of a pattern, such as <N> for a numeral and <U> for a unit. `write_out`
inserts each piece where a rule names it. Units, and words that contain a numeral, come from the tables of
`numerals`. Rules are written for plain characters without blanks, as `plain` gives them.
"""

import re
from functools import cache

from corpus_lib.numerals import no_units, numeral_words, units

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
# The pieces, written <N> where a rule uses them; those for units and words come from the data files.
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
    # A part of a year: a half, a quarter, the first months.
    "TERM": """(?:[上下前后]半[年月]|第?[一二三四1-4](?:[、和至到-][一二三四1-4]){0,3}季度
        |前(?:[两二三23]季度|(?:<Z>|1?[0-9])个月))""",
    "LETTERS": "(?<![A-Za-z0-9])[A-Z]{1,2}-?[0-9]",
    "MONTH": """(?:<M>月(?!龄|大[的男女婴])份?(?:<D>(?:<S><D>)?[日号](?:<DASH><D>[日号])?
        |[上中下]旬|[上中]下旬|上中旬)?)""",
    # The lunar calendar, whose days are written without 日: 正月初五.
    "LUNAR": """(?:(?:[正腊冬]|十[一二]|<Z>)月(?>初<Z>|(?:二?十|廿)[一二三四五六七八九]|[二三]十|十)
        (?:(?![日号余多几万个]|<U>|<S>)|(?<=[正腊冬]月..)|(?<=[正腊冬]月...))
        |[正腊冬]月(?:1[0-9]|2[0-9]|30)|大年(?:初<Z>|三十))""",
    # The characters that begin a number plate.
    "PLATE": "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼某]",
    # The part of the day before an hour; 当晚 and 今晚 do not belong to the hour.
    "PART": "(?:上午|下午|凌晨|中午|清晨|傍晚|早上|早晨|深夜|午夜|(?<![今昨当每前早夜])晚[上间]?)",
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
    # In 最近, 节约 and 找不到, 近, 约 and 不到 belong to another word; in 近五年来 近 means recent.
    "B": """(?:(?<![找看听想做办收买拿见得说])不到|不(?:超过|足|满|低于|高于|少于|多于)|至[少多]|最[少多]
        |超过|逾|超|将近|接近|大约|(?<![节签契预合公条])约|(?<![附最临靠邻相])近(?!(?:[几数]?<CHAR>{1,4}|[0-9]{1,3})[多余几]?年来)|上(?=[百千万亿])
        |不止|未满|[低高少多]于|起码|大概|约莫|(?<![通经不走度路越跨渡驶穿翻绕看听说做去来用跑飞讲错胜])过(?=[百千万亿]|<Z>成|半数))""",
    "A": """(?:以上|以内|之内|以下|左右|上下|有余|许(?!多)
        |开外|出头|[（(]含[）)]以[上下]|(?<=[年月天时里岁吨元倍米成斤克升度周块])[多余](?![个名家项种元次人来]))""",
    # 个 before a unit that needs it after a numeral: 7个小时, 两个半月.
    "K": """(?:个[多半]?(?=小时|月|星期|礼拜|钟头|季度|工作日|学期|世纪|年度|批次|单元
        |人(?![民员才工大体]))|(?!月(?!大)))""",
    "T": "(?:年(?![级代轻龄])|月|周(?![年岁边围])|星期|天(?!津)|日|小时|分钟|秒钟|秒|季度|世纪)",
    "BEFORE": "(?P<before><B>)?",
    "AFTER": "(?P<after><A>)?",
    "NUMBER": "(?P<n><N>)",
    "UNIT": "(?P<unit><U>)",
    # Behind a time of day: about.
    "NEAR": "(?:许|左右|(?<=[点时])多)",
    "HOLIDAY": "(?:五一|六一|七一|八一|五四|三八|(?<!双)十一)",
    # Unwanted events, of which 零 counts none; before other nouns 零 is a figure of speech (零距离).
    "NONE": """(?:发案|发生|事故|伤亡|死亡|投诉|上访|违纪|违法|案件|失误|差错|感染|火灾|增长|警情|命案|犯罪
        |复发|举报|受伤|溺亡|错案|冤案|瑕疵|遗漏|漏报|漏管|逾期|掉队|缺席|退缩|失守|信访|病例|复议|败诉|超时|差评)""",
    # The nouns that 起, 宗 and 例 count; without one of them nearby, 一起 means together.
    "CASE": "(?:案|事故|纠纷|警情|火灾|事件|火情|诈骗|盗窃|火警|病例|险情|骗局)",
    # Verbs whose object is counted: 指派一支, 发现一个, 翻一番.
    "DEED": """(?:(?<=指派|派出|出动|增派|抽调|组建|成立|抓获|打掉|捣毁|摧毁|发现|查获|破获|缴获|扣押|查扣
        |新建|设立|建成|查处|端掉|侦破|救出|救起|捡到|拾到|拾得|捡获|丢失|遗失|被盗|盗走|盗得|偷走|窃得|抢走|骗走
        |起获|收缴|搜出|搜获|截获|追回|发还|返还|归还|解救|营救|救下|劝返|销毁|起出|拦下|拦停)
        |(?<=翻)(?=一番)|(?<=翻了)(?=一番))""",
    # Negations before one, which make it zero: 未发生一起, 没有一人.
    "NOT": """(?:(?<=没有发生|没有出现|未发生过|没发生过|未再发生)|(?<=未发生|没发生|未出现|没出现)
        |(?<=没有|未有|未发))""",
    # Units of things that precede their number: 手镯一对. Not 次, 面 and 步, which count actions.
    "THINGS": """(?:[部台辆支把张枚颗块条根只件套箱包袋瓶盒本册名位个对双副艘架匹头峰间栋幢座具柄发粒
        串顶处所家户笔株棵杆挺捆桶罐])""",
    # Words after which the duration itself is reported.
    "LASTING": """(?:(?<=连续|潜逃|历时|长达|持续|坚守|从警|从业|逃亡|外逃|隐匿|判处|刑期|服役|工作|任职
        |扎根|坚持|用时|耗时|工龄|党龄|警龄|为期|执勤|驻村|拘役|管制|权利|缩短|延长|提前|缓期|暂扣|羁押|拘留|监禁
        |横跨|跨越|跨度|时隔|相隔|历经|尘封|沉寂|拖欠|失散|失踪|失联|走失|分离|分别|离散|离家|躲藏|藏匿|蛰伏
        |流窜|困扰|从教|从医|从检|从法|从军|参军|入伍|入警|入党|当兵|驾龄|教龄|结婚|经营|相伴|陪伴|照顾|整整|仅用)
        |(?<=期限为|有效期|考验期|保质期|保修期|刑期为|服务期|禁驾期|过渡期)|(?<=有效期为|考验期为|保质期为|有效期限)
        |(?<=[达满判刑])|(?<=了)(?<!为了|除了)|(?<=处)(?=.{1,6}年(?:以|有期)))""",
    # Words after a duration that show it is reported: a sentence, a length of service, pay, an old case.
    "ENDURED": """(?:之久|不等|有期|徒刑|[党警工驾军教]龄|的?(?:工资|薪[水酬金]|租金|房租|收入|积蓄|刑期|有期)
        |的(?:[积命悬旧疑冤]案|案[件子]|逃犯|逃亡|潜逃|在逃|恩怨|心结|纠纷|积怨))""",
    # Ranks and grades, of people and things.
    "RANK": """(?:应急|巡视|英雄|警|调研|主任|高级|法官|检察官|教授|甲|乙|医院|公立|响应|重点|保护|文物|公路
        |军士|科员|建造|教师|律师|伤残|预警|裁判|运动)""",
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
    """Make pieces from the tables: units, measures, phrases and words."""
    words = list(numeral_words())
    return {
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
