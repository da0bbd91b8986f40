# The short front door: what a reader of the edition needs. What maintainers need is in workflow/maintain.mk, how the book
# is made in workflow/Snakefile, the environments in workflow/environment.mk.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
# The same where it is needed, for the make of macOS, which does not know the line above
STRICT := set -eu -o pipefail;
PYTHON ?= python3
CORES ?= 2
PORT ?= 8000
CHAPTER ?=
EDITION ?=
SWEEP ?=
YES ?=
PROFILE ?=
NAME ?=
AFTER ?=
EXHIBIT ?=
DIGEST ?=
FORM ?= pdf
WHEELS ?=
SAMPLE ?=
VENV := .venv
# Names of files go to commands by the environment, to the letter: make expands what a $ begins, a shell runs it
override EDITION := $(value EDITION)
override SWEEP := $(value SWEEP)
override PROFILE := $(value PROFILE)
override WHEELS := $(value WHEELS)
override EXHIBIT := $(value EXHIBIT)
override DIGEST := $(value DIGEST)
export EDITION SWEEP PROFILE WHEELS EXHIBIT DIGEST
# What a person's shell sets for other work must not reach the book: modules and start-up files of theirs, another profile,
# another language of messages, another place to install to; where packages come from is theirs to say
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONOPTIMIZE PYTHONWARNINGS SNAKEMAKE_PROFILE VIRTUAL_ENV CONDA_PREFIX MATPLOTLIBRC MPLBACKEND \
  $(filter-out %URL %INDEX %CERT %PROXY %CACHE_DIR %NO_CACHE %CONFIG_FILE %TIMEOUT %HOST %LINKS %MODE %OFFLINE %TLS %STRATEGY UV_INDEX_% %PROVIDER,\
    $(filter UV_% PIP_%,$(.VARIABLES)))
export PYTHONNOUSERSITE := 1
export IPYTHONDIR := $(CURDIR)/$(VENV)/ipython
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib
export LC_ALL := C.UTF-8
# Where a home cannot be written, what programs keep for the next time is kept here: Snakemake and uv do not start without
ifeq ($(shell kept="$${XDG_CACHE_HOME:-$$HOME/.cache}"; mkdir -p "$$kept" 2>/dev/null && [ -w "$$kept" ] && echo yes),)
export XDG_CACHE_HOME := $(CURDIR)/$(VENV)/cache
endif
RUN := PATH="$$PWD/$(VENV)/bin:$$PATH"
READY := $(VENV)/ready $(if $(PROFILE),$(VENV)/cluster/ready)
# On this machine with the notebooks' process at hand; on a cluster as the profile says
SNAKEMAKE := $(if $(PROFILE),env PYTHONPATH="$$PWD/$(VENV)/cluster",python -m edition.build.fork_client) \
  python -m edition.build.progress $(if $(PROFILE),--profile "$$PROFILE",--cores $(CORES))
# A sweep: computed here, or planned here and computed by the jobs of a cluster
SETS := python -m edition.build.sweep_run
MEANT = --cores $(CORES) $(if $(YES),--yes)
ON_CLUSTER = bash -eu -c '$(SETS) plan "$$SWEEP" $(MEANT); \
  $(SNAKEMAKE) --keep-going sweep \
  || { echo "Not every job ended well; the first error above says why. Run it again: what is done is kept." >&2; exit 1; }; \
  $(SETS) table "$$SWEEP"'
HOME_OF_EDITION := $$(if [ -n "$$EDITION" ]; then $(VENV)/bin/python -m edition.asking.editions; else echo _build; fi)
FOR_EDITION := $${EDITION:+ EDITION=$$(printf %q "$$EDITION")}
# Many processes import the same modules; without this, some systems compile them again in each
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help book serve watch editions ask verify lab sweep book-pdf book-epub form answers lite test clean

help:
	@grep -hE '^#:' $(MAKEFILE_LIST) | cut -c4-

#: make book       the book in _build/html; only what changed is done again
#:                 make book EDITION=editions/lower-bounds.yml: under other assumptions, in _build/editions/
book: $(READY)
	@$(STRICT) began=$$SECONDS; home=$(HOME_OF_EDITION); \
	$(RUN) python -m edition.build.lock "$$home" python -m edition.build.unchanged "$$home" $(SNAKEMAKE) \
	|| { echo "The book was not made; the first error above says why. The last good book is as it was." >&2; exit 1; }; \
	echo "The book is in $$home/html/index.html ($$((SECONDS - began)) s). To read it: make serve$(FOR_EDITION)"; \
	$(RUN) python -m edition.build.address

#: make serve      read the book at an address on this machine
serve: $(VENV)/ready
	@$(STRICT) home=$(HOME_OF_EDITION); \
	test -e "$$home/html/index.html" || { echo "There is no book yet: make book$(FOR_EDITION)" >&2; exit 1; }; \
	$(VENV)/bin/python -m edition.build.serve "$$home/html" "$(PORT)"

#: make watch      the book at an address, made again at each change of a text, the data or the code; the open page follows
watch: $(READY)
	@$(STRICT) home=$(HOME_OF_EDITION); \
	$(RUN) python -m edition.build.watch "$(PORT)" python -m edition.build.lock "$$home" \
	  $(if $(PROFILE),$(SNAKEMAKE),python -m edition.build.step progress --cores $(CORES))

