"""Draw the gallery of a model's card page: what each action unit, preset and strength makes of the demo photo.

    python packaging/draw_gallery.py [--model eggan-detail] [-o docs/images]

The photo goes through the whole pipeline, as `main.py animate` does, at its own resolution.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeAlias

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import cv2  # noqa: E402
import numpy as np  # noqa: E402

from engine.action_units import AU_DESCRIPTIONS, MAX_INTENSITY, PRESETS, AUVector  # noqa: E402
from engine.commands.demo import PHOTO  # noqa: E402
from engine.media import Photo, read_photo, write_photo  # noqa: E402
from engine.pipeline import Pipeline, PipelineSettings, open_pipeline  # noqa: E402
from engine.project import Timeline  # noqa: E402
from engine.types import Frame, RGBImage  # noqa: E402

_Wanted: TypeAlias = tuple[str, Mapping[int, float]]
_TILE_PX: Final = 176
_CAPTION_PX: Final = 24
_MARGIN: Final = 0.22
_STEPS: Final = (0, 1, 2, 3, 4, 5)
_GRADED: Final = (12, 26, 45, 4)
_STRENGTHS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_INTERPOLATED: Final = ("happy", "surprise", "sad")


def main() -> None:
    """Draw all sheets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="eggan-detail", help="a name in assets/models, or a folder")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "images", help="folder")
    options = parser.parse_args()
    with open_pipeline(PipelineSettings(options.model), "image") as pipeline:
        studio = Photographer(pipeline, read_photo(PHOTO).shown())
        for name, sheet in _sheets(studio).items():
            path = options.output / f"{Path(options.model).name}-{name}.jpg"
            write_photo(path, Photo(sheet), overwrite=True)
            print(path)


def _sheets(studio: "Photographer") -> dict[str, RGBImage]:
    single: list[_Wanted] = [("photo", {})]
    single += [(f"AU{number} {name}", {number: MAX_INTENSITY}) for number, name in AU_DESCRIPTIONS.items()]
    emotions: list[_Wanted] = [("photo", {}), *((name, _all_of(target)) for name, target in PRESETS.items())]
    graded = [(f"AU{number} = {step}", {number: float(step)}) for number in _GRADED for step in _STEPS]
    moving = [
        (f"{name}, strength {strength:g}", _all_of(PRESETS[name]), strength)
        for name in _INTERPOLATED
        for strength in _STRENGTHS
    ]
    return {
        "action-units": _grid([studio.tile(*wanted) for wanted in single], 6),
        "presets": _grid([studio.tile(*wanted) for wanted in emotions], 5),
        "intensities": _grid([studio.tile(*wanted) for wanted in graded], len(_STEPS)),
        "interpolation": _grid([studio.tile(*wanted) for wanted in moving], len(_STRENGTHS)),
    }


def _all_of(target: AUVector) -> dict[int, float]:
    return {number: target[number] for number in AU_DESCRIPTIONS}


class Photographer:
    """Takes tiles of one photo's face under other expressions."""

    def __init__(self, pipeline: Pipeline, pixels: RGBImage) -> None:
        self._pipeline = pipeline
        self._pixels = pixels

    def tile(self, caption: str, intensities: Mapping[int, float], strength: float = 1.0) -> RGBImage:
        """The face, uint8 [_TILE_PX + _CAPTION_PX, _TILE_PX, 3] RGB; AUs that are not named stay as in the photo."""
        frame = Frame(self._pixels, Fraction(0), 0)
        timeline = Timeline.constant(dict(intensities), strength)
        (result,) = self._pipeline.process([frame], timeline)
        assert result.face is not None, "The photo must show a face."
        left, top, right, bottom = result.face.track.box_px
        side = (1 + 2 * _MARGIN) * max(right - left, bottom - top)
        corner = np.array([left + right - side, top + bottom - side]) / 2
        to_tile = np.column_stack([np.eye(2), -corner]) * (_TILE_PX / side)
        face = cv2.warpAffine(result.frame.pixels, to_tile, (_TILE_PX, _TILE_PX), flags=cv2.INTER_CUBIC)
        return _captioned(np.asarray(face, np.uint8), caption)


def _captioned(tile: RGBImage, caption: str) -> RGBImage:
    strip = np.full((_CAPTION_PX, _TILE_PX, 3), 255, np.uint8)
    font, size = cv2.FONT_HERSHEY_SIMPLEX, 0.42
    width = cv2.getTextSize(caption, font, size, 1)[0][0]
    size = size * min(1.0, (_TILE_PX - 8) / width)
    cv2.putText(strip, caption, (4, _CAPTION_PX - 8), font, size, (40, 40, 40), 1, cv2.LINE_AA)
    return np.vstack([strip, tile])


def _grid(tiles: Sequence[RGBImage], columns: int) -> RGBImage:
    missing = -len(tiles) % columns
    padded = [*tiles, *[np.full_like(tiles[0], 255)] * missing]
    return np.vstack([np.hstack(padded[start : start + columns]) for start in range(0, len(padded), columns)])


if __name__ == "__main__":
    main()
