"""Run a sweep and build a book on a real Slurm, set up on this machine alone: the same, byte for byte; a killed job is done again.

    python -m tests.cluster        # needs Debian or Ubuntu, and root; ten minutes

Slurm's daemons are children of this process and end with it; its configuration is taken away again.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from edition.asking import request, sweeps
from tests.conftest import ROOT, copy_paper, run
from tests.torture import BUILD, book

SWEEP = "tests/cluster.yml"
HOME = ROOT / "_build" / "sweeps" / request.slug(Path(SWEEP), sweeps.FOLDER)
TABLE = HOME / "results.csv"
PROFILE = ROOT / "workflow" / "profiles" / "slurm"
JOBS = "sets_per_job=100"  # four jobs, in place of one of the profile's
CONFIGURATION = Path("/etc/slurm/slurm.conf")  # jobs look for it here and nowhere else
SLURM = """\
ClusterName=edition
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SlurmdParameters=config_overrides
ReturnToService=2
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=3000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def said(*command: str) -> str:
    """What a command prints; empty if it fails or is not there."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return "" if result.returncode else result.stdout


def until(state: Callable[[], bool], what: str, seconds: int = 60) -> None:
    """Wait for something that has to come about."""
    began = time.monotonic()
    while not state():
        if time.monotonic() - began > seconds:
            sys.exit(f"{what}: not within {seconds} s")
        time.sleep(0.5)


def install() -> None:
    """Slurm and Munge, if they are not there; one clear error where that cannot be."""
    needs = "make test-cluster sets up Slurm on this machine: it needs Debian or Ubuntu, and root"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"{needs}; here: user {os.geteuid()}, apt-get {shutil.which('apt-get') or 'not found'}")
    if CONFIGURATION.exists():
        sys.exit(f"{CONFIGURATION}: a Slurm is configured here already; allowed: a machine without one")
    if not all(map(shutil.which, ("slurmctld", "slurmd", "munged"))):
        print("Installing slurm-wlm and munge", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        for command in ("update", "install -y --no-install-recommends slurm-wlm munge"):
            subprocess.run(["apt-get", "-qq", *command.split()], check=True, **quiet)


@contextlib.contextmanager
def daemon(*command: str, log: Path) -> Iterator[None]:
    """A daemon while the context lasts."""
    with log.open("w") as lines, subprocess.Popen(command, stdout=lines, stderr=lines) as process:
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


@contextlib.contextmanager
def slurm() -> Iterator[None]:
    """A Slurm of one machine with two CPUs, reached by the loopback alone."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="slurm-")))
        stack.callback(CONFIGURATION.unlink, missing_ok=True)
        host = socket.gethostname().split(".")[0]
        CONFIGURATION.write_text(SLURM.format(host=host, folder=folder), encoding="utf-8")
        if not said("munge", "-n"):
            door = Path("/run/munge")
            door.mkdir(exist_ok=True)
            shutil.chown(door, "munge", "munge")
            munged = ("runuser", "-u", "munge", "--", "munged", "--foreground")
            stack.enter_context(daemon(*munged, log=folder / "munged.log"))
            until(lambda: bool(said("munge", "-n")), "Munge answers")
        for name in ("slurmctld", "slurmd"):
            stack.enter_context(daemon(name, "-D", log=folder / f"{name}.log"))
        until(lambda: "idle" in said("sinfo", "-h", "-o", "%T"), "Slurm has a machine to run jobs on")
        stack.callback(said, "scancel", "-u", "root")
        yield


def sweep(*asked: str, meanwhile: Callable[[], None] = lambda: None) -> str:
    """`make sweep` to its end, something done meanwhile; all that it printed."""
    began = time.monotonic()
    command = ["make", "--no-print-directory", "sweep", f"SWEEP={SWEEP}", *asked]
    with tempfile.TemporaryFile("w+") as lines:
        with subprocess.Popen(command, cwd=ROOT, stdout=lines, stderr=subprocess.STDOUT) as process:
            meanwhile()
        lines.seek(0)
        printed = lines.read()
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{printed[-5000:]}")
    print(f"{' '.join(command)}: {time.monotonic() - began:.0f} s", flush=True)
    return printed


