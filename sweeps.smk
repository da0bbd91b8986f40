# A sweep, with SWEEP=sweeps/….yml in the environment: every parameter set is a job of its own, so that a run that was
# stopped goes on where it was, on this machine or on a cluster. `make sweep` runs this.

import json

from snakemake.utils import Paramspace

from analysis import sweeps

SWEEP = sweeps.load(Path(os.environ["SWEEP"]))
SPACES = {
    chapter: Paramspace(sweeps.safe(sets), filename_params="*", single_wildcard="asked")
    for chapter, sets in SWEEP.sets.items()
}
GIVEN = {
    chapter: dict(zip(SPACES[chapter].instance_patterns, map(json.dumps, sets.to_dict("records")), strict=True))
    for chapter, sets in SWEEP.sets.items()
}


localrules:
    fingerprint,
    sweep,


rule fingerprint:
    # What every set depends on beside its notebook, in one small file.
    input:
        f"{HOME}/validated",
        DATA,
        CODE,
        LOCK,
    output:
        "_build/sweeps/made-from",
    shell:
        "sha256sum {input} > {output}"


rule cell:
    input:
        "notebooks/{chapter}.ipynb",
        "_build/sweeps/made-from",
    output:
        f"{SWEEP.home}/{{chapter}}/{{asked}}.json",
    params:
        given=lambda wildcards: GIVEN[wildcards.chapter][wildcards.asked],
    group:
        "cells"
    retries: 2
    resources:
        mem_mb=1000,
        runtime=10,
    shell:
        "python -m analysis.cell {wildcards.chapter} {params.given:q} {output:q}"


rule sweep:
    input:
        [f"{SWEEP.home}/{chapter}/{asked}.json" for chapter, sets in GIVEN.items() for asked in sets],
    output:
        f"{SWEEP.home}/results.parquet",
        f"{SWEEP.home}/results.csv",
    params:
        file=os.environ["SWEEP"],
    shell:
        "python -m analysis.sweeps write {params.file:q}"
