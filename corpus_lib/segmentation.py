"""Lines -> tokens: where one word ends and the next begins. The only file that imports a segmenter.

Chinese is written without spaces, so every count of words depends on the segmentation. There are
two choices here, and both are visible: a lexicon of words to keep whole, and jieba's guess (a
hidden Markov model) at words that no dictionary has.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate, chain, pairwise

import jieba
import numpy as np
import pandas as pd

from corpus_lib.columns import refuse_taken, require
from corpus_lib.numerals import ARABIC_NUMERAL

# What a token has of its own, and what of its line that replaces. All other columns are carried.
TOKEN_COLUMNS, REPLACED = ["start", "end", "term"], ["start", "end", "text"]

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

# A clause, or one character between two clauses. jieba never looks past these characters, and no
# numeral reaches over them, so that each clause is segmented by itself.
_IN_CLAUSE = r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-０-９．\uff05‰]+"
CLAUSE = re.compile(rf"{_IN_CLAUSE}(?:(?<=[0-9０-９]),(?=[0-9]){_IN_CLAUSE})*|\r\n|.", re.DOTALL)


def segment_lines(lines: pd.DataFrame, lexicon: pd.DataFrame | None = None, hmm: bool = True) -> pd.DataFrame:
    """Segment lines into tokens. Every character is kept, also punctuation and blanks.

    In: `lines` with `start, text`; `lexicon` with `term`, the words to keep whole;
    `hmm`, whether jieba may guess at words that no dictionary has.

    Columns out: those of `lines` without `start, end, text` (text becomes categories, because it
    repeats), then the token's own `start, end, term`. Joined, the tokens of a line are the line.

    Every segmenter can mislead: 公安局长 may be one word, two or three. A lexicon decides only
    for the words that it lists, and a longer word that overlaps with one of them can still win.

    >>> lines = pd.DataFrame({"doc_id": ["x"], "start": [0], "text": ["警情下降62.46%。"]})
    >>> segment_lines(lines)["term"].tolist()
    ['警情', '下降', '62.46%', '。']
    """
    require(lines, "start", "text")
    tokenizer = _tokenizer(_listed(lexicon))
    # News repeats its phrases: a clause that came before is not segmented again.
    cut = lru_cache(maxsize=100_000)(lambda clause: _cut(tokenizer, clause, hmm))
    return _rows(lines, lambda text: chain.from_iterable(map(cut, CLAUSE.findall(text))), "segment_lines")


def segment_max_match(lines: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Segment lines by the longest known word at each place: the baseline for better methods.

    In and out: as `segment_lines`, with the same dictionary and lexicon; a known word may have any
    length. This method does not know how likely a word is, so 研究生命 (to study life) becomes
    研究生 (postgraduate) and 命. A numeral stays whole and is a token of its own.

    >>> lines = pd.DataFrame({"doc_id": ["x"], "start": [0], "text": ["研究生命"]})
    >>> segment_max_match(lines)["term"].tolist()
    ['研究生', '命']
    """
    require(lines, "start", "text")
    tokenizer = _tokenizer(_listed(lexicon))
    return _rows(lines, lambda text: _longest(tokenizer, text), "segment_max_match")


def words(tokens: pd.DataFrame) -> pd.DataFrame:
    """Keep the tokens that are words: they have a letter or character, and are no numeral or amount.

    In and out: a frame with `term`. 五年, 一个 and 62.46% are left out; 一线, 一起 and App are kept.
    Rates are per word kept here, stop words included. 一起 (together, or one case of something) is
    kept in both its meanings, because a token alone does not show which is meant.

    >>> words(pd.DataFrame({"term": ["五年", "一线", "。", "62.46%", "110", "App"]}))["term"].tolist()
    ['一线', 'App']
    """
    require(tokens, "term")
    codes, terms = pd.factorize(tokens["term"], use_na_sentinel=False)
    rows = tokens[np.array([is_word(term) for term in terms], dtype="bool")[codes]].reset_index(drop=True)
    for name in rows.select_dtypes("category"):
        rows[name] = rows[name].cat.remove_unused_categories()
    return rows


