"""Look at all footage, in as many processes as the machine has cores, each with its own landmarker.

A process writes the pictures and returns what it found; the parent keeps the journal. So memory does not grow with the
footage, and what a process was busy with when everything ended abruptly is done again.
"""

import hashlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import cv2

from engine.errors import MediaError, PipelineError
from engine.media import open_source, read_photo
from engine.media.photos import Photo, encode_photo
from engine.types import RGBImage
from trainer.errors import TrainingError
from trainer.footage.cuts import CutDetector
from trainer.footage.inspection import Finding, Inspector, picture_for_dataset
from trainer.footage.records import Record
from trainer.footage.work import NumberedSource, PhotoWork, VideoWork, Work, file_name

_QUALITY: Final = 95
_KEPT_FORMATS: Final = frozenset({".jpg", ".jpeg", ".png"})
AnyItem = TypeVar("AnyItem")
AnyResult = TypeVar("AnyResult")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where pictures go: the folder, and the longest side that they may have."""

    folder: Path
    max_side_px: int


@contextmanager
def processes(count: int) -> Iterator[ProcessPoolExecutor | None]:
    """Start processes that leave Ctrl-C to their parent; work that has not begun is dropped at the end.

    Yields None for a single one: the caller's own process does the work then.

    Raises:
        MediaError: a process died, which happens where memory runs out.
    """
    if count == 1:
        yield None
        return
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), initializer=_start_worker)
    try:
        yield pool
    except BrokenProcessPool as error:
        raise MediaError(
            "A process that looked at pictures was ended by the system, probably for want of memory.",
            "Start the same command again with --workers 1; it goes on.",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def as_they_end(
    pool: ProcessPoolExecutor | None, work: Callable[[AnyItem], AnyResult], items: Sequence[AnyItem]
) -> Iterator[tuple[AnyItem, AnyResult]]:
    """Do a piece of work for each item; yields the items and their results in the order in which they end."""
    if pool is None:
        yield from ((item, work(item)) for item in items)
        return
    started: dict[Future[AnyResult], AnyItem] = {pool.submit(work, item): item for item in items}
    for future in as_completed(started):
        yield started.pop(future), future.result()


def look(work: Work, destination: Destination) -> list[Record]:
    """Look at the pictures of one piece of work and write them to `destination`; runs in a process of its own."""
    with Inspector() as inspector:
        if isinstance(work, PhotoWork):
            return [_look_at_photo(photo, inspector, destination) for photo in work.photos]
        return list(_look_at_video(work, inspector, destination))


def digest_of(path: Path) -> str:
    """SHA-256 of a file; "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the parent's end, however abrupt, and end with it: nobody would take the results."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _look_at_photo(photo: NumberedSource, inspector: Inspector, destination: Destination) -> Record:
    record = _record(photo)
    path = photo.source.path
    try:
        pixels = read_photo(path).shown()
        finding = inspector.inspect(pixels)
    except (MediaError, PipelineError) as error:
        return replace(record, fault=error.message)
    suffix = path.suffix.lower()
    is_small = max(pixels.shape) <= destination.max_side_px and suffix in _KEPT_FORMATS
    name = partial(file_name, photo.source.identity, path, -1, photo.digest)
    if is_small or photo.source.cells.get("group"):  # pictures of a group have one framing
        _write(destination.folder / name(suffix), path.read_bytes())
        return replace(record, name=name(suffix), faces=finding.faces, measures=finding.measures)
    return _kept(replace(record, name=name(".jpg")), pixels, finding, destination)


def _look_at_video(work: VideoWork, inspector: Inspector, destination: Destination) -> Iterator[Record]:
    source, digest = work.video.source, work.video.digest
    if work.fault:
        yield replace(_record(work.video), fault=work.fault)
        return
    cuts = CutDetector()
    last = -1
    try:
        with open_source(source.path) as opened:
            for frame in opened.frames(max(work.start - work.lead, Fraction(0))):
                is_cut = cuts.is_cut(frame.pixels)
                if frame.time < work.start:
                    continue
                if work.end is not None and frame.time >= work.end:
                    return
                last = frame.index
                if not is_cut and frame.index % work.every:
                    continue
                record = replace(
                    _record(work.video),
                    key=f"{digest}:{frame.index}",
                    name=file_name(source.identity, source.path, frame.index, digest, ".jpg"),
                    frame=frame.index,
                    time_s=round(float(frame.time), 3),
                    starts_shot=is_cut,
                )
                yield _kept(record, frame.pixels, inspector.inspect(frame.pixels), destination)
    except (MediaError, PipelineError) as error:
        yield replace(_record(work.video), key=f"{digest}:after {last}", fault=error.message)


def _kept(record: Record, pixels: RGBImage, finding: Finding, destination: Destination) -> Record:
    picture = picture_for_dataset(pixels, finding.box, destination.max_side_px)
    _write(destination.folder / record.name, encode_photo(Photo(picture), ".jpg", _QUALITY))
    return replace(record, faces=finding.faces, measures=finding.measures)


def _record(numbered: NumberedSource) -> Record:
    source = numbered.source
    return Record(
        key=numbered.digest,
        name="",
        source=str(source.path),
        identity=source.identity,
        sequence=source.sequence,
        split=source.split,
        cells=source.cells,
        is_curated=source.is_curated,
    )


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {error.strerror}.", "Free disk space.") from error
