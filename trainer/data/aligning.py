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


def align_pictures(
    images: Sequence[LabelledImage], template: CropTemplate
) -> Generator[tuple[int, list[AlignedPicture]]]:
    """Cut out the largest face of every picture. Close the generator to end its processes early.

    Yields:
        The number of pictures looked at since the last yield, and those of them in which a face was found. Pictures of
        one group come together, otherwise in their order.

    Raises:
        MediaError: a file is not a picture.
    """
    chunks = _chunks(images)
    align = partial(_align_chunk, template=template)
    if len(chunks) == 1:  # not worth the start of a process
        yield len(images), align(chunks[0])
        return
    workers = min(len(chunks), os.cpu_count() or 1)
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_start_worker)
    try:
        for chunk, aligned in zip(chunks, pool.map(align, chunks), strict=True):
            yield _pictures(chunk), aligned
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


def _align_chunk(chunk: list[Group], template: CropTemplate) -> list[AlignedPicture]:
    with FaceLandmarker("image") as landmarker:
        return [picture for group in chunk for picture in _align_group(group, template, landmarker)]


def _align_group(group: Group, template: CropTemplate, landmarker: FaceLandmarker) -> list[AlignedPicture]:
    found = []
    for row, path in group:
        pixels = read_photo(path).shown()
        if tracks := landmarker.detect(pixels):
            found.append((row, pixels, tracks[0].landmarks_px))
    if not found:
        return []
    frame_to_crop = template.frame_to_crop_of_all([landmarks for _, _, landmarks in found])
    return [AlignedPicture(row, warp_crop(pixels, frame_to_crop, template.size_px)) for row, pixels, _ in found]
