"""An existing dataset as footage: its splits, people, groups and labels are carried over."""

from pathlib import Path
from typing import Final

from engine.action_units import AU_COLUMNS
from engine.errors import MediaError
from trainer.data.table import TABLE_NAME
from trainer.footage.sources import Source
from trainer.footage.tables import read_cells

_TEST_NAMES: Final = {"test", "val", "valid", "validation", "dev"}
_CARRIED: Final = ("group", "kind", *AU_COLUMNS)


def imagefolder_tables(root: Path) -> list[Path]:
    """The tables of a folder: its own, or those of the splits in it."""
    own = root / TABLE_NAME
    return [own] if own.is_file() else sorted(root.glob(f"*/{TABLE_NAME}"))


def imagefolder_sources(root: Path) -> list[Source]:
    """The pictures that the tables name; those without an identity belong to one person named as the folder.

    Raises:
        MediaError: there is no table, or it has no `file_name` column.
    """
    sources = []
    tables = imagefolder_tables(root)
    for table in tables:
        split = "" if table.parent == root else "test" if table.parent.name.lower() in _TEST_NAMES else "train"
        for row in read_cells(table, ("file_name",)).rows:
            path = table.parent / row["file_name"]
            identity = row.get("identity") or root.resolve().name
            cells = {column: row[column] for column in _CARRIED if row.get(column)}
            own_split = split if len(tables) > 1 else ""
            sources.append(Source(path, identity, identity, own_split, cells, is_curated=True))
    if not tables:
        raise MediaError(f"{root} has no {TABLE_NAME}.", "Leave out --layout to have it recognised.")
    return sources
