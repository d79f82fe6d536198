"""How fast the path is: articles -> lines -> tokens -> words -> counts, beside its segmenter alone.

Run by `make bench`. Times differ between machines, so nothing here passes or fails. The ratios do
not: 1 means that the whole path takes as long as bare jieba on the same lines, 0.5 twice as long.
The first text repeats the sentences of the five articles, so that nearly every clause has been
segmented before. In the second no clause repeats. Archives lie between the two.
"""

import random
import re
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from statistics import median

import pandas as pd

import corpus_lib as lib
from corpus_lib.segmentation import _tokenizer
from tests.conftest import ROOT

# The works are timed in turn, so many times, and the median counts: other programs disturb all alike.
RUNS = 5

CORPUS = lib.load_corpus(ROOT / "seeds")
CHARACTERS, ARTICLES = 1_000_000, 400


def repeated() -> Iterator[str]:
    """Draw sentences of the five articles."""
    body = CORPUS.lines.query("zone == 'body'")["text"]
    sentences = [found for line in body for found in re.findall("[^。]+。", line)]
    draw = random.Random(1)
    return (draw.choice(sentences) for _ in count())


def new() -> Iterator[str]:
    """Draw sentences of five clauses, each of five random words of the five articles."""
    draw, terms = random.Random(1), lib.words(lib.counted(CORPUS.tokens))["term"].tolist()
    return (",".join("".join(draw.choices(terms, k=5)) for _ in range(5)) + "。" for _ in count())


def articles(sentences: Iterator[str]) -> pd.DataFrame:
    """Make articles of a title, lines of three sentences, and two bylines."""
    titles, draw = CORPUS.lines.query("zone == 'title'")["text"].tolist(), random.Random(2)
    texts = []
    for _ in range(ARTICLES):
        lines = [draw.choice(titles), "来源:某报"]
        while sum(map(len, lines)) < CHARACTERS / ARTICLES:
            lines.append("".join(islice(sentences, draw.randint(1, 3))))
        texts.append("\n".join([*lines, "(记者 某某 通讯员 某某)"]))
    table = pd.DataFrame({"doc_id": [f"{i:03}" for i in range(ARTICLES)], "text": texts})
    return table.assign(city=[f"city {i % 3}" for i in range(ARTICLES)], outlet="某报")


def path(table: pd.DataFrame) -> pd.DataFrame:
    """Take the whole path."""
    return lib.count_terms(lib.words(lib.counted(lib.segment_lines(lib.label_lines(table)))))


def seconds(works: list[Callable[[], object]]) -> list[float]:
    """Time some works in turn; give the median of each."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(RUNS):
        for work, taken in zip(works, times, strict=True):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return [median(taken) for taken in times]


def measure(table: pd.DataFrame) -> str:
    """Measure the path on one text: one line of the report."""
    lines, tokenizer = lib.label_lines(table), _tokenizer(())
    tokens = lib.segment_lines(lines)
    jieba, label, segment, whole = seconds(
        [
            lambda: [list(tokenizer.tokenize(text)) for text in lines["text"]],
            lambda: lib.label_lines(table),
            lambda: lib.segment_lines(lines),
            lambda: path(table),
        ]
    )
    speed, size = table["text"].str.len().sum() / label, tokens.memory_usage(deep=True).sum() / len(tokens)
    return f"{speed:12,.0f} {jieba:8.2f} {segment:8.2f} {whole:8.2f} {jieba / whole:13.2f} {size:12.0f}"


def main() -> None:
    """Print a line for each text: characters a second, seconds, the ratio, bytes a token."""
    heads = ("label_lines", "jieba", "segment", "path", "jieba / path", "bytes/token")
    print(f"{'text':30} {'{:>12} {:>8} {:>8} {:>8} {:>13} {:>12}'.format(*heads)}")
    for name, sentences in {"sentences of the five articles": repeated, "no clause repeats": new}.items():
        print(f"{name:30} {measure(articles(sentences()))}")


if __name__ == "__main__":
    main()