def is_word(term: str) -> bool:
    """Say whether a token is a word.

    >>> is_word("公安"), is_word("五年来"), is_word("110")
    (True, False, False)
    """
    return bool(LETTER.search(term)) and not AMOUNT.fullmatch(term)


def _listed(lexicon: pd.DataFrame | None) -> tuple[str, ...]:
    """List the words of a lexicon in one order, so that their tokenizer is built only once."""
    if lexicon is None:
        return ()
    require(lexicon, "term")
    return tuple(sorted(set(lexicon["term"]) - {""}))


def _rows(lines: pd.DataFrame, cut: Callable[[str], Iterable[str]], verb: str) -> pd.DataFrame:
    """Cut each line, and make a row of each piece, with the columns of its line."""
    carried = [column for column in lines.columns if column not in REPLACED]
    refuse_taken(carried, TOKEN_COLUMNS, verb)
    pieces = [list(cut(text)) for text in lines["text"]]
    terms = list(chain.from_iterable(pieces))
    n, sizes, lengths = (np.fromiter(map(len, parts), "int64") for parts in (pieces, lines["text"], terms))
    shift = lines["start"].astype("int64").to_numpy() - (sizes.cumsum() - sizes)
    end = lengths.cumsum() + np.repeat(shift, n)
    own = lines.loc[n > 0, carried].astype({c: "category" for c in carried if lines[c].dtype == "str"})
    rows = own.take(np.repeat(np.arange(len(own)), n[n > 0])).reset_index(drop=True)
    return rows.assign(start=end - lengths, end=end, term=pd.Series(terms, dtype="str"))


def _cut(tokenizer: jieba.Tokenizer, text: str, hmm: bool) -> list[str]:
    """Segment one string; numerals stay whole."""
    terms = list(tokenizer.cut(text, HMM=hmm))
    inside = _inside_numerals(text)
    if not inside:
        return terms
    return [text[a:b] for a, b in pairwise(sorted({0, *accumulate(map(len, terms))} - inside))]


def _longest(tokenizer: jieba.Tokenizer, text: str) -> list[str]:
    """Segment one string by the longest known word at each place."""
    inside = _inside_numerals(text)
    ends = [0]
    while ends[-1] < len(text):
        number = ARABIC_NUMERAL.match(text, ends[-1])
        ends.append(number.end() if number else _known_end(tokenizer, text, ends[-1], inside))
    return [text[a:b] for a, b in pairwise(ends)]


def _inside_numerals(text: str) -> set[int]:
    """Give the places inside a numeral: it stays whole, whatever stands before or in it."""
    return {i for m in ARABIC_NUMERAL.finditer(text) for i in range(m.start() + 1, m.end())}


def _known_end(tokenizer: jieba.Tokenizer, text: str, place: int, inside: set[int]) -> int:
    """Say where the longest word that begins at a place ends; an unknown character is a word alone.

    The dictionary also lists the beginnings of its words (with the frequency 0), so the search
    ends with the first piece that it does not list.
    """
    longest = place + 1
    for end in range(place + 1, len(text) + 1):
        frequency = tokenizer.FREQ.get(text[place:end])
        if frequency is None:
            break
        longest = end if frequency and end not in inside else longest
    return longest


@lru_cache(maxsize=4)
def _tokenizer(lexicon: tuple[str, ...]) -> jieba.Tokenizer:
    """Build a private tokenizer: no cache file, no shared dictionary, no log line.

    `initialize` would load a cache from the shared temporary folder, unchecked, and write one
    there. So the dictionary is read from the file of the package.
    """
    jieba.default_logger.setLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in lexicon:
        tokenizer.add_word(word)
    return tokenizer
