"""Any text -> the plain text that the rules for figures are written for, and the places of its characters.

News is typed in many ways: 1.2 億元, ３，０００元, 伍仟元, 二O一九年. One for one, odd characters become
plain ones; then blanks beside numerals go. Every figure is put back where it stood.
"""

import re
import unicodedata
from collections.abc import Sequence

from corpus_lib.characters import FOLD, HALF_WIDTH_NUMERALS, INVISIBLE
from corpus_lib.figures.pieces import compile_pieces
from corpus_lib.numerals import LONG, PLAIN

# Full-width digits and radicals; traditional characters of units and of the words beside them; dashes,
# and the signs of a ratio and of the yuan.
PAIRS = (
    "兩两億亿萬万點点負负個个餘余幾几數数來来約约過过員员歲岁時时鐘钟級级號号層层樓楼張张條条輛辆隻只間间場场項项處处戶户"
    "頭头塊块雙双對对筆笔單单種种類类組组隊队門门線线週周達达噸吨畝亩錢钱將将屆届臺台﹣-‐-‑-‒-―-〜~∼~∶:￥¥＄$"
)
SAME = {chr(c): form for c, form in FOLD.items() if c < 0xFF00 and c != 0x3000}
SAME |= {chr(c): chr(half) for c, half in HALF_WIDTH_NUMERALS.items()}
SAME |= dict(zip(PAIRS[::2], PAIRS[1::2], strict=True))
# Bankers' digits, which have other uses too (队伍, 收拾), and what is typed for the zero of a year.
CAPITALS = "壹贰叁肆伍陆柒捌玖貳參叄陸弍弎拾佰仟"
CAPITAL_FORMS = PLAIN | {ord(c): "元" for c in "圆圓"}
ZEROS = dict.fromkeys(map(ord, "0OoОΟ◯"), "〇")
ODD = re.compile(f"[{''.join(SAME)}{CAPITALS}圆圓{INVISIBLE.pattern[1:-1]}]")
ZERO = re.compile(
    "[一二三四五六七八九](?:[0OoОΟ◯〇○零一二三四五六七八九]{3}(?=年)|[OoОΟ◯](?=[一二三四五六七八九]))"
)
# A full-width comma that groups digits, as in 12，345元; elsewhere it ends a clause.
COMMA = re.compile(r"，(?<=[0-9]，)(?<![0-9]{4}，)(?<!\.[0-9]，)(?=[0-9]{3}(?![0-9]))")
# Blanks, and signs that stand for more than one character: 廿 for 二十, ½ for 1/2.
BLANK = "\u0020\u00a0\u2002-\u200a\u202f\u205f\u3000"
FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
SPELT = {c: unicodedata.normalize("NFKC", c).replace("⁄", "/") for c in f"{FRACTIONS}㎏㎝㎞㎜㎎"}
SPELT |= LONG | dict(zip("ⅠⅡⅢⅣⅤⅥ", "一二三四五六", strict=True))
# Where capitals are a numeral: a run with a scale or a unit, and the parts of a sum of money.
SIGNS = f"{CAPITALS}零〇一二两三四五六七八九十百千万亿点"
RUN = f"(?<![队退入行大着登内水收捡])(?=[{SIGNS}]{{0,20}}[{CAPITALS}])[{SIGNS}]"
CAPITAL = f"""{RUN}{{2,40}}+(?:[元圆圓]|(?=[{BLANK}]?(?:[余多来整]|<U>))|(?<=..[万亿拾佰仟])|(?<=.{{4}}))
    | {RUN}[元圆圓](?![一-鿿])
    | (?<=[元圆圓角])[{CAPITALS}](?=[角分]) | (?<=[0-9十百千万亿])[圆圓](?![梦满形])"""
