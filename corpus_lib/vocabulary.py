"""Tokens -> words, and compounds of words: what is counted.

A token is any piece of a line. A word is a token with a letter or a Chinese character that is no numeral
and no unit of one. A compound is a term of several words that the lexicon lists.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

import numpy as np
import pandas as pd

from corpus_lib.characters import ODD, fold
from corpus_lib.columns import require
from corpus_lib.numerals import numeral_words, units

# One of these is in every numeral. A numeral stands alone or with its unit. 余, 多, 来 and 几 open a numeral
# upwards; 年来 and the like look back.
DIGITS = "0-9０-９零〇一二两三四五六七八九十百千万亿几数半"
_BACK = ["年来", "年前", "月份", "年代", "时许"]
_UNITS = "|".join(map(re.escape, sorted([*units(), *_BACK], key=len, reverse=True)))
NUMERAL = re.compile(
    rf"第?[.,．余多]?[{DIGITS}][0-9０-９.,．零〇一二两三四五六七八九十百千万亿几多余来半%\uff05‰]*"
)
OPEN = {"余", "多", "来"}
AMOUNT = re.compile(rf"({NUMERAL.pattern}|多|余)((?:(?!(.)\3)个?(?:{_UNITS}))?)")
# Words that look like a numeral with its unit, beside those that `numeral_words` lists.
NO_AMOUNT = {"数字", "余地", "多元", "多方", "多点", "多方面", "四方", "一行"}
# Words of that list that mostly count things in news: 一面旗帜, one flag.
COUNT_TOO = {"一面"}


def words(tokens: pd.DataFrame) -> pd.DataFrame:
    """Keep the tokens that are words: they have a letter or character, and are no numeral, amount or unit.

    In and out: a frame with `term`, in the order of the text; with `start, end`, tokens that follow each
    other are known. 五年, 一个 and 62.46% are left out, and so is a unit behind its numeral, however it is
    written (5 名, 五名); 一线, 一起 and App are kept. Out, `term` has the usual form of each character, and
    the offsets stay. Rates are per word kept here, stop words included. 一起 (together, or one case of
    something) is kept in both its meanings, because a token alone does not show which is meant.

    >>> words(pd.DataFrame({"term": ["五年", "一线", "。", "62.46%", "5", "名", "App"]}))["term"].tolist()
    ['一线', 'App']
    """
    require(tokens, "term")
    kept = tokens[word_rows(tokens)].reset_index(drop=True)
    for name in kept.select_dtypes("category"):
        kept[name] = kept[name].cat.remove_unused_categories()
    odd = {term: _usual(term) for term in kept["term"].unique() if not ODD.isdisjoint(term)}
    return kept.assign(term=kept["term"].replace(odd)) if odd else kept


def word_rows(tokens: pd.DataFrame) -> np.ndarray:
    """Say of each token whether it is a word; a unit behind a numeral is none.

    >>> word_rows(pd.DataFrame({"term": ["抓获", "5", "名", "嫌疑人"]})).tolist()
    [True, False, False, True]
    """
    codes, terms = pd.factorize(tokens["term"], use_na_sentinel=False)
    usual = [*map(_usual, terms)]
    kinds = [(is_word(t), bool(NUMERAL.fullmatch(t)), t in OPEN, t in units(), t == "个") for t in usual]
    word, number, more, unit, between = np.array(kinds, dtype="bool").reshape(-1, 5).T[:, codes]
    follows = _follows(tokens)
    number |= more & follows & _before(number)
    of_number = unit & follows & _before(number)
    return np.asarray(word & ~of_number & ~(unit & follows & _before(of_number & between)))


def is_word(term: str) -> bool:
    """Say whether a token is a word, from its own characters only.

    >>> is_word("公安"), is_word("五年来"), is_word("110")
    (True, False, False)
    """
    plain = _usual(term)
    return any(map(str.isalpha, plain)) and not _amount(plain)


@lru_cache(maxsize=100_000)
def split_amount(term: str) -> tuple[str, ...]:
    """Split a numeral in Chinese from its unit, as one in Arabic digits is; a word stays whole.

    >>> split_amount("五年"), split_amount("一起")
    (('五', '年'), ('一起',))
    """
    found = _amount(term)
    return (found[1], found[2]) if found and found[2] and found[1] not in OPEN else (term,)


def _amount(term: str) -> re.Match[str] | None:
    """Match a numeral with its unit, if the two are not a word that means something else."""
    own_word = term in NO_AMOUNT or (term in numeral_words() and term not in COUNT_TOO)
    return None if own_word else AMOUNT.fullmatch(term)


def compound_terms(tokens: pd.DataFrame, lexicon: pd.DataFrame) -> pd.DataFrame:
    """Join the words of each compound that the lexicon lists (rows of the type compound) into one term.

    In: `tokens` with `start, end, term`, as `segment_lines` gives them; `lexicon` with `term, type`.
    Out: the same columns; a compound is one row, with the columns of its first word. The longest
    compound at a place wins. It misleads where the segmenter has put a boundary across the edge of a
    compound: then its words stay apart.

    >>> from corpus_lib import segment_lines
    >>> lines = pd.DataFrame({"doc_id": ["x"], "start": [0], "text": ["推进社会治理"]})
    >>> lexicon = pd.DataFrame({"term": ["社会治理"], "type": ["compound"]})
    >>> compound_terms(segment_lines(lines), lexicon)["term"].tolist()
    ['推进', '社会治理']
    """
    require(tokens, "start", "end", "term")
    require(lexicon, "term", "type")
    compounds = sorted(lexicon.loc[lexicon["type"] == "compound", "term"], key=len, reverse=True)
    if not compounds or tokens.empty:
        return tokens.reset_index(drop=True)
    found = _find_compounds(tokens, re.compile("|".join(map(re.escape, compounds))))
    drop = [i for first, last in found for i in range(first + 1, last + 1)]
    terms, ends = tokens["term"].to_numpy(dtype=object).copy(), tokens["end"].to_numpy().copy()
    for first, last in found:
        terms[first], ends[first] = "".join(terms[first : last + 1]), ends[last]
    joined = tokens.assign(term=pd.Series(terms, index=tokens.index, dtype="str"), end=ends)
    return joined.drop(index=joined.index[drop]).reset_index(drop=True)


def _find_compounds(tokens: pd.DataFrame, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Find the first and the last token of each compound, where both its edges are edges of tokens."""
    # A line feed marks where tokens do not follow each other, so that no compound crosses it.
    plain = ["" if follows else "\n" for follows in _follows(tokens)]
    plain = [gap + _usual(term) for gap, term in zip(plain, tokens["term"], strict=True)]
    ends = list(accumulate(map(len, plain)))
    last = {end: i for i, end in enumerate(ends)}
    first = {end - len(text.lstrip("\n")): i for i, (end, text) in enumerate(zip(ends, plain, strict=True))}
    spans = [(m.start(), m.end()) for m in pattern.finditer("".join(plain))]
    return [(first[a], last[b]) for a, b in spans if a in first and b in last]


def _usual(term: str) -> str:
    """Write a term in the usual form of its characters, without what prints nothing."""
    return fold(term)[0] if not ODD.isdisjoint(term) else term


def _follows(tokens: pd.DataFrame) -> np.ndarray:
    """Say of each token whether it begins where the one before it, of the same article, ends."""
    follows = np.arange(len(tokens)) > 0
    if {"start", "end"} <= {*tokens.columns}:
        follows &= tokens["start"].to_numpy() == _before(tokens["end"].to_numpy(), -1)
    if "doc_id" in tokens.columns:
        article = pd.factorize(tokens["doc_id"], use_na_sentinel=False)[0]
        follows &= article == _before(article)
    return follows


def _before(values: np.ndarray, first: int = 0) -> np.ndarray:
    """Give for each row the value of the row before it."""
    return np.asarray(np.concatenate([np.array([first], dtype=values.dtype), values[:-1]])[: len(values)])
