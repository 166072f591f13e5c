# Concertation: `make run` to use it, `make test` to check it, `make help` for the rest.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
unexport PYTHONDONTWRITEBYTECODE # dozens of processes would compile the program anew
PIP := $(BIN)/pip --quiet --disable-pip-version-check

RUN_STAMP := $(VENV)/run.stamp
DEV_STAMP := $(VENV)/dev.stamp
NODE_STAMP := node_modules/.install.stamp
DIST := frontend/dist/.vite/manifest.json
FRONT_SOURCES := $(shell find frontend/src -type f 2>/dev/null) $(wildcard frontend/build/*.ts vite.config.ts tsconfig.json)
# The build gathers the icons that templates and Python name.
FRONT_SOURCES += $(shell grep -rl icon concertation --include="*.html" --include="*.py" 2>/dev/null)

.PHONY: help
help: ## List these targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(RUN_STAMP): requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Concertation needs Python 3.11 or newer; $(PYTHON) is %d.%d. Name another with: make PYTHON=python3.12" % sys.version_info[:2])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

$(DEV_STAMP): $(RUN_STAMP) requirements/dev.txt
	@$(PIP) install --no-compile --require-hashes -r requirements/dev.txt # much of it never runs
	@touch $@

$(NODE_STAMP): $(RUN_STAMP) package.json package-lock.json
	@npm ci --silent --no-progress --no-audit --no-fund
	@touch $@

$(DIST): $(NODE_STAMP) $(FRONT_SOURCES)
	@npm run --silent build

.PHONY: setup
setup: $(DEV_STAMP) $(DIST) messages ## Make the environment and build the front end, without starting anything.

.PHONY: messages
messages: $(RUN_STAMP)
	@$(BIN)/python tools/messages.py compile

PORT ?= 8000
BASE_URL ?= http://localhost:$(PORT)
export BASE_URL
.PHONY: run
run: $(RUN_STAMP) $(DIST) messages ## Start Concertation on 127.0.0.1 with the example coalition (PORT=8000).
	@exec $(BIN)/concertation serve --port $(PORT) --example examples/coalition-of-the-willing.toml

.PHONY: links
links: $(RUN_STAMP) ## Print a new single-use sign-in link for everybody in the database.
	@$(BIN)/concertation links

.PHONY: browser
browser: $(DEV_STAMP) $(filter programs,$(MAKECMDGOALS)) # not beside them: the system installs one thing at a time
	@$(BIN)/python tools/install_browser.py

.PHONY: programs
programs:
	@$(PYTHON) tools/install_programs.py

# Two at a time, as on the smallest machine that runs this; what each says is kept together where make can do so (4.0).
ABREAST := --no-print-directory --jobs=2 --keep-going $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
LINTS := types front-tests front-types front-style style layers templates words
.PHONY: lint $(LINTS) migrations
lint: setup ## Check style, types, layers, templates, messages and migrations, and test the front end.
	@$(MAKE) $(ABREAST) $(LINTS)
style:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
types:
	@$(BIN)/mypy --no-error-summary
layers:
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache
templates:
	@$(BIN)/djlint --quiet --lint concertation
words:
	@$(BIN)/python tools/messages.py check
migrations: types # both make the secret of a new data folder
	@$(BIN)/concertation makemigrations --check --dry-run --verbosity 0 || { echo "A model changed without its migration."; exit 1; }
front-types:
	@npm run --silent typecheck
front-style:
	@npm run --silent lint
front-tests:
	@npm test --silent >$(VENV)/vitest.log 2>&1 || { cat $(VENV)/vitest.log; exit 1; }

PYTEST := $(BIN)/python -m pytest -n 2
.PHONY: check on-sqlite on-postgres in-browsers
check: ## What CI runs: lint, then the suite on SQLite, on PostgreSQL and in browsers.
	@$(MAKE) $(ABREAST) programs setup browser
	@$(MAKE) --no-print-directory lint on-sqlite on-postgres in-browsers
on-sqlite:
	@$(PYTEST) --dist worksteal --ignore=tests/e2e
on-postgres:
	@$(BIN)/python tools/with_postgres.py $(PYTEST) --dist worksteal --ignore=tests/e2e
in-browsers:
	@$(PYTEST) --dist loadfile --no-loadscope-reorder tests/e2e

.PHONY: test
test: check ## Install what the tests need and run everything.

.PHONY: screenshots
screenshots: setup browser ## Take the pictures of the README from a meeting of its own.
	@$(BIN)/python tools/screenshots.py

.PHONY: bench
bench: setup browser ## Measure pages, start, live text, exports, agreement, negotiation, alignment, incidents… on this machine.
	@$(BIN)/python -m benchmarks.pages
	@$(BIN)/python -m benchmarks.weight
	@$(BIN)/python -m benchmarks.announcements
	@$(BIN)/python -m benchmarks.connections
	@$(BIN)/python -m benchmarks.start
	@$(BIN)/python -m benchmarks.live_text
	@$(BIN)/python -m benchmarks.agreed_language
	@$(BIN)/python -m benchmarks.exports
	@$(BIN)/python -m benchmarks.comparison
	@$(BIN)/python -m benchmarks.agreement
	@$(BIN)/python -m benchmarks.negotiation
	@$(BIN)/python -m benchmarks.alignment
	@$(BIN)/python -m benchmarks.incidents
	@$(BIN)/python -m benchmarks.kiel_import
	@$(BIN)/python -m benchmarks.coverage
	@$(BIN)/python -m benchmarks.briefing
