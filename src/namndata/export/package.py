"""A Frictionless data package: CSV files and `datapackage.json`, which says what their columns hold and refer to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from namndata.export.about import TITLE, accuracy_lines, licence_address
from namndata.export.content import Content, Taken
from namndata.export.links import web_address
from namndata.store.creating import PRIMARY_KEYS, foreign_keys
from namndata.store.dictionary import Column, swedish_of

TYPES = {"integer": "integer", "float": "number", "json": "array"}
"""By the dictionary's types; all others are strings."""

Json = dict[str, Any]


def descriptor(content: Content) -> str:
    """Return the text of `datapackage.json`."""
    version = content.version
    package: Json = {
        "profile": "tabular-data-package",
        "name": "namndata",
        "title": TITLE,
        "version": version.number,
        "licenses": [{"name": content.licence, "path": licence_address(content.licence)}],
        "sources": list(sources(content)),
        "contributors": [{"title": publisher, "role": "publisher"} for publisher in version.publishers],
        "accuracy": [{"of": name, "text": text} for name, text in accuracy_lines(content)],
        "resources": [resource(table, content.tables) for table in content.tables],
    }
    if version.newest:
        package["created"] = f"{version.newest}T00:00:00Z"
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def sources(content: Content) -> Iterator[Json]:
    """Return the reports, each with the address that it was fetched from, where that is known."""
    reports = "select coalesce(title, document), source_url from documents order by rowid"
    for title, url in content.db.execute(reports):
        address = web_address(url)
        yield {"title": title, "path": address} if address else {"title": title}


def resource(table: Taken, tables: Iterable[Taken]) -> Json:
    """Return a table's file and its columns."""
    return {
        "name": table.name.replace("_", "-"),
        "path": f"data/{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.description,
        "encoding": "utf-8",
        "schema": schema_of(table, tables),
    }


def schema_of(table: Taken, tables: Iterable[Taken]) -> Json:
    """Return a table's columns, its key, and what its columns refer to."""
    schema: Json = {"fields": [field_of(column) for column in table.columns], "missingValues": [""]}
    there = {each.name for each in tables}
    if key := PRIMARY_KEYS.get(table.name):
        schema["primaryKey"] = [key] if isinstance(key, str) else list(key)
    schema["foreignKeys"] = [
        {"fields": [column], "reference": {"resource": other.replace("_", "-"), "fields": [of]}}
        for column, other, of in foreign_keys(table.name)
        if other in there
    ]
    return schema


def field_of(column: Column) -> Json:
    """Return a column with its type, meaning and unit."""
    field = {"name": column.name, "type": TYPES.get(column.type, "string"), "description": column.description}
    field["description_sv"] = swedish_of(column.description)
    return field | ({"unit": column.unit} if column.unit else {})
