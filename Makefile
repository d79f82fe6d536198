# make study   run the study, write build/html/
# make test    format, lint, types, every test, every notebook
# make test-extras  the tests again where the extras are installed (rjieba, Dask, pyarrow)
# make lab     JupyterLab, with a page of links to the notebooks
# make bench   what the path of a text, the rules for figures, the search for passages and shards cost, as ratios
# make values  each notebook with each value that its parameters list
# make check-lab     the landing page and each notebook's Run All, in JupyterLab in a browser
# make check-pages   the built pages in a browser: requests, accessibility, widths, links, keys, print
# Each works by itself on a fresh machine; the set-up is done once.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
EXTRAS := .venv-extras/ready

.PHONY: study test test-extras notebooks lab bench values check-pages check-lab lock clean

study: $(READY)
	$(BIN)/python -m corpus_lib study

notebooks: $(READY)
	$(BIN)/python -m corpus_lib notebooks

test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

bench: $(READY) $(EXTRAS)
	$(BIN)/python -m tests.bench_figures
	$(BIN)/python -m tests.bench_text
	$(BIN)/python -m tests.bench_path
	$(dir $(EXTRAS))bin/python -m tests.bench_scale

values: $(READY)
	$(BIN)/python -m tests.try_values

check-pages:
	.ci/check-pages

check-lab: $(READY)
	.ci/check-lab

lab: $(READY)
	$(BIN)/jupyter lab notebooks/start.ipynb

test-extras: $(EXTRAS)
	$(<D)/bin/python -m pytest --ignore tests/study --ignore tests/site

# jieba comes as source only, so the locked setuptools goes in first and builds it.
$(READY): LOCK := requirements.txt
$(EXTRAS): LOCK := requirements-extras.txt
$(READY) $(EXTRAS): requirements.txt requirements-extras.txt pyproject.toml
	$(PYTHON) -m venv $(@D)
	sed -n '/^setuptools==/,/^ *# via/p' $(LOCK) > $(@D)/setuptools.txt
	$(@D)/bin/python -m pip install --quiet --require-hashes -r $(@D)/setuptools.txt
	$(@D)/bin/python -m pip install --quiet --require-hashes --no-build-isolation -r $(LOCK)
	$(@D)/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

# Needs uv; run after a change to pyproject.toml.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
		--extra test pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -c requirements.txt \
		--extra test --extra fast --extra scale pyproject.toml -o requirements-extras.txt

clean:
	rm -rf .venv .venv-extras build
