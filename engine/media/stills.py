"""Photos as a source and as a sink of frames."""

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

from engine.errors import MediaError
from engine.media.atomic import AtomicFile
from engine.media.faults import writing_fault
from engine.media.photos import DEFAULT_QUALITY, Photo, encode_photo, read_photo, require_photo_suffix
from engine.media.protocols import VideoInfo, VideoSink, VideoSource
from engine.types import Frame

DEFAULT_RATE: Final = Fraction(25)


class ImageSource(VideoSource):
    """A photo, shown once or for a while. Its frames share one array.

    Args:
        path: a photo.
        duration: seconds to show it for; None gives one frame.
        rate: frames a second.
        as_stored: True gives the photo's own numbers, for writing a photo with the same transparency and colour
            profile; False gives what a viewer shows, sRGB on white, for a video.

    Attributes:
        photo: what the frames show; with its transparency and colour profile if `as_stored`.

    Raises:
        MediaError: the photo cannot be read.
    """

    def __init__(
        self, path: Path, *, duration: Fraction | None = None, rate: Fraction = DEFAULT_RATE, as_stored: bool = False
    ) -> None:
        if rate <= 0 or (duration is not None and duration <= 0):
            raise ValueError("The rate and the duration of a still must be positive.")
        photo = read_photo(path)
        self.photo: Final = photo if as_stored else Photo(photo.shown())
        self._pixels: Final = self.photo.pixels
        self._count: Final = 1 if duration is None else max(1, round(duration * rate))
        height, width = self._pixels.shape[:2]
        self._info: Final = VideoInfo(
            width=width,
            height=height,
            average_rate=rate,
            time_base=1 / rate,
            frame_count=self._count,
            duration=self._count / rate,
            is_still=True,
            path=path,
        )

    @property
    def info(self) -> VideoInfo:
        """What is known before reading."""
        return self._info

    def frames(self, start: Fraction = Fraction(0)) -> Iterator[Frame]:
        """Give the photo from the frame that shows at `start`, in seconds, to the end."""
        rate = self._info.average_rate
        first = min(max(0, math.floor(start * rate)), self._count - 1)
        for index in range(first, self._count):
            yield Frame(self._pixels, index / rate, index)

    def close(self) -> None:
        """Do nothing: the photo is in memory."""


class PhotoSink(VideoSink):
    """A photo file, which takes exactly one frame. Owned by one thread.

    Args:
        path: its ending chooses the format.
        like: the photo whose transparency and colour profile the result gets; its frames were read `as_stored`.
        quality: 0..100, as for `encode_photo`.
        overwrite: True replaces an existing file.
        source: the file that is never written onto.
        ai_tag: True says in the metadata that a model edited it.

    Raises:
        MediaError: the file exists, its folder does not, it cannot be written, or not one frame but none or several
            come.
    """

    def __init__(
        self,
        path: Path,
        *,
        like: Photo | None = None,
        quality: int = DEFAULT_QUALITY,
        overwrite: bool = False,
        source: Path | None = None,
        ai_tag: bool = False,
    ) -> None:
        require_photo_suffix(path)
        self._quality: Final = quality
        self._ai_tag: Final = ai_tag
        self._like: Final = like
        self._frame: Frame | None = None
        self._is_open = True
        self._file: Final = AtomicFile(path, overwrite=overwrite, source=source)

    def write(self, frame: Frame) -> None:
        """Take the frame."""
        if not self._is_open:
            raise ValueError("The sink was finished or aborted before.")
        if self._frame is not None:
            self.abort()
            raise MediaError(
                f"{self._file.target} is a photo, which holds one frame only.",
                "Choose a video or a folder for the output.",
            )
        self._frame = frame

    def finish(self) -> None:
        """Make the photo appear under its name."""
        if not self._is_open:
            return
        if self._frame is None:
            self.abort()
            raise MediaError(f"There is no frame to write to {self._file.target}.", "Choose a source with a frame.")
        try:
            alpha, profile = (self._like.alpha, self._like.icc_profile) if self._like is not None else (None, None)
            photo = Photo(self._frame.pixels, alpha, profile)
            data = encode_photo(photo, self._file.target.suffix, self._quality, ai_tag=self._ai_tag)
            try:
                self._file.part.write_bytes(data)
            except OSError as error:
                raise writing_fault(self._file.target, error) from error
            self._file.commit()
        except BaseException:
            self.abort()
            raise
        self._is_open = False

    def abort(self) -> None:
        """Leave nothing behind; after `finish`, do nothing."""
        if self._is_open:
            self._is_open = False
            self._file.discard()
