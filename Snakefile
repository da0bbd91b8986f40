# How the book is made: what each thing is made from, and by which command. `make book` runs this.
#
#   data/*  ──validate──▶  notebooks/*  ──execute──▶  _build/book/  ──compile──▶  _build/html

from pathlib import Path

import yaml

TOC = yaml.safe_load(Path("_toc.yml").read_text())
FILES = [TOC["root"], *(chapter["file"] for part in TOC["parts"] for chapter in part["chapters"])]
CHAPTERS = [name for name in FILES if name.startswith("notebooks/")]
PAGES = [f"{name}.md" for name in FILES if name not in CHAPTERS]
STATIC = sorted(str(path) for path in Path("_static").rglob("*") if path.is_file())
FIXED = ["_config.yml", "_toc.yml", "references.bib", *STATIC]

DATA = sorted(str(path) for path in Path("data").rglob("*") if path.suffix in {".csv", ".json", ".geojson"})
CODE = sorted(str(path) for path in Path("src").rglob("*") if path.suffix in {".py", ".ttf", ".html"})
LOCK = "requirements.lock"

# The stamp says that a book was published; without the book it says nothing.
if not Path("_build/html/index.html").exists():
    Path("_build/published").unlink(missing_ok=True)


rule all:
    input:
        "_build/published",


rule validate:
    input:
        DATA,
        CODE,
        LOCK,
    output:
        "_build/validated",
    shell:
        "python -m analysis.data && touch {output}"


rule execute:
    input:
        notebook="notebooks/{chapter}.ipynb",
        validated="_build/validated",
        # Named one by one although `validated` stands for them: a change in any must run the notebook again.
        data=DATA,
        code=CODE,
        lock=LOCK,
        edition=["CITATION.cff", "_config.yml"],
    output:
        notebook="_build/book/notebooks/{chapter}.ipynb",
        exhibits=directory("_build/book/exhibits/{chapter}"),
    resources:
        mem_mb=1500,
        runtime=5,
    shell:
        "python -m analysis.execute {input.notebook} {output.notebook} --exhibits {output.exhibits}"


rule stage:
    # The pages that compute nothing stand beside the executed notebooks.
    input:
        "{page}",
    output:
        "_build/book/{page}",
    wildcard_constraints:
        page="|".join(map(re.escape, [*PAGES, *FIXED])),
    shell:
        "cp {input} {output}"


rule compile:
    input:
        [f"_build/book/{name}.ipynb" for name in CHAPTERS],
        [f"_build/book/exhibits/{Path(name).name}" for name in CHAPTERS],
        [f"_build/book/{name}" for name in [*PAGES, *FIXED]],
        CODE,
        LOCK,
    output:
        "_build/published",
    log:
        "_build/compile.log",
    shell:
        "python -m analysis.publish _build/book _build > {log} 2>&1 && touch {output} || (tail -n 40 {log} >&2; exit 1)"
