# What maintainers of the edition need; included by the Makefile.

.PHONY: check sbom browser test-whole test-forms test-firefox test-lite test-cluster mutate mutate-code own-sources fuzz torture bench bench-scale pages screenshots accept \
        borders baseline readme explain hashes published totals chapter lite-licences lock

#:
#: For maintainers:
#: make check      style, types, the order of the rooms, the workflow
check: $(VENV)/ready $(VENV)/supply/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports
	$(VENV)/supply/bin/actionlint .github/workflows/*.yml
	$(VENV)/supply/bin/zizmor --offline --quiet .github/workflows

#: make sbom       what the edition is made with, as a bill of materials (CycloneDX) from the lock, in _build/sbom.cdx.json
sbom: $(VENV)/supply/ready
	@mkdir -p _build
	$(VENV)/supply/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o _build/sbom.cdx.json locks/requirements.lock

browser: $(VENV)/ready
	@$(VENV)/bin/python -m tests.browser

#: make test-whole  what make test asks of a few chapters, asked of the whole book, and what takes long (an hour; runs weekly and before publishing)
test-whole: answers browser $(VENV)/valid/vnu.jar
	$(RUN) pytest -o addopts="" -q tests/whole.py tests/valid.py
	$(RUN) pytest -o addopts="" -q -m weekly tests

#: make test-forms  the PDF and the EPUB, made and looked through (minutes; runs weekly and before publishing)
test-forms: $(VENV)/forms/ready
	@$(MAKE) --no-print-directory book-epub && $(MAKE) --no-print-directory book-pdf  # in turn: each builds in _build
	@command -v java >/dev/null && command -v pdftotext >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq default-jre-headless poppler-utils >/dev/null; } \
	  || { echo "The forms are tested with Java and Poppler: apt-get install default-jre-headless poppler-utils" >&2; exit 1; }
	$(RUN) pytest -o addopts="" -q tests/forms.py

#: make test-firefox  one page of each kind in Firefox (a few minutes; runs weekly and before publishing)
test-firefox: answers
	@command -v firefox-esr >/dev/null || command -v firefox >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq --no-install-recommends firefox-esr >/dev/null; } \
	  || { echo "The pages are looked at in Firefox: apt-get install firefox-esr" >&2; exit 1; }
	$(RUN) pytest -o addopts="" -q tests/firefox.py

#: make test-lite  run a chapter in a browser, with no other host (minutes; runs weekly and before publishing)
test-lite: WHEELS := $(or $(WHEELS),registry)
test-lite: lite browser
	$(RUN) pytest -o addopts="" -q tests/lite.py

#: make test-cluster  a sweep and a book on a Slurm of this machine's own; needs Debian or Ubuntu, and root (ten minutes; runs weekly)
test-cluster: $(VENV)/ready $(VENV)/cluster/ready
	$(VENV)/bin/python -m tests.cluster

#: make mutate     change every number of the data in turn and see that something notices (minutes; runs weekly)
mutate: $(VENV)/ready
	$(VENV)/bin/python -m tests.mutate

#: make mutate-code  change the code of the computing and the claims, and see that something notices; SAMPLE=80: as many, not all
#:                 (ten seconds each; 80 run weekly)
mutate-code: $(VENV)/ready
	$(VENV)/bin/python -m tests.mutate_code $(if $(SAMPLE),--sample $(SAMPLE))

#: make own-sources  sources of one's own, drawn by chance, against every exhibit and sentence that shows them (an hour; runs weekly)
own-sources: $(VENV)/ready
	$(VENV)/bin/python -m tests.own_sources

#: make fuzz       spoil the tables at random, each fault one that matters, and see that each is told in a line (minutes; runs weekly)
fuzz: $(VENV)/ready
	$(VENV)/bin/python -m tests.fuzz

#: make torture    kill the build at 20 random moments and see that the book stays whole (a quarter of an hour; runs weekly)
torture: $(VENV)/ready
	$(VENV)/bin/python -m tests.torture

#: make bench      how long the book takes to make, beside Jupyter Book's own way, into benchmarks/ (an hour)
bench: $(VENV)/ready
	$(VENV)/bin/python -m benchmarks.building

#: make bench-scale  how time and memory grow with the number of chapters, up to 360, into benchmarks/ (ten minutes)
bench-scale: $(VENV)/ready
	$(VENV)/bin/python -m benchmarks.scale

#: make pages      measure the weight of every page again, into benchmarks/pages.csv
pages: book
	$(VENV)/bin/python -m benchmarks.pages

#: make screenshots  pictures of every page to look at, wide and narrow, light and dark, in _build/screenshots
screenshots: book browser
	$(VENV)/bin/python -m tests.screenshots

#: make chapter    the module, the notebook and the line of a new chapter: make chapter NAME=germany AFTER=mongolia
chapter: $(VENV)/ready
	@$(VENV)/bin/python -m edition.build.skeleton "$(NAME)" --after "$(AFTER)"

#: make accept     all that follows a deliberate change: hashes, tables of borders, the book, stored outputs, the README's table,
#:                 new addresses, totals, the forms for Colab; what changed by it is told, to be read
accept: $(VENV)/ready
	@$(MAKE) --no-print-directory explain borders
	@$(MAKE) --no-print-directory baseline
	@$(VENV)/bin/python -m edition.build.upkeep readme published totals door
	@git status --short 2>/dev/null || true  # without a repository, without this list

#: make baseline   keep the outputs of the executed notebooks as the ones that make test compares with
baseline: book
	cp _build/book/notebooks/*.ipynb notebooks/
	@$(VENV)/bin/python -m edition.build.upkeep names
	@git diff --quiet -- data/names.csv || $(MAKE) --no-print-directory book
	cp _build/book/notebooks/*.ipynb notebooks/

#: make readme     write the README's table of exhibits again, from the executed notebooks
readme: book
	$(VENV)/bin/python -m edition.build.upkeep readme

#: make explain    write again what each notebook's cell of parameters says of them, and the edition's values
explain: $(VENV)/ready
	$(VENV)/bin/python -m edition.build.upkeep explain

#: make borders    what maps and chapters ask of borders again, into the small tables of data/geography
borders: hashes
	$(VENV)/bin/python -m edition.maps.prepare
	@$(MAKE) --no-print-directory hashes

#: make hashes     write the sizes and hashes of the data files again, into datapackage.json
hashes: $(VENV)/ready
	$(VENV)/bin/python -m edition.build.upkeep hashes

#: make published  add new ids to data/published.csv, the list of addresses that stay
published: $(VENV)/ready
	$(VENV)/bin/python -m edition.build.upkeep published

#: make totals     count again what the tests hold the edition against, into tests/totals.csv
totals: $(VENV)/ready
	$(VENV)/bin/python -m edition.build.upkeep totals

#: make lite-licences  write lite/licences.csv again, after a change to what make lite takes
lite-licences: $(VENV)/lite/ready
	$(RUN) python -m edition.build.browser_copy licences $(if $(WHEELS),--wheels "$$WHEELS")

#: make lock       the exact versions again, from pyproject.toml
COMPILE := $(VENV)/bin/uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade
lock: $(VENV)/ready
	$(COMPILE) --all-extras pyproject.toml -o locks/requirements.lock
	$(COMPILE) --group forms --python-version 3.11 -o locks/forms.lock
	$(COMPILE) --group lite -o locks/lite.lock
	$(COMPILE) --group lab -o locks/lab.lock
	$(COMPILE) --group supply -o locks/supply.lock
	$(COMPILE) --group cluster --no-deps -o locks/cluster.lock
