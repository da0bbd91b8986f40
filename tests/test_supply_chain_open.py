"""What runs in the workflow can be exchanged by somebody else, or may do more than it has to."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOW: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "book.yml").read_text(encoding="utf-8"))
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]


def test_an_action_is_named_by_what_can_be_moved() -> None:
    lines = re.findall(r"uses: (.*)", (ROOT / ".github" / "workflows" / "book.yml").read_text(encoding="utf-8"))
    assert lines and [line for line in lines if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_a_job_may_do_what_nobody_said() -> None:
    assert WORKFLOW["permissions"] == {}
    writes = {name for name, job in WORKFLOW["jobs"].items() if "write" in job["permissions"].values()}
    assert writes == {"publish"}


def test_a_checkout_leaves_its_credentials() -> None:
    checkouts = [step for step in STEPS if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts and all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("lock", sorted((ROOT / "locks").glob("*.lock")), ids=lambda lock: lock.stem)
def test_a_package_of_a_lock_has_no_hash(lock: Any) -> None:
    packages = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []
