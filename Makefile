PYTHON ?= python3

.PHONY: run test setup lint mutants requirements

run: setup
	.venv/bin/gunicorn app:server

setup:
	$(PYTHON) tools/setup.py

test:
	$(PYTHON) tools/setup.py --test
	.venv/bin/python -m pytest

lint:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

# not part of CI: would a test notice a wrong rule? `make mutants of=loader` for some modules
mutants:
	$(PYTHON) tools/setup.py --test
	.venv/bin/python -m tools.mutants $(of)

# after a change of pyproject.toml: names, versions and hashes, and no addresses
requirements:
	.venv/bin/python -m pip install --quiet uv
	for what in run test node mutants; do \
	  case $$what in run) from="pyproject.toml";; test) from="pyproject.toml --group test -c requirements/run.txt";; node) from="--group setup";; mutants) from="--group mutants -c requirements/test.txt";; esac; \
	  .venv/bin/uv pip compile $$from --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade -o requirements/$$what.txt; \
	done
