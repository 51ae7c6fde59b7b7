# Everything a contributor types. `make` alone lists the targets.

HOST ?= 127.0.0.1
PORT ?= 8000
# The first of these that is Python 3.11 or newer makes the virtual environment.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11 python
# More for uv, pytest or build, where a target says so.
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadgroup
CATALOGS := $(wildcard locale/*/LC_MESSAGES/django.po site/posync/locale/*/LC_MESSAGES/django.po)

# Exact versions with hashes for every platform; which index they came from is nobody else's business.
LOCK = $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links $(ARGS) pyproject.toml

# Biome is on npm alone. deno, from PyPI like all other tools, fetches it once and needs neither Node nor npm.
BIOME = DENO_DIR=$(CURDIR)/$(VENV)/deno DENO_NO_UPDATE_CHECK=1 $(BIN)/deno run --quiet --no-config --no-lock \
	--allow-all npm:@biomejs/biome@2.6.8
# Not for these styles: a property twice is a fallback for older browsers, and the order of rules is their subjects'.
BIOME_RULES = --error-on-warnings --skip=suspicious/noDuplicateProperties --skip=style/noDescendingSpecificity \
	--skip=complexity/noImportantStyles --skip=suspicious/noDocumentCookie

# A copy of the lock file inside the virtual environment says what is installed there: no change, no work.
define install
@cmp -s $(1) $(VENV)/$(1) || { \
	echo "Installing $(1); the first time takes a minute or two."; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(1) \
	&& cp $(1) $(VENV)/$(1); }
endef

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: site-dependencies catalogs ## Serve the site with its demo content on HOST and PORT
	$(MANAGE) build_demo --address http://$(HOST):$(PORT)
	$(MANAGE) runserver $(HOST):$(PORT)

.PHONY: test
test: test-site test-posync ## Run all tests on SQLite, or on what DATABASE_URL names

.PHONY: test-site
test-site: dev-dependencies system-packages catalogs
	$(PYTEST) $(ARGS)

.PHONY: test-posync
test-posync: dev-dependencies system-packages catalogs
	$(PYTEST) --ds tests.posync.settings tests/posync $(ARGS)

# pyenv hides all Pythons but one until it is told of them.
.PHONY: matrix
matrix: export PYENV_VERSION = $(shell pyenv versions --bare --skip-aliases 2>/dev/null | sort -rV | paste -sd: -)
matrix: dev-dependencies system-packages ## Test posync, as built, on every Python and Django; ARGS="--tags newest" for one
	$(BIN)/python -m nox --session tests $(ARGS)

.PHONY: bench
bench: dev-dependencies catalogs ## Measure the pipeline, the page cache and the pages (tests/benchmarks)
	$(BIN)/python -m pytest -o python_files='bench_*.py' tests/benchmarks $(ARGS)

