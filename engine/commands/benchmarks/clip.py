"""The video that is measured with where the user names none."""

from fractions import Fraction
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from engine.commands.demo import PHOTO
from engine.media import Encoding, Speed, VideoInfo, open_sink, read_photo
from engine.terminal.progress import progress_bar
from engine.types import Frame, RGBImage

_WIDTH: Final = 1280
_HEIGHT: Final = 720
_RATE: Final = Fraction(30)
SMILE: Final = {6: 3.0, 12: 4.0, 25: 3.0}
"""What the measured faces are asked to show."""


def make_clip(path: Path, frames: int) -> Path:
    """A 720p video in which the demo photo drifts, so that no two frames are alike."""
    photo = read_photo(PHOTO).shown()
    info = VideoInfo(width=_WIDTH, height=_HEIGHT, average_rate=_RATE, time_base=1 / _RATE)
    with (
        open_sink(path, info, encoding=Encoding(speed=Speed.FAST)) as sink,
        progress_bar("Making the clip", frames) as report,
    ):
        for index in range(frames):
            sink.write(Frame(_drift(photo, index), index / _RATE, index))
            report(index + 1)
    return path


def _drift(photo: RGBImage, index: int) -> RGBImage:
    angle = index / 20
    scale = 1.9 + 0.1 * np.sin(angle)
    to_frame = np.array([[scale, 0, 200 + 20 * np.cos(angle)], [0, scale, 60 + 15 * np.sin(angle)]])
    frame = cv2.warpAffine(photo, to_frame, (_WIDTH, _HEIGHT), borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(frame, dtype=np.uint8)
