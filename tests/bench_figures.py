"""How fast the rules read: characters a second, and what twice the text costs. Run by `make bench`.

Times differ between machines, so nothing here passes or fails. The ratio does not: about 2
means that the work grows with the text, 4 that it grows with its square.
"""

import time

from corpus_lib import load_corpus
from corpus_lib.figures.find import figures_in
from tests.conftest import ROOT

# The best of so many runs: what else the machine does only ever adds time.
RUNS = 3


def seconds(text: str) -> float:
    """Time the reading of one string, at its best."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        figures_in(text)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print a line a text: its seconds, characters a second, and the cost of twice as much."""
    articles = "".join(load_corpus(ROOT / "seeds").articles["text"]).replace("\n", "")
    texts = {
        "the five articles, again and again": articles * 20,
        "Latin letters": "The quick brown fox. " * 20_000,
        "100,000 digits": "7" * 100_000,
        "100,000 times 一": "一" * 100_000,
        "一个 again and again": "一个" * 50_000,
        "1,111 again and again": "1,111" * 20_000,
    }
    print(f"{'text':36} {'characters':>10} {'seconds':>8} {'per second':>11} {'twice / once':>12}")
    for name, text in texts.items():
        once, twice = seconds(text), seconds(text * 2)
        print(f"{name:36} {len(text):10,} {once:8.2f} {len(text) / once:11,.0f} {twice / once:12.1f}")


if __name__ == "__main__":
    main()
