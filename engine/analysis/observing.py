"""Looking for the face in every picture of a medium."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from engine.errors import MediaError
from engine.faces.landmarker import FaceLandmarker
from engine.media import WHOLE, Excerpt, MediaKind, Span, open_source, read_photo, source_kind
from engine.media.photos import PHOTO_SUFFIXES
from engine.media.sequences import SequenceSource, is_sequence_pattern
from engine.pipeline.stages import Landmarker
from engine.types import FaceTrack, Frame

PICTURE_RATE: Final = Fraction(30)
"""Pictures a second of a folder, which has no times of its own."""
_FULLY_TRUSTED_TURN: Final = 25.0
_MISTRUSTED_TURN: Final = 70.0
"""Degrees that a head may be turned away: up to the first the estimate is as good as ever, at the second it is void."""
_FULLY_TRUSTED_HEIGHT: Final = 60.0
"""Pixels of a face's height below which landmarks grow uncertain."""
ReportFrames: TypeAlias = Callable[[int, int | None], None]
"""Called with the number of pictures looked at so far, and of all where that is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """The face in each picture of a medium. It holds 6 KB a picture.

    Attributes:
        times: of the pictures, seconds, rising.
        tracks: the face in each, None where none was found.
        confidence: 0..1 for each picture, how far the face can be read: it is a product of the landmarker's own
            confidence and of how much of the face is in the picture, turned towards it and large enough.
        names: file names of the pictures, empty for frames of a video.
        follow: whether the pictures are frames of one take, not photos taken one by one.
    """

    times: tuple[Fraction, ...]
    tracks: tuple[FaceTrack | None, ...]
    confidence: tuple[float, ...]
    names: tuple[str, ...] = ()
    follow: bool = True

    @property
    def faces(self) -> list[FaceTrack]:
        """The faces that were found."""
        return [track for track in self.tracks if track is not None]


def observe_source(path: Path, report: ReportFrames | None = None, span: Span = WHOLE) -> Observations:
    """Look for the largest face in each picture of a photo, a video, numbered pictures or a folder of photos.

    Photos in a folder whose names do not form one numbered series, or that differ in size, are looked at one by one, in
    the order of their names.

    Args:
        path: the medium.
        report: called as it is read.
        span: the part of a video to look at; times stay those of the whole.

    Raises:
        MediaError: the medium cannot be read, or no picture shows a face.
    """
    loose = _loose_photos(path)
    if loose and not span.is_whole:
        raise MediaError(f"{path.name} holds photos, which have no times.", "Leave out --from and --to.")
    if loose:
        observations = _observe_photos(loose, report)
    else:
        with open_source(path, rate=PICTURE_RATE) as source:
            part = source if span.is_whole else Excerpt(source, span)
            total = part.info.expected_frame_count
            with FaceLandmarker("image" if source.info.is_still else "video") as landmarker:
                observations = observe(part, landmarker, lambda done: report(done, total) if report else None)
        if source.info.is_still:
            observations = _as_photos(observations, (path.name,))
    if not observations.faces:
        raise MediaError(
            f"No face was found in {path.name}.", "Choose one that shows a face from the front, 60 pixels or larger."
        )
    return observations


def observe(frames: Iterable[Frame], landmarker: Landmarker, report: Callable[[int], None]) -> Observations:
    """Look for the largest face in each frame.

    Args:
        frames: in the order of their times.
        landmarker: used on the calling thread; it stays open.
        report: called with the number of frames looked at so far.
    """
    times: list[Fraction] = []
    tracks: list[FaceTrack | None] = []
    confidence: list[float] = []
    for frame in frames:
        track = next(iter(landmarker.detect(frame.pixels, frame.time)), None)
        times.append(frame.time)
        tracks.append(track)
        confidence.append(_confidence(track, *frame.pixels.shape[:2]))
        report(len(times))
    return Observations(tuple(times), tuple(tracks), tuple(confidence))


def _loose_photos(path: Path) -> list[Path]:
    """The photos of a folder that holds no one series of numbered pictures; nothing for any other path."""
    if source_kind(path) is not MediaKind.SEQUENCE or is_sequence_pattern(path):
        return []
    photos = sorted(entry for entry in path.iterdir() if entry.suffix.lower() in PHOTO_SUFFIXES and entry.is_file())
    if not photos:
        raise MediaError(f"There are no photos in {path}.", f"Photos end with {', '.join(sorted(PHOTO_SUFFIXES))}.")
    try:
        SequenceSource(path).close()
    except MediaError:
        return photos
    return []


def _observe_photos(photos: list[Path], report: ReportFrames | None) -> Observations:
    def frames() -> Iterator[Frame]:
        for index, photo in enumerate(photos):
            yield Frame(read_photo(photo).shown(), index / PICTURE_RATE, index)

    with FaceLandmarker("image") as landmarker:
        observations = observe(frames(), landmarker, lambda done: report(done, len(photos)) if report else None)
    return _as_photos(observations, tuple(photo.name for photo in photos))


def _as_photos(observations: Observations, names: tuple[str, ...]) -> Observations:
    return Observations(observations.times, observations.tracks, observations.confidence, names, follow=False)


def _confidence(track: FaceTrack | None, height: int, width: int) -> float:
    if track is None:
        return 0.0
    x, y = track.landmarks_px[:, 0], track.landmarks_px[:, 1]
    inside = float(np.mean((x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)))
    turn = float(np.hypot(track.pose.yaw, track.pose.pitch))
    turned = (_MISTRUSTED_TURN - turn) / (_MISTRUSTED_TURN - _FULLY_TRUSTED_TURN)
    size = (track.box_px[3] - track.box_px[1]) / _FULLY_TRUSTED_HEIGHT
    return track.confidence * inside * min(max(turned, 0.0), 1.0) * min(size, 1.0)
