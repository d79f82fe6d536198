"""A number in prose is what its cell computes, or its sentence is named; and it can be written anew."""

import re

import pytest
from bs4 import BeautifulSoup
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from corpus_lib.site.claims import find_claims, fix_claims, loose_numbers, matches, stale_claims


@pytest.mark.parametrize(
    ("number", "value", "expected"),
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
        ("1.2.3", 1.2, False),
        ("some", 3, False),
    ],
)
def test_a_number_is_compared_at_its_own_precision(number, value, expected):
    assert matches(number, value) == expected


# Every clause of the grammar: a text, and its bound numbers as printed, with their expressions.
GRAMMAR = {
    "a paragraph": ("Of 17 words, 5 stay. <!-- 17 = n; 5 = m -->", [("17", "n"), ("5", "m")]),
    "several lines": ("Of 17 words\nonly 5 stay. <!-- 17 = n; 5 = m -->\n", [("17", "n"), ("5", "m")]),
    "a repeat": ("Of 5 texts, 5 agree. <!-- 5 = n; 5 = m -->", [("5", "n"), ("5", "m")]),
    "order": ("3 and 4 and 3. <!-- 4 = n; 3 = m -->", [("4", "n"), ("3", "m")]),
    "a word in any case": (
        "Seven of 21, or seven. <!-- seven = n; Seven = m -->",
        [("Seven", "n"), ("seven", "m")],
    ),
    "a name": ("The 110 squad has 9 cars. <!-- 110 = name; 9 = n -->", [("110", "name"), ("9", "n")]),
    "per cent and bold": ("**62%** and **7**. <!-- 62 = n; 7 = m -->", [("62", "n"), ("7", "m")]),
    "a separator": ("Of 1,200, 200 stay. <!-- 200 = n -->", [("200", "n")]),
    "a decimal": ("From 4.2 to 2. <!-- 2 = n -->", [("2", "n")]),
    "a sign": ("From -0.66 to 0.66. <!-- 0.66 = n -->", [("0.66", "n")]),
    "an expression": ("It is 5. <!-- 5 = (t['a'] == 3).sum() -->", [("5", "(t['a'] == 3).sum()")]),
    "a heading": ("## Seven of 21\n<!-- Seven = n; 21 = m -->\n\nThen 8.", [("Seven", "n"), ("21", "m")]),
    "text under a heading": ("## Of 21\nThen 21 more. <!-- 21 = n -->", [("21", "n")]),
    "list items": (
        "- 3 of us <!-- 3 = n -->\n- 3 and\n  4 <!-- 3 = m; 4 = k -->",
        [("3", "n"), ("3", "m"), ("4", "k")],
    ),
    "a table": ("| a | b |\n|---|---|\n| 3 | 4 |\n<!-- 4 = n -->\n", [("4", "n")]),
    "a bar in an expression": (
        "| a |\n|---|\n| 3 |\n<!-- 3 = (a | b).sum() -->",
        [("3", "(a | b).sum()")],
    ),
    "a notebook's key": ("Of 17 words. <!-- 17 = 02: n_all -->", [("17", "02: n_all")]),
    "two paragraphs": ("Of 5.\n\nOf 5. <!-- 5 = n -->", [("5", "n")]),
}


@pytest.mark.parametrize(("text", "bound"), GRAMMAR.values(), ids=GRAMMAR)
def test_the_grammar(text, bound):
    claims = find_claims(text)
    assert [(text[slice(*claim.at)], claim.expression) for claim in claims] == bound
    assert [text[slice(*claim.entry)].lower() for claim in claims] == [said.lower() for said, _ in bound]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("From -0.66 to 0.66. <!-- 0.66 = n -->", 14),
        ("A 1990-2010 span of 20-30 and 30. <!-- 30 = n -->", 23),
        ("Text 3 here:\n| a |\n|---|\n| 3 |\n<!-- 3 = n -->", 27),
        ("~~~\n5 <!-- 5 = n -->\n~~~\nOf 5. <!-- 5 = n -->", 28),
    ],
)
def test_a_number_is_bound_where_it_is_and_not_in_another_one(text, place):
    assert [claim.at[0] for claim in find_claims(text)] == [place]


def test_a_positive_entry_does_not_bind_a_negative_number():
    assert find_claims("It is -5. <!-- 5 = n -->")[0].at is None


