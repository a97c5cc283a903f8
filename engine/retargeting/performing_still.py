"""A portrait shown for as long as a performance lasts."""

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from pathlib import Path
from typing import Final

from engine.media import VideoInfo, VideoSource, read_photo
from engine.retargeting.performance import Performance
from engine.types import Frame


class PerformingStill(VideoSource):
    """A photo as a video with the duration, the frame times and the sound of a performance.

    Its frames share one array, so that the pipeline looks at it once.

    Args:
        photo: the portrait.
        performance: whose times to take; the first becomes 0.

    Raises:
        MediaError: the photo cannot be read.
    """

    def __init__(self, photo: Path, performance: Performance) -> None:
        curves, clip = performance.curves, performance.clip
        self._pixels: Final = read_photo(photo).shown()
        self._times: Final = tuple(time - curves.start for time in curves.times)
        height, width = self._pixels.shape[:2]
        count = len(self._times)
        interval = self._times[-1] / (count - 1) if count > 1 else Fraction(1, 30)
        info = VideoInfo(
            width=width,
            height=height,
            average_rate=1 / interval,
            time_base=_common_base(self._times, interval),
            frame_count=count,
            duration=self._times[-1] + interval,
            is_still=True,
        )
        if clip is not None:  # its own clock is the more exact one, and its file brings the sound
            info = replace(
                info,
                average_rate=clip.average_rate,
                time_base=clip.time_base,
                has_audio=clip.has_audio,
                path=clip.path,
                start=clip.start,
            )
        self._info: Final = info

    @property
    def info(self) -> VideoInfo:
        """What is known before reading; the path, as far as there is one, is the sound's."""
        return self._info

    def frames(self, start: Fraction = Fraction(0)) -> Iterator[Frame]:
        """Give the photo from the frame that shows at `start`, in seconds, to the end."""
        first = max(0, bisect_right(self._times, start) - 1)
        for index in range(first, len(self._times)):
            yield Frame(self._pixels, self._times[index], index)

    def close(self) -> None:
        """Do nothing: the photo is in memory."""


def _common_base(times: tuple[Fraction, ...], interval: Fraction) -> Fraction:
    """The longest time of which all are whole multiples."""
    denominator = reduce(math.lcm, (time.denominator for time in times))
    shared = reduce(math.gcd, (int(time * denominator) for time in times))
    return Fraction(shared, denominator) if shared else interval
