# The same commands for people and for CI. `make setup` first.
PYTHON ?= .venv/bin/python
export OMP_NUM_THREADS ?= 2

.PHONY: setup check test lint format train score app bench
setup:
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[test,browser,dev]'
check: lint test
test:
	$(PYTHON) -m pytest -n 2 -q
lint:
	.venv/bin/ruff check src tests app.py && .venv/bin/ruff format --check src tests app.py && .venv/bin/mypy
format:
	.venv/bin/ruff check --fix src tests app.py && .venv/bin/ruff format src tests app.py
train:
	$(PYTHON) -m wbp_check train
score:
	$(PYTHON) -m wbp_check score
app:
	$(PYTHON) -m wbp_check app
bench:
	$(PYTHON) benchmarks/check_time.py
