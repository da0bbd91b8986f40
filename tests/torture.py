"""Kill the build at random moments: the book in place is always the old one or the new one, whole, and the next build succeeds.

python -m tests.torture          # 20 kills of the invented paper; minutes
python -m tests.torture 3        # 3 kills
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import SNAKEMAKE, copy_paper, environment, run

BUILD = ("python", "-m", "edition.build.lock", "_build", *SNAKEMAKE)
FIRST = {"islanders": "The total is", "verdicts": "Of the claims"}  # chapter → words of its text
SEED = 1916


def book(edition: Path) -> dict[str, str]:
    """Every file of the book in place, with its hash."""
    html = edition / "_build" / "html"
    files = (path for path in html.resolve().rglob("*") if path.is_file())
    return {str(path.relative_to(html.resolve())): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def change(edition: Path, n: int) -> str:
    """Change the text of the chapters, so that much is made again; the new words."""
    words = f"Seen {n} times"
    for name, first in FIRST.items():
        path = edition / "notebooks" / f"{name}.ipynb"
        text = path.read_text(encoding="utf-8")
        before = f"Seen {n - 1} times" if n > 1 else first
        assert before in text, f"{path}: {before!r} is not there"
        after = words if n > 1 else f"{words}. {first}"
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return words


def killed(edition: Path, after: float) -> bool:
    """Begin a build and kill it, with everything it started, after so many seconds; whether it was still at work."""
    with subprocess.Popen(BUILD, cwd=edition, env=environment(edition), start_new_session=True,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # fmt: skip
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return True
    return False


def built(edition: Path) -> float:
    """Build to the end, with no cleaning before; the seconds it took."""
    began = time.monotonic()
    result = run(*BUILD, cwd=edition)
    if result.returncode:
        sys.exit(f"the build after a kill failed:\n{result.stdout[-3000:]}{result.stderr[-3000:]}")
    return time.monotonic() - began


def main() -> None:
    """Kill, look, build again, as often as asked; exit with what was found to be wrong."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        edition = copy_paper(Path(folder) / "paper")
        print("the first book …", flush=True)
        built(edition)
        change(edition, 1)
        usual = built(edition)
        old, old_kept = book(edition), 0
        for n in range(2, times + 2):
            words = change(edition, n)
            after = chance.uniform(0, usual)
            hit = killed(edition, after)
            now = book(edition)
            if now == old:
                old_kept += 1
            elif set(now) != set(old) or words not in (edition / "_build/html/notebooks/verdicts.html").read_text(
                encoding="utf-8"
            ):
                sys.exit(f"kill {n - 1}, after {after:.1f} s: the book is neither the old one nor the new one")
            took = built(edition)
            new = book(edition)
            if words not in (edition / "_build/html/notebooks/verdicts.html").read_text(encoding="utf-8"):
                sys.exit(f"kill {n - 1}, after {after:.1f} s: the next build did not make the new book")
            if now != old and now != new:
                sys.exit(f"kill {n - 1}, after {after:.1f} s: the new book was not whole")
            state = "killed" if hit else "had ended"
            print(f"kill {n - 1} of {times}: {state} after {after:.1f} s; the {'old' if now == old else 'new'} book in place, whole; "
                  f"the next build took {took:.0f} s", flush=True)  # fmt: skip
            old = new
        print(f"{times} kills: the old book {old_kept} times, the new one {times - old_kept} times, each whole")


if __name__ == "__main__":
    main()
