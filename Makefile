PYTHON ?= python3
# two at a time: a machine may have no more processors, and each starts its own server and browser
PYTEST = .venv/bin/python -m pytest -n 2 --dist loadgroup

.PHONY: run dev setup test quick bench chaos soak bom mutants lint requirements

run: setup
	.venv/bin/gunicorn app:server

# a start anew whenever code, a template, a sheet or data has changed
dev: setup
	RELOAD=1 .venv/bin/gunicorn app:server

setup:
	$(PYTHON) tools/setup.py

test:
	$(PYTHON) tools/setup.py --test
	$(PYTEST)

# without browser, live server and PostgreSQL: well under a minute
quick:
	$(PYTHON) tools/setup.py --quick
	$(PYTEST) -m "not browser and not server and not postgres and not slow"

# read ratios: times depend on the machine, and on what else it does
bench:
	$(PYTHON) tools/setup.py --test
	.venv/bin/python -m benchmarks.visits
	.venv/bin/python -m benchmarks.pages
	.venv/bin/python benchmarks/verdicts.py

lint:
	$(PYTHON) tools/setup.py --quick
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

# thousands of hostile requests, faults of store, disk and processes, and 250 loads killed anywhere, on both engines
kills = 250
chaos:
	$(PYTHON) tools/setup.py --test
	.venv/bin/python -m benchmarks.hostile
	.venv/bin/python -m benchmarks.chaos
	KILL_POINTS=$(kills) $(PYTEST) -q tests/test_killed.py -k killed_anywhere --dist load

# half an hour of readers on each engine, with loads, publishes and rollbacks between; `make soak minutes=5`
minutes = 30
soak:
	$(PYTHON) tools/setup.py --test
	.venv/bin/python -m benchmarks.soak --minutes $(minutes)

# every package that the dashboard runs with, with its licence, as CycloneDX
bom: setup
	.venv/bin/python -m tools.bom > var/bom.json

# not part of CI: would a test notice a wrong rule? `make mutants of=loader` for some modules
mutants:
	$(PYTHON) tools/setup.py --test
	.venv/bin/python -m tools.mutants $(of)

# after a change of pyproject.toml: names, versions and hashes, no addresses; test.txt is what comes on top of run.txt
UV = .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
# but for what only another implementation of Python takes from there
IN_RUN = $$(sed -n '/mplementation/!s/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements/run.txt)

requirements:
	.venv/bin/python -m pip install --quiet uv
	$(UV) --upgrade pyproject.toml -o requirements/run.txt
	$(UV) --upgrade pyproject.toml --group test -c requirements/run.txt $(IN_RUN) -o requirements/test.txt
	sed -i '1i -r run.txt' requirements/test.txt
	$(UV) --upgrade --group setup -o requirements/node.txt
	$(UV) --upgrade --group mutants -c requirements/run.txt -o requirements/mutants.txt
