"""A kernel that dies, a notebook that never ends, a second build or a full disk breaks what was good, or is not told plainly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from edition.build import execute, fork_client, intact, progress, publish
from tests.conftest import PAPER, ROOT, environment, run

PYTHON = sys.executable


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return tmp_path / "chapter.ipynb"


def write(path: Path, source: str) -> None:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=[new_code_cell(source)], metadata=kernel), path)


def warm(notebook: Path, target: Path) -> tuple[str, ...]:
    """The command that runs a notebook in the process at hand."""
    return (
        *["python", "-m", "edition.build.fork_client", "python", "-m", "edition.build.step", "execute"],
        str(notebook),
        str(target),
    )


def fails(notebook: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Run it over a good result; the message. The good result must be whole, and nothing left beside it."""
    target = notebook.with_name("out") / notebook.name
    target.parent.mkdir()
    target.write_text("the last good one", encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        execute.main([str(notebook), str(target)])
    assert target.read_text(encoding="utf-8") == "the last good one"
    assert [path.name for path in target.parent.iterdir()] == [notebook.name]
    return str(caught.value)


def test_a_kernel_dies(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(notebook, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    message = fails(notebook, capsys)
    assert message == f"{notebook}: its kernel died, for want of memory or by a signal; parameters: its own"


def test_a_kernel_of_the_warm_process_dies(notebook: Path, paper: Path) -> None:
    write(notebook, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    result = run(*warm(notebook, Path("out.ipynb")), cwd=paper)
    assert result.returncode == 1 and result.stderr.strip().endswith("parameters: its own"), result.stderr
    assert "its kernel died" in result.stderr and "Traceback" not in result.stderr


def test_a_notebook_writes_to_standard_error(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(notebook, "import sys\nprint('\\nthe font lacks it', file=sys.stderr)")
    message = fails(notebook, capsys)
    assert message == f"{notebook}, cell 1: it wrote to standard error, which is no part of a page: the font lacks it"


def test_a_notebook_warns(notebook: Path, paper: Path) -> None:
    write(notebook, "import warnings\nwarnings.warn('the font lacks it')")
    result = run(*warm(notebook, Path("out.ipynb")), cwd=paper)
    assert result.returncode == 1 and "UserWarning: the font lacks it" in result.stderr, result.stderr
    assert (
        result.stderr.startswith(f"{notebook}, cell 1: it wrote to standard error") and result.stderr.count("\n") == 1
    )
    assert not (paper / "out.ipynb").exists()


def test_an_error_of_the_warm_process_is_swallowed(paper: Path) -> None:
    asks = "from edition.build import fork_client; raise SystemExit(fork_client.ask('nothing'))"
    result = run("python", "-m", "edition.build.fork_client", "python", "-c", asks, cwd=paper)
    log = paper / "_build" / "errors.log"
    assert result.returncode == 1 and result.stderr == f"KeyError: 'nothing' (the whole of it is in {log})\n"
    assert log.read_text(encoding="utf-8").startswith("Traceback") and "KeyError: 'nothing'" in log.read_text(
        encoding="utf-8"
    )


def test_a_notebook_never_ends(
    notebook: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(execute.LIMIT, "4")
    write(notebook, "import time\ntime.sleep(600)")
    began = time.monotonic()
    message = fails(notebook, capsys)
    assert f"{notebook}: it did not end within 4 s; parameters: its own" in message and execute.LIMIT in message
    assert time.monotonic() - began < 60


def test_an_output_has_no_room_or_may_not_be_written(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(notebook, "1")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(notebook))

    monkeypatch.setattr(execute, "execute", full)
    with pytest.raises(SystemExit, match="No space left on device"):
        execute.main([str(notebook), "out.ipynb"])


def test_a_book_that_cannot_be_put_in_place_replaces_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, build = tmp_path / "first", tmp_path / "second", tmp_path / "build"
    for book in (first, second):
        book.mkdir()
        (book / "index.html").write_text(book.name, encoding="utf-8")
    publish.publish(first, build)

    def full(source: Path, target: Path, **_: object) -> None:
        (Path(target) / "index.html").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish.shutil, "copytree", full)
    with pytest.raises(OSError, match="No space left"):
        publish.publish(second, build)
    assert (build / "html" / "index.html").read_text(encoding="utf-8") == "first"
    monkeypatch.undo()
    publish.publish(second, build)
    assert (build / "html" / "index.html").read_text(encoding="utf-8") == "second"
    assert len(list((build / "books").iterdir())) == 1


def test_a_book_is_put_in_place_only_by_an_old_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From Python 3.12 on the path of a temporary folder is absolute, the command line's `_build` is not."""
    ours = tempfile.mkdtemp
    monkeypatch.setattr(tempfile, "mkdtemp", lambda **asked: str(Path(ours(**asked)).absolute()))
    monkeypatch.chdir(tmp_path)
    html = Path("page")
    html.mkdir()
    for words in ("first", "second"):
        (html / "index.html").write_text(words, encoding="utf-8")
        assert (publish.publish(html, Path("_build")) / "index.html").read_text(encoding="utf-8") == words
    assert len(list(Path("_build/books").iterdir())) == 1


def test_a_target_that_is_named_first_is_taken_for_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `make book-pdf` and `make book-epub` name theirs."""
    given: list[str] = []
    monkeypatch.setattr(progress.cli, "main", given.extend)
    monkeypatch.setattr(progress, "still_at_work", lambda: None)
    progress.main(["pdf", "--cores", "1"])
    _, known = progress.cli.parse_args(given)
    assert known.targets == ["pdf"]


def test_two_builds_work_in_one_folder(tmp_path: Path) -> None:
    alone = [PYTHON, "-m", "edition.build.lock", str(tmp_path)]
    with subprocess.Popen(
        [*alone, "sh", "-c", "echo begun; exec sleep 600"], stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None and first.stdout.readline() == "begun\n"
        second = subprocess.run([*alone, "true"], capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert second.stderr == f"{tmp_path}: another build is at work there; wait for it to end, or end it\n"
        os.system(f"pkill -KILL -P {first.pid}")
        first.kill()
    assert subprocess.run([*alone, "true"], check=False).returncode == 0, "a killed build keeps its lock"


def test_a_lock_ends_while_the_build_still_runs(tmp_path: Path) -> None:
    alone = [PYTHON, "-m", "edition.build.lock", str(tmp_path)]
    with subprocess.Popen([*alone, "sh", "-c", "echo $$; exec sleep 600"], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        child = int(first.stdout.readline())
        first.kill()
        first.wait()
        try:
            assert subprocess.run([*alone, "true"], capture_output=True, check=False).returncode == 1
        finally:
            os.kill(child, 9)


def test_a_folder_that_cannot_be_made_is_told_by_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = subprocess.run(
        [PYTHON, "-m", "edition.build.lock", str(tmp_path / "file"), "true"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1 and result.stderr.startswith(f"{tmp_path / 'file'}: cannot be written to")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("killed", ["the whole run", "one job"])
def test_a_kernel_outlives_what_was_killed(killed: str, notebook: Path) -> None:
    """Kernels of a killed sweep lived on for minutes: a fork of the warm process is nobody's child."""
    kernel, job = notebook.with_name("kernel"), notebook.with_name("job")
    write(
        notebook,
        f"import os, pathlib, time\npathlib.Path({str(kernel)!r}).write_text(str(os.getpid()) + '.')\ntime.sleep(600)",
    )
    command = f"python -m edition.build.step execute {notebook} {notebook}.out & echo $!. > {job}; wait; exec sleep 600"
    with subprocess.Popen(
        [PYTHON, "-m", "edition.build.fork_client", "sh", "-c", command],
        cwd=PAPER, env=environment(PAPER), start_new_session=True, stderr=subprocess.DEVNULL,
    ) as run:  # fmt: skip
        try:
            pid, job_pid = written(kernel), written(job)
            assert lives(pid)
            if killed == "one job":
                os.kill(job_pid, signal.SIGKILL)
            else:
                os.killpg(run.pid, signal.SIGKILL)
            until(lambda: not lives(pid))
        finally:
            os.killpg(run.pid, signal.SIGKILL)


def written(file: Path) -> int:
    """The process id that a file will hold, with a full stop after it."""
    until(lambda: file.exists() and "." in file.read_text(encoding="utf-8"))
    return int(file.read_text(encoding="utf-8").split(".")[0])


def lives(pid: int) -> bool:
    """Whether a process is there and has not ended; one that only waits to be reaped has no command line."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


def until(state: Callable[[], bool]) -> None:
    """Wait for something that has to come about."""
    for _ in range(1200):
        if state():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about within a minute")


def test_a_long_temporary_folder_leaves_the_warm_process_without_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    monkeypatch.delenv(fork_client.WARM, raising=False)
    with fork_client.at_hand() as environment:
        monkeypatch.setenv(fork_client.WARM, environment[fork_client.WARM])
        assert len(environment[fork_client.WARM]) > 107
        assert fork_client.ask("execute", "--help") == 0  # argparse ends with 0


def test_a_page_that_changed_or_was_damaged_is_taken_over_from_the_last_book(tmp_path: Path) -> None:
    """What did not change is not copied again: size and date alone must not decide what did."""
    build = tmp_path / "build"
    html, book = build / "book" / "_build" / "html", build / "html"
    html.mkdir(parents=True)
    for name in ("same", "changed", "damaged"):
        (html / name).write_text("one", encoding="utf-8")

    def published() -> dict[str, str]:
        intact.note(build, intact.COMPILED, [html.parent])
        publish.publish(html, build)
        return {file.name: file.read_text(encoding="utf-8") for file in book.iterdir()}

    published()
    place, date = (book / "same").stat().st_ino, (html / "changed").stat().st_mtime_ns
    (html / "changed").write_text("two", encoding="utf-8")
    os.utime(html / "changed", ns=(date, date))
    (book / "damaged").write_text("two", encoding="utf-8")
    os.utime(book / "damaged", ns=(date, date))
    assert published() == {"same": "one", "changed": "two", "damaged": "one"}
    assert (book / "same").stat().st_ino == place


def test_code_that_cannot_be_read_leaves_who_asks_waiting_or_is_kept_when_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that is kept while a book is written has libraries alone; the code is read by a copy of it."""
    broken = tmp_path / "broken"
    broken.touch()
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\n"
        "class Finder:\n"
        "    @staticmethod\n"
        "    def find_spec(name, *_):\n"
        f"        if name == 'edition.build.fork_server' and os.path.exists({str(broken)!r}): raise SyntaxError\n"
        "sys.meta_path.insert(0, Finder)\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT / 'src'}")
    monkeypatch.delenv(fork_client.WARM, raising=False)
    with fork_client.again_and_again() as (environment, begin_anew):
        monkeypatch.setenv(fork_client.WARM, environment[fork_client.WARM])
        assert fork_client.ask("execute", "--help") is None  # who asks does it without
        broken.unlink()
        begin_anew()
        until(lambda: fork_client.ask("execute", "--help") == 0)


def test_a_kernel_that_knows_no_pidfd_lets_every_run_fail(notebook: Path, tmp_path: Path) -> None:
    """As under a Linux before 5.3, or in a sandbox."""
    write(notebook, "print(1)")
    (tmp_path / "sitecustomize.py").write_text(
        "import os\ndef pidfd_open(*_): raise OSError(38, 'Function not implemented')\nos.pidfd_open = pidfd_open\n"
    )
    target = tmp_path / "made" / "ran.ipynb"
    done = subprocess.run(
        warm(notebook, target),
        env={**environment(PAPER), "PYTHONPATH": f"{tmp_path}:{ROOT / 'src'}"},
        capture_output=True,
        text=True,
        cwd=PAPER,
        check=False,
    )
    assert done.returncode == 0 and target.is_file(), done.stderr[-2000:]


@pytest.mark.parametrize("port", ["in use", "eight", "-1", "80000", ""])
def test_a_port_that_cannot_be_had_is_told_by_a_traceback(tmp_path: Path, port: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1]) if port == "in use" else port
        done = subprocess.run(
            (sys.executable, "-m", "edition.build.serve", str(tmp_path), port),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"port {port}: ") and "PORT=8001" in done.stderr


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_book_is_open_above_and_closed_within(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        (tmp_path / "made").mkdir()
        (tmp_path / "made" / "index.html").write_text("a book")
        (tmp_path / "build").mkdir()
        link = publish.publish(tmp_path / "made", tmp_path / "build")
    finally:
        os.umask(before)
    assert link.resolve().stat().st_mode & 0o777 == 0o777 & ~mask
    assert (link / "index.html").stat().st_mode & 0o777 == 0o666 & ~mask
