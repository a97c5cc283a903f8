"""Versions of the project format, and the steps that bring an older document to the current one."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from engine.errors import ProjectError

SCHEMA_VERSION: Final = 2
"""Version this program writes. It grows when older programs could not read the new form; then a migration is added."""
Document: TypeAlias = dict[str, object]
Migration: TypeAlias = Callable[[Document], Document]


def _without_faces(document: Document) -> Document:
    """Version 2 brought `$.faces`; a document without it edits the largest face, as version 1 always did."""
    return document


MIGRATIONS: Final[Mapping[int, Migration]] = MappingProxyType({1: _without_faces})
"""From each older version, the function that turns its documents into those of the next one. Version 1 is the first."""


def migrate(
    document: object, migrations: Mapping[int, Migration] = MIGRATIONS, current: int = SCHEMA_VERSION
) -> Document:
    """Bring a parsed document to version `current`, step by step; ProjectError where it is newer or no project."""
    if not isinstance(document, dict) or "schema_version" not in document:
        raise ProjectError("The file is not a project: it has no $.schema_version.", "Choose a project file.")
    version = document["schema_version"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ProjectError(
            "$.schema_version must be a whole number from 1.", f"Restore it; this program writes {current}."
        )
    if version > current:
        raise ProjectError(
            f"The project has format version {version}; this program reads up to {current}.",
            "Update EGGAN Studio to open it.",
        )
    for step in range(version, current):
        document = {**migrations[step](document), "schema_version": step + 1}
    return document
