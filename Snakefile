# How the book is made: what each thing is made from, and by which command. `make book` runs this.
#
#   data/*  ──validate──▶  notebooks/*  ──execute──▶  _build/book/  ──compile──▶  _build/html
#
# With EDITION=editions/lower-bounds.yml in the environment the same is made with that edition's parameters, in
# _build/editions/lower-bounds/.

import os
from pathlib import Path

import yaml

from edition import paper
from edition.asking import editions
from edition.build import attachments as extras, dependencies as needs, versions

EDITION = os.environ.get("EDITION", "")
VARIANT = editions.load(Path(EDITION)) if EDITION else None
HOME = editions.home(VARIANT)
ADDED = sorted(map(str, VARIANT.sources.glob("*.csv"))) if VARIANT and VARIANT.sources else []
ASKED = [EDITION, *ADDED] if EDITION else []

TOC = yaml.safe_load(Path("_toc.yml").read_text())
FILES = [TOC["root"], *(chapter["file"] for part in TOC["parts"] for chapter in part["chapters"])]
CHAPTERS = [name for name in FILES if name.startswith("notebooks/")]
PAGES = [f"{name}.md" for name in FILES if name not in CHAPTERS]
STATIC = sorted(str(path) for path in Path("_static").rglob("*") if path.is_file())
FIXED = ["_config.yml", "_toc.yml", *(name for name in ["references.bib"] if Path(name).exists()), *STATIC]

DATA = sorted(str(path) for path in Path("data").rglob("*") if path.suffix in {".csv", ".json", ".geojson"})
EXTRAS = [(extra.name, extra.stat().st_mtime) for extra in extras.made(Path(HOME))]


def relative(files):
    """Files as Snakemake is to name them: from the top of the edition."""
    return sorted(os.path.relpath(file) for file in files)


MADE_WITH = {".py", ".ttf", ".html", ".js", ".css"}
CODE = relative(path for folder in paper.code(Path.cwd()) for path in folder.rglob("*") if path.suffix in MADE_WITH)
FONTS = [path for path in CODE if "charts/fonts" in path]
LOCK, FORMS_LOCK = relative(Path(workflow.basedir, name) for name in ("requirements.lock", "forms.lock"))[::-1]


# The stamp says that a book was published; without the book it says nothing.
if not Path(HOME, "html/index.html").exists():
    Path(HOME, "published").unlink(missing_ok=True)


onstart:
    # A page or a picture that is no longer in the edition must not be in the book.
    book = Path(HOME, "book")
    known = {book / name for name in [*(f"{name}.ipynb" for name in CHAPTERS), *PAGES, *FIXED]}
    for path in sorted(book.rglob("*")):
        if path.is_file() and path not in known and path.relative_to(book).parts[0] not in {"_build", "exhibits"}:
            path.unlink()


localrules:
    all,
    validate,
    stage,


rule all:
    input:
        f"{HOME}/published",


rule validate:
    # First and alone, so that unsound data is told once, in its own words.
    priority: 100
    threads: workflow.cores
    input:
        DATA,
        CODE,
        LOCK,
        ASKED,
    output:
        f"{HOME}/validated",
    params:
        added=f"ADDED_SOURCES={VARIANT.sources} " if ADDED else "",
    shell:
        "{params.added}python -m edition.paper && touch {output}"


rule execute:
    input:
        # What this notebook is made from and nothing else: another chapter's code or table does not run it again.
        notebook="notebooks/{chapter}.ipynb",
        data=lambda chosen: relative(needs.data(Path(f"notebooks/{chosen.chapter}.ipynb"))),
        code=lambda chosen: relative(needs.code(Path(f"notebooks/{chosen.chapter}.ipynb"))),
        sweeps=lambda chosen: relative(needs.sweeps(Path(f"notebooks/{chosen.chapter}.ipynb"))),
        fonts=FONTS,
        lock=LOCK,
        edition=["CITATION.cff", "_config.yml", *ASKED],
    output:
        notebook=f"{HOME}/book/notebooks/{{chapter}}.ipynb",
        exhibits=directory(f"{HOME}/book/exhibits/{{chapter}}"),
    params:
        edition=f"--edition {EDITION}" if EDITION else "",
    resources:
        mem_mb=1500,
        runtime=10,
    shell:
        "python -m edition.build.execute {input.notebook} {output.notebook} --exhibits {output.exhibits} {params.edition}"


rule stage:
    # The pages that compute nothing stand beside the executed notebooks.
    input:
        "{page}",
    output:
        f"{HOME}/book/{{page}}",
    wildcard_constraints:
        page="|".join(map(re.escape, [*PAGES, *FIXED])),
    shell:
        "cp {input} {output}"


rule compile:
    input:
        f"{HOME}/validated",
        [f"{HOME}/book/{name}.ipynb" for name in CHAPTERS],
        [f"{HOME}/book/exhibits/{Path(name).name}" for name in CHAPTERS],
        [f"{HOME}/book/{name}" for name in [*PAGES, *FIXED]],
        CODE,
        LOCK,
        ASKED,
    output:
        f"{HOME}/published",
    params:
        home=HOME,
        commit=versions.commit(Path()),  # every page says it
        extras=EXTRAS,  # no input, or each would be made again with every book
        edition=f"--edition {EDITION}" if EDITION else "",
    resources:
        mem_mb=3000,
        runtime=30,
    log:
        f"{HOME}/compile.log",
    shell:
        "python -m edition.build.publish {params.home} {params.edition} > {log} 2>&1 && touch {output} || (tail -n 40 {log} >&2; exit 1)"


rule form:
    # The whole book as one file; `make book-pdf` and `make book-epub` ask for it.
    input:
        [f"{HOME}/book/{name}.ipynb" for name in CHAPTERS],
        [f"{HOME}/book/exhibits/{Path(name).name}" for name in CHAPTERS],
        [f"{HOME}/book/{name}" for name in [*PAGES, *FIXED]],
        CODE,
        LOCK,
        FORMS_LOCK,
        ASKED,
    output:
        f"{HOME}/extras/{paper.current().slug}.{{form}}",
    wildcard_constraints:
        form="pdf|epub",
    params:
        home=HOME,
        edition=f"--edition {EDITION}" if EDITION else "",
    resources:
        mem_mb=4000,
        runtime=60,
    log:
        f"{HOME}/{{form}}.log",
    shell:
        "python -m edition.forms {wildcards.form} {params.home} {params.edition} > {log} 2>&1 || (tail -n 40 {log} >&2; exit 1)"


if os.environ.get("SWEEP"):

    include: "sweeps.smk"
