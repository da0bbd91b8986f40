"""pyproject.toml, the lock, environment.yml and the documents say different things."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from jupyter_book.config import get_final_config
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from sphinx.project import Project

from tests.conftest import ROOT, run

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "locks" / "requirements.lock").read_text(encoding="utf-8")
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def locked() -> dict[str, set[Version]]:
    pins: dict[str, set[Version]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.M):
        pins.setdefault(canonicalize_name(name), set()).add(Version(version))
    return pins


def wanted() -> list[Requirement]:
    extras = [r for group in PROJECT["optional-dependencies"].values() for r in group]
    return [Requirement(r) for r in (*PROJECT["dependencies"], *extras)]


def test_the_lock_lacks_or_contradicts_a_requirement() -> None:
    pins = locked()
    for requirement in wanted():
        versions = pins.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in locks/requirements.lock: run make lock"
        assert all(version in requirement.specifier for version in versions), f"{requirement} against {versions}"


def test_a_pin_has_no_hash_or_the_lock_names_an_address() -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", LOCK.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|index-url|find-links", LOCK)


def test_the_versions_fixed_by_design_moved() -> None:
    pins = locked()
    assert {str(v) for v in pins["sphinx-book-theme"]} == {"1.1.4"}
    assert {str(v) for v in pins["pydata-sphinx-theme"]} == {"0.15.4"}
    assert all(Version("1.0.4") <= version < Version("2") for version in pins["jupyter-book"])


def test_conda_users_get_another_environment() -> None:
    python = [d for d in CONDA["dependencies"] if isinstance(d, str) and d.startswith("python")]
    (pip,) = [d["pip"] for d in CONDA["dependencies"] if isinstance(d, dict)]
    assert python == [f"python{PROJECT['requires-python']}"]
    assert pip == ["--requirement locks/requirements.lock"]


def test_conda_users_are_not_told_to_install_the_edition_itself() -> None:
    install = "pip install --no-deps --no-build-isolation --editable ."
    for name in ("environment.yml", "README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert 0 <= text.find("conda env create -f environment.yml") < text.find(install), name


def test_binder_lacks_the_edition_itself() -> None:
    """repo2docker installs what environment.yml names, then runs postBuild in the repository."""
    script = (ROOT / "postBuild").read_text(encoding="utf-8").splitlines()
    assert (
        script[0] == "#!/bin/bash" and script[-1] == "pip install --quiet --no-deps --no-build-isolation --editable ."
    )
    assert not any((ROOT / folder).exists() for folder in ("binder", ".binder")), "only files there would be read"


@pytest.mark.parametrize(
    "name", ["papers {old}", 'papers "old"', "papers $(old)", "papers `old`", r"papers\old", "papers:old"]
)
def test_a_name_in_the_path_is_misread_by_setuptools(tmp_path: Path, name: str) -> None:
    (folder := tmp_path / name).mkdir()
    for needed in ("Makefile", "workflow", "locks", "src", "pyproject.toml"):
        (folder / needed).symlink_to(ROOT / needed)
    done = run("make", "--no-print-directory", ".venv/ready", cwd=folder, seconds=60)
    assert done.returncode and done.stderr.startswith("The folder lies where a name has one of")
    assert str(folder) in done.stderr and not done.stdout and not (folder / ".venv").exists()


def test_a_plain_build_takes_what_the_environment_holds_for_pages(tmp_path: Path) -> None:
    """`jupyter-book build .` in a folder with `.venv`: leaving out what is not in the contents does not look into it."""
    (tmp_path / ".venv/lib").mkdir(parents=True)
    (tmp_path / ".venv/lib/README.md").touch()
    (tmp_path / "intro.md").touch()
    config = get_final_config(user_yaml=ROOT / "_config.yml", cli_config={"latex_individualpages": False})[0]
    assert Project(tmp_path, {".md": "markdown"}).discover(config["exclude_patterns"]) == {"intro"}


def test_continuous_integration_runs_another_command_than_the_readme_names() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [
        line
        for line in (ROOT / ".ci" / "run").read_text().splitlines()
        if line and not line.startswith(("#", "set ", "cd "))
    ]
    assert commands == ["make test"] and "make test " in readme


def test_the_version_is_said_differently() -> None:
    import json

    from analysis import __version__

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert PROJECT["version"] == __version__ == citation["version"] == package["version"]
