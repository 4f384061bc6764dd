# Vestnik: what one does with a checkout. `make run` and `make test` need git, make and Python 3.11+.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
PIP_FLAGS := -qq --disable-pip-version-check

.PHONY: run test lint format bench lock screenshot clean
.DEFAULT_GOAL := run

run: $(VENV)/.installed
	@$(BIN)/vestnik run

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --cov --cov-report=term
	@$(BIN)/python -m coverage report --fail-under=90 --format=total \
		--include='summarizer/*,bot/archive/*' >/dev/null || \
		{ echo "The tests cover less than 90 % of summarizer and bot/archive." >&2; exit 1; }

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.installed-dev
	$(BIN)/python -m bench

# Made anew from pyproject.toml, for every supported Python and system at once.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--overrides requirements.overrides \
		--extra build pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--overrides requirements.overrides \
		--extra build --extra dev --constraint requirements.lock \
		pyproject.toml --output-file requirements-dev.lock

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Vestnik needs Python 3.11 or newer; install it, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON) …" >&2
	@$(PYTHON) -m venv $(VENV) >&2 || { rm -rf $(VENV); echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# Installing speaks on standard error, so that `printf '/latest\n' | make run` prints replies alone.
$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked dependencies (a minute, once) …" >&2
	@$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --require-hashes -r requirements.lock >&2
	@$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable . >&2
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what the tests need …" >&2
	@$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --require-hashes -r requirements-dev.lock >&2
	@touch $@

# The picture of the README: a real conversation with the bot on the samples.
screenshot: $(VENV)/.installed-dev
	$(BIN)/python -m bench screenshot
