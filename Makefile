# make        an environment, the package in it, and all handouts in out/
# make test   what the tests need, and the tests
# make check  style, types, layering, and whether generated files are fresh
# make bench  figures: how fast, against a bare script and other programs in the same run
# make real-run  1,000 mixed rows printed twice, and every page looked at
# make kills  a print run killed at 50 moments, which must lose and double nobody
# make attacks  hostile files, racing commands and kills: all of them, some hours
# make docs   the generated files: schema, help texts, bill of materials, licences, pictures
# make lock   the newest versions of what pyproject.toml allows, with their hashes, into .locks/
# make audit  whether a locked version has a known hole

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
INSTALL_LOCKED := $(INSTALL) --require-hashes --only-binary :all:

.PHONY: all test check check-types check-others bench real-run kills attacks docs clean environment test-environment bench-environment maintenance-environment \
  lock audit machine system

all: environment
	@$(BIN)/handouts build --paper letter --paper a4

environment: machine $(VENV)/installed

# Begun anew when the lock changes, so that it holds what is locked and nothing else. The pip that
# comes with Python only brings the locked one; setuptools, which old Pythons bring, is not needed.
$(VENV)/locked: .locks/build.txt .locks/run.txt | machine
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "handouts needs Python 3.11 or newer: install it, or name it with make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL_LOCKED) --requirement .locks/build.txt
	@$(BIN)/python -m pip uninstall --quiet --yes setuptools 2>/dev/null
	@$(INSTALL_LOCKED) --requirement .locks/run.txt
	@touch $@

$(VENV)/installed: $(VENV)/locked pyproject.toml handouts/__init__.py
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q handouts
	@touch $@

test-environment: $(VENV)/tested

$(VENV)/tested: $(VENV)/locked .locks/check.txt | $(VENV)/installed
	@$(INSTALL_LOCKED) --requirement .locks/check.txt
	@touch $@

# The tests read the PDFs back with poppler, qpdf and Ghostscript.
system:
	@PYTHON="$(PYTHON)" .ci/needs test

machine:
	@PYTHON="$(PYTHON)" .ci/needs print

test: system test-environment
	@$(BIN)/python -m pytest -n auto --dist worksteal

# Two at once: the types take about as long as all the others.
check: test-environment
	@$(MAKE) --no-print-directory --jobs 2 check-types check-others

check-types:
	@$(BIN)/mypy

check-others:
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/python docs/supply.py --check
	@$(BIN)/python docs/generate.py --check

bench-environment: $(VENV)/benched

$(VENV)/benched: $(VENV)/tested .locks/bench.txt
	@$(INSTALL_LOCKED) --requirement .locks/bench.txt
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
	@$(BIN)/python docs/supply.py
	@$(BIN)/python docs/generate.py

maintenance-environment: $(VENV)/maintained

$(VENV)/maintained: $(VENV)/benched .locks/maintenance.txt
	@$(INSTALL_LOCKED) --requirement .locks/maintenance.txt
	@touch $@

# The largest set is solved first; each other begins with its versions. The next make
# begins a new environment.
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --generate-hashes --only-binary :all: \
  --emit-build-options --no-emit-index-url --custom-compile-command 'make lock'

lock: maintenance-environment
	@$(COMPILE) --upgrade --output-file .locks/maintenance.txt pyproject.toml --all-extras \
	  --group environment --group maintenance
	@for lock in build run check bench; do cp .locks/maintenance.txt .locks/$$lock.txt; done
	@$(COMPILE) --output-file .locks/build.txt --group environment
	@$(COMPILE) --output-file .locks/run.txt pyproject.toml
	@$(COMPILE) --output-file .locks/check.txt pyproject.toml --extra test --extra check
	@$(COMPILE) --output-file .locks/bench.txt pyproject.toml --extra test --extra check --extra bench

audit: maintenance-environment
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
	  --requirement .locks/bench.txt 2>$(VENV)/audit.log || \
	  { echo "Holes are named above, or the list of known holes could not be asked:" \
	  "$$(tail -n 1 $(VENV)/audit.log)" >&2; exit 1; }

clean:
	rm -rf $(VENV) out/*.pdf out/.handouts.json
