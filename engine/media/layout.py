"""How the pictures of an output look: their size, the original beside them, the visible mark."""

import re
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.media.photos import Photo
from engine.media.protocols import VideoInfo
from engine.media.visible_mark import VisibleMark
from engine.types import RGBImage

STANDARD_HEIGHTS: Final = (2160, 1440, 1080, 720, 480, 360)
"""The lines of the usual sizes, which are 16:9."""
_NAMED: Final = re.compile(r"([0-9]{2,5})p")
_BOX: Final = re.compile(r"([0-9]{1,5})\s*[x×]\s*([0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class SizeLimit:
    """The longest and shortest sides that pictures may have, upright or lying; smaller ones keep their size."""

    longer_px: int
    shorter_px: int

    @classmethod
    def lines(cls, count: int) -> "SizeLimit":
        """The 16:9 size of that many lines: 720 is 1280×720."""
        return cls(-(-count * 16 // 9), count)

    @classmethod
    def parse(cls, text: str) -> "SizeLimit | None":
        """Read "720p", "1280x720", or "original", which is None.

        Raises:
            MediaError: it is none of these.
        """
        word = text.strip().lower()
        if word == "original":
            return None
        named, box = _NAMED.fullmatch(word), _BOX.fullmatch(word)
        if named is not None:
            return cls.lines(int(named[1]))
        if box is not None and min(sides := (int(box[1]), int(box[2]))) > 1:
            return cls(max(sides), min(sides))
        raise MediaError(f"{text!r} is not a size.", "Write original, 1080p, 720p, or a box such as 1280x720.")

    def fitted(self, width: int, height: int) -> tuple[int, int]:
        """Return the largest size of the same shape within the limit, even sides; the size itself where it fits."""
        scale = min(self.longer_px / max(width, height), self.shorter_px / min(width, height))
        if scale >= 1:
            return width, height
        return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


class Layout:
    """Lays out the pictures of one output, all of one size. Owned by one thread.

    Args:
        source: info of the frames that come in.
        limit: of each picture; None keeps the source's size.
        beside: whether the original stands to the left of the result.
        mark: whether the result says that it is edited.

    Attributes:
        info: of the frames that go out.
    """

    def __init__(self, source: VideoInfo, limit: SizeLimit | None, *, beside: bool, mark: bool) -> None:
        size = source.width, source.height
        self._size: Final = size if limit is None else limit.fitted(*size)
        self._scales: Final = self._size != size
        self._beside: Final = beside
        self._mark: Final = VisibleMark(*self._size) if mark else None
        self.info: Final = replace(source, width=self._size[0] * (1 + beside), height=self._size[1])

    def picture(self, original: RGBImage, edited: RGBImage) -> RGBImage:
        """Return what to write of a frame, uint8 [H, W, 3] RGB; `edited` itself where nothing was asked for."""
        result = self._scaled(edited)
        if self._mark is not None:
            result = self._mark.on(result)
        return np.hstack([self._scaled(original), result]) if self._beside else result

    def like(self, photo: Photo | None) -> Photo | None:
        """Return a photo whose transparency and colour profile fit the pictures that go out."""
        if photo is None or photo.alpha is None:
            return photo
        before = after = self._scaled(photo.alpha)
        if self._mark is not None:
            after = np.maximum(after, self._mark.coverage)
        return Photo(photo.pixels, np.hstack([before, after]) if self._beside else after, photo.icc_profile)

    def _scaled(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        if not self._scales:
            return pixels
        return np.asarray(cv2.resize(pixels, self._size, interpolation=cv2.INTER_AREA), np.uint8)
