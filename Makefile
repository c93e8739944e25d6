# The developer's verbs. Everything runs from .venv, made from the locked and hashed requirements.
PYTHON ?= python3
PORT ?= 8080
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
PYTEST := $(BIN)/python -m pytest --numprocesses=logical --dist=worksteal

.PHONY: demo install test former release coverage test-long rest machine chaos check bench mutants api readme picture screenshots cards speech licences audit changelog lock clean

demo: .venv/.installed ## simulated platforms, a seeded company and the real bot on one address
	$(BIN)/python run.py demo --port $(PORT) $(if $(COMPANY),--company $(COMPANY))

install: .venv/.installed ## only the locked dependencies

test: .venv/.installed-dev check ## style, types and every test, on PostgreSQL too where SQL is spoken
	$(PYTEST) $(MEASURED)
	$(MAKE) former

former: .venv/.installed-dev ## the former release's tests on the tables of this checkout; FORMER=v0.1.0, or skip
	$(if $(filter skip,$(FORMER)),@echo "Not run: FORMER=skip",$(BIN)/python -m tests.former $(FORMER))

coverage: ## the same, and which lines and branches of each room the tests reach
	$(MAKE) test MEASURED="--cov --cov-report="
	$(BIN)/python -m tests.coverage

test-long: coverage rest ## every test: with coverage, then what that leaves out

rest: .venv/.installed-dev ## what `make test` leaves out: both databases everywhere, ten thousand steps; new seeds, or with SEED=777001 nothing drawn twice
	$(PYTEST) --extent=$(if $(SEED),once,rest) $(if $(SEED),--hypothesis-seed=$(SEED))

chaos: .venv/.installed-dev ## kills, cut connections, hostile platforms at full length, a line of counts each; NAME="kills timers" MINUTES=20 at most each
	$(BIN)/python -m tests.chaos $(NAME) $(if $(MINUTES),--minutes $(MINUTES))

machine: .venv/.installed-dev ## the state machine's ten thousand steps alone, in parts that share the workers
	$(PYTEST) --extent=rest $(if $(SEED),--hypothesis-seed=$(SEED)) tests/machine

check: .venv/.installed-dev ## style, types and who may import whom
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.installed-bench ## measured speed, and calls of the platforms; nothing here is asserted
	$(BIN)/python -m tests.bench

readme: .venv/.installed-dev ## renew the table of commands in both READMEs
	$(BIN)/python -m tests.docs.command_table

mutants: .venv/.installed-mutation ## which rules of planning/ no test holds; FILE=planning/... for one file, SAMPLE=24 of each
	$(BIN)/python -m tests.mutants $(FILE) $(if $(SAMPLE),--sample $(SAMPLE))

api: .venv/.installed-inputs ## inputs for the API drawn from its own description; EXAMPLES=300 of each operation
	$(BIN)/python -m tests.api_inputs --max-examples $(or $(EXAMPLES),300)

speech: .venv/.installed-training ## train the model of free speech anew from tests/free_speech/sentences, and print its scores
	$(BIN)/python -m tests.free_speech.train
	$(BIN)/python -m tests.free_speech

picture: .venv/.installed-dev ## draw docs/images/architecture.svg anew from its source
	$(BIN)/python -m tests.docs.picture

screenshots: .venv/.installed-dev ## take the pictures of the READMEs anew from the demo
	$(BIN)/python -m tests.docs.screenshots

cards: .venv/.installed-dev ## pictures of every kind of card on a phone, and how much stands above its buttons; DIR=folder
	$(BIN)/python -m tests.e2e.gallery $(DIR)

licences: .venv/.installed-dev ## write THIRD-PARTY-LICENSES.txt anew from the lock and what is installed
	$(BIN)/python -m tests.docs.licences

audit: ## known vulnerabilities of what is locked; needs internet (and pipx), so no test runs it
	pipx run pip-audit --strict --require-hashes --disable-pip -r requirements.lock

changelog: .venv/.installed-dev ## news/ into CHANGELOG.md: make changelog VERSION=0.2.0 (without VERSION only shown)
	$(BIN)/towncrier build $(if $(VERSION),--yes --version $(VERSION),--draft --version Unreleased)

release: .venv/.installed-dev ## version, CHANGELOG.md, commit and tag: make release VERSION=0.2.0 (docs/releasing.md)
	$(BIN)/python -m tests.docs.release $(VERSION)

lock: .venv/.installed-dev ## renew the lock files from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --prerelease if-necessary-or-explicit --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --extra traces \
	  --prerelease if-necessary-or-explicit --custom-compile-command "make lock" pyproject.toml \
	  -c requirements.lock -o requirements-traces.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --extra traces --group dev \
	  --prerelease if-necessary-or-explicit --custom-compile-command "make lock" pyproject.toml \
	  -c requirements-traces.lock -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --group mutation \
	  --prerelease if-necessary-or-explicit --custom-compile-command "make lock" \
	  -c requirements-dev.lock -o requirements-mutation.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --group training \
	  --prerelease if-necessary-or-explicit --custom-compile-command "make lock" \
	  -c requirements-dev.lock -o requirements-training.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --group inputs \
	  --prerelease if-necessary-or-explicit --custom-compile-command "make lock" \
	  -c requirements-dev.lock -o requirements-inputs.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --group bench \
	  --prerelease if-necessary-or-explicit --custom-compile-command "make lock" \
	  -c requirements-dev.lock -o requirements-bench.lock

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Tongpan needs Python 3.11 or newer: set PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock .venv/bin/python
	$(PIP) -r requirements.lock
	touch $@

.venv/.installed-dev: requirements-dev.lock .venv/bin/python
	$(PIP) -r requirements-dev.lock
	touch $@ .venv/.installed

.venv/.installed-mutation: requirements-mutation.lock .venv/.installed-dev
	$(PIP) -r requirements-mutation.lock
	touch $@

.venv/.installed-inputs: requirements-inputs.lock .venv/.installed-dev
	$(PIP) -r requirements-inputs.lock
	touch $@

.venv/.installed-bench: requirements-bench.lock .venv/.installed-dev
	$(PIP) -r requirements-bench.lock
	touch $@

.venv/.installed-training: requirements-training.lock .venv/.installed-dev
	$(PIP) -r requirements-training.lock
	touch $@

clean:
	rm -rf .venv
