# Two commands for a newcomer: `make demo` and `make test`. Everything they need goes to .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests wait more than they compute: three processes keep two processors busy.
PROCESSES ?= 3
STAMP := $(VENV)/.installed

.PHONY: setup demo test check bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(STAMP)

demo: setup
	$(BIN)/kaihyo demo

test: setup
	$(BIN)/pytest --numprocesses $(PROCESSES) --no-loadscope-reorder --cov --cov-fail-under=95

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

bench: setup
	$(BIN)/python -m tests.benchmarks

clean:
	rm -rf $(VENV) build dist .data