.PHONY: soak
soak: dev-dependencies system-packages catalogs ## Try posync's contract on STEPS random steps; SEED repeats a run
	@export SEED=$${SEED:-$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')} STEPS=$${STEPS:-5000} \
	&& echo "To repeat it all: make soak SEED=$$SEED STEPS=$$STEPS. A test that failed: with SEED of its name and STEPS=1." \
	&& $(PYTEST) --ds tests.posync.settings -o python_files='soak_*.py' tests/posync/contract $(ARGS)

.PHONY: lighthouse
lighthouse: dev-dependencies catalogs ## Measure the pages with Lighthouse (npm), as on a phone
	$(BIN)/python -m pytest -o python_files='bench_*.py' tests/benchmarks/bench_lighthouse.py $(ARGS)

.PHONY: lint
lint: dev-dependencies ## Report what linters find in code, styles, scripts and prose, without touching a file
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/typos
	$(MAKE) --no-print-directory biome
	$(MAKE) --no-print-directory prose

.PHONY: biome
biome: dev-dependencies
	$(BIOME) lint $(BIOME_RULES) $(shell find home site -name '*.css' -o -name '*.js')

.PHONY: format
format: dev-dependencies ## Let ruff repair and format the code
	$(BIN)/python -m ruff check --fix
	$(BIN)/python -m ruff format

.PHONY: types
types: dev-dependencies ## Check posync's type hints with mypy
	$(BIN)/python -m mypy

.PHONY: reference
reference: dev-dependencies ## Write docs/posync/reference from the code
	PYTHONPATH=.:site $(BIN)/python docs/generate.py

.PHONY: prose
prose: $(BIN)/python ## Measure relative clauses in docstrings and comments
	$(BIN)/python tests/prose.py

.PHONY: check
check: export SECRET_KEY = $(shell od -An -N48 -tx1 /dev/urandom | tr -d ' \n')
check: dev-dependencies catalogs ## Run Django's checks, for development and for production
	$(MANAGE) check
	$(MANAGE) makemigrations --check --dry-run
	ALLOWED_HOSTS=www.example.org SITE_URL=https://www.example.org DATABASE_URL=sqlite://:memory: \
		POSYNC_ROOT=/srv/catalogs $(MANAGE) check --deploy --fail-level WARNING --settings config.settings.production

# The date of each run would be a change in every catalog.
.PHONY: messages
messages: dev-dependencies system-packages ## Collect interface strings into the catalogs (GNU gettext)
	$(MANAGE) makemessages --locale bg --locale en --no-location --no-wrap \
		--ignore dist --ignore media --ignore tests --ignore var
	@sed -i.bak '/^"POT-Creation-Date:/d' $(CATALOGS) && rm $(CATALOGS:=.bak)

.PHONY: lock
lock: dev-dependencies ## Write the lock files anew; ARGS=--upgrade takes newer versions
	$(LOCK) --group site --output-file requirements.txt
	$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt

# Weights that no style uses are a third of a font's bytes, letters that few pages use a quarter. The same weights and
# ranges are in site/static/css/fonts.css.
WEIGHTS := 400:740
RANGES_latin := U+0020-007E,U+00A0,U+00A7,U+00A9,U+00AB,U+00AD,U+00AE,U+00B0-00B3,U+00B7,U+00BB,U+00BD,U+00D7,U+2000-206F,U+20AC,U+2122,U+2212
RANGES_latin-more := U+00A1-00A6,U+00A8,U+00AA,U+00AC,U+00AF,U+00B4-00B6,U+00B8-00BA,U+00BC,U+00BE-00D6,U+00D8-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2191,U+2193,U+2215,U+FEFF,U+FFFD
RANGES_cyrillic := U+0301,U+040D,U+0410-044F,U+045D,U+2116
RANGES_cyrillic-more := U+0400-040C,U+040E-040F,U+0450-045C,U+045E-045F,U+0490-0491,U+04B0-04B1

.PHONY: fonts
fonts: $(BIN)/python ## Cut Sofia Sans to what the pages use (npm, PyPI)
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT \
	&& npm pack --silent --pack-destination "$$folder" @fontsource-variable/sofia-sans@5.3.0 \
	&& tar -xzf "$$folder"/*.tgz -C "$$folder" \
	&& $(BIN)/python -m venv "$$folder/venv" \
	&& "$$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check 'fonttools[woff]==4.68.0' \
	&& PATH="$$folder/venv/bin:$$PATH" && cut() { \
		fonttools varLib.instancer --quiet --no-recalc-timestamp "$$folder/package/files/sofia-sans-$$1-wght-$$2.woff2" \
			wght=$(WEIGHTS) --output "$$folder/$$1.woff2" \
		&& fonttools subset "$$folder/$$1.woff2" --layout-features='*' --flavor=woff2 --unicodes="$$4" \
			--output-file="site/static/fonts/sofia-sans-$$3-$$2.woff2"; } \
	&& for style in normal italic; do \
		cut latin $$style latin "$(RANGES_latin)" && cut latin $$style latin-more "$(RANGES_latin-more)" \
		&& cut cyrillic $$style cyrillic "$(RANGES_cyrillic)" \
		&& cut cyrillic $$style cyrillic-more "$(RANGES_cyrillic-more)" || exit 1; \
	done

.PHONY: wheel
wheel: dev-dependencies ## Build posync's wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation $(ARGS)

.PHONY: clean
clean: ## Remove what the targets above made; the database and the media stay
	rm -rf $(VENV) dist var .hypothesis .mypy_cache .nox .pytest_cache .ruff_cache $(CATALOGS:.po=.mo)
	find home site tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: site-dependencies
site-dependencies: $(BIN)/python
	$(call install,requirements.txt)

.PHONY: dev-dependencies
dev-dependencies: $(BIN)/python
	$(call install,requirements-dev.txt)

.PHONY: system-packages
system-packages:
	@.ci/system-packages

$(BIN)/python:
	@for python in $(PYTHON); do \
		if "$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec "$$python" -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "Python 3.11 or newer with its venv module is needed, and none of these is: $(PYTHON)." >&2; \
	echo "Name one with make PYTHON=/path/to/python; on Debian and Ubuntu: apt install python3-venv." >&2; \
	exit 1

.PHONY: catalogs
catalogs: $(CATALOGS:.po=.mo)

# Babel compiles the interface catalogs, so that GNU gettext is not needed to run the site; fuzzy entries stay out.
%.mo: %.po | $(BIN)/python
	@$(BIN)/python -m babel.messages.frontend --quiet compile --input-file $< --output-file $@
