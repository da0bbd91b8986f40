"""The data as one SQLite database: each table with its keys, and two more that say what it is and what the columns mean.

    database.write(frames, schemas, about, Path("islanders.sqlite"))

Belongs here: how tables become tables of a database. Not here: which tables there are (`release`).
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

TYPES = {"string": "TEXT", "number": "REAL", "integer": "INTEGER", "boolean": "INTEGER"}
ABOUT, COLUMNS = "about", "columns"  # the tables beside those of the data


def write(frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, Any], about: Mapping[str, str], path: Path) -> None:
    """Write the database.

    Args:
        schemas: of each frame, in the terms of Table Schema.
        about: title, version, licence, citation and the like, by name.
    """
    # Not in a file, which counts its transactions: whether Python begins one before an INSERT depends on the language of the machine,
    # as in Turkish the small letter of I is none of i
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        for name, frame in frames.items():
            keys = [key for key in schemas[name].get("foreignKeys", []) if key["reference"]["resource"] in frames]
            connection.execute(_created(name, frame, schemas[name], keys))
            linked = {column for key in keys for column in key["fields"]}
            filled = frame.assign(**{column: frame[column].replace("", None) for column in linked})  # nothing is no key
            filled.to_sql(name, connection, index=False, if_exists="append")
        pd.DataFrame(about.items(), columns=["name", "value"]).to_sql(ABOUT, connection, index=False)
        explained(schemas).to_sql(COLUMNS, connection, index=False)
        connection.commit()
        path.write_bytes(connection.serialize())


def explained(schemas: Mapping[str, Any]) -> pd.DataFrame:
    """What each column of each table means: `table`, `column`, `type`, `meaning`."""
    rows = [
        (table, field["name"], field["type"], field.get("description", ""))
        for table, schema in schemas.items()
        for field in schema["fields"]
    ]
    return pd.DataFrame(rows, columns=["table", "column", "type", "meaning"])


def _created(name: str, frame: pd.DataFrame, schema: Any, keys: list[dict[str, Any]]) -> str:
    kinds = {field["name"]: TYPES[field["type"]] for field in schema["fields"]}
    kinds |= {column: "INTEGER" for column, kind in frame.dtypes.items() if pd.api.types.is_integer_dtype(kind)}
    parts = [f"{_quoted(column)} {kinds[column]}" for column in frame.columns]
    if primary := schema.get("primaryKey"):
        parts.append(f"PRIMARY KEY ({_all(primary)})")
    parts += [
        f"FOREIGN KEY ({_all(key['fields'])}) REFERENCES {_quoted(key['reference']['resource'])} ({_all(key['reference']['fields'])})"
        for key in keys
    ]
    return f"CREATE TABLE {_quoted(name)} ({', '.join(parts)})"


def _all(columns: list[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
