"""Photos of a dataset by what its `kind` column says of them."""

from collections import defaultdict
from collections.abc import Set as AbstractSet
from pathlib import Path

from engine.errors import MediaError
from trainer.data.table import TABLE_NAME, read_rows


def photos_by_person(data: Path, split: str, kinds: AbstractSet[str]) -> dict[str, list[Path]]:
    """The photos of a split whose `kind` is one of `kinds`, by identity.

    Raises:
        MediaError: the table cannot be read or has no such photo.
    """
    people: dict[str, list[Path]] = defaultdict(list)
    for _, row in read_rows(data, split, ("file_name", "identity", "kind")):
        if row["kind"] in kinds:
            people[row["identity"]].append(data / split / row["file_name"])
    if not people:
        raise MediaError(
            f"{data / split / TABLE_NAME} has no photo of kind {' or '.join(sorted(kinds))}.",
            "Its `kind` column says what each picture is.",
        )
    return dict(people)
