"""`demo`: animate the bundled photo with the bundled timeline."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Final

import cv2
import numpy as np
import typer

from engine.commands.options import BackendOption, DeviceOption, Model, Overwrite
from engine.commands.rendering import RenderSettings, pipeline_settings, render
from engine.errors import MediaError
from engine.media import VideoInfo, VideoSink, open_sink, read_photo, write_photo
from engine.pipeline import ProcessedFrame
from engine.project import load_project
from engine.terminal.json_output import JsonFlag, print_json
from engine.types import Frame, RGBImage

_ASSETS: Final = Path(__file__).resolve().parents[2] / "assets" / "demo"
PHOTO: Final = _ASSETS / "astronaut.jpg"
PROJECT: Final = _ASSETS / "expressions.json"
RATE: Final = Fraction(30)
_STRIP_TIMES: Final = tuple(Fraction(time) for time in ("0", "0.7", "1.5", "2.3", "3.1"))
"""When the strip shows the face: as in the photo, then each expression at its height."""


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the results.")] = Path("out/demo"),
    overwrite: Overwrite = False,
    model: Model = "eggan-128",
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    as_json: JsonFlag = False,
) -> None:
    """Animate the bundled photo: a video, the same beside the photo, and a strip of its expressions.

    Prints the paths of what it wrote.
    """
    _make_folder(output)
    names = ("expressions.mp4", "before_after.mp4", "strip.png")
    video, before_after, strip = (output / name for name in names)
    if not overwrite:
        _refuse_existing((video, before_after, strip))
    timeline = load_project(PROJECT).timeline
    photo = read_photo(PHOTO).shown()
    settings = RenderSettings(
        pipeline=pipeline_settings(model, backend, device),
        overwrite=overwrite,
        still_duration=timeline.end,
        rate=RATE,
    )
    shown: list[RGBImage] = []
    with _beside(before_after, photo, overwrite=overwrite) as beside:

        def collect(result: ProcessedFrame) -> None:
            pixels = result.frame.pixels
            beside.write(Frame(np.hstack([photo, pixels]), result.frame.time, result.frame.index))
            if result.frame.time in _STRIP_TIMES and result.face is not None:
                shown.append(_portrait(pixels, result.face.track.box_px))

        report = render(PHOTO, video, timeline, settings, collect)
    write_photo(strip, np.hstack(shown), overwrite=overwrite)
    paths = (video, before_after, strip)
    if as_json:
        print_json({"outputs": [str(path) for path in paths], "frames": report.frames, "seconds": report.seconds})
    else:
        print(*paths, sep="\n")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MediaError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another with --output."
        ) from error


def _refuse_existing(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.exists():
            raise MediaError(f"{path} exists.", "Add --overwrite, or choose another folder with --output.")


def _beside(path: Path, photo: RGBImage, *, overwrite: bool) -> VideoSink:
    height, width = photo.shape[:2]
    info = VideoInfo(width=2 * width, height=height, average_rate=RATE, time_base=1 / RATE)
    return open_sink(path, info, overwrite=overwrite)


def _portrait(pixels: RGBImage, box_px: tuple[float, float, float, float]) -> RGBImage:
    """The face with some air around it, 384 pixels square."""
    left, top, right, bottom = box_px
    x, y, half = (left + right) / 2, (top + bottom) / 2, 0.75 * max(right - left, bottom - top)
    scale = 192 / half
    to_portrait = np.array([[scale, 0, 192 - scale * x], [0, scale, 192 - scale * y]])
    portrait = cv2.warpAffine(pixels, to_portrait, (384, 384), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(portrait, dtype=np.uint8)
