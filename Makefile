# The short front door. How the book is made stands in the Snakefile; this calls it and sets up what it needs.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
# The same where it is needed, for the make of macOS, which does not know the line above
STRICT := set -eu -o pipefail;
PYTHON ?= python3
CORES ?= 2
PORT ?= 8000
EDITION ?=
SWEEP ?=
PROFILE ?=
VENV := .venv
# Many processes import the same modules; without this, some systems compile them again in each
export PYTHONDONTWRITEBYTECODE :=
RUN := PATH="$(CURDIR)/$(VENV)/bin:$$PATH"
READY := $(VENV)/ready $(if $(PROFILE),$(VENV)/cluster/ready)
# On this machine with the notebooks' process at hand; on a cluster as the profile says
SNAKEMAKE := $(if $(PROFILE),env PYTHONPATH=$(CURDIR)/$(VENV)/cluster snakemake --profile $(PROFILE),python -m edition.build.fork_client snakemake --cores $(CORES))
# Puts what a lock names into an environment: by uv in seconds; by pip where uv cannot, say behind an index of pip's own
INSTALL = VIRTUAL_ENV=$(CURDIR)/$(1) $(VENV)/bin/uv pip install --quiet --compile-bytecode --require-hashes -r $(2) \
  || $(1)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $(2)

.PHONY: book book-pdf book-epub lite lite-licences sweep serve editions test test-whole test-forms test-lite test-cluster check screenshots pages baseline \
        readme hashes published mutate torture bench lock clean help

help:
	@grep -hE '^# make ' $(MAKEFILE_LIST) | cut -c3-

# make book       the book in _build/html; only what changed is done again
#                 make book EDITION=editions/lower-bounds.yml: under other assumptions, in _build/editions/
book: $(READY)
	@$(STRICT) began=$$SECONDS; home=$$($(VENV)/bin/python -m edition.asking.editions $(EDITION)); \
	$(RUN) python -m edition.build.lock $$home $(SNAKEMAKE) 2>&1 | while IFS= read -r line; do case "$$line" in \
	  *" steps ("*) echo "step $${line%% steps*}, $$((SECONDS - began)) s" ;; \
	  "Nothing to be done"*) echo "Nothing changed: nothing was executed." ;; \
	  "Select jobs"* | "Execute "* | "["*"]" | "Finished jobid"* | "Complete log"* | "Elapsed time"*) ;; \
	  *) echo "$$line" ;; esac; done \
	|| { echo "The book was not made; the first error above says why. The last good book is as it was." >&2; exit 1; }; \
	echo "The book is in $$home/html/index.html ($$((SECONDS - began)) s). To read it: make serve$(if $(EDITION), EDITION=$(EDITION))"

# make serve      read the book at an address on this machine
serve: $(VENV)/ready
	@$(STRICT) home=$$($(VENV)/bin/python -m edition.asking.editions $(EDITION)); \
	test -e $$home/html/index.html || { echo "There is no book yet: make book$(if $(EDITION), EDITION=$(EDITION))" >&2; exit 1; }; \
	echo "Read it at http://127.0.0.1:$(PORT)/ and stop with Ctrl-C"; \
	$(VENV)/bin/python -m http.server --bind 127.0.0.1 --directory $$home/html $(PORT)

