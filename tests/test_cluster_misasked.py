"""A cluster is asked for too little, for nothing in particular, or by a plugin that is not pinned."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from edition.asking import sweeps
from edition.build import sweep_run
from tests import cluster
from tests.conftest import ROOT

WORKFLOW = "".join((ROOT / "workflow" / name).read_text(encoding="utf-8") for name in ("Snakefile", "rules/sweep.smk"))
RULES = dict(re.findall(r"^rule (\w+):\n((?:    .*\n|\n)+)", WORKFLOW, re.M))
LOCAL = {name for block in re.findall(r"^localrules:\n((?:    .*\n)+)", WORKFLOW, re.M) for name in re.findall(r"\w+", block)}  # fmt: skip


@pytest.mark.parametrize("rule", sorted(set(RULES) - LOCAL))
def test_a_job_does_not_say_its_memory_or_its_time(rule: str) -> None:
    assert re.search(r"mem_mb=\d+", RULES[rule]) and re.search(r"runtime=.*\d+", RULES[rule])


def test_a_rule_that_runs_where_it_is_asked_for_does_not_exist() -> None:
    assert set(RULES) >= LOCAL and {"sets", "execute"} <= set(RULES) - LOCAL


def test_every_set_of_a_sweep_is_a_job_of_its_own_on_a_cluster() -> None:
    profile = yaml.safe_load((ROOT / "workflow" / "profiles" / "slurm" / "config.yaml").read_text(encoding="utf-8"))
    said = dict(setting.split("=") for setting in profile["config"])
    assert profile["executor"] == "slurm" and set(said) == set(re.findall(r'config\.get\("(\w+)"', WORKFLOW))
    sweep = sweeps.load(ROOT / cluster.SWEEP)
    assert sweep_run.jobs(sweep, 250) == {"concept": [(0, 200), (200, 400)]}
    assert sweep_run.jobs(sweep, int(said["sets_per_job"])) == {"concept": [(0, 400)]}


def test_the_plugin_is_not_pinned_or_the_lock_names_an_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "locks" / "cluster.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.strip())
    assert {entry.split("==")[0] for entry in entries} == set(project["dependency-groups"]["cluster"])
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|index-url|find-links", lock)


def test_the_sweep_for_a_cluster_is_one_job(tmp_path: Path) -> None:
    profile = yaml.safe_load((cluster.in_small_jobs(tmp_path) / "config.yaml").read_text(encoding="utf-8"))
    size = int(dict(setting.split("=") for setting in profile["config"])["sets_per_job"])
    assert len(sweep_run.jobs(sweeps.load(ROOT / cluster.SWEEP), size)["concept"]) == 4


def test_a_slurm_that_is_there_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = tmp_path / "slurm.conf"
    there.write_text("ClusterName=theirs\n", encoding="utf-8")
    monkeypatch.setattr(cluster, "CONFIGURATION", there)
    monkeypatch.setattr(cluster.os, "geteuid", lambda: 0)
    monkeypatch.setattr(cluster.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(SystemExit, match="a Slurm is configured here already"):
        cluster.install()
    assert there.read_text(encoding="utf-8") == "ClusterName=theirs\n"


def test_who_is_not_root_is_not_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=r"^make test-cluster .* needs Debian or Ubuntu, and root; here: user 1000"):
        cluster.install()
