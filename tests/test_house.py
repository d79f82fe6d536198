"""The house: which room may import which, what each room keeps to itself, and what the top level offers."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import corpus_lib
from tests.conftest import ROOT

LIBRARY = ROOT / "corpus_lib"
ROOMS = ["figures", "ingest", "phrases", "robustness", "scale", "charts", "site"]
CORE = [
    *("columns", "characters", "numerals", "tables", "articles", "zone_rules", "zones", "quality"),
    *("segmentation", "vocabulary", "terms", "topics", "keyness", "evaluation"),
]

# Which part may import which: a room by its name, a flat file by its own.
MAY_IMPORT = {
    "columns": [],
    "characters": [],
    "numerals": ["characters"],
    "tables": ["characters"],
    "articles": ["characters", "columns", "tables"],
    "zone_rules": ["characters"],
    "zones": ["columns", "zone_rules"],
    "quality": ["characters", "columns"],
    "vocabulary": ["characters", "columns", "numerals"],
    "segmentation": ["characters", "columns", "numerals", "vocabulary"],
    "terms": ["columns"],
    "topics": ["columns", "terms"],
    "keyness": ["columns", "terms"],
    "evaluation": ["columns"],
    "figures": ["characters", "columns", "numerals", "articles", "zones"],
    "phrases": ["characters", "columns", "numerals", "zones", "vocabulary", "terms", "keyness"],
    "robustness": ["columns", "numerals", "zones", "segmentation", "vocabulary", "terms", "keyness"],
    "corpus": ["articles", "quality", "zones", "segmentation", "vocabulary", "figures"],
    "ingest": ["__init__", "articles", "characters", "quality", "zones", "zone_rules"],
    "scale": [
        *("articles", "characters", "columns", "zones", "segmentation", "vocabulary", "terms"),
        *("corpus", "figures", "phrases"),
    ],
    "charts": ["columns", "articles"],
    "site": ["__init__", *CORE, "corpus", "figures", "phrases", "robustness", "charts"],
    "__init__": [*CORE, "corpus", "figures"],
    "__main__": ["columns", "site", "articles", "ingest", "scale"],
}

# Packages that one room, or one file, keeps to itself.
HOMES = {
    "jieba": "segmentation",
    "matplotlib": "charts",
    "wordcloud": "charts",
    "PIL": "charts",
    "nbclient": "site",
    "nbconvert": "site",
    "nbformat": "site",
    "bs4": "site ingest",
    "charset_normalizer": "ingest",
    "tqdm": "ingest scale",
    "joblib": "scale",
    "distributed": "scale",
    "rjieba": "segmentation",
    "fontTools": "site",
    "jinja2": "site",
    "pypinyin": "site",
}

PUBLIC = [
    "Corpus",
    "add_citations",
    "add_glosses",
    "add_rates",
    "add_readings",
    "check_articles",
    "compound_terms",
    "count_terms",
    "count_topics",
    "counted",
    "dispersion",
    "find_figures",
    "find_topics",
    "keyness",
    "label_lines",
    "load_corpus",
    "read_articles",
    "read_notes",
    "segment_lines",
    "tf_idf",
    "words",
]

FILES = sorted(LIBRARY.rglob("*.py"))
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py"))


def room(path: Path) -> str:
    """Name the part of the house that a file belongs to: its folder, or itself."""
    parts = path.relative_to(LIBRARY).with_suffix("").parts
    return parts[0]


@cache
def imported(path: Path) -> list[str]:
    """List the full name of each module that a file imports; `from a import b` gives a and a.b."""
    return list(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_top(path: Path) -> bool:
    """Say whether a file has `import corpus_lib`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return "corpus_lib" in names


def arrows(path: Path) -> set[str]:
    """Name the parts of the house that a file imports, other than its own."""
    names = {name.split(".")[1] for name in imported(path) if name.startswith("corpus_lib.")}
    there = {part.stem for part in LIBRARY.iterdir()}
    # `import corpus_lib` and `from corpus_lib import counted` ask the top level, which is above all rooms.
    asks_top = names - there or imports_top(path)
    top = {"__init__"} if asks_top else set()
    return (names & there | top) - {room(path)}


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(LIBRARY).as_posix() for path in FILES])
def test_no_arrow_goes_up(path):
    assert arrows(path) <= set(MAY_IMPORT[room(path)])


def test_the_house_has_no_other_rooms():
    folders = {p.name for p in LIBRARY.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders == set(ROOMS)
    assert {p.stem for p in LIBRARY.glob("*.py")} == set(MAY_IMPORT) - set(ROOMS)


def test_the_arrows_make_no_circle():
    order: list[str] = []
    while len(order) < len(MAY_IMPORT):
        free = [part for part, below in MAY_IMPORT.items() if part not in order and set(below) <= set(order)]
        assert free, f"a circle among {sorted(set(MAY_IMPORT) - set(order))}"
        order += free


@pytest.mark.parametrize("package", HOMES)
def test_each_awkward_package_has_one_home(package):
    users = {room(path) for path in FILES if any(name.split(".")[0] == package for name in imported(path))}
    assert users == set(HOMES[package].split())


@pytest.mark.parametrize("name", ["jieba", "matplotlib", "wordcloud"])
def test_no_name_of_an_awkward_package_is_handed_on(name):
    """No module offers another package's names: `Axes` taken from corpus_lib would hide an import."""
    for path in FILES:
        mine = {
            alias.asname or alias.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == name
            for alias in node.names
        }
        module = ".".join(("corpus_lib", *path.relative_to(LIBRARY).with_suffix("").parts))
        for other in [*FILES, *TESTS]:
            taken = {
                found.rpartition(".")[2] for found in imported(other) if found.rpartition(".")[0] == module
            }
            assert not (taken & mine), f"{other} takes {taken & mine} from {module}"


def test_the_public_names():
    assert sorted(corpus_lib.__all__) == PUBLIC
    assert all(getattr(corpus_lib, name).__doc__ for name in PUBLIC)


@pytest.mark.parametrize("name", ["figures", "ingest", "phrases", "robustness", "scale", "charts"])
def test_a_room_offers_what_it_has_and_says_what_it_is_for(name):
    module = __import__(f"corpus_lib.{name}", fromlist=["x"])
    assert module.__all__ == sorted(module.__all__)
    assert all(getattr(module, public).__doc__ for public in module.__all__)
    assert module.__doc__


def test_modules_fit_on_a_few_screens():
    long = [path.name for path in FILES if len(path.read_text(encoding="utf-8").splitlines()) > 250]
    assert long == []


def test_the_tests_follow_the_rooms():
    folders = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders == {*ROOMS, "study", "cases", "browser"}
    for name in [*ROOMS, "study"]:
        assert (ROOT / "tests" / name / "__init__.py").exists()
