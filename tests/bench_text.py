"""What the work on texts costs: twice the text against once, and the speed of `shared_passages`.

Times differ between machines, so nothing here passes or fails. The ratio does not: about 2
means that the work grows with the text, 4 that it grows with its square. Run it with
`python -m tests.bench_text`; `make bench` times the rules for figures.
"""

import random
import time
from collections.abc import Callable

import pandas as pd

import corpus_lib as lib
from corpus_lib.evaluation import score_segmentation
from corpus_lib.phrases import collocates, concordance, count_ngrams, find_entities, shared_passages
from corpus_lib.segmentation import _tokenizer
from tests.conftest import ROOT
from tests.test_evaluation import CUTS

# The best of so many runs: what else the machine does only ever adds time.
RUNS = 3

CORPUS = lib.load_corpus(ROOT / "seeds")
TOKENS = lib.counted(CORPUS.tokens)
LEXICON, SYSTEMS = (lib.read_notes(ROOT / "seeds", name) for name in ("lexicon", "systems"))
ANNOTATED = (
    pd.DataFrame(CUTS).query("annotator == 'A'")[["doc_id", "start", "cut"]].astype({"start": "int64"})
)


def seconds(work: Callable[[], object]) -> float:
    """Time some work, at its best."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def longer(frame: pd.DataFrame, times: int) -> pd.DataFrame:
    """Repeat the rows of a frame within the same articles, each time further on in the text."""
    size, lines = 1 + int(CORPUS.lines["end"].max()), 1 + int(CORPUS.lines["line"].max())
    steps = {"start": size, "end": size, "line": lines, "paragraph": lines}
    steps = {column: step for column, step in steps.items() if column in frame}
    copies = [frame.assign(**{c: frame[c] + i * step for c, step in steps.items()}) for i in range(times)]
    return pd.concat(copies, ignore_index=True)


def articles(texts: list[str]) -> pd.DataFrame:
    """Make lines of articles, one each."""
    return pd.DataFrame({"doc_id": map(str, range(len(texts))), "text": texts}).assign(
        line=1, paragraph=1, start=0, end=[len(text) for text in texts]
    )


def sentences(n: int) -> list[str]:
    """Make n articles of about 2,000 characters from the corpus's words in random order."""
    draw, terms = random.Random(1), lib.words(TOKENS)["term"].tolist()
    return ["".join("".join(draw.choices(terms, k=12)) + "。" for _ in range(80)) for _ in range(n)]


def one_paragraph(times: int) -> pd.DataFrame:
    """Put all tokens of an article into one paragraph, where a window is looked for."""
    return longer(TOKENS, times).assign(paragraph=1)


def works(times: int) -> dict[str, Callable[[], object]]:
    """Name each work, on so many times the text."""
    tokens, lines, annotated = (
        longer(frame, times) for frame in (TOKENS, lib.counted(CORPUS.lines), ANNOTATED)
    )
    spoken, copied = (
        articles(sentences(100 * times)),
        articles(lib.counted(CORPUS.lines)["text"].tolist() * times),
    )
    characters, halves = articles(["啊" * 200 * times] * 2), articles(["啊吧" * 100 * times] * 2)
    together = one_paragraph(times)
    return {
        "segment_lines": lambda: lib.segment_lines(lines, LEXICON),
        "score_segmentation": lambda: score_segmentation(tokens, annotated),
        "concordance, 公安": lambda: concordance(tokens, "公安"),
        "concordance, 的 in words only": lambda: concordance(lib.words(tokens), "的"),
        "collocates, 公安": lambda: collocates(tokens, "公安"),
        "collocates, 的 in one paragraph": lambda: collocates(together, "的"),
        "count_ngrams, six characters": lambda: count_ngrams(tokens, 6, "characters"),
        "find_entities": lambda: find_entities(lines, SYSTEMS),
        "shared_passages, random sentences": lambda: shared_passages(spoken),
        "shared_passages, each line an article": lambda: shared_passages(copied),
        "shared_passages, one character": lambda: shared_passages(characters),
        "shared_passages, two characters": lambda: shared_passages(halves),
    }


def main() -> None:
    """Print a line for each work: its seconds, and the cost of twice the text; then the two speeds."""
    once, twice = works(10), works(20)
    print(f"{'work':40} {'seconds':>8} {'twice / once':>12}")
    for name, work in once.items():
        at_once = seconds(work)
        print(f"{name:40} {at_once:8.2f} {seconds(twice[name]) / at_once:12.1f}")
    lines, tokenizer = articles(sentences(100)), _tokenizer(())
    text = "".join(lines["text"])
    shared, cut = (
        len(text) / seconds(work)
        for work in (lambda: shared_passages(lines), lambda: list(tokenizer.tokenize(text)))
    )
    print(
        f"shared_passages reads {shared:,.0f} characters a second, jieba {cut:,.0f}: {shared / cut:.1f} to 1"
    )


if __name__ == "__main__":
    main()
