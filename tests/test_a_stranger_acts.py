"""What a stranger's file says, or how it is called, is run by a shell, by make, by a browser, a spreadsheet or TeX."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from edition.asking import editions, request
from tests.conftest import ROOT, SNAKEMAKE, run

RUN = "touch PWNED"
NAMES = [  # that run something where they are interpolated: by a shell, or by make
    f"$({RUN})",
    f"$(shell {RUN})",
    f"`{RUN}`",
    f"x;{RUN};true",
    f'x";{RUN};"',
    f"x';{RUN};'",
    f"a b (c) [d] {{e}} & {RUN} #",
    "даурия қазақ 中",
]


@pytest.fixture
def front_door(tmp_path: Path) -> Path:
    """The Makefile with an environment that only notes how it is asked; in a folder whose name would run too."""
    folder = tmp_path / f'it\'s a "clone" $({RUN})'
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("Makefile", "workflow", "locks", "pyproject.toml"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile)(ROOT / name, folder / name)
    python = folder / ".venv" / "bin" / "python"
    python.write_text(
        '#!/bin/bash\nprintf "%s\\0" "$EDITION" "$SWEEP" "$@" $\'\\n\' >> asked\necho _build\n', encoding="utf-8"
    )
    python.chmod(0o755)
    for ready in (".venv/ready", ".venv/forms/ready"):
        (folder / ready).parent.mkdir(exist_ok=True)
        (folder / ready).touch()
    (folder / "_build" / "html").mkdir(parents=True)
    (folder / "_build" / "html" / "index.html").touch()
    return folder


def ran(folder: Path) -> list[Path]:
    return [*folder.rglob("PWNED"), *ROOT.glob("PWNED")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("asked", ["book", "serve", "book-epub", "sweep"])
def test_a_file_name_is_run_by_make_or_its_shell(front_door: Path, asked: str, name: str) -> None:
    given = f"{name}.yml"
    variable = "SWEEP" if asked == "sweep" else "EDITION"
    free = {key: value for key, value in os.environ.items() if key not in {"EDITION", "SWEEP", "MAKEFLAGS"}}
    for command, more in (
        ([f"{variable}={given.replace('$', '$$')}"], {}),
        ([f"{variable}={given}"], {}),
        ([], {variable: given}),
    ):
        (front_door / "asked").unlink(missing_ok=True)
        result = subprocess.run(
            ["make", asked, *command], cwd=front_door, env=free | more, capture_output=True, text=True
        )
        assert result.returncode == 0, result.stderr
        assert not ran(front_door.parent)
        if not command or "$$" not in command[0]:
            calls = [line.split("\0") for line in (front_door / "asked").read_text(encoding="utf-8").split("\0\n\0")]
            assert given in calls[0][:2], "the name does not arrive to the letter"


def test_a_file_or_folder_name_is_run_by_a_step_of_the_build(paper: Path) -> None:
    name = f'it\'s a "{{name}}" $({RUN}) `{RUN}`; {RUN}; қазақ'
    sources = paper / "editions" / name
    sources.mkdir(parents=True)
    (sources / "estimates.csv").write_text(
        "id,place_id,as_of,value_text,low,high,qualifier,unit,source_id,locator\n"
        'own-brack,brack,1911,"1,250",1250,1250,none,islanders,own_1911,page 1\n', encoding="utf-8")  # fmt: skip
    (sources / "sources.csv").write_text("source_id,label,year,reference\nown_1911,Own,1911,Own.\n", encoding="utf-8")
    file = paper / "editions" / f"{name}.yml"
    file.write_text(f"name: Mine\nsummary: What I assume.\nsources: {_quoted(name)}\n", encoding="utf-8")
    home = editions.home(editions.load(file))
    made = [f"{home}/validated", f"{home}/book/notebooks/islanders.ipynb"]
    os.environ["EDITION"] = str(file.relative_to(paper))
    try:
        result = run(*SNAKEMAKE, *made, cwd=paper)
    finally:
        del os.environ["EDITION"]
    assert result.returncode == 0, result.stderr[-2000:]
    assert not ran(paper) and all((paper / one).is_file() for one in made)
    assert "own-brack" in (paper / made[1]).read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def test_two_editions_of_one_file_name_share_a_folder(paper: Path) -> None:
    places = [paper / "editions" / "mine.yml", paper / "editions" / "mine.yaml", paper / "mine.yml", paper.parent / "mine.yml",
              paper / "editions" / "mi ne.yml", paper / "editions" / "mi-ne.yml"]  # fmt: skip
    slugs = [request.slug(place, editions.FOLDER) for place in places]
    assert slugs[0] == "mine" and slugs[5] == "mi-ne" and len(set(slugs)) == len(places)
    assert request.slug(Path("editions/../editions/mine.yml"), editions.FOLDER) == "mine"
