"""Lines -> tokens: where one word ends and the next begins. The only file that imports a segmenter.

Chinese is written without spaces, so every count of words depends on the segmentation. There are
two levels, and both are visible. Words are what jieba finds, with the lexicon's names and coined
words kept whole. Compounds (矛盾纠纷, 社会治理) are words that the lexicon joins afterwards.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from itertools import accumulate, chain, pairwise
from typing import Any

import jieba
import numpy as np
import pandas as pd

from corpus_lib.characters import ODD, fold
from corpus_lib.columns import refuse_taken, require
from corpus_lib.numerals import ARABIC_NUMERAL
from corpus_lib.vocabulary import DIGITS, split_amount

# What a token has of its own, and what of its line that replaces. All other columns are carried.
TOKEN_COLUMNS, REPLACED = ["start", "end", "term"], ["start", "end", "text"]

# A Latin word, with the number that a hyphen joins to it: a boundary is never inside it.
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[0-9]+)?")

# What the two need, and an amount in Chinese characters; half of all clauses have none of it.
ASCII = re.compile("[0-9A-Za-z０-９]")
SPLIT = re.compile(f"[A-Za-z{DIGITS}多余]")

# A clause, or one character between two clauses. jieba never looks past these characters, and no
# numeral reaches over them, so that each clause is segmented by itself.
_IN_CLAUSE = r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-０-９．\uff05‰]+"
CLAUSE = re.compile(rf"{_IN_CLAUSE}(?:(?<=[0-9０-９]),(?=[0-9]){_IN_CLAUSE})*|\r\n|.", re.DOTALL)

# What jieba takes as one piece: a word of the lexicon with another character is looked for before.
BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+")
# Cuts a text into its words.
Cutter = Callable[[str], Iterable[str]]

# How jieba cuts a run of Latin letters, digits and marks that no dictionary has; rjieba leaves it whole. With
# its guesses jieba keeps a decimal or a percentage, without them only letters and digits that touch.
LATIN_RUN = {True: re.compile(r"[a-zA-Z0-9]+(?:\.\d+)?%?|[^a-zA-Z0-9]+"), False: re.compile("[a-zA-Z0-9]+|.")}
# A character that may be in such a run: most clauses have none.
PLAIN = re.compile("[!-~]")


def segment_lines(
    lines: pd.DataFrame, lexicon: pd.DataFrame | None = None, hmm: bool = True, engine: str = "jieba"
) -> pd.DataFrame:
    """Segment lines into tokens. Every character is kept, also punctuation and blanks.

    In: `lines` with `start, text`; `lexicon` with `term` (and `type`), the words to keep whole; rows of
    the type compound are left to `compound_terms`. `hmm` says whether jieba may guess at words that no
    dictionary has. `engine` is jieba, or rjieba (the extra `fast`), which finds the same words about ten
    times as fast; where two guesses are equally likely, one in some 200,000 odd strings, they may differ.

    Columns out: those of `lines` without `start, end, text` (text becomes categories, because it
    repeats), then the token's own `start, end, term`. Joined, the tokens of a line are the line: `term`
    keeps odd forms and invisible characters, which do not change where a word ends.

    A listed amount is still divided (24小时). Raises ValueError for another engine, and for a word of the
    lexicon that no line can have. Every segmenter can mislead: 公安局长 may be one word, two or three. A
    lexicon decides only for the words that it lists, and a longer word that overlaps with one of them can
    still win.

    >>> lines = pd.DataFrame({"doc_id": ["x"], "start": [0], "text": ["警情下降62.46%。"]})
    >>> segment_lines(lines)["term"].tolist()
    ['警情', '下降', '62.46%', '。']
    """
    require(lines, "start", "text")
    listed = _listed(lexicon)
    words, odd = _engine(engine, listed, hmm), {word for word in listed if not BLOCK.fullmatch(word)}
    apart = _split_at(odd)
    # News repeats its phrases: a clause that came before is not segmented again. Tuples of strings cost the
    # garbage collector nothing, lists do.
    cut = lru_cache(maxsize=100_000)(lambda clause: (clause,) if clause in odd else _cut(words, clause))
    return _rows(
        lines,
        lambda text: _as_written(text, lambda plain: chain.from_iterable(map(cut, apart(plain)))),
    )


def _listed(lexicon: pd.DataFrame | None) -> tuple[str, ...]:
    """List the words of a lexicon in one order, so that their tokenizer is built only once."""
    if lexicon is None:
        return ()
    require(lexicon, "term")
    rows = lexicon[lexicon["type"] != "compound"] if "type" in lexicon.columns else lexicon
    for row, term in zip(rows.index, rows["term"], strict=True):
        if term != term.strip() or not ODD.isdisjoint(term) or re.search(r"[\t\n\r]", term):
            raise ValueError(
                f"lexicon.tsv, row {row + 1}: {term!r} begins or ends with a blank, or has a character that "
                f"no text keeps, so it can never be found: write {fold(term.strip())[0]!r}."
            )
    return tuple(sorted(set(rows["term"]) - {""}))


def _split_at(odd: set[str]) -> Cutter:
    """Split a text into clauses, and at words of the lexicon that jieba would split (纽约Ⅰ线)."""
    if not odd:
        return CLAUSE.findall
    kept = re.compile(f"({'|'.join(map(re.escape, sorted(odd, key=len, reverse=True)))})")
    return lambda text: chain.from_iterable(
        [part] if i % 2 else CLAUSE.findall(part) for i, part in enumerate(kept.split(text))
    )


def _as_written(text: str, cut: Cutter) -> Iterable[str]:
    """Segment a text in its plain form, and give the pieces as they are written."""
    if ODD.isdisjoint(text):
        return cut(text)
    plain, places = fold(text)
    ends = [0, *(places[end] for end in accumulate(map(len, cut(plain))))]
    return [text[a:b] for a, b in pairwise([*ends[:-1], len(text)])] if plain else [text]


def _rows(lines: pd.DataFrame, cut: Cutter) -> pd.DataFrame:
    """Cut each line, and make a row of each piece, with the columns of its line."""
    carried = [column for column in lines.columns if column not in REPLACED]
    refuse_taken(carried, TOKEN_COLUMNS, "segment_lines")
    pieces = [tuple(cut(text)) for text in lines["text"]]
    terms = list(chain.from_iterable(pieces))
    n, sizes, lengths = (np.fromiter(map(len, parts), "int64") for parts in (pieces, lines["text"], terms))
    shift = lines["start"].astype("int64").to_numpy() - (sizes.cumsum() - sizes)
    end = lengths.cumsum() + np.repeat(shift, n)
    own = lines.loc[n > 0, carried].astype({c: "category" for c in carried if lines[c].dtype == "str"})
    rows = own.take(np.repeat(np.arange(len(own)), n[n > 0])).reset_index(drop=True)
    return rows.assign(start=end - lengths, end=end, term=pd.Series(terms, dtype="str"))


def _cut(words: Cutter, text: str) -> tuple[str, ...]:
    """Segment one string; numerals stay whole, and are apart from their units."""
    terms = tuple(words(text))
    if not SPLIT.search(text):
        return terms
    terms = tuple(chain.from_iterable(map(split_amount, terms)))
    if not (inside := _inside(text)):
        return terms
    return tuple(text[a:b] for a, b in pairwise(sorted({0, *accumulate(map(len, terms))} - inside)))


def _inside(text: str) -> set[int]:
    """Give the places inside a numeral or a Latin word: it stays whole, whatever stands before or in it."""
    if not ASCII.search(text):
        return set()
    whole = chain(ARABIC_NUMERAL.finditer(text), LATIN.finditer(text))
    return {i for m in whole for i in range(m.start() + 1, m.end())}


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


def _engine(name: str, lexicon: tuple[str, ...], hmm: bool) -> Cutter:
    """Build what finds the words of a clause; both engines have one dictionary and find the same words."""
    tokenizer = _tokenizer(lexicon)
    if name == "jieba":
        return partial(tokenizer.cut, HMM=hmm)
    if name != "rjieba":
        raise ValueError(f"engine={name!r}: the engines are 'jieba' and 'rjieba'.")
    frequency, fast, again = tokenizer.FREQ, _fast_tokenizer(lexicon), LATIN_RUN[hmm].findall

    def cut(text: str) -> Iterable[str]:
        terms: list[str] = fast.cut(text, hmm)
        if not PLAIN.search(text):
            return terms
        whole = [len(t) == 1 or not t.isascii() or frequency.get(t) for t in terms]
        return chain.from_iterable([t] if keep else again(t) for t, keep in zip(terms, whole, strict=True))

    return cut


@lru_cache(maxsize=4)
def _fast_tokenizer(lexicon: tuple[str, ...]) -> Any:
    """Build the fast tokenizer, and give each word of the lexicon the frequency that jieba gives it."""
    try:
        from rjieba import Jieba
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "The engine rjieba is not installed: use jieba, or run pip install -e '.[fast]' in the project."
        ) from error
    tokenizer, frequency = Jieba(), _tokenizer(lexicon).FREQ
    for word in lexicon:
        tokenizer.add_word(word, frequency[word], None)
    return tokenizer
