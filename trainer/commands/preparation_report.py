"""What came of a preparation, for people and for machines."""

from rich.console import Console
from rich.table import Table

from trainer.footage.limits import MEANINGS
from trainer.footage.preparing import Prepared
from trainer.messages import say

_NAMES_SHOWN = 5


def print_preparation(prepared: Prepared) -> None:
    """Print the counts on standard error, and the dataset's folder and the contact sheet on standard output."""
    sorting = prepared.sorting
    table = Table("", "pictures", "", box=None, pad_edge=False)
    for split, counts in prepared.people().items():
        whose = "1 person" if len(counts) == 1 else f"{len(counts):,} people"
        table.add_row(split, f"{counts.total():,}", f"of {whose}")
    table.add_section()
    for reason, count in sorting.counts().items():
        table.add_row(reason, f"{count:,}", MEANINGS[reason])
    Console(stderr=True, highlight=False).print(table)
    if prepared.copies:
        say(f"Copies of other files, which count once: {prepared.copies:,}.")
    if sorting.removed:
        say(f"Removed from the dataset's folders by hand, and staying away: {sorting.removed:,}.")
    if single := prepared.single():
        say(f"People with a single picture, {len(single):,}: {_some(single)}. More of each make a better model.")
    if faults := sorted(record.fault for record, _ in sorting.rejected if record.fault):
        say(f"Files that cannot be read: {_some(faults)}")
    print(prepared.folder)
    print(prepared.contact_sheet)


def preparation_document(prepared: Prepared) -> dict[str, object]:
    """The same as a JSON document."""
    return {
        "dataset": str(prepared.folder),
        "contact_sheet": str(prepared.contact_sheet),
        "new": prepared.new,
        "kept": {split: dict(counts) for split, counts in prepared.people().items()},
        "rejected": {str(reason): count for reason, count in prepared.sorting.counts().items()},
        "copies": prepared.copies,
        "removed": prepared.sorting.removed,
        "people_with_one_picture": prepared.single(),
    }


def _some(names: list[str]) -> str:
    return ", ".join(names[:_NAMES_SHOWN]) + (", …" if len(names) > _NAMES_SHOWN else "")
