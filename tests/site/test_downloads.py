"""The files for others hold what the table holds, and run nothing in a spreadsheet."""

import csv
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus_lib
from corpus_lib import add_readings, read_notes
from corpus_lib.site.downloads import FORMULA, harmless, write_csv, write_json
from tests.conftest import ROOT


def write_figures(table, folder):
    """Write a table both ways."""
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(table, folder / "figures.csv")
    write_json(table, folder / "figures.jsonl")


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_both_files_hold_every_figure_of_the_study(study, tmp_path):
    figures = add_readings(study.figures, read_notes(ROOT / "seeds", "measures"))
    write_figures(figures, tmp_path / "data")
    rows = rows_of(tmp_path / "data/figures.csv")
    records = [json.loads(line) for line in (tmp_path / "data/figures.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == len(records) == len(figures)
    for row, record, figure in zip(rows, records, figures.to_dict("records"), strict=True):
        assert row["doc_id"] == record["doc_id"] == figure["doc_id"]
        assert (row["text"], int(row["start"])) == (record["text"], record["start"])
        assert (row["value"] == "") == (record["value"] is None) == pd.isna(figure["value"])
        assert row["value"] == "" or float(row["value"]) == record["value"] == figure["value"]


def test_the_csv_begins_with_a_byte_order_mark_and_the_json_does_not(study, tmp_path):
    write_figures(study.figures, tmp_path)
    assert (tmp_path / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "figures.jsonl").read_bytes().startswith(b"{")


def test_each_column_of_the_tables_is_described_once(study):
    read = add_readings(study.figures, read_notes(ROOT / "seeds", "measures"))
    own = {"date", "date_basis", "outlet", "city", "place", "level", "signed", "occasion", "short"}
    for table in (study.articles, study.lines, study.tokens, read):
        assert [name for name in table if name not in own and name not in corpus_lib.__doc__] == []


@pytest.mark.parametrize("sign", FORMULA)
def test_a_cell_that_would_be_run_is_made_text_in_the_csv_alone(sign, tmp_path):
    table = pd.DataFrame({"text": [f"{sign}1+1"], "value": [-2.5], f"{sign}own": ["x"]})
    write_figures(table, tmp_path)
    row = rows_of(tmp_path / "figures.csv")[0]
    assert row == {"text": f"'{sign}1+1", "value": "-2.5", f"'{sign}own": "x"}
    assert json.loads((tmp_path / "figures.jsonl").read_text("utf-8"))["text"] == f"{sign}1+1"


@given(st.text())
def test_no_text_is_lost_and_none_is_run(text):
    cell = harmless(text)
    assert not cell.startswith(FORMULA)
    assert cell == (f"'{text}" if text.startswith(FORMULA) else text)


def test_quotes_commas_and_line_ends_come_back(tmp_path):
    table = pd.DataFrame({"text": ['a "b", c', "d\ne", "000"]})
    write_figures(table, tmp_path)
    assert [row["text"] for row in rows_of(tmp_path / "figures.csv")] == table["text"].tolist()


def test_no_figures_are_files_with_their_columns_and_no_row(study, tmp_path):
    write_figures(study.figures.head(0), tmp_path)
    header = (tmp_path / "figures.csv").read_text("utf-8-sig")
    assert header == ",".join(study.figures.columns) + "\n"
    assert (tmp_path / "figures.jsonl").read_bytes() == b""


def test_two_runs_give_the_same_bytes(study, tmp_path):
    for name in ("one", "two"):
        write_figures(study.figures, tmp_path / name)
    for file in ("figures.csv", "figures.jsonl"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_the_data_card_describes_every_table_in_one_table():
    card = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    (rows,) = [part for part in card.split("\n\n") if part.startswith("| file |")]
    assert {line.split("`")[1] for line in rows.splitlines()[2:]} == {
        p.name for p in ROOT.glob("seeds/*.tsv")
    }
    for line in rows.splitlines()[2:]:
        name, columns = line.split("`")[1].removesuffix(".tsv"), line.split("`")[3::2]
        header = (ROOT / "seeds" / f"{name}.tsv").read_text(encoding="utf-8-sig").splitlines()[0].split("\t")
        assert ", ".join(columns).split(", ")[: len(header)] == header
