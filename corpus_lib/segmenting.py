"""Lines -> tokens: where one word ends and the next begins. The only file that imports a segmenter.

Chinese is written without spaces, so every count of words rests on a choice of
cuts. The choices here are two and both visible: a lexicon of words that a person
wants whole, and jieba's guess (a hidden Markov model) at words no dictionary has.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from itertools import pairwise

import jieba
import pandas as pd

from corpus_lib.numerals import ARABIC_NUMERAL

# In characters: no word of the dictionary is longer.
LONGEST = 16

# Units that, after a numeral, make an amount and no word of its own: 五年, 一个, 三名. Left out are
# units whose amounts are also words (分: 十分 "very", 元: 多元 "plural", 点: 多点, 起: 一起, 线: 一线).
UNITS = (
    "年来|年前|年|月份|月|日|世纪|年代|时许|小时|分钟|秒钟|秒|天|个月|个|名|位|人次|人|次|件|项|条|家|所|座|张|幅|支|面|份"
    "|间|辆|双|层|部|朵|桩|岁|米|公里|公斤|批次|批|届|类|期|任"
)
AMOUNT = re.compile(rf"第?[0-9０-９.,．零〇一二两三四五六七八九十百千万亿几数多余%\uff05‰]+({UNITS})?")

# A word has at least one Chinese character or Latin letter (the ranges are CJK, its
# extension A, and letters; punctuation, digits and blanks are no words).
LETTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fffA-Za-zＡ-Ｚａ-ｚ]")


def segment_lines(lines: pd.DataFrame, lexicon: pd.DataFrame | None = None, hmm: bool = True) -> pd.DataFrame:
    """Cut lines into tokens, every character kept, punctuation and blanks too.

    In: `lines` with `start, text`; `lexicon` with `term`, the words to keep whole;
    `hmm`, whether jieba may guess at words that no dictionary has.

    Columns out: those of `lines`, with `start, end` now the token's own and `term`
    in place of `text`. Joined, the tokens of a line are the line.

    It misleads in the way every segmenter does: 公安局长 may be one word, two or
    three. A lexicon decides only for the words it names, and a longer one that
    crosses it can still win; the scorecard of the study says how often.

    >>> lines = pd.DataFrame({"doc_id": ["x"], "start": [0], "text": ["警情下降62.46%。"]})
    >>> segment_lines(lines)["term"].tolist()
    ['警情', '下降', '62.46%', '。']
    """
    tokenizer = _tokenizer(_listed(lexicon))
    return _rows(lines, [_cut(tokenizer, text, hmm) for text in lines["text"]])


def segment_longest(lines: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Cut lines by the longest word that is known at each place: a floor for better ways.

    In and out: as `segment_lines`, with the same dictionary and lexicon. It knows nothing
    of how likely a word is, so 研究生命 (to study life) becomes 研究生 (postgraduate) and 命.

    >>> lines = pd.DataFrame({"doc_id": ["x"], "start": [0], "text": ["研究生命"]})
    >>> segment_longest(lines)["term"].tolist()
    ['研究生', '命']
    """
    tokenizer = _tokenizer(_listed(lexicon))
    return _rows(lines, [_longest(tokenizer, text) for text in lines["text"]])


def words(tokens: pd.DataFrame) -> pd.DataFrame:
    """Keep the tokens that are words: with a letter or character, and no numeral or amount.

    In and out: a frame with `term`. 五年, 一个 and 62.46% go; 一线, 一起 and App stay.
    Rates are per word so kept, stop words included. 一起 (together, or one case of
    something) stays in both its meanings: a token alone does not tell.

    >>> words(pd.DataFrame({"term": ["五年", "一线", "。", "62.46%", "110", "App"]}))["term"].tolist()
    ['一线', 'App']
    """
    return tokens[tokens["term"].map(is_word).astype(bool)].reset_index(drop=True)


def is_word(term: str) -> bool:
    """Say whether a token is a word.

    >>> is_word("公安"), is_word("五年来"), is_word("110")
    (True, False, False)
    """
    return bool(LETTER.search(term)) and not AMOUNT.fullmatch(term)


def _listed(lexicon: pd.DataFrame | None) -> tuple[str, ...]:
    """List the words of a lexicon, in one order, so that a tokenizer is built once for them."""
    return () if lexicon is None else tuple(sorted(set(lexicon["term"])))


def _rows(lines: pd.DataFrame, cut: list[list[tuple[int, str]]]) -> pd.DataFrame:
    """Make a row of each piece of each line."""
    rows = (
        lines.drop(columns=["text", "end"], errors="ignore")
        .assign(span=pd.Series(cut, lines.index, dtype="object"))
        .explode("span", ignore_index=True)
    )
    offset = rows["span"].map(lambda span: span[0]).astype("int64")
    rows["term"] = rows["span"].map(lambda span: span[1]).astype("str")
    rows["start"] = rows["start"].astype("int64") + offset
    rows["end"] = rows["start"] + rows["term"].str.len()
    return rows[
        [*(c for c in rows.columns if c not in {"span", "start", "end", "term"}), "start", "end", "term"]
    ]


def _cut(tokenizer: jieba.Tokenizer, text: str, hmm: bool) -> list[tuple[int, str]]:
    """Cut one string; give each piece with its place."""
    ends = {end for _, _, end in tokenizer.tokenize(text, HMM=hmm)}
    # A numeral stays whole whatever the segmenter thinks of its point or percent sign.
    inside = {i for m in ARABIC_NUMERAL.finditer(text) for i in range(m.start() + 1, m.end())}
    cuts = sorted({0, len(text)} | (ends - inside))
    return [(a, text[a:b]) for a, b in pairwise(cuts)]


def _longest(tokenizer: jieba.Tokenizer, text: str) -> list[tuple[int, str]]:
    """Cut one string by the longest known word at each place; an unknown character stands alone."""
    place, pieces = 0, []
    while place < len(text):
        ends = range(min(len(text), place + LONGEST), place, -1)
        end = next((e for e in ends if tokenizer.FREQ.get(text[place:e])), place + 1)
        number = ARABIC_NUMERAL.match(text, place)
        end = number.end() if number else end
        pieces.append((place, text[place:end]))
        place = end
    return pieces


@lru_cache(maxsize=4)
def _tokenizer(lexicon: tuple[str, ...]) -> jieba.Tokenizer:
    """Build a tokenizer of our own: no cache file, no shared dictionary, no log line.

    `initialize` would load a cache from the shared temporary folder, unchecked, and
    write one there; so the dictionary is read as the package ships it.
    """
    jieba.default_logger.setLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in lexicon:
        tokenizer.add_word(word)
    return tokenizer
