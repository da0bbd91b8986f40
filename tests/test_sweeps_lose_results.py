"""A sweep's file is taken though it is wrong, or a set is run twice, lost, or given another's results."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from frictionless import validate

from edition.asking import editions, request, sampling, sweep_table, sweeps
from edition.build import sweep_run
from edition.data.own_sources import FOLDER as ADDED
from edition.exhibits import stored
from edition.numbers import glue
from invented.tables import load
from tests.conftest import ROOT, SNAKEMAKE, copy_paper, each_in_turn, environment, run

SOUND = "name: Mine\nsummary: What I ask.\n"
GIVEN = "chapters: {islanders: {list: [{largest: 1}]}}\n"
WRONG = [
    (SOUND, "chapters: "),
    (SOUND + "chapters: {}\n", "allowed: at least one chapter with parameters"),
    (SOUND + "chapters: {table_4: {grid: {largest: [2]}}}\n", "'table_4'"),
    (SOUND + "chapters: {verdicts: {grid: {largest: [2]}}}\n", "'verdicts'"),
    (SOUND + "chapters: {islanders: {grid: {largest: 2}}}\n", "largest: 2; allowed: a list of values"),
    (SOUND + "chapters: {islanders: {grid: {largest: 2-1}}}\n", "largest: '2-1'; allowed: a list of values"),
    (SOUND + "chapters: {islanders: {grid: {largest: 1-3}}}\n", "'largest' is 3; allowed: a whole number from 1 to 2"),
    (SOUND + "chapters: {islanders: {grid: {largest: [0]}}}\n", "'largest' is 0; allowed: a whole number from 1 to 2"),
    (SOUND + "chapters: {islanders: {grid: {larges: [2]}}}\n", "unknown parameter 'larges'"),
    (SOUND + "chapters: {islanders: {list: {largest: 2}}}\n", "allowed: a list of parameter sets"),
    (SOUND + "chapters: {islanders: {both: [1]}}\n", "allowed: grid (parameter: list of values), list (of parameter"),
    (SOUND + "chapters: {islanders: {list: [{largest: 1}, {largest: 1}]}}\n", "allowed: each parameter set once"),
    (SOUND + "chapters: {islanders: {sample: many}}\n", "sample: 'many'; allowed: a whole number from 1"),
    (SOUND + "chapters: {islanders: {sample: 4, seed: -1}}\n", "seed: -1; allowed: a whole number from 0"),
    (SOUND + "chapters: {islanders: {sample: 4, within: {largest: [3]}}}\n", "'largest' is 3; allowed:"),
    (SOUND + "chapters: {islanders: {sample: 4, grid: {}}}\n", "allowed: grid (parameter: list of values), list"),
    (SOUND + GIVEN + "expected: all\n", "expected: 'all'; allowed: how many sets there are"),
    (SOUND + GIVEN + "edition: editions/none.yml\n", "edition: 'editions/none.yml'; allowed: the file of an edition"),
    (SOUND + GIVEN + "sources: none\n", "sources: 'none'; allowed: a folder, named from where this file lies"),
    (SOUND + GIVEN + "edition: e.yml\nsources: mine\n", "allowed: edition or sources, not both"),
    (SOUND + "sets: 3\nchapters: {}\n", "'sets'; allowed: name, summary, chapters, edition, sources, expected"),
]  # fmt: skip
SMALL = SOUND + "chapters: {islanders: {grid: {scholar: [harrow, quill], largest: [2]}}}\n"


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=[expected[:40] for _, expected in WRONG])
def test_a_wrong_file_is_taken(paper: Path, text: str, expected: str) -> None:
    file = paper / "mine.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(request.AskedError) as caught:
        sweeps.load(file)
    assert str(file) in str(caught.value) and expected in str(caught.value), caught.value


@pytest.mark.parametrize("file", sorted((ROOT / "sweeps").glob("*.yml")), ids=lambda file: file.stem)
def test_a_shipped_sweep_cannot_be_read(file: Path) -> None:
    assert sweeps.load(file).count > 1


def test_a_missing_sweep_is_told_as_a_usage() -> None:
    told = run("make", "sweep", cwd=ROOT)
    assert told.returncode and told.stderr.startswith("SWEEP=sweeps/….yml is needed; there are: sweeps/growth.yml")


def asked(edition: Path, chapters: str, name: str = "mine", more: str = "") -> sweeps.Sweep:
    """A sweep of the invented paper, written down and read."""
    file = edition / "sweeps" / f"{name}.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{SOUND}{more}chapters: {chapters}\n", encoding="utf-8")
    sweeps.load.cache_clear()
    return sweeps.load(file)


def swept(edition: Path, name: str = "mine", cores: int = 2) -> subprocess.CompletedProcess[str]:
    """A sweep of a copy of the invented paper, run."""
    return run(
        "python", "-m", "edition.build.sweep_run", "all", f"sweeps/{name}.yml", "--cores", str(cores), cwd=edition
    )


def table(edition: Path, name: str = "mine") -> pd.DataFrame:
    return pd.read_parquet(edition / "_build" / "sweeps" / name / "results.parquet")


def kept(edition: Path, name: str = "mine") -> Path:
    (file,) = (edition / "_build" / "sweeps" / name / "answers").glob("*/*.jsonl")
    return file


def faulty(edition: Path, when: str, fault: str) -> None:
    """Let the chapter's results do something else under some of its parameters."""
    path = edition / "src" / "invented" / "chapters" / "islanders.py"
    text = path.read_text(encoding="utf-8")
    head = '    """What `RESULTS` declares."""\n'
    assert head in text
    path.write_text(text.replace(head, f"{head}    if {when}:\n        {fault}\n"), encoding="utf-8")


