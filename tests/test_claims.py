"""A number in prose is what its cell computes, or its sentence is named."""

import nbformat
import pytest

from corpus_lib.claims import find_claims, says, stale_claims


def prose(*sources: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source) for source in sources])


@pytest.mark.parametrize(
    ("said", "value", "holds"),
    [
        ("4.2", 4.249, True),
        ("4.2", 4.251, False),
        ("4", 4.4, True),
        ("4.0", 4.4, False),
        ("1,740", 1740, True),
        ("-0.66", -0.655, True),
        ("nine", 9, True),
        ("Nine", 9.4, False),
        ("no", 0, True),
        ("62.46", 62.46, True),
    ],
)
def test_a_number_says_as_much_as_its_digits(said, value, holds):
    assert says(said, value) == holds


def test_claims_are_found_in_headings_and_sentences_and_nowhere_else():
    notebook = prose(
        "## Of 5<!--=a--> articles",
        "four<!--=b--> carry **62%**<!--=c--> or 2021, one<!-- a plain remark -->",
    )
    notebook.cells.append(nbformat.v4.new_code_cell("# 7<!--=d-->"))
    assert [(said, expression) for _, said, expression in find_claims(notebook)] == [
        ("5", "a"),
        ("four", "b"),
        ("62", "c"),
    ]


@pytest.mark.parametrize(
    "text", ["someone<!--=x-->", "5 <!--=x-->", "thirteen<!--=x-->", "1.2.3<!--=x-->", "5<!-- =x-->"]
)
def test_a_comment_that_no_number_stands_before_is_stale_and_not_passed_over(text):
    claims = find_claims(prose(text))
    assert len(stale_claims("01", claims, [1.0] * len(claims))) == 1


def test_a_stale_claim_names_its_sentence_its_number_and_the_value():
    claims = find_claims(prose("Of 5<!--=n--> articles, four<!--=m--> are signed."))
    assert stale_claims("01", claims, [5.0, 3.0]) == [
        "01: “Of 5 articles, four are signed.” says four; the cells compute m = 3.0."
    ]


def test_a_name_that_no_cell_defines_is_stale():
    claims = find_claims(prose("Some 5<!--=n-->."))
    assert "NameError" in stale_claims("01", claims, ["NameError: name 'n' is not defined"])[0]
