"""The command line prints sentences, and shows a traceback to developers only."""

import re
import sys
from types import SimpleNamespace

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


FAULTS = {
    "another package": (lambda folder: int("no number"), "invalid literal"),
    # str.index has no frame of its own, so that only the line of code tells it from a message.
    "Python": (lambda folder: correct([("body", "警")], "民", "title"), "substring not found"),
}


@pytest.mark.parametrize("of", FAULTS)
def test_a_fault_of_the_library_is_a_sentence_and_keeps_its_traceback_for_developers(run, monkeypatch, of):
    do, message = FAULTS[of]
    monkeypatch.setattr(command, "list_notebooks", do)
    code, printed = run("notebooks")
    assert code == 1
    assert re.search(
        f"error: a fault of corpus_lib, not of your files: ValueError: .*{message}.*-X dev", printed
    )
    monkeypatch.setattr(sys, "flags", SimpleNamespace(dev_mode=True))
    with pytest.raises(ValueError, match=message):
        run("notebooks")


def test_a_refusal_of_the_system_is_a_sentence(run, monkeypatch):
    def refuse(folder):
        raise PermissionError(13, "Permission denied", "notebooks")

    monkeypatch.setattr(command, "list_notebooks", refuse)
    assert "error: notebooks: Permission denied. The system refused it: check" in run("notebooks")[1]


def test_a_stop_is_no_traceback(run, monkeypatch):
    def stop(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "list_notebooks", stop)
    assert run("notebooks") == (1, "stopped.\n")


def test_a_folder_is_drafted_checked_and_corrected(run, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "a.txt").write_text("标题\n公安局破案3起。", encoding="gb18030")
    code, printed = run("new", str(folder))
    assert code == 0
    assert "articles.tsv is drafted" in printed
    assert "can be studied" in printed
    (folder / "b.txt").write_text("。", encoding="utf-8")
    code, printed = run("check", str(folder))
    assert code == 1
    assert "To do before a study: 1." in printed
    assert "to do: " in printed
    (folder / "b.txt").unlink()
    assert run("check", str(folder))[0] == 0
    code, printed = run("new", str(folder))
    assert code == 1
    assert "error: " in printed
    assert "nothing is overwritten" in printed


@pytest.mark.parametrize("name", ["new", "check"])
def test_a_folder_that_is_not_there_is_a_sentence(run, name):
    code, printed = run(name, "nowhere")
    assert code == 1
    assert "nowhere" in printed
    assert "folder" in printed


def test_a_folder_that_is_not_the_studys_has_no_site_yet(run, tmp_path):
    code, printed = run("study", str(tmp_path), "--by", "year", "--out", "x")
    assert code == 1
    assert "no site of" in printed


@pytest.mark.parametrize("words", [(), ("new",), ("studdy",), ("check", "a", "b")])
def test_a_command_that_is_not_understood_has_code_2(run, words):
    with pytest.raises(SystemExit) as stopped:
        run(*words)
    assert stopped.value.code == 2


def test_help_has_examples_and_exit_codes(run, capsys):
    with pytest.raises(SystemExit):
        run("new", "--help")
    printed = capsys.readouterr().out
    assert "python -m corpus_lib new my_articles" in printed
    assert "exit codes: 0" in printed