def test_an_expression_may_hold_backticks():
    (claim,) = find_claims("Of 5. <!-- 5 = len(t.query('`a b` > 3')) -->")
    assert claim.expression == "len(t.query('`a b` > 3'))"


def test_each_entry_binds_the_place_after_the_last_one():
    text = "Of 5 texts, 5 agree.\n\nAnd 5 more. <!-- 5 = n -->"
    assert find_claims(text)[0].at[0] == text.rindex("5 more")
    text = "Of 5 texts, 5 agree. <!-- 5 = n; 5 = m -->"
    assert [claim.at[0] for claim in find_claims(text)] == [3, 12]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Of 5. <!-- 6 = n -->", "it is not in the block"),
        ("Of 5 only. <!-- 5 = n; 5 = m -->", "it is not in the block"),
        ("Of 5.\n\nMore. <!-- 5 = n -->", "it is not in the block"),
        ("- of 5\n- more <!-- 5 = n -->", "it is not in the block"),
        ("Said “of 5 texts”. <!-- 5 = n -->", "it is not in the block"),
        ("In 5<!--=n--> texts.", "must end its paragraph"),
        ("Of 5 <!-- 5 = n --> texts.", "must end its paragraph"),
        ("Of 5 <!-- 5 = n -->\ntexts.", "must end its paragraph"),
        ("- of 5\n<!-- 5 = n -->\n- more", "neither a heading nor a table"),
        ("Of 5 texts.\n<!-- 5 = n -->", "neither a heading nor a table"),
        ("Of 5 texts. <!-- 5 = n; 6 -->", "it is not in the block"),
    ],
)
def test_a_comment_that_cannot_be_read_is_stale_and_not_passed_over(text, why):
    claims = find_claims(text)
    stale = stale_claims("01", claims, {"n": 5.0, "m": 5.0})
    assert [why in claim for claim in stale] == [True]


def test_comments_in_code_and_plain_remarks_bind_nothing():
    text = "So: `5 <!-- 5 = n -->`.\n\n    5 <!-- 5 = n -->\n\nText. <!-- a remark -->"
    assert find_claims(text) == []


def read(markdown):
    """What a page shows of a text: its headings, paragraphs, items and cells."""
    soup = BeautifulSoup(markdown2html_mistune(markdown), "html.parser")
    return [
        (tag.name, " ".join(tag.get_text().split())) for tag in soup.find_all(["h2", "p", "ul", "li", "td"])
    ]


@pytest.mark.parametrize(("text", "bound"), GRAMMAR.values(), ids=GRAMMAR)
def test_no_comment_shows_or_breaks_the_page(text, bound):
    assert read(text) == read(re.sub(r"[ \n]<!--.*?-->", "", text))


def test_a_stale_claim_names_its_sentence_its_number_and_the_value():
    claims = find_claims("Of 5 articles, four are signed. <!-- 5 = n; four = m -->")
    assert stale_claims("01", claims, {"n": 5.0, "m": 3.0}) == [
        "01: “Of 5 articles, four are signed.” says four, but the cells compute m = 3.0."
    ]


def test_a_name_that_no_cell_defines_is_stale():
    claims = find_claims("Some 5. <!-- 5 = n -->")
    assert "NameError" in stale_claims("01", claims, {"n": "NameError: name 'n' is not defined"})[0]
    assert "compute n = nothing" in stale_claims("01", claims, {})[0]


