# A sweep, with SWEEP=sweeps/….yml in the environment: every parameter set is a job of its own, so that a run that was
# stopped goes on where it was, on this machine or on a cluster. `make sweep` runs this.

import json

from snakemake.utils import Paramspace

from edition.asking import sweeps

SWEEP = sweeps.load(Path(os.environ["SWEEP"]))
SPACES = {
    chapter: Paramspace(sweeps.safe(sets), filename_params="*", single_wildcard="asked")
    for chapter, sets in SWEEP.sets.items()
}
GIVEN = {
    chapter: dict(zip(SPACES[chapter].instance_patterns, sets.to_dict("records"), strict=True))
    for chapter, sets in SWEEP.sets.items()
}
RETRIES = 2
RUNS = "edition.build.sweep_set"
CELL = f"python -m {RUNS} {{wildcards.chapter:q}} {{params.given:q}} {{output:q}}"


localrules:
    sweep,


rule cell:
    input:
        f"{HOME}/validated",
    output:
        f"{SWEEP.home}/{{chapter}}/{{asked}}.json",
    params:
        made_from=made_from(lambda chosen: dependencies.notebook(Path(f"notebooks/{chosen.chapter}.ipynb"), by=RUNS)),
        environment=ENVIRONMENT,
        given=lambda wildcards: json.dumps(GIVEN[wildcards.chapter][wildcards.asked]),
    group:
        "cells"
    retries: RETRIES
    resources:
        mem_mb=1000,
        runtime=10,
        attempt=lambda wildcards, attempt: attempt,
    shell:
        # One whose process is killed each time is a failed set like any other: the rest has its table.
        CELL + " || {{ status=$?; [ {resources.attempt} -gt {RETRIES} ] && " + CELL + " $status; }}"


rule sweep:
    input:
        # Asked for when it is wanted: on a cluster the job of each set reads this file, and is not this rule.
        lambda wildcards: [f"{SWEEP.home}/{chapter}/{asked}.json" for chapter, sets in GIVEN.items() for asked in sets],
    output:
        f"{SWEEP.home}/results.parquet",
        f"{SWEEP.home}/results.csv",
    params:
        file=lambda _: os.environ["SWEEP"],
    shell:
        "python -m edition.asking.sweeps write {params.file:q}"
