"""How a corpus of shards scales: engines, workers, memory, and time as the corpus grows.

Run by `make bench`, where the extras are installed. Times differ between machines, so nothing here passes or
fails, and all is told as ratios of one run. The texts recombine sentences of the five articles; each shard
has new words of its own, so that the vocabulary grows with the corpus.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from corpus_lib import count_terms, counted, label_lines, load_corpus, segment_lines, words
from corpus_lib.charts import bar_chart
from corpus_lib.scale import count_shards, read_counts, read_shard, workers
from corpus_lib.segmentation import _fast_tokenizer, _tokenizer
from tests.conftest import ROOT

# The characters of a shard, and of an article: a day of a large newspaper.
SHARD, ARTICLE = 1_000_000, 2_000
# What the chart shows.
SPEED = "characters a second (count)"
# How many sentences have a new word put before them.
NEW = 0.1
# The peak of memory, in kilobytes, of the process that ends with this line.
PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def sentences() -> list[str]:
    """List the sentences of the five articles."""
    lines = load_corpus(ROOT / "seeds").lines.query("zone == 'body'")["text"]
    return [found for line in lines for found in re.findall("[^。]+。", line)]


def write_shards(folder: Path, n: int) -> Path:
    """Write shards of JSON Lines."""
    folder.mkdir()
    known = sentences()
    for i in range(n):
        draw, rows = random.Random(i), []
        for k in range(SHARD // ARTICLE):
            size, parts = 0, []
            while size < ARTICLE:
                word = (
                    "".join(chr(draw.randrange(0x4E00, 0x9FD6)) for _ in range(2))
                    if draw.random() < NEW
                    else ""
                )
                parts.append(word + draw.choice(known))
                size += len(parts[-1])
            row = {"doc_id": f"{i}-{k}", "group": f"group {k % 3}", "text": "标题\n" + "\n".join(parts)}
            rows.append(json.dumps(row, ensure_ascii=False))
        (folder / f"{i:03}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return folder


def seconds(work) -> float:
    """Time a work on the clock of the wall, because workers are other processes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def count(folder: Path, n: int = 1, engine: str = "rjieba") -> float:
    """Time the count of a folder, from the shards to the sums by group."""
    with tempfile.TemporaryDirectory() as out, workers(n):
        return seconds(lambda: (count_shards(folder, out, engine), read_counts(out, "group")))


def path(engine: str, lines) -> None:
    """Take labelled lines to counts."""
    count_terms(words(counted(segment_lines(label_lines(lines), engine=engine))))


def engines(shard: Path) -> None:
    """Print how long each engine alone takes, as a share of the path with it."""
    articles = read_shard(shard)
    lines = label_lines(articles)["text"]
    alone = {"jieba": _tokenizer(()).tokenize, "rjieba": _fast_tokenizer(()).tokenize}
    for engine, tokenize in alone.items():
        path(engine, articles.head(2))
        bare = seconds(lambda tokenize=tokenize: [list(tokenize(text)) for text in lines])
        whole = seconds(lambda engine=engine: path(engine, articles))
        print(f"text to counts, {engine}: bare {bare:.2f} s, path {whole:.2f} s, ratio {bare / whole:.2f}")


def memory(folder: Path) -> int:
    """Measure the peak of memory of a process that counts a folder."""
    with tempfile.TemporaryDirectory() as out:
        code = (
            f"from corpus_lib.scale import count_shards, read_counts; "
            f"count_shards({str(folder)!r}, {out!r}, 'rjieba'); read_counts({out!r}, 'group'); {PEAK}"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
        )
    return int(run.stdout)


def main(largest: int = 100) -> None:
    """Print engines, workers, memory and growth; `largest` is in millions of characters."""
    with tempfile.TemporaryDirectory() as name:
        sizes = [n for n in (1, 10, 100) if n <= largest]
        folders = {n: write_shards(Path(name) / str(n), n) for n in {*sizes, 5, 20}}
        engines(folders[1] / "000.jsonl")
        for engine in ("jieba", "rjieba"):
            one, two = count(folders[20], 1, engine), count(folders[20], 2, engine)
            print(f"20 million, {engine}: one worker {one:.1f} s, two {two:.1f} s, {one / two:.2f}")
        small, large = memory(folders[5]), memory(folders[20])
        print(f"memory, MB: 5 million {small / 1024:.0f}, 20 million {large / 1024:.0f}, {large / small:.2f}")
        print(f"{'million characters':>20} {'seconds':>8} {'characters a second':>20} {'to the first':>13}")
        speeds = {n: n * SHARD / count(folders[n]) for n in sizes}
        for n, speed in speeds.items():
            print(f"{n:20} {n * SHARD / speed:8.1f} {speed:20,.0f} {speed / speeds[sizes[0]]:13.2f}")
    draw(speeds)


def draw(speeds: dict[int, float]) -> None:
    """Draw the speed at each size as build/scale.png."""
    labels = [f"{n} million characters" for n in speeds]
    table = pd.DataFrame({"label": labels, SPEED: [round(speed) for speed in speeds.values()]})
    picture = bar_chart(table, SPEED, "A hundred times the text takes about a hundred times as long")
    (ROOT / "build" / "scale.png").write_bytes(picture.data)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
