"""A number in prose is what its cell computes, or its sentence is named."""

import nbformat
import pytest

from corpus_lib.site.claims import find_claims, loose_numbers, prose, says, stale_claims


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
        ("0.00", -0.0001, True),
    ],
)
def test_a_number_says_as_much_as_its_digits(said, value, holds):
    assert says(said, value) == holds


def test_claims_are_found_in_headings_and_sentences_and_nowhere_else():
    sources = [
        "## Of 5<!--=a--> articles",
        "four<!--=b--> carry **62%**<!--=c--> or 2021, one<!-- a plain remark -->",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source) for source in sources])
    notebook.cells.append(nbformat.v4.new_code_cell("# 7<!--=d-->"))
    assert [(said, expression) for _, said, expression in find_claims(prose(notebook))] == [
        ("5", "a"),
        ("four", "b"),
        ("62", "c"),
    ]


@pytest.mark.parametrize(
    "text", ["someone<!--=x-->", "5 <!--=x-->", "thirteen<!--=x-->", "1.2.3<!--=x-->", "5<!-- =x-->"]
)
def test_a_comment_that_no_number_stands_before_is_stale_and_not_passed_over(text):
    claims = find_claims(text)
    assert len(stale_claims("01", claims, {expression: 1.0 for _, _, expression in claims})) == 1


def test_a_stale_claim_names_its_sentence_its_number_and_the_value():
    claims = find_claims("Of 5<!--=n--> articles, four<!--=m--> are signed.")
    assert stale_claims("01", claims, {"n": 5.0, "m": 3.0}) == [
        "01: “Of 5 articles, four are signed.” says four; the cells compute m = 3.0."
    ]


def test_a_name_that_no_cell_defines_is_stale():
    claims = find_claims("Some 5<!--=n-->.")
    assert "NameError" in stale_claims("01", claims, {"n": "NameError: name 'n' is not defined"})[0]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Of 1,234 words three are new.", ["1,234", "three"]),
        ("Fourteen of seventy, 62.46 per cent; a thousand.", ["Fourteen", "seventy", "62.46"]),
        ("Of 1,234<!--=n--> words **three**<!--=m--> are new.", []),
        ("From 2019 to 10 January 2025; 2,021 more; 2019.5", ["2,021", "2019.5"]),
        ("Notebook 03 reads 000:34 and 12 lines", ["12"]),
        ("The 110<!--name--> squad and 110 more", ["110"]),
        ("八类案件 (eight kinds of case), (eight more)", ["eight"]),
        ('It says "three banners", and `n = 5`, and [two](page.html#5)', ["two"]),
        ("> 3145个重点单位 (004:41)\n>\n> Ours: in 3,145 units\n\nSo 3,145 units.", ["3,145"]),
        ("## 2. Two ways\n\n3. three", ["Two", "three"]),
        ("12 words per thousand, 5 in a thousand, a thousand times", ["12", "5"]),
        ("One, once, no, half, twice, first: words", []),
        ("2+N is no number of ours", ["2"]),
        ("2+N<!--name--> is a name", []),
        ("a 1st, x2, 3-year-old", ["1", "3"]),
        ("12<!--=n--> words of 13", ["13"]),
        ("    12 words of code", []),
        ("- a list\n    - of 12", ["12"]),
        ("one ` and 12\n\nand ` 13", ["12", "13"]),
        ('5" wide has 77 holes.\n\nAnd 88 more, 6" wide', ["5", "77", "88", "6"]),
        ("![Of 12<!--=02: n-->, 13](bars 02: f(14))", ["13"]),
    ],
)
def test_a_number_that_no_cell_computes_is_listed(text, numbers):
    assert [number for number, _ in loose_numbers(text)] == numbers
