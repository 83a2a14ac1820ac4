# Needs a python3 (3.11 or newer) with venv and a package registry; everything else goes into $(VENV).
# PYTHON picks the interpreter that makes the environment, VENV its folder. uv is used where it is found.
PYTHON ?= python3
VENV ?= .venv
CASE ?= examples/ev-motor
ON ?= 2026-11-24
OUT ?= out/$(notdir $(CASE))

BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
PACKS := src/coercivity/packs

export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DELETE_ON_ERROR:
.PHONY: help setup run serve test test-all mutate check format bench docs screens wheel sbom lock clean

help:
	@echo 'setup    environment in $(VENV), again only after a change of the lock or of pyproject.toml'
	@echo 'run      the report of one case: CASE=$(CASE) ON=$(ON) OUT=$(OUT)'
	@echo 'serve    the screens in a browser, on this machine alone: ARGS="--port 8765"'
	@echo 'test     the tests, the costly ones sampled, three at once; ARGS="-k word" picks some, ARGS="-n 0" one after another'
	@echo 'test-all  every test whole; takes ARGS too'
	@echo 'mutate   changes of one line that no test notices: ARGS="--count 200 --seed 1 --rooms law,market"'
	@echo 'check    style, types, import direction, licences, rules, data'
	@echo 'format   rewrites the Python files in the house style'
	@echo 'bench    every script in benchmarks/'
	@echo 'docs     the docs site in site/, then the tests of the docs'
	@echo 'screens  pictures of every screen in out/screens/: ARGS="--only deal" takes some; needs Debian'"'"'s chromium'
	@echo 'wheel    dist/*.whl, and whether the packs are in it'
	@echo 'sbom     dist/coercivity.cdx.json: the software bill of materials of what users install (CycloneDX)'
	@echo 'lock     requirements.lock and requirements-sbom.lock again (needs uv)'

setup: $(STAMP)

# The lock brings every package with its hash, the build tool too, so the last line downloads nothing.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) tools/install.py $(VENV)
	@touch $@

run: setup
	$(BIN)/coercivity brief $(CASE) --on $(ON) --out $(OUT)

serve: setup
	$(BIN)/coercivity serve $(ARGS)

# Three workers for two processors: tests wait for servers and children. A worker takes whole files, in the order in which tests/conftest.py puts them.
PYTEST := $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

test: setup
	$(PYTEST) $(ARGS)

test-all: setup
	$(PYTEST) --whole $(ARGS)

# Tries changed copies of src, never the tree itself; a few seconds a mutant.
mutate: setup
	$(BIN)/python -m tests.mutation $(ARGS)

# Cheapest first.
check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/reuse lint --lines
	$(BIN)/mypy
	$(BIN)/coercivity rules check
	$(BIN)/coercivity data check --on $(ON)

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Names that begin with an underscore are helpers, not benchmarks.
bench: setup
	@set -e; found=; \
	for script in $(sort $(filter-out benchmarks/_%,$(wildcard benchmarks/*.py))); do \
	  found=1; name=$$(basename $$script .py); \
	  echo "== $$name"; $(BIN)/python -m benchmarks.$$name $(ARGS); \
	done; \
	test -n "$$found" || { echo 'no script in benchmarks/' >&2; exit 1; }

# The page of facts and the glossary come out of the program. The site goes to site/: strictly, so that a link that leads nowhere is a
# fault. Nothing is fetched, neither here nor by a browser that opens it; look at it with python -m http.server -d site.
docs: setup
	$(BIN)/coercivity facts --format markdown > docs/facts.md.new
	mv docs/facts.md.new docs/facts.md
	$(BIN)/coercivity glossary --format markdown > docs/glossary.md.new
	mv docs/glossary.md.new docs/glossary.md
	$(BIN)/zensical build --strict --clean
	$(BIN)/python -m pytest tests/docs

# Every screen, wide and narrow, light and dark, in both languages; the browser can reach nothing but the server.
screens: setup
	$(BIN)/python -m tests.web.browser.shots $(ARGS)

wheel: setup
	rm -rf dist
	$(BIN)/python -m hatchling build --target wheel
	@$(BIN)/python -c "import pathlib, sys, zipfile; \
	there = {p.relative_to('src').as_posix() for p in pathlib.Path('src/coercivity').rglob('*') if p.is_file() and '__pycache__' not in p.parts}; \
	wheel = next(pathlib.Path('dist').glob('*.whl')); \
	missing = sorted(there - set(zipfile.ZipFile(wheel).namelist())); \
	print(f'{wheel}: {len(there) - len(missing)} of {len(there)} files'); \
	sys.exit(bool(missing) or not there)"

# The tool has an environment of its own: it is needed once a release and brings thirty packages.
SBOM := $(VENV)-sbom

sbom: setup
	@test -x $(SBOM)/bin/cyclonedx-py || $(PYTHON) -m venv --clear $(SBOM)
	@$(SBOM)/bin/python -m pip install --quiet --require-hashes --requirement requirements-sbom.lock
	@mkdir -p dist build
	$(SBOM)/bin/cyclonedx-py environment $(BIN)/python --pyproject pyproject.toml --spec-version 1.6 --output-reproducible \
	  --output-format JSON --output-file build/environment.cdx.json
	$(BIN)/python -m tools.sbom build/environment.cdx.json > dist/coercivity.cdx.json
	@echo "dist/coercivity.cdx.json: $$(grep -c '"bom-ref"' dist/coercivity.cdx.json) entries"

# One lock for run and development, all systems, Python 3.11 and newer. It names no host and no folder.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --output-file requirements.lock
	echo 'cyclonedx-bom>=7.5,<8' | uv pip compile - --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --output-file requirements-sbom.lock
	@! grep -nE 'https?:|file:|/' requirements.lock requirements-sbom.lock

clean:
	rm -rf build dist out site .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
