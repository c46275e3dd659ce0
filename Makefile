# What a newcomer and a build machine run; `make` alone lists it.

PYTHON ?= $(or $(shell command -v python3.11),python3)
VENV := .venv/bin
PIP_INSTALL := $(VENV)/python -m pip install --disable-pip-version-check --quiet
COMPILE := $(VENV)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command "make lock"

.PHONY: help install run test lint types checks databases bench screenshots lock clean
.NOTPARALLEL:

help: ## List what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: .venv/installed ## Prepare .venv and the system libraries that servicedesk runs on

run: .venv/installed ## Install, prepare the database and serve on 127.0.0.1:8000, or PORT
	@$(VENV)/python manage.py serve

test: lint types checks databases ## Lint, types, migrations, settings, then every test on both databases

lint: .venv/installed-tests ## Check the style of code and templates
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/djlint --lint --quiet templates

types: .venv/installed-tests ## Check the types strictly
	$(VENV)/mypy

checks: export DATABASE_URL = sqlite://:memory:
checks: .venv/installed-tests ## Check that migrations are complete and settings are fit for production
	$(VENV)/python manage.py makemigrations --check --dry-run
	$(VENV)/python manage.py check
	DEBUG=0 ALLOWED_HOSTS=servicedesk.example SECRET_KEY=for-this-check-alone-it-never-signs-anything-anywhere \
		$(VENV)/python manage.py check --deploy --fail-level WARNING

databases: .venv/installed-tests ## Run every test on SQLite and, where one answers, on PostgreSQL
	@.ci/databases

bench: .venv/installed-tests ## Measure the speed on generated data, SIZE incidents or a million
	@$(VENV)/python -m tests.bench --size $(or $(SIZE),1000000)

screenshots: .venv/installed-tests ## Take a picture of every page, wide, narrow and dark, into .cache/screenshots
	@$(VENV)/python -m tests.screenshots --only "$(ONLY)"

lock: .venv/installed-tests ## Choose the newest versions that pyproject.toml allows
	$(PIP_INSTALL) uv
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --group tests --constraint requirements.lock --output-file tests/requirements.lock

clean: ## Remove what make made; the database stays
	rm -rf .venv .static .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The marks say for which lock file the installation was finished.
.venv/installed: requirements.lock .ci/system-packages
	@PYTHON="$(PYTHON)" .ci/system-packages run
	@echo "Installing into .venv ..."
	@test -x $(VENV)/pip || $(PYTHON) -m venv .venv
	@$(PIP_INSTALL) --require-hashes --requirement requirements.lock
	@touch $@

.venv/installed-tests: tests/requirements.lock .venv/installed
	@.ci/system-packages tests
	@echo "Installing what the tests need ..."
	@$(PIP_INSTALL) --require-hashes --requirement tests/requirements.lock
	@touch $@
