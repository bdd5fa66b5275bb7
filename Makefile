# Everything one does with the dashboard, on a machine with Python 3.11 to 3.13 (with venv) and make.
#
#   make run         the dashboard on 127.0.0.1:8501 (PORT=... changes it)
#   make test        lint and tests; REQUIRE_ALL=1 fails where a browser or a server is missing
#   make test-long   long campaigns
#   make bench       the benchmark, in a real browser
#   make lint        make format        make words (message catalogues)        make setup
#
# PYTHON=... names the Python that the environment is made with; VENV=... puts it elsewhere.

VENV ?= .venv
PORT ?= 8501
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c '$(SUPPORTED)' 2>/dev/null && echo $$p && break; done)
SUPPORTED = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
BIN := $(VENV)/bin

# The environment is stamped with the content of the requirements: a change installs, a checkout
# that only touches the files does not.
stamp = $(VENV)/$(1)-$(shell cat $(2) | cksum | cut -d ' ' -f 1)
FOR_RUNNING := $(call stamp,running,requirements.txt)
FOR_TESTING := $(call stamp,testing,requirements.txt tests/requirements.txt)

.PHONY: setup run test test-long lint format bench words readme

# An environment that was half made, lost its Python or has another one than asked for is made anew.
ifneq ($(origin PYTHON),file)
AS_ASKED := && test "$$($(BIN)/python -V)" = "$$($(PYTHON) -V)"
endif
ifneq ($(shell $(BIN)/python -c 'import pip' 2>/dev/null $(AS_ASKED) && echo whole),whole)
.PHONY: $(BIN)/python $(FOR_RUNNING) $(FOR_TESTING)
endif

setup: $(FOR_TESTING)

run: $(FOR_RUNNING)
	$(BIN)/python -m streamlit run dashboard.py --server.port $(PORT)

test: lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup

test-long: $(FOR_TESTING)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m long

lint: $(FOR_TESTING)
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	@# Its workers may leave warnings of Python's own behind.
	PYTHONWARNINGS=ignore $(BIN)/sqlfluff lint --processes 2 data queries

format: $(FOR_TESTING)
	$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format --quiet
	$(BIN)/sqlfluff fix --quiet data queries

bench: $(FOR_TESTING)
	PYTHONPATH=. $(BIN)/python tests/benchmarks/run.py

# What people read, out of the sources into every language's catalogue, for a translator to fill.
words: $(FOR_RUNNING)
	$(BIN)/python tests/catalogue.py

# The README's generated parts.
readme: $(FOR_RUNNING)
	$(BIN)/python tests/readme.py

$(FOR_RUNNING): | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@rm -f $(VENV)/running-*
	@touch $@

$(FOR_TESTING): | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@rm -f $(VENV)/running-* $(VENV)/testing-*
	@touch $@ $(FOR_RUNNING)

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'No Python 3.11, 3.12 or 3.13 was found. Install one, or name it: make PYTHON=...'; exit 1; }
	@$(PYTHON) -c '$(SUPPORTED)' || { echo '$(PYTHON) is not a Python 3.11, 3.12 or 3.13, which the dashboard needs.'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo '$(PYTHON) lacks venv. Install it (on Debian and Ubuntu: apt install python3-venv).'; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); echo 'The environment in $(VENV) could not be made.'; exit 1; }
