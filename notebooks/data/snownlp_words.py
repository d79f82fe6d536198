"""Write snownlp_words.tsv: the words of the five articles by snownlp, a segmenter that is not jieba.

It was run once, in this folder, with snownlp 0.12.3 (`pip install snownlp==0.12.3`, then
`python snownlp_words.py`). The study reads only the table, because snownlp is large: 38 MB, and 409 MB of
memory. A row is a row of `corpus.lines`: `doc_id`, `start` and `ends`, the places in the line where its words
end, so that the table holds no text of the articles. snownlp segments the runs of Chinese characters. A run
of Latin letters and digits is one word here, and so is each other character.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from snownlp.seg import single_seg

from corpus_lib import load_corpus

HERE = Path(__file__).parent
RUN = re.compile("([\u4e00-\u9fff]+)|[A-Za-z0-9.%]+|.", re.DOTALL)


def segment(text: str) -> Iterator[str]:
    """Give the words of a line: joined, they are the line."""
    for run in RUN.finditer(text):
        yield from single_seg(run[0]) if run[1] else [run[0]]


def main() -> None:
    """Segment every line of the corpus, and write the table."""
    lines = load_corpus(HERE.parent.parent / "seeds").lines
    ends = [" ".join(map(str, accumulate(map(len, segment(text))))) for text in lines["text"]]
    table = lines[["doc_id", "start"]].assign(ends=ends)
    table.to_csv(HERE / "snownlp_words.tsv", sep="\t", index=False, quoting=3, lineterminator="\n")


if __name__ == "__main__":
    main()
