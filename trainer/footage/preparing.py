"""Footage becomes a dataset: look at what is new, sort it out, split it, and report."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from engine.errors import MediaError
from engine.files import write_atomically
from engine.terminal.progress import progress_bar
from trainer.errors import TrainingError
from trainer.footage.contact_sheet import write_contact_sheet
from trainer.footage.layouts import Footage
from trainer.footage.limits import Limits
from trainer.footage.looking import Destination, as_they_end, digest_of, look, processes
from trainer.footage.placing import INCOMING, Sorting, place
from trainer.footage.records import JOURNAL, Record, Records
from trainer.footage.splits import SplitPlan
from trainer.footage.work import NumberedSource, Work, photo_works, video_works

REPORT: Final = "report.json"


@dataclass(frozen=True, slots=True)
class Preparation:
    """How footage becomes a dataset.

    Attributes:
        every: of a video's frames, those whose number is a multiple of it are taken, and the first after each cut.
        max_side_px: longest side of a picture in the dataset.
        limits: what pictures must be like.
        split: how test people or test times are drawn.
        workers: processes; 0 takes one a core.
    """

    every: int = 5
    max_side_px: int = 640
    limits: Limits = field(default_factory=Limits)
    split: SplitPlan = field(default_factory=SplitPlan)
    workers: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of it.

    Attributes:
        folder: of the dataset.
        sorting: where the pictures are now.
        new: pictures that were looked at in this call.
        copies: files whose content another file has, too.
        contact_sheet: the page with all pictures.
    """

    folder: Path
    sorting: Sorting
    new: int
    copies: int
    contact_sheet: Path

    def people(self) -> dict[str, Counter[str]]:
        """For each split, how many pictures each person has."""
        return {split: Counter(record.identity for record in records) for split, records in self.sorting.kept.items()}

    def single(self) -> list[str]:
        """People of whom one picture was kept."""
        together = sum(self.people().values(), Counter[str]())
        return sorted(name for name, count in together.items() if count == 1)


def prepare(footage: Sequence[Footage], folder: Path, preparation: Preparation) -> Prepared:
    """Make a dataset of footage, or add to the one in `folder`. The footage itself is only read.

    What was looked at before is not looked at again; limits and splits are applied to everything.

    Args:
        footage: what `recognise` found.
        folder: of the dataset; it is made where it does not exist.
        preparation: how.

    Raises:
        MediaError, TrainingError: the folder holds something else, or cannot be written.
    """
    _claim(folder)
    records = Records(folder)
    numbered, unreadable, copies = _number(source for part in footage for source in part.sources)
    before = len(records)
    records.add(unreadable, "unreadable")
    _look_at_new(numbered, records, folder, preparation)
    return sort_again(folder, preparation, copies, len(records) - before)


def sort_again(folder: Path, preparation: Preparation, copies: int = 0, new: int = 0) -> Prepared:
    """Sort the pictures of a dataset out anew, and write tables, report and contact sheet."""
    records = Records(folder)
    sorting = place(folder, list(records), preparation.limits, preparation.split)
    prepared = Prepared(folder, sorting, new, copies, write_contact_sheet(folder, sorting))
    _write_report(prepared, preparation)
    return prepared


def read_preparation(folder: Path) -> Preparation:
    """How the dataset in a folder was prepared last.

    Raises:
        MediaError: the folder holds no prepared dataset.
    """
    path = folder / REPORT
    try:
        saved: dict[str, Any] = json.loads(path.read_bytes())["preparation"]
        limits, split = Limits(**saved.pop("limits")), SplitPlan(**saved.pop("split"))
        return Preparation(**saved, limits=limits, split=split)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MediaError(
            f"{folder} is not a dataset that prepare has made.",
            "Name the folder that was given to prepare as --output.",
        ) from error


def _claim(folder: Path) -> None:
    """Make the folder; one that holds anything but a prepared dataset is left alone."""
    try:
        if folder.is_dir() and any(folder.iterdir()) and not (folder / JOURNAL).is_file():
            raise MediaError(
                f"{folder} holds other files.", "Choose an empty or new folder, or one that prepare has filled."
            )
        folder.mkdir(parents=True, exist_ok=True)
        (folder / JOURNAL).touch()
    except OSError as error:
        raise TrainingError(f"{folder} cannot be used: {error.strerror}.", "Choose another --output.") from error


def _number(sources: Iterable[Any]) -> tuple[list[NumberedSource], list[Record], int]:
    """Files by their content: those that differ, records of those that cannot be read, and the number of copies."""
    found = list(sources)
    numbered: dict[str, NumberedSource] = {}
    unreadable = []
    with progress_bar("Reading files", len(found)) as report:
        for done, source in enumerate(found, start=1):
            digest = digest_of(source.path)
            if not digest:
                fault = f"{source.path} does not exist or cannot be read."
                key, sequence = f"unreadable {source.path}", source.sequence
                unreadable.append(Record(key, "", str(source.path), source.identity, sequence, fault=fault))
            elif digest not in numbered:
                numbered[digest] = NumberedSource(source, digest)
            report(done)
    return list(numbered.values()), unreadable, len(found) - len(numbered) - len(unreadable)


def _look_at_new(numbered: Sequence[NumberedSource], records: Records, folder: Path, preparation: Preparation) -> None:
    known = {record.key for record in records}
    photos = [source for source in numbered if not source.source.is_video and source.digest not in known]
    videos = [source for source in numbered if source.source.is_video]
    if not photos and not videos:
        return
    incoming = folder / INCOMING
    incoming.mkdir(exist_ok=True)
    count = preparation.workers or os.cpu_count() or 1
    if not videos:
        count = min(count, len(photo_works(photos)))
    with processes(count) as pool:
        works: list[Work] = list(photo_works(photos))
        divide = partial(video_works, every=preparation.every, processes=1 if len(videos) > count else count)
        with progress_bar("Opening videos", len(videos)) as report:
            for done, (_, parts) in enumerate(as_they_end(pool, divide, videos), start=1):
                works += [part for part in parts if not records.is_finished(part.name)]
                report(done)
        with progress_bar("Looking for faces", sum(work.pictures for work in works)) as report:
            seen = 0
            for work, found in as_they_end(pool, partial(look, destination=_destination(incoming, preparation)), works):
                records.add([record for record in found if record.key not in known], work.name)
                seen += work.pictures
                report(seen)


def _destination(incoming: Path, preparation: Preparation) -> Destination:
    return Destination(incoming, preparation.max_side_px)


def _write_report(prepared: Prepared, preparation: Preparation) -> None:
    sorting = prepared.sorting
    document = {
        "preparation": asdict(preparation),
        "kept": {split: dict(counts) for split, counts in prepared.people().items()},
        "rejected": {str(reason): count for reason, count in sorting.counts().items()},
        "copies": prepared.copies,
        "removed": sorting.removed,
        "unreadable": sorted(record.fault for record, _ in sorting.rejected if record.fault),
        "people_with_one_picture": prepared.single(),
    }
    path = prepared.folder / REPORT
    try:
        write_atomically(path, (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {error.strerror}.", "Free disk space.") from error
