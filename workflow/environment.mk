# The environments, each set up once, from its lock, when something needs it; included by the Makefile.

# Says now and then that a step takes its time, until its shell ends
STILL = trap 'kill $$still 2>/dev/null' EXIT; { while sleep 20 >/dev/null 2>&1; do echo "still at work"; done; } & still=$$!

# Puts what a lock names into an environment: by uv in seconds; by pip where uv cannot, say behind an index of pip's own
INSTALL = VIRTUAL_ENV="$$PWD/$(1)" $(VENV)/bin/uv pip install --quiet --compile-bytecode --require-hashes -r $(2) \
  || $(1)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $(2)

# An environment knows where it lies: in a folder that was moved, renamed or copied it is set up again
MOVED := $(shell [ ! -e $(VENV)/ready ] || [ "$$(cat $(VENV)/ready)" = "$$(pwd -P)" ] || rm -f $(VENV)/ready $(VENV)/*/ready)

# Whoever comes second, while it is set up, waits
$(VENV)/ready: locks/requirements.lock pyproject.toml
	@$(PYTHON) src/edition/build/lock.py --wait _build/.environment env MAKEFLAGS=$(findstring n,$(firstword -$(MAKEFLAGS))) $(MAKE) --no-print-directory environment

.PHONY: environment
environment:
	@if [ $(VENV)/ready -nt locks/requirements.lock ] && [ $(VENV)/ready -nt pyproject.toml ]; then exit 0; fi; \
	$(MAKE) --no-print-directory anew

.PHONY: anew
anew: locks/requirements.lock pyproject.toml
	@case "$$(pwd -P)" in *['{}:"$$`\']*) \
	  printf '%s\n' 'The folder lies where a name has one of { } : " $$ ` \, which pip and setuptools misread; move it, or rename that: '"$$(pwd -P)" >&2; exit 1;; esac
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed; $(PYTHON) is $$($(PYTHON) --version). Another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's venv module is missing; installing it" >&2; \
	  package=python$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv; \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq "$$package" >/dev/null; } \
	  || { echo "Install it: apt-get install $$package" >&2; exit 1; }; }
	@echo "Setting up the environment in $(VENV), once"
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	@awk '/^[^ ]/ {uv = /^uv==/} uv' $< > $(VENV)/uv.lock
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock
	@$(STILL); $(call INSTALL,$(VENV),$<)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@pwd -P > $(VENV)/ready

# Environments of their own: cffconvert, which wants an older jsonschema than frictionless does; what sets the PDF and checks
# the EPUB, which few need and is large; JupyterLite, for `make lite` alone; what looks at the workflow and the locks
$(VENV)/cff/ready: locks/cffconvert.lock $(VENV)/ready
$(VENV)/forms/ready: locks/forms.lock $(VENV)/ready
$(VENV)/lite/ready: locks/lite.lock $(VENV)/ready
$(VENV)/supply/ready: locks/supply.lock $(VENV)/ready
$(VENV)/cff/ready $(VENV)/forms/ready $(VENV)/lite/ready $(VENV)/supply/ready:
	@$(PYTHON) -m venv $(@D)
	@$(STILL); $(call INSTALL,$(@D),$<)
	@touch $@

# JupyterLab runs the chapters with the edition's own Python, not with its own
$(VENV)/lab/ready: locks/lab.lock $(VENV)/ready
	@$(PYTHON) -m venv $(@D)
	@$(STILL); $(call INSTALL,$(@D),$<)
	@$(VENV)/bin/python -m ipykernel install --prefix $(@D) --name python3 >/dev/null
	@touch $@

# Snakemake finds its way to Slurm in a folder of its own, so that it looks for Slurm only when asked to
$(VENV)/cluster/ready: locks/cluster.lock $(VENV)/ready
	@rm -rf $(@D)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps --target $(@D) -r $<
	@touch $@

# The Nu validator, a package of npm that is one file; like the others it is what its lock says or nothing
$(VENV)/valid/vnu.jar: locks/vnu.sha256 | $(VENV)/ready
	@command -v npm >/dev/null && command -v java >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq --no-install-recommends npm default-jre-headless >/dev/null; } \
	  || { echo "Pages are validated with npm and Java: apt-get install npm default-jre-headless" >&2; exit 1; }
	@$(STRICT) lock=$$PWD/$<; read -r _ package < "$$lock"; mkdir -p $(@D); cd $(@D); \
	{ name=$${package%.tgz}; npm pack --silent "vnu-jar@$${name#vnu-jar-}" >/dev/null && sha256sum --quiet --check "$$lock"; } \
	  || { echo "Pages are not validated: $$package could not be fetched from npm's registry, or is not what locks/vnu.sha256 says" >&2; exit 1; }; \
	tar -xzf "$$package" --strip-components=3 package/build/dist/vnu.jar; rm "$$package"; touch vnu.jar

# What WeasyPrint sets type with, from the system
.PHONY: pango
pango: $(VENV)/forms/ready
	@$(VENV)/forms/bin/python -m weasyprint --info >/dev/null 2>&1 || { echo "The PDF needs Pango; installing it" >&2; \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0 >/dev/null; } \
	  || { echo "Install it: apt-get install libpango-1.0-0 libpangoft2-1.0-0" >&2; exit 1; }; }
