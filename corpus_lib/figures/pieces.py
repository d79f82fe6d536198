"""The pieces of the rules for figures: how numerals are written, and which words occur beside them.

A piece is a named part of a pattern, such as <N> for a numeral and <U> for a unit. `compile_pieces`
inserts each piece where a rule names it. Units, and words that contain a numeral, come from units.tsv
and numeral_words.tsv beside this file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

# The parts of a numeral. Every repeat is possessive, so that no character is matched twice.
# A comma groups three digits: 1,300.
ARABIC = r"(?:[0-9]++(?:,[0-9]{3}(?![0-9]))*+(?:\.[0-9]++)?+)"
# 千 belongs to the unit in 5千瓦 and 5千克.
SCALE = r"(?:[十百万亿]|千(?![瓦克米伏卡]))"
CHINESE = rf"(?:(?:[零〇○一二两三四五六七八九]|{SCALE})++(?:点[零一二三四五六七八九]++)?+)"

# 余 and 多 may occur inside a numeral (30余万, 20多万) or after it (20多人); 十几, 几十 and 数百 are
# approximate in the same way. 多 and 余 do not count where they begin a word.
OPEN = r"(?:[余几]|多(?!元化|方|样|边|维|层|功能)|来(?=[个名位人年天件家户岁]))"
NUMERAL = (
    rf"(?:{ARABIC}(?:[余多几]?+{SCALE}++(?:[0-9]++{SCALE}++)*+)?+"
    rf"|[几数](?={SCALE}){CHINESE}|{CHINESE}(?:[余多几]{SCALE}++)?+){OPEN}?+"
)

# Words that begin with the character of a unit but contain no unit.
NO_UNIT = """人[民员才脸大工体均]|部[门队分署委位]|家[庭长属园乡]|道[路德理]|台[风湾账]|场[所景地馆]
    |条[件例款]|面[对向积临]|代表|成[立员功为果本]|分[局析类管别之]|组织|队伍|班子|手段|口[岸头]|头部|站点
    |方[向法便]|步[骤伐]|封闭|发[展生现放]|集[体团中]|单位|排查|行[动业政]|本[报地]|次日|具[有体]|处[置理]
    |所[有在]|位[于列置]|名[单列]|年[级代轻龄货检]|份额|片区|根[据本]|只[要有]|把[握关]|通[过知报信]|对[于接口]
    |双[方向]|度假|倍感|票房|群[众防]|类[似型]|章程|款项|节[日假]|页面|笔记|周[边围]|天[津网]|夜间
    |起[来诉草点到因步]|点[位对]|档案|项目部|门[店口]|车[辆站祸]|省[级内外委厅公会]|市[民场区值政级局委]
    |县[级委域城局]|区[域级委局分]|镇[街区政]|乡[村镇亲贤]|村[民居委级庄]|国[家内道际庆有企外]
    |案[件例情值由子发涉]|路[段口灯面线况程径权]|地[区方点带址下面上处铁质震产块理级标]|任[务何职命期意免性]
    |季[节度]|首[批次个届先例起家要都位名任创府席部发期相尾日周]|声[音明称势誉]|顿[时悟]|餐[厅饮馆]|刀[具片]
    |枪[支弹械手口]|锅炉|板[块凳房材]|波[及动折浪]|拨[打付款]|峰[会值期]|句号|题[材目]|招[聘募商生标录呼]
    |眼(?!机?井|泉)|晚[上间会期报年]|盆[地景]|管[理控道制辖护教委网线]|挺[进身立]|堵[塞车点漏]|堆[放积]|摊[位点贩]
    |扎[根实]|叠加|篮球|兆(?!宽带)"""

# The pieces, written <N> where a rule uses them; those for units and words come from the data files.
# Every repeat is bounded or possessive, so that no line makes matching slow.
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
    # A sign that makes a number negative, as opposed to the dash of a range or a list.
    "MINUS": "(?<![-—–~0-9A-Za-z年月日%℃度])[-−](?=[0-9])",
    # A dash joins two dates or hours to one figure; with 至 between them they are two figures.
    "DASH": "[-—–~]{1,2}",
    # A part of a year: a half, a quarter, the first months.
    "TERM": "(?:[上下前后]半[年月]|第?[一二三四1-4]季度|前(?:[两二三23]季度|(?:<Z>|1?[0-9])个月))",
    "LETTERS": "(?<![A-Za-z0-9])[A-Z]{1,2}-?[0-9]",
    "MONTH": """(?:<M>月(?!龄)份?(?:<D>(?:<S><D>)?[日号](?:<DASH><D>[日号])?
        |[上中下]旬|[上中]下旬|上中旬)?)""",
    # The lunar calendar, whose days are written without 日: 正月初五.
    "LUNAR": """(?:(?:[正腊冬]|十[一二]|<Z>)月
        (?>初<Z>|(?:二?十|廿)[一二三四五六七八九]|[二三]十|十)
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
    "X": "(?![零一二两三四五六七八九十百千万亿年月日天次个名人件元级等第])<H>",
    # In 最近, 节约 and 找不到, 近, 约 and 不到 belong to another word; in 近五年来 近 means recent.
    "B": """(?:(?<![找看听想做办收买拿见得说])不到|不(?:超过|足|满|低于|高于|少于|多于)|至[少多]|最[少多]
        |超过|逾|超|将近|接近|大约|(?<![节签契预合公条])约|(?<![附最临靠邻相])近(?!<N>年来)|上(?=[百千万亿]))""",
    "A": """(?:以上|以内|之内|以下|左右|上下|有余|许(?!多)
        |(?<=[年月天时里岁吨元倍米])[多余](?![个名家项种元次人来]))""",
    # 个 before a unit that needs it after a numeral: 7个小时, 两个半月.
    "K": """(?:个[多半]?(?=小时|月|星期|礼拜|钟头|季度|工作日|学期|世纪|年度|批次|单元
        |人(?![民员才工大体]))|(?!月))""",
    "T": "(?:年(?![级代轻龄])|月|周(?![年岁边围])|星期|天(?!津)|日|小时|分钟|秒钟|秒|季度|世纪)",
    "BEFORE": "(?P<before><B>)?",
    "AFTER": "(?P<after><A>)?",
    "NUMBER": "(?P<n><N>)",
    "UNIT": "(?P<unit><U>)",
    "HOLIDAY": "(?:五一|六一|七一|八一|五四|三八|(?<!双)十一)",
    # Unwanted events, of which 零 counts none; before other nouns 零 is a figure of speech (零距离).
    "NONE": """(?:发案|发生|事故|伤亡|死亡|投诉|上访|违纪|违法|案件|失误|差错|感染|火灾|增长|警情|命案|犯罪
        |复发|举报|受伤|溺亡|错案|冤案|瑕疵|遗漏|漏报|漏管|逾期|掉队|缺席|退缩|失守|病例|复议|败诉|超时|差评)""",
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
    "LASTING": """(?:(?<=连续|潜逃|历时|长达|持续|坚守|从警|从业|逃亡|外逃|隐匿|判处|徒刑|刑期|服役|工作|任职
        |扎根|坚持|用时|耗时|工龄|党龄|警龄|为期|执勤|驻村|拘役|管制|权利|缩短|延长|提前|缓期|缓刑|暂扣|羁押|拘留|监禁
        |服刑|横跨|跨越|跨度|时隔|相隔|历经|尘封|沉寂|拖欠|失散|失踪|失联|走失|分离|分别|离散|离家|躲藏|藏匿|蛰伏
        |流窜|困扰|从教|从医|从检|从法|从军|参军|入伍|入警|入党|当兵|驾龄|教龄|结婚|经营|相伴|陪伴|照顾|整整|仅用)
        |(?<=期限为|有效期|考验期|保质期|保修期|刑期为|服务期|禁驾期|过渡期)|(?<=有效期为|考验期为|保质期为|有效期限)
        |(?<=[达满判])|(?<=了)(?<!为了|除了)|(?<=处)(?=<N>年(?:以|有期)))""",
    # Words after a duration that show it is reported: a sentence, a length of service, pay, an old case.
    "ENDURED": """(?:之久|有期|徒刑|[党警工驾军教]龄|的?(?:工资|薪[水酬金]|租金|房租|收入|积蓄|刑期|有期)
        |的(?:[积命悬旧疑冤]案|案[件子]|逃犯|逃亡|潜逃|在逃|恩怨|心结|纠纷|积怨))""",
    # Ranks and grades, of people and things.
    "RANK": """(?:巡视|英雄|警|调研|主任|高级|法官|检察官|教授|甲|乙|医院|响应|重点|保护|文物|公路|军士|科员
        |建造|教师|律师|伤残|预警|裁判|运动)""",
}
# fmt: on