def on_slurm(edition: Path, *asked: str) -> tuple[str, ...]:
    """Snakemake in a copy of the invented paper, on Slurm."""
    code = f"PYTHONPATH={edition}/src:{ROOT}/src:{ROOT}/.venv/cluster"
    return (
        "env",
        code,
        "snakemake",
        "--snakefile",
        f"{ROOT}/workflow/Snakefile",
        "--profile",
        str(PROFILE),
        *asked,
    )


def in_small_jobs(folder: Path) -> Path:
    """The profile for Slurm in another folder, with fewer sets in a job."""
    text = (PROFILE / "config.yaml").read_text(encoding="utf-8")
    changed = re.sub(r"sets_per_job=\d+", JOBS, text)
    (folder / "config.yaml").write_text(changed, encoding="utf-8")
    return folder


def jobs() -> set[str]:
    """The numbers of Slurm's jobs, of those too that ended in the last five minutes."""
    return set(re.findall(r"JobId=(\d+)", said("scontrol", "--oneliner", "show", "jobs")))


def kill_one() -> None:
    """End the first job that has done a set and has not done all."""
    until(
        lambda: any("\n[" in file.read_text("utf-8") for file in HOME.glob("answers/*/*.jsonl")),
        "a set is done on Slurm",
        300,
    )
    job = said("squeue", "-h", "-t", "running", "-o", "%i").split()[0]
    subprocess.run(["scancel", "--signal=KILL", "--full", job], check=True)
    print(f"Slurm's job {job} killed", flush=True)


def same(table: bytes, run: str) -> None:
    """Exit unless the table in place is this one."""
    if TABLE.read_bytes() != table:
        sys.exit(f"{TABLE}: {run} gives another table than this machine alone")


def same_book() -> int:
    """Exit unless the invented paper built on Slurm is the book that this machine alone makes of it; how many files it has."""
    with tempfile.TemporaryDirectory() as folder:
        edition = copy_paper(Path(folder) / "paper")
        found = []
        for command in (BUILD, on_slurm(edition)):
            shutil.rmtree(edition / "_build", ignore_errors=True)
            began, before = time.monotonic(), jobs()
            result = run(*command, cwd=edition)
            printed, given = result.stdout + result.stderr, len(jobs() - before)
            if result.returncode:
                sys.exit(f"{' '.join(command)} failed:\n{printed[-5000:]}")
            print(f"a small book, {given} jobs on Slurm: {time.monotonic() - began:.0f} s", flush=True)
            found.append(book(edition))
    if not given:
        sys.exit(f"Slurm was given no job of the book:\n{printed[-5000:]}")
    if found[0] != found[1]:
        differ = sorted(name for name in found[0].keys() | found[1].keys() if found[0].get(name) != found[1].get(name))
        sys.exit(f"Slurm gives another book than this machine alone: {', '.join(differ)}")
    return len(found[0])


def main() -> None:
    """The same sweep here, on Slurm, and on Slurm with a job killed; the same book here and on Slurm."""
    install()
    shutil.rmtree(HOME, ignore_errors=True)
    sweep()
    table = TABLE.read_bytes()
    with slurm(), tempfile.TemporaryDirectory() as folder:
        profile = f"PROFILE={in_small_jobs(Path(folder))}"
        shutil.rmtree(HOME)
        printed = sweep(profile)
        if len(first := jobs()) < 2:
            sys.exit(f"Slurm was given {len(first)} jobs, not several:\n{printed[-5000:]}")
        same(table, "Slurm")
        shutil.rmtree(HOME)
        printed = sweep(profile, meanwhile=kill_one)
        if len(jobs() - first) <= len(first):
            sys.exit(f"the killed job was not done again:\n{printed[-5000:]}")
        same(table, "Slurm with a job killed")
        files = same_book()
    shutil.rmtree(HOME)
    lines = table.decode().count("\n")
    print(f"{lines} lines of the table, byte for byte the same: on this machine, on Slurm, on Slurm with a job killed")
    print(f"{files} files of a book, byte for byte the same: on this machine, on Slurm")


if __name__ == "__main__":
    main()
