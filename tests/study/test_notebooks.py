"""Every notebook of the study runs, says what its cells compute, and can be walked back."""

import re
from itertools import pairwise

import nbformat
import pytest

from corpus_lib import read_notes
from tests.conftest import ROOT

PATHS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
NAMES = [path.stem for path in PATHS]
# Words of an article and their place: 高扬在龙江大地上 (004:11).
QUOTE = re.compile(r"(\S*[\u3400-\u9fff]\S*) \((\d{3}):(\d+)\)")
CHINESE = re.compile(r"[\u3400-\u9fff]")

# A passage of more characters than this is no term and wants a rendering.
TERM = 8


@pytest.fixture(scope="module", params=PATHS, ids=NAMES)
def run(request, runs):
    """A notebook as committed, and as it runs now."""
    committed = nbformat.read(request.param, as_version=4)
    return request.param.stem, committed, runs[request.param].notebook


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def readable(outputs):
    """What an output says, its pictures by their text and their data: the same on every machine."""
    return [
        output.text
        if output.output_type == "stream"
        else {kind: data for kind, data in output.data.items() if kind != "image/png"}
        | {name: output.metadata.get("image/png", {}).get(name) for name in ("alt", "table")}
        for output in outputs
    ]


def test_the_study_has_its_notebooks():
    assert NAMES == [
        "01_corpus",
        "02_term_frequency",
        "03_city_contrasts",
        "04_figures",
        "05_shared_language",
        "06_how_sure",
        "07_your_corpus",
    ]


def test_what_is_committed_is_what_runs(run):
    name, committed, now = run
    for old, new in zip(code(committed), code(now), strict=True):
        assert readable(old.outputs) == readable(new.outputs), (
            f"{name}, cell {new.execution_count}: run 'make notebooks'"
        )


def test_it_is_committed_executed_in_order_and_without_a_complaint(run):
    committed = code(run[1])
    assert [cell.execution_count for cell in committed] == list(range(1, len(committed) + 1))
    outputs = [output for cell in committed for output in cell.outputs]
    assert not any(output.output_type == "error" or output.get("name") == "stderr" for output in outputs)


def test_cells_are_short_and_define_nothing(run):
    for cell in code(run[1]):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= 12, cell.source
        assert not any(line.startswith(("def ", "class ")) for line in lines)


def test_it_says_what_it_cannot_tell_and_what_to_try(run):
    headings = re.findall(r"^## (.+)$", "\n".join(cell.source for cell in prose(run[1])), re.MULTILINE)
    assert headings[-2] == "What this cannot tell"
    assert headings[-1] in {"Try it", "Exercises"}


def test_every_quotation_is_where_it_says(run, study):
    texts = study.lines.groupby(["doc_id", "line"])["text"].agg("".join)
    quotations = [found for cell in prose(run[1]) for found in QUOTE.findall(cell.source)]
    assert quotations or run[0] == "07_your_corpus"  # it says nothing of single articles
    for words, doc_id, number in quotations:
        line = texts[doc_id, int(number)]
        assert words in line or words.lstrip('“"') in line, words


def test_no_chinese_longer_than_a_term_goes_without_a_translation(run):
    for cell in prose(run[1]):
        plain = re.sub(r"<!--.*?-->|`[^`]*`", "", cell.source)
        for passage in re.finditer(rf"[\u3400-\u9fff]{{{TERM + 1},}}", plain):
            assert re.search(
                r"Our translation|\([^)]*[a-z]{3}", plain[passage.end() : passage.end() + 160]
            ), passage


def charts_and_prose(notebook):
    """Name each cell that is prose or draws a chart, in order."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield "prose"
        yield from ("chart" for o in cell.get("outputs", []) if "image/png" in o.get("data", {}))


def test_every_chart_speaks_and_stands_between_prose(run):
    charts = [o for cell in code(run[1]) for o in cell.outputs if "image/png" in o.get("data", {})]
    assert all(60 < len(chart.metadata["image/png"]["alt"]) <= 150 for chart in charts)
    assert all("<td>" in chart.metadata["image/png"]["table"] for chart in charts)
    order = list(charts_and_prose(run[1]))
    assert order[0] == order[-1] == "prose"
    assert ("chart", "chart") not in set(pairwise(order))


def test_every_table_has_a_caption(run):
    html = [
        o.data["text/html"] for cell in code(run[1]) for o in cell.outputs if "text/html" in o.get("data", {})
    ]
    assert all(re.search(r"(?:<caption>|^<p>)[A-Z\d].*[.)]</(?:caption|p)>", table) for table in html)


def test_persons_stand_in_no_table_and_no_chart(run, study):
    persons = read_notes(ROOT / "seeds", "lexicon").query("type == 'person'")["term"]
    assert len(persons) >= 10
    shown = str([readable(cell.outputs) for cell in code(run[1])])
    # A person's name may be part of the name of a doctrine, which the list of named things has.
    for doctrine in read_notes(ROOT / "seeds", "systems").query("type == 'doctrine'")["system"]:
        shown = shown.replace(doctrine, "")
    assert [person for person in persons if person in shown] == []