@pytest.mark.parametrize(
    ("text", "value", "fixed"),
    [
        ("Of 5 texts. <!-- 5 = n -->", 6.0, "Of 6 texts. <!-- 6 = n -->"),
        ("Of 5 texts. <!-- 5 = n -->", 1234.0, "Of 1,234 texts. <!-- 1,234 = n -->"),
        ("Of 1,234 texts. <!-- 1,234 = n -->", 5678.4, "Of 5,678 texts. <!-- 5,678 = n -->"),
        ("Of 62.46% <!-- 62.46 = n -->", 3.0, "Of 3.00% <!-- 3.00 = n -->"),
        ("Of -0.66 <!-- -0.66 = n -->", 0.5, "Of 0.50 <!-- 0.50 = n -->"),
        ("Seven stay. <!-- seven = n -->", 9.0, "Nine stay. <!-- nine = n -->"),
        ("So seven stay. <!-- seven = n -->", 21.0, "So 21 stay. <!-- 21 = n -->"),
        ("## Seven stay\n<!-- Seven = n -->", 21.0, "## 21 stay\n<!-- 21 = n -->"),
    ],
)
def test_a_stale_number_is_written_anew(text, value, fixed):
    claims = find_claims(text)
    assert fix_claims(text, claims, {"n": value}) == (fixed, [])
    assert stale_claims("01", find_claims(fixed), {"n": value}) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Seven stay. <!-- seven = n -->", 21.0),
        ("More. Seven stay. <!-- seven = n -->", 21.0),
        ("- **Seven** stay <!-- seven = n -->", 21.0),
        ("So seven stay. <!-- seven = n -->", 1.0),
        ("So one stays. <!-- one = n -->", 2.0),
        ("So 1 stays. <!-- 1 = n -->", 2.0),
        ("So seven stay. <!-- seven = n -->", 7.5),
        ("So 7 stay. <!-- 7 = n -->", float("nan")),
        ("So 7 stay. <!-- 7 = n -->", "NameError: n"),
        ("So 7 stay. <!-- 8 = n -->", 7.0),
        ("So thirteen stay. <!-- thirteen = n -->", 14.0),
        ("So 62% <!-- 62% = n -->", 14.0),
        ("So no word stays. <!-- no = n -->", 4.0),
        ("Of 1500 words. <!-- 1500 = n -->", 2010.0),
        ("Of five texts, four agree. <!-- four = n -->", 5.0),
        ("## Head\nSeven stay. <!-- seven = n -->", 21.0),
        ("It is “said.” Seven stay. <!-- seven = n -->", 21.0),
    ],
)
def test_what_cannot_be_written_is_listed_and_left(text, value):
    claims = find_claims(text)
    assert fix_claims(text, claims, {"n": value}) == (text, claims)


def test_several_numbers_of_a_text_are_written_at_once():
    text = "Of 9 and 5. <!-- 9 = n; 5 = m -->\n\n- 7 <!-- 7 = n -->"
    fixed, left = fix_claims(text, find_claims(text), {"n": 100.0, "m": 5.0})
    assert (fixed, left) == ("Of 100 and 5. <!-- 100 = n; 5 = m -->\n\n- 100 <!-- 100 = n -->", [])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Of 1,234 words 3 are new.", ["1,234", "3"]),
        ("62.46 per cent; -3 degrees; 3-year", ["62.46", "-3", "3"]),
        ("Of 1,234 words **3** are new. <!-- 1,234 = n; 3 = m -->", []),
        ("12 words of 13. <!-- 12 = n -->", ["13"]),
        ("From 2019 to 10 January 2025; 2,021 more; 2019.5", ["2,021", "2019.5"]),
        ("Notebook 03 reads 000:34 and 12 lines; 0003 not", ["12", "0003"]),
        ("The 110 squad and 110 more. <!-- 110 = name -->", ["110"]),
        ("八类案件 (8 kinds of case), (9 more)", ["9"]),
        ('It says "3 banners", and `n = 5`, and [2](page.html#5)', ["2"]),
        ("> 3145个重点单位 (000:41)\n>\n> Ours: in 3,145 units\n\nSo 3,145 units.", ["3,145"]),
        ("## 2. Of 2 ways\n\n3. of 3", ["2", "3"]),
        ("12 words per 1,000, 5 in a thousand", ["12", "5"]),
        ("Seven words, and none in digits", []),
        ("2+N is no number of ours", ["2"]),
        ("2+N is a name. <!-- 2+N = name -->", []),
        ("a 1st, x2, 3-year-old", ["1", "3"]),
        ("    12 words of code", []),
        ("- a list\n    - of 12", ["12"]),
        ("one ` and 12\n\nand ` 13", ["12", "13"]),
        ('5" wide has 77 holes.\n\nAnd 88 more, 6" wide', ["5", "77", "88", "6"]),
        ("![Of 12, 13](02#figure-14)\n", ["12", "13"]),
        ("## Exercises\n\nSet 40.\n\n## More\n\nof 7", ["7"]),
        ("## References\n\nGries 13(4), 403-437.", []),
    ],
)
def test_a_number_in_digits_that_no_cell_computes_is_listed(text, numbers):
    assert [number for number, _ in loose_numbers(text, ["000", "03"])] == numbers
