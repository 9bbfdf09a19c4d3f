# One target for each thing a contributor does. Each works on a machine with Python 3.11 and nothing else.
.PHONY: check test docs site bench accuracy

.venv/ready: pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install -q -e '.[dev]'
	touch $@

check: .venv/ready        ## lint, types, every rule's own examples
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/edlint test

test: .venv/ready         ## the tests
	.venv/bin/python -m pytest

docs: .venv/ready         ## write the reference pages and the reports of the examples anew
	.venv/bin/python -m tests.docs

site: .venv/ready         ## build the documentation into build/site
	.venv/bin/pip install -q -e '.[docs]'
	NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --strict --quiet -f .mkdocs.yml

bench: .venv/ready        ## how fast, printed
	.venv/bin/python -m tests.bench

accuracy: .venv/ready     ## how right, printed (needs the labelled data beside the checkout)
	.venv/bin/python -m tests.accuracy all