def test_a_set_has_other_results_than_papermill_gives(paper: Path) -> None:
    asked(paper, "{islanders: {list: [{largest: 1, bound: lowest}]}}")
    values = ["-p", "largest", "1", "-p", "bound", "lowest"]
    plain = run("papermill", "--cwd", "notebooks", "notebooks/islanders.ipynb", "plain.ipynb", *values, cwd=paper)
    assert plain.returncode == 0 and swept(paper).returncode == 0, plain.stderr
    expected = glue.found(stored.outputs(paper / "plain.ipynb"), glue.RESULTS)
    assert table(paper).set_index("result")["value"].to_dict() == expected == {"sum-low": 1500, "sum-high": 1500}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented paper, with a small sweep that was run."""
    edition = copy_paper(tmp_path_factory.mktemp("swept") / "paper")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(edition)
        asked(edition, "{islanders: {grid: {scholar: [harrow, quill], largest: [2]}}}")
    result = swept(edition)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    return edition


def test_a_sweep_evaluated_in_place_differs_from_one_that_is_run(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(done)
    here = sweep_table.evaluate(sweeps.load(done / "sweeps" / "mine.yml"), load())
    pd.testing.assert_frame_equal(table(done), here)


def test_a_sweep_mixes_its_sets(done: Path) -> None:
    found = table(done)
    assert set(found["scholar"]) == {"harrow", "quill"} and set(found["largest"]) == {2}
    assert found["error"].isna().all() and not found.duplicated(["scholar", "result"]).any()
    assert found.query("scholar == 'harrow'")["value"].to_list() == [2000, 2000]
    assert found.query("scholar == 'quill'")["value"].to_list() == [2400, 2600]
    assert set(found["unit"]) == {"islanders"}


def test_a_table_does_not_say_what_it_holds(done: Path) -> None:
    home = done / "_build" / "sweeps" / "mine"
    report = validate(str(home / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    settings = json.loads(pq.read_schema(home / "results.parquet").metadata[b"sweep"])
    assert (
        settings["name"] == "Mine"
        and settings["version"]
        and settings["chapters"]["islanders"]["grid"]["largest"] == [2]
    )
    said = pd.read_csv(home / "summary.csv").set_index("result")
    assert said.loc["sum-low", ["unit", "low", "high", "moved_by"]].to_list() == ["islanders", 2000, 2400, "scholar"]
    assert said.loc["sum-high", "meaning"] == "sum of the largest islands, at the most"
    assert "| sum of the largest islands, at the least | islanders | 2,000 | 2,400 |" in (
        home / "summary.md"
    ).read_text("utf-8")


def test_a_column_loses_its_type_beside_another_chapter() -> None:
    """Of a sweep over two chapters the parameters of one are blank for the other, which made numbers of them text or floats."""
    sweep = sweeps.load(ROOT / "sweeps" / "growth.yml")
    parts = [(chapter, 0, ["ValueError: none"]) for chapter in sweep.sets]
    found = pd.concat([sweep_table.result_rows(sweep, part) for part in parts], ignore_index=True)
    kinds = {name: str(kind) for name, kind in found.dtypes.items()}
    assert kinds == sweep_table.columns(sweep)
    assert (kinds["last_wave"], kinds["growth_percent"], kinds["years"]) == ("Int64", "Float64", "Int64")
    assert found["years"].isna().to_list() == [True, False] and found["error"].notna().all()


def test_a_stopped_sweep_begins_anew(paper: Path) -> None:
    asked(paper, "{islanders: {grid: {scholar: [harrow, quill], largest: 1-2}}}")
    assert swept(paper, cores=1).returncode == 0
    sound, lines = table(paper), kept(paper).read_text(encoding="utf-8").splitlines(keepends=True)
    marked = [line.replace("2000.0", "2001.0") for line in lines[:3]]
    kept(paper).write_text("".join([*marked, lines[3][:5]]), encoding="utf-8")  # a line was cut off, one is missing
    again = swept(paper)
    assert again.returncode == 0, again.stderr
    differ = table(paper).compare(sound)
    assert len(differ) and set(differ["value"]["self"]) == {2001.0}, "a set that was done is run again"
    faulty(paper, "False", "pass")
    assert swept(paper).returncode == 0
    pd.testing.assert_frame_equal(table(paper), sound)  # the code is another one: what was kept counts for nothing


FAULTS = {
    "by an error": ("raise ValueError('no islander')", "ValueError: no islander"),
    "killed": (
        "import os; os.kill(os.getpid(), 9)",
        "ChildProcessError: its process was ended from outside, twice; memory may have run out",
    ),
    "for ever": ("while True: pass", "TimeoutError: it did not end within 2 s"),
}


@pytest.mark.parametrize("kind", each_in_turn(FAULTS, 3))
def test_a_failed_set_stops_the_others(paper: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    fault, error = FAULTS[kind]
    path = paper / "src" / "invented" / "chapters" / "islanders.py"
    sound = path.read_text(encoding="utf-8")
    faulty(paper, "chosen.largest == 1", fault)
    asked(paper, "{islanders: {grid: {largest: [1, 2], bound: [both, lowest]}}}")
    monkeypatch.setenv("NOTEBOOK_SECONDS", "2")
    told = swept(paper, cores=1)
    assert told.returncode == 1 and "2 of 4 sets failed" in told.stderr and "largest 1, " in told.stderr, told.stderr
    found = table(paper)
    assert found.loc[found["largest"] == 1, "error"].to_list() == [error] * 2
    assert found.loc[found["largest"] == 2, "error"].isna().all() and len(found) == 6
    path.write_text(sound, encoding="utf-8")
    again = swept(paper)
    assert again.returncode == 0 and "4 sets done" in again.stdout, again.stderr


def test_a_set_that_failed_is_not_tried_again(paper: Path) -> None:
    """As where memory ran out because of something else: the code is the same, and the set is to have its results."""
    faulty(paper, "chosen.largest == 1 and __import__('pathlib').Path('full').exists()", "raise MemoryError('full')")
    asked(paper, "{islanders: {grid: {largest: [1, 2]}}}")
    (paper / "full").touch()
    assert swept(paper).returncode == 1
    (paper / "full").unlink()
    assert swept(paper).returncode == 0
    assert table(paper)["error"].isna().all()


def test_a_set_that_is_killed_once_has_no_results(paper: Path) -> None:
    once = "__import__('pathlib').Path('once').touch(); __import__('os').kill(__import__('os').getpid(), 9)"
    faulty(paper, "chosen.largest == 1 and not __import__('pathlib').Path('once').exists()", once)
    asked(paper, "{islanders: {grid: {largest: [1, 2]}}}")
    told = swept(paper)
    assert told.returncode == 0 and table(paper)["error"].isna().all(), told.stderr


def test_a_process_outlives_the_sweep_that_was_killed(paper: Path) -> None:
    faulty(
        paper, "True", "import os, pathlib, time; pathlib.Path('pid').write_text(f'{os.getpid()}.'); time.sleep(600)"
    )
    asked(paper, "{islanders: {grid: {largest: [1, 2]}}}")
    command = ("python", "-m", "edition.build.sweep_run", "all", "sweeps/mine.yml")
    with subprocess.Popen(command, cwd=paper, env=environment(paper), stdout=subprocess.DEVNULL) as process:
        pid = until(lambda: (paper / "pid").exists() and (paper / "pid").read_text().removesuffix("."))
        process.send_signal(signal.SIGKILL)
    until(lambda: not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2])


def until(state, seconds: int = 60):
    """What a state gives once it is true."""
    began = time.monotonic()
    while not (found := state()):
        assert time.monotonic() - began < seconds
        time.sleep(0.1)
    return found


@pytest.mark.weekly
def test_jobs_of_a_cluster_give_another_table(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = done / "_build" / "sweeps" / "mine"
    files = {
        name: (home / name).read_bytes()
        for name in ("results.csv", "results.parquet", "summary.csv", "datapackage.json")
    }
    kept(done).unlink()
    monkeypatch.setenv("SWEEP", "sweeps/mine.yml")
    made = run(*SNAKEMAKE, "--config", "sets_per_job=100", "--", "sweep", cwd=done)
    assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
    written = run("python", "-m", "edition.build.sweep_run", "table", "sweeps/mine.yml", cwd=done)
    assert written.returncode == 0, written.stderr
    assert {name: (home / name).read_bytes() for name in files} == files
    (stamp,) = home.glob("jobs/*/*-*")
    planned = ("python", "-m", "edition.build.sweep_run", "plan", "sweeps/mine.yml")
    assert run(*planned, cwd=done).returncode == 0 and stamp.exists(), "a job that is done runs again"
    failed = kept(done).read_text(encoding="utf-8").replace("[0, [", '[0, "ValueError: none"]\n[9, [')
    kept(done).write_text(failed, encoding="utf-8")
    assert run(*planned, cwd=done).returncode == 0 and not stamp.exists(), (
        "a job with a set that failed is not run again"
    )


def test_a_sweep_of_many_sets_begins_unasked(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "MANY", 3)
    sets = "{islanders: {grid: {scholar: [harrow, quill], largest: 1-2}}}"
    with pytest.raises(
        request.AskedError, match=r"expected: 2; .*4 parameter sets .* about \d+ s .*allowed: expected: 4, or YES=1"
    ):
        sweep_run.plan(asked(paper, sets, more="expected: 2\n"), 1, meant=False)
    for sweep, meant in (
        (asked(paper, sets, more="expected: 2\n"), True),
        (asked(paper, sets, more="expected: 4\n"), False),
    ):
        assert "about " in sweep_run.plan(sweep, 1, meant)


def test_a_sweep_forgets_its_edition(paper: Path) -> None:
    (paper / "editions").mkdir()
    (paper / "editions" / "harrow.yml").write_text(f"{SOUND}everywhere: {{scholar: harrow}}\n", encoding="utf-8")
    sweep = asked(paper, "{islanders: {grid: {largest: 1-2}}}", more="edition: editions/harrow.yml\n")
    assert set(sweep.sets["islanders"]["scholar"]) == {"harrow"}
    given = asked(paper, "{islanders: {list: [{scholar: quill}]}}", more="edition: editions/harrow.yml\n")
    assert set(given.sets["islanders"]["scholar"]) == {"quill"}
    assert sweep_run.made_from(sweep, "islanders") != sweep_run.made_from(
        asked(paper, "{islanders: {grid: {largest: 1-2}}}"), "islanders"
    )


def test_a_sweep_forgets_a_source_of_one_s_own(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (ADDED, editions.CHOSEN):
        monkeypatch.setenv(name, "")
    table = paper / "sweeps" / "mine" / "estimates.csv"
    table.parent.mkdir(parents=True)
    table.write_text("", encoding="utf-8")
    sweep = asked(paper, "{islanders: {grid: {largest: 1-2}}}", more="sources: mine\n")
    before = sweep_run.made_from(sweep, "islanders")
    sweep.enter()
    assert os.environ[ADDED] == str(table.parent)
    table.with_name("sources.csv").write_text("id\n", encoding="utf-8")
    assert sweep_run.made_from(sweep, "islanders") != before


def test_a_sample_is_drawn_badly(paper: Path) -> None:
    """Of n sets of a Latin hypercube each lies in another n-th of the range of every parameter."""
    spaces = {"share": (0.0, 1.0), "count": range(1, 101), "form": ["a", "b"]}
    drawn = sampling.draw(spaces, 100, seed=3)
    assert sorted(int(100 * share) for share in drawn["share"]) == list(range(100))
    assert sorted(drawn["count"]) == list(range(1, 101)) and (drawn["form"] == "a").sum() == 50
    pd.testing.assert_frame_equal(drawn, sampling.draw(spaces, 100, seed=3))
    assert not drawn.equals(sampling.draw(spaces, 100, seed=4))
    sweep = asked(paper, "{islanders: {sample: 50, within: {bound: [both, lowest]}}}")
    assert set(sweep.sets["islanders"]["bound"]) == {"both", "lowest"} and set(sweep.sets["islanders"]["largest"]) == {
        1,
        2,
    }
    assert not sweep.sets["islanders"].duplicated().any() and sweep.sampled == {"islanders"}
    drawn_from_all = asked(paper, "{islanders: {sample: 50}}").sets["islanders"]
    assert set(drawn_from_all["bound"]) > {"both", "lowest"}
