"""The table of rules that find numerals and name their kind; each rule has a number, a name and a reason.

Rules are tried from the top at each place of a line. Patterns are verbose, so blanks in them do not
count, and they use pieces such as <N> for a numeral and <U> for a unit, which `pieces` defines.
"""

from typing import NamedTuple


class Rule(NamedTuple):
    """One rule: its number and name, the kind and pattern of what it finds, its reason and an example.

    A pattern may name these groups: `n` and `to` (numerals), `unit`, `before` and `after`
    (qualifiers), `of` (a denominator), `half` (年半), `top` (前三), `below` (零下), `none` (counts as 0) and
    `listed` (only beside another quantity). A group name may occur only once in a pattern, so n2 means n
    too. The kind `word` means the kind in numeral_words.tsv.
    """

    number: int
    name: str
    kind: str
    pattern: str
    reason: str
    example: str


# fmt: off
RULES = [Rule(*row) for row in (
    # Dates: one figure for all parts that are written together.
    (10, "iso_date", "date",
     r"<Y>[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])(?:[ T]?<HOUR>)?",
     "A date in digits, with its time.", "2021-10-22 17:23:21"),
    (20, "calendar", "date", r"""
     (?!一[日月]一) (?: <Y><S><Y>年度?
     | <Y>年(?:度(?!假))?(?:<TERM>|<M><S><M>月|<MONTH>)?(?:<DASH><Y>年<MONTH>?|(?<=月|日)<DASH><MONTH>)?
     | <LUNAR> | <M><S><M>月 | <MONTH>(?:<DASH><MONTH>)?
     | (?<![0-9一二两三四五六七八九十多余几]年)(?<![月天日周此之以目提])<TERM>
     | (?<!拘留|期限)<D>(?:<S><D>)?日(?!以?内|之内|以[上下]|[游无]) | 20[0-9]{2}<S>20[0-9]{2}(?![0-9%]) )
     (?:<PART>?<HOUR>(?:<DASH><MONTH>?<PART>?<HOUR>)?)?(?P<after>许|左右|前后)?""",
     "A year, part of a year, month, day, hour, or some of these; a dash joins two.", "10月10日16时许"),
    (30, "century", "date", """
     <D>世纪(?:(?:[1-9]0|[二三四五六七八九]{1,2}十)年代)?|(?:[1-9]0|[二三四五六七八九]{1,2}十)年代""",
     "A century or decade of the calendar.", "20世纪90年代"),
    (40, "clock", "date", "<HOUR>(?:<DASH><PART>?<HOUR>)?(?P<after>许|左右)?",
     "A time of day, or a range of two; 上午 belongs to it only after a date.", "9时许"),
    # Names: numerals that identify things.
    (110, "document", "name",
     r"[〔\[(（]<Y>[〕\])）](?:第?[0-9]{1,5}号|<H>{1,4}[0-9]{0,4}<H>{1,5}[0-9]{1,6}号)",
     "The number of a document or of a court case.", "〔2023〕15号"),
    (120, "plate", "name", """
     <PLATE>[A-Z]·?(?=[A-Z×*]{0,5}[0-9])(?:[A-Z0-9×*]{5,6}(?![A-Z0-9×*]) | [A-Z0-9×*]{4}[学警挂领使试])""",
     "A number plate; reports may mask some of its characters.", "闽A3582K"),
    (125, "code", "name", r"""
     K[0-9]++\+[0-9]++(?:\.[0-9]++)?+(?:米|m)? | (?!<LETTERS>[0-9]*+[·/])
     <LETTERS>[0-9]*+(?:\.[0-9]++)?+(?:[A-Z]++[0-9]*+)?+(?![0-9%+万亿余多])""",
     "One or two capitals and a number: a motorway, a licence class, a kilometre marker.", "G4京港澳高速"),
    (130, "identifier", "name", r"""
     1[3-9][0-9]{9}(?![0-9]) | 0[0-9]{2,3}-[0-9]{7,8} | [48]00-[0-9]{3,4}-[0-9]{3,4}
     | [0-9]{16,}+ | [0-9]{3,6}[×*]{3,}+[0-9]{0,4}X? | [0-9]{9,}+(?![%余多万亿]|[.,][0-9]|个|<U>)
     | [零〇一二两三四五六七八九十百千万亿]{16,}+
     | (?:(?<=[尾卡账警编工群证]号|[号密代]码)|(?<=[号码][:为是]))[0-9]{3,}+(?![余多万亿%.])""",
     "Telephone numbers, numbers after 号 or 码, and digits too many for a quantity.", "13800000000"),
    (140, "bare_year", "date", """
     (?:19|20)[0-9]{2}(?:(?![0-9%余多万亿]|[.,:][0-9]|个|<U>)|(?=届(?:[高初大中毕]|普通)|级(?:学[生员警]|新生)))""",
     "Four digits that begin with 19 or 20 and have no unit.", "创安2021"),
    (150, "hotline", "name", r"""
     (?:11[0479]|12[0-2]|12[0-9]{3}|100[0-9]{2}|95[0-9]{3}|96[0-9]{3,4})
     (?![0-9%余多万亿/]|[.,][0-9]|<S>[0-9]|个|<U>)""",
     "Short telephone numbers; before a unit they are quantities.", "12348平台"),
    (160, "letters", "name", r"""
     (?:(?<=[A-Za-z])|(?<=[A-Za-z]-))(?!<N>(?:个|<U>))[0-9]++
     | (?=[0-9]++(?:\.[0-9]++)?[A-Za-z])(?!<N><U>(?![A-Za-z]))[0-9]++(?:\.[0-9]++)?[A-Za-z]++""",
     "Digits joined to Latin letters, unless the letters are a unit.", "24T自助服务中心"),
    (170, "congress", "name",
     "(?:十[一二三四五六七八九]|二十)(?:届[一二三四五六七]中全会|大(?![队量批]))",
     "A Party congress, or a plenary session of its Central Committee.", "二十大"),
    (175, "award", "name", """
     [十百](?:[佳杰优]|大(?=最美|优秀|杰出|人民|先进|平安|感动|新闻|典型|忠诚|法治|年度|经典|案例))
     | (?:[0-9]{2,4}|[一二三五]?[十百千])强(?=[企县镇乡区市村、，。）])""",
     "The name of an honour, such as the ten best.", "十佳民警"),
    (180, "plan", "name", "十[一二三四]五(?=[”]|规划|计划|期间|时期|以来|开局|收官|末)",
     "A five-year plan.", "“十四五”"),
    (190, "holiday", "name",
     "双(?:十[一二]|1[12](?![0-9]))|618(?=[”]|大促|购物|期间)|<HOLIDAY>(?=[”]|国际|劳动|儿童|建军|勋章|青年|奖[章状]|小?长?假|黄金周|期间|节|红旗手|妇女|广场)",
     "A date that has become the name of a day.", "五一劳动奖章"),
    (200, "dotted_day", "name",
     r"[0-9]{1,2}·[0-9]{1,2}(?![0-9])|(?<=“)[0-9]{1,2}\.[0-9]{1,2}(?=”)|<Z>·<Z>{1,3}",
     "A case or a day named after its date.", "“3·15”晚会"),
    (210, "scheme", "name", """
     <N>(?:小时(?=<H>{0,3}?(?:过境|免签|自助|便利|书[屋房]|药店|热线|图书馆|营业厅|不打烊))
     | 年(?=行动|计划|攻坚|规划|专项) | (?:分钟|小时|刻钟|公里)(?=(?!后|内|前|[以之]内|左右)<H>{0,7}?圈))""",
     "A scheme named after its duration, or a circle after its travel time.", "240小时过境免签"),
    (220, "generation", "name", "[0-9][05]后(?!台|勤|续|方)|[零五六七八九][零〇五]后(?!台|勤|续|方)",
     "A generation, named after its decade of birth.", "90后民警"),
    (230, "road", "name", """
     [0-9]++(?=国道|省道|县道|路公交|次列车|航班|号线) | [二三四五六七八]环(?:路|线|高架)?(?![节保境比])
     | (?<=<H>)(?<![分兵成开派出共有第这那全各])
     (?:[二三四五六七八九十]路(?=[口段东西南北中与和至交、])|一路(?=[口段]))""",
     "Roads, lines and trains; 三路 in 兵分三路 is a quantity.", "324国道"),
    (235, "squad", "name", """
     (?<![0-9几数两第零百千万])(?:[0-9]{1,2}(?=大队|中队|监区)
     |<Z>{1,2}(?=大队|中队|监区|分局|支队|派出所))(?!.{2,3}[员伍])""",
     "A police unit identified by a number.", "交警三大队"),
    (240, "house", "name", """
     <N>(?:(?:号[楼院馆线令]?|(?:[栋幢弄座]|单元)(?=<N>(?:单元|[室号])))(?:<N>(?:号楼?|单元|[栋幢楼层室房户]))*+
     | (?<=[0-9]{3})(?:室|房间|房(?![屋产主东管])) | 楼(?!房(?![间顶门])|[宇盘梯市]))""",
     "A house, building, storey, room or document; a day has its month before it.", "中平路169号"),
    # Numeric slogans and set abbreviations.
    (310, "sum", "formula", r"[0-9]++(?:\+(?:[0-9]++|[NnXx](?![A-Za-z])))++", "Written as a sum.", "1+2+N"),
    (320, "product", "formula", "[0-9]++[×xX*][0-9]++(?:小时|天)?", "Written as a product.", "7×24小时"),
    (330, "quoted_pair", "formula", "(?<=[“‘])<H>{0,3}?<Z><H>{1,3}、<H>{0,3}?<Z><H>{1,3}(?=[”’])",
     "A quotation of two short phrases, each with a numeral.", "“乡镇一间房、城市一张床”"),
    (340, "quoted_set", "formula", """
     (?<=[“‘「『])(?:(?![零一二两三四五六七八九十百千万亿第])<H>){0,3}?
     (?!1[12][0-9](?![0-9])|(?:19|20)[0-9]{2}|二十|<HOLIDAY>|<N><K><MEASURE>|[0-9]++<U>)
     (?:[二两三四五六七八九]|[0-9]{1,4}(?![0-9]))(?![级等届岁名位人])<H>{0,7}(?=[”’」』])""",
     "A short quotation with a numeral and no unit of measurement.", "“四个铁一般”"),
    (350, "set_noun", "formula", """
     <Z>个(?:维护|确立|意识|自信|铁一般|绝对|全面|代表|坚持|务必|必须|一律|确保|不准|严禁|一百年|结合|更加|强化)
     | [三四五六七八]位一体 | 八类(?=[严暴主]) | <Z>班(?:<Z>(?:运转|倒)|倒) | <Z>室<Z>厅(?:<Z>卫)?""",
     "A set phrase without quotation marks, or a shift system.", "两个维护"),
    (360, "adverb", "lexical", """
     百分之百(?=是|会|能|可以|有?把握|安全|可靠|放心|信任|[诈受]?骗|诈骗|的?(?:努力|热情|信心|真心|用心|诈骗))
     | 千万(?=[别勿莫要]|不[要可能得敢]|小心|注意|当心|记[住得]|留意|警惕)""",
     "Adverbs: 百分之百 (certainly) and 千万 (by all means).", "千万不要轻信"),
    # One, none and shares that are quantities, before later rules take 一 and 半 as words.
    (410, "share", "quantity", "<BEFORE>(?:(?P<of>[百千万]分之|<N>分之)<NUMBER>|(?P<n2>一半|半数))<AFTER>",
     "A part of a whole, in words.", "三分之二"),
    (412, "below_zero", "quantity", """
     (?:(?P<below>零下)|(?P<below2><MINUS>))<NUMBER>(?:<S>(?:零下)?(?P<to><N>))?
     (?P<unit>摄氏度|℃|°C|度|%|个?百分点)<AFTER>""", "A temperature or rate below zero.", "零下15摄氏度"),
    (415, "not_one", "quantity", """
     <NOT>(?P<none>一)(?P<unit>[起宗例件](?=<H>{0,10}?<CASE>)|[人户名位]|个(?=人|群众|孩子))(?!起|次)""",
     "One after a negation means zero.", "未发生一起火灾"),
    (420, "one_case", "quantity", "(?P<n>一)(?P<unit>[起宗例])(?=<H>{0,10}?<CASE>)",
     "一起 counts when a case follows.", "一起涉诈案件"),
    (430, "one_of_a_deed", "quantity", "<DEED>(?P<n>一)<UNIT>",
     "One after a verb such as found, sent or founded is a quantity.", "发现一个团伙"),
    (440, "one_told_off", "quantity", """
     (?<=[:：、,，;；])(?P<n>一)<UNIT>(?=是)
     | (?<=<H><H>)(?<![每这那另某同任唯是有了的在到着过出来又再])(?P<n2>一)(?P<unit2><THINGS>)
     (?=[、，。；,;和及与]|$)(?!、<H>{1,3}一(?P=unit2))
     | (?P<n3>一)(?![起次下些样方边路道手类种])(?P<unit3><U>)
     (?=<H>{1,6}[、和及][0-9两二三四五六七八九十][0-9十百]{0,3}<U>)""",
     "Items of a list, one by one, or a number after its noun.", "锦旗:一面是国务院授予"),
    (445, "one_in_list", "quantity",
     "(?<=[、和及与])(?P<listed>(?P<n>一))(?!起|次|下|些|样|方|边|路|道|手|类|种)<UNIT>",
     "One in a list of counted things is a quantity too.", "两匹马、一峰骆驼"),
    (450, "none", "quantity", "(?P<n>无一)(?!例外)(?:<UNIT>|(?=<NONE>))|(?P<n2>[零0])(?=<NONE>)",
     "Nobody, or no event of a kind.", "无一人违纪"),
    (460, "toll", "quantity", "(?P<n><Z>{1,3})(?=[死伤男女](?![亡者员人子]))",
     "The dead and injured, or men and women, counted without a unit.", "一死两伤"),
    # Words, before later rules take their numerals as quantities.
    (510, "phrase", "word", "<PHRASE>", "Idioms and names of four characters or more.", "一心一意"),
    (520, "couplet", "formula", "(?P<pair><Z>)<X>(?P=pair)<X>|<Z>(?!<U>)<X><Z><X>|一[日天周月季年]一<X>",
     "Numeral, word, numeral, word; 一辆三轮 is not one of these.", "四降两升"),
    (530, "repeated", "lexical",
     r"<N>年(?:如一日|一遇|不遇)|数以[十百千万亿]++计|一(?P<many><H>)(?:接着|又|连着|复)一(?P=many)|一(?P<each><H>)(?P=each)",
     "Phrases for many, for one after another, or for all the time.", "一次次"),
    (540, "word", "word", "(?!(?<=系)统一)<WORD>(?!钟)", "Shorter words and names.", "统一"),
    (550, "several", "lexical", """
     (?:几|(?<![人次总件起多少指分参倍函基位例岁案户])数(?!字))(?:个(?:小时|月|工作日)|<U>)
     | 每一<U>? | 两(?:条(?=[腿臂])|只(?=[手脚眼耳胳])) | 零(?![点时])(?=<H>)""",
     "Several, each, 零 as a figure of speech and the two hands of one person have no value.", "数名群众"),
    # Ordinals.
    (610, "nth_range", "ordinal",
     "第<NUMBER>(?:、|<S>)(?P<to><N>)<UNIT>?", "Two ordinals in one expression.", "第四、五名"),
    (620, "nth", "ordinal", "第<NUMBER><UNIT>?", "第 before a numeral.", "第一期"),
    (630, "first", "ordinal", "(?P<n>首)(?![发席尾相府])<UNIT>", "首 before a counter.", "首批"),
    (640, "grade", "ordinal", """
     (?P<n>[一二三四])(?:、(?P<to>[二三四]))?(?P<unit>等)(?=功|奖) | (?P<n2><Z>)(?P<unit2>级)(?=<RANK>)
     | (?P<n3>[一二三四五六])(?P<unit3>年级)""",
     "A rank, or a class of honour.", "二等功"),
    (650, "session", "ordinal",
     "(?<!连续)(?P<n>[二三四五六七八九]?十[一二三四五六七八九]?)(?P<unit>届)",
     "A number of 届 this large is an ordinal, not a count.", "十四届全国人大"),
    (660, "stage", "ordinal", """
     (?P<n>[一二三四五])(?P<unit>[期次])(?=工程|项目|建设|会议|全会)
     | (?P<n2>[一二])(?P<unit2>审)(?!核|[三定校合一二阅])""",
     "A stage of a project, a session of a meeting, a court instance.", "二期工程"),
    (670, "item", "ordinal", r"""
     (?:(?<=[,，。;；:：、])|(?<![^\s]))(?P<n><Z>)(?=是|要) | (?<![^\s（(])(?P<n2><Z>{1,3})(?=、|[)）])
     | (?<![^\s。;；])(?P<n3>[0-9]{1,2})(?=[、)）]|\.(?![0-9]))""",
     "Numbered points of an argument or list.", "一是"),
    (680, "top", "ordinal",
     """(?P<top>(?<=[列居进入身名省市国县区排])前(?=<N>(?!个|[年月天日次]))
     | (?<![年月天日周时钟之以提眼目此当])前(?=<N>[名位强]))<NUMBER>(?P<unit>[名位强])?""",
     "Among the top few.", "跻身前三"),
    # Durations: reported, or a time that frames the report.
    (710, "lasting", "quantity", """
     <LASTING><BEFORE>(?P<n><N>|半)<K>(?P<unit><T>)(?P<half>半)?(?![多余]?以?来|间(?!断))<AFTER>""",
     "A reported duration, after a word such as 潜逃; 从警18年来 only looks back.", "潜逃25年"),
    (720, "endured", "quantity",
     "<BEFORE>(?P<n><N>|半)<K>(?P<unit><T>|届)(?P<half>半)?<AFTER>(?=<ENDURED>|连[续降增升胜冠获年])",
     "A duration that the next word shows to be reported: a series, a prison sentence, a wage.", "6年连降"),
    (730, "frame", "span", """
     <BEFORE>(?P<n><N>|半)<K>(?P<unit><T>)(?P<half>半)?(?P<after>[多余](?=[来前后]))?
     (?=以?来|[之以]?前(?![台往])|(?<=[年月周])[之以]?后(?![续期台勤方者])|[间里](?![断隔])
     |(?<=[年月周天日])内(?=连|先后|接连|多次|累计|共|相继|陆续|已))
     | (?P<n2>一)(?P<unit2>天)(?=内)
     | (?=[0-9]|<Z>)(?<=春运|暑运|国庆|假期|长假|春节|五一|中秋|端午|元旦|清明)(?P<n3><N>)(?P<unit3>天)""",
     "A time looked back on; 后 after minutes or days reports a duration instead.", "五年来"),
    (740, "anniversary", "span", "<NUMBER>(?P<unit>周年)", "An anniversary.", "建党100周年"),
    (750, "years", "span",
     "(?P<before>将近|近(?!<N>年来)|约|大约)?(?P<n><N>|半)(?P<unit>年)(?P<half>半)?(?![级代轻龄半]|<A>)",
     "Years without a reporting word before them frame the report.", "十年风雨兼程"),
    # Quantities.
    (810, "range", "quantity", """
     (?=[^，。；、]{1,24}?<S>)<BEFORE><NUMBER>(?P<first><U>)?<S>(?P<to><N>)<K>(?P<unit>(?(first)(?P=first)|<U>))<AFTER>""",
     "A range of two values.", "3至5人"),
    (820, "half", "quantity",
     "<BEFORE>(?P<n>半)(?:个?(?P<unit>小时|月|天|世纪|学期|钟头)|(?P<unit2>幅|公?斤|公?里(?!程)|[米亩吨箱袋瓶桶碗盒升页]))",
     "Half a unit.", "半小时"),
    (830, "one_amount", "quantity", """
     (?: (?P<before><B>)一<K>(?P<unit><U>)
     | 一<K>(?P<unit2>(?!角|度|分(?!钟))<MEASURE>|人次|[名位人辆户艘具]|块(?=钱)) )
     (?P<half>半)?<AFTER>""",
     "One before a unit of measurement, a person or a vehicle.", "不到一个小时"),
    (840, "amount", "quantity", "(?!一(?:个|<U>))<BEFORE><NUMBER><K><UNIT>(?P<half>半)?<AFTER>",
     "A numeral with its unit.", "3000多份"),
    (850, "one_thing", "lexical", "一(?:个|<U>)", "一 with a counter means a, not one.", "一个缩影"),
    (860, "number", "quantity", """
     <BEFORE>(?=[0-9]|[一二两三四五六七八九][十百千万亿]|十[一二三四五六七八九]|[几数])<NUMBER><AFTER>""",
     "A numeral without a unit.", "得分98.5"),
    (870, "round", "quantity", "(?P<before><B>)<NUMBER>", "A round number after a qualifier.", "上万"),
    (910, "left", "lexical", "<N><H>?", "A numeral that no rule above explains is part of a word.", "万象城"),
)]
# fmt: on
