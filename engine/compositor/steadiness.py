"""Holds an edit still over time: sensor noise makes a generator's answer tremble, and with it the face.

What changes little from frame to frame is noise and is averaged; what changes much is an expression and passes at once.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.compositor.rendering import CropEdit
from engine.types import FloatArray

_MOST_KEPT: Final = np.float32(0.85)
_TREMOR_PX: Final = 0.6
_SHIFT_TREMOR_PX: Final = 1.5
_TREMOR: Final = 0.06


@dataclass(slots=True, eq=False)
class FaceMemory:
    """What a compositor remembers of one face from frame to frame. One thread owns it; a new shot needs a new one.

    Attributes:
        edit: the edit of the frame before, None before the first.
        shift: float32 [S, S, 2], how far the generator's picture of the face lay from the real one.
    """

    edit: CropEdit | None = None
    shift: FloatArray | None = None

    def steadied(self, edit: CropEdit) -> CropEdit:
        """The edit without its tremor, which is remembered for the next frame.

        No value is farther than a sixth of a pixel of the crop, or two levels of 100, from the one given: nothing lags.
        """
        before = self.edit
        if before is not None and before.share.shape == edit.share.shape:
            edit = CropEdit(
                motion=_steady(before.motion, edit.motion, _TREMOR_PX),
                layer_motion=_steady(before.layer_motion, edit.layer_motion, _TREMOR_PX),
                layer_cover=_steady(before.layer_cover, edit.layer_cover, _TREMOR),
                share=_steady(before.share, edit.share, _TREMOR),
                addend=_steady(before.addend, edit.addend, _TREMOR),
            )
        self.edit = edit
        return edit

    def steadied_shift(self, shift: FloatArray) -> FloatArray:
        """The same for the place of the generator's picture, which no expression changes."""
        if self.shift is not None and self.shift.shape == shift.shape:
            shift = _steady(self.shift, shift, _SHIFT_TREMOR_PX)
        self.shift = shift
        return shift


def _steady(before: FloatArray, now: FloatArray, tremor: float) -> FloatArray:
    """Keep most of what was before where it differs by less than `tremor`, nothing where it differs by far more.

    Zeros stay: they are where the frame must not change.
    """
    difference = before - now
    kept = _MOST_KEPT / np.square(1 + np.square(difference * np.float32(1 / tremor)))
    kept *= difference
    return np.asarray(now + kept * (now != 0), np.float32)
