"""Driver and result side by side, to look at a retargeting."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import cv2
import numpy as np

from engine.media import (
    UNDISCLOSED,
    WHOLE,
    Disclosure,
    Encoding,
    Excerpt,
    Span,
    VideoInfo,
    VideoSink,
    VideoSource,
    VisibleMark,
    open_sink,
    open_source,
)
from engine.types import Frame, RGBImage


class BesideVideo:
    """Writes a video of the driver's frames, scaled to the result's height, beside the result. Owned by one thread.

    Args:
        path: the video to write.
        driver: the clip that drives.
        result: info of the result.
        delay: seconds by which the result shows the performance later.
        encoding, keep_audio, overwrite: as for `open_sink`.
        disclosure: how it says that the result is edited.
        span: the part of the clip that drives.

    Raises:
        MediaError: the clip cannot be read or the video not be made.
    """

    def __init__(
        self,
        path: Path,
        driver: Path,
        result: VideoInfo,
        delay: Fraction,
        encoding: Encoding,
        *,
        keep_audio: bool,
        overwrite: bool,
        disclosure: Disclosure = UNDISCLOSED,
        span: Span = WHOLE,
    ) -> None:
        self._mark: Final = VisibleMark(result.width, result.height) if disclosure.mark else None
        self._delay: Final = delay
        self._source: Final[VideoSource] = open_source(driver)
        try:
            info = self._source.info
            self._size: Final = (max(1, round(info.width * result.height / info.height)), result.height)
            wide = replace(result, width=self._size[0] + result.width, colour=info.colour)
            self._sink: Final[VideoSink] = open_sink(
                path, wide, encoding=encoding, keep_audio=keep_audio, overwrite=overwrite, ai_tag=disclosure.tag
            )
        except BaseException:
            self._source.close()
            raise
        part = Excerpt(self._source, span)
        self._frames: Final[Iterator[Frame]] = map(part.rebased, part.frames())
        self._next = next(self._frames, None)
        self._shown: RGBImage = np.zeros((self._size[1], self._size[0], 3), np.uint8)

    def write(self, result: Frame) -> None:
        """Add the next frame of the result."""
        latest: Frame | None = None
        while self._next is not None and self._next.time <= result.time - self._delay:
            latest, self._next = self._next, next(self._frames, None)
        if latest is not None:
            shrinks = latest.pixels.shape[0] > self._size[1]
            way = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
            self._shown = np.asarray(cv2.resize(latest.pixels, self._size, interpolation=way), np.uint8)
        edited = result.pixels if self._mark is None else self._mark.on(result.pixels)
        self._sink.write(Frame(np.hstack([self._shown, edited]), result.time, result.index))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._source.close()
        self._sink.__exit__(kind, error, traceback)
