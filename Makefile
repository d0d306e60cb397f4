# Two commands for a newcomer: `make demo` and `make test`. Everything they need goes to .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# As many as processors: some tests measure time, and fail where everything waits for a core.
PROCESSES ?= 2
STAMP := $(VENV)/.installed
TEST := $(BIN)/pytest --numprocesses $(PROCESSES) --no-loadscope-reorder --durations=20

# Tests start commands hundreds of times: Python keeps what it compiled, wherever it is told not to.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test check bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(STAMP)

demo: setup
	$(BIN)/kaihyo demo

# What is counted as covered is what the tests of units cover; nothing else waits for the counting.
test: setup
	$(TEST) tests/unit --cov --cov-fail-under=95
	$(TEST) --ignore tests/unit

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
