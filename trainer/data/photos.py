"""Photos of a dataset by what its `kind` column says of them."""

import csv
from collections import defaultdict
from collections.abc import Set as AbstractSet
from pathlib import Path

from engine.errors import MediaError


def photos_by_person(data: Path, split: str, kinds: AbstractSet[str]) -> dict[str, list[Path]]:
    """The photos of a split whose `kind` is one of `kinds`, by identity.

    Raises:
        MediaError: the table is missing or has no such photo.
    """
    table = data / split / "metadata.csv"
    people: dict[str, list[Path]] = defaultdict(list)
    try:
        with table.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row.get("kind") in kinds:
                    people[row["identity"]].append(table.parent / row["file_name"])
    except OSError as error:
        raise MediaError(f"{table} cannot be read: {error.strerror}.", "Point --data at a dataset.") from error
    if not people:
        raise MediaError(f"{table} has no photo of kind {' or '.join(sorted(kinds))}.", "Its `kind` column says what each picture is.")
    return dict(people)
