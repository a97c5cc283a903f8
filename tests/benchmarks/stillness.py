"""How still an edited face stays: landmark jitter of a noisy still's edits, over that of the still itself.

    python tests/benchmarks/stillness.py [--model eggan-detail] [--frames 60]

Every frame is the demo photo with fresh sensor noise (σ = 4 of 255). Both are read by a landmarker that sees each frame
by itself, so that no smoothing hides what trembles. 1 means: no more than the noise itself makes.

The landmarker takes the same noise worse on some expressions than on others. So the edited frames are compared with a
second thing: a still that shows the expression before the noise is added, where no edit can tremble. Edited frames hold
a little less noise than it does: moved pixels are resampled, painted ones have none.
"""

import argparse
import sys
from fractions import Fraction
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import cv2  # noqa: E402
import numpy as np  # noqa: E402

from engine.action_units import AU_NUMBERS, PRESETS  # noqa: E402
from engine.commands.demo import PHOTO  # noqa: E402
from engine.faces.landmarker import FaceLandmarker  # noqa: E402
from engine.media import read_photo  # noqa: E402
from engine.pipeline import PipelineSettings, open_pipeline  # noqa: E402
from engine.project import Timeline  # noqa: E402
from engine.types import Frame, RGBImage  # noqa: E402

_SIGMA: Final = 4.0
_SCALE: Final = 1.9
_LARGEST: Final = (1280, 720)
_WARM_UP: Final = 8


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="eggan-detail")
    parser.add_argument("--frames", type=int, default=60)
    options = parser.parse_args()
    frames = noisy_still(options.frames)
    with FaceLandmarker("image") as landmarker:
        own = jitter_px(landmarker, [frame.pixels for frame in frames])
        print(f"input  {own:.3f} px")
        for name, target in PRESETS.items():
            plan = Timeline.constant({number: target[number] for number in AU_NUMBERS})
            with open_pipeline(PipelineSettings(options.model), "video") as pipeline:
                edited = [pipeline.process([frame], plan)[0].frame.pixels for frame in frames]
            with open_pipeline(PipelineSettings(options.model), "image") as pipeline:
                expressed = pipeline.process([Frame(still(), Fraction(0), 0)], plan)[0].frame.pixels
            jitter = jitter_px(landmarker, edited)
            unavoidable = jitter_px(landmarker, [frame.pixels for frame in noisy(expressed, options.frames)])
            print(
                f"{name:10} {jitter:.3f} px, {jitter / own:.2f} of the input's, "
                f"{jitter / unavoidable:.2f} of a still's with this expression",
                flush=True,
            )


def still() -> RGBImage:
    """The demo photo in a 720p frame."""
    to_frame = np.array([[_SCALE, 0, 200], [0, _SCALE, 60.0]])
    placed = cv2.warpAffine(read_photo(PHOTO).shown(), to_frame, _LARGEST, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(placed, np.uint8)


def noisy_still(count: int) -> list[Frame]:
    """The still, `count` times with other noise."""
    return noisy(still(), count)


def noisy(picture: RGBImage, count: int) -> list[Frame]:
    """A picture uint8 [H, W, 3], `count` times with other noise, always the same for a picture's size."""
    rng = np.random.default_rng(0)
    taken = (np.clip(picture + rng.normal(0, _SIGMA, picture.shape), 0, 255).astype(np.uint8) for _ in range(count))
    return [Frame(pixels, Fraction(index, 30), index) for index, pixels in enumerate(taken)]


def jitter_px(landmarker: FaceLandmarker, pictures: list[RGBImage]) -> float:
    """Standard deviation of a landmark's place over the pictures, mean over landmarks and axes."""
    places = np.stack([landmarker.detect(pixels)[0].landmarks_px[:, :2] for pixels in pictures[_WARM_UP:]])
    return float(places.std(axis=0).mean())


if __name__ == "__main__":
    main()
