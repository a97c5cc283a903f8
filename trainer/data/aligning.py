"""Cut the faces of many pictures out, in as many processes as the machine has cores.

The crop is the engine's own (`engine.faces.alignment`), so the networks see in training what they see in use. Pictures
of one group share one alignment, the least-squares fit to the landmarks of all of them: between two of them nothing
moves but the face.
"""

import multiprocessing
import os
import signal
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import cv2

from engine.errors import MediaError
from engine.faces.alignment import CropTemplate, warp_crop
from engine.faces.landmarker import FaceLandmarker
from engine.media import read_photo
from engine.types import RGBImage
from trainer.data.table import LabelledImage

_CHUNK_PICTURES: Final = 64
"""Handed to a process at once: seconds of work against the fraction of one that it takes to load a landmarker."""

NumberedPath: TypeAlias = tuple[int, Path]
Group: TypeAlias = list[NumberedPath]


class AlignedPicture(NamedTuple):
    """A picture in which a face was found.

    Attributes:
        row: its number among the pictures.
        crop: uint8 [S, S, 3] RGB.
    """

    row: int
    crop: RGBImage


class AlignedPart(NamedTuple):
    """What came of the pictures looked at since the part before.

    Attributes:
        looked_at: how many.
        aligned: those of them in which a face was found.
        unreadable: numbers of those whose files are no pictures, or damaged ones.
    """

    looked_at: int
    aligned: list[AlignedPicture]
    unreadable: list[int]


def align_pictures(images: Sequence[LabelledImage], template: CropTemplate) -> Generator[AlignedPart]:
    """Cut out the largest face of every picture. Close the generator to end its processes early.

    Yields:
        Part after part. Pictures of one group come together, otherwise in their order.
    """
    chunks = _chunks(images)
    align = partial(_align_chunk, template=template)
    if len(chunks) == 1:  # not worth the start of a process
        yield align(chunks[0])
        return
    workers = min(len(chunks), os.cpu_count() or 1)
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_start_worker)
    try:
        yield from pool.map(align, chunks)
    finally:
        pool.shutdown(cancel_futures=True)


def _chunks(images: Sequence[LabelledImage]) -> list[list[Group]]:
    """Whole groups, collected until they are enough pictures to be worth the way to another process."""
    groups: dict[str, Group] = {}
    for row, image in enumerate(images):
        groups.setdefault(image.group or f"single {row}", []).append((row, image.path))
    chunks: list[list[Group]] = [[]]
    for group in groups.values():
        if _pictures(chunks[-1]) >= _CHUNK_PICTURES:
            chunks.append([])
        chunks[-1].append(group)
    return chunks


def _pictures(chunk: list[Group]) -> int:
    return sum(map(len, chunk))


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the parent ends the workers
    cv2.setNumThreads(1)


def _align_chunk(chunk: list[Group], template: CropTemplate) -> AlignedPart:
    part = AlignedPart(_pictures(chunk), [], [])
    with FaceLandmarker("image") as landmarker:
        for group in chunk:
            aligned, unreadable = _align_group(group, template, landmarker)
            part.aligned.extend(aligned)
            part.unreadable.extend(unreadable)
    return part


def _align_group(
    group: Group, template: CropTemplate, landmarker: FaceLandmarker
) -> tuple[list[AlignedPicture], list[int]]:
    found, unreadable = [], []
    for row, path in group:
        try:
            pixels = read_photo(path).shown()
        except MediaError:
            unreadable.append(row)
            continue
        if tracks := landmarker.detect(pixels):
            found.append((row, pixels, tracks[0].landmarks_px))
    if not found:
        return [], unreadable
    frame_to_crop = template.frame_to_crop_of_all([landmarks for _, _, landmarks in found])
    aligned = [AlignedPicture(row, warp_crop(pixels, frame_to_crop, template.size_px)) for row, pixels, _ in found]
    return aligned, unreadable
