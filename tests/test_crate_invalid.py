"""The crate that describes the whole release is no RO-Crate, by a validator of its own and without the network.

The validator looks the crate's context up by its address. Here it finds it in its cache, into which goes the file
that rocrate carries of it; the validator is told to stay offline, so that any other address is an error.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
import requests
from requests.adapters import BaseAdapter
from requests_cache import CachedSession
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from urllib3 import HTTPResponse

from edition.book import metadata
from edition.exhibits import citation

CONTEXT = f"https://w3id.org/ro/crate/{metadata.CRATE}/context"
# What is recommended and cannot be said: the makers have no registered identifier, address or contact, the paper's author no ORCID.
UNSAID = {"ro-crate-1.2_86.2", "ro-crate-1.2_89.0", "ro-crate-1.2_90.1", "ro-crate-1.2_91.0", "ro-crate-1.2_93.0"}
Faults = Callable[..., dict[str, str]]


class _Carried(BaseAdapter):
    """Answers with the context that rocrate carries."""

    def send(self, request: requests.PreparedRequest, **kwargs: object) -> requests.Response:
        assert request.url == CONTEXT
        text = files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()
        assert json.loads(text)["@id"] == CONTEXT, "rocrate carries the context of another version"
        raw = HTTPResponse(io.BytesIO(text), {"Content-Type": "application/ld+json"}, 200, preload_content=False)
        return requests.adapters.HTTPAdapter().build_response(request, raw)

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Faults:
    """What the validator finds in a folder: check → message; nothing when the crate is valid."""
    cache = tmp_path_factory.mktemp("cache") / "http"
    with CachedSession(str(cache), backend="sqlite", expire_after=-1) as session:
        session.mount("https://", _Carried())
        session.get(CONTEXT)

    def found(folder: Path, severity: Severity = Severity.REQUIRED) -> dict[str, str]:
        settings = ValidationSettings(
            rocrate_uri=str(folder),
            profile_identifier=f"ro-crate-{metadata.CRATE}",
            requirement_severity=severity,
            offline=True,
            cache_path=cache,
        )
        result = services.validate(settings)
        issues = {issue.check.identifier: issue.message or "" for issue in result.get_issues(severity)}
        assert result.passed() == (not issues)
        return issues

    return found


@pytest.fixture
def small(made: Path, paper: Path, tmp_path: Path) -> Path:
    """The crate of two tables of the data, and of a figure and a table of the book; that of all is judged by `whole`."""
    html, site = made / "_build" / "html", tmp_path / "site"
    listed = json.loads((html / "exhibits.json").read_text(encoding="utf-8"))["exhibits"]
    shown = [next(entry for entry in listed if (entry["kind"] == "table") == table) for table in (False, True)]
    for entry in shown:
        entry["files"] = {kind: entry["files"][kind] for kind in ("csv", "svg", "bib") if kind in entry["files"]}
    for name in [
        "data/estimates.csv",
        "data/places.csv",
        *(path for entry in shown for path in entry["files"].values()),
    ]:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes((html / name).read_bytes())
    metadata.crate(site, citation.edition(paper), shown)
    return site


def test_a_file_is_missing_from_the_crate(made: Path) -> None:
    """That of the release names each file of the data and of the exhibits."""
    html = made / "_build" / "html"
    crate = json.loads((html / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    named = {entity["@id"] for entity in crate["@graph"] if entity["@type"] == "File"}
    there = {
        path.relative_to(html).as_posix() for folder in ("data", "exhibits") for path in (html / folder).glob("*.*")
    }
    assert named == there and len(there) > 40


@pytest.mark.weekly
def test_a_crate_is_not_valid_or_leaves_out_what_is_recommended(faults: Faults, small: Path) -> None:
    """What is recommended is judged together with all that is required."""
    found = faults(small, Severity.RECOMMENDED)
    assert {check: message for check, message in found.items() if check not in UNSAID} == {}


@pytest.mark.weekly
def test_a_broken_crate_passes(faults: Faults, small: Path) -> None:
    file = small / "ro-crate-metadata.json"
    crate = json.loads(file.read_text(encoding="utf-8"))
    (root,) = (entity for entity in crate["@graph"] if entity["@id"] == "./")
    for name in ("license", "name", "datePublished"):
        del root[name]
    (small / "data" / "estimates.csv").unlink()
    file.write_text(json.dumps(crate), encoding="utf-8")
    said = " ".join(faults(small).values())
    for name in ("license", "name", "datePublished", "data/estimates.csv"):
        assert name in said, f"{name} is missing, and the validator says only: {said}"
