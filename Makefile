# make        an environment, the package in it, and all handouts in out/
# make test   what the tests need, and the tests
# make check  style, types, layering, and whether generated files are fresh
# make bench  figures: how fast, against a bare script and other programs in the same run
# make real-run  1,000 mixed rows printed twice, and every page looked at
# make kills  a print run killed at 50 moments, which must lose and double nobody
# make attacks  hostile files, racing commands and kills: all of them, some hours
# make docs   the generated files: schema, help texts, pictures

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEBIAN := python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_DEBIAN := $(DEBIAN) poppler-utils qpdf ghostscript

.PHONY: all test check bench real-run kills attacks docs clean environment test-environment bench-environment system

all: environment
	@$(BIN)/handouts build --paper letter --paper a4

environment: $(VENV)/installed

$(VENV)/installed: pyproject.toml handouts/__init__.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "handouts needs Python 3.11 or newer: install it, or name it with make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python can't make an environment. Debian and Ubuntu: sudo apt install $(DEBIAN)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

test-environment: $(VENV)/tested

$(VENV)/tested: $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check]'
	@touch $@

# The tests read the PDFs back with poppler, qpdf and Ghostscript.
system:
	@if ! { command -v pdftoppm && command -v qpdf && command -v gs && $(PYTHON) -c 'import ensurepip' && \
	  ldconfig -p | grep libpangoft2 && ldconfig -p | grep libharfbuzz-subset; } >/dev/null 2>&1; then \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(TEST_DEBIAN); \
	  else \
	    echo "The tests need more: sudo apt install $(TEST_DEBIAN)" >&2; exit 1; \
	  fi; \
	fi

test: system test-environment
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: test-environment
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python docs/generate.py --check

bench-environment: $(VENV)/benched

$(VENV)/benched: $(VENV)/tested
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

bench: system bench-environment
	@$(BIN)/python tests/bench/bench.py
	@$(BIN)/python tests/bench/run_bench.py --write docs/figures.md

real-run: test-environment
	@$(BIN)/python tests/bench/real_run.py --write

kills: test-environment
	@KILLS=50 $(BIN)/python -m pytest -q -s -n 0 tests/test_kills.py

attacks: system test-environment
	@PYTHONPATH=tests $(BIN)/python -m attacks

docs: test-environment
	@$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) out/*.pdf out/.handouts.json