#: make editions   every edition of editions/, each in its folder of _build/editions/
editions: $(VENV)/ready
	@for file in editions/*.yml; do echo "$$file"; $(MAKE) --no-print-directory book EDITION="$$file" || exit 1; done

#: make ask        one chapter asked otherwise, answered in one page of its own: make ask CHAPTER=table_1 largest=5
#:                 make ask: the chapters; make ask CHAPTER=table_1: what it assumes, and what else is allowed
ask: $(VENV)/ready
	@$(VENV)/bin/python -m edition.build.ask --make

#: make verify     whether a figure's data are those of a citation: make verify EXHIBIT=fig-answers DIGEST=084a60ca4693a32f
verify: $(VENV)/ready
	@$(RUN) python -m edition.build.verify "$$EXHIBIT" "$$DIGEST"

#: make lab        the chapters in JupyterLab: change the cell of parameters and run all cells
lab: $(VENV)/lab/ready
	@$(VENV)/lab/bin/jupyter trust notebooks/*.ipynb >/dev/null  # what make book runs anyway; untrusted, each sentence would stand there twice
	@$(VENV)/lab/bin/jupyter lab notebooks

#: make sweep      many parameter sets, one table: make sweep SWEEP=sweeps/refugees-1916.yml; goes on where it was stopped
sweep: $(READY)
	@[ -n "$$SWEEP" ] || { echo "SWEEP=sweeps/….yml is needed; there are: $(wildcard sweeps/*.yml)" >&2; exit 1; }
	@$(RUN) EDITION= python -m edition.build.lock _build/sweeps $(if $(PROFILE),$(ON_CLUSTER),$(SETS) all "$$SWEEP" $(MEANT))

#: make book-pdf   the whole book as PDF, published with the book; make book-epub: as EPUB
book-pdf: $(VENV)/forms/ready pango
	@$(MAKE) --no-print-directory form FORM=pdf

book-epub: $(VENV)/ready
	@$(MAKE) --no-print-directory form FORM=epub

form: $(VENV)/ready
	@$(STRICT) home=$(HOME_OF_EDITION); echo "Making the $(FORM) of the book"; \
	$(RUN) WEASYPRINT="$$PWD/$(VENV)/forms/bin/weasyprint" python -m edition.build.lock "$$home" \
	  python -m edition.build.fork_client python -m edition.build.progress $(FORM) --cores $(CORES) \
	|| { echo "The $(FORM) was not made; the first error above says why." >&2; exit 1; }; \
	$(MAKE) --no-print-directory book

#: make answers    the book with the answers of every chapter, so that a reader can change on a page what it assumes
answers: book
	@$(STRICT) home=$(HOME_OF_EDITION); $(RUN) python -m edition.build.lock $$home $(SNAKEMAKE) answers \
	|| { echo "The answers were not worked out; the first error above says why." >&2; exit 1; }
	@$(MAKE) --no-print-directory book

#: make lite       the book with a place in the browser to run its chapters (JupyterLite); needs npm and the network, once
#:                 where only package registries are reached: make lite WHEELS=registry
lite: book browser $(VENV)/lite/ready
	$(RUN) python -m edition.build.browser_copy $(if $(WHEELS),--wheels "$$WHEELS")
	@$(MAKE) --no-print-directory book

#: make test       every test, and what they need: that at once, as the book leaves a core idle at times
test: $(VENV)/ready
	@$(MAKE) --no-print-directory -j4 check book browser $(VENV)/cff/ready \
	|| { echo "Nothing was tested; the first error above says why." >&2; exit 1; }
	$(RUN) pytest

#: make clean      what is made again: book and environment; editions and results of sweeps too with YES=1
clean:
	@$(STRICT) kept=$$(ls -d _build/editions _build/sweeps 2>/dev/null || true); \
	if [ -z "$(YES)" ] && [ -n "$$kept" ]; then \
	  find _build -mindepth 1 -maxdepth 1 ! -name editions ! -name sweeps -exec rm -rf {} +; rm -rf .snakemake $(VENV); \
	  echo "Left, as they may be what you worked on: $$(echo $$kept). To remove them too: make clean YES=1"; \
	else rm -rf _build .snakemake $(VENV); fi

#:
#: What can be said to each, as in make book CORES=4:
#: CORES=2         how many steps at a time
#: CHAPTER=        name of a chapter's notebook, for ask; beside it its parameters, each with its value
#: EDITION=        file of an edition, for book, serve, watch, book-pdf, book-epub; without it the edition as it is published
#: SWEEP=          file of a sweep, for sweep; YES=1: as many sets are meant as it asks for
#: EXHIBIT= DIGEST=  for verify: id of a figure or a table, or a chapter's name, and what its citation gives after SHA-256
#: NAME= AFTER=    for chapter: what it is called, and the chapter that it follows, the last one without it
#: PROFILE=        folder with a profile of Snakemake, for book and sweep: on a cluster, PROFILE=workflow/profiles/slurm
#: PORT=8000       where serve and watch offer the book
#: PYTHON=python3  the Python, 3.11 to 3.13, that the environment in .venv is made with
#: FORM=pdf        pdf or epub, for form, which book-pdf and book-epub call
#: SAMPLE=         for mutate-code: how many changes are tried
#: WHEELS=         where lite takes Pyodide's wheels from, in place of what lite/sources.toml says
include workflow/environment.mk workflow/maintain.mk
