# Two commands for a newcomer: `make demo` and `make test`. Everything they need goes to .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# As many as processors where tests compute; one more where they wait for brokers and a browser.
PROCESSES ?= 2
PROCESSES_WAITING ?= 3
# What runs, and what development needs beside it.
RUNS := $(VENV)/.installed-to-run
STAMP := $(VENV)/.installed-to-develop
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable
NODE_STAMP := node_modules/.installed
NODE_BIN := node_modules/.bin
TEST := pytest --no-loadscope-reorder --durations=20 --numprocesses

# Tests start commands hundreds of times: Python keeps what it compiled, wherever it is told not to.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup scripts demo quick test long check lock locked-install bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) '.[dev]'
	touch $(RUNS) $(STAMP)

$(RUNS): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) .
	touch $(RUNS)

# Tools that check the scripts of pages; nothing of them is shipped.
$(NODE_STAMP): package.json package-lock.json
	npm ci --silent
	touch $(NODE_STAMP)

# Format, lint and types of the scripts of pages.
scripts: $(NODE_STAMP)
	$(NODE_BIN)/biome check
	$(NODE_BIN)/tsc
	$(NODE_BIN)/tsc --project tsconfig.worker.json

demo: $(RUNS)
	$(BIN)/kaihyo demo

# Before every commit: what needs no server and no browser and is quick, in about a minute and a half.
quick: setup
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports > /dev/null || $(BIN)/lint-imports
	$(BIN)/pytest --quiet --no-loadscope-reorder --numprocesses $(PROCESSES) -m 'not server and not slow' tests/unit

# What is counted as covered, in all four packages, is what the tests of units cover, and those of
# offices, which type their commands in the same process. They compute, the
# others wait for brokers, browsers and servers: beside each other, the others first, they use what the
# machine has. What the units say is printed when both are done.
COUNTED := tests/acceptance/test_moving.py tests/acceptance/test_offices.py
test: setup $(NODE_STAMP)
	node --test tests/javascript/
	@mkdir -p build && root=$$(mktemp -d "$${PYTEST_DEBUG_TEMPROOT:-$${TMPDIR:-/tmp}}/units.XXXXXX") && \
	{ PYTEST_DEBUG_TEMPROOT=$$root PYTEST_PLUGINS=tests.support.counted_lines \
		nice -n 5 $(BIN)/python -m $(TEST) $(PROCESSES) tests/unit $(COUNTED) > build/test-units.log 2>&1 & units=$$!; \
	$(BIN)/$(TEST) $(PROCESSES_WAITING) --ignore tests/unit $(COUNTED:%=--ignore %); others=$$?; \
	wait $$units; units=$$?; cat build/test-units.log; rm -rf "$$root"; \
	test $$others -eq 0 -a $$units -eq 0; }
	$(BIN)/python -m tests.support.coverage_floors

# What is too slow for every run: each property with 25 times the examples, whole sweeps of crashes, and
# tests/long. About an hour on two cores; when to run it: docs/CONTRIBUTING.md.
long: setup locked-install
	KAIHYO_LONG=1 $(BIN)/$(TEST) $(PROCESSES) --timeout 1800 -m 'property or long' tests/unit tests/contract \
		tests/acceptance/test_audit_crashes.py tests/acceptance/official/test_report.py \
		tests/kafka/test_chaos.py tests/long

check: setup scripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

# Exact versions of what runs, with a digest of every file; no index is named. See docs/dependencies.md.
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet uv
	build/lock/bin/uv pip compile --quiet pyproject.toml --constraint constraints.txt --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --no-emit-index-url --output-file build/requirements.lock
	(echo '# What runs, with exact versions and a digest of every file; no index is named. Written by `make lock`.' \
		&& cat build/requirements.lock) > requirements.lock

# Into an empty environment from the locked list alone: it starts there and stays small.
LOCKED := build/locked
LOCKED_MB_MAX := 300
locked-install:
	rm -rf $(LOCKED)
	$(PYTHON) -m venv $(LOCKED)
	$(LOCKED)/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(LOCKED)/bin/pip install --quiet --disable-pip-version-check --no-deps .
	$(LOCKED)/bin/pip check
	$(LOCKED)/bin/kaihyo --help > /dev/null
	@size=$$(du -sm $(LOCKED) | cut -f1); echo "installed: $$size MB of at most $(LOCKED_MB_MAX)"; \
		test $$size -le $(LOCKED_MB_MAX)
	rm -rf $(LOCKED)

bench: setup
	$(BIN)/python -m tests.benchmarks

clean:
	rm -rf $(VENV) build dist .data