# make editions   every edition of editions/, each in its folder of _build/editions/
editions: $(VENV)/ready
	@for file in editions/*.yml; do echo "$$file"; $(MAKE) --no-print-directory book EDITION=$$file || exit 1; done

# make sweep      many parameter sets, one table: make sweep SWEEP=sweeps/refugees-1916.yml; goes on where it was stopped
#                 on a cluster: make sweep SWEEP=… PROFILE=profiles/slurm
sweep: $(READY)
	@[ -n "$(SWEEP)" ] || { echo "SWEEP=sweeps/….yml is needed; there are: $(wildcard sweeps/*.yml)" >&2; exit 1; }
	@$(STRICT) began=$$SECONDS; $(VENV)/bin/python -m edition.asking.sweeps ready $(SWEEP); \
	SWEEP=$(SWEEP) EDITION= $(RUN) python -m edition.build.lock _build/sweeps $(SNAKEMAKE) \
	  --scheduler greedy --keep-going sweep 2>&1 | while IFS= read -r line; do case "$$line" in \
	  *" steps ("*) done=$${line%% of*}; all=$${line#*of }; all=$${all%% *}; passed=$$((SECONDS - began)); \
	    echo "$$done of $$all, $$passed s, about $$((passed * (all - done) / done)) s left" ;; \
	  "Select jobs"* | "Execute "* | "["*"]" | "Finished jobid"* | "Complete log"* | "Elapsed time"*) ;; \
	  *) echo "$$line" ;; esac; done \
	|| { echo "The sweep is not complete; the first error above says why. Run it again: what is done is kept." >&2; exit 1; }; \
	$(VENV)/bin/python -m edition.asking.sweeps report $(SWEEP)

# make book-pdf   the whole book as PDF, published with the book; make book-epub: as EPUB
book-pdf: $(VENV)/forms/ready
	@$(VENV)/forms/bin/python -m weasyprint --info >/dev/null 2>&1 || { echo "The PDF needs Pango; installing it" >&2; \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0 >/dev/null; } \
	  || { echo "Install it: apt-get install libpango-1.0-0 libpangoft2-1.0-0" >&2; exit 1; }; }
	@$(MAKE) --no-print-directory form FORM=pdf

book-epub: $(VENV)/ready
	@$(MAKE) --no-print-directory form FORM=epub

.PHONY: form
form: $(VENV)/ready
	@$(STRICT) home=$$($(VENV)/bin/python -m edition.asking.editions $(EDITION)); file=$$home/extras/kazakh-diaspora.$(FORM); \
	echo "Making $$file"; \
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" WEASYPRINT=$(CURDIR)/$(VENV)/forms/bin/weasyprint \
	  python -m edition.build.lock $$home python -m edition.build.fork_client snakemake $$file --cores $(CORES) --quiet all \
	|| { echo "$$file was not made; the first error above says why." >&2; exit 1; }; \
	$(MAKE) --no-print-directory book

# make lite       the book with a place in the browser to run its chapters (JupyterLite); needs npm and the network, once
#                 where only package registries are reached: make lite WHEELS=registry
lite: book $(VENV)/lite/ready
	$(RUN) python -m edition.build.browser_copy $(if $(WHEELS),--wheels $(WHEELS))
	@$(MAKE) --no-print-directory book

# make lite-licences  write lite/licences.csv again, after a change to what make lite takes
lite-licences: $(VENV)/lite/ready
	$(RUN) python -m edition.build.browser_copy licences $(if $(WHEELS),--wheels $(WHEELS))

# make test-lite  run a chapter in a browser, with no other host (minutes; runs weekly and before publishing)
test-lite: WHEELS := $(or $(WHEELS),registry)
test-lite: lite browser
	$(RUN) pytest -o addopts="" -q tests/lite.py

# make test       every test, and what they need: that at once, as the book leaves a core idle at times
test: $(VENV)/ready
	@$(MAKE) --no-print-directory -j4 check book browser $(VENV)/cff/ready \
	|| { echo "Nothing was tested; the first error above says why." >&2; exit 1; }
	$(RUN) pytest

# make test-whole  what make test asks of a few chapters, asked of the whole book (minutes; runs weekly and before publishing)
test-whole: book browser
	$(RUN) pytest -o addopts="" -q tests/whole.py

# make test-forms  the PDF and the EPUB, made and looked through (minutes; runs weekly and before publishing)
test-forms: $(VENV)/forms/ready
	@$(MAKE) --no-print-directory book-epub && $(MAKE) --no-print-directory book-pdf  # in turn: each builds in _build
	@command -v java >/dev/null && command -v pdftotext >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq default-jre-headless poppler-utils >/dev/null; } \
	  || { echo "The forms are tested with Java and Poppler: apt-get install default-jre-headless poppler-utils" >&2; exit 1; }
	$(RUN) pytest -o addopts="" -q tests/forms.py

# make test-cluster  a sweep and a book on a Slurm of this machine's own; needs Debian or Ubuntu, and root (ten minutes; runs weekly)
test-cluster: $(VENV)/ready $(VENV)/cluster/ready
	$(VENV)/bin/python -m tests.cluster

# make mutate     change every number of the data in turn and see that something notices (minutes; runs weekly)
mutate: $(VENV)/ready
	$(VENV)/bin/python -m tests.mutate

# make torture    kill the build at 20 random moments and see that the book stays whole (a quarter of an hour; runs weekly)
torture: $(VENV)/ready
	$(VENV)/bin/python -m tests.torture

# make bench      how long the book takes to make, beside Jupyter Book's own way, into benchmarks/ (an hour or more)
bench: $(VENV)/ready
	$(VENV)/bin/python -m benchmarks.building

.PHONY: browser
browser: $(VENV)/ready
	@$(VENV)/bin/python -m tests.browser

check: $(VENV)/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

# make screenshots  pictures of every page to look at, wide and narrow, light and dark, in _build/screenshots
screenshots: book browser
	$(VENV)/bin/python -m tests.screenshots

# make pages      measure the weight of every page again, into benchmarks/pages.csv
pages: book
	$(VENV)/bin/python -m benchmarks.pages

# make baseline   keep the outputs of the executed notebooks as the ones that make test compares with
baseline: book
	cp _build/book/notebooks/*.ipynb notebooks/

# make readme     write the README's table of exhibits again, from the executed notebooks
readme: book
	$(VENV)/bin/python -m edition.build.upkeep readme

# make hashes     write the sizes and hashes of the data files again, into datapackage.json
hashes: $(VENV)/ready
	$(VENV)/bin/python -m edition.build.upkeep hashes

# make published  add new ids to published.csv, the list of addresses that stay
published: $(VENV)/ready
	$(VENV)/bin/python -m edition.build.upkeep published

# make lock       the exact versions again, from pyproject.toml
lock: $(VENV)/ready
	$(VENV)/bin/uv pip compile --universal --generate-hashes --all-extras --no-header --no-annotate --no-emit-index-url \
	  --upgrade pyproject.toml -o requirements.lock
	$(VENV)/bin/uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 \
	  --upgrade --group forms -o forms.lock
	$(VENV)/bin/uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --upgrade --group lite -o lite/requirements.lock
	$(VENV)/bin/uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-deps \
	  --upgrade --group cluster -o cluster.lock

# make clean      everything made, the environment too
clean:
	rm -rf _build .snakemake $(VENV)

# cffconvert wants an older jsonschema than frictionless does, so it has an environment of its own
$(VENV)/cff/ready: tests/cffconvert.lock $(VENV)/ready
	@$(PYTHON) -m venv $(VENV)/cff
	@$(call INSTALL,$(VENV)/cff,tests/cffconvert.lock)
	@touch $@

# The PDF is set, and the EPUB checked, with what few need and is large
$(VENV)/forms/ready: forms.lock $(VENV)/ready
	@$(PYTHON) -m venv $(VENV)/forms
	@$(call INSTALL,$(VENV)/forms,forms.lock)
	@touch $@

# JupyterLite is needed by `make lite` alone
$(VENV)/lite/ready: lite/requirements.lock $(VENV)/ready
	@$(PYTHON) -m venv $(VENV)/lite
	@$(call INSTALL,$(VENV)/lite,lite/requirements.lock)
	@touch $@

# Snakemake finds its way to Slurm in a folder of its own, so that it looks for Slurm only when asked to
$(VENV)/cluster/ready: cluster.lock $(VENV)/ready
	@rm -rf $(VENV)/cluster
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps --target $(VENV)/cluster -r cluster.lock
	@touch $@

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed; $(PYTHON) is $$($(PYTHON) --version). Another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's venv module is missing; installing it" >&2; \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; } \
	  || { echo "Install it: apt-get install python3-venv" >&2; exit 1; }; }
	@echo "Setting up the environment in $(VENV), once"
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	@awk '/^[^ ]/ {uv = /^uv==/} uv' requirements.lock > $(VENV)/uv.lock
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock
	@$(call INSTALL,$(VENV),requirements.lock)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
