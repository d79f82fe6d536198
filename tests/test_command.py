"""The command line prints the library's own messages, and hides no error that is a fault of the library."""

import sys

import pytest

from corpus_lib import __main__ as command
from corpus_lib.zones import correct
from tests.conftest import write_corpus, write_notebook


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run one command in a small study; give its exit code and what it printed."""
    write_notebook(
        tmp_path / "notebooks", "01_small", ["# Of 3 texts\n<!-- 3 = n -->\n\nAnd 7 more.", "n = 2"]
    )
    write_corpus(tmp_path / "seeds", {"2019a": "标题\n公安局。", "2020b": "标题\n群众满意。"})
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["corpus_lib", *words])
        code = command.main()
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def test_claims_lists_stale_and_loose_numbers(run):
    code, printed = run("claims")
    assert code == 1
    assert "stale: 01_small: “# Of 3 texts” says 3, but the cells compute n = 2.0." in printed
    assert "loose: 01_small: no cell computes 7 in “And 7 more.”." in printed


def test_claims_writes_the_numbers_that_it_can(run):
    assert run("claims", "--fix")[0] == 1  # the loose number is left
    printed = run("claims")[1]
    assert "stale" not in printed
    assert "loose" in printed


def test_a_column_that_is_not_there_is_named_before_anything_runs(run):
    code, printed = run("study", "--by", "jahr")
    assert code == 1
    assert "error: There is no column 'jahr'. The columns are: doc_id" in printed
    assert "ran in" not in printed


def test_the_study_groups_by_a_column_that_it_finds(run, tmp_path):
    run("study")
    header = (tmp_path / "build/html/data/contrasts.csv").read_text(encoding="utf-8-sig").split(",")[0]
    assert header == "year"


def test_the_notebooks_are_saved_as_they_ran(run, tmp_path):
    printed = run("notebooks")[1]
    assert "stale: 01_small" in printed
    assert '"execution_count": 1' in (tmp_path / "notebooks/01_small.ipynb").read_text(encoding="utf-8")


def test_a_folder_without_notebooks_is_a_message(run, tmp_path):
    (tmp_path / "notebooks" / "01_small.ipynb").unlink()
    code, printed = run("notebooks")
    assert code == 1
    assert "error: There are no numbered notebooks" in printed


def test_an_error_of_another_package_keeps_its_traceback(run, monkeypatch):
    monkeypatch.setattr(command, "list_notebooks", lambda folder: int("no number"))
    with pytest.raises(ValueError, match="invalid literal"):
        run("notebooks")


def test_an_error_of_python_inside_the_library_keeps_its_traceback(run, monkeypatch):
    """str.index has no frame of its own, so that only the line of code tells it from a message."""
    monkeypatch.setattr(command, "list_notebooks", lambda folder: correct([("body", "警")], "民", "title"))
    with pytest.raises(ValueError, match="substring not found"):
        run("notebooks")
