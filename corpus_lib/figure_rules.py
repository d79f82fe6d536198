"""The table of rules by which a numeral is found and told what it is: numbered, named, each with a reason.

Rules are tried from the top at each place of a line. A pattern is verbose (blanks in
it do not count) and made of pieces, <N> a numeral, <U> a unit, which `numerals` defines.
"""

from typing import NamedTuple


class Rule(NamedTuple):
    """One row of the table: what it is called, what it finds, why, and where one sees it.

    A pattern may name `n` and `to` (numerals), `unit`, `before` and `after` (qualifiers),
    `of` (a denominator), `half` (年半) and `top` (前三); `figures.ALIASES` are other names for these.
    The kind `word` stands for the one that numeral_words.tsv gives.
    """

    number: int
    name: str
    kind: str
    pattern: str
    reason: str
    example: str


# The table, tried from the top; <N>, <U> and the like are pieces of `numerals`. It is laid out by hand:
# a rule with its pattern, then why it holds and where one sees it.
# fmt: off
RULES = [Rule(*row) for row in (
    # Dates: one row for all that is written together.
    (10, "iso_date", "date",
     r"<Y>[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])(?:[ T]?<HOUR>)?",
     "A date in digits, with its time.", "2021-10-22 17:23:21"),
    (20, "calendar", "date", r"""
     (?!一[日月]一) (?: <Y><S><Y>年 | <Y>年(?:<M><S><M>月 | <M>月份?(?:<D>(?:<S><D>)?[日号])?)?
     | <M><S><M>月 | <M>月份?(?:<D>(?:<S><D>)?[日号])? | <D>(?:<S><D>)?日(?!以?内|之内|[游无])
     | 20[0-9]{2}<S>20[0-9]{2}(?![0-9%]) )
     (?:(?:上午|下午|晚上?|凌晨|中午|清晨|傍晚|早上|深夜)?<HOUR>)?(?P<after>许|左右|前后)?""",
     "Year, month, day and hour, or any of them.", "10月10日16时许"),
    (30, "century", "date",
     "<D>世纪(?:[1-9]0年代|[二三四五六七八九]十年代)?|(?:[1-9]0|[二三四五六七八九]十)年代",
     "A century or decade of the calendar.", "20世纪90年代"),
    (40, "clock", "date", "<HOUR>(?P<after>许|左右)?", "A time of day.", "9时许"),
    # Names: numerals that tell things apart.
    (110, "document", "name", r"[〔\[]<Y>[〕\]]第?[0-9]{1,5}号", "The number of a document.", "〔2023〕15号"),
    (120, "plate", "name", "<H>[A-Z](?=[A-Z]{0,3}[0-9])[A-Z0-9]{5,6}(?![A-Z0-9])", "A car.", "闽A3582K"),
    (130, "identifier", "name", r"""
     1[3-9][0-9]{9}(?![0-9]) | 0[0-9]{2,3}-[0-9]{7,8} | [48]00-[0-9]{3,4}-[0-9]{3,4}
     | [0-9]{16,}+ | [0-9]{9,}+(?![%余多万亿]|[.,][0-9]|个|<U>)
     | [零〇一二两三四五六七八九十百千万亿]{16,}+""",
     "Telephone numbers, and runs too long to be an amount.", "13800000000"),
    (140, "bare_year", "date", "(?:19|20)[0-9]{2}(?![0-9%余多万亿]|[.,:][0-9]|个|<U>)",
     "Four digits that begin with 19 or 20 and count nothing.", "创安2021"),
    (150, "hotline", "name", r"""
     (?:11[0479]|12[0-2]|12[0-9]{3}|100[0-9]{2}|95[0-9]{3}|96[0-9]{3,4})
     (?![0-9%余多万亿/]|[.,][0-9]|<S>[0-9]|个|<U>)""",
     "Short numbers one dials; before a unit they count.", "12348平台"),
    (160, "letters", "name", r"""
     (?:(?<=[A-Za-z])|(?<=[A-Za-z]-))[0-9]++
     | (?!<N><U>(?![A-Za-z]))[0-9]++(?:\.[0-9]++)?[A-Za-z]++""",
     "Digits joined to Latin letters, unless those are a unit.", "24T自助服务中心"),
    (170, "congress", "name",
     "(?:十[一二三四五六七八九]|二十)(?:届[一二三四五六七]中全会|大(?![队量批]))",
     "A party congress, or a session of its committee.", "二十大"),
    (180, "plan", "name", "十[一二三四]五(?=[”]|规划|计划|期间|时期|以来|开局|收官|末)",
     "A five-year plan.", "“十四五”"),
    (190, "holiday", "name",
     "<HOLIDAY>(?=[”]|国际|劳动|儿童|建军|勋章|青年|奖[章状]|小?长?假|黄金周|期间|节|红旗手|妇女|广场)",
     "A day that has become a name.", "五一劳动奖章"),
    (200, "dotted_day", "name",
     r"[0-9]{1,2}·[0-9]{1,2}(?![0-9])|(?<=“)[0-9]{1,2}\.[0-9]{1,2}(?=”)|<Z>·<Z>{1,3}",
     "A case or day named by its date.", "“3·15”晚会"),
    (210, "scheme", "name", """
     <N>小时(?=<H>{0,3}?(?:过境|免签|自助|便利|书[屋房]|药店|热线|图书馆|营业厅|不打烊))
     | <N>年(?=行动|计划|攻坚|规划|专项)""", "A scheme called after its term.", "240小时过境免签"),
    (220, "generation", "name", "[0-9]0后|[零五六七八九][零〇]后", "People by decade of birth.", "90后民警"),
    (230, "road", "name", "[0-9]++(?=国道|省道|县道|路公交|次列车|航班)", "Roads, lines, trains.", "324国道"),
    (240, "house", "name", "<N>号(?:楼|院|馆|线|令)?",
     "A house, building or document; a day stands behind its month.", "中平路169号"),
    # Slogans and set abbreviations.
    (310, "sum", "formula", r"[0-9]++(?:\+(?:[0-9]++|[NnXx](?![A-Za-z])))++", "Written as a sum.", "1+2+N"),
    (320, "product", "formula", "[0-9]++[×xX*][0-9]++(?:小时|天)?", "Written as a product.", "7×24小时"),
    (330, "quoted_pair", "formula", "(?<=[“‘])<H>{0,3}?<Z><H>{1,3}、<H>{0,3}?<Z><H>{1,3}(?=[”’])",
     "A quotation of two short limbs, each with a numeral.", "“乡镇一间房、城市一张床”"),
    (340, "quoted_set", "formula", """
     (?<=[“‘「『])(?:(?![零一二两三四五六七八九十百千万亿第])<H>){0,3}?
     (?!1[12][0-9](?![0-9])|(?:19|20)[0-9]{2}|二十|<HOLIDAY>|<N><K><MEASURE>|[0-9]++<U>)
     (?:[二两三四五六七八九]|[0-9]{1,4}(?![0-9]))(?![级等届岁名位人])<H>{0,7}(?=[”’」』])""",
     "A short quotation that holds a numeral and no measure.", "“四个铁一般”"),
    (350, "set_noun", "formula", """
     <Z>个(?:维护|确立|意识|自信|铁一般|绝对|全面|代表|坚持|务必|必须|一律|确保|不准|严禁|一百年|结合|更加|强化)
     | [三四五六七八]位一体 | 八类(?=[严暴主])""", "A set phrase without quotation marks.", "两个维护"),
    # One and none that count, and shares, before 一 and 半 are given up as words.
    (410, "share", "quantity", "<BEFORE>(?:(?P<of>[百千万]分之|<N>分之)<NUMBER>|(?P<share>一半|半数))<AFTER>",
     "A part of a whole, in words.", "三分之二"),
    (420, "one_case", "quantity", "(?P<n>一)(?P<unit>[起宗例])(?=<H>{0,10}?<CASE>)",
     "一起 counts when a case follows.", "一起涉诈案件"),
    (430, "one_of_a_deed", "quantity", "<DEED>(?P<n>一)<UNIT>",
     "What was found, sent or founded is counted.", "发现一个团伙"),
    (440, "one_listed", "quantity", "(?<=[:：、,，;；])(?P<n>一)<UNIT>(?=是)",
     "Things told off one by one.", "锦旗:一面是国务院授予"),
    (450, "none", "quantity", "(?P<n>无一)<UNIT>|(?P<zero>[零0])(?=<NONE>)",
     "Nobody, and none of an event.", "无一人违纪"),
    (460, "toll", "quantity", "(?P<n><Z>{1,3})(?=[死伤男女](?![亡者员人子]))",
     "Dead and hurt, men and women, named without a counter.", "一死两伤"),
    # Words, before their numerals can be taken for amounts.
    (510, "phrase", "word", "<PHRASE>", "Idioms and names of four characters and more.", "一心一意"),
    (520, "couplet", "formula", "(?P<pair><Z>)<X>(?P=pair)<X>|<Z>(?!<U>)<X><Z><X>|一[日天周月季年]一<X>",
     "Numeral, word, numeral, word; 一辆三轮 is none.", "四降两升"),
    (530, "repeated", "lexical",
     r"<N>年如一日|一(?P<many><H>)(?:接着|又|连着|复)一(?P=many)|一(?P<each><H>)(?P=each)",
     "Many, one after the other, or all along.", "一次次"),
    (540, "word", "word", "(?!(?<=系)统一)<WORD>(?!钟)", "Shorter words and names.", "统一"),
    (550, "several", "lexical", """
     (?:几|(?<![人次总件起多少指分参倍函基位例岁案户])数(?!字))(?:个(?:小时|月|工作日)|<U>)
     | 每一<U>? | 零(?![点时])(?=<H>)""",
     "A few and each have no value; nor has 零 as a figure of speech.", "数名群众"),
    # Ordinals.
    (610, "nth_range", "ordinal",
     "第<NUMBER>(?:、|<S>)(?P<to><N>)<UNIT>?", "Two places together.", "第四、五名"),
    (620, "nth", "ordinal", "第<NUMBER><UNIT>?", "第 before a numeral.", "第一期"),
    (630, "first", "ordinal", "(?P<n>首)(?![发席尾相府])<UNIT>", "首 before a counter.", "首批"),
    (640, "grade", "ordinal", """
     (?P<n>[一二三四])(?:、(?P<to>[二三四]))?(?P<unit>等)(?=功|奖) | (?P<rank><Z>)(?P<level>级)(?=<RANK>)""",
     "A rank, or a class of honour.", "二等功"),
    (650, "session", "ordinal",
     "(?<!连续)(?P<n>[二三四五六七八九]?十[一二三四五六七八九]?)(?P<unit>届)",
     "So large a number of 届 names one of them.", "十四届全国人大"),
    (660, "stage", "ordinal", "(?P<n>[一二三四五])(?P<unit>[期次])(?=工程|项目|建设|会议|全会)",
     "A stage of works, a session of a meeting.", "二期工程"),
    (670, "item", "ordinal", r"""
     (?:(?<=[,，。;；:：、])|(?<![^\s]))(?P<n><Z>)(?=是|要) | (?<![^\s（(])(?P<item><Z>{1,3})(?=、|[)）])""",
     "Points of an argument.", "一是"),
    (680, "top", "ordinal",
     "(?<=[列居进入身])(?P<top>前)<NUMBER>(?P<unit>名|位)?", "Among the first.", "跻身前三"),
    # Durations: reported, or a frame.
    (710, "lasting", "quantity", "<LASTING><BEFORE><NUMBER><K>(?P<unit><T>)(?P<half>半)?<AFTER>",
     "How long, reported.", "潜逃25年"),
    (720, "in_a_row", "quantity", "<NUMBER>(?P<unit>年|届|个月)(?=连[续降增升胜冠获年])",
     "An unbroken run of years.", "6年连降"),
    (730, "frame", "span", """
     <BEFORE>(?P<n><N>|半)<K>(?P<unit><T>)(?P<half>半)?(?P<after>[多余](?=[来前后]))?
     (?=以?来|[之以]?前(?![台往])|(?<=[年月周])[之以]?后(?![续期台勤方者])|[间里](?![断隔]))
     | (?P<day>一)(?P<days>天)(?=内)""",
     "A time looked back on; what follows after minutes or days took so long.", "五年来"),
    (740, "anniversary", "span", "<NUMBER>(?P<unit>周年)", "So many years since.", "建党100周年"),
    (750, "years", "span",
     "(?P<before>将近|近(?!<N>年来)|约|大约)?<NUMBER>(?P<unit>年)(?P<half>半)?(?![级代轻龄半]|<A>)",
     "Years that nothing before them reports are a frame.", "十年风雨兼程"),
    # Amounts.
    (810, "range", "quantity", """
     <BEFORE><NUMBER>(?P<first><U>)?<S>(?P<to><N>)<K>(?P<unit>(?(first)(?P=first)|<U>))<AFTER>""",
     "From so many to so many.", "3至5人"),
    (820, "half", "quantity",
     "<BEFORE>(?P<n>半)个?(?P<unit>小时|月|年|天|世纪|学期|钟头)", "Half a unit.", "半小时"),
    (830, "one_amount", "quantity", """
     (?: (?P<before><B>)一<K>(?P<unit><U>)
     | 一<K>(?P<single>(?!角|度|分(?!钟))<MEASURE>|人次|[名位人辆户艘具]) )
     (?P<half>半)?<AFTER>""",
     "One that is a measure, a person or a vehicle.", "不到一个小时"),
    (840, "amount", "quantity", "(?!一(?:个|<U>))<BEFORE><NUMBER><K><UNIT>(?P<half>半)?<AFTER>",
     "A numeral with its unit.", "3000多份"),
    (850, "one_thing", "lexical", "一(?:个|<U>)", "一 with a counter says a, not one.", "一个缩影"),
    (860, "number", "quantity", """
     <BEFORE>(?=[0-9]|[一二两三四五六七八九][十百千万亿]|十[一二三四五六七八九]|[几数])<NUMBER><AFTER>""",
     "A numeral without a unit.", "得分98.5"),
    (870, "round", "quantity", "(?P<before><B>)<NUMBER>", "A round number after a qualifier.", "上万"),
    (910, "left", "lexical", "<N><H>?", "What no rule above explains is part of a word.", "百强县"),
)]
# fmt: on
