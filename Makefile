# Saisine. `make run` needs Python 3.11 or later, and nothing else.
.DEFAULT_GOAL := help
.PHONY: help run demo test quick check fix db-check migration routes translations css lock sbom audit bench clean
SHELL := /bin/sh
BIN := .venv/bin
ARGS ?=
# Paths may hold accents, which Python reads by the locale.
export LC_ALL := C.UTF-8
# Code stays compiled beside it: the tests start many processes, which would each compile it again.
export PYTHONDONTWRITEBYTECODE :=

help:  ## List what can be asked
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: .ready-run  ## Install, prepare an embedded database with invented data, serve on http://127.0.0.1:8000
	@exec $(BIN)/saisine serve

demo: run  ## The same

test: .ready-test check  ## Check, then run every test on SQLite, PostgreSQL and in a browser (ARGS="-k word")
	@exec $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

quick: .ready-dev  ## The rules, the rooms on SQLite and the house: in a minute, without browser nor PostgreSQL
	@exec $(BIN)/python -m pytest -n auto --dist worksteal -k "not postgresql" tests/rules tests/rooms tests/house $(ARGS)

check: .ready-dev  ## Read the code without running it: ruff, mypy, import-linter, djlint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet

fix: .ready-dev  ## Correct what can be corrected without thinking
	-$(BIN)/ruff check --fix
	$(BIN)/ruff format
# Templates are laid out by hand: a formatter moves spaces that are part of the page.

db-check: .ready-test  ## Compare the tables that migrations make with those of the code, on both databases
	@exec $(BIN)/python -m pytest tests/house/test_migrations.py $(ARGS)

migration: .ready-dev  ## Write the next revision of the tables: make migration m="what it does"
	@$(BIN)/python scripts/migration.py "$(m)"

routes: .ready-dev  ## Write the addresses that are kept, tests/house/routes.txt, and the rights of acts, docs/droits.md
	@$(BIN)/python scripts/routes.py && $(BIN)/python scripts/rights.py

translations: .ready-dev  ## Bring the catalogues up to date with the sentences of the code and the pages
	@$(BIN)/python scripts/translations.py

css:  ## Build the style sheet and the script again (needs Node)
	npm install --no-package-lock --no-fund --no-audit
	npm run build

lock: .ready-dev  ## Choose the newest libraries again, with their hashes
	@scripts/lock.sh

sbom: .ready-dev  ## Write the list of what the service is made of, build/sbom.cdx.json (CycloneDX 1.6)
	@$(BIN)/python scripts/sbom.py

audit:  ## Ask whether a locked library has a known vulnerability (needs the network and pip-audit)
	@scripts/audit.sh

bench: .ready-dev  ## Measure speed and memory
	@exec $(BIN)/python -m bench $(ARGS)

clean:  ## Remove what was installed and what tools keep; the data stay
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis node_modules

.PHONY: .ready-run .ready-dev .ready-test
.ready-run:
	@scripts/venv.sh run
.ready-dev:
	@scripts/venv.sh dev
.ready-test: .ready-dev
	@$(BIN)/python scripts/test_tools.py
