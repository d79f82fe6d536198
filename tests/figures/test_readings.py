"""A figure is described by its kind, its amount and what an annotator says of it, in this order."""

import pytest

from corpus_lib.figures import describe_figure

FIGURE = {"text": "5人", "kind": "quantity", "value": 5.0, "unit": "人", "qualifier": "exact"}
READING = {
    **{"measure": "officers", "direction": "up", "population": "police", "area": "Fuzhou"},
    **{"status": "target", "period_start": "2019", "period_end": "2020"},
}
ENGLISH = {"人": "person", "百年": "a hundred years", "5人": "five people"}


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({}, "5 person"),
        ({"value": 12345.5, "unit": "起"}, "12,345.5 起"),
        ({"unit": ""}, "5"),
        ({"qualifier": "at_least"}, "at least, or more than, 5 person"),
        ({"qualifier": "at_most"}, "at most, or less than, 5 person"),
        ({"qualifier": "approx"}, "about 5 person"),
        (READING, "5 person; officers; up; police; Fuzhou; target; period 2019 to 2020"),
        ({"measure": "officers", "direction": "none", "status": "result"}, "5 person; officers"),
        ({"measure": None, "population": "", "area": "unknown"}, "5 person; unknown"),
        ({"period_start": "unknown", "period_end": "unknown"}, "5 person; period unknown"),
        ({"period_start": "unknown", "period_end": "2020"}, "5 person; period unknown to 2020"),
        ({"period_start": "2019", "period_end": "2019"}, "5 person; period 2019 to 2019"),
        ({"period_start": "2019", "period_end": ""}, "5 person"),
        ({"period_start": "2019"}, "5 person"),
    ],
)
def test_a_quantity_is_described_by_what_is_known_of_it(changes, description):
    assert describe_figure(FIGURE | changes, ENGLISH) == f"quantity, as reported: {description}"


@pytest.mark.parametrize(
    ("kind", "text", "description"),
    [("date", "2018年", "date"), ("lexical", "百年", "lexical: a hundred years")],
)
def test_what_reports_no_amount_is_described_by_its_kind(kind, text, description):
    assert describe_figure({"kind": kind, "text": text} | READING, ENGLISH) == description
