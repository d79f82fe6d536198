"""Numbers in prose, bound to the cells that compute them.

An author writes the name of a value behind a number, in a comment no reader sees:

    Fu'an has 29.6<!--=fuan_rate--> of them per thousand words

The name (or any short expression) is computed when all cells have run, and compared
with the number before it, to as many digits as are printed. Numbers up to twelve may
be written as words. What differs is a stale claim, and is named with its sentence.
"""

from __future__ import annotations

import re

from nbformat import NotebookNode

WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
# A number, in digits or a word, its percent sign or bold mark, and the comment that binds it.
CLAIM = re.compile(
    rf"(?<![\w.-])(-?\d[\d,]*(?:\.\d+)?|(?:{'|'.join(WORDS)}))%?(?:\*\*)?<!--=(.+?)-->", re.IGNORECASE
)

# Evaluates the claims in the notebook's own kernel, when all its cells have run. An
# author's slip must not stop the run: it comes back as a message.
PROBE = """
import json
_values = []
for _expression in {expressions!r}:
    try:
        _values.append(float(eval(_expression)))
    except Exception as _error:
        _values.append(f"{{type(_error).__name__}}: {{_error}}")
print(json.dumps(_values))
"""


def find_claims(notebook: NotebookNode) -> list[tuple[str, str, str]]:
    """List the bound numbers of a notebook's prose: the line, the number, the expression.

    >>> import nbformat
    >>> cell = nbformat.v4.new_markdown_cell("Of 1,200<!--=total--> words five<!--=n--> stay.")
    >>> [claim[1:] for claim in find_claims(nbformat.v4.new_notebook(cells=[cell]))]
    [('1,200', 'total'), ('five', 'n')]
    """
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    lines = [line for source in prose for line in source.splitlines()]
    bound = [(line, said, expression.strip()) for line in lines for said, expression in CLAIM.findall(line)]
    loose = [line for line in lines if len(CLAIM.findall(line)) < len(re.findall(r"<!--\s*=", line))]
    return bound + [
        (line, "what cannot be read", "no number stands right before the comment") for line in loose
    ]


def stale_claims(name: str, claims: list[tuple[str, str, str]], values: list[float | str]) -> list[str]:
    """Name each sentence whose number is not, to its own digits, the computed value.

    >>> stale_claims("02", [("Some 3.1<!--=x--> here.", "3.1", "x")], [3.14159])
    []
    >>> stale_claims("02", [("Some 3.1<!--=x--> here.", "3.1", "x")], [2.7])
    ['02: “Some 3.1 here.” says 3.1; the cells compute x = 2.7.']
    """
    return [
        f"{name}: “{re.sub(r'<!--.*?-->', '', line)}” says {said}; the cells compute {expression} = {value}."
        for (line, said, expression), value in zip(claims, values, strict=True)
        if isinstance(value, str) or not says(said, value)
    ]


def says(said: str, value: float) -> bool:
    """Tell whether a printed number is the value, rounded to the digits that are printed.

    >>> says("62.5", 62.46), says("1,200", 1200), says("Five", 5), says("5", 5.6)
    (True, True, True, False)
    """
    if said.lower() in WORDS:
        return WORDS.index(said.lower()) == value
    if not said.lstrip("-")[:1].isdigit():
        return False
    decimals = len(said.partition(".")[2])
    return f"{value:.{decimals}f}" == said.replace(",", "")