# Where a blank parts a numeral or its unit, and the signs to spell out. In turn: before a scale, unit or
# range; after a scale; after a word or a currency; after 第; between groups of three digits, and digits
# spaced out (3 5 0 起); around a dash; 个 in 3个亿; 廿三; a fraction or a unit in one sign.
DASH = "[-—–~至到]"
GAP = rf"""[{BLANK}个{"".join(SPELT)}] (?:
    (?<=[0-9%+][{BLANK}])[{BLANK}]*+(?=[十百千万亿余多年月日时点分%‰]|{DASH}[{BLANK}]?[0-9]|<U>|<COIN>)
    | (?:(?<=[十百千万亿余多][{BLANK}])|(?<=[十百千万亿零][一二三四五六七八九][{BLANK}]))
      [{BLANK}]*+(?=<U>|{DASH}[{BLANK}]?[0-9])
    | (?:(?<=[一-鿿¥$€£][{BLANK}])(?<![零一二两三四五六七八九十百千万亿][{BLANK}])
      |(?<=[0-9][{BLANK}][百千万亿][{BLANK}])
      |(?<=(?:RMB|CNY|USD|HKD|EUR)[{BLANK}]))[{BLANK}]*+(?=[0-9](?![0-9]?[、.)）](?![0-9])))
    | (?<=[第近约超][{BLANK}])(?=<Z>)
    | (?<=[0-9][{BLANK}])(?<![0-9]{{4}}[{BLANK}])(?<![.A-Za-z第表图][0-9][{BLANK}])
      (?=[0-9]{{3}}(?:[{BLANK}][0-9]{{3}}){{0,3}}(?![0-9])[{BLANK}]?(?:[余多万亿%]|<U>))
    | (?<=[0-9][{BLANK}])(?<![^{BLANK}][0-9][{BLANK}])
      (?=[0-9](?:[{BLANK}][0-9]){{0,11}}[{BLANK}]?(?:[年月日]|<U>)(?![一-鿿]))
    | (?:(?<=[0-9%万亿]{DASH}[{BLANK}])|(?<=[0-9%万亿][{BLANK}]{DASH}[{BLANK}]))(?=[0-9])
    | (?<=[0-9一二两三四五六七八九十几数]个)(?=亿(?!万))
    | (?<=[廿卅卌])(?<![一二三四五六七八九][廿卅卌])(?!三里|八都)(?=[一二三四五六七八九日号余多]|<U>)
    | (?<=[{FRACTIONS}㎏㎝㎞㎜㎎])(?![0-9]) | (?<=[Ⅰ-Ⅵ])(?=级) )"""


def plain(text: str) -> tuple[str, Sequence[int]]:
    """Write a text as the rules expect it, and say where each of its characters was.

    Capitals become digits only in a numeral; blanks before a unit, and what prints nothing, are left out.

    >>> plain("涉案 1.2 億元")[0], plain("队伍伍仟元")[0], plain("３　名")
    ('涉案1.2亿元', '队伍五千元', ('3名', [0, 2]))
    """
    places: Sequence[int] = range(len(text))
    if ODD.search(text):
        text, places = _rewrite(text, places, INVISIBLE)
        text = ODD.sub(lambda odd: SAME.get(odd[0], odd[0]), text)
        text = compile_pieces(CAPITAL).sub(lambda match: match[0].translate(CAPITAL_FORMS), text)
    text = COMMA.sub(",", ZERO.sub(lambda match: match[0].translate(ZEROS), text))
    return _rewrite(text, places, compile_pieces(GAP))


def _rewrite(text: str, places: Sequence[int], pattern: re.Pattern[str]) -> tuple[str, Sequence[int]]:
    """Spell out the signs that a pattern finds, or leave them out where SPELT has none; keep the places."""
    parts, kept, last = list[str](), list[int](), 0
    for match in pattern.finditer(text):
        spelt, before = SPELT.get(match[0], ""), text[last : match.start()][-1:]
        if "/" in spelt and before.isdigit():  # ½ after a digit is its decimals: 2½ is 2.5
            spelt = f"{unicodedata.numeric(match[0]):.6f}"[1:]
        parts += [text[last : match.start()], spelt]
        kept += [*places[last : match.start()], *[places[match.start()]] * len(spelt)]
        last = match.end()
    return ("".join(parts) + text[last:], [*kept, *places[last:]]) if last else (text, places)
