"""Bring pictures back from the trash, and put pictures there by hand."""

import difflib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from engine.errors import MediaError
from trainer.footage.limits import Reason
from trainer.footage.placing import TRASH
from trainer.footage.preparing import Prepared, read_preparation, sort_again
from trainer.footage.records import Record, Records
from trainer.footage.splits import SPLIT_NAMES


def restore(folder: Path, names: Collection[str], reasons: Collection[Reason]) -> Prepared:
    """Bring back the pictures named, and all that were left out for one of the reasons, whatever was measured.

    Raises:
        MediaError: the folder is no prepared dataset, or a picture is not in its trash.
    """
    preparation = read_preparation(folder)
    in_trash = {path.name: path.parent.name for path in (folder / TRASH).glob("*/*")}
    _require(names, in_trash, f"{folder / TRASH}")
    wanted = {*names, *(name for name, reason in in_trash.items() if reason in reasons)}
    _decide(folder, wanted, "keep")
    return sort_again(folder, preparation)


def discard(folder: Path, names: Collection[str]) -> Prepared:
    """Put the pictures named into the trash, whatever was measured.

    Raises:
        MediaError: the folder is no prepared dataset, or a picture is not in it.
    """
    preparation = read_preparation(folder)
    present = {path.name for split in SPLIT_NAMES for path in (folder / split).glob("*")}
    _require(names, present, f"{folder}")
    _decide(folder, names, "discard")
    return sort_again(folder, preparation)


def _require(names: Collection[str], present: Collection[str], place: str) -> None:
    for name in names:
        if name not in present:
            near = difflib.get_close_matches(name, present, n=1)
            hint = f"Did you mean {near[0]}?" if near else "The contact sheet shows the names."
            raise MediaError(f"There is no picture {name} in {place}.", hint)


def _decide(folder: Path, names: Collection[str], decision: str) -> None:
    records = Records(folder)
    chosen: list[Record] = [replace(record, by_hand=decision) for record in records if record.name in names]
    records.change(chosen)
