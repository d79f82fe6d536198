"""The README and the guide lead somewhere, and their examples run."""

import base64
import re

import nbformat
import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def as_read(text: str) -> str:
    """Take out the comments that bind the numbers: they are what no reader sees."""
    return re.sub(r" ?<!--.*?-->", "", text)


def test_the_readme_leads_to_every_notebook():
    linked = set(re.findall(r"\]\(notebooks/(\w+\.ipynb)\)", README))
    assert linked == {path.name for path in (ROOT / "notebooks").glob("[0-9]*.ipynb")}


def test_the_readme_is_short():
    assert len(as_read(README).split()) < 800


def test_the_picture_is_the_notebooks_own():
    picture = (ROOT / "notebooks" / "03_leading_terms.png").read_bytes()
    notebook = nbformat.read(ROOT / "notebooks" / "03_city_contrasts.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    drawn = [
        base64.b64decode(output.data["image/png"])
        for output in outputs
        if "image/png" in output.get("data", {})
    ]
    assert picture in drawn, "save the first chart of notebook 03 as notebooks/03_leading_terms.png again"


@pytest.mark.parametrize(
    "link", sorted(set(re.findall(r"\]\(([^)]+)\)", re.sub("`.*?`", "", README + GUIDE))))
)
def test_every_link_leads_somewhere(link):
    assert (ROOT / link).exists()


def test_the_guides_own_examples_run_on_the_folder_it_describes(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "my_corpus"
    folder.mkdir()
    header, row = re.findall(r"^    ((?:doc_id|a)\t.*)$", GUIDE, re.MULTILINE)
    other = row.replace("a\ta.txt", "b\tb.txt").replace("2019", "2020")
    (folder / "articles.tsv").write_text("\n".join([header, row, other]) + "\n", encoding="utf-8")
    for name, text in {"a": "春耕\n农民种下三千亩水稻。", "b": "秋收\n水稻增长5%。"}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    folder.with_name("my_shards").symlink_to(folder)  # one shard
    monkeypatch.chdir(tmp_path)
    for example, said in zip(
        re.findall(r"```python\n(.+?)```", GUIDE, re.DOTALL), ["三千亩", "种下三千亩"], strict=True
    ):
        exec(compile(example, "CONTRIBUTING.md", "exec"), {})
        printed = capsys.readouterr().out
        assert said in printed
        assert "2020" in printed