def compile_pieces(pattern: str) -> re.Pattern[str]:
    """Insert the pieces into a pattern, also those inside other pieces, and compile it."""
    pieces = PIECES | _listed()
    while names := set(re.findall("<([A-Z]+)>", pattern)):
        for name in names:
            pattern = pattern.replace(f"<{name}>", pieces[name])
    return re.compile(pattern, re.VERBOSE)


@lru_cache(maxsize=1)
def _listed() -> dict[str, str]:
    """Make pieces from the data files: units, measures, phrases and words."""
    units, words = _table("units"), list(known_words())
    first = "".join(sorted({word.strip()[0] for word in NO_UNIT.split("|")}))
    no_unit = f"(?!(?=[{first}])(?:{NO_UNIT}))"
    return {
        "U": no_unit + _any_of([unit for unit, _ in units]),
        "MEASURE": no_unit + _any_of([unit for unit, kind in units if kind != "classifier"]),
        "PHRASE": _any_of([word for word in words if len(word) >= 4]),
        "WORD": _any_of([word for word in words if len(word) < 4]),
    }


def _any_of(words: list[str]) -> str:
    """Write a pattern for any of some words, the longest first (分钟 before 分); Latin words match whole.

    A lookahead for the first characters skips most places at once, and words with the same beginning
    share it (分(?:钟|贝|)), so that a long list stays fast.
    """
    return f"(?=[{re.escape(''.join(sorted({word[0] for word in words})))}]){_branches(words)}"


def _branches(words: list[str], before: str = "") -> str:
    """Write the pattern for the rests of words that share the character `before`."""
    tails: dict[str, list[str]] = {}
    for word in sorted(words):
        tails.setdefault(word[:1], []).append(word[1:])
    ends = ["(?![A-Za-z])" if before.isascii() and before.isalpha() else ""] if tails.pop("", []) else []
    branches = [re.escape(first) + _branches(rest, first) for first, rest in tails.items()] + ends
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


@lru_cache(maxsize=1)
def known_words() -> dict[str, str]:
    """Read the words and names that contain a numeral, each with its kind."""
    return dict(_table("numeral_words"))


def _table(name: str) -> list[tuple[str, str]]:
    """Read the first two columns of one of the data files beside this module."""
    lines = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(row[0], row[1]) for row in (line.split("\t") for line in lines)]
