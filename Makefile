# Everything here needs Python 3.11 or newer, pip and a package index, nothing else.
# `make help` lists the targets. PYTHON picks the interpreter, PYTEST_ARGS goes to pytest,
# GATE_ARGS to gazette eval gate.

PYTHON ?= $(shell for p in python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
DEMO := .gazette/demo
QUESTION ?= When did Macron last call Putin?
PYTEST_ARGS ?=
GATE_ARGS ?=
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo chat test lint types unit format docs eval gate cold clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: needs Python 3.11 or newer; name it with PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --editable .
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	$(PIP) install --quiet --editable ".[dev]"
	@touch $@

install: $(INSTALLED) ## Make .venv and install Gazette into it

demo: $(INSTALLED) ## Index the sample archive and ask it a question in the terminal
	$(BIN)/gazette index examples/archive --store $(DEMO)
	$(BIN)/gazette ask "$(QUESTION)" --store $(DEMO)

chat: $(INSTALLED) ## Open the web page on the sample archive
	$(BIN)/gazette index examples/archive --store $(DEMO)
	$(BIN)/gazette chat --open --store $(DEMO)

test: lint types unit ## Run every check: ruff, mypy, pytest

lint: $(INSTALLED_DEV) ## Check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED_DEV) ## Check the types
	$(BIN)/mypy

unit: $(INSTALLED_DEV) ## Run the tests alone
	$(BIN)/python -m pytest --numprocesses auto $(PYTEST_ARGS)

format: $(INSTALLED_DEV) ## Rewrite the files in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(INSTALLED) ## Write docs/cli.md from the command line's own help
	$(BIN)/python -m ui.reference > docs/cli.md.new
	mv docs/cli.md.new docs/cli.md

eval: $(INSTALLED) ## Measure the answers on the golden questions
	$(BIN)/gazette eval run

gate: $(INSTALLED) ## Fail when a measure lies below its floor
	$(BIN)/gazette eval gate $(GATE_ARGS)

cold: demo ## Print what a cold start and a question cost on this machine
	$(BIN)/python examples/cold_start.py --store $(DEMO)

clean: ## Remove .venv, the demo's store and every cache
	rm -rf $(VENV) .gazette build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
