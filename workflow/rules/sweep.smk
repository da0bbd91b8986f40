# A sweep on a cluster, with SWEEP=sweeps/….yml in the environment: jobs of as many sets as the profile says. What each set
# gives is kept beside (`edition.build.sweep_run`), so that a job that is given again goes on where it was. On one machine
# `make sweep` computes the sets without jobs.

from edition.asking import sweeps
from edition.build import sweep_run

SWEEP = sweeps.load(Path(os.environ["SWEEP"]))
JOBS = sweep_run.jobs(SWEEP, int(config.get("sets_per_job", 1000)))


localrules:
    sweep,


rule sets:
    input:
        f"{HOME}/validated",
    output:
        touch(f"{SWEEP.home}/jobs/{{chapter}}/{{first}}-{{stop}}"),
    params:
        file=lambda _: os.environ["SWEEP"],
        made_from=lambda chosen: sweep_run.made_from(SWEEP, chosen.chapter),
    retries: 2
    resources:
        mem_mb=1000,
        runtime=int(config.get("minutes_per_job", 60)),
    shell:
        "python -m edition.build.sweep_run some {params.file:q} {wildcards.chapter:q} {wildcards.first:q} {wildcards.stop:q}"


rule sweep:
    input:
        # Asked for when it is wanted: on a cluster a job reads this file too, and is not this rule.
        lambda wildcards: [
            f"{SWEEP.home}/jobs/{chapter}/{first}-{stop}" for chapter, parts in JOBS.items() for first, stop in parts
        ],
