"""A sweep's file is taken though it is wrong, or a set is run twice, lost, or given another's results."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from edition.asking import notebook, request, sweeps
from edition.numbers.glue import GLUED, RESULTS
from invented.tables import load
from tests.conftest import ROOT, SNAKEMAKE, copy_paper, run

SOUND = "name: Mine\nsummary: What I ask.\n"
WRONG = [
    (SOUND, "chapters: "),
    (SOUND + "chapters: {}\n", "allowed: at least one chapter with parameters"),
    (SOUND + "chapters: {table_4: {grid: {largest: [2]}}}\n", "'table_4'"),
    (SOUND + "chapters: {verdicts: {grid: {largest: [2]}}}\n", "'verdicts'"),
    (SOUND + "chapters: {islanders: {grid: {largest: 2}}}\n", "largest: 2; allowed: a list of values"),
    (SOUND + "chapters: {islanders: {grid: {largest: [0]}}}\n", "'largest' is 0; allowed: a whole number from 1 to 2"),
    (SOUND + "chapters: {islanders: {grid: {larges: [2]}}}\n", "unknown parameter 'larges'"),
    (SOUND + "chapters: {islanders: {list: {largest: 2}}}\n", "allowed: a list of parameter sets"),
    (SOUND + "chapters: {islanders: {both: [1]}}\n", "allowed: grid (parameter: list of values) or list"),
    (SOUND + "chapters: {islanders: {list: [{largest: 1}, {largest: 1}]}}\n", "allowed: each parameter set once"),
    (SOUND + "sets: 3\nchapters: {}\n", "'sets'; allowed: name, summary, chapters"),
]  # fmt: skip
SMALL = SOUND + "chapters: {islanders: {grid: {scholar: [harrow, quill], largest: [2]}}}\n"
SWEEP = (*SNAKEMAKE, "--scheduler", "greedy", "--keep-going", "sweep")


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=[expected[:40] for _, expected in WRONG])
def test_a_wrong_file_is_taken(paper: Path, text: str, expected: str) -> None:
    file = paper / "mine.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(request.AskedError) as caught:
        sweeps.load(file)
    assert str(file) in str(caught.value) and expected in str(caught.value), caught.value


@pytest.mark.parametrize("file", sorted((ROOT / "sweeps").glob("*.yml")), ids=lambda file: file.stem)
def test_a_shipped_sweep_cannot_be_read(file: Path) -> None:
    assert sum(map(len, sweeps.load(file).sets.values())) > 1


def test_a_set_has_other_results_than_papermill_gives(paper: Path) -> None:
    given = notebook.defaults(paper / "notebooks" / "islanders.ipynb") | {"largest": 1, "bound": "lowest"}
    values = [word for name, value in given.items() for word in ("-p", name, str(value))]
    ours = run("python", "-m", "edition.build.sweep_set", "islanders", json.dumps(given), "set.json", cwd=paper)
    plain = run("papermill", "--cwd", "notebooks", "notebooks/islanders.ipynb", "plain.ipynb", *values, cwd=paper)
    assert ours.returncode == plain.returncode == 0, ours.stderr + plain.stderr
    cells = json.loads((paper / "plain.ipynb").read_text(encoding="utf-8"))["cells"]
    data_of = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    (expected,) = [shown[GLUED + RESULTS] for shown in data_of if GLUED + RESULTS in shown]
    record = json.loads((paper / "set.json").read_text(encoding="utf-8"))
    assert record == {"chapter": "islanders", "parameters": given, "results": expected}
    assert expected == {"sum-low": 1500, "sum-high": 1500}


def test_a_failed_set_leaves_no_record(paper: Path) -> None:
    told = run("python", "-m", "edition.build.sweep_set", "islanders", '{"largest": 0}', "set.json", cwd=paper)
    record = json.loads((paper / "set.json").read_text(encoding="utf-8"))
    assert "'largest' is 0; allowed:" in record["error"] and record["results"] == {}
    assert told.returncode == 0 and "islanders, largest 0: ParameterError" in told.stdout


def test_a_set_that_never_ends_stops_the_sweep(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = paper / "notebooks" / "islanders.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][-2]["source"], notebook["cells"][-2]["cell_type"] = "while True: pass", "code"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.setenv("NOTEBOOK_SECONDS", "8")
    run("python", "-m", "edition.build.sweep_set", "islanders", "{}", "set.json", cwd=paper)
    record = json.loads((paper / "set.json").read_text(encoding="utf-8"))
    assert record["error"] == "TimeoutError: it did not end within 8 s" and record["results"] == {}


def test_a_missing_sweep_is_told_as_a_usage() -> None:
    told = run("make", "sweep", cwd=ROOT)
    assert told.returncode and told.stderr.startswith("SWEEP=sweeps/….yml is needed; there are: sweeps/growth.yml")


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented paper, with a small sweep that was run."""
    edition = copy_paper(tmp_path_factory.mktemp("swept") / "paper")
    (edition / "sweeps").mkdir()
    (edition / "sweeps" / "mine.yml").write_text(SMALL, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SWEEP", "sweeps/mine.yml")
        done = run(*SWEEP, cwd=edition)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return edition


def test_a_sweep_evaluated_in_place_differs_from_one_that_is_run(swept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(swept)
    made = pd.read_parquet(swept / "_build" / "sweeps" / "mine" / "results.parquet")
    pd.testing.assert_frame_equal(made, sweeps.evaluate(sweeps.load(swept / "sweeps" / "mine.yml"), load()))


def test_a_sweep_mixes_its_sets(swept: Path) -> None:
    home = swept / "_build" / "sweeps" / "mine"
    table = pd.read_csv(home / "results.csv")
    assert set(table["scholar"]) == {"harrow", "quill"} and set(table["largest"]) == {2}
    assert table["error"].isna().all() and not table.duplicated(["scholar", "result"]).any()
    assert table.query("scholar == 'harrow'")["value"].to_list() == [2000, 2000]
    assert table.query("scholar == 'quill'")["value"].to_list() == [2400, 2600]
    pd.testing.assert_frame_equal(
        pd.read_parquet(home / "results.parquet")[["result", "value"]].astype({"result": object}),
        table[["result", "value"]].astype({"result": object}),
    )


def test_a_stopped_sweep_begins_anew(swept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = swept / "_build" / "sweeps" / "mine"
    kept, lost = sorted(home.glob("islanders/*.json"))
    before = kept.stat().st_mtime_ns
    text = (home / "results.csv").read_bytes()
    for path in (lost, *home.glob("results.*")):
        path.unlink()
    monkeypatch.setenv("SWEEP", "sweeps/mine.yml")
    again = run(*SWEEP, cwd=swept)
    assert again.returncode == 0, again.stdout[-2000:] + again.stderr[-2000:]
    assert kept.stat().st_mtime_ns == before, "a set that was done is run again"
    assert (home / "results.csv").read_bytes() == text


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("raise ValueError('no islander')", "ValueError: no islander"),
        (
            "import os; os.kill(os.getpid(), 9)",
            "ChildProcessError: its process ended before it kept anything, status 1, each time it was tried; memory may have run out",
        ),
    ],
    ids=["by an error", "killed"],
)
def test_a_failed_set_stops_the_others(swept: Path, monkeypatch: pytest.MonkeyPatch, fault: str, error: str) -> None:
    path = swept / "notebooks" / "islanders.ipynb"
    sound = path.read_text(encoding="utf-8")
    notebook = json.loads(sound)
    notebook["cells"][2]["source"] += ["\nif chosen.largest == 1:\n", f"    {fault}"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    (swept / "sweeps" / "other.yml").write_text(
        SOUND + "chapters: {islanders: {grid: {largest: [1, 2]}}}\n", encoding="utf-8"
    )
    monkeypatch.setenv("SWEEP", "sweeps/other.yml")
    assert run(*SWEEP, cwd=swept).returncode == 0
    table = pd.read_csv(swept / "_build" / "sweeps" / "other" / "results.csv")
    assert table.loc[table["largest"] == 1, "error"].to_list() == [error]
    assert len(table[table["error"].isna()]) == 2
    report = run("python", "-m", "edition.asking.sweeps", "report", "sweeps/other.yml", cwd=swept)
    assert report.returncode == 1 and "1 of 2 sets failed" in report.stderr and "largest 1," in report.stderr
    path.write_text(sound, encoding="utf-8")
    run("python", "-m", "edition.asking.sweeps", "ready", "sweeps/other.yml", cwd=swept)
    assert run(*SWEEP, cwd=swept).returncode == 0
    assert (
        run("python", "-m", "edition.asking.sweeps", "report", "sweeps/other.yml", cwd=swept).stdout == "2 sets done\n"
    )
