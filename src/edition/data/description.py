"""`datapackage.json` as far as the edition itself relies on it: an object that names tables, their files and their fields.

Belongs here: that it is JSON in one reading and has these parts. Not here: what its schemas may say, which Frictionless
knows (`schema`), or the tables (`load`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from edition.data import validation

NAME = "datapackage.json"


class DescriptionError(ValueError):
    """A description that cannot be used; one line."""


def read(folder: Path) -> dict[str, Any]:
    """What `datapackage.json` says.

    Raises:
        DescriptionError: it is missing, no JSON, or lacks what the edition relies on.
    """
    try:
        said = json.loads((folder / NAME).read_bytes().decode("utf-8"), object_pairs_hook=_once, parse_constant=_plain)
    except FileNotFoundError:
        raise DescriptionError(f"data/{NAME}: the file is missing; allowed: a description of each table") from None
    except json.JSONDecodeError as error:
        found, allowed = f"not JSON ({error.msg})", "a JSON object"
        raise DescriptionError(validation.fault(NAME, error.lineno, str(error.colno), found, allowed)) from None
    except UnicodeDecodeError as error:
        raise DescriptionError(f"data/{NAME}: byte {error.start + 1} is not UTF-8; allowed: JSON in UTF-8") from None
    except RecursionError:
        raise DescriptionError(f"data/{NAME}: it has no end of lists within lists; allowed: a JSON object") from None
    if fault := next(_faults(said), None):
        raise DescriptionError(f"data/{NAME}, {fault}")
    return dict(said)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise DescriptionError(
            f"data/{NAME}, {twice}: the name is written twice in one object; allowed: each name once"
        )
    return found


def _plain(number: str) -> None:
    raise DescriptionError(f"data/{NAME}: {number} is no number; allowed: JSON without it")


def _faults(said: Any) -> Iterator[str]:
    if not isinstance(said, dict):
        yield f"top: {_short(said)}; allowed: a JSON object"
    elif not isinstance(said.get("resources"), list) or not said["resources"]:
        yield f"resources: {_short(said.get('resources'))}; allowed: a list of tables and files"
    else:
        names: set[str] = set()
        for n, resource in enumerate(said["resources"], start=1):
            where = f"resources, number {n}"
            if not isinstance(resource, dict):
                yield f"{where}: {_short(resource)}; allowed: a JSON object"
                return
            name, path = resource.get("name"), resource.get("path")
            if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9._-]+", name) or name in names:
                yield f"{where}, name: {_short(name)}; allowed: small letters, digits and -, and each name once"
            elif not isinstance(path, str) or not path or PurePosixPath(path).is_absolute() or ".." in path.split("/"):
                yield f"{where}, path: {_short(path)}; allowed: a file below data/"
            elif resource.get("type") == "table":
                yield from _fields(name, resource.get("schema"))
            names.add(str(name))
        yield from _keys({one["name"]: one["schema"] for one in said["resources"] if one.get("type") == "table"})


def _keys(schemas: dict[str, Any]) -> Iterator[str]:
    """A key names columns; one of another table, that table and columns of it."""
    columns = {table: [field["name"] for field in schema["fields"]] for table, schema in schemas.items()}
    for table, schema in schemas.items():
        where = f"resources, {table}, schema"
        if not _names(schema.get("primaryKey", []), columns[table]):
            yield f"{where}, primaryKey: {_short(schema['primaryKey'])}; allowed: of {', '.join(columns[table])}"
        keys = schema.get("foreignKeys", [])
        for key in keys if isinstance(keys, list) else [keys]:
            mine, there = (key.get("fields"), key.get("reference")) if isinstance(key, dict) else (None, None)
            other, theirs = (there.get("resource"), there.get("fields")) if isinstance(there, dict) else (None, None)
            if other not in columns or not _names(mine, columns[table]) or not _names(theirs, columns[other]):
                yield f"{where}, foreignKeys: {_short(key)}; allowed: fields of {table} that refer to fields of another table"


def _names(value: Any, known: list[str]) -> bool:
    return isinstance(value, list) and all(name in known for name in value)


def _fields(table: str, schema: Any) -> Iterator[str]:
    fields = schema.get("fields") if isinstance(schema, dict) else None
    where = f"resources, {table}, schema"
    if not isinstance(fields, list) or not fields or not all(isinstance(field, dict) for field in fields):
        yield f"{where}: {_short(schema)}; allowed: fields, each with name and type"
        return
    names = [field.get("name") for field in fields]
    for field in fields:
        name, kind, limits = field.get("name"), field.get("type"), field.get("constraints", {})
        if not isinstance(name, str) or not name or names.count(name) > 1:
            yield f"{where}, fields: the name {_short(name)}; allowed: a text, each once"
        elif kind not in ("string", "number", "integer"):
            yield f"{where}, {name}, type: {_short(kind)}; allowed: string, number, integer"
        elif not isinstance(limits, dict):
            yield f"{where}, {name}, constraints: {_short(limits)}; allowed: names with values"
        elif kind == "integer" and limits.get("required") is not True:
            yield f"{where}, {name}, required: {_short(limits.get('required'))}; allowed: true, as for every integer"
        elif "enum" in limits and (not isinstance(limits["enum"], list) or not limits["enum"]):
            yield f"{where}, {name}, enum: {_short(limits['enum'])}; allowed: a list of values"
        elif "pattern" in limits and not _is_pattern(limits["pattern"]):
            yield f"{where}, {name}, pattern: {_short(limits['pattern'])}; allowed: a regular expression"


def _is_pattern(text: Any) -> bool:
    try:
        return bool(re.compile(text))
    except (re.error, TypeError):
        return False


def _short(value: Any) -> str:
    """A value in a message, cut where it is long."""
    text = " ".join(json.dumps(value, ensure_ascii=False).split()) if value is not None else "missing"
    return text if len(text) < 60 else f"{text[:57]}…"
