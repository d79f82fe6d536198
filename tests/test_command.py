"""The command line prints sentences, and shows a traceback to developers only."""

import re
import shutil
import sys
import time
from types import SimpleNamespace

import pytest

from corpus_lib import __main__ as command
from corpus_lib.zones import correct
from tests.conftest import ROOT, write_corpus, write_notebook


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


@pytest.fixture
def own(run, tmp_path):
    """A folder beside the small study: two articles, one with an emoji and ESC, and the notebook for any."""
    shutil.copy(ROOT / "notebooks" / "07_your_corpus.ipynb", tmp_path / "notebooks")
    texts = {"2019a": "农民收稻\n农民在田里收稻3天。😀\x1b", "2020b": "乘客坐车\n乘客坐车去城里。"}
    folder = write_corpus(tmp_path / "my_news", texts)
    head, *rows = (folder / "articles.tsv").read_text(encoding="utf-8").splitlines()
    lines = [f"{head}\ttopic", *(f"{row}\t{topic}" for row, topic in zip(rows, ["farms", ""], strict=True))]
    (folder / "articles.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_folder_of_your_own_gets_a_site_with_nothing_of_the_study(run, own, tmp_path):
    before = (tmp_path / "notebooks/07_your_corpus.ipynb").read_bytes()
    code, printed = run("study", str(own), "--out", str(tmp_path / "pages"))
    assert code == 0, printed
    assert "The articles are compared by year." in printed
    assert "U+1F600" in printed
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "pages").glob("*.html")}
    assert {"index", "07_your_corpus", "reader"} <= set(pages)
    assert "my_news" in pages["index"]
    assert "U+1F600" in pages["index"]
    assert "[U+1F600][U+001B]" in pages["article-2019a"]
    for page in pages.values():
        assert not re.search("Fuzhou|Fujian|seeds|派出所|Exercise|Try it|class=.answer", page)
        assert str(tmp_path) not in page
    code, printed = run("study", str(own), "--by", "topic", "--out", str(tmp_path / "pages"))
    assert code == 0, printed
    contrasts = (tmp_path / "pages/data/contrasts.csv").read_text(encoding="utf-8-sig")
    assert contrasts.startswith("topic,")
    assert "(not given)" in contrasts
    assert (tmp_path / "notebooks/07_your_corpus.ipynb").read_bytes() == before


def test_a_folder_with_a_fault_gets_no_site(run, own, tmp_path):
    (own / "2019a.txt").unlink()
    code, printed = run("study", str(own), "--out", str(tmp_path / "pages"))
    assert code == 1
    assert "2019a.txt is listed in articles.tsv but not there" in printed
    assert "Traceback" not in printed
    assert not (tmp_path / "pages").exists()


def test_a_column_that_the_folder_lacks_is_named(run, own, tmp_path):
    code, printed = run("study", str(own), "--by", "city", "--out", str(tmp_path / "pages"))
    assert code == 1
    assert "error: There is no column 'city'. The columns are: doc_id" in printed
    assert "ran in" not in printed


def test_a_slow_command_shows_that_it_is_at_work(run, monkeypatch):
    monkeypatch.setattr(command, "BEAT", 0.01)
    monkeypatch.setitem(command.COMMANDS, "notebooks", lambda arguments: time.sleep(0.1) or [])
    assert "at work" in run("notebooks")[1]


def test_shards_are_counted_and_summed_by_a_column(run, tmp_path):
    write_corpus(tmp_path / "shards" / "first", {"2019a": "农民收稻\n农民在田里收稻。"})
    write_corpus(tmp_path / "shards" / "second", {"2020b": "乘客坐车\n乘客坐车去城里。"})
    shards, out = str(tmp_path / "shards"), tmp_path / "counts"
    code, printed = run("count", shards, "--by", "year", "--out", str(out))
    assert (code, printed.count("2 of 2 shards: 2 articles.")) == (0, 1)
    rows = (out / "counted_by_year.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "year\tterm\tn\tn_articles"
    assert "2019\t农民\t2\t1" in rows
    (tmp_path / "shards" / "x.jsonl").write_text("{", encoding="utf-8")
    assert run("count", shards, "--out", str(out))[0] == 1
    code, printed = run("count", shards, "--by", "year", "--out", str(out), "--skip")
    assert code == 1
    assert "left out: " in printed
    assert "2 of 3 shards" in printed


def test_a_column_that_no_article_has_is_said_before_anything_is_counted(run, tmp_path):
    write_corpus(tmp_path / "shards" / "first", {"2019a": "农民收稻\n农民在田里收稻。"})
    code, printed = run("count", str(tmp_path / "shards"), "--by", "yaer", "--out", str(tmp_path / "counts"))
    assert code == 1
    assert "There is no column 'yaer'" in printed
    assert not (tmp_path / "counts").exists()
