"""The lock, the conda environment and the project say the same; the tree holds what it should."""

import re
import shutil
import subprocess
import sys
import tomllib
from zipfile import ZipFile

import pytest
import yaml

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


def locked(name: str) -> set[str]:
    """Every version that the lock has for a package, whatever the Python."""
    return set(re.findall(rf"^{re.escape(name)}==(\S+)", LOCK, re.MULTILINE))


def test_every_locked_package_has_hashes():
    blocks = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)
    packages = [block for block in blocks if "==" in block.split("\n")[0]]
    assert len(packages) > 50
    assert all("--hash=sha256:" in block for block in packages)


@pytest.mark.parametrize("name", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"])
def test_every_dependency_is_locked(name):
    assert locked(name)


def test_conda_takes_the_locked_versions_of_all_dependencies():
    (pip,) = (entry["pip"] for entry in CONDA if isinstance(entry, dict))
    pins = [entry.split("=") for entry in CONDA if isinstance(entry, str) and "=" in entry]
    pins += [re.split("==", entry) for entry in pip if "==" in entry]
    versions = {name: version for name, version in pins if name != "python"}
    assert set(versions) == set(PROJECT["dependencies"])
    assert all(version in locked(name) for name, version in versions.items())
    assert "-e ." in pip


def test_conda_takes_a_python_that_the_project_allows():
    (python,) = (entry for entry in CONDA if isinstance(entry, str) and entry.startswith("python="))
    assert PROJECT["requires-python"] == ">=" + python.removeprefix("python=")


def test_the_fixed_packages_come_from_conda_itself():
    named = {entry.split("=")[0] for entry in CONDA if isinstance(entry, str)}
    assert named >= {"jupyterlab", "pandas", "jieba", "matplotlib", "wordcloud", "scikit-learn"}


def tracked() -> list[str]:
    run = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_the_top_level_folders_are_the_agreed_ones():
    folders = {path.split("/")[0] for path in tracked() if "/" in path}
    assert folders == {"seeds", "notebooks", "corpus_lib", "tests", ".ci"}


def test_no_file_names_a_package_host():
    hosts = re.compile(
        "|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.org", "anaconda" + r"\.org"])
    )
    for path in tracked():
        if not path.endswith((".png", ".ipynb")):
            assert not hosts.search((ROOT / path).read_text(encoding="utf-8")), path


def test_a_built_package_holds_every_module_template_and_word_list(tmp_path):
    """The wheel is built from a copy, as an installer would build it, and holds each file of the library."""
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(
        ROOT / "corpus_lib", tmp_path / "corpus_lib", ignore=shutil.ignore_patterns("__pycache__")
    )
    build = [
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--wheel-dir",
        "dist",
        ".",
    ]
    subprocess.run([sys.executable, "-m", "pip", *build], cwd=tmp_path, check=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    files = {
        path.relative_to(tmp_path).as_posix()
        for path in (tmp_path / "corpus_lib").rglob("*")
        if path.is_file()
    }
    assert len(files) > 50
    assert files - set(ZipFile(wheel).namelist()) == set()
