# Everything one can do here. It needs Python 3.11 or newer and nothing else.
#
#     make run PORT=8600                another port
#     make run PYTHON=python3.12        another Python, when the environment is made
#     make test CHROMIUM=/a/browser     another Chromium
#     make test TESTS=tests/test_x.py   some of the tests

PORT ?= 8501
TESTS ?= tests
PY := .venv/bin/python
RUN_LOCK := requirements.txt
DEV_LOCK := requirements.txt requirements-dev.txt

.PHONY: help run test check fix pictures prove bench bom audit upgrade clean

help: ## what one can do (this list)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

run: ## start the dashboard on 127.0.0.1, with a made-up company when there is no store
	@tools/ready_venv .venv $(RUN_LOCK)
	@$(PY) -m oversight demo --if-empty --access-events 20000
	@$(PY) -m streamlit run dashboard.py --server.port $(PORT)

test: ## everything: the checks, the tests in a browser, the queries on the next DuckDB
	@tools/ready_venv .venv $(DEV_LOCK)
	@tools/ready_venv .venv-duckdb2 requirements-duckdb2.txt
	@tools/ensure_chromium
	@$(MAKE) --no-print-directory check
	@CHROMIUM="$$(tools/ensure_chromium)" $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(TESTS)
	@tools/query_tests .venv-duckdb2

check: ## format, lint, types, floors and SQL; changes nothing
	@tools/ready_venv .venv $(DEV_LOCK)
	@tools/check

fix: ## format, mend what can be mended, write docs/reference, pin requirements*.in
	@tools/ready_venv .venv $(DEV_LOCK)
	@$(PY) -m ruff check --fix --exit-zero --quiet .
	@$(PY) -m ruff format --quiet .
	@$(PY) -m sqlfluff fix --nocolor queries || true
	@PYTHONPATH=. $(PY) tools/write_bank_holidays.py
	@PYTHONPATH=. $(PY) tools/write_reference.py
	@PYTHONPATH=. $(PY) tools/role_table.py
	@PYTHONPATH=. $(PY) tools/licences.py
	@tools/pin

pictures: ## every page in light, dark and narrow into .pictures, six into docs/pictures
	@tools/ready_venv .venv $(DEV_LOCK)
	@CHROMIUM="$$(tools/ensure_chromium)" $(PY) -m tests.pictures

SIZE ?= 1
PROOFS ?=
prove: ## the long proofs, into docs/reference/proofs; SIZE=0.1 is a short one
	@tools/ready_venv .venv $(DEV_LOCK)
	@$(PY) -m tests.prove $(SIZE) $(PROOFS)

bom: ## the bill of materials, CycloneDX, into .bom
	@tools/ready_venv .venv $(DEV_LOCK)
	@tools/bom

audit: ## are advisories known of what is pinned? says so when they cannot be reached
	@tools/ready_venv .venv $(DEV_LOCK)
	@tools/audit

BENCHES ?=
bench: ## what is measured, into docs/reference/figures; SIZE=0.1 is a short run
	@tools/ready_venv .venv $(DEV_LOCK)
	@$(PY) -m tests.bench $(SIZE) $(BENCHES)

upgrade: ## pin the newest of every package that has been out for a week
	@tools/ready_venv .venv $(DEV_LOCK)
	@tools/pin --upgrade

clean: ## remove the environments; nothing of yours
	rm -rf .venv .venv-duckdb2
