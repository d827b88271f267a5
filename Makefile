# Everything here works on a machine with Python 3.11+, make and git: each target sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1
# Compiled modules are kept, whatever the environment says: tests run hundreds of commands.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help site serve check test quality lint types layers bench fuzz shots words lock clean
help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(BIN)/journeybook: pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Journeybook needs Python 3.11 or newer; try make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(BIN)/journeybook requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

site: $(BIN)/journeybook ## Build the demo site into site/
	$(BIN)/journeybook build

serve: $(BIN)/journeybook ## Show the demo site while you edit maps/
	$(BIN)/journeybook serve

check: $(BIN)/journeybook ## Report every problem of the demo maps
	$(BIN)/journeybook check

LINKS := tests/browser/test_links.py
AFTER := tests/changes tests/diagrams tests/editor tests/exchange tests/walked
LINT := $(BIN)/ruff check generator tests bench hatch_build.py

# Three streams side by side: in the browser, then some rooms, so that this ends with the last of them; following links,
# which is mostly waiting; and all else.
test: $(VENV)/.dev ## Run all checks and tests
	$(BIN)/python tests/browser/find.py
	$(BIN)/python tests/node/find.py
	{ $(BIN)/python -m pytest tests/browser --ignore=$(LINKS); seen=$$?; \
	$(BIN)/python -m pytest $(AFTER) && exit $$seen; } & browser=$$!; \
	$(BIN)/python -m pytest $(LINKS) & links=$$!; \
	$(LINT) && $(BIN)/mypy && $(BIN)/lint-imports && \
	$(BIN)/python -m pytest --ignore=tests/browser $(AFTER:%=--ignore=%); rest=$$?; \
	wait $$browser; browser=$$?; wait $$links && exit $$((rest + browser))

quality: $(VENV)/.dev ## Judge speed with Lighthouse; the machine should have nothing else to do
	$(BIN)/python tests/browser/find.py
	$(BIN)/python tests/node/find.py
	JOURNEYBOOK_QUALITY=1 $(BIN)/python -m pytest -s tests/browser/test_lighthouse.py

lint: $(VENV)/.dev
	$(LINT)

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

SIZES ?= 10 100 1000
bench: $(VENV)/.dev ## Compare our build with stock Material, Zensical and Hugo (if installed); SIZES=10000 for more
	-$(BIN)/python -m pip install --quiet zensical # a peer like others: without it the rest is compared
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m bench.run --journeys $(SIZES) --keep

fuzz: $(VENV)/.dev ## Look for inputs that nobody thought of, ten minutes long; finds go to fuzz-finds/
	-$(BIN)/python -m pip install --quiet 'atheris>=2.3,<4' # without it nobody sees which lines inputs reach
	$(BIN)/python tests/fuzz/run.py --seconds 600

shots: $(VENV)/.dev ## Take pictures of each page kind in three widths, light and dark, into shots/
	$(BIN)/python tests/browser/shots.py

words: $(VENV)/.dev ## Renew the catalogues in theme/locale and say what is left to translate
	$(BIN)/python tests/catalogue.py

lock: $(VENV)/.dev ## Renew the lock files after changing dependencies in pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --extra build --extra dev --constraint requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## Remove what was built and set up
	rm -rf $(VENV) site .cache shots build dist examples/*/site examples/*/.cache tests/node/node_modules
