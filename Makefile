# One target for each thing a contributor does. Each works on a machine with Python 3.11 and nothing else.
.PHONY: check test coverage newest lock docs site dist bench accuracy mutants

COVERED = matching filters session vale ruleset

.venv/ready: pyproject.toml .ci/requirements/dev.txt
	python3 -m venv .venv
	.venv/bin/pip install -q -r .ci/requirements/dev.txt
	.venv/bin/pip install -q --no-deps --no-build-isolation -e .
	touch $@

check: .venv/ready        ## lint, types, every rule's own examples
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/edlint test

test: .venv/ready         ## the tests
	.venv/bin/python -m pytest

coverage: .venv/ready     ## the tests, and the share of lines and branches that they take in the parts where a fault is hardest to see
	.venv/bin/pip install -q 'pytest-cov>=7,<8'
	.venv/bin/python -m pytest --cov-branch $(COVERED:%=--cov=edlint/%) --cov-report=term-missing:skip-covered

newest:                   ## the tests (or TESTS=…) against the newest versions of everything edlint needs
	python3 -m venv --clear build/newest
	build/newest/bin/pip install -q --upgrade -e '.[test]'
	build/newest/bin/python -m pytest $(TESTS)

lock:                     ## write .ci/requirements anew from pyproject.toml: newest versions, with hashes, for Python 3.11 to 3.14
	python3 -m venv build/lock
	build/lock/bin/pip install -q 'uv>=0.9,<1'
	for set in dev:dev test:test run:build release:release; do \
	  build/lock/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-package edlint --extra $${set#*:} --output-file .ci/requirements/$${set%:*}.txt pyproject.toml || exit 1; \
	done

docs: .venv/ready         ## write the reference pages and the reports of the examples anew
	.venv/bin/python -m tests.docs

site: .venv/ready         ## build the documentation into build/site
	.venv/bin/zensical build --strict -f .mkdocs.yml

dist:                     ## build what is published into dist, and check it
	rm -rf dist
	python3 -m venv --clear build/release
	build/release/bin/pip install -q -r .ci/requirements/release.txt
	build/release/bin/python -m build -q --no-isolation
	build/release/bin/twine check --strict dist/*
	build/release/bin/check-wheel-contents dist/*.whl
	build/release/bin/pyroma -n 8 dist/*.tar.gz  # of 10: the last two are for an e-mail address

bench: .venv/ready        ## how fast, printed
	.venv/bin/python -m tests.bench

accuracy: .venv/ready     ## how right, printed (needs the labelled data beside the checkout)
	.venv/bin/python -m tests.accuracy all

mutants: .venv/ready      ## small faults put into some modules: which do their tests not notice? (half an hour; MUTANTS=… are its options)
	.venv/bin/python -m tests.mutants $(MUTANTS)
