"""How the held-out sentences of tests/cases were drawn: a sample that is the same for the same seed."""

import re

import pandas as pd

# A sentence with the mark that ends it and the marks that close a quotation or a bracket; or what is
# left of a line. Each mark is listed with full width and with half width.
SENTENCE = re.compile(r"[^。\uff01\uff1f\uff1b!?;]+(?:[。\uff01\uff1f\uff1b!?;]+[”’」』\")\uff09]*)?")

# In characters: shorter pieces of a line are names and numbers rather than sentences.
SHORTEST = 6


def draw_sentences(lines: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    """Draw sentences at random for annotation: the same sentences for the same seed.

    In: `lines` with `doc_id, line, start, text`. A sentence ends at 。, at an exclamation mark, a
    question mark or a semicolon of full or half width, or with its line. Sentences shorter than
    SHORTEST are left out, because they hold little to segment.
    Columns out: `doc_id, line, start, text`, in the order of the articles.

    Raises ValueError when there are fewer sentences than asked for.

    >>> line = {"doc_id": "a", "line": 1, "start": 5, "text": "今天天气好。明天也会下雨吗?"}
    >>> lines = pd.DataFrame([line])
    >>> draw_sentences(lines, 2, seed=1)[["start", "text"]].to_numpy().tolist()
    [[5, '今天天气好。'], [11, '明天也会下雨吗?']]
    """
    columns = ["doc_id", "line", "start", "text"]
    rows = [
        (doc_id, line, start + match.start(), match[0])
        for doc_id, line, start, text in lines[columns].to_numpy().tolist()
        for match in SENTENCE.finditer(text)
        if len(match[0]) >= SHORTEST
    ]
    if len(rows) < n:
        raise ValueError(
            f"These lines have {len(rows)} sentences of {SHORTEST} characters or more, and {n} were "
            "asked for: ask for fewer, or pass more lines."
        )
    sentences = pd.DataFrame(rows, columns=columns)
    return sentences.sample(n, random_state=seed).sort_values(["doc_id", "start"], ignore_index=True)
